#!/usr/bin/env python3
"""duly return: what it writes of a store, what it says of it, and what it leaves behind.

    return.py [DULY]     (or DULY in the environment); prints TAP
"""
import contextlib
import csv
import filecmp
import os
import sqlite3
import subprocess
import sys

from postcodes import PROVIDERS, workbook

from stepwise import run

DULY = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.environ['DULY'])
YEAR = '2025-26'
ARGUED = {'1001'}  # docs/returns.md
CHILDREN = int(os.environ.get('DULY_CHILDREN', 120))


def duly(*words):
    return subprocess.run([DULY, *map(str, words)], capture_output=True, encoding='utf-8', check=False)


def rows(path):
    with open(path, newline='', encoding='utf-8') as file:
        return list(csv.DictReader(file))


def asked(store, sql):
    with contextlib.closing(sqlite3.connect(store / 'duly.db')) as database, database:
        return database.execute(sql).fetchall()


def same(a, b):
    names = sorted(path.name for path in a.iterdir())
    return names == sorted(path.name for path in b.iterdir()) and filecmp.cmpfiles(a, b, names, shallow=False)[0] == names


def besides(place, returned):
    episodes = rows(place / 'one' / 'episodes.csv')
    codes = sorted({row[name] for row in episodes for name in ('HOME_POST', 'PL_POST') if row[name]})
    postcodes, providers = place / 'postcodes.csv', place / 'providers.xlsx'
    postcodes.write_text('pcd,laua,oseast1m,osnrth1m\n' + ''.join(
        f'{code},E08000025,{406649 + 100 * i},286530\n' for i, code in enumerate(codes)), encoding='utf-8')
    workbook(providers, [PROVIDERS, [9999999, 'Elsewhere', 'H5', 'PR4', '', 'B1 1AA']])
    plain = returned('plain')
    yield 'without postcodes and the list their rules are not run', (
        'needs postcodes' in plain.stderr and "needs Ofsted's list" in plain.stderr), plain
    words = ('--postcodes', postcodes, '--providers', providers, '--local-authority', 'E08000025')
    got = returned('besides', *words, '--findings', place / 'besides.csv')
    yield 'with both they are', (
        got.returncode == 1 and 'needs postcodes' not in got.stderr and "needs Ofsted's list" not in got.stderr), got
    checked = duly('check', 'ssda903', place / 'besides', '--collection', YEAR, *words)
    found = [(row['rule'], row['table'], row['row']) for row in rows(place / 'besides.csv')]
    want = [tuple(line.split(',')[:3]) for line in checked.stdout.splitlines()[1:]]
    yield 'and find what duly check finds with the same', found == want and '1008' in {rule for rule, *_ in found}, (found, want)
    yield 'what the return tells is the same', same(place / 'plain', place / 'besides'), None
    duly('postcodes', 'build', postcodes)
    got = returned('by-index', '--postcodes', f'{postcodes}.index', *words[2:], '--findings', place / 'by-index.csv')
    yield 'an index is as good as its list', (place / 'besides.csv').read_bytes() == (place / 'by-index.csv').read_bytes(), got
    bad = place / 'bad.xlsx'
    bad.write_bytes(b'PK\x03\x04zz')
    for words, said in ((('--providers', bad), 'bad.xlsx'), (('--postcodes', bad), 'bad.xlsx'),
                        (('--providers', place / 'nowhere'), 'nowhere')):
        got = returned('unread', *words)
        yield f'what cannot be read is refused, and no return written: {words[0]} {said}', (
            got.returncode == 2 and said in got.stderr and not (place / 'unread').exists()), got
    got = returned('unread', '--providers', providers, kind='cin')
    yield 'they are not passed over for the census', got.returncode == 2 and 'for ssda903' in got.stderr, got


def on_postgres(place, folder):
    """The same of a store in PostgreSQL, in a database of its own."""
    server, name = os.environ['DULY_TEST_POSTGRES'], f'return_{os.getpid()}'
    subprocess.run(['psql', '-q', server, '-c', f'CREATE DATABASE {name}'], check=True)
    database = ('--data', place / 'postgres', '--database', server.rsplit('/', 1)[0] + '/' + name)
    try:
        got = duly('import', '--ssda903', folder, '--authority', '999', *database)
        yield 'a return goes into PostgreSQL without a reject', got.returncode == 0 and ', 0 rejected' in got.stdout, got
        got = duly('return', 'ssda903', '--period', YEAR, '--out', place / 'from-postgres', *database)
        yield 'and comes out of it as the same bytes', got.returncode == 0 and same(folder, place / 'from-postgres'), got
        for kind, period in (('cin', YEAR), ('annex-a', '2026-03-31')):
            got = duly('return', kind, '--period', period, '--out', place / f'{kind}-postgres', *database)
            here = duly('return', kind, '--period', period, '--out', place / f'{kind}-sqlite', '--data', place / 'again')
            yield f'so does {kind}', (got.returncode, got.stderr) == (here.returncode, here.stderr) and same(
                place / f'{kind}-sqlite', place / f'{kind}-postgres'), (got, here)
        got = duly('check', 'ssda903', folder, '--collection', YEAR, '--keep', *database)
        yield 'what a check finds is kept there', got.returncode == 0 and 'kept' in got.stderr, got
        got = duly('verify', *database)
        yield 'and the ledger holds', got.returncode == 0, got
    finally:
        subprocess.run(['psql', '-q', server, '-c', f'DROP DATABASE {name}'], check=False)


def steps(place):
    store = place / 'store'
    got = duly('demo', '--children', CHILDREN, '--seed', 7, '--now', '2026-11-22', '--data', store)
    yield 'the demonstration is made', got.returncode == 0, got

    def returned(name, *words, kind='ssda903', period=YEAR, data=store):
        return duly('return', kind, '--period', period, '--out', place / name, '--data', data, *words)

    got = returned('one', '--findings', place / 'findings.csv')
    folder = place / 'one'
    yield 'a return is written', got.returncode in (0, 1) and (folder / 'episodes.csv').exists(), got
    yield 'and says how reviews in parts are told, whether the council chose it or not', (
        'Day of a review in parts in the return (SSDA903): the day it was completed' in got.stderr), got
    found = rows(place / 'findings.csv')
    yield 'what the check finds is what is told', (
        (got.returncode == 1) == bool(found) and f'{len(found)} findings' in got.stdout), got
    checked = duly('check', 'ssda903', folder, '--collection', YEAR)
    yield 'and is what duly check finds', len(checked.stdout.splitlines()) == len(found) + 1, checked
    episodes = rows(folder / 'episodes.csv')
    numbers = [row['CHILD'] for row in rows(folder / 'header.csv')]
    yield 'children come in order of their numbers', numbers == sorted(numbers) and len(numbers) > 20, numbers
    yield 'every child with an episode has a row of its own', {row['CHILD'] for row in episodes} <= set(numbers), None
    got = returned('two')
    yield 'the same records give the same bytes', same(folder, place / 'two'), got
    got = returned('three', '--previous', folder)
    yield 'and then nothing differs from the last return', 'Nothing differs' in got.stdout, got
    last = place / 'last'
    last.mkdir()
    for path in folder.iterdir():
        text = path.read_text(encoding='utf-8')
        (last / path.name).write_text(text.replace(f'{numbers[0]},', f'{numbers[0]}0,'), encoding='utf-8')
    got = returned('four', '--previous', last, '--differences', place / 'differences.csv')
    told = rows(place / 'differences.csv')
    yield 'what differs is told by child', (
        {row['child'] for row in told} == {numbers[0], numbers[0] + '0'} and
        {row['change'] for row in told} == {'added', 'removed'}), told
    # Where the council returns the day on which such a review started.
    policy = place / 'policy.yaml'
    policy.write_text('- setting: review-in-parts\n  choice: started\n  effective from: 2025-04-01\n'
                      '  author: "Hana Head"\n  reason: "As we always did"\n', encoding='utf-8')
    got = duly('policy', 'import', policy, '--why', 'Panel', '--data', store)
    yield 'a council chooses its day, and no clock moves', got.returncode == 0, got
    got = returned('parts')
    yield 'and the return says so', '(SSDA903): the day it started' in got.stderr, got
    yield 'of reviews on one day it says the same', same(folder, place / 'parts'), got
    before = sorted(path.name for path in place.iterdir())
    got = returned('one')
    yield 'what was handed over is not written over', got.returncode == 2 and 'one' in got.stderr, got
    for words in (('ssda903', '2025'), ('ssda903', '2025-27'), ('weather', YEAR)):
        got = returned('five', kind=words[0], period=words[1])
        yield f'wrong use writes nothing: {words}', got.returncode == 2 and got.stderr and not got.stdout, got
    got = returned('five', '--authority', '123')
    yield 'another authority is refused by name', got.returncode == 2 and '123' in got.stderr, got
    got = returned('five', '--previous', place / 'nowhere')
    yield 'a last return that is not there is refused', got.returncode == 2 and 'nowhere' in got.stderr, got
    yield 'and nothing is left of what was refused', before == sorted(path.name for path in place.iterdir()), None
    yield 'the demonstration is found without a fault', (found, checked.returncode) == ([], 0), found
    entered = asked(store, "SELECT act, count(*) FROM ledger WHERE act LIKE 'return:%' GROUP BY act")
    yield 'each return left an entry in the ledger, and nothing that was refused did', (
        entered == [('return:ssda903:2025-26', 5)]), entered
    # demo -> return -> check -> import -> return, of one year and of three
    again = place / 'again'
    got = duly('import', '--ssda903', folder, '--data', again, '--authority', '999')
    yield 'a return goes in again without a reject', got.returncode == 0 and ', 0 rejected' in got.stdout, got
    got = returned('six', data=again)
    yield 'and comes out as the same bytes, without a finding', got.returncode == 0 and same(folder, place / 'six'), got
    got = duly('import', '--ssda903', folder, '--data', again, '--authority', '999')
    yield 'a second time it changes nothing', 'Nothing was changed' in got.stdout, got
    years = place / 'years'
    for year in ('2023-24', '2024-25', '2025-26'):
        got = returned(f'years-{year}', period=year)
        years.mkdir(exist_ok=True)
        (place / f'years-{year}').rename(years / year)
        yield f'the return of {year} has no finding', got.returncode == 0, got
    whole = place / 'whole'
    got = duly('import', '--ssda903', years, '--data', whole, '--authority', '999')
    yield 'three years go in together', got.returncode == 0 and ', 0 rejected' in got.stdout, got
    for year in ('2023-24', '2024-25', '2025-26'):
        got = returned(f'whole-{year}', period=year, data=whole)
        yield f'and {year} comes out as the same bytes', got.returncode == 0 and same(years / year, place / f'whole-{year}'), got
    got = returned('with-last', '--last-year', years / '2024-25', '--findings', place / 'both.csv')
    found = {row['rule'] for row in rows(place / 'both.csv')}
    yield 'nor is anything found with last year beside it but what is argued', found <= ARGUED, got
    child = asked(again, "SELECT id, key FROM subject WHERE kind = 'child' LIMIT 1")[0]
    asked(again, 'INSERT INTO quality_explained (id, authority, kind, year, rule, subject, name, regards, finding, reason, '
          f"person, at) VALUES (1, '999', 'ssda903', 2026, '141', {child[0]}, 'Episodes', '2025-05-01', 1, "
          "'The court file was burnt', 0, 1774000000000)")
    got = returned('reasons', data=again)
    reasons = rows(place / 'reasons' / 'explanations.csv')
    yield 'what was explained away goes with the return, with its reason', (
        [(row['rule'], row['child'], row['reason']) for row in reasons] == [('141', child[1], 'The court file was burnt')]
        and not (place / 'six' / 'explanations.csv').exists()), got
    got = duly('check', 'ssda903', place / 'reasons', '--collection', YEAR)
    yield 'and the check passes over that file', got.returncode == 0, got
    # What the check may know besides: where postcodes are, and Ofsted's list.
    yield from besides(place, returned)
    if os.environ.get('DULY_TEST_POSTGRES'):
        yield from on_postgres(place, folder)
    got = duly('verify', '--data', store)
    yield 'the ledger holds, with an entry for each return', got.returncode == 0, got


if __name__ == '__main__':
    sys.exit(run('return', steps))
