"""Not a failure, a question: files above 400 lines, functions above 60."""

import re

from tree import code_only

NOTE = True
PLANTED = {"src/base/long.c": "int f(void)\n{\n" + "\tg();\n" * 70 + "}\n",
           "src/base/big.c": "\n" * 401}
FINDS = ["src/base/long.c:2", "src/base/big.c:401"]


def check(tree):
    found = []
    for path, text in tree.c("src/", "tests/"):
        n = text.count("\n")
        if n > 400 and not path.endswith(".def"):
            found.append((path, n, f"{n} lines"))
        start = None
        for number, line in enumerate(code_only(text).splitlines(), 1):
            if line == "{":
                start = number
            elif line == "}" and start is not None:
                if number - start - 1 > 60:
                    found.append((path, start, f"a function of {number - start - 1} lines"))
                start = None
            elif re.match(r"\S.*\{$", line):
                start = None
    return found
