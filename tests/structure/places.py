"""A stranger knows in a minute what a folder is for: each has a README, each test mirrors a folder."""

import re

PLANTED = {
    "src/law/due.c": "int x;\n",
    "src/base/README.md": "short\n",
    "src/base/day.c": "int x;\n",
    "src/base/day_util.c": "int x;\n",
    "docs/architecture.md": "see [x](nowhere.md)\n",
}
FINDS = ["src/law/due.c:1", "src/base/day_util.c:1", "docs/architecture.md:1"]


def check(tree):
    found = []
    paths = set(tree.paths())
    folders = {}
    for path in paths:
        if path.startswith("src/") and path.endswith((".c", ".h")) and path.count("/") >= 2:
            folders.setdefault("/".join(path.split("/")[:2]), path)
        if re.search(r"/(\w+_)?(util|utils|helper|helpers|manager|misc|common)(_\w+)?\.[ch]$", path):
            found.append((path, 1, "its name says nothing: util, helper, manager"))
    for folder, first in sorted(folders.items()):
        if folder + "/README.md" not in paths:
            found.append((first, 1, f"{folder}/ has no README.md"))
    for path in sorted(p for p in paths if p.endswith(".md")):
        text = tree.text(path)
        for m in re.finditer(r"\]\(([^)#:\s]+)(#[^)]*)?\)", text):
            base = path.split("/")[:-1]
            for part in m[1].split("/"):
                if part == "..":
                    base = base[:-1]
                elif part not in (".", ""):
                    base.append(part)
            target = "/".join(base)
            if target not in paths and not any(p.startswith(target + "/") for p in paths):
                found.append((path, text.count("\n", 0, m.start()) + 1, f"a link to nowhere: {m[1]}"))
    return found
