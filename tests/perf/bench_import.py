"""Rows a second of 903 files into an empty SQLite store."""

import resource
import shutil
import sqlite3
import subprocess
import time

CHILDREN = 12_000


def sqlite_alone(store, copy):
    """Processor seconds that SQLite itself needs to write the rows of the finished store, and no more,
    into an empty one of the same tables and indexes."""
    for path in copy.parent.glob(copy.name + "*"):
        path.unlink()
    db = sqlite3.connect(copy, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("ATTACH ? AS made", (str(store),))
    named = db.execute("SELECT type, name, sql FROM made.sqlite_schema WHERE sql IS NOT NULL AND "
                       "type IN ('table', 'index') AND name NOT LIKE 'sqlite_%'").fetchall()
    for _, _, sql in named:
        db.execute(sql)
    began = time.process_time()
    db.execute("BEGIN")
    for kind, name, _ in named:
        if kind == "table":  # the WHERE keeps it from copying the pages' records unread
            db.execute(f'INSERT INTO main."{name}" SELECT * FROM made."{name}" WHERE +1 LIMIT 1000000000')
    db.execute("COMMIT")
    took = time.process_time() - began
    db.close()
    copy.unlink()
    return took


def cpu_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(kept):
    files, store = kept / "files", kept / "import"
    if not files.is_dir():
        subprocess.run(["build/duly", "demo", "--children", str(CHILDREN), "--seed", "1",
                        "--now", "2026-11-20", "--out", str(files)], check=True,
                       stdout=subprocess.DEVNULL)
    rows = sum(max(0, sum(1 for _ in open(path, "rb")) - 1) for path in (files / "ssda903").rglob("*.csv"))
    took, cpu = [], []
    for _ in range(3):
        shutil.rmtree(store, ignore_errors=True)
        began, before = time.monotonic(), cpu_of_children()
        subprocess.run(["build/duly", "import", "--ssda903", str(files / "ssda903"), "--data", str(store),
                        "--authority", "999"], check=True, capture_output=True)
        took.append(time.monotonic() - began)
        cpu.append(cpu_of_children() - before)
    again = time.monotonic()
    subprocess.run(["build/duly", "import", "--ssda903", str(files / "ssda903"), "--data", str(store),
                    "--authority", "999"], check=True, capture_output=True)
    again = time.monotonic() - again
    best = min(took)
    alone = min(sqlite_alone(store / "duly.db", kept / "import-copy.db") for _ in range(3))
    return {"rows": [
        {"what": f"{rows:,} rows into an empty store", "figure": f"{best:.1f} s"},
        {"what": "rows a second", "figure": f"{rows / best:,.0f}"},
        {"what": "processor time of the import", "figure": f"{min(cpu):.2f} s"},
        {"what": "of SQLite alone, copying the rows of the finished store", "figure": f"{alone:.2f} s"},
        {"what": "the import against SQLite alone", "figure": f"{min(cpu) / alone:.1f}"},
        {"what": "the same files again, changing nothing", "figure": f"{again:.1f} s"},
    ]}
