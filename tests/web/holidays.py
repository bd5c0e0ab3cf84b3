#!/usr/bin/env python3
"""A newer list of bank holidays over HTTP: what it would do, how far the clocks followed, a server that was
killed in the middle of it, and what is over accepted. TAP."""
import html
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from claims import claim, holds, lacks, run, same
from place import DULY, Place

EXTRA = '2026-11-10'


class Desk(Place):
    def text(self, path, role='administrator'):
        status, page = self.get(path, role)
        same(status, 200)
        return html.unescape(page)

    def rows_sent(self):
        """The rows of the form that brings the calendar in, as the page of what it would do has them."""
        listed = subprocess.run([DULY, 'calendar', 'export', '--data', self.data], capture_output=True, check=True)
        events = json.loads(listed.stdout)
        days = events['england-and-wales']['events']
        days.append({'title': 'A day of thanks', 'date': EXTRA, 'notes': ''})
        days.sort(key=lambda day: day['date'])
        return 'date,title,note\n' + ''.join(f"{d['date']},{d['title']},{d['notes']}\n" for d in days if d['date'] > '2025')

    def write(self, *statements):
        """What a test does to the store by hand; the lock is kept until it is let go."""
        db = sqlite3.connect(f'{self.data}/duly.db', isolation_level=None, timeout=30)
        db.execute('BEGIN IMMEDIATE')
        for statement in statements:
            db.execute(statement)
        db.execute('COMMIT')
        db.execute('BEGIN IMMEDIATE')
        return db


@claim
def a_calendar_is_brought_in_and_the_list_says_what_it_did(place):
    for role in ('reviewing-officer', 'manager'):
        place.cookie(role)
    lacks(place.text('/manage/calendar'), 'The clocks follow')
    status, page = place.send('/manage/calendar/take', 'administrator', rows=place.rows_sent(), file='new.json')
    same(status, 422 if 'There is a problem' in page else 200)
    holds(page, 'Say that you have compared these days')
    status, _ = place.send('/manage/calendar/take', 'administrator', rows=place.rows_sent(), file='new.json', compared='yes')
    same(status, 303)
    page = place.text('/manage/calendar')
    holds(page, 'new.json')
    assert re.search(r'[1-9][0-9,]* moved, ', page), page
    same(place.rows('SELECT count(*) FROM calendar_turn'), [(0,)])
    same(place.rows('SELECT ended_at IS NOT NULL, made = waited FROM calendar_job'), [(1, 1)])
    same(place.get('/manage/calendar/state', 'administrator'), (200, ''))


@claim
def while_clocks_follow_each_page_says_how_far_with_and_without_a_script(place):
    kept = place.write('INSERT INTO calendar_turn SELECT id FROM subject WHERE kind = \'child\' ORDER BY id LIMIT 100',
                       'UPDATE calendar_job SET ended_at = NULL, waited = 400, made = 300')
    try:
        page = place.text('/manage/calendar')
        holds(page, 'The clocks follow the newer calendar: 300 of 400 children, 75%')
        holds(page, 'data-watch="/manage/calendar/state"')
        assert re.search('<noscript><meta http-equiv="refresh"', page), page
        lacks(page, 'A newer list of bank holidays</label>')
        same(place.get('/manage/calendar/state', 'administrator'),
             (200, 'The clocks follow the newer calendar: 300 of 400 children, 75%'))
        same(place.get('/manage/calendar/state', 'reviewing-officer')[0], 403)
        same(place.get('/manage/calendar/closed/state', 'manager')[0], 200)
    finally:
        place.process.send_signal(signal.SIGKILL)
        place.process.wait(60)
        place.process.stdout.close()
        kept.execute('ROLLBACK')
        kept.close()


@claim
def a_server_that_was_killed_goes_on_when_it_is_started_again(place):
    place.__enter__()
    until = time.monotonic() + 120
    while place.get('/manage/calendar/state', 'administrator')[1]:
        assert time.monotonic() < until, 'the clocks never followed'
        time.sleep(0.2)
    same(place.rows('SELECT count(*) FROM calendar_turn'), [(0,)])
    same(place.rows('SELECT ended_at IS NOT NULL, made FROM calendar_job'), [(1, 400)])
    holds(place.text('/manage/calendar'), 'A newer list of bank holidays')


@claim
def newer_dates_of_all_that_is_over_are_accepted(place):
    page = place.text('/manage/calendar/closed', 'manager')
    holds(page, 'Accept the newer dates of all')
    status, _ = place.send('/manage/calendar/closed', 'manager', decision='accept')
    same(status, 303)
    page = place.text('/manage/calendar/closed', 'manager')
    holds(page, 'No clock waits for a decision')
    same(place.rows('SELECT count(*) FROM calendar_job WHERE calendar = 0 AND ended_at IS NOT NULL AND made = waited'), [(1,)])


@claim
def and_the_store_is_whole_after_all_of_it(place):
    got = subprocess.run([DULY, 'verify', '--data', place.data], capture_output=True, text=True, check=False)
    same((got.returncode, got.stderr), (0, ''))


if __name__ == '__main__':
    with tempfile.TemporaryDirectory(prefix='duly-calendar-') as folder, Desk(folder) as desk:
        assert os.path.isdir(desk.data)
        sys.exit(run(desk) > 0)
