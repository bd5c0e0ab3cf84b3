"""Functions that nobody calls, and those that only some folders may."""

import re

from tree import code_only, folder_of, line_of

NEVER = {
    "sprintf": "buf_put... or snprintf", "vsprintf": "vsnprintf", "strcpy": "memcpy with a length",
    "stpcpy": "memcpy with a length", "strcat": "buf", "strncpy": "memcpy with a length",
    "strncat": "buf", "strtok": "str_split", "strtok_r": "str_split", "atoi": "str_int",
    "atol": "str_int", "atoll": "str_int", "atof": "str_int", "gets": "a reader", "scanf": "a parser",
    "sscanf": "a parser", "fscanf": "a parser", "vsscanf": "a parser", "system": "posix_spawn",
    "popen": "posix_spawn", "alloca": "the arena", "strdup": "the arena", "strndup": "the arena",
    "asprintf": "buf", "vasprintf": "buf", "tmpnam": "mkstemp", "mktemp": "mkstemp",
    "rand": "env's random", "srand": "env's random", "localtime": "base/instant", "gmtime": "base/instant",
    "mktime": "base/instant", "strftime": "base/instant", "setlocale": "bytes", "fork": "posix_spawn",
    "MHD_create_post_processor": "http/form",
}

# A test may check us against the C library, or let a child process die.
NOT_IN_TESTS = {"strftime", "gmtime", "localtime", "mktime", "rand", "srand", "fork", "popen",
                "setlocale", "strdup"}

# A command of one thread, which hands what it has mapped to a copy of itself that is shut in.
FORKS = ("src/cli/shut_in.c",)

# Memory comes from arenas and base/mem.h.
MEMORY = {"malloc", "calloc", "realloc", "free", "reallocarray"}
MEMORY_OWNERS = ("src/base/", "src/http/mhd.c", "src/store/db_", "src/cli/fuzz")

# Text enters a page only through text(), attr() and H(): nothing of the printf family makes one.
PRINTF = {"printf", "fprintf", "vprintf", "vfprintf", "dprintf", "snprintf", "vsnprintf", "puts",
          "fputs", "putchar", "perror"}
NO_PRINTF = ("html", "web")
PRINT_NOWHERE = ("law", "record", "clock", "policy", "returns", "document", "base", "store",
                 "identity")
STREAMS = {"printf", "vprintf", "puts", "putchar", "perror"}

PLANTED = {
    "src/law/a.c": 'void f(char *d)\n{\n\tstrcpy(d, "x"); /* sprintf(d) */\n}\n',
    "src/clock/b.c": "void *f(void)\n{\n\treturn malloc(3);\n}\n",
    "src/web/c.c": 'void f(char *d)\n{\n\tsnprintf(d, 4, "<p>");\n}\n',
    "src/store/d.c": "void f(struct x *x)\n{\n\tx->free(x);\n\tx_free(x);\n\tprintf(\"y\");\n}\n",
    "src/base/fine.c": 'void f(void)\n{\n\tfree(0);\n\tsay("strcpy(a, b)");\n}\n',
}
FINDS = ["src/law/a.c:3", "src/clock/b.c:3", "src/web/c.c:3", "src/store/d.c:5"]

_CALL = re.compile(r"(?<![\w.>])([A-Za-z_]\w*)\s*\(")


def check(tree):
    found = []
    for path, text in tree.c("src/", "tests/"):
        code = code_only(text)
        product = path.startswith("src/")
        folder = folder_of(path) if product else None
        for m in _CALL.finditer(code):
            name, line = m[1], line_of(code, m.start())
            if name == "fork" and path in FORKS:
                continue
            if name in NEVER and (product or name not in NOT_IN_TESTS):
                found.append((path, line, f"{name}() is banned: {NEVER[name]}"))
            elif not product:
                continue
            elif name in MEMORY and not path.startswith(MEMORY_OWNERS):
                found.append((path, line, f"{name}() outside base/: use an arena or base/mem.h"))
            elif name in PRINTF and folder in NO_PRINTF:
                found.append((path, line, f"{name}() in {folder}/: pages are made with H(), text(), attr()"))
            elif name in STREAMS and folder in PRINT_NOWHERE:
                found.append((path, line, f"{name}() in {folder}/: only the command line prints"))
    return found
