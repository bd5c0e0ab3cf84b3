#!/usr/bin/env python3
"""coverage.py BUILD PERCENT FOLDER...: fails when too few branches of a folder of src/ were taken.

What counts is in gcovr.cfg. Prints TAP, and the files with the most branches not taken.
"""

import json
import subprocess
import sys

from tree import ROOT


def measured(build, folders):
    filters = [word for folder in folders for word in ("--filter", f"src/{folder}/")]
    out = subprocess.run(
        ["gcovr", "--root", str(ROOT), "--object-directory", build, *filters,
         "--exclude-unreachable-branches", "--json-summary", "-", build],
        cwd=ROOT, capture_output=True, text=True)
    if out.returncode != 0:
        sys.exit("gcovr: " + out.stderr[-2000:])
    return json.loads(out.stdout)["files"]


def main():
    build, least, folders = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
    files = measured(build, folders)
    failed = 0
    for number, folder in enumerate(folders, 1):
        mine = [f for f in files if f["filename"].startswith(f"src/{folder}/")]
        total = sum(f["branch_total"] for f in mine)
        taken = sum(f["branch_covered"] for f in mine)
        percent = 100.0 * taken / total if total else 0.0
        good = percent >= least
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {folder}/: {percent:.1f}% of {total} branches "
              f"were taken, at least {least:g}% are wanted")
        for f in sorted(mine, key=lambda f: f["branch_covered"] - f["branch_total"])[:6]:
            missed = f["branch_total"] - f["branch_covered"]
            if missed:
                print(f"  # {f['filename']}: {missed} of {f['branch_total']} not taken, "
                      f"lines {f['line_percent']}%")
    print(f"1..{len(folders)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
