#!/usr/bin/env python3
"""My own tracker as chairs use it and as hostile files meet it: the real program, on a socket. TAP."""
import datetime
import html
import http.client
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

import workbook
from claims import bars, claim, holds, lacks, run, same

DULY = os.environ.get('DULY') or sys.argv[1]
NOW = '2026-11-20T09:00'
TODAY = datetime.date(2026, 11, 20)
EPOCH = datetime.date(1970, 1, 1)
HEADINGS = ['LCS number', 'Child', 'DOB', 'Last review', 'Next LAC review booked', 'Outstanding actions', 'Notes']


def date(number):
    return None if number is None else EPOCH + datetime.timedelta(days=number)


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.text = response.read().decode('utf-8', 'replace')
        main = self.text[self.text.find('<main'):self.text.find('</main>')]
        self.words = html.unescape(re.sub(r'\s+', ' ', re.sub(r'<[^>]+>', ' ', main)))
        self.to = self.headers.get('location')


class Place:
    """A demonstration that is served."""

    def __init__(self, folder):
        self.data = os.path.join(folder, 'data')
        bars.demonstration(DULY, self.data, '--children', '300', '--seed', '5', '--now', NOW)
        self.users = {}
        for line in open(os.path.join(self.data, 'demo-users.txt'), encoding='utf-8'):
            words = line.split()
            if len(words) == 3:
                self.users.setdefault(words[0], words[1:])

    def __enter__(self):
        self.process = subprocess.Popen([DULY, 'serve', '--data', self.data, '--port', '0', '--now', NOW,
                                         '--freeze'], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        self.port = int(re.match(r'Duly is serving https?://localhost:(\d+)$', line.strip())[1])
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        self.process.stdout.close()

    def resident(self):
        """Of the server itself, in kilobytes."""
        with open(f'/proc/{self.process.pid}/status', encoding='utf-8') as status:
            return int(re.search(r'VmRSS:\s*(\d+)', status.read())[1])

    def ask(self, method, path, fields=None, cookie=None, body=None, kind='application/x-www-form-urlencoded'):
        headers = {'Cookie': cookie} if cookie else {}
        if fields is not None:
            body = urllib.parse.urlencode(fields)
        if body is not None:
            headers['Content-Type'] = kind
        link = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        try:
            link.request(method, path, body, headers)
            return Answer(link.getresponse())
        finally:
            link.close()

    def rows(self, sql, *values):
        db = sqlite3.connect(f'file:{self.data}/duly.db?mode=ro', uri=True)
        try:
            return db.execute(sql, values).fetchall()
        finally:
            db.close()


class Person:
    def __init__(self, place, role='reviewing-officer'):
        self.place = place
        login, password = place.users[role]
        self.login = login
        answer = place.ask('POST', '/sign-in', {'login': login, 'password': password})
        same(answer.status, 303)
        self.cookie = answer.headers['set-cookie'].split(';')[0]
        page = place.ask('GET', '/privacy', cookie=self.cookie)
        self.csrf = re.search(r'name="csrf" value="([^"]+)"', page.text)[1]

    def get(self, path):
        return self.place.ask('GET', path, cookie=self.cookie)

    def post(self, path, fields):
        return self.place.ask('POST', path, [('csrf', self.csrf), *fields], self.cookie)

    def send(self, data, name='tracker.xlsx', csrf=None, path='/tracker'):
        parts = [(b'name="csrf"', (csrf or self.csrf).encode()),
                 (b'name="file"; filename="' + name.encode() + b'"', data)]
        body = b''.join(b'--b0und4ry\r\nContent-Disposition: form-data; ' + head + b'\r\n\r\n' + part + b'\r\n'
                        for head, part in parts) + b'--b0und4ry--\r\n'
        return self.place.ask('POST', path, None, self.cookie, body, 'multipart/form-data; boundary=b0und4ry')

    def columns(self, **changed):
        """The page of the columns, sent as it stands but for what is changed."""
        page = self.get('/tracker/columns')
        same(page.status, 200)
        fields = {'heading': re.search(r'id="heading"[^>]*value="(\d+)"', page.text)[1]}
        for name, options in re.findall(r'<select[^>]*name="(column-\d+)"[^>]*>(.*?)</select>', page.text, re.S):
            fields[name] = re.search(r'value="([^"]*)" selected', options)[1]
        fields.update(changed)
        return fields, self.post('/tracker/columns', list(fields.items()))

    def read(self, data, name='tracker.xlsx'):
        sent = self.send(data, name)
        same((sent.status, sent.to), (303, '/tracker/columns'))
        _, sent = self.columns()
        same((sent.status, sent.to), (303, '/tracker/read'))
        page = self.get('/tracker/read')
        same(page.status, 200)
        return page


def seen(place, login, booked=False):
    """Children whom they see in full, with the one review that is due for each."""
    return place.rows(
        'SELECT r.subject, r.number, r.forename, r.surname, r.born, c.due, c.booked, c.rule, '
        '(SELECT max(on_day) FROM event e WHERE e.subject = r.subject AND e.withdrawn_at IS NULL '
        "AND e.word = 'cla-review-held') FROM child_row r JOIN access a ON a.subject = r.subject "
        'JOIN person p ON p.id = a.holder AND p.login = ? JOIN clock c ON c.subject = r.subject '
        "WHERE a.level = 2 AND c.rule = 'cla-review-subsequent' AND c.met_on IS NULL AND c.ended_on IS NULL "
        'AND c.disapplied IS NULL AND c.due > 20800 AND r.on_plan = 0 AND (c.booked IS NULL) = ? '
        'ORDER BY r.subject', login, 0 if booked else 1)


def tracker_of(place, login):
    """Rows of a tracker, and what must be said of them."""
    children = seen(place, login)
    assert len(children) >= 6, len(children)
    late, missed, born, last, plain, named = children[:6]

    def row(child, **changed):
        values = {'number': child[1], 'name': f'{child[2]} {child[3]}', 'born': date(child[4]),
                  'last': date(child[8]), 'next': date(child[5] - 5), 'actions': '', 'notes': ''}
        values.update(changed)
        return list(values.values())
    rows = [
        row(late, next=date(late[5] + 4)),
        row(missed, next='tbc'),
        row(born, born=date(born[4] + 1)),
        row(last, last=date(last[8] + 2)),
        row(plain, actions='1. Life story work (agreed 01/02/2019)\n2. Passport - done'),
        row(named, number='', name=f'{named[3].upper()}, {named[2]}', notes='xyzzy plugh'),
        ['77777777', 'Nobody Atall', datetime.date(2012, 5, 4), None, None, '', ''],
    ]
    return rows, children[:6]


SAID = ('6 children matched . 1 booked after the legal date , 1 not booked , 2 dates disagree with the '
        'council’s data , 1 action has survived two reviews . 1 row is not matched')


@claim
def a_tracker_reads_the_same_from_a_workbook_and_from_text(place):
    officer = Person(place)
    rows, children = tracker_of(place, officer.login)
    page = officer.read(workbook.book({'Notes': [['to do'], ['ring school']], 'Tracker': [['My list'], [], HEADINGS, *rows]}))
    holds(page.words, SAID)
    late = date(children[0][5] + 4)
    holds(page.words, f'{late.day} {late:%B %Y}')
    text = '\r\n'.join(';'.join('"' + (f'{v:%d/%m/%Y}' if isinstance(v, datetime.date) else str(v or '')) + '"'
                                for v in row) for row in [HEADINGS, *rows])
    for encoding in ('utf-8-sig', 'utf-16'):
        holds(officer.read(text.encode(encoding), 'tracker.csv').words, SAID)


@claim
def each_number_links_to_its_rows(place):
    officer = Person(place)
    rows, children = tracker_of(place, officer.login)
    page = officer.read(workbook.book({'A': [HEADINGS, *rows]}))
    for anchor, child in [('late', 0), ('not-booked', 1), ('dates', 2), ('actions', 4), ('matched', 5)]:
        holds(page.text, f'href="#{anchor}"')
        section = page.text.split(f'id="{anchor}"')[1].split('<h2')[0]
        holds(section, f'href="/children/{children[child][0]}"')
    holds(page.text.split('id="not-matched"')[1].split('<h2')[0], 'Nobody Atall')


@claim
def a_child_whom_the_reader_may_not_see_is_as_one_who_is_not_there(place):
    officer = Person(place)
    hidden = place.rows(
        'SELECT number, forename, surname, born FROM child_row WHERE forename IS NOT NULL AND born IS NOT NULL AND '
        'subject NOT IN (SELECT a.subject FROM access a JOIN person p ON p.id = a.holder AND p.login = ?) LIMIT 12',
        officer.login)
    assert len(hidden) == 12
    for number, forename, surname, born in hidden:
        for with_number in (True, False):
            pages = []
            for there in (True, False):
                name = f'{forename} {surname}' if there else 'Qwzjx ' + 'v' * len(surname)
                code = (number if there else '9' * len(number)) if with_number else ''
                page = officer.read(workbook.book({'A': [HEADINGS, [code, name, date(born), None, None, '', '']]}))
                pages.append(page.text.replace(name, 'NAME').replace(code or '\0', 'CODE'))
            same(pages[0], pages[1])


@claim
def nothing_is_stored_unless_it_is_ticked(place):
    officer = Person(place)
    rows, _ = tracker_of(place, officer.login)
    tables = [name for name, in place.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
              if name not in ('tracker_draft', 'ledger', 'ledger_head', 'session', 'attempt') and
              not name.startswith(('ledger', 'checkpoint', 'tree'))]
    before = {name: place.rows(f'SELECT * FROM "{name}"') for name in tables}
    officer.read(workbook.book({'A': [HEADINGS, *rows]}))
    for name in tables:
        same(place.rows(f'SELECT * FROM "{name}"') == before[name], True)
    for part in ('duly.db', 'duly.db-wal'):
        path = os.path.join(place.data, part)
        if os.path.exists(path):
            lacks(open(path, 'rb').read(), b'xyzzy plugh')
    same(len(place.rows('SELECT 1 FROM tracker_draft')), 1)
    same(officer.post('/tracker/end', []).to, '/tracker?done=yes')
    same(place.rows('SELECT 1 FROM tracker_draft'), [])
    same(officer.get('/tracker/read').to, '/tracker?ended=yes')


@claim
def only_the_session_that_sent_it_can_open_it_and_signing_out_deletes_it(place):
    first, second = Person(place), Person(place)
    rows, _ = tracker_of(place, first.login)
    first.read(workbook.book({'A': [HEADINGS, *rows]}))
    for path in ('/tracker/read', '/tracker/columns'):
        same(second.get(path).to, '/tracker?ended=yes')
    holds(first.get('/tracker/read').words, SAID)
    first.post('/sign-out', [])
    same(place.rows('SELECT 1 FROM tracker_draft'), [])


@claim
def what_is_ticked_becomes_records_once(place):
    officer = Person(place)
    rows, children = tracker_of(place, officer.login)
    page = officer.read(workbook.book({'A': [HEADINGS, *rows]}))
    ticks = [(name, html.unescape(value)) for name, value in
             re.findall(r'name="((?:booking|action)\[\])" type="checkbox" value="([^"]+)"', page.text)]
    same(sorted(name for name, _ in ticks), ['action[]'] + ['booking[]'] * 5)
    entries = place.rows("SELECT count(*) FROM ledger WHERE act = 'save'")[0][0]
    answer = officer.post('/tracker/keep', ticks)
    same((answer.status, answer.to), (303, '/tracker/read?bookings=5&actions=1'))
    same(place.rows("SELECT count(*) FROM ledger WHERE act = 'save'")[0][0], entries + 1)
    late = children[0]
    same(place.rows('SELECT "on", meeting, by_hand, came_by FROM record_booking WHERE subject = ? ORDER BY id DESC '
                    'LIMIT 1', late[0]), [(late[5] + 4, 'cla-review', 1, 'form')])
    same(place.rows("SELECT booked FROM clock WHERE subject = ? AND rule = 'cla-review-subsequent' AND due = ?",
                    late[0], late[5]), [(late[5] + 4,)])
    same(place.rows('SELECT what, done FROM record_action WHERE subject = ?', children[4][0]),
         [('Life story work (agreed 01/02/2019)', 0)])
    after = officer.get(answer.to)
    holds(after.words, 'Kept: 5 bookings and 1 action.')
    # Sent twice, it is kept once.
    same(officer.post('/tracker/keep', ticks).to, '/tracker/read?bookings=0&actions=0')
    same(len(place.rows('SELECT 1 FROM record_action WHERE subject = ?', children[4][0])), 1)
    officer.post('/tracker/end', [])


@claim
def a_booked_day_that_is_a_weekend_or_taken_is_said_and_stops_nothing(place):
    officer = Person(place)
    rows, children = tracker_of(place, officer.login)
    taken = seen(place, officer.login, booked=True)[0]
    saturday = TODAY + datetime.timedelta(days=22)
    same(saturday.weekday(), 5)
    family = place.rows('SELECT sibling_key FROM child_row WHERE subject IN (?, ?)', taken[0], children[1][0])
    assert not family[0][0] or family[0] != family[1], 'brothers and sisters may meet on one day'
    rows[0][4], rows[1][4] = saturday, date(taken[6])
    page = officer.read(workbook.book({'A': [HEADINGS, *rows]}))
    section = page.text.split('id="clashes"')[1].split('<h2')[0]

    def said(child):
        return next(row for row in section.split('<tr ') if f'href="/children/{child[0]}"' in row)
    holds(said(children[0]), 'No working day: Saturday')
    holds(said(children[1]), 'You chair another meeting that day')
    holds(page.text, 'href="#clashes"')
    # Nobody else's diary is the reader's: of who does not chair, the calendar alone is said.
    manager = Person(place, 'manager')
    section = manager.read(workbook.book({'A': [HEADINGS, *rows]})).text.split('id="clashes"')[1].split('<h2')[0]
    holds(said(children[0]), 'No working day: Saturday')
    lacks(section, 'another meeting')
    for person in (officer, manager):
        person.post('/tracker/end', [])


@claim
def columns_are_corrected_by_hand(place):
    officer = Person(place)
    children = seen(place, officer.login)[:3]
    rows = [['A', 'B', 'C']] + [[f'{c[2]} {c[3]}', date(c[4]), c[1]] for c in children]
    same(officer.send(workbook.book({'A': rows})).to, '/tracker/columns')
    fields, answer = officer.columns(**{'column-0': 'skip', 'column-1': 'skip', 'column-2': 'skip'})
    same(answer.status, 422)
    holds(answer.words, 'Choose the column of the child’s number, or of the child’s name')
    assert '<title>Error: ' in answer.text
    _, answer = officer.columns(**{'column-0': 'name', 'column-1': 'name'})
    same(answer.status, 422)
    holds(answer.words, 'Choose one column only')
    _, answer = officer.columns(heading='x')
    same(answer.status, 422)
    _, answer = officer.columns(**{'column-0': 'name', 'column-1': 'born', 'column-2': 'skip'})
    same(answer.to, '/tracker/read')
    page = officer.get('/tracker/read')
    holds(page.words, '3 children matched')
    holds(page.words, 'Name and date of birth')
    same(len(fields), 4)


@claim
def another_sheet_may_be_chosen(place):
    officer = Person(place)
    child = seen(place, officer.login)[0]
    data = workbook.book({'Old': [['Child ID', 'Name', 'DOB'], ['1', 'x', 'y'], ['2', 'z', 'w']],
                          'New': [['Child ID', 'Name', 'DOB'], [child[1], f'{child[2]} {child[3]}', date(child[4])]]})
    officer.send(data)
    same(officer.post('/tracker/columns', [('show', 'sheet'), ('sheet', '1')]).to, '/tracker/columns')
    officer.columns()
    holds(officer.get('/tracker/read').words, '1 child matched')


@claim
def what_cannot_be_used_is_refused_in_words(place):
    officer = Person(place)
    for data, name, words in [(b'%PDF-1.7', '<img src=x onerror=1>.pdf', 'The file is no spreadsheet'),
                              (b'', 'empty.csv', 'The file is empty'),
                              (b'Child,Name\n', 'a.csv', 'no rows under its headings'),
                              (b'a,"b', 'a.csv', 'a quotation mark is opened and never closed')]:
        answer = officer.send(data, name)
        same(answer.status, 422)
        holds(answer.words, words)
        lacks(answer.text, '<img')
    same(officer.post('/tracker', []).status, 422)
    child = seen(place, officer.login)[0]
    page = officer.read(f'Child ID,Name\n{child[1]},x\n'.encode(), '../../<img src=x onerror=1>.csv')
    lacks(page.text, '<img')
    holds(page.text, '&lt;img src=x onerror=1&gt;.csv')
    lacks(page.text, '../..')


@claim
def a_form_of_files_is_kept_to_its_page_its_size_and_its_sender(place):
    officer, other = Person(place), Person(place, 'administrator')
    same(officer.send(b'x', csrf=other.csrf).status, 403)
    same(other.send(b'x').status, 403)
    same(officer.send(b'x', path='/caseload').status, 415)
    same(officer.send(b'x' * 300_000, path='/caseload').status, 413)
    large = officer.send(b'x' * (21 << 20))
    same(large.status, 413)
    holds(large.words, 'files of up to 20 megabytes')
    stranger = Person(place)
    stranger.cookie = '__no=1'
    same(stranger.send(b'x' * 300_000).status, 413)
    same(officer.get('/tracker').status, 200)


@claim
def files_made_to_do_harm_neither_stop_the_server_nor_fill_it(place):
    officer = Person(place)
    officer.send(b'Child ID,Name\n1,x\n', 'warm.csv')
    before, count, most = place.resident(), 0, 0
    # What a sanitizer keeps of freed memory is not the server's: there it is only stopped or not.
    sanitized = re.search(r'build-[at]san', os.path.realpath(DULY)) is not None
    for name, data in workbook.bombs():
        answer = officer.send(data, name + '.xlsx')
        count += 1
        if answer.status == 422:
            holds(answer.words, 'There is a problem')
        else:
            same((name, answer.status), (name, 303))
        same(officer.get('/tracker').status, 200)
        # The bytes that were sent are let go of when their connection ends.
        for _ in range(1 if sanitized else 400):
            grown = place.resident() - before
            if grown < 1024:
                break
            time.sleep(0.05)
        most = max(most, grown)
    assert count >= 20
    print(f'  # {count} files; the server grew by {most} KB at most')
    assert sanitized or most < 5 * 1024, f'{most} KB more'


@claim
def roles_without_it_have_no_tracker(place):
    for role in ('administrator', 'auditor', 'custodian', 'duty'):
        if role in place.users:
            same(Person(place, role).get('/tracker').status, 403)


@claim
def the_made_up_tracker_can_be_tried_at_once(place):
    officer = Person(place)
    holds(officer.get('/tracker').words, 'Try it with the made-up tracker')
    same(officer.post('/tracker/example', []).to, '/tracker/columns')
    officer.columns()
    page = officer.get('/tracker/read')
    found = re.search(r'(\d+) children matched . (\d+) booked after', page.words)
    assert int(found[1]) > 20 and int(found[2]) > 0, page.words[:400]
    sheet = officer.get('/tracker/example.csv')
    same(sheet.status, 200)
    same(sheet.headers['content-disposition'], 'attachment; filename="made-up-tracker.csv"')
    for line in sheet.text.splitlines():
        assert not re.match(r'"?[=+@]', line), line


def main():
    folder = tempfile.mkdtemp(prefix='duly-tracker-')
    try:
        with Place(folder) as place:
            return 1 if run(place) else 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
