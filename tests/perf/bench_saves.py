"""Durable saves a second, against raw commits on the same disk."""

import json
import shutil
import subprocess


def measure(kept):
    subprocess.run(["ninja", "-C", "build", "tests/perf/perf-saves"], check=True,
                   stdout=subprocess.DEVNULL)
    folder = kept / "saves"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    run = json.loads(subprocess.run(["build/tests/perf/perf-saves", "build-bench/saves"],
                                    capture_output=True, text=True, check=True).stdout)
    return {"raw": run, "rows": [
        {"what": "saves a second, one after another, each on the disk before the next",
         "figure": f"{run['saves']:,.0f}"},
        {"what": "raw commits of one row a second", "figure": f"{run['commits']:,.0f}"},
        {"what": "saves / raw commits", "figure": f"{run['ratio']:.2f}"},
    ]}
