#!/usr/bin/env python3
"""mcdc.py [BUILD]: are all branches of src/law and src/clock taken, and every condition shown to matter?

Builds base/, law/ and clock/ and the tests of law/ and clock/ with clang's own coverage, without the
rest of the program, runs those tests, and asks llvm-cov for branches and for MC/DC (each condition of
a decision alone changes its outcome). What stands within must() is no branch of ours (a claim that
cannot be false), nor is a switch that none of all its cases fits. BUILD (`build`) is where the
embedded texts lie. Prints TAP, and fails with each place that is missing. Why so, and what counts, stands in docs/decisions/coverage.md.
"""

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tree import ROOT

FOLDERS = ("law", "clock")
OUT = ROOT / "build-mcdc"
COUNTED = ["-fprofile-instr-generate", "-fcoverage-mapping", "-fcoverage-mcdc"]
PACKAGES = ["cmocka", "jansson", "libsodium", "libxml-2.0", "yaml-0.1"]
FLAGS = ["-std=c17", "-O1", "-g0", "-w", "-D_GNU_SOURCE", "-Isrc", "-Itests"]


def run(command, **more):
    return subprocess.run(command, cwd=ROOT, check=True, **more)


def packaged(what):
    return run(["pkg-config", what, *PACKAGES], capture_output=True, text=True).stdout.split()


def compile_one(job):
    source, counted, flags = job
    out = OUT / (source.replace("/", "_") + ".o")
    run(["clang-19", *FLAGS, *flags, *(COUNTED if counted else []), "-c", source, "-o", str(out)])
    return str(out)


def together(work, jobs):
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, jobs))


def build(embedded):
    flags, libraries = packaged("--cflags"), packaged("--libs")
    sources = [(str(path.relative_to(ROOT)), folder in FOLDERS, flags) for folder in ("base",) + FOLDERS
               for path in sorted((ROOT / "src" / folder).glob("*.c"))]
    sources += [(str(path), False, flags) for path in sorted(Path(embedded, "src/law").glob("law_*.c"))]
    tests = [str(path.relative_to(ROOT)) for folder in FOLDERS
             for path in sorted((ROOT / "tests" / folder).glob("test_*.c"))]
    objects = together(compile_one, sources)

    def link(test):
        program = OUT / Path(test.replace("/", "_")).stem
        run(["clang-19", COUNTED[0], compile_one((test, False, flags)), *objects, *libraries, "-lm",
             "-o", str(program)])
        return program
    return together(link, tests)


def run_one(program):
    place = program.with_suffix(".profraw")
    env = {**os.environ, "LLVM_PROFILE_FILE": str(place), "CMOCKA_MESSAGE_OUTPUT": "TAP",
           "DULY_ROOT": str(ROOT)}
    done = subprocess.run([str(program)], cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{program.name}: exit status {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return str(place)


def measure(programs):
    merged = OUT / "all.profdata"
    run(["llvm-profdata-19", "merge", "-sparse", *together(run_one, programs), "-o", str(merged)])
    objects = [word for program in programs[1:] for word in ("-object", str(program))]
    out = run(["llvm-cov-19", "export", "-format=text", "-instr-profile", str(merged), str(programs[0]),
               *objects, *(f"src/{folder}" for folder in FOLDERS)], capture_output=True, text=True).stdout
    return json.loads(out)["data"][0]["files"]


def claims(text):
    """The lines of must( ... ), of what leads to must_fail(), and of cases that are must(false)."""
    lines = set()
    for found in re.finditer(r"(?:\bif \([^;{]*?\)\s*)?\bmust(?:_fail)?\(", text):
        at, depth = found.end(), 1
        while depth > 0:
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            at += 1
        first, last = text.count("\n", 0, found.start()) + 1, text.count("\n", 0, at) + 1
        lines.update(range(first, last + 1))
    for found in re.finditer(r"(?:\s*(?:case \w+|default):\n)+\s*must\(false\)", text):
        lines.update(range(text.count("\n", 0, found.start()) + 1, text.count("\n", 0, found.end()) + 2))
    return lines


def missing(file):
    """How many branches and conditions there are, and those not shown, as sentences."""
    path = Path(file["filename"]).relative_to(ROOT)
    text = (ROOT / path).read_text()
    skipped, lines = claims(text), text.split("\n")
    seen, told = {}, []
    for line, column, end, to, true, false, *_ in file["branches"]:
        if line in skipped or lines[line - 1][:column - 1].endswith("switch ("):
            continue
        before = seen.get((line, column, end, to), (0, 0))
        seen[line, column, end, to] = (before[0] + true, before[1] + false)
    for (line, column, end, to), counts in sorted(seen.items()):
        asked = lines[line - 1][column - 1:to - 1 if end == line else None]
        told += [f"{path}:{line}: \"{asked}\" was never {word}"
                 for count, word in zip(counts, ("true", "false")) if count == 0]
    decisions = {}
    for record in file.get("mcdc_records", []):
        line, column, end, to, shown = *record[:4], record[-1]
        if line in skipped:
            continue
        before = decisions.setdefault((line, column, end, to), [False] * len(shown))
        decisions[line, column, end, to] = [a or b for a, b in zip(before, shown)]
    for (line, *_), shown in sorted(decisions.items()):
        told += [f"{path}:{line}: condition {n} of {len(shown)} was not shown to matter"
                 for n, good in enumerate(shown, 1) if not good]
    return 2 * len(seen), sum(map(len, decisions.values())), told


def main():
    OUT.mkdir(exist_ok=True)
    files = measure(build(sys.argv[1] if len(sys.argv) > 1 else "build"))
    failed = 0
    for number, folder in enumerate(FOLDERS, 1):
        mine = [missing(f) for f in files if f"/src/{folder}/" in f["filename"]]
        branches, conditions = sum(m[0] for m in mine), sum(m[1] for m in mine)
        told = [line for m in mine for line in m[2]]
        good = branches > 0 and not told
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {folder}/: all {branches} branches and {conditions} "
              f"conditions are shown to matter" + (f" but {len(told)}" if told else ""))
        for line in told:
            print("  # " + line)
    print(f"1..{len(FOLDERS)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
