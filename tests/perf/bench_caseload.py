"""One officer's caseload page in a store of 1,000 children and in one of 100,000."""

import http.client
import statistics
import time

from serving import Server, demo_store

ROUNDS, ASKED = 15, 40


def seconds_a_page(server, connection):
    began = time.perf_counter()
    for _ in range(ASKED):
        connection.request("GET", "/caseload", headers={"Cookie": server.cookie})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"the caseload was answered with {answer.status}")
    return (time.perf_counter() - began) / ASKED


def measure(kept):
    stores = [demo_store(kept, n) for n in (1_000, 100_000)]
    with Server(stores[0]) as small, Server(stores[1]) as large:
        pair = [small.sign_in(), large.sign_in()]
        lines = [http.client.HTTPConnection("127.0.0.1", s.port) for s in pair]
        took = [[], []]
        for _ in range(ROUNDS):
            for at in (0, 1):
                took[at].append(seconds_a_page(pair[at], lines[at]))
    ratio = statistics.median(b / a for a, b in zip(*took))
    return {"rows": [
        {"what": "one page at a time, 1,000 children", "figure": f"{statistics.median(took[0]) * 1e3:.2f} ms"},
        {"what": "one page at a time, 100,000 children", "figure": f"{statistics.median(took[1]) * 1e3:.2f} ms"},
        {"what": "ratio", "figure": f"{ratio:.2f}", "goal": "under 1.2"},
    ]}
