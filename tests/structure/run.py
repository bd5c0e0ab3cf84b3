#!/usr/bin/env python3
"""Runs the structure checks over the project; first, each over a violation that it must find.

Prints TAP. A check is a module with check(tree) -> [(path, line, what)], PLANTED (a tree with
violations) and FINDS (where: path:line). NOTE = True makes its findings remarks.
"""

import sys

import acts
import backed_up
import banned
import edges
import headers
import includes
import places
import sizes
import statements
import tracked
import words
from tree import Tree

CHECKS = [includes, headers, banned, statements, acts, backed_up, edges, tracked, places, words, sizes]


def main():
    tree = Tree.of_project()
    number = failed = 0

    def say(passes, claim, lines=()):
        nonlocal number, failed
        number += 1
        failed += not passes
        print(f"{'ok' if passes else 'not ok'} {number} - {claim}")
        for line in lines:
            print("  # " + line)

    for check in CHECKS:
        name, claim = check.__name__, check.__doc__.strip().split("\n")[0]
        if check.FINDS:
            got = sorted({f"{path}:{line}" for path, line, _ in check.check(Tree.planted(check.PLANTED))})
            say(got == sorted(check.FINDS), f"{name}: finds what was planted, and only that",
                [] if got == sorted(check.FINDS) else [f"wanted {sorted(check.FINDS)}", f"found  {got}"])
        found = check.check(tree)
        lines = [f"{path}:{line}: {what}" for path, line, what in sorted(found)]
        say(not found or getattr(check, "NOTE", False), f"{name}: {claim}", lines)
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
