"""A manager's tracker of 1,000 rows held beside 100,000 children: from the file to the page that reads it."""

import datetime
import re
import sqlite3
import sys
import time
import urllib.parse
from pathlib import Path

from serving import Server, demo_store

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "web"))
import workbook  # noqa: E402

ROWS, ROUNDS = 1000, 5
HEADINGS = ["LCS number", "Child", "DOB", "Status", "Last review", "Next review booked", "Outstanding actions",
            "By whom", "School", "Placement", "Social worker", "Notes"]


def tracker(store):
    """A workbook as a team keeps it; every fourth row without a number."""
    epoch = datetime.date(1970, 1, 1)
    with sqlite3.connect(f"file:{store}/duly.db?mode=ro", uri=True) as db:
        people = db.execute("SELECT number, forename, surname, born, next_due FROM child_row WHERE openness = 0 "
                            "AND surname <> '' AND born IS NOT NULL AND next_due > 20780 ORDER BY subject "
                            "LIMIT ?", (ROWS,)).fetchall()
    rows = [["Our tracker"], HEADINGS]
    for n, (number, forename, surname, born, due) in enumerate(people):
        rows.append([number if n % 4 else "", f"{forename} {surname}", epoch + datetime.timedelta(days=born), "CLA",
                     epoch + datetime.timedelta(days=due - 180), epoch + datetime.timedelta(days=due + n % 9 - 7),
                     f"1. Life story work (agreed {n % 28 + 1:02}/03/2025)\n2. Passport by {n % 28 + 1:02}/12/2026",
                     "SW", "Hill School", "Foster care", "A Worker", "Seen at home, and well. " * 3])
    return workbook.book({"Tracker": rows})


def columns_of(page):
    """The form of the columns, as it stands."""
    fields = [("heading", re.search(r'id="heading"[^>]*value="(\d+)"', page)[1])]
    for name, options in re.findall(r'<select[^>]*name="(column-\d+)"[^>]*>(.*?)</select>', page, re.S):
        fields.append((name, re.search(r'value="([^"]*)" selected', options)[1]))
    return fields


def drop(server, data, csrf):
    """Seconds of each step: the file, the columns, the page."""
    head = b'--b0\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n' + csrf.encode()
    body = (head + b'\r\n--b0\r\nContent-Disposition: form-data; name="file"; filename="t.xlsx"\r\n\r\n' + data +
            b"\r\n--b0--\r\n")
    began = time.perf_counter()
    answer, _ = server.ask("POST", "/tracker", body, {"Content-Type": "multipart/form-data; boundary=b0"})
    if answer.status != 303:
        raise RuntimeError(f"the file was answered with {answer.status}")
    page = server.get("/tracker/columns")[1].decode()
    sent = time.perf_counter()
    fields = urllib.parse.urlencode([("csrf", csrf), *columns_of(page)])
    answer, _ = server.ask("POST", "/tracker/columns", fields, {"Content-Type": "application/x-www-form-urlencoded"})
    if answer.status != 303:
        raise RuntimeError(f"the columns were answered with {answer.status}")
    answer, text = server.get("/tracker/read")
    done = time.perf_counter()
    matched = int(re.search(r">([\d,]+) children matched", text.decode())[1].replace(",", ""))
    return sent - began, done - sent, matched


def measure(kept):
    store = demo_store(kept, 100_000)
    data = tracker(store)
    with Server(store) as server:
        server.sign_in("manager")
        csrf = re.search(r'name="csrf" value="([^"]+)"', server.get("/tracker")[1].decode())[1]
        took = sorted((drop(server, data, csrf) for _ in range(ROUNDS)), key=lambda t: t[0] + t[1])
    opened, read, matched = took[len(took) // 2]
    return {"rows": [
        {"what": f"a tracker of {ROWS:,} rows ({len(data) // 1024} KB), from the file to its reading",
         "figure": f"{opened + read:.2f} s", "goal": "2 s"},
        {"what": "of it, opening the file in its own process and showing the columns", "figure": f"{opened:.2f} s"},
        {"what": "of it, matching, comparing and showing every row", "figure": f"{read:.2f} s"},
        {"what": "rows matched, among 100,000 children", "figure": f"{matched:,}"},
    ], "wrong": "" if matched > ROWS * 0.95 else f"only {matched} rows were matched"}
