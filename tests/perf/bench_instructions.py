"""Instructions a page: callgrind counts a server that answers few pages, and one that answers more."""

import re
import subprocess

from serving import Server, demo_store

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
    store = demo_store(kept, 1_000)
    rows = []
    for what, pick in (("caseload, 25 rows", lambda server: ["/caseload"]),
                       ("a child", lambda server: server.children(20))):
        few, more = (counted(kept, store, pick, asked) for asked in (FEW, MORE))
        rows.append({"what": what, "figure": f"{(more - few) / (MORE - FEW) / 1e6:.2f} million"})
    return {"rows": rows}
