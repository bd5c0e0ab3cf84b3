#!/usr/bin/env python3
"""duly demo, as a person runs it: files, a store, and the same bytes twice.

    demo.py [DULY]     (or DULY in the environment); prints TAP
"""
import csv
import os
import pathlib
import re
import sqlite3
import stat
import subprocess
import sys
import tempfile

DULY = sys.argv[1] if len(sys.argv) > 1 else os.environ.get('DULY', 'build/duly')
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def demo(*words, status=0):
    got = subprocess.run([DULY, 'demo', *words], capture_output=True, encoding='utf-8', check=False)
    assert got.returncode == status, got
    return got


def run(*words):
    return subprocess.run([DULY, *[str(w) for w in words]], capture_output=True, encoding='utf-8',
                          timeout=60, check=False)


def files(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(pathlib.Path(folder).rglob('*'))
            if p.is_file()}


def rows(text):
    return list(csv.DictReader(text.decode().splitlines()))


@test
def the_same_seed_number_and_day_write_the_same_bytes():
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        for folder in (one, two):
            demo('--children', '200', '--seed', '4', '--now', '2026-11-21', '--out', folder)
        assert files(one) == files(two)
        demo('--children', '200', '--seed', '5', '--now', '2026-11-21', '--out', two)
        assert files(one)['people.csv'] != files(two)['people.csv']


@test
def three_years_a_census_and_the_people_share_their_children():
    with tempfile.TemporaryDirectory() as folder:
        demo('--children', '300', '--seed', '4', '--now', '2026-11-21', '--out', folder)
        made = files(folder)
        assert len(made) == 3 * 11 + 2 + 29, sorted(made)
        people = {row['child']: row for row in rows(made['people.csv'])}
        assert len(people) == 300
        for year in ('2024', '2025', '2026'):
            header = rows(made[f'ssda903/{year}/header.csv'])
            assert header and all(row['CHILD'] in people for row in header)
            for row in header:
                day, month, born = row['DOB'].split('/')
                assert people[row['CHILD']]['dob'] == f'{born}-{month}-{day}', row
            known = {row['CHILD'] for row in header}
            for name in ('episodes', 'reviews', 'missing', 'oc2', 'sw_episodes'):
                assert {r['CHILD'] for r in rows(made[f'ssda903/{year}/{name}.csv'])} <= known, name
        census = re.findall(r'<LAchildID>(\d+)<', made['cin/census.xml'].decode())
        assert census and set(census) <= set(people)


@test
def nothing_real_is_in_it():
    with tempfile.TemporaryDirectory() as folder:
        demo('--children', '300', '--seed', '4', '--now', '2026-11-21', '--out', folder)
        for row in rows(files(folder)['ssda903/2026/episodes.csv']):
            for post in (row['HOME_POST'], row['PL_POST']):
                assert post == '' or post.startswith('ZZ99 '), row
            assert row['URN'] == '' or row['URN'].startswith('SC9'), row


@test
def a_store_has_a_password_for_each_role_for_its_owner_alone():
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, 'data')
        said = demo('--children', '60', '--seed', '4', '--now', '2026-11-21', '--data', data)
        assert '60 children' in said.stdout, said
        users = os.path.join(data, 'demo-users.txt')
        assert stat.S_IMODE(os.stat(users).st_mode) == 0o600
        lines = pathlib.Path(users).read_text().splitlines()
        roles = [line.split()[0] for line in lines]
        assert len(set(roles)) == 14 and len(set(roles[:14])) == 14, roles
        again = demo('--children', '60', '--data', data, '--now', '2026-11-21', status=2)
        assert 'holds children already' in again.stderr, again


@test
def wrong_use_says_what_to_type():
    for words, why in ((('--children', '5'), '--out DIR'),
                       (('--children', '0', '--out', 'x'), '--children'),
                       (('--now', '2001-01-01', '--out', 'x'), '--now'),
                       (('--authority', 'ABC', '--out', 'x'), '--authority')):
        got = demo(*words, status=2)
        assert got.stdout == '' and why in got.stderr, got


def tampered(data, statement):
    with sqlite3.connect(data / 'duly.db') as db:
        db.execute(statement)
    db.close()


@test
def verify_says_what_it_proved_and_finds_what_was_changed():
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / 'd'
        demo('--children', '30', '--data', data)
        got = run('verify', '--data', data)
        assert got.returncode == 0, got
        told = got.stdout.splitlines()[-1]
        assert 'the clocks, lists and access of 30 children' in told, told
        assert 'Everything' not in got.stdout and 'passwords' in got.stdout, got
        tampered(data, 'UPDATE clock SET due = due + 7 WHERE due IS NOT NULL')
        got = run('verify', '--data', data)
        assert got.returncode == 1 and 'the table clock' in got.stdout, got
        assert 'are as they were written' not in got.stdout, got


@test
def an_authority_that_is_not_there_is_told():
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / 'd'
        demo('--children', '5', '--data', data)
        got = run('clocks', '--data', data, '--authority', '998')
        assert got.returncode == 2 and got.stdout == '', got
        assert 'there is no authority 998' in got.stderr and '999' in got.stderr, got
        assert run('clocks', '--data', data, '--authority', '999').returncode == 0


@test
def serve_asks_for_a_date_and_time():
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / 'd'
        got = run('serve', '--data', data, '--now', 'bad')
        assert got.returncode == 2 and '2026-11-20T09:00' in got.stderr, got


def main():
    failed = 0
    for number, function in enumerate(TESTS, 1):
        name = function.__name__.replace('_', ' ')
        try:
            function()
            print(f'ok {number} - {name}')
        except Exception as wrong:  # whatever went wrong is a failure of this claim
            failed += 1
            print(f'not ok {number} - {name}')
            print('\n'.join('# ' + line for line in repr(wrong).split('\\n')))
    print(f'1..{len(TESTS)}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
