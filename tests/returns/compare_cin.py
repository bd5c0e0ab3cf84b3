#!/usr/bin/env python3
"""What `duly check cin` finds in the set of ../shared, held against what an existing checker found there.

    compare_cin.py [DULY]    prints TAP

The differences that docs/returns.md argues stand in argued_cin.txt, and differ they must. Two children of one number are one child to that checker: their findings are left out, but for those
on the number itself."""
import csv
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SETS = ROOT.parent / 'shared' / 'data-standards' / 'expected' / 'cin'
COLUMNS = 'rule', 'table', 'row', 'field', 'child'
OF_NUMBERS = {'1570', '1580', '8510'}


def rows_of(path, columns):
    with open(path, newline='', encoding='utf-8') as file:
        return {tuple(row[column] for column in columns) for row in csv.DictReader(file)}


def argued_rows(name):
    """By rule: {(sign, table, row, field)}."""
    rows = {}
    for line in (ROOT / 'tests' / 'returns' / 'argued_cin.txt').read_text(encoding='utf-8').splitlines():
        words = line.split()
        if words and words[0] == name:
            rows.setdefault(words[1], set()).add(tuple(words[2:]))
    return rows


def check(duly, name, folder):
    """The rules compared, what differs by rule as argued_rows() has it, and how many findings are expected."""
    ours, whole = folder / 'ours.csv', folder / 'whole.csv'
    got = subprocess.run([duly, 'check', 'cin', SETS / f'{name}.xml', '--csv', ours, '--whole', whole],
                         capture_output=True, text=True, check=False)
    if got.returncode == 2:
        sys.exit(got.stderr)
    status = dict(rows_of(SETS / f'{name}.status.csv', ('rule', 'status')))
    rules = {rule for rule in status if status[rule] in ('passed', 'failed')}
    want, have = rows_of(SETS / f'{name}.errors.csv', COLUMNS), rows_of(ours, COLUMNS)
    twice = {row[4] for row in want if row[0] == '8510'}
    differ = {}
    for sign, found in (('+', have - want), ('-', want - have)):
        for row in found:
            if row[0] in rules and (row[0] in OF_NUMBERS or row[4] not in twice):
                differ.setdefault(row[0], set()).add((sign, *row[1:4]))
    for row in rows_of(SETS / f'{name}.la.csv', ['rule']) ^ rows_of(whole, ['rule']):
        differ.setdefault(row[0], set()).add(('whole return',))
    return rules, differ, len(want)


def main():
    duly = sys.argv[1] if len(sys.argv) > 1 else os.environ.get('DULY', 'build/duly')
    if not SETS.is_dir():
        print('1..0 # SKIP the sets are not here')
        return 0
    names = sorted(path.stem for path in SETS.glob('*.xml'))
    failed = False
    for n, name in enumerate(names, 1):
        with tempfile.TemporaryDirectory() as folder:
            rules, differ, findings = check(duly, name, pathlib.Path(folder))
        argued = argued_rows(name)
        wrong = {rule for rule in {*differ, *argued} if differ.get(rule) != argued.get(rule)}
        failed |= bool(wrong)
        print(f'{"not " if wrong else ""}ok {n} - {name}: {len(rules - {*differ})} of {len(rules)} rules agree, '
              f'{len(argued.keys() - wrong)} but for fields that are argued, {findings} findings')
        for rule in sorted(wrong):
            other = differ.get(rule, set()) ^ argued.get(rule, set())
            print(f'# {rule}: {sorted(other)[:6]}')
    print(f'1..{len(names)}')
    return failed


if __name__ == '__main__':
    sys.exit(main())
