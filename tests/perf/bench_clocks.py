"""Clocks a second of one core, from an event file."""

import json
import subprocess
import sys
import time

CHILDREN = 40000
AS_OF = "2026-11-20"


def measure(kept):
    subprocess.run(["ninja", "-C", "build", "tests/perf/perf-clocks"], check=True,
                   stdout=subprocess.DEVNULL)
    facts = kept / "facts.csv"
    with open(facts, "w") as out:
        subprocess.run([sys.executable, "tests/perf/facts.py", str(CHILDREN), "1"], stdout=out, check=True)
    best = max((json.loads(subprocess.run(["build/tests/perf/perf-clocks", str(facts), AS_OF],
                                          capture_output=True, text=True, check=True).stdout)
                for _ in range(3)), key=lambda run: run["clocks_a_second"])
    began = time.monotonic()
    subprocess.run(["build/duly", "clocks", "--facts", str(facts), "--as-of", AS_OF],
                   stdout=subprocess.DEVNULL, check=True)
    whole = time.monotonic() - began
    return {"raw": best, "rows": [
        {"what": "clocks computed a second", "figure": f"{best['clocks_a_second'] / 1e6:.1f} million",
         "goal": "10 million"},
        {"what": "the same, reading the file once counted",
         "figure": f"{best['clocks_a_second_with_reading'] / 1e6:.1f} million"},
        {"what": f"`duly clocks` on the whole file: {best['events']:,} events in, "
                 f"{best['clocks']:,} clocks with their reasons out", "figure": f"{whole:.2f} s"},
    ]}
