#!/usr/bin/env python3
"""Leaves each rule of both returns out in turn: the cases of exactly that rule must go red.

    disable_each.py [BUILD]     prints TAP
"""
import concurrent.futures
import os
import re
import subprocess
import sys

BUILD = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else 'build')
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def red(program, rule):
    """Which rules' cases fail when that one is left out."""
    got = subprocess.run([program], capture_output=True, encoding='utf-8', check=False,
                         env={**os.environ, 'DULY_ROOT': ROOT, 'DULY_WITHOUT': str(rule), 'CMOCKA_MESSAGE_OUTPUT': 'TAP'})
    return got.returncode, {int(n) for n in re.findall(r'^# red (\d+):', got.stdout, re.M)}


def main():
    failed = number = 0
    for name, which in (('check903', []), ('check_cin', ['cin'])):
        rules = subprocess.run([os.path.join(BUILD, 'duly'), 'check', 'rules', *which], capture_output=True,
                               encoding='utf-8', check=True).stdout.splitlines()
        program = os.path.join(BUILD, 'tests', 'test-returns-' + name)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            results = pool.map(lambda at: red(program, at), range(len(rules)))
            for at, (rule, (status, found)) in enumerate(zip(rules, results)):
                number += 1
                holds = status == 0 and found == {at}
                failed += not holds
                print(f'{"" if holds else "not "}ok {number} - without {" ".join(rule.split()[:2])} its cases fail and no others',
                      flush=True)
                if not holds:
                    print(f'# exit status {status}; red: {sorted(found)}', flush=True)
    print(f'1..{number}')
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
