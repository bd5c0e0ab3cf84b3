"""A council's policy changed over a whole country's store: recomputed, only changed rows written, resumed."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import time

import serving

CHILDREN = int(os.environ.get("DULY_BENCH_CHILDREN", 500_000))
WHY = '  author: "Bench"\n  reason: "Measured"\n'
ONE = "- policy: cla-review-first\n  within: 15 working days\n  effective from: 2020-01-01\n" + WHY
TWO = ONE.replace("15 working", "14 working")
MANY = ONE + "".join(f"- policy: {rule}\n  within: {within}\n  effective from: 2020-01-01\n" + WHY for rule, within in [
    ("cla-review-second", "80 days"), ("cla-review-subsequent", "160 days"), ("care-plan-10wd", "8 working days"),
    ("iro-appointed", "3 working days"), ("rcpc-subsequent", "5 months"), ("core-group-first", "8 working days")])


def command(store, text, place):
    path = place / "policy.yaml"
    path.write_text(text)
    return ["build/duly", "policy", "import", str(path), "--data", str(store), "--authority", "999"]


def run(store, text, place):
    """Seconds by the clock, seconds of processor time, and what was told of the progress at the end."""
    began = time.monotonic()
    process = subprocess.Popen(command(store, text, place), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    told = process.stderr.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"duly policy import: exit status {process.returncode}: {told[-300:]}")
    return time.monotonic() - began, used.ru_utime + used.ru_stime, progress(told)


def progress(told):
    """(looked at, of how many, made anew), as last told."""
    lines = re.findall(r"(\d+) of (\d+) children looked at, (\d+) made anew", told)
    return tuple(map(int, lines[-1])) if lines else (0, 0, 0)


def watch(store):
    """Counts each row of a clock that is written from now on."""
    db = sqlite3.connect(store / "duly.db")
    db.executescript("""
        CREATE TABLE IF NOT EXISTS bench_written (n INTEGER);
        DELETE FROM bench_written; INSERT INTO bench_written VALUES (0);
        CREATE TRIGGER IF NOT EXISTS bench_in AFTER INSERT ON clock BEGIN UPDATE bench_written SET n = n + 1; END;
        CREATE TRIGGER IF NOT EXISTS bench_up AFTER UPDATE ON clock BEGIN UPDATE bench_written SET n = n + 1; END;""")
    return db


def rows(store):
    """Every clock as it is stored: what changed is told by the rows themselves."""
    db = sqlite3.connect(store / "duly.db")
    columns = [name for _, name, *_ in db.execute("PRAGMA table_info(clock)") if name != "n"]
    return {hash(row) for row in db.execute(f"SELECT {', '.join(columns)} FROM clock")}


def interrupted(store, text, place):
    """Killed in the middle and begun again: how far it was, and how far it came in all."""
    process = subprocess.Popen(command(store, text, place), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    told = b""
    while progress(told.decode(errors="replace"))[0] * 3 < CHILDREN:
        block = os.read(process.stderr.fileno(), 65536)
        if not block:
            raise RuntimeError("it was over before it could be cut off")
        told += block
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stderr.close()
    _, _, done = run(store, text, place)
    return progress(told.decode(errors="replace")), done


def measure(kept):
    store, place = kept / "policy-store", kept
    shutil.rmtree(store, ignore_errors=True)
    shutil.copytree(serving.demo_store(kept, CHILDREN), store)
    took, core, (looked, of, made) = run(store, ONE, place)
    before = rows(store)
    db = watch(store)
    run(store, TWO, place)
    written = db.execute("SELECT n FROM bench_written").fetchone()[0]
    db.executescript("DROP TRIGGER bench_in; DROP TRIGGER bench_up; DROP TABLE bench_written;")
    db.close()
    changed = len(rows(store) - before)
    del before
    (cut, _, _), (again, all_of, _) = interrupted(store, MANY, place)
    left = sqlite3.connect(store / "duly.db").execute(
        "SELECT count(*) FROM local_job WHERE ended_at IS NULL").fetchone()[0]
    shutil.rmtree(store)
    return {"rows": [
        {"what": f"one figure, {of:,} children, {made:,} made anew, shown first and then written: by the clock",
         "figure": f"{took:.0f} s"},
        {"what": "processor time of that", "figure": f"{core:.0f} s"},
        {"what": "children looked at a second", "figure": f"{looked / took:,.0f}"},
        {"what": "rows of clocks written / rows that changed", "figure": f"{written:,} / {changed:,}", "goal": "equal"},
        {"what": f"killed after {cut:,} of {all_of:,} children and begun again: left to do",
         "figure": f"{left}", "goal": "0"},
    ], "wrong": "" if written == changed and left == 0 else "more was written, or less looked at, than need be"}
