"""A page while 200 people sign in at once: hashing a password must not slow whoever is working."""

import concurrent.futures
import http.client
import statistics
import threading
import time
import urllib.parse

from serving import Server, demo_store, users

AT_ONCE = 200


def sign_in(server, n, login, password):
    """One of 200 people, each at an address of their own; (status, seconds)."""
    began = time.perf_counter()
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120,
                                      source_address=(f"127.0.1.{n + 1}", 0))
    body = urllib.parse.urlencode({"login": login, "password": password})
    link.request("POST", "/sign-in", body, {"Content-Type": "application/x-www-form-urlencoded"})
    answer = link.getresponse()
    answer.read()
    link.close()
    return answer.status, time.perf_counter() - began


def page(link, cookie):
    began = time.perf_counter()
    link.request("GET", "/caseload", headers={"Cookie": cookie})
    answer = link.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"the caseload was answered with {answer.status}")
    return time.perf_counter() - began


def percentile(took, part):
    return sorted(took)[min(len(took) - 1, int(len(took) * part))]


def measure(kept):
    store = demo_store(kept, 1_000)
    people = sorted(users(store).values())
    with Server(store) as server:
        server.sign_in()
        link = http.client.HTTPConnection("127.0.0.1", server.port)
        quiet = [page(link, server.cookie) for _ in range(200)]
        ready = threading.Barrier(AT_ONCE + 1)

        def one(n):
            ready.wait()
            return sign_in(server, n, *people[n % len(people)])
        busy = []
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            asked = [pool.submit(one, n) for n in range(AT_ONCE)]
            ready.wait()
            while not all(future.done() for future in asked):
                busy.append(page(link, server.cookie))
            answers = [future.result() for future in asked]
        link.close()
    let_in = [seconds for status, seconds in answers if status == 303]
    later = len([1 for status, _ in answers if status in (429, 503)])
    figures = {"rows": [
        {"what": "a caseload page, nobody signing in: median", "figure": f"{statistics.median(quiet) * 1e3:.1f} ms"},
        {"what": f"the same while {AT_ONCE} sign in at once: median", "figure": f"{statistics.median(busy) * 1e3:.1f} ms"},
        {"what": f"the same, 99 of 100 pages ({len(busy):,} pages)", "figure": f"{percentile(busy, 0.99) * 1e3:.1f} ms",
         "goal": "under 500 ms"},
        {"what": f"of the {AT_ONCE}, let in; told to try again", "figure": f"{len(let_in)}; {later}"},
        {"what": "the last of them let in after", "figure": f"{max(let_in, default=0):.1f} s"},
    ]}
    if percentile(busy, 0.99) >= 0.5:
        figures["wrong"] = "a page took half a second or longer while others signed in"
    if len(let_in) + later != AT_ONCE:
        figures["wrong"] = "somebody was neither let in nor told to try again"
    return figures
