"""Event words: law/words.def says what the practice's own list says, where that list is at hand."""

import re
from pathlib import Path

from tree import ROOT

PLANTED = {}
FINDS = []
SOURCE = ROOT.parent / "shared" / "domain" / "events.tsv"


def listed(path):
    rows = [l.split("\t") for l in Path(path).read_text().splitlines() if l and not l.startswith("#")]
    head = rows[0]
    return {row[head.index("word")] if "word" in head else row[0] for row in rows[1:]}


def check(tree):
    path = "src/law/words.def"
    if path not in tree.paths() or not SOURCE.is_file():
        return []
    ours = set(re.findall(r'"([a-z0-9][a-z0-9._-]*)"|\bWORD\(\s*([a-z0-9_]+)', tree.text(path)))
    ours = {a or b.replace("_", "-") for a, b in ours}
    wanted = {w for w in listed(SOURCE)}
    return [(path, 1, f"the practice's list has {w}, this has not") for w in sorted(wanted - ours)]
