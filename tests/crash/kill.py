#!/usr/bin/env python3
"""kill -9 at random moments of saves and of imports: nothing acknowledged is lost, nothing is half.

DULY names the program (build/duly), DULY_KILLS how often (20), DULY_SEED the moments. A store lives
through all its kills: each start finds what the one before it left. A kill of the process is not a
cut of power; that the disk was told to flush is for the engine's settings to promise.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DULY = Path(os.environ.get("DULY", "build/duly")).resolve()
SAVER = DULY.parent / "tests" / "crash" / "crash-saver"
KILLS = int(os.environ.get("DULY_KILLS", "20"))
SEED = int(os.environ.get("DULY_SEED", "20261121"))
FULL = os.environ.get("DULY_KILL_CHILDREN", "300")

passed = failed = 0


def claim(true, words):
    global passed, failed
    passed += bool(true)
    failed += not true
    print(("" if true else "not ") + f"so: {words}", flush=True)


def kill_saves(store, times, rnd):
    acknowledged, lost, part = [], 0, 0
    for n in range(1, times + 1):
        saver = subprocess.Popen([SAVER, "save", store, str(n * 100000)], stdout=subprocess.PIPE, text=True)
        first = saver.stdout.readline()
        time.sleep(rnd.uniform(0, 0.25))
        saver.send_signal(signal.SIGKILL)
        told = first + saver.stdout.read()
        saver.wait()
        acknowledged += [int(line) for line in told.split("\n")[:-1]]
        check = subprocess.run([SAVER, "check", store], input="".join(f"{n}\n" for n in acknowledged),
                               capture_output=True, text=True)
        if check.returncode != 0:
            print(check.stderr[-600:])
            claim(False, f"the store opens and proves itself after a kill (seed {SEED})")
            return
        words = check.stdout.split()
        lost, part = max(lost, int(words[0])), max(part, int(words[2]))
    claim(acknowledged, f"{len(acknowledged)} saves were acknowledged between {times} kills")
    claim(lost == 0, f"none acknowledged is lost ({lost})")
    claim(part == 0, f"none is there in part ({part})")


def duly(*words):
    return subprocess.run([DULY, *words], capture_output=True, text=True)


def clocks(store):
    done = duly("clocks", "--data", store, "--as-of", "2026-11-20")
    return done.stdout if done.returncode == 0 else None


def kill_imports(folder, times, rnd):
    files, whole = folder / "files", folder / "whole"
    made = duly("demo", "--children", FULL, "--seed", "3", "--now", "2026-11-20", "--out", files)
    if made.returncode != 0:
        claim(False, "a demonstration's files are written: " + made.stderr[-300:])
        return
    words = ["import", "--ssda903", files / "ssda903", "--authority", "999", "--data"]
    began = time.monotonic()
    done = duly(*words, whole)
    took = time.monotonic() - began
    claim(done.returncode in (0, 1), "the import runs to its end when nobody kills it" + done.stderr[-300:])
    want, empty = clocks(whole), None
    half = broken = finished = 0
    for n in range(times):
        store = folder / "store"
        shutil.rmtree(store, ignore_errors=True)
        run = subprocess.Popen([DULY, *words, store], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rnd.uniform(0, took * 1.05))
        run.send_signal(signal.SIGKILL)
        ended = run.wait() in (0, 1)
        finished += ended
        if not (store / "duly.db").exists():
            continue
        broken += duly("verify", "--data", store).returncode not in ((0,) if ended else (0, 2))
        have = clocks(store)
        if have is not None and have != want:
            empty = have if empty is None and len(have.splitlines()) <= 1 else empty
            half += have != empty
        half += ended and have != want
        if n % 10 == 9:
            again = duly(*words, store)
            broken += again.returncode not in (0, 1) or clocks(store) != want
    claim(half == 0, f"{times} imports killed, {finished} of them too late: none is there in part ({half})")
    claim(broken == 0, f"every store left behind proves itself and takes the import again ({broken})")


def main():
    rnd = random.Random(SEED)
    print(f"# seed {SEED}, {KILLS} kills")
    folder = Path(tempfile.mkdtemp(prefix="duly-crash-"))
    try:
        kill_saves(str(folder / "saves"), (KILLS + 1) // 2, rnd)
        if duly("help", "import").returncode == 0:
            kill_imports(folder, KILLS // 2, rnd)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
