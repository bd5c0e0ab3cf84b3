#!/usr/bin/env python3
"""What `duly check ssda903` finds in the sets of ../shared, held against what an existing checker found there.

    compare_sets.py [DULY] [RULE...]    every rule that duly has, or those; prints TAP

A difference that docs/returns.md argues stands in ARGUED: rule -> why, in a few words; such a rule is left out. Where
only some rows differ they stand in argued.txt, and differ they must: set, rule, "+" for a row that only duly finds or
"-" for one that it does not, table and row."""
import csv
import io
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SETS = ROOT.parent / 'shared' / 'data-standards' / 'expected' / 'ssda903'
ARGUED = {
    'SW12STG2': 'not of each change of placement',
    'SW17STG2': 'not of who left care',
}


def found(duly, place):
    meta = json.loads((place / 'meta.json').read_text())
    year = int(meta['collectionYear'])
    command = [duly, 'check', 'ssda903', str(place / 'this'), '--collection', f'{year - 1}-{year % 100:02}',
               '--previous', str(place / 'last'), '--local-authority', meta['localAuthority']]
    for option in ('postcodes', 'providers'):
        if f'--{option}' in help_of(duly):
            command += [f'--{option}', str(place / f'{option}.csv')]
    got = subprocess.run(command, capture_output=True, text=True, check=False)
    if got.returncode == 2:
        sys.exit(got.stderr)
    return got


def help_of(duly):
    return subprocess.run([duly, 'help', 'check'], capture_output=True, text=True, check=False).stdout


def rows_of(text, rules):
    return {(row['rule'], row['table'], row['row'], row['child']) for row in csv.DictReader(text)
            if row['rule'] in rules}


def argued_rows(name):
    """rule -> the rows of that set in which we differ on purpose"""
    rows = {}
    for line in (ROOT / 'tests' / 'returns' / 'argued.txt').read_text(encoding='utf-8').splitlines():
        if line and line[0] != '#':
            place, rule, sign, table, row = line.split()
            if place == name:
                rows.setdefault(rule, set()).add((sign, table, row))
    return rows


def main():
    duly = sys.argv[1] if len(sys.argv) > 1 else os.environ.get('DULY', 'build/duly')
    asked = set(sys.argv[2:])
    if not SETS.is_dir():
        print('1..0 # SKIP the sets are not here')
        return 0
    failed = n = 0
    for place in sorted(SETS.iterdir()):
        with open(place / 'expected.status.csv', encoding='utf-8') as file:
            status = {row['rule']: row['status'] for row in csv.DictReader(file)}
        got = found(duly, place)
        known = {line.split()[0] for line in subprocess.run([duly, 'check', 'rules'], capture_output=True, text=True,
                                                            check=False).stdout.splitlines()}
        lacks = {line.split()[0] for line in got.stderr.splitlines() if ' not run ' in line and not all(
            f'--{option}' in help_of(duly) for option in ('postcodes', 'providers'))}
        rules = {rule for rule in status if status[rule] in ('passed', 'failed') and rule in known and
                 (not asked or rule in asked)} - set(ARGUED) - lacks
        with open(place / 'expected.errors.csv', encoding='utf-8') as file:
            want = rows_of(file, rules)
        have = rows_of(io.StringIO(got.stdout), rules)
        signed = {row[0]: set() for row in want ^ have}
        for sign, rows in (('+', have - want), ('-', want - have)):
            for rule, table, row, _ in rows:
                signed[rule].add((sign, table, row))
        argued = {rule: rows for rule, rows in argued_rows(place.name).items() if rule in rules}
        differ = {rule for rule in signed.keys() | argued.keys() if signed.get(rule, set()) != argued.get(rule, set())}
        n += 1
        failed += bool(differ)
        print(f'{"not " if differ else ""}ok {n} - {place.name}: {len(rules - differ - argued.keys())} of {len(rules)} '
              f'rules agree, {len(argued.keys() - differ)} but for rows that are argued, {len(want)} findings')
        for rule in sorted(lacks & set(status)):
            print(f'# {rule}: not run')
        for rule in sorted(differ):
            missing = sorted(row[1:] for row in want - have if row[0] == rule)
            extra = sorted(row[1:] for row in have - want if row[0] == rule)
            print(f'# {rule}: missing {len(missing)} {missing[:4]} extra {len(extra)} {extra[:4]}')
    print(f'1..{n}')
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
