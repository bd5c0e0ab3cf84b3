"""Every act that the sources write into the ledger has its words in src/web/acts.def."""

import re

from tree import line_of, without_comments

# Who writes an entry, or has one written: the acts are the literals among what it is given.
WRITERS = {"web": r"\b(?:page_looked|child_close|children_looked|look)\s*\(",
           "store": r"\b(?:\w+_entry|cover_note_act|on_one|note|change)\s*\("}
FIELDS = r"(?:\.|->)act\s*=\s*|\bacts\[\]\s*=\s*\{|\bexpunge_digest\s*\(\s*store\s*,\s*ask\s*,|\boutcome\s*=\s*"
WAYS = r"\bhow\s*=\s*"  # of signing in: sign-in:HOW
LITERAL = re.compile(r'\bS(?:_INIT)?\(\s*"([a-z][a-z-]*(?::[a-z-]*)*)"\s*\)|"([a-z-]+:)%[^"]*"')
ROW = re.compile(r'\bACT(_OF)?\("([^"]+)",')

PLANTED = {
    "src/web/acts.def": 'ACT("look:known", "x")\nACT_OF("import:", "x")\nACT("sign-in:key", "x")\nACT("old", "x")\n',
    "src/web/a.c": 'void f(void)\n{\n\tpage_looked(page, S("look:known"), NULL, 0);\n'
                   '\tpage_looked(page, S("look:new"),\n\t\tNULL, 0);\n\tin->how = S("key");\n\tin->how = S("magic");\n}\n',
    "src/store/b.c": 'void f(void)\n{\n\tnote(store, some ? S("gone:by") : S("old"), 3);\n'
                     '\tx = (struct entry){ .act = arena_format(a, "import:%s", kind) };\n}\n',
}
FINDS = ["src/web/a.c:4", "src/web/a.c:7", "src/store/b.c:3"]


def _statement(text, at):
    """To the end of what is in brackets, or of the statement."""
    depth = 0
    for i in range(at, len(text)):
        if text[i] in "({":
            depth += 1
        elif text[i] in ")}":
            depth -= 1
            if depth < 0:
                return text[at:i]
        elif text[i] == ";" or (text[i] == "," and depth == 0 and text[at - 1] not in "({"):
            return text[at:i]
    return text[at:]


def _written(path, text):
    """(where, act) of each literal act in a file."""
    folder = path.split("/")[1]
    for pattern, before in ((WRITERS.get(folder), ""), (FIELDS if folder == "store" else None, ""), (WAYS, "sign-in:")):
        if pattern is None:
            continue
        for m in re.finditer(pattern, text):
            inside = _statement(text, m.end())
            for found in LITERAL.finditer(inside):
                act = found[1] or found[2]
                if "digest" in m[0] or "outcome" in m[0]:
                    act = "expunge:" + act
                yield m.start(), before + act


def check(tree):
    acts, prefixes, found = set(), [], []
    if "src/web/acts.def" not in tree.paths():
        return found
    for of, act in ROW.findall(tree.text("src/web/acts.def")):
        prefixes.append(act) if of else acts.add(act)
    for path, raw in tree.c("src/web/", "src/store/"):
        if not path.endswith(".c"):
            continue
        text = without_comments(raw)
        for at, act in _written(path, text):
            # What is put together from a beginning and a code: some row begins so.
            known = act in acts or any(act.startswith(p) for p in prefixes) or \
                act.endswith(":") and any(row.startswith(act) for row in acts | set(prefixes))
            if not known:
                found.append((path, line_of(text, at), f"{act} has no words in src/web/acts.def"))
    return sorted(set(found))
