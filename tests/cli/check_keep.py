#!/usr/bin/env python3
"""duly check --keep: what was found of files stands in the store, and nothing of them without it.

    check_keep.py [DULY]     (or DULY in the environment); prints TAP
"""
import contextlib
import os
import sqlite3
import subprocess
import sys

from stepwise import run

DULY = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.environ['DULY'])
CENSUS = ('<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>'
          '<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children>{}</Children></Message>')
CHILD = ('<Child><ChildIdentifiers><LAchildID>{}</LAchildID><PersonBirthDate>2020-01-01</PersonBirthDate>'
         '<UPNunknown>UN2</UPNunknown><Sex>F</Sex></ChildIdentifiers><CINdetails><CINreferralDate>2026-04-02'
         '</CINreferralDate><ReferralNFA>0</ReferralNFA></CINdetails></Child>')


def duly(*words):
    return subprocess.run([DULY, *map(str, words)], capture_output=True, encoding='utf-8', check=False)


def asked(store, sql, *values):
    with contextlib.closing(sqlite3.connect(store / 'duly.db')) as database:
        return database.execute(sql, values).fetchall()


def steps(place):
    store = place / 'store'
    got = duly('demo', '--children', 40, '--seed', 7, '--now', '2026-11-22', '--data', store)
    yield 'the demonstration is made', got.returncode == 0, got
    got = duly('return', 'ssda903', '--period', '2025-26', '--out', place / 'return', '--data', store)
    yield 'and its return', got.returncode == 0, got
    reviews = place / 'return' / 'reviews.csv'
    text = reviews.read_text(encoding='utf-8')
    reviews.write_text(text.replace('PN1', 'PX'), encoding='utf-8')
    checks = asked(store, 'SELECT count(*) FROM quality_check')
    entries = asked(store, 'SELECT count(*) FROM ledger')
    words = ('check', 'ssda903', place / 'return', '--collection', '2025-26')
    plain = duly(*words)
    yield 'a check without --keep stores nothing', plain.returncode == 1 and (
        asked(store, 'SELECT count(*) FROM quality_check'), asked(store, 'SELECT count(*) FROM ledger')) == (checks, entries), plain
    kept = duly(*words, '--keep', '--data', store)
    found = len(plain.stdout.splitlines()) - 1
    yield 'with it the answer is the same', (kept.returncode, kept.stdout) == (1, plain.stdout) and found > 3, kept
    yield 'and says how many are kept', f'{found} findings are kept' in kept.stderr, kept
    check = asked(store, "SELECT max(id) FROM quality_check WHERE source_n = 3 AND kind = 'ssda903' AND ended_at IS NOT NULL")[0][0]
    rows = asked(store, 'SELECT rule, name, number, subject, regards FROM quality_finding WHERE quality = ?', check)
    yield 'each is kept with its child and the day by which its row is known', (
        len(rows) == found and ('167', 'Reviews') in {row[:2] for row in rows} and
        all(subject > 0 for *_, subject, _ in rows) and
        all(f'{number},' in text and f'{day[8:]}/{day[5:7]}/{day[:4]}' in text for _, _, number, _, day in rows)), rows
    counted = asked(store, 'SELECT sum(findings + hidden) FROM quality_count WHERE quality = ?', check)
    yield 'and counted by rule', counted == [(found,)], counted
    yield 'rules that were not run are kept, too, with why', asked(
        store, "SELECT count(*) FROM quality_count WHERE quality = ? AND why LIKE 'needs %'", check)[0][0] > 5, None
    added = asked(store, 'SELECT count(*) FROM ledger')[0][0] - entries[0][0]
    yield 'it leaves one entry in the ledger', added == 1, added
    number = asked(store, "SELECT number FROM child_row WHERE number > '' LIMIT 1")[0][0]
    census = place / 'census.xml'
    census.write_text(CENSUS.format(CHILD.format(number) + CHILD.format('NOBODY')), encoding='utf-8')
    got = duly('check', 'cin', census, '--keep', '--data', store, '--xlsx', place / 'book.xlsx')
    rows = asked(store, "SELECT f.number, f.subject > 0, f.regards FROM quality_finding f JOIN quality_check c ON c.id = f.quality "
                 "WHERE c.kind = 'cin' AND c.source_n = 3 AND f.rule = '8600' ORDER BY f.line")
    yield 'of a census likewise, also of children whom the store does not know', (
        got.returncode == 1 and (place / 'book.xlsx').exists() and
        rows == [(number, 1, '2026-04-02'), ('NOBODY', 0, '2026-04-02')]), (got, rows)
    for more, why in ((('--keep',), 'in which store'), (('--data', store), 'for --keep alone'),
                      (('--keep', '--data', store, '--json'), 'not with --json'),
                      (('--keep', '--data', place / 'nowhere'), 'nowhere'),
                      (('--keep', '--data', store, '--authority', '123'), '123')):
        got = duly(*words, *more, '--csv', place / 'out.csv')
        yield f'what cannot be kept is said, and nothing is written: {why}', (
            got.returncode == 2 and why in got.stderr and not (place / 'out.csv').exists()), got
    got = duly('verify', '--data', store)
    yield 'the ledger holds', got.returncode == 0, got


if __name__ == '__main__':
    sys.exit(run('keep', steps))
