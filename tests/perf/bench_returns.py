"""The checks of both returns, beside a sort and a reading of the same files; the postcode index.

Processor time of the program and of the process that it has read the files, the best of five; the confinement is
in it. The index of postcodes and the list of providers are given, as a council gives them."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DULY = ROOT / "build" / "duly"
GEN = ROOT.parent / "shared" / "data-standards" / "gen"
SMALL, LARGE, ROUNDS, POSTCODES = 10_000, 100_000, 5, 2_700_000


# A process begins with the memory of the one that started it: of this one, too much. A small one between.
BETWEEN = ("import os, sys; process = os.spawnvp(os.P_NOWAIT, sys.argv[1], sys.argv[1:]); "
           "_, _, use = os.wait4(process, 0); os.write(2, b'%f %d' % (use.ru_utime + use.ru_stime, use.ru_maxrss))")


def used(command):
    """Seconds of processor of it and of what it waits for, and the most memory that one of them had, in MiB."""
    done = subprocess.run([sys.executable, "-S", "-c", BETWEEN, "sh", "-c", 'exec "$0" "$@" 2>/dev/null',
                           *[str(word) for word in command]], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          env={**os.environ, "LC_ALL": "C"}, check=True)
    seconds, kilobytes = done.stderr.split()
    return float(seconds), int(kilobytes) / 1024


def best(command):
    found = [used(command) for _ in range(ROUNDS)]
    return min(cpu for cpu, _ in found), max(memory for _, memory in found)


def make(folder, n):
    """Both returns of so many children, one in a hundred with a fault."""
    place = folder / str(n)
    for script, out in (("gen903.py", place), ("gencin.py", place / "cin.xml")):
        place.mkdir(exist_ok=True)
        subprocess.run([sys.executable, GEN / script, "-n", str(n), "--seed", "7", "--errors", "0.01", "--out", out],
                       check=True, stdout=subprocess.DEVNULL)
    census = place / "cin.xml"
    return place, next(census.rglob("*.xml")) if census.is_dir() else census


def check_903(place, index):
    return [DULY, "check", "ssda903", place / "this", "--collection", "2025-26", "--previous", place / "last",
            "--postcodes", index, "--providers", place / "providers.xlsx", "--local-authority", "E08000025"]


def measure_size(folder, n):
    place, census = make(folder, n)
    index = place / "postcodes.csv.index"
    subprocess.run([DULY, "postcodes", "build", place / "postcodes.csv"], check=True, stdout=subprocess.DEVNULL)
    files = sorted(place.glob("this/*.csv")) + sorted(place.glob("last/*.csv"))
    figures = {"903": best(check_903(place, index)), "sort": best(["sort", *files]),
               "cin": best([DULY, "check", "cin", census]), "xmllint": best(["xmllint", "--stream", "--noout", census])}
    shutil.rmtree(place)
    return figures


def postcodes(folder):
    """An index of as many postcodes as there are."""
    path, dice = folder / "all.csv", random.Random(3)
    with open(path, "w", encoding="ascii") as out:
        out.write("pcd,oseast1m,osnrth1m,laua\n")
        letters = "ABDEFGHJLNPQRSTUWXYZ"
        for i in range(POSTCODES):
            unit = letters[i % 20] + letters[i // 20 % 20]
            area, sector = letters[i // 4000 % 20] + letters[i // 80_000 % 20], i // 400 % 10
            out.write(f"{area}{i // 1_600_000 + 1} {sector}{unit},{dice.randrange(700_000)},"
                      f"{dice.randrange(700_000)},E0{dice.randrange(6, 10)}000{dice.randrange(1, 300):03}\n")
    cpu, memory = used([DULY, "postcodes", "build", path])
    return cpu, memory


def while_saving(folder):
    """A check of one child's records as one of them is saved, in microseconds."""
    subprocess.run(["ninja", "-C", ROOT / "build", "tests/perf/perf-child_check"], check=True, stdout=subprocess.DEVNULL)
    store = folder / "store"
    subprocess.run([DULY, "demo", "--children", "2000", "--seed", "7", "--now", "2026-11-20", "--data", store], check=True,
                   stdout=subprocess.DEVNULL)
    done = subprocess.run([ROOT / "build/tests/perf/perf-child_check", store], capture_output=True, check=True)
    return json.loads(done.stdout)


def measure(_kept):
    if not GEN.is_dir():
        raise RuntimeError("the generators of made-up returns are not at hand")
    with tempfile.TemporaryDirectory(prefix="duly-bench-returns-") as name:
        folder = Path(name)
        small, large = measure_size(folder, SMALL), measure_size(folder, LARGE)
        index = postcodes(folder)
        child = while_saving(folder)
    rows = []
    for which, words, beside, goal in (("903", "SSDA903, two years, all rules", "sort", 5),
                                       ("cin", "children in need census", "xmllint", 2)):
        cpu, memory = small[which]
        rows.append({"what": f"{words}: 10,000 children, processor", "figure": f"{cpu:.3f} s", "goal": "0.1 s"})
        rows.append({"what": f"{words}: 10,000 children, memory", "figure": f"{memory:.0f} MiB", "goal": "64 MiB"})
        cpu, memory = large[which]
        rows.append({"what": f"{words}: 100,000 children, processor", "figure": f"{cpu:.2f} s, {memory:.0f} MiB"})
        rows.append({"what": f"{words}: against {beside} of the same files", "figure": f"{cpu / large[beside][0]:.2f} times",
                     "goal": f"under {goal}"})
        rows.append({"what": f"{words}: 100,000 against 10,000", "figure": f"{cpu / small[which][0]:.1f} times",
                     "goal": "at most 11"})
    rows.append({"what": "index of 2.7 million postcodes, processor", "figure": f"{index[0]:.2f} s, {index[1]:.0f} MiB",
                 "goal": "3 s"})
    rows.append({"what": f"one child's records while saving, {child['checks']:,} saves: half of the checks",
                 "figure": f"{child['half'] / 1000:.2f} ms"})
    rows.append({"what": "one child's records while saving: all but one check in a hundred",
                 "figure": f"{child['all but one in 100'] / 1000:.2f} ms", "goal": "1 ms"})
    return {"rows": rows}


if __name__ == "__main__":
    for row in measure(None)["rows"]:
        print(row["what"], "|", row["figure"], "|", row.get("goal", ""))
