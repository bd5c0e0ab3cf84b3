"""Searches by name among 100,000 children: whole names, beginnings, misspellings, dates of birth."""

import http.client
import random
import sqlite3
import time
import urllib.parse

from serving import Hidden, Server, demo_store

ASKED = 400


def misspelt(name, dice):
    """One letter doubled, left out or changed for one that sounds alike."""
    alike = {"c": "k", "k": "c", "s": "z", "f": "ph", "i": "y", "y": "i", "v": "f", "a": "e", "e": "a"}
    at = dice.randrange(1, max(2, len(name) - 1))
    return dice.choice([name[:at] + name[at] + name[at:], name[:at] + name[at + 1:],
                        name[:at] + alike.get(name[at], name[at]) + name[at + 1:]])


def questions(store):
    """(what kind, fields of the form) of ASKED searches; the same each time."""
    dice = random.Random(1)
    with sqlite3.connect(f"file:{store}/duly.db?mode=ro", uri=True) as db:
        people = db.execute("SELECT forename, surname, number, born FROM child_row WHERE openness = 0 "
                            "AND surname <> '' ORDER BY subject").fetchall()
    for n in range(ASKED):
        forename, surname, number, born = dice.choice(people)
        kind = ("whole name", "surname", "beginning", "misspelt", "number", "date of birth")[n % 6]
        find = {"whole name": f"{forename} {surname}", "surname": surname, "beginning": surname[:3],
                "misspelt": f"{forename} {misspelt(surname, dice)}", "number": number}.get(kind, "")
        fields = {"find": find}
        if kind == "date of birth":
            day = time.gmtime(born * 86400)
            fields = {"find": "", "born-day": day.tm_mday, "born-month": day.tm_mon, "born-year": day.tm_year}
        yield kind, fields


def measure(kept):
    store = demo_store(kept, 100_000)
    took, found = [], 0
    with Server(store) as server:
        server.sign_in("manager")
        form = Hidden()
        form.feed(server.get("/search")[1].decode())
        line = http.client.HTTPConnection("127.0.0.1", server.port)
        for kind, fields in questions(store):
            body = urllib.parse.urlencode({"csrf": form.fields["csrf"], **fields})
            began = time.perf_counter()
            line.request("POST", "/search", body, {
                "Cookie": server.cookie, "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://127.0.0.1:{server.port}"})
            answer = line.getresponse()
            text = answer.read().decode()
            took.append((time.perf_counter() - began, kind))
            if answer.status != 200:
                raise RuntimeError(f"a search was answered with {answer.status}")
            found += "/children/" in text
    took.sort()
    share = found / len(took)
    return {"rows": [
        {"what": f"a search among 100,000 children, {len(took)} of six kinds: median",
         "figure": f"{took[len(took) // 2][0] * 1e3:.1f} ms"},
        {"what": "95 in 100 are answered within", "figure": f"{took[int(len(took) * 0.95)][0] * 1e3:.1f} ms",
         "goal": "50 ms"},
        {"what": f"the slowest, by {took[-1][1]}", "figure": f"{took[-1][0] * 1e3:.1f} ms"},
        {"what": "searches that found somebody", "figure": f"{share:.0%}"},
    ], "wrong": "" if share > 0.9 else f"only {share:.0%} of the searches found somebody"}
