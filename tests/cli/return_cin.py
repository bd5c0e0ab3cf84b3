#!/usr/bin/env python3
"""duly return cin: the census written from a store, read into another one, and written again.

    return_cin.py [DULY]     (or DULY in the environment); prints TAP
"""
import csv
import os
import subprocess
import sys
from xml.etree import ElementTree

from stepwise import run

DULY = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.environ['DULY'])
YEAR = '2025-26'
CHILDREN = int(os.environ.get('DULY_CHILDREN', 600))
# The demonstration's pupil numbers bear the number of a council that is none (docs/returns.md).
ARGUED = {'1530'}


def duly(*words):
    return subprocess.run([DULY, *map(str, words)], capture_output=True, encoding='utf-8', check=False)


def rows(path):
    with open(path, newline='', encoding='utf-8') as file:
        return list(csv.DictReader(file))


def steps(place):
    store, again = place / 'store', place / 'again'
    demo = ('--children', CHILDREN, '--seed', 11, '--now', '2026-11-22')
    got = duly('demo', *demo, '--data', store)
    files = duly('demo', *demo, '--out', place / 'files')
    yield 'the demonstration is made', got.returncode == files.returncode == 0, (got, files)

    def returned(name, *words, data=store, period=YEAR):
        return duly('return', 'cin', '--period', period, '--out', place / name, '--data', data, *words)

    got = returned('one', '--findings', place / 'findings.csv')
    first = (place / 'one' / 'census.xml').read_bytes()
    yield 'a census is written', got.returncode in (0, 1) and first.startswith(b'<?xml'), got
    yield 'it is what the demonstration gives out as a file', (
        first == (place / 'files' / 'cin' / 'census.xml').read_bytes()), None
    found = rows(place / 'findings.csv')
    yield 'nothing is found in it but what is argued', {row['rule'] for row in found} <= ARGUED, found[:3]
    checked = duly('check', 'cin', place / 'one' / 'census.xml', '--collection', YEAR)
    yield 'and duly check finds the same', len(checked.stdout.splitlines()) == len(found) + 1, checked
    tree = ElementTree.fromstring(first)
    numbers = [e.text for e in tree.iter('LAchildID')]
    yield 'children come in order of their numbers', numbers == sorted(numbers) and len(numbers) > 200, numbers[:5]
    told = {name: sum(1 for _ in tree.iter(name)) for name in
            ('Disability', 'UPN', 'UPNunknown', 'CINPlanStartDate', 'AssessmentFactors', 'Section47',
             'InitialCPCtarget', 'ChildProtectionPlans', 'CPPreviewDate', 'CINclosureDate')}
    yield 'every part of it is there', min(told.values()) > 0, told
    last = max(e.text for e in tree.iter() if e.text and e.tag.endswith('Date') and e.text[:2] == '20')
    yield 'nothing shows that came after the year', last <= '2026-03-31', last

    got = duly('import', '--cin', place / 'one' / 'census.xml', '--data', again, '--authority', '999')
    yield 'it is read into another store whole', got.stdout.rstrip().endswith(' 0 rejected'), got
    got = returned('two', '--authority', '999', '--previous', place / 'one', data=again)
    yield 'and written again byte for byte', first == (place / 'two' / 'census.xml').read_bytes(), got
    yield 'so nothing differs', 'Nothing differs' in got.stdout, got
    got = duly('import', '--cin', place / 'two' / 'census.xml', '--data', again, '--authority', '999')
    yield 'read once more it changes nothing', 'Nothing was changed' in got.stdout, got

    text = first.decode()
    number = text[:text.index('<CINreferralDate>2025')].rsplit('<LAchildID>', 1)[1].split('<')[0]
    text = text.replace('<CINreferralDate>2025', '<CINreferralDate>2024', 1)
    (place / 'last').mkdir()
    (place / 'last' / 'census.xml').write_text(text, encoding='utf-8')
    got = returned('three', '--previous', place / 'last', '--differences', place / 'differences.csv')
    told = rows(place / 'differences.csv')
    yield 'what differs from the last return is told by child and table', (
        {row['child'] for row in told} == {number} and {row['table'] for row in told} == {'CINdetails'}), told[:4]
    (place / 'last' / 'census.xml').write_text('<Message><Children>', encoding='utf-8')
    got = returned('four', '--previous', place / 'last')
    yield 'a last return that is torn is refused, and nothing is left', (
        got.returncode == 2 and 'line' in got.stderr and not (place / 'four').exists()), got
    got = returned('five', period='2023-24')
    early = (place / 'five' / 'census.xml').read_text(encoding='utf-8')
    yield 'a year before Sex asks for GenderCurrent', '<GenderCurrent>' in early and '<Sex>' not in early, got
    got = returned('six', period='2019-20')
    yield 'a year whose rules are not known is refused', got.returncode == 2 and not (place / 'six').exists(), got
    got = duly('verify', '--data', store)
    yield 'the ledger holds', got.returncode == 0, got


if __name__ == '__main__':
    sys.exit(run('return', steps))
