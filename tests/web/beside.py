#!/usr/bin/env python3
"""Commands that write while duly serve runs on the same SQLite store: beside it, in turns, or refused. TAP."""
import concurrent.futures
import datetime
import fcntl
import json
import os
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time

from claims import bars, claim, holds, lacks, one, rows, run_at_desk, same

DULY = bars.DULY
PASSWORD = 'lantern otter gable'
SAID = {'words': 'I want to see my sister.\nShe is 4.', 'said-day': '1', 'said-month': 'nov',
        'said-year': '2026', 'said-time': '', 'method': 'phone', 'read_back': 'yes', 'heard_by': ''}
POLICY = ('- policy: cla-review-first\n  within: 15 working days\n  effective from: 2026-04-01\n'
          '  author: "A Head"\n  reason: "As agreed"\n')
WRITE = 1  # the byte of duly.lock that is the turn (src/store/turn.c)


def duly(desk, *words, given='', status=0):
    got = subprocess.run([DULY, *map(str, words), '--data', desk.data], input=given, capture_output=True,
                         text=True, timeout=120, check=False)
    if status is not None and got.returncode != status:
        raise AssertionError(got)
    return got


def add(desk, login, role='chair', **other):
    return duly(desk, 'user', 'add', '--login', login, '--name', login.title(), '--role', role, '--password-stdin',
                given=PASSWORD + '\n', **other)


def form(who, child):
    """The address of a new form of what the child said: its number is in it."""
    answer = who.get(f'/children/{child}/record/child_view')
    same(answer.status, 303)
    return answer.headers['location']


def save(who, child, words='I want to see my sister.'):
    answer = who.post(form(who, child), {**SAID, 'words': words})
    same(answer.status, 303)


def children_of(who):
    """Whom they may write of: some of the list stand there without a name."""
    return [child for child in who.children() if who.get(f'/children/{child}/record/child_view').status == 303]


def whole(desk, folder=None):
    got = subprocess.run([DULY, 'verify', '--data', folder or desk.data], capture_output=True, text=True, check=False)
    same((got.returncode, got.stderr if got.returncode else ''), (0, ''))


@claim
def somebody_added_beside_the_server_signs_in_at_once(desk, people):
    add(desk, 'b.new')
    answer = desk.ask('POST', '/sign-in', {'login': 'b.new', 'password': PASSWORD})
    same(answer.status, 303)


@claim
def who_is_disabled_by_a_command_is_out_at_the_next_request(desk, people):
    add(desk, 'b.gone', role='manager')
    answer = desk.ask('POST', '/sign-in', {'login': 'b.gone', 'password': PASSWORD})
    cookie = answer.cookie
    same(desk.ask('GET', '/caseload', None, cookie).status, 200)
    duly(desk, 'user', 'disable', '--login', 'b.gone')
    answer = desk.ask('GET', '/caseload', None, cookie)
    same((answer.status, answer.headers['location'].split('?')[0]), (303, '/sign-in'))
    same(desk.ask('POST', '/sign-in', {'login': 'b.gone', 'password': PASSWORD}).status, 422)


@claim
def a_new_password_ends_every_session(desk, people):
    add(desk, 'b.lost')
    cookie = desk.ask('POST', '/sign-in', {'login': 'b.lost', 'password': PASSWORD}).cookie
    same(desk.ask('GET', '/account', None, cookie).status, 200)
    duly(desk, 'user', 'password', '--login', 'b.lost', '--password-stdin', given='meadow tin violin\n')
    same(desk.ask('GET', '/account', None, cookie).status, 303)


@claim
def a_policy_brought_in_beside_the_server_is_what_its_pages_count_by(desk, people):
    file = os.path.join(desk.folder, 'ours.yaml')
    with open(file, 'w', encoding='utf-8') as out:
        out.write(POLICY)
    lacks(people['head'].get('/manage/policy').text, '15 working days')
    holds(duly(desk, 'policy', 'import', file).stdout, 'Version 1')
    holds(people['head'].get('/manage/policy').text, '15 working days')
    same(rows(desk, 'SELECT count(*) FROM local_job WHERE ended_at IS NULL'), [(0,)])
    whole(desk)


@claim
def a_calendar_brought_in_beside_the_server_is_what_it_counts_with(desk, people):
    listed = json.loads(duly(desk, 'calendar', 'export').stdout)['england-and-wales']['events']
    file = os.path.join(desk.folder, 'bank-holidays.json')
    listed.append({'title': 'A day', 'date': '2026-11-25', 'notes': ''})
    listed.sort(key=lambda event: event['date'])
    with open(file, 'w', encoding='utf-8') as out:
        json.dump({'england-and-wales': {'division': 'england-and-wales', 'events': listed}}, out)
    duly(desk, 'calendar', 'import', file, '--despite-warnings')
    same(one(desk, 'SELECT max(number) FROM calendar'), 2)
    # What is saved from now on is counted with it: seven working days from Friday 20 November, without the
    # Wednesday that is a holiday now.
    who = people['manager']
    child = children_of(who)[0]
    address = who.get(f'/children/{child}/record/child_step?kind=private-fostering-notified').headers['location']
    same(who.post(address, {'kind': 'private-fostering-notified', 'on-day': '20', 'on-month': '11',
                            'on-year': '2026', 'action': 'save'}).status, 303)
    due = one(desk, "SELECT due FROM clock WHERE subject = ? AND rule = 'pf-first-visit'", child)
    same(datetime.date(1970, 1, 1) + datetime.timedelta(days=due), datetime.date(2026, 12, 2))
    whole(desk)


@claim
def commands_and_pages_that_write_at_once_all_arrive_and_the_ledger_is_whole(desk, people):
    who, before = people['manager'], one(desk, 'SELECT count(*) FROM record_child_view')
    children = children_of(who)[:4]
    addresses = [form(who, child) for child in children for _ in range(3)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        added = [pool.submit(add, desk, f'b.many{n}') for n in range(6)]
        saved = [pool.submit(who.post, address, SAID) for address in addresses]
        looked = [pool.submit(who.get, f'/children/{child}') for child in children * 3]
        for one_of in added:
            one_of.result()
        same({answer.result().status for answer in saved}, {303})
        same({answer.result().status for answer in looked}, {200})
    same(one(desk, 'SELECT count(*) FROM record_child_view'), before + len(addresses))
    same(rows(desk, "SELECT count(*) FROM person WHERE login LIKE 'b.many%'"), [(6,)])
    whole(desk)


@claim
def a_backup_made_while_pages_are_saved_is_of_one_moment_and_comes_back(desk, people):
    who = people['manager']
    children, ends, told = children_of(who), threading.Event(), []

    def keep_saving():
        n = 0
        while not ends.is_set():
            n += 1
            save(who, children[n % len(children)], f'Said for the {n}th time')
            told.append(n)

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        saving = [pool.submit(keep_saving)]
        try:
            for n in range(3):
                while len(told) < 4 * (n + 1) and not saving[0].done():
                    time.sleep(0.01)
                before = len(told)
                file, copy = os.path.join(desk.folder, f'copy{n}'), os.path.join(desk.folder, f'restored{n}')
                duly(desk, 'backup', file)
                after = len(told) + 1  # one may be in, and not told yet
                got = subprocess.run([DULY, 'restore', file, '--data', copy], capture_output=True, text=True, check=False)
                same((got.returncode, got.stderr.split('\n')[0]), (0, f'{file} is restored, and verified.'))
                whole(desk, copy)
                with sqlite3.connect(f'file:{copy}/duly.db?mode=ro', uri=True) as store:
                    has = {int(re.search(r'the (\d+)th', words)[1]) for (words,) in store.execute(
                        "SELECT words FROM record_child_view WHERE words LIKE 'Said for the %'")}
                same(set(range(1, before + 1)) - has, set())  # nothing acknowledged before is missing
                same(has - set(range(1, after + 1)), set())
                same(has, set(range(1, len(has) + 1)))  # and it is of one moment
        finally:
            ends.set()
        saving[0].result()


@claim
def a_command_waits_for_its_turn_and_so_does_the_server(desk, people):
    who = people['manager']
    address = form(who, children_of(who)[0])
    with open(os.path.join(desk.data, 'duly.lock'), 'r+b') as held, concurrent.futures.ThreadPoolExecutor(2) as pool:
        turn = struct.pack('hhqqi4x', fcntl.F_WRLCK, os.SEEK_SET, WRITE, 1, 0)
        fcntl.fcntl(held, fcntl.F_OFD_SETLKW, turn)
        added, saved = pool.submit(add, desk, 'b.waits'), pool.submit(who.post, address, SAID)
        time.sleep(1)
        same((added.done(), saved.done()), (False, False))
        same(rows(desk, "SELECT count(*) FROM person WHERE login = 'b.waits'"), [(0,)])
        held.close()
        same((added.result().returncode, saved.result().status), (0, 303))


@claim
def a_whole_import_is_refused_with_where_else_it_may_be_done(desk, people):
    files = os.path.join(desk.folder, 'files')
    subprocess.run([DULY, 'demo', '--children', '5', '--seed', '3', '--now', '2026-11-20', '--out', files],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    got = duly(desk, 'import', '--people', os.path.join(files, 'people.csv'), '--authority', '999', status=2)
    holds(got.stderr, 'another duly is writing to the store')
    holds(got.stderr, 'Manage, Imports')


@claim
def a_command_with_other_rules_or_of_another_schema_is_refused(desk, people):
    def refused(spoil, mend):
        with sqlite3.connect(f'{desk.data}/duly.db') as store:
            kept = store.execute(mend[0]).fetchone()
            store.execute(*spoil)
        try:
            got = add(desk, 'b.other', status=2)
            holds(got.stderr, 'of another version')
        finally:
            with sqlite3.connect(f'{desk.data}/duly.db') as store:
                store.execute(mend[1], kept)
        same(rows(desk, "SELECT count(*) FROM person WHERE login = 'b.other'"), [(0,)])

    for key in ('law-mark', 'policy-mark'):
        refused((f"UPDATE setting SET value = 'x' WHERE key = '{key}'",),
                (f"SELECT value FROM setting WHERE key = '{key}'", f"UPDATE setting SET value = ? WHERE key = '{key}'"))
    refused(('DELETE FROM schema_version WHERE number = (SELECT max(number) FROM schema_version)',),
            ('SELECT number, name, sha256, at FROM schema_version ORDER BY number DESC LIMIT 1',
             'INSERT INTO schema_version (number, name, sha256, at) VALUES (?, ?, ?, ?)'))
    add(desk, 'b.other')


@claim
def beside_a_duly_that_takes_no_turns_nothing_is_written(desk, people):
    # As one of before turns holds its store: the whole file, and no more.
    copy = tempfile.mkdtemp(prefix='duly-beside-')
    try:
        with sqlite3.connect(f'file:{desk.data}/duly.db?mode=ro', uri=True) as store, \
                sqlite3.connect(f'{copy}/duly.db') as to:
            store.backup(to)
        shutil.copy(os.path.join(desk.data, 'key'), copy)
        with open(os.path.join(copy, 'duly.lock'), 'w', encoding='ascii') as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            got = subprocess.run([DULY, 'user', 'add', '--login', 'b.never', '--name', 'Never', '--role', 'chair',
                                  '--password-stdin', '--data', copy], input=PASSWORD + '\n', capture_output=True,
                                 text=True, check=False)
            same(got.returncode, 2)
            holds(got.stderr, 'lets nobody write beside it')
        same(subprocess.run([DULY, 'user', 'add', '--login', 'b.never', '--name', 'Never', '--role', 'chair',
                             '--password-stdin', '--data', copy], input=PASSWORD + '\n', capture_output=True,
                            text=True, check=False).returncode, 0)
    finally:
        shutil.rmtree(copy)


@claim
def the_server_goes_on_signing_what_commands_wrote(desk, people):
    add(desk, 'b.last')
    desk.stop()
    size = one(desk, 'SELECT max(seq) FROM ledger')
    same(one(desk, 'SELECT max(size) FROM ledger_checkpoint'), size)
    whole(desk)
    desk.start()


if __name__ == '__main__':
    sys.exit(run_at_desk(children=60))
