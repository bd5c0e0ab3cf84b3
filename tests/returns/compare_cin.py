#!/usr/bin/env python3
"""What `duly check cin` finds in the set of ../shared, held against what an existing checker found there.

    compare_cin.py [DULY]    prints TAP

The differences that docs/returns.md argues are counted in ARGUED: rule -> findings that we have not, findings that
only we have. Two children of one number are one child to that checker: their findings are left out, but for those
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
ARGUED = {
    'cin_300': {
        '2884': (0, 2), '4003': (0, 7), '8540': (0, 12), '8740': (0, 3), '8816': (8, 0), '8832': (1, 9),
        '8863Q': (0, 28), '8869': (0, 4), '8870Q': (0, 2), '8890': (0, 4), '8896': (1, 0), '8935': (0, 9),
        '8940': (0, 4), '8945Q': (0, 3), '8950Q': (0, 6),
    },
}


def rows_of(path, columns):
    with open(path, newline='', encoding='utf-8') as file:
        return {tuple(row[column] for column in columns) for row in csv.DictReader(file)}


def check(duly, name, folder):
    """The rules compared, what differs by rule as (missing, extra), and examples."""
    ours, whole = folder / 'ours.csv', folder / 'whole.csv'
    got = subprocess.run([duly, 'check', 'cin', SETS / f'{name}.xml', '--csv', ours, '--whole', whole],
                         capture_output=True, text=True, check=False)
    if got.returncode == 2:
        sys.exit(got.stderr)
    status = dict(rows_of(SETS / f'{name}.status.csv', ('rule', 'status')))
    rules = {rule for rule in status if status[rule] in ('passed', 'failed')}
    want, have = rows_of(SETS / f'{name}.errors.csv', COLUMNS), rows_of(ours, COLUMNS)
    twice = {row[4] for row in want if row[0] == '8510'}
    differ, shown = {}, {}
    for rule in sorted(rules):
        missing, extra = ({row[1:] for row in rows if row[0] == rule and (rule in OF_NUMBERS or row[4] not in twice)}
                          for rows in (want - have, have - want))
        if missing or extra:
            differ[rule] = len(missing), len(extra)
            shown[rule] = sorted(missing)[:3], sorted(extra)[:3]
    for row in sorted(rows_of(SETS / f'{name}.la.csv', ['rule']) ^ rows_of(whole, ['rule'])):
        differ[row[0]] = 'whole return', ''
    return rules, differ, shown, len(want)


def main():
    duly = sys.argv[1] if len(sys.argv) > 1 else os.environ.get('DULY', 'build/duly')
    if not SETS.is_dir():
        print('1..0 # SKIP the sets are not here')
        return 0
    names = sorted(path.stem for path in SETS.glob('*.xml'))
    failed = False
    for n, name in enumerate(names, 1):
        with tempfile.TemporaryDirectory() as folder:
            rules, differ, shown, findings = check(duly, name, pathlib.Path(folder))
        argued = ARGUED.get(name, {})
        wrong = {rule for rule in {*differ, *argued} if differ.get(rule) != argued.get(rule)}
        failed |= bool(wrong)
        print(f'{"not " if wrong else ""}ok {n} - {name}: {len(rules - set(differ))} of {len(rules)} rules agree, '
              f'{len(argued)} differ as argued, {findings} findings')
        for rule in sorted(wrong):
            print(f'# {rule}: (missing, extra) {differ.get(rule)}, argued {argued.get(rule)} {shown.get(rule)}')
    print(f'1..{len(names)}')
    return failed


if __name__ == '__main__':
    sys.exit(main())
