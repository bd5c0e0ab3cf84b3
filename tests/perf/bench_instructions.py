"""Instructions a page: callgrind counts a server that answers few pages, and one that answers more."""

import re
import shutil
import subprocess
import time

from serving import Server, make_demo

FEW, MORE = 20, 120


def counted(kept, store, pick, asked):
    out = kept / "callgrind.out"
    with Server(store, ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", "-q"]) as server:
        server.sign_in()
        paths = pick(server)
        for n in range(asked):
            answer, _ = server.get(paths[n % len(paths)])
            if answer.status != 200:
                raise RuntimeError(f"answered with {answer.status}")
    return int(re.search(r"^(?:summary|totals): (\d+)", out.read_text(), re.M)[1])


def measure(kept):
    subprocess.run(["valgrind", "--version"], check=True, stdout=subprocess.DEVNULL)
    # A store of its own: another's ledger is long, and a server proves it while it is counted.
    store = kept / "instructions"
    shutil.rmtree(store, ignore_errors=True)
    make_demo(store, 1_000)
    with Server(store) as server:  # the day's first start has work of its own
        server.sign_in()
        time.sleep(3)
    rows = []
    for what, pick in (("caseload, 25 rows", lambda server: ["/caseload"]),
                       ("a child", lambda server: server.children(20))):
        few, more = (counted(kept, store, pick, asked) for asked in (FEW, MORE))
        rows.append({"what": what, "figure": f"{(more - few) / (MORE - FEW) / 1e6:.2f} million"})
    return {"rows": rows}
