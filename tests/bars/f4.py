#!/usr/bin/env python3
"""F4: whether a sign-in name exists is told neither by the bytes of the answer nor by its time. T16: nor
is it told whether a child is hidden from the asker or is not there at all, on any page of a child and by
any role that may not know. Of both each is asked by turns at random, and the times of the two are
compared (Welch's t; the slowest tenth, which is the machine's, left out). DULY_PAIRS, DULY_SIGN_INS: how many."""
import http.client
import os
import random
import re
import sqlite3
import statistics
import sys
import time

from desk import FORM, Desk, bar

PAIRS = int(os.environ.get('DULY_PAIRS', 2000))
SIGN_INS = int(os.environ.get('DULY_SIGN_INS', 60))
MOST = 4.5
ROLES = ['manager', 'auditor', 'business-support', 'custodian']
PAGES = ['', '/clocks', '/timeline', '/people', '/records', '/open']


def welch(a, b):
    most = sorted(a + b)[int(len(a + b) * 0.9)]
    a, b = [x for x in a if x <= most], [x for x in b if x <= most]
    spread = (statistics.variance(a) / len(a) + statistics.variance(b) / len(b)) ** 0.5
    return (statistics.mean(a) - statistics.mean(b)) / spread, (statistics.median(a) - statistics.median(b)) * 1e6


def timed(link, method, path, body, headers):
    began = time.perf_counter()
    link.request(method, path, body, headers)
    answer = link.getresponse()
    text = answer.read()
    return time.perf_counter() - began, answer.status, text


def plain(text):
    return re.sub(rb'name="(csrf|once|key)" value="[^"]*"', b'', text)


def compare(desk, kinds, pairs, ask):
    """({kind: times}, how many answers differed)."""
    times, answers = {kind: [] for kind in kinds}, {}
    dice = random.Random(4)
    link = http.client.HTTPConnection('127.0.0.1', desk.port, timeout=60)
    for n in range(pairs):
        for kind in dice.sample(list(kinds), len(kinds)):
            took, status, text = ask(link, kind, n)
            times[kind].append(took)
            answers.setdefault(n, set()).add((status, plain(text)))
    link.close()
    return times, sum(len(found) > 1 for found in answers.values())


def names_to_ask(store, child):
    """A part of the child's name that is no other child's, by letters or by sound; and one that is nobody's."""
    keys = store.execute('SELECT subject, key, sound FROM search_key WHERE by_name = 1').fetchall()
    others = {(key, sound) for subject, key, sound in keys if subject != child}
    mine = sorted((key for subject, key, sound in keys if subject == child and not any(
        other.startswith(key) or sound == heard for other, heard in others)), key=len)
    dice = random.Random(1)
    while mine:
        letters = [*mine[-1]]
        dice.shuffle(letters)
        absent = 'qx' + ''.join(letters)[2:]
        if not any(key.startswith(absent) for _, key, _ in keys):
            return mine[-1], absent
    return None


worst, differ, by = 0.0, 0, 0
with Desk() as desk:
    with sqlite3.connect(f'file:{desk.data}/duly.db?mode=ro', uri=True) as store:
        number, child, (name, absent) = next((number, child, asked) for number, child in store.execute(
            'SELECT number, subject FROM child_row WHERE openness = 0 ORDER BY subject DESC').fetchall()
                                             if (asked := names_to_ask(store, child)))
        last = store.execute("SELECT value FROM counter WHERE name = 'id'").fetchone()[0]
    head = desk.sign_in('head')
    answer = head.post('/manage/restrictions/add', {'number': number, 'what': 'hidden', 'reason': 'For a test'})
    assert answer.status == 303, answer.status
    kinds = {'hidden': child, 'absent': last + 5000}
    for role in ROLES:
        person = desk.sign_in(role)
        headers = {'Host': f'localhost:{desk.port}', 'Cookie': person.cookie}

        def page(link, kind, n):
            path = f'/children/{kinds[kind]}{PAGES[n % len(PAGES)]}'
            took, status, text = timed(link, 'GET', path, None, headers)
            assert status == 404, (role, path, status)
            return took, status, text

        compare(desk, kinds, 50, page)
        times, different = compare(desk, kinds, PAIRS // len(ROLES), page)
        t, apart = welch(times['hidden'], times['absent'])
        print(f'# {role}: t {t:.2f}, medians {apart:+.1f} microseconds apart, {different} answers differ')
        differ += different
        if abs(t) > abs(worst):
            worst, by = t, apart
    # By name: one that only the hidden child bears, and one of as many letters that nobody bears.
    for role in ROLES[:1]:
        person = desk.sign_in(role)
        csrf = person.csrf()
        headers = {'Host': f'localhost:{desk.port}', 'Cookie': person.cookie, 'Content-Type': FORM}

        def search(link, kind, n):
            asked = name if kind == 'hidden' else absent
            took, status, text = timed(link, 'POST', '/search', f'find={asked}&csrf={csrf}', headers)
            assert status == 200, (role, status)
            return took, status, text.replace(asked.encode(), b'NAME')

        compare(desk, kinds, 50, search)
        times, different = compare(desk, kinds, PAIRS // len(ROLES), search)
        t, apart = welch(times['hidden'], times['absent'])
        print(f'# {role}, by name: t {t:.2f}, medians {apart:+.1f} microseconds apart, {different} answers differ')
        differ += different
        if abs(t) > abs(worst):
            worst, by = t, apart
    passed = abs(worst) < MOST and differ == 0
    print(f'BAR T16 {abs(worst):.2f}_t,{by:+.1f}_microseconds,{differ}_answers_differ,{PAIRS}_pairs 4.5,0 {"PASS" if passed else "FAIL"}')
    logins = [login for login, _ in desk.users().values()]

    def sign_in(link, kind, n):
        # Fewer guesses at each name, and from each address, than stop anybody.
        login = logins[n % len(logins)] + ('' if kind == 'known' else 'x')
        link.close()
        link.source_address = (f'127.0.{1 + n // 8}.{1 + n % 8}', 0)
        link.connect()
        took, status, text = timed(link, 'POST', '/sign-in', f'login={login}&password=not+the+password', {
            'Host': f'localhost:{desk.port}', 'Content-Type': FORM})
        assert status == 422, status
        return took, status, text.replace(login.encode(), b'NAME')

    pairs = min(SIGN_INS, 9 * len(logins))
    times, different = compare(desk, ('known', 'unknown'), pairs, sign_in)
    t, apart = welch(times['known'], times['unknown'])
    bar('F4', f'{abs(t):.2f}_t,{apart / 1000:+.2f}_ms,{different}_answers_differ,{pairs}_pairs', '4.5,0',
        passed and abs(t) < MOST and different == 0)
