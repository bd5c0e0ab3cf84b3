#!/usr/bin/env python3
"""H1: two worlds that differ only in what is protected of children: all that is written about a hidden
child, and of a restricted one everything but the row that stands in lists without a name. Every role
that may not see it follows every link, and searches for the very names: not a byte differs, status and
length included. G8: a third world, in which the hidden child never was: not a byte differs either."""
import hashlib
import html
import os
import re
import shutil
import sqlite3
import struct

from desk import Desk, bar, routes

MOST = int(os.environ.get('DULY_PAGES', 250))
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
# What is random in every answer, or says when: not of any child. What stands for an entry of the ledger
# is a keyed permutation of its number, which is another where there are fewer entries.
REFERENCE = re.compile(r'\b[0-9a-f]{16}\b')
RANDOM = [(re.compile(r'name="(csrf|key|form|once)" value="[^"]*"'), r'name="\1"'),
          (re.compile(r'\b[0-9a-f]{32,}\b'), 'HASH'), (re.compile(r'localhost:\d+'), 'SERVER'), (re.compile(r'[A-Za-z0-9+/_-]{43}=?'), 'TOKEN')]
# That a form is sent once only: its address has it where a page was asked for without one.
ONCE = re.compile(r'\bkey=\d+')
# Signing out ends the walk.
LEFT_OUT = re.compile(r'^/(sign-out|assets/|account)')
# Who works with a restricted child is told to who allocates: children are counted for each worker.
SHOWN_IN_LISTS = {'number', 'iro', 'chair', 'team', 'iro_key', 'chair_key', 'team_key', 'authority', 'worker',
                  'worker_key',
                  'next_rule', 'unsure_rule', 'unknown_rule', 'code', 'came_by'}


def tables(store):
    return [n for n, in store.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]


def columns(store, table):
    return [(name, kind) for _, name, kind, *_ in store.execute(f'PRAGMA table_info({table})')]


def of_child(store):
    """Tables with a column that says which child a row is about."""
    return [table for table in tables(store)
            if 'subject' in {name for name, _ in columns(store, table)} and not table.startswith('ledger')]


def unlocked(store):
    """Version tables only grow: here the file itself is changed, as no program may."""
    for name, in store.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        store.execute(f'DROP TRIGGER "{name}"')


def other_words(store, child, all_of_it):
    """Each text about the child gets other letters and another length."""
    for table in of_child(store):
        for name, kind in columns(store, table):
            if kind != 'TEXT' or (not all_of_it and name in SHOWN_IN_LISTS):
                continue
            if name in ('rule', 'kind', 'word', 'role', 'act', 'state', 'came_by', 'from_word', 'ended_by'):
                continue
            store.execute(f'UPDATE {table} SET "{name}" = \'wq\' || lower(hex("{name}")) || \'zx\' '
                          f'WHERE subject = ? AND "{name}" <> \'\'', (child,))
        for name, kind in columns(store, table):
            if name in ('born', 'expected', 'died') and (all_of_it or name == 'born'):
                store.execute(f'UPDATE {table} SET "{name}" = "{name}" - 400 WHERE subject = ?', (child,))


def removed(store, child):
    for table in of_child(store):
        store.execute(f'DELETE FROM {table} WHERE subject = ?', (child,))
    store.execute('DELETE FROM subject WHERE id = ?', (child,))


def ledger_without(store, hidden):
    """The ledger of a world in which these children never were: entries about nobody else are not there,
    the others do not name them, and all follow one another as if there had been no more (a chain of
    SHA-256, and the tree of RFC 9162 with the roots of each 16, 256 ... entries stored)."""
    number = struct.Struct('>q').pack
    sha = lambda data: hashlib.sha256(data).digest()
    text = lambda words: number(len(words.encode())) + words.encode()
    rows = store.execute('SELECT seq, at, actor, role, act, authority, subjects, objects, save, changed, digest '
                         'FROM ledger ORDER BY seq').fetchall()
    for table in ('ledger', 'ledger_node', 'ledger_checkpoint', 'ledger_check'):
        store.execute(f'DELETE FROM {table}')
    before, level, seq = bytes(32), [], 0
    for row in rows:
        _, at, actor, role, act, authority, subjects, objects, save, changed, digest = row
        left = [one for one in subjects.split(',') if one and int(one) not in hidden]
        if subjects and not left:
            continue
        seq += 1
        subjects = ','.join(left)
        entry = b''.join([number(seq), number(at), number(actor), number(role), text(act), text(authority),
                          text(subjects), text(objects), number(save), number(changed), digest])
        before = sha(before + entry)
        level.append(sha(b'\0' + entry))
        store.execute('INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
                      (seq, at, actor, role, act, authority, subjects, objects, save, changed, digest, before))
    store.execute('UPDATE ledger_head SET seq = ?, hash = ?', (seq, before))
    high = 0
    while len(level) > 1:
        level = [sha(b'\1' + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        high += 1
        if high % 4 == 0:
            store.executemany('INSERT INTO ledger_node VALUES (?, ?, ?)',
                              [(high, n, node) for n, node in enumerate(level)])
    return len(rows) - seq


def plain(answer):
    text = answer.text
    for pattern, instead in RANDOM:
        text = pattern.sub(instead, text)
    text = REFERENCE.sub('REFERENCE', text)
    return answer.status, ONCE.sub('key=', answer.headers.get('location', '')), ONCE.sub('key=', text)


def walk(person, probes, numbers):
    """{what was asked: the answer}, link by link, always in the same order."""
    waiting = [path for method, path, *_ in routes() if method == 'GET' and ':' not in path and
               not LEFT_OUT.match(path)]
    waiting += [f'/manage/{page}?child={n}' for page in ('ledger', 'ledger.csv') for n in numbers]
    found, known = {}, set(waiting)
    while waiting and len(found) < MOST:
        path = waiting.pop(0)
        answer = person.get(path)
        found[ONCE.sub('key=', REFERENCE.sub('REFERENCE', path))] = plain(answer)
        for link in LINK.findall(answer.text) + [answer.headers.get('location', '')]:
            link = html.unescape(link)
            if link.startswith('/') and link not in known and not LEFT_OUT.match(link):
                known.add(link)
                waiting.append(link)
    for path in ('/caseload', '/search'):
        for probe in probes:
            for field in ('find', 'q', 'name', 'words', 'text', 'number'):
                answer = person.ask('POST', path, {'csrf': person.csrf(), field: probe})
                found[f'{path} {field}={probe}'] = plain(answer)
    return found


def walked(data, roles, probes, numbers):
    with Desk(data=data) as desk:
        return {role: walk(desk.sign_in(role), probes, numbers) for role in roles}


# As src/policy/policy.h numbers them.
ROLE_NAMES = ['none', 'reviewing-officer', 'chair', 'lead-practitioner', 'manager', 'custodian', 'auditor',
              'administrator', 'system', 'minute-taker', 'business-support', 'social-worker', 'head', 'lado',
              'scrutineer', 'duty']
ROLES = 16  # a role fits in four bits of the number that its holders share (src/store/access.c)


def hide(desk):
    """Two children are hidden as a head of service does it: the last, whom nobody of ours works with."""
    with sqlite3.connect(f'file:{desk.data}/duly.db?mode=ro', uri=True) as store:
        numbers = [n for n, in store.execute(
            'SELECT r.number FROM child_row r WHERE r.openness = 0 AND NOT EXISTS (SELECT 1 FROM access a '
            'WHERE a.subject = r.subject AND a.holder IN (SELECT min(id) FROM person GROUP BY role)) '
            'ORDER BY r.subject DESC LIMIT 2')]
    head = desk.sign_in('head')
    for number in numbers:
        answer = head.post('/manage/restrictions/add', {'number': number, 'what': 'hidden',
                                                        'reason': 'The father works for the council'})
        assert answer.status == 303, answer.status
    # Somebody looks at them, alone and in a list: the ledger tells of it.
    head.get('/caseload?rows=100')
    for n in head.children():
        head.get(f'/children/{n}')


with Desk() as first:
    hide(first)
    first.stop()
    store = sqlite3.connect(f'{first.data}/duly.db')
    hidden = [n for n, in store.execute('SELECT subject FROM child_row WHERE openness = 3 ORDER BY subject')]
    restricted = [n for n, in store.execute('SELECT subject FROM child_row WHERE openness = 1 ORDER BY subject')]
    # A restricted child's number stands in its row, and finds it; a hidden one's does not.
    names = [word for child in hidden + restricted for word in store.execute(
        "SELECT forename, surname, forename || ' ' || surname" + (', number' if child in hidden else '') +
        ' FROM child_row WHERE subject = ?', (child,)).fetchone() if word]
    own = {login for login, in store.execute(
        'SELECT DISTINCT p.login FROM person p JOIN access a ON a.holder = p.id AND a.level = 2 '
        f'WHERE a.subject IN ({",".join(map(str, hidden + restricted)) or 0})')}
    # Whoever shares a row of their role's may see the hidden one, too.
    shared = {(-holder - 1) % ROLES for holder, in store.execute(
        f'SELECT holder FROM access WHERE holder < 0 AND level > 0 AND subject IN ({",".join(map(str, hidden)) or 0})')}
    store.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    store.close()
    entitled = [ROLE_NAMES[n] for n in shared]
    roles = [role for role, (login, _) in first.users().items() if login not in own and role not in entitled]
    worlds, untold = {}, 0
    for name in ('other', 'without'):
        if name == 'without' and not hidden:
            continue
        data = os.path.join(first.folder, name)
        shutil.copytree(first.data, data)
        store = sqlite3.connect(f'{data}/duly.db')
        unlocked(store)
        for child in hidden:
            removed(store, child) if name == 'without' else other_words(store, child, True)
        if name == 'other':
            for child in restricted:
                other_words(store, child, False)
        else:
            untold = ledger_without(store, set(hidden))
        store.commit()
        store.execute('PRAGMA wal_checkpoint(TRUNCATE)')
        store.close()
        worlds[name] = data
    base = os.path.join(first.folder, 'base')
    shutil.copytree(first.data, base)
    was = walked(base, roles, names, hidden)
    pages = sum(map(len, was.values()))
    differing = {}
    for name, data in worlds.items():
        now = walked(data, roles, names, hidden)
        differing[name] = [(role, path) for role in roles for path in sorted({*was[role], *now[role]})
                           if was[role].get(path) != now[role].get(path)]
        for role, path in differing[name][:10]:
            a, b = was[role].get(path), now[role].get(path)
            print('#', name, role, path, a and a[:2], b and b[:2])
            for x, y in zip((a or (0, 0, ''))[2].split('\n'), (b or (0, 0, ''))[2].split('\n')):
                if x != y:
                    print(f'#   {x[:200]}\n#   {y[:200]}')
                    break
    first.start()
read = sum(path.startswith('/manage/ledger') for pages in was.values() for path in pages)
about = f'{read}_of_the_ledger,{untold}_entries_untold,{len(restricted)}_restricted,{len(hidden)}_hidden,{len(roles)}_roles,{pages}_answers'
without = len(differing.get('without', []))
print(f'BAR G8 {without}_differ_without_the_hidden,{about} 0 {"PASS" if hidden and read and untold and not without else "FAIL"}')
bar('H1', f'{len(differing["other"])}_differ,{about}', '0',
    not differing['other'] and not without and restricted and hidden and read and untold)
