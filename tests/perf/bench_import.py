"""Rows a second of 903 files into an empty SQLite store."""

import shutil
import subprocess
import time

CHILDREN = 12_000


def measure(kept):
    files, store = kept / "files", kept / "import"
    if not files.is_dir():
        subprocess.run(["build/duly", "demo", "--children", str(CHILDREN), "--seed", "1",
                        "--now", "2026-11-20", "--out", str(files)], check=True,
                       stdout=subprocess.DEVNULL)
    rows = sum(max(0, sum(1 for _ in open(path, "rb")) - 1) for path in (files / "ssda903").rglob("*.csv"))
    took = []
    for _ in range(3):
        shutil.rmtree(store, ignore_errors=True)
        began = time.monotonic()
        subprocess.run(["build/duly", "import", "--ssda903", str(files / "ssda903"), "--data", str(store),
                        "--authority", "999"], check=True, capture_output=True)
        took.append(time.monotonic() - began)
    again = time.monotonic()
    subprocess.run(["build/duly", "import", "--ssda903", str(files / "ssda903"), "--data", str(store),
                    "--authority", "999"], check=True, capture_output=True)
    again = time.monotonic() - again
    best = min(took)
    return {"rows": [
        {"what": f"{rows:,} rows into an empty store", "figure": f"{best:.1f} s"},
        {"what": "rows a second", "figure": f"{rows / best:,.0f}"},
        {"what": "the same files again, changing nothing", "figure": f"{again:.1f} s"},
    ]}
