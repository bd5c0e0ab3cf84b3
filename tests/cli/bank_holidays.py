#!/usr/bin/env python3
"""duly calendar: listed, exported, imported, and what is over decided; refused whole, with line and reason.

    bank_holidays.py [DULY]     (or DULY in the environment); prints TAP
"""
import csv
import io
import json
import os
import sqlite3
import subprocess
import sys

from stepwise import run

DULY = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.environ['DULY'])
HOLIDAY = '2026-11-10'


def duly(*words):
    return subprocess.run([DULY, *words], capture_output=True, encoding='utf-8', check=False)


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def steps(folder):
    data, file = str(folder / 'data'), folder / 'bank-holidays.json'

    def calendar(*words):
        return duly('calendar', *words, '--data', data)

    assert duly('demo', '--children', '60', '--data', data, '--now', '2026-11-20T09:00').returncode == 0
    got = calendar('list')
    yield 'the calendar that came with duly is listed', (
        [row['number'] for row in rows(got.stdout)] == ['1'] and 'came with Duly' in got.stdout), got
    got = calendar('export')
    listed = json.loads(got.stdout)['england-and-wales']['events']
    file.write_text(got.stdout, encoding='utf-8')
    yield 'it is exported in the shape of GOV.UK', {'title', 'date', 'notes'} <= set(listed[0]), got
    got = calendar('import', str(file))
    yield 'what is exported says nothing new', got.returncode == 0 and 'Nothing was done' in got.stdout, got
    bad = folder / 'bad.json'
    bad.write_text('{', encoding='utf-8')
    got = calendar('import', str(bad))
    yield 'a file that is no list is refused with its line', got.returncode == 2 and 'line 1' in got.stderr, got
    listed.append({'title': 'A day', 'date': HOLIDAY, 'notes': ''})
    listed.sort(key=lambda event: event['date'])
    file.write_text(json.dumps({'england-and-wales': {'division': 'england-and-wales', 'events': listed}}), encoding='utf-8')
    got = calendar('import', str(file), '--preview')
    yield 'a preview says what would move', got.returncode == 0 and 'Would move ' in got.stdout, got
    got = calendar('import', str(file))
    yield 'a day that is past is not taken without a word', (
        got.returncode == 1 and 'WARNING: this day is past' in got.stdout and 'Nothing was done' in got.stdout), got
    yield 'and is not taken', len(rows(calendar('list').stdout)) == 1, got
    got = calendar('import', str(file), '--despite-warnings')
    yield 'compared, it is taken', got.returncode == 0 and 'Moved ' in got.stdout, got
    versions = rows(calendar('list').stdout)
    waiting = rows(calendar('closed').stdout)
    yield 'what is over is listed with both dates', (
        len(versions) == 2 and len(waiting) == int(versions[0]['closed_to_decide']) > 0 and
        all(row['due'] != row['new_due'] or row['last_working_day'] != row['new_last_working_day']
            for row in waiting)), waiting
    got = calendar('export', '--number', '1')
    yield 'an earlier calendar is exported', HOLIDAY not in got.stdout and '2026-12-25' in got.stdout, got
    got = calendar('export', '--number', '9')
    yield 'one that is not there is not', got.returncode == 2, got
    got = calendar('leave')
    yield 'all that wait are left as they are', got.returncode == 0 and f'{len(waiting)} clocks' in got.stdout, got
    got = calendar('closed')
    yield 'and wait no more', rows(got.stdout) == [], got
    got = duly('verify', '--data', data)
    yield 'the store proves it', got.returncode == 0, got
    with sqlite3.connect(f'{data}/duly.db') as store:
        store.execute('DROP TRIGGER calendar_decision_no_UPDATE')
        store.execute('UPDATE calendar_decision SET new_due = new_due + 1')
    got = duly('verify', '--data', data)
    yield 'and finds a decision that was changed', (
        got.returncode == 1 and 'decision about dates' in got.stdout + got.stderr), got
    for words in (('nothing',), ('import',), ('list', 'more'), ('import', 'nowhere.json')):
        got = calendar(*words)
        yield f'wrong use does nothing {words}', got.returncode == 2, got


if __name__ == '__main__':
    sys.exit(run('calendar', steps))
