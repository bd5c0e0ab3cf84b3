"""Clocks a second of one core, from an event file; a whole country's file; and working days alone."""

import json
import os
import subprocess
import sys
import tempfile
import time

import bench_policy

CHILDREN = 40000
AS_OF = "2026-11-20"
# A country's worth, as councils know them: most only referred and assessed; ten facts a child.
MANY, DAYS = 500000, 490


def facts(kept, name, *args):
    path = kept / name
    with open(path, "w") as out:
        subprocess.run([sys.executable, "tests/perf/facts.py", *map(str, args)], stdout=out, check=True)
    return path


def output(*command):
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def whole(path, out):
    """Seconds by the clock, seconds of the core, megabytes, clocks."""
    command = ["build/duly", "clocks", "--facts", str(path), "--as-of", AS_OF]
    with open(out, "wb") as to:
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=to)
        _, status, used = os.wait4(process.pid, 0)
        spent = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"duly clocks: exit status {process.returncode}")
    with open(out, "rb") as rows:
        clocks = sum(block.count(b"\n") for block in iter(lambda: rows.read(1 << 24), b"")) - 1
    return spent, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, clocks


def country(kept):
    path = facts(kept, "country.csv", MANY, 1, DAYS)
    with open(path, "rb") as rows:
        events = sum(block.count(b"\n") for block in iter(lambda: rows.read(1 << 24), b"")) - 1
    # In memory where there is room: the disk is not what is measured.
    room = "/dev/shm" if os.access("/dev/shm", os.W_OK) else str(kept)
    with tempfile.TemporaryDirectory(dir=room) as place:
        spent, core, memory, clocks = min(whole(path, os.path.join(place, "clocks.csv")) for _ in range(3))
    path.unlink()
    return [{"what": f"{MANY:,} children, {events:,} events from a sorted file, {clocks:,} clocks with their "
                     f"reasons to a file, on one core ({spent:.1f} s by the clock)",
             "figure": f"{core:.1f} s", "goal": "under 3 s"},
            {"what": "memory for that, the file included", "figure": f"{memory:,.0f} MB",
             "goal": "under 1,000 MB"}]


def numpy_python():
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import numpy"], capture_output=True).returncode == 0:
            return python
    return None


def working_days():
    ours, theirs, python = [], [], numpy_python()
    for _ in range(3):
        ours.append(output("build/tests/perf/perf-days"))
        if python is not None:
            theirs.append(output(python, "tests/perf/busday.py", "src/law/holidays.csv"))
    if any(run["sum"] != ours[0]["sum"] for run in ours + theirs):
        raise RuntimeError("numpy's working days are not ours")
    best = max(run["sums_a_second"] for run in ours)
    rows = [{"what": "working-day sums a second, alone", "figure": f"{best / 1e6:.0f} million",
             "goal": "200 million"}]
    if theirs:
        other = max(run["sums_a_second"] for run in theirs)
        rows.append({"what": f"the same sums by numpy's `busday_offset`, with the same answers "
                             f"(ours / numpy's: {best / other:.0f})", "figure": f"{other / 1e6:.0f} million"})
    return rows


def measure(kept):
    subprocess.run(["ninja", "-C", "build", "tests/perf/perf-clocks", "tests/perf/perf-days"], check=True,
                   stdout=subprocess.DEVNULL)
    path = facts(kept, "facts.csv", CHILDREN, 1)
    best = max((output("build/tests/perf/perf-clocks", str(path), AS_OF) for _ in range(3)),
               key=lambda run: run["clocks_a_second"])
    policy = kept / "policy.yaml"
    policy.write_text(bench_policy.MANY)
    local = max(output("build/tests/perf/perf-clocks", str(path), AS_OF, "0", str(policy))["clocks_a_second"]
                for _ in range(3))
    child = best["compute_seconds"] / best["subjects"] * 1e6
    return {"raw": best, "rows": [
        {"what": "clocks computed a second", "figure": f"{best['clocks_a_second'] / 1e6:.1f} million",
         "goal": "10 million"},
        {"what": "the same under a policy of seven figures, each clock of theirs with the law's date beside it",
         "figure": f"{local / 1e6:.1f} million"},
        {"what": f"one child's clocks computed again: {best['clocks'] / best['subjects']:.0f} clocks of "
                 f"{best['events'] / best['subjects']:.0f} events",
         "figure": f"{child:.1f} µs", "goal": "under 20 µs"},
        {"what": "clocks a second, reading the file once counted",
         "figure": f"{best['clocks_a_second_with_reading'] / 1e6:.1f} million"},
        *country(kept), *working_days(),
    ]}
