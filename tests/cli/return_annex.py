#!/usr/bin/env python3
"""duly return annex-a: Ofsted's lists written from a store, as another program reads them.

    return_annex.py [DULY]     (or DULY in the environment); prints TAP
"""
import collections
import csv
import datetime
import os
import re
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

from stepwise import run

DULY = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.environ['DULY'])
ON = datetime.date(2026, 11, 22)
MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'


def duly(*words):
    return subprocess.run([DULY, *map(str, words)], capture_output=True, encoding='utf-8', check=False)


def column(place):
    n = 0
    for letter in re.match('[A-Z]+', place)[0]:
        n = n * 26 + ord(letter) - 64
    return n - 1


def lists(path):
    """Each sheet as (headings, rows as dicts); days as dates."""
    out = {}
    with zipfile.ZipFile(path) as parts:
        book = ElementTree.fromstring(parts.read('xl/workbook.xml'))
        for n, sheet in enumerate(book.iter(MAIN + 'sheet'), 1):
            rows = []
            for row in ElementTree.fromstring(parts.read(f'xl/worksheets/sheet{n}.xml')).iter(MAIN + 'row'):
                cells = {}
                for cell in row:
                    text = cell.find(f'{MAIN}is/{MAIN}t')
                    value = text.text if text is not None else int(cell.find(MAIN + 'v').text)
                    if cell.get('s') == '2':
                        value = datetime.date(1899, 12, 30) + datetime.timedelta(value)
                    cells[column(cell.get('r'))] = value
                rows.append(cells)
            names = [rows[0][i] for i in range(len(rows[0]))]
            out[sheet.get('name')] = names, [{names[i]: v for i, v in r.items()} for r in rows[1:]]
    return out


def months_before(on, n):
    month = on.year * 12 + on.month - 1 - n
    return datetime.date(month // 12, month % 12 + 1, min(on.day, 28))


def census(path):
    tree = ElementTree.parse(path).getroot()
    return {child.findtext('ChildIdentifiers/LAchildID'): child for child in tree.iter('Child')}


def steps(place):
    store = place / 'store'
    got = duly('demo', '--children', 600, '--seed', 11, '--now', ON, '--data', store)
    yield 'the demonstration is made', got.returncode == 0, got

    def returned(name, *words, period=ON, kind='annex-a'):
        return duly('return', kind, '--period', period, '--out', place / name, '--data', store, *words)

    got = returned('one')
    yield 'the workbook is written', got.returncode == 0 and (place / 'one' / 'annex-a.xlsx').exists(), got
    book = lists(place / 'one' / 'annex-a.xlsx')
    yield 'it has the eleven lists', list(book) == [f'List {n}' for n in range(1, 12)], list(book)
    count = {name: len(rows) for name, (_, rows) in book.items()}
    yield 'what Duly does not keep is said, and empty', (
        count['List 1'] == count['List 2'] == count['List 11'] == 0 and
        all(f'List {n} (' in got.stderr for n in range(1, 12)) and
        'Child Seen During Continuous Assessment: empty: ' in got.stderr), (count, got.stderr)
    yield 'all the others have rows', all(count[f'List {n}'] > 0 for n in range(3, 11)), count
    child = 'Child Unique ID'
    days = [v for _, rows in book.values() for r in rows for v in r.values() if isinstance(v, datetime.date)]
    yield 'nothing is told of a day to come, but a birth', (
        all(v <= ON for _, rows in book.values() for r in rows for k, v in r.items()
            if isinstance(v, datetime.date) and k != 'Date of Birth') and len(days) > 500), None
    since = months_before(ON, 6)
    yield 'referrals are of the six months', (
        all(since <= r['Date of Referral'] for r in book['List 3'][1])), since

    # Against the other return of the same store, written another way: who had a plan on the day.
    returned('census', kind='cin', period='2026-27')
    told = census(place / 'census' / 'census.xml')
    open_plans = {n: p.findtext('CPPstartDate') for n, c in told.items() for p in c.iter('ChildProtectionPlans')
                  if p.find('CPPendDate') is None}
    listed = {r[child]: str(r['Child Protection Plan Start Date']) for r in book['List 7'][1]
              if 'Child Protection Plan End Date' not in r}
    yield 'children on a plan are those of the census', listed == open_plans and len(listed) > 20, (listed, open_plans)
    reviews = {n: max((e.text for e in c.iter('CPPreviewDate')), default=None) for n, c in told.items()}
    wrong = [r for r in book['List 7'][1] if reviews.get(r[child]) and
             str(r.get('Date of latest review conference')) != reviews[r[child]]]
    yield 'with their latest review conference', not wrong, wrong[:3]
    needs = {n: {d.findtext('CINreferralDate') for d in c.iter('CINdetails')
                 if d.find('CINclosureDate') is None and d.findtext('ReferralNFA') == '0'} for n, c in told.items()}
    listed = collections.defaultdict(set)
    for r in book['List 6'][1]:
        if 'CIN Closure Date' not in r:
            listed[r[child]].add(str(r['CIN Start Date']))
    yield 'children in need are those of the census', (
        dict(listed) == {n: days for n, days in needs.items() if days}), None
    disabled = {n: {d.text for d in c.iter('Disability')} for n, c in told.items()}
    wrong = [r for r in book['List 6'][1] if r[child] in disabled and
             (r['Does the Child have a Disability'] == 'b) No') != (disabled[r[child]] == {'NONE'})]
    yield 'and so is whether they are disabled', not wrong, wrong[:3]
    # Against the return of looked after children.
    returned('903', kind='ssda903', period='2026-27')
    with open(place / '903' / 'episodes.csv', newline='', encoding='utf-8') as file:
        episodes = [r for r in csv.DictReader(file) if r['LS'] not in ('V3', 'V4')]
    now = {r['CHILD']: r['LS'] for r in episodes if not r['DEC']}
    listed = {r[child]: r["Child's Legal Status"].split(':')[0] for r in book['List 8'][1]
              if 'Date Ceased to be Looked After' not in r}
    yield 'children looked after are those of the other return, with their legal status', (
        listed == now and len(listed) > 20), (set(listed.items()) ^ set(now.items()))
    ages = [(r['Age of Child (Years)'], r['Eligibility Category']) for r in book['List 9'][1]]
    yield 'care leavers are of an age to be', (
        all((16 <= a < 18) == ('Former' not in e and 'Qual' not in e) or 'Qual' in e for a, e in ages)), ages

    returned('two')
    yield 'the same records give the same bytes', (
        (place / 'one' / 'annex-a.xlsx').read_bytes() == (place / 'two' / 'annex-a.xlsx').read_bytes()), None
    got = returned('three', '--previous', place / 'one')
    yield 'and then nothing differs from the last one', 'Nothing differs' in got.stdout, got
    got = returned('four', '--previous', place / 'one', '--differences', place / 'differences.csv',
                   period='2026-10-22')
    with open(place / 'differences.csv', newline='', encoding='utf-8') as file:
        told = list(csv.DictReader(file))
    yield 'of another day, what differs is told by list', (
        got.returncode == 0 and {'List 3', 'List 8'} <= {r['table'] for r in told}), (got, told[:3])
    got = returned('five', period='2025-26')
    yield 'a year is as at its 31 March', (
        max(r['Date of Referral'] for r in lists(place / 'five' / 'annex-a.xlsx')['List 3'][1]) <=
        datetime.date(2026, 3, 31)), got
    for period in ('yesterday', '2026-02-30', '22/11/2026'):
        got = returned('six', period=period)
        yield f'"{period}" is no day: nothing is written', got.returncode == 2 and not (place / 'six').exists(), got
    (place / 'bad.xlsx').write_bytes(b'PK\3\4 torn')
    got = returned('seven', '--previous', place / 'bad.xlsx')
    yield 'a last workbook that is torn is refused', got.returncode == 2 and not (place / 'seven').exists(), got


if __name__ == '__main__':
    sys.exit(run('return', steps))
