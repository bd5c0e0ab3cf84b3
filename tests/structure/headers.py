"""Every header compiles alone, has #pragma once, and starts by saying what it is for."""

import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path

PLANTED = {
    "src/base/lone.h": "/* lone.h - needs what it does not include. */\n#pragma once\nsize_t lone(void);\n",
    "src/base/dumb.h": "#pragma once\nint dumb(void);\n",
    "src/base/twice.h": "/* twice.h - comes twice. */\nint twice(void);\n",
    "src/base/fine.h": "/* fine.h - stands alone. */\n#pragma once\n#include <stddef.h>\nsize_t fine(void);\n",
}
FINDS = ["src/base/lone.h:1", "src/base/dumb.h:1", "src/base/twice.h:1"]


def _compile(top, path):
    name = path.removeprefix("src/")
    run = subprocess.run(
        ["gcc", "-std=c17", "-D_GNU_SOURCE", "-fsyntax-only", "-Wall", "-Wextra", "-Werror",
         "-I", f"{top}/src", "-x", "c", "-"],
        input=f'#include "{name}"\n', capture_output=True, text=True)
    if run.returncode == 0:
        return None
    reason = next((l for l in run.stderr.splitlines() if " error:" in l), run.stderr[:200])
    return (path, 1, "does not compile alone: " + reason.split(top + "/")[-1])


def check(tree):
    found = []
    headers = [p for p in tree.paths() if p.endswith(".h") and p.startswith("src/")]
    for path in headers:
        text = tree.text(path)
        if not re.search(r"^#pragma once$", text, re.M):
            found.append((path, 1, "has no #pragma once"))
        if not re.match(r"/\* ?[\w./-]+ - |/\*\* ?[\w./-]+ - |// [\w./-]+ - ", text):
            found.append((path, 1, 'does not start by saying what it is for: "/* name.h - ..."'))
    with tempfile.TemporaryDirectory() as top:
        for path, text in tree.c("src/", "tests/"):
            target = Path(top, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        with ThreadPoolExecutor(cpu_count()) as pool:
            found += filter(None, pool.map(lambda p: _compile(top, p), headers))
    return found
