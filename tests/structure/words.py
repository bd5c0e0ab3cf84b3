"""Event words: law/words.def says what the practice's own list says, where that list is at hand; a
word beyond it says in its note what it is, or is one that a rule asks for."""

import re

from tree import ROOT

SOURCE = ROOT.parent / "shared" / "domain" / "events.tsv"
PLANTED = {"src/law/words.def": 'WORD(BIRTH, "birth", CHILD, 0, START, "", "")\n'
                                'WORD(HOME_OPENED, "home-opened", CHILD, 0, START, "", "")\n'
                                'WORD(MADE_UP, "made-up", CHILD, 0, START, "", "")\n'}
LIST = "word\tsubject\tthread\tdetail\tnote\nbirth\tchild\t\t\t\nhome-opened\thome\t\t\t\ndeath\tchild\t\t\t\n"
FINDS = ["src/law/words.def:1", "src/law/words.def:2", "src/law/words.def:3"]


def listed(text):
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    word, subject = rows[0].index("word"), rows[0].index("subject")
    return {row[word]: row[subject] for row in rows[1:]}


def check(tree):
    path = "src/law/words.def"
    planted = tree.paths() == list(PLANTED)
    if path not in tree.paths() or not (planted or SOURCE.is_file()):
        return []
    wanted = listed(LIST if planted else SOURCE.read_text())
    text, ours, found = tree.text(path), {}, []
    rules = "" if planted else tree.text("src/law/rules.yaml")
    for m in re.finditer(r'^WORD\(\w+, "([a-z0-9-]+)", ([A-Z_]+),', text, re.M):
        ours[m[1]] = m[2].lower()
        line = text.count("\n", 0, m.start()) + 1
        if m[1] not in wanted:
            note = re.match(r'[^)]*?"([^"]*)"\)', text[m.end():], re.S)
            if re.search(rf"\b{m[1]}\b", rules) or (note and note[1] and not planted):
                continue
            found.append((path, line, f"{m[1]} is not in the practice's list"))
        elif wanted[m[1]] != ours[m[1]]:
            found.append((path, line, f"{m[1]} is of {wanted[m[1]]}, not of {ours[m[1]]}"))
    return found + [(path, 1, f"the practice's list has {word}, this has not")
                    for word in wanted if word not in ours]
