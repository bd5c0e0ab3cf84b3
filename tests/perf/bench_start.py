"""How soon a server answers, and what it holds in memory, with 100,000 children in the store."""

import statistics
import time

from serving import Server, demo_store

CHILDREN = 100_000


def measure(kept):
    store = demo_store(kept, CHILDREN)
    took, idle, used = [], [], []
    for _ in range(5):
        with Server(store) as server:
            took.append(server.started)
            time.sleep(1)
            idle.append(server.memory())
            server.sign_in()
            for path in ["/caseload"] + server.children(25):
                server.get(path)
            time.sleep(1)
            used.append(server.memory())
    return {"rows": [
        {"what": f"from starting the program to its first answer, {CHILDREN:,} children",
         "figure": f"{statistics.median(took) * 1000:.0f} ms"},
        {"what": "resident memory, started and idle", "figure": f"{statistics.median(idle):.0f} MiB",
         "goal": "64 MB"},
        {"what": "resident memory, idle after a sign-in and 26 pages",
         "figure": f"{statistics.median(used):.0f} MiB", "goal": "64 MB"},
    ], "wrong": "more than 64 MB" if statistics.median(idle) > 61 else ""}
