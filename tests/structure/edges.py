"""Time, random numbers and the environment enter at the edges only; no mutable globals below."""

import re

from tree import code_only, folder_of, line_of

# Who may ask the machine for what. Everyone else is given it.
EDGE = {
    "time": (), "clock_gettime": (), "gettimeofday": (), "timespec_get": (),
    "random": (), "getrandom": (), "arc4random": (), "randombytes_buf": (), "randombytes_uniform": (),
    "getenv": (), "secure_getenv": (),
    "open": ("store", "base"), "fopen": ("store", "base"),
    "getpid": ("store",), "isatty": (),
}
EDGES = ("cli", "http", "job")
# Salts and keys are random wherever they are made; only these files make them.
ALSO = {"randombytes_buf": ("src/identity/", "src/store/"), "getrandom": ("src/identity/",)}
PURE = ("base", "law", "record", "clock", "policy", "returns", "html", "document")

_CALL = re.compile(r"(?<![\w.>])([a-z_]\w*)\s*\(")
# A file-scope or function static without const: state that outlives a call.
_STATE = re.compile(r"^\t*static\s+(?!const\b|inline\b|_Noreturn\b|void\b)(?:(?!\bconst\b)[\w\s*])+?"
                    r"\b\w+(\[[^\]]*\])*\s*(=|;)", re.M)

PLANTED = {
    "src/law/now.c": "long f(void)\n{\n\treturn time(0);\n}\n",
    "src/web/env.c": 'char *f(void)\n{\n\treturn getenv("HOME");\n}\n',
    "src/clock/state.c": "static int count;\nstatic const int table[] = { 1 };\nstatic int f(int a)\n{\n\treturn a;\n}\n",
    "src/cli/fine.c": "long f(void)\n{\n\treturn time(0);\n}\n",
    "src/law/fine.c": "static const char *const name[] = { 0 };\nlong f(struct s *s)\n{\n\treturn s->time(0);\n}\n",
}
FINDS = ["src/law/now.c:3", "src/web/env.c:3", "src/clock/state.c:1"]


def check(tree):
    found = []
    for path, text in tree.c("src/"):
        folder = folder_of(path)
        code = code_only(text)
        if folder not in EDGES:
            for m in _CALL.finditer(code):
                name = m[1]
                if name not in EDGE or folder in EDGE[name]:
                    continue
                if path.startswith(ALSO.get(name, ("\0",))):
                    continue
                found.append((path, line_of(code, m.start()),
                              f"{name}() in {folder}/: it comes from outside"))
        if folder in PURE:
            for m in _STATE.finditer(code):
                found.append((path, line_of(code, m.start()),
                              f"state that outlives a call in {folder}/: {m[0].strip()[:60]}"))
    return found
