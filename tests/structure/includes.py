"""What may include what: the table of docs/architecture.md, and which file may know which library."""

import re

from tree import folder_of, line_of, without_comments

MAY_USE = {
    "base": "",
    "law": "base",
    "record": "base law",
    "clock": "base law record",
    "policy": "base law record",
    "returns": "base law record",
    "html": "base law record clock",
    "document": "base law record clock",
    "store": "base law record clock policy",
    "identity": "base store",
    "http": "base",
    "job": "base law record clock policy returns html document store identity",
    "web": "base law record clock policy returns html document store identity http job",
    "library": "base returns job",
    "cli": "base law record clock policy returns html document store identity http job web",
}

# A foreign library's header, and the only files that may know it. Everyone else goes through them.
LIBRARY = [
    (r"microhttpd\.h", ["src/http/mhd"]),
    (r"gnutls/.*", ["src/http/mhd", "src/http/tls.c", "src/identity/password.c", "src/identity/oidc_key.c"]),
    (r"sqlite3\.h", ["src/store/db_sqlite.c"]),
    (r"libpq-fe\.h|pg_config.*|catalog/.*", ["src/store/db_postgres.c", "src/store/db_pg.c"]),
    (r"sodium\.h", ["src/identity/", "src/store/", "src/cli/open.c", "src/base/random.c", "src/base/sha256.c",
                    "src/base/merkle.c", "src/base/hash.c", "src/base/digest.c"]),
    (r"libxml/.*", ["src/base/xml.c"]),
    (r"zip\.h", ["src/document/zip.c"]),
    (r"seccomp\.h|linux/landlock\.h", ["src/cli/confine.c"]),
    (r"yaml\.h|cyaml/.*", ["src/law/"]),
    (r"jansson\.h", ["src/base/", "src/identity/"]),
    (r"liboath/.*", ["src/identity/factor.c"]),
    (r"fido.*", ["src/identity/passkey.c"]),
    (r"curl/.*", ["src/identity/oidc_ask.c"]),
    (r"qrencode\.h", ["src/identity/qr.c"]),
    (r"crack\.h", ["src/identity/guessable.c"]),
]

# What reaches the machine stays where I/O lives. base/ may hold one thin file for each.
SYSTEM = r"(sys/|netinet/|arpa/|net/|poll\.h|pthread\.h|threads\.h|unistd\.h|fcntl\.h|dirent\.h|" \
         r"signal\.h|termios\.h|spawn\.h|netdb\.h)"
PURE = ("law", "record", "clock", "policy", "returns", "html", "document")

_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)

PLANTED = {
    "src/base/low.c": '#include "store/db.h"\n',
    "src/law/far.c": '#include "../base/day.h"\n',
    "src/web/page.c": '#include "base/str.h"\n#include <sqlite3.h>\n',
    "src/clock/clock.c": "#include <unistd.h>\n",
    "src/http/fine.c": '#include "base/str.h"\n/* #include "web/web.h" */\n#include "http/http.h"\n',
}
FINDS = ["src/base/low.c:1", "src/law/far.c:1", "src/web/page.c:2", "src/clock/clock.c:1"]


def check(tree):
    found = []
    paths = set(tree.paths())
    for path, text in tree.c("src/"):
        if path.count("/") < 2:
            continue
        folder = folder_of(path)
        allowed = set(MAY_USE.get(folder, "").split()) | {folder}
        if folder not in MAY_USE:
            found.append((path, 1, f"src/{folder}/ is not a folder of the architecture"))
            continue
        for m in _INCLUDE.finditer(without_comments(text)):
            line, kind, name = line_of(text, m.start()), m[1], m[2]
            if kind == '"':
                top = name.split("/")[0]
                if "/" not in name or top not in MAY_USE:
                    if "src/" + name not in paths and "/" not in name:
                        continue  # made by the build: version.h and the like
                    found.append((path, line, f'"{name}" is not written from src/'))
                elif top not in allowed:
                    found.append((path, line, f"{folder}/ may not include {top}/: {name}"))
                continue
            for pattern, owners in LIBRARY:
                if re.fullmatch(pattern, name) and not any(path.startswith(o) for o in owners):
                    found.append((path, line, f"<{name}> belongs to {' or '.join(owners)}"))
            if folder in PURE and re.match(SYSTEM, name):
                found.append((path, line, f"{folder}/ is pure: it may not reach <{name}>"))
    return found
