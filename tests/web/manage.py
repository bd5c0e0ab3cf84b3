#!/usr/bin/env python3
"""The pages under /manage as people use them: the real program, on stores of their own. TAP."""
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
import struct
import zlib

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import steps  # noqa: E402
from claims import bars, claim, holds, lacks, run, same  # noqa: E402

DULY = os.environ.get('DULY') or sys.argv[1]
PASSWORD = 'lantern otter gable'
FORM = {'Content-Type': 'application/x-www-form-urlencoded'}
PEOPLE = [('a.first', 'Ann First', 'administrator'), ('a.second', 'Abe Second', 'administrator'),
          ('c.keeper', 'Cal Keeper', 'custodian'), ('m.lead', 'Mo Lead', 'manager'),
          ('i.view', 'Ivy View', 'auditor'), ('r.ahmed', 'R Ahmed', 'reviewing-officer')]
kept = tempfile.TemporaryDirectory(prefix='duly-manage-')
kept_folder = kept.name


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()
        self.text = html.unescape(self.body.decode('utf-8', 'replace'))

    @property
    def to(self):
        return self.headers.get('location', '')


class Server:
    """duly serve, until the end of the with."""

    def __init__(self, data, *options):
        self.command = [DULY, 'serve', '--data', data, '--port', '0', *options]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        found = re.match(r'Duly is serving https?://localhost:(\d+)$', line.strip())
        if not found:
            self.process.kill()
            raise AssertionError(f'it said {line!r}')
        self.port = int(found.group(1))
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        same(self.process.wait(60), 0)
        self.process.stdout.close()

    def ask(self, method, path, body=None, headers=None):
        link = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        try:
            link.request(method, path, body, headers or {})
            return Answer(link.getresponse())
        finally:
            link.close()

    def person(self, login, password=PASSWORD):
        return Person(self, login, password)


class Person:
    """Somebody signed in, who sends the forms that the pages carry."""

    def __init__(self, server, login, password):
        self.server = server
        answer = server.ask('POST', '/sign-in', urllib.parse.urlencode(
            {'login': login, 'password': password}), FORM)
        same(answer.status, 303)
        self.cookie = answer.headers['set-cookie'].split(';')[0]
        key = (server.command[3], login)
        if answer.to.startswith('/sign-in/code'):
            answer = server.ask('POST', '/sign-in/recovery', urllib.parse.urlencode({'code': steps.use(key)}),
                                {**FORM, 'Cookie': self.cookie})
            same(answer.status, 303)
            self.cookie = answer.headers['set-cookie'].split(';')[0]
        self.csrf = re.search(r'name="csrf" value="([^"]+)"', self.get('/privacy').text).group(1)
        if 'Everybody here signs in with two steps' in self.get('/account/second-factor').text:
            steps.set_up(key, self.page, self.post)
        elif key in steps.codes:
            steps.renew(key, self.page, self.post)

    def get(self, path):
        return self.server.ask('GET', path, None, {'Cookie': self.cookie})

    def page(self, path):
        answer = self.get(path)
        if answer.status != 200:
            raise AssertionError(f'{path}: {answer.status}')
        return answer.text

    def post(self, path, **fields):
        return self.server.ask('POST', path, urllib.parse.urlencode({'csrf': self.csrf, **fields}, doseq=True),
                               {**FORM, 'Cookie': self.cookie})

    def upload(self, path, files, **fields):
        """files: (field, name, bytes)"""
        edge = '----dulytest7f3a'
        parts = []
        for name, value in {'csrf': self.csrf, **fields}.items():
            parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
        for field, name, content in files:
            parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
                         f'Content-Type: application/octet-stream\r\n\r\n'.encode() + content + b'\r\n')
        parts.append(f'--{edge}--\r\n'.encode())
        return self.server.ask('POST', path, b''.join(parts), {
            'Content-Type': f'multipart/form-data; boundary={edge}', 'Cookie': self.cookie})

    def done(self, path, **fields):
        """Posted, taken, and the page that it leads to."""
        answer = self.post(path, **fields)
        if answer.status != 303:
            raise AssertionError(f'{path}: {answer.status} {answer.text[-1500:]}')
        return self.page(answer.to)


def duly(*arguments, given=''):
    return subprocess.run([DULY, *arguments], input=given, capture_output=True, text=True, timeout=120)


def add(data, login, name, role, *more):
    result = duly('user', 'add', '--data', data, '--authority', '999', '--login', login, '--name', name,
                  '--role', role, '--password-stdin', *more, given=PASSWORD + '\n')
    if result.returncode != 0:
        raise AssertionError(result.stderr)
    steps.settle(data)


def made(folder, people=PEOPLE):
    """A store of its own with these people: made once, then copied."""
    first = os.path.join(kept_folder, '+'.join(login for login, _, _ in people))
    if not os.path.isdir(first):
        for login, name, role in people:
            add(first, login, name, role)
    data = os.path.join(folder, 'data')
    shutil.copytree(first, data)
    return data


def rows(data, statement, *values):
    with sqlite3.connect(os.path.join(data, 'duly.db')) as db:
        return db.execute(statement, values).fetchall()


def verified(data):
    result = duly('verify', '--data', data)
    if result.returncode != 0:
        raise AssertionError(result.stdout + result.stderr)


def number_of(data, login):
    return rows(data, 'SELECT id FROM person WHERE login = ?', login)[0][0]


@claim
def each_role_has_the_pages_of_its_work_and_no_other(folder):
    data = made(folder)
    with Server(data) as server:
        for login, may in [('a.first', True), ('c.keeper', False), ('r.ahmed', False)]:
            person = server.person(login)
            same(person.get('/manage/users').status, 200 if may else 403)
            same(person.get('/manage/users/add').status, 200 if may else 403)
        same(server.person('r.ahmed').get('/manage').status, 403)
        lacks(server.person('r.ahmed').page('/privacy'), 'href="/manage"')
        holds(server.person('a.first').page('/privacy'), 'href="/manage"')


@claim
def a_user_is_added_with_a_password_that_is_shown_once(folder):
    data = made(folder)
    with Server(data) as server:
        ann = server.person('a.first')
        answer = ann.post('/manage/users/add', name='Nia New', login='N.New', role='chair', team='North')
        same(answer.status, 303)
        page = ann.page(answer.to)
        password = re.search(r'app-made">\s*([a-z2-9]{4}(?:-[a-z2-9]{4}){4})\s*<', page).group(1)
        assert password.encode() not in open(os.path.join(data, 'duly.db'), 'rb').read()
        lacks(ann.page(answer.to), password)
        nia = server.person('n.new', password)
        # Somebody else knows it: first they choose their own, and see nothing before.
        for path in ('/caseload', '/account', '/account/second-factor', '/manage'):
            same(nia.get(path).to, '/account/password')
        same(nia.post('/caseload').to, '/account/password')
        own = nia.page('/account/password')
        holds(own, 'Choose your own password')
        lacks(own, 'href="/caseload">My caseload')
        same(nia.post('/account/password', current=password, new='short').status, 422)
        answer = nia.post('/account/password', current=password, new='otter gable lantern seven')
        same((answer.status, answer.to), (303, '/'))
        nia = server.person('n.new', 'otter gable lantern seven')
        same(nia.get('/account').status, 200)
        # The ledger says whom it was about.
        ledger = server.person('i.view').page('/manage/ledger')
        holds(ledger, 'Added a user</a>: Nia New')
        lacks(ledger, 'Changed a password</a>: Nia New')
        same(rows(data, "SELECT role, team, authority FROM person WHERE login = 'n.new'"),
             [('chair', 'North', '999')])
    verified(data)


@claim
def a_first_password_is_shown_to_nobody_else(folder):
    data = made(folder)
    with Server(data) as server:
        ann, abe = server.person('a.first'), server.person('a.second')
        answer = ann.post('/manage/users/add', name='Nia New', login='n.new', role='chair', team='')
        lacks(abe.page(answer.to), 'app-made')
        holds(ann.page(answer.to), 'app-made')


@claim
def mistakes_are_said_at_their_fields_and_what_was_typed_is_kept(folder):
    data = made(folder)
    with Server(data) as server:
        ann = server.person('a.first')
        answer = ann.post('/manage/users/add', name='', login='x', role='king', team='Kept')
        same(answer.status, 422)
        for words in ('<title>Error: Add a user', 'href="#name">Enter their full name', 'href="#login">',
                      'href="#role">Choose a role', 'value="Kept"'):
            holds(answer.text, words)
        answer = ann.post('/manage/users/add', name='Another', login='r.ahmed', role='chair', team='')
        same(answer.status, 422)
        holds(answer.text, 'Somebody has this sign-in name')
        holds(answer.text, 'value="Another"')


@claim
def a_new_role_counts_from_the_next_page_and_stands_in_the_ledger(folder):
    data = made(folder)
    with Server(data) as server:
        ann, ahmed = server.person('a.first'), server.person('r.ahmed')
        same(ahmed.get('/manage/users').status, 403)
        page = ann.done(f"/manage/users/{number_of(data, 'r.ahmed')}", name='R Ahmed', role='administrator',
                        team='South')
        holds(page, 'The changes are saved')
        same(ahmed.get('/manage/users').status, 200)
    same(rows(data, "SELECT count(*) FROM ledger WHERE act = 'person:change'"), [(1,)])
    verified(data)
    with sqlite3.connect(os.path.join(data, 'duly.db')) as db:
        db.execute("UPDATE person SET role = 'custodian' WHERE login = 'r.ahmed'")
    assert duly('verify', '--data', data).returncode != 0


@claim
def nobody_grants_themself_a_role(folder):
    data = made(folder)
    with Server(data) as server:
        ann = server.person('a.first')
        answer = ann.post(f"/manage/users/{number_of(data, 'a.first')}", name='Ann First', role='custodian',
                          team='')
        same(answer.status, 422)
        holds(answer.text, 'You cannot change your own role')
    same(rows(data, "SELECT role FROM person WHERE login = 'a.first'"), [('administrator',)])


@claim
def the_last_administrator_stays(folder):
    data = made(folder, [person for person in PEOPLE if person[0] != 'a.second'])
    with Server(data) as server:
        ann = server.person('a.first')
        answer = ann.post(f"/manage/users/{number_of(data, 'a.first')}/disable")
        same(answer.status, 422)
        holds(answer.text, 'You cannot remove the last administrator')
        same(ann.get('/manage/users').status, 200)
    same(rows(data, "SELECT count(*) FROM ledger WHERE act = 'person:disable'"), [(0,)])


@claim
def who_is_stopped_is_out_at_once_and_can_be_let_in_again(folder):
    data = made(folder)
    with Server(data) as server:
        ann, abe = server.person('a.first'), server.person('a.second')
        path = f"/manage/users/{number_of(data, 'a.second')}"
        holds(ann.page(path + '/disable'), 'signed out everywhere')
        holds(ann.done(path + '/disable'), 'cannot sign in any more')
        same(abe.get('/manage/users').status, 303)
        holds(ann.done(path + '/enable'), 'They can sign in again')
        server.person('a.second')
    verified(data)


@claim
def a_new_password_ends_every_session_of_the_old_one(folder):
    data = made(folder)
    with Server(data) as server:
        ann, ahmed = server.person('a.first'), server.person('r.ahmed')
        path = f"/manage/users/{number_of(data, 'r.ahmed')}/password"
        password = re.search(r'app-made">\s*([^\s<]+)', ann.done(path)).group(1)
        same(ahmed.get('/caseload').status, 303)
        server.person('r.ahmed', password)
        own = ann.post(f"/manage/users/{number_of(data, 'a.first')}/password")
        same(own.status, 422)


@claim
def another_authoritys_people_are_as_absent_as_nobody(folder):
    data = made(folder)
    result = duly('user', 'add', '--data', data, '--authority', '998', '--login', 'x.other', '--name',
                  'X Other', '--role', 'chair')
    same(result.returncode, 0)
    with Server(data) as server:
        ann = server.person('a.first')
        path = f"/manage/users/{number_of(data, 'x.other')}"
        lacks(ann.page('/manage/users'), 'X Other')
        for answer in (ann.get(path), ann.post(path, name='Y', role='chair', team=''), ann.post(path + '/disable'),
                       ann.post(path + '/password'), ann.get('/manage/users/999999')):
            same(answer.status, 404)


def demo_files(folder, children=150):
    first = os.path.join(kept_folder, f'files-{children}')
    if not os.path.isdir(first):
        result = duly('demo', '--children', str(children), '--seed', '7', '--now', '2026-11-20', '--out', first)
        same(result.returncode, 0)
    out = os.path.join(folder, 'out')
    shutil.copytree(first, out)
    return out


def files_of(out, kind, year='2026'):
    """As a custodian picks them: the 903 of a year, the census, the people file."""
    if kind == 'people':
        paths = [os.path.join(out, 'people.csv')]
    elif kind == 'cin':
        paths = [os.path.join(out, 'cin', 'census.xml')]
    else:
        root = os.path.join(out, 'ssda903', year)
        paths = sorted(os.path.join(root, name) for name in os.listdir(root))
    return [('files', os.path.basename(path), open(path, 'rb').read()) for path in paths]


def imported(person, out, kind, year='2026'):
    answer = person.upload('/manage/imports', files_of(out, kind, year), kind=kind)
    if answer.status != 303:
        raise AssertionError(f'{kind}: {answer.status} {answer.text[-2000:]}')
    return ended(person, answer.to)


def until(true, what):
    """Waits for what comes in its own time. A busy machine may need minutes, and is none the worse."""
    for _ in range(1200):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError(f'not {what}')


def ended(person, path):
    until(lambda: person.get(path + '/state').text == '', 'ended')
    return person.page(path)


def derived(data):
    """All that follows from what was imported, without numbers that differ from run to run."""
    return rows(data, 'SELECT r.number, r.forename, r.surname, r.born, r.iro, r.looked_after, r.on_plan, '
                'r.next_due, r.next_rule, r.openness, (SELECT count(*) FROM event e WHERE e.subject = r.subject), '
                '(SELECT count(*) FROM clock c WHERE c.subject = r.subject) FROM child_row r ORDER BY r.number')


@claim
def a_new_custodian_brings_in_the_demonstrations_files_by_browser(folder):
    data, out = made(folder), demo_files(folder)
    with Server(data) as server:
        cal = server.person('c.keeper')
        holds(cal.page('/manage/imports'), 'Nothing was imported by browser yet')
        for kind, year in [('ssda903', '2024'), ('ssda903', '2025'), ('ssda903', '2026'), ('cin', ''),
                           ('people', '')]:
            page = imported(cal, out, kind, year)
            assert re.search(r'[\d,]+ children, [\d,]+ events, [\d,]+ rejected', page), page[-1500:]
        holds(cal.page('/manage/imports'), 'Cal Keeper')
        holds(server.person('m.lead').page('/caseload'), 'children')
    by_browser = derived(data)
    assert len(by_browser) > 100
    verified(data)
    # The command line makes the same of the same files.
    other = os.path.join(folder, 'other')
    for option, path in [('--ssda903', 'ssda903/2024'), ('--ssda903', 'ssda903/2025'),
                         ('--ssda903', 'ssda903/2026'), ('--cin', 'cin/census.xml'), ('--people', 'people.csv')]:
        result = duly('import', option, os.path.join(out, path), '--data', other, '--authority', '999')
        assert result.returncode in (0, 1), result.stderr
    same(derived(other), by_browser)


@claim
def real_files_are_refused_while_a_password_alone_lets_people_in_and_after_them_it_never_does(folder):
    data, out = made(folder), demo_files(folder, 30)
    same(duly('user', 'factor-optional', '--data', data).returncode, 0)
    with Server(data) as server:
        cal = server.person('c.keeper')
        answer = cal.upload('/manage/imports', files_of(out, 'ssda903'), kind='ssda903')
        same(answer.status, 422)
        holds(answer.text, 'records need a second step')
        lacks(cal.page('/manage/imports'), 'href="/manage/imports/')
    same(rows(data, 'SELECT (SELECT count(*) FROM import), (SELECT count(*) FROM child_row)'), [(0, 0)])
    same(duly('user', 'factor-required', '--data', data).returncode, 0)
    with Server(data) as server:
        imported(server.person('c.keeper'), out, 'ssda903')
    assert rows(data, 'SELECT count(*) FROM child_row')[0][0] > 0
    same(duly('user', 'factor-optional', '--data', data).returncode, 2)
    with Server(data) as server:
        # Neither is the way open to an administrator in the settings.
        answer = server.person('a.first').post('/manage/settings', **{'setting-6': 'optional'})
        same(answer.status, 422)
        holds(answer.text, 'a password alone is not enough to see them')


@claim
def what_was_not_taken_is_listed_with_its_place_and_reason(folder):
    data, out = made(folder), demo_files(folder, 60)
    people = open(os.path.join(out, 'people.csv')).read().splitlines()
    spoilt = [people[0]] + [line + ',,extra' if n % 2 else line for n, line in enumerate(people[1:])]
    spoilt[2] = spoilt[2].rsplit(',', 3)[0] + ',=2+5'
    with Server(data) as server:
        cal = server.person('c.keeper')
        imported(cal, out, 'ssda903')
        answer = cal.upload('/manage/imports', [('files', 'people.csv', '\n'.join(spoilt).encode())], kind='people')
        page = ended(cal, answer.to)
        rejected = int(re.search(r'([\d,]+) rejected', page).group(1).replace(',', ''))
        assert rejected > 0
        listed = cal.page(answer.to + '/rejects')
        holds(listed, 'people.csv')
        sheet = cal.get(answer.to + '/rejects.csv')
        holds(sheet.headers['content-disposition'], 'rejects.csv')
        lines = sheet.text.strip().split('\n')
        same(lines[0], 'file,line,column,value,reason')
        same(len(lines) - 1, rejected)
    same(rows(data, "SELECT count(*) FROM ledger WHERE act IN ('look:rejects', 'export:rejects')"), [(2,)])


@claim
def a_file_that_cannot_be_used_is_refused_in_words_and_leaves_nothing(folder):
    data = made(folder)
    with Server(data) as server:
        cal = server.person('c.keeper')
        for kind, name, content in [('cin', 'census.xml', b'<Message><a>'), ('people', 'people.csv', b'a,b\n1,2\n'),
                                    ('ssda903', 'x.csv', b'\x00\xff' * 500), ('people', 'p.csv', b'')]:
            answer = cal.upload('/manage/imports', [('files', name, content)], kind=kind)
            same(answer.status, 303)
            holds(ended(cal, answer.to), 'Nothing was imported.')
    same(rows(data, 'SELECT count(*) FROM import'), [(0,)])
    same(rows(data, 'SELECT count(*) FROM child_row'), [(0,)])
    verified(data)


@claim
def several_years_go_in_at_once_as_with_the_command(folder):
    out = demo_files(folder)
    years = sorted(os.listdir(os.path.join(out, 'ssda903')))
    assert len(years) > 1, years
    data = made(folder)
    with Server(data) as server:
        cal = server.person('c.keeper')
        files = [(field, name.replace('.csv', f'-{year}.csv'), content)
                 for year in years for field, name, content in files_of(out, 'ssda903', year)]
        answer = cal.upload('/manage/imports', files, kind='ssda903')
        same(answer.status, 303)
        holds(ended(cal, answer.to), 'rejected')
    by_command = os.path.join(folder, 'by-command')
    same(duly('import', '--ssda903', os.path.join(out, 'ssda903'), '--data', by_command, '--authority', '999').returncode, 0)
    events = 'SELECT s.key, e.word, e.on_day FROM event e JOIN subject s ON s.id = e.subject ORDER BY 1, 2, 3'
    assert len(rows(data, events)) > 300, rows(data, "SELECT state, files, rejected, why FROM job")
    same(rows(data, events), rows(by_command, events))


@claim
def what_is_missing_in_the_form_is_said_at_its_field(folder):
    data = made(folder)
    with Server(data) as server:
        cal = server.person('c.keeper')
        answer = cal.upload('/manage/imports', [])
        same(answer.status, 422)
        holds(answer.text, 'href="#kind">Choose what you want to import')
        holds(answer.text, 'href="#files">Choose the files to import')
        answer = cal.upload('/manage/imports', [('files', 'a.xml', b'x'), ('files', 'b.xml', b'y')], kind='cin')
        same(answer.status, 422)
        holds(answer.text, 'Choose one file only')
        answer = cal.upload('/manage/imports', [('files', 'a.csv', b'x'), ('files', 'A.csv', b'y')], kind='ssda903')
        holds(answer.text, 'Write the year into their names')
    for login in ('a.first', 'r.ahmed'):
        with Server(data) as server:
            same(server.person(login).get('/manage/imports').status, 403)


@claim
def an_import_that_the_server_did_not_live_to_end_says_so(folder):
    data = made(folder)
    with sqlite3.connect(os.path.join(data, 'duly.db')) as db:
        keeper = number_of(data, 'c.keeper')
        db.execute("INSERT INTO job (id, authority, kind, files, actor, state, asked_at, children, events, rejected,"
                   " added, edited, by_hand, why) VALUES (900001, '999', 'cin', 'c.xml', ?, 'saving', 1000, 0, 0, 0,"
                   " 0, 0, 0, '')", (keeper,))
    with Server(data) as server:
        holds(server.person('c.keeper').page('/manage/imports/900001'), 'Duly was stopped while this import ran')


@claim
def a_second_import_waits_for_the_first(folder):
    data, out = made(folder), demo_files(folder, 3000)
    with Server(data) as server:
        cal = server.person('c.keeper')
        files = files_of(out, 'ssda903')
        for _ in range(5):  # where the first has ended already, nothing was to be waited for
            first = cal.upload('/manage/imports', files, kind='ssda903')
            same(first.status, 303)
            second = cal.upload('/manage/imports', files, kind='ssda903')
            holds(ended(cal, first.to), 'rejected')
            if second.status == 422:
                break
            ended(cal, second.to)
        same(second.status, 422)
        holds(second.text, 'An import is running')


@claim
def a_cancelled_import_leaves_nothing(folder):
    for n in range(5):  # where it has ended already, there is nothing to cancel
        data, out = made(f'{folder}/{n}'), demo_files(f'{folder}/{n}', 3000)
        with Server(data) as server:
            cal = server.person('c.keeper')
            answer = cal.upload('/manage/imports', files_of(out, 'ssda903'), kind='ssda903')
            cancelled = cal.post(answer.to + '/cancel')
            page = ended(cal, answer.to)
            if 'Cancelled' not in page:
                continue
            same(cancelled.status, 303)
            holds(page, 'Cancelled. Nothing of it was kept.')
            same(rows(data, 'SELECT count(*) FROM child_row'), [(0,)])
            imported(cal, demo_files(folder + '/small', 30), 'ssda903')
        break
    else:
        raise AssertionError('no import was cancelled')
    assert rows(data, 'SELECT count(*) FROM child_row') > [(10,)]
    verified(data)


@claim
def sources_say_up_to_when_they_know_and_totals_turn_amber(folder):
    data, out = made(folder), demo_files(folder)
    with Server(data) as server:
        cal, ivy = server.person('c.keeper'), server.person('i.view')
        holds(cal.page('/manage/sources'), 'Nothing was imported yet')
        imported(cal, out, 'ssda903', '2024')
        page = ivy.page('/manage/sources')
        for words in ('SSDA903 return', '31 March 2024', 'Cal Keeper', 'Too old', 'the limit is 100',
                      'seen by the custodian alone', 'What it carries'):
            holds(page, words)
        lacks(page, 'sign that no child')
        amber = 'As at 31 March 2024. The SSDA903 return is '
        for path in ('/caseload', '/monday'):
            holds(server.person('m.lead').page(path), amber)
        same(server.person('r.ahmed').get('/manage/sources').status, 403)


@claim
def a_child_missing_from_the_last_files_is_to_be_checked_and_never_ended(folder):
    data, out = made(folder), demo_files(folder)
    with Server(data) as server:
        cal = server.person('c.keeper')
        imported(cal, out, 'ssda903', '2026')
        open_care = rows(data, 'SELECT number FROM child_row WHERE looked_after = 1 ORDER BY number')
        gone = open_care[0][0]
        holds(cal.page('/manage/sources/missing'), 'Nobody is missing')
        # the same year again, without that child
        files = [(field, name, b'\n'.join(line for line in content.split(b'\n') if gone.encode() not in line))
                 for field, name, content in files_of(out, 'ssda903')]
        holds(ended(cal, cal.upload('/manage/imports', files, kind='ssda903').to), 'rejected')
        page = cal.page('/manage/sources/missing')
        holds(page, gone)
        holds(page, 'Looked after, and not in the last SSDA903 return')
        same(page.count('>Check</strong>'), 1)
        # older files say nothing about now
        imported(cal, out, 'ssda903', '2024')
        same(cal.page('/manage/sources/missing').count('>Check</strong>'), 1)
    same(rows(data, 'SELECT looked_after FROM child_row WHERE number = ?', gone), [(1,)])
    same(rows(data, "SELECT count(*) FROM ledger WHERE act = 'look:missing'"), [(3,)])


@claim
def a_custodian_signs_with_their_password_that_no_child_is_restricted(folder):
    data, out = made(folder), demo_files(folder)
    with Server(data) as server:
        cal, lead = server.person('c.keeper'), server.person('m.lead')
        imported(cal, out, 'ssda903')
        holds(lead.page('/caseload'), '>0 children')
        path = '/manage/sources/none-restricted'
        same(lead.get(path).status, 403)
        wrong = cal.post(path, sure='yes', password='not my password')
        same(wrong.status, 422)
        holds(wrong.text, 'This is not your password')
        holds(cal.post(path, password=PASSWORD).text, 'Tick to say')
        holds(lead.page('/caseload'), '>0 children')
        holds(cal.done(path, sure='yes', password=PASSWORD), 'Signed.')
        lacks(lead.page('/caseload'), '>0 children')
        for _ in range(11):
            last = cal.post(path, sure='yes', password='not my password')
        same(last.status, 429)
    holds(rows(data, "SELECT value FROM setting WHERE key = 'none-restricted:999'")[0][0], 'c.keeper')
    verified(data)


@claim
def the_backup_page_knows_of_the_last_one_that_was_read_back_whole(folder):
    data = made(folder)
    with Server(data) as server:
        ann = server.person('a.first')
        holds(ann.page('/manage/backup'), 'No backup of this store is known of')
        result = duly('backup', os.path.join(folder, 'copy'), '--data', data)
        same(result.returncode, 0)
        page = ann.page('/manage/backup')
        holds(page, 'In time')
        holds(page, 'Read back whole')
        note = open(os.path.join(data, 'backup-last')).read().split()
        for days, words in [(4, 'Getting old'), (9, 'Too old')]:
            with open(os.path.join(data, 'backup-last'), 'w') as last:
                last.write(f'{int(note[0]) - days * 86400000} {note[1]} {note[2]}\n')
            holds(ann.page('/manage/backup'), words)
        same(server.person('r.ahmed').get('/manage/backup').status, 403)


@claim
def the_ledgers_page_says_that_its_chain_is_whole_and_when_it_is_not_where(folder):
    data = made(folder)
    with Server(data) as server:
        ivy = server.person('i.view')
        until(lambda: 'unbroken' in ivy.page('/manage/ledger'), 'read through')
        holds(ivy.page('/manage/ledger'), 'Checked from the first entry to the last: unbroken')
        same(server.person('r.ahmed').get('/manage/ledger').status, 403)
    with sqlite3.connect(os.path.join(data, 'duly.db')) as store:
        for name, in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger'").fetchall():
            store.execute(f'DROP TRIGGER {name}')
        same(store.execute("UPDATE ledger SET actor = actor + 1 WHERE seq = 3").rowcount, 1)
    with Server(data) as server:
        ivy = server.person('i.view')
        until(lambda: 'The ledger is broken' in ivy.page('/manage/ledger'), 'found')
        page = ivy.page('/manage/ledger')
        holds(page, 'entry 3')
        lacks(page, 'unbroken')


@claim
def the_days_work_is_done_while_the_server_runs(folder):
    data = os.path.join(folder, 'demo')
    bars.demonstration(DULY, data, '--children', '60', '--seed', '3', '--now', '2026-11-20')
    with sqlite3.connect(os.path.join(data, 'duly.db')) as db:
        db.execute('UPDATE subject SET wake_on = 20778 WHERE id = (SELECT min(id) FROM subject)')
    with Server(data, '--now', '2026-11-20T23:59:56'):
        until(lambda: rows(data, 'SELECT count(*) FROM subject WHERE wake_on <= 20778') == [(0,)], 'woken')


def piece(name, body):
    return struct.pack('>I', len(body)) + name + body + struct.pack('>I', zlib.crc32(name + body))


def picture(width=20, height=10, more=b'', tail=b'', lines=None, interlaced=0, head=None):
    pixels = b'\0' * ((width * 3 + 1) * (height if lines is None else lines))
    header = struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, interlaced) if head is None else head
    return (b'\x89PNG\r\n\x1a\n' + piece(b'IHDR', header) + more + piece(b'IDAT', zlib.compress(pixels)) +
            piece(b'IEND', b'') + tail)


def worker(kind, given):
    result = subprocess.run([DULY, 'worker', kind], input=given, capture_output=True, timeout=60)
    same(result.returncode, 0)
    return struct.unpack('<I', result.stdout[4:8])[0], result.stdout[12:]


@claim
def a_picture_is_made_anew_from_its_pixels_or_refused(folder):
    code, made_anew = worker('logo', picture(more=piece(b'tEXt', b'secret place') + piece(b'eXIf', b'x')))
    same(code, 0)
    same(made_anew, picture())
    assert b'secret' not in made_anew
    whole = picture()
    broken = [b'', b'GIF89a' + whole, whole[:40], whole[:-5], picture(tail=b'<script>'), picture(1201, 10),
              picture(10, 401), picture(lines=9), picture(lines=11), picture(interlaced=1),
              picture(head=struct.pack('>IIBBBBB', 0, 10, 8, 2, 0, 0, 0)),
              picture(head=struct.pack('>IIBBBBB', 20, 10, 7, 2, 0, 0, 0)), picture(more=piece(b'ABCD', b'x')),
              whole.replace(b'IEND', b'IENE'), picture(more=piece(b'IHDR', b'x' * 13)),
              whole[:60] + bytes([whole[60] ^ 1]) + whole[61:], picture(head=struct.pack('>II', 20, 10))]
    for content in broken:
        code, _ = worker('logo', content)
        assert code != 0, content[:80]


@claim
def one_colour_and_a_logo_make_it_the_councils_own(folder):
    data = made(folder)
    with Server(data) as server:
        ann = server.person('a.first')
        path = '/manage/branding'
        same(server.ask('GET', '/brand.css').status, 404)
        pale = ann.upload(path, [], colour='#00a0d0')
        same(pale.status, 422)
        holds(pale.text, 'have a contrast of 3.0 to 1, and need 4.5 to 1')
        holds(pale.text, 'value="#00a0d0"')
        holds(ann.upload(path, [], colour='blue;}').text, 'Enter a colour of six figures')
        for content in (b'<svg onload=alert(1)>', picture(2000, 10)):
            bad = ann.upload(path, [('logo', 'logo.png', content)], colour='#5a0030')
            same(bad.status, 422)
            holds(bad.text, 'href="#logo">The ')
        same(server.ask('GET', '/brand.css').status, 404)
        answer = ann.upload(path, [('logo', 'logo.png', picture())], colour='5A0030')
        same(answer.status, 303)
        page = ann.page(answer.to)
        holds(page, 'The branding is saved')
        holds(page, 'name="theme-color" content="#5a0030"')
        stranger = server.ask('GET', '/sign-in').text
        style, logo = re.search(r'href="(/brand\.css[^"]+)"', stranger)[1], re.search(r'src="(/brand-logo[^"]+)"', stranger)[1]
        css = server.ask('GET', style)
        same(css.text, ':root{--govuk-brand-colour:#5a0030}\n')
        holds(css.headers['cache-control'], 'immutable')
        holds(server.ask('GET', '/brand.css').headers['cache-control'], 'no-store')
        image = server.ask('GET', logo)
        same((image.headers['content-type'], image.body), ('image/png', picture()))
        same(image.headers['x-content-type-options'], 'nosniff')
        holds(image.headers['content-security-policy'], 'sandbox')
        same(server.person('r.ahmed').get(path).status, 403)
    with Server(data) as server:  # it is the store's, not the process's
        holds(server.ask('GET', '/sign-in').text, style)
        ann = server.person('a.first')
        holds(ann.done(path + '/reset'), 'Duly looks as it did')
        lacks(server.ask('GET', '/sign-in').text, 'brand')
    verified(data)


@claim
def settings_are_checked_kept_and_in_the_ledger(folder):
    data = made(folder)
    with Server(data) as server:
        ann = server.person('a.first')
        wrong = ann.post('/manage/settings', **{'setting-1': 'ring me', 'setting-2': 'many', 'setting-3': '-1',
                                                'setting-6': 'maybe'})
        same(wrong.status, 422)
        for words in ('Enter a telephone number', 'must be a number from 1 to 500', 'Choose yes or no',
                      'value="ring me"'):
            holds(wrong.text, words)
        page = ann.done('/manage/settings', **{'setting-7': 'Example Council', 'setting-1': '01632 960 001',
                                               'setting-3': '30', 'setting-6': 'required'})
        holds(page, 'The settings are saved')
        holds(page, 'value="Example Council"')
        same(server.person('m.lead').get('/manage/settings').status, 403)
        cal, out = server.person('c.keeper'), demo_files(folder, 30)
        imported(cal, out, 'ssda903')
        holds(cal.page('/manage/sources'), 'the limit is 30')
    # One form, one entry; and what it tells of is held against it.
    same(rows(data, "SELECT l.changed, count(*) FROM ledger l JOIN setting_told t ON t.seq = l.seq "
              "WHERE l.act = 'set-several' GROUP BY l.seq, l.changed"), [(4, 4)])
    verified(data)


def demonstration(folder):
    """A demonstration, and its people: {role: (login, password)}"""
    data = os.path.join(folder, 'demo')
    bars.demonstration(DULY, data, '--children', '120', '--seed', '5', '--now', '2026-11-20')
    people = {}
    for line in open(os.path.join(data, 'demo-users.txt')):
        role, login, password = line.split()
        people.setdefault(role, (login, password))
    return data, people


@claim
def a_manager_gives_ticked_children_to_somebody_who_sees_them_at_once(folder):
    data, people = demonstration(folder)
    add(data, 'n.new', 'Nia New', 'reviewing-officer')
    with Server(data, '--now', '2026-11-20T09:00', '--freeze') as server:
        lead, nia = server.person(*people['manager']), server.person('n.new')
        holds(nia.page('/caseload'), '0 children')
        page = lead.page('/manage/allocation')
        holds(page, 'Nia New')
        holds(page, 'Nobody')
        path, _ = re.search(r'href="(/manage/allocation/children\?as=iro&who=\w+)">([^<]+)<', page).groups()
        listed = lead.page(path)
        ticks = re.findall(r'name="child" id="child-\d+" value="(\d+)"', listed)
        groups = rows(data, "SELECT sibling_group, min(subject) FROM child_row WHERE sibling_group <> '' AND subject IN "
                      f"({', '.join(ticks)}) GROUP BY sibling_group HAVING count(*) > 1 LIMIT 1")
        ticks = ([str(groups[0][1])] + [n for n in ticks if n != str(groups[0][1])])[:1]
        who = re.search(r'name="who" value="([^"]+)"', listed).group(1)
        wrong = lead.post('/manage/allocation/children', **{'as': 'iro', 'who': who})
        same(wrong.status, 422)
        for words in ('Tick the children', 'href="#to">Choose a person', 'href="#reason">Enter the reason'):
            holds(wrong.text, words)
        send = {'as': 'iro', 'who': who, 'to': 'n.new', 'reason': 'New in the team', 'child': ticks}
        # Brothers and sisters who stay with another are said, and may be all the same.
        asked = lead.post('/manage/allocation/children', **send)
        same(asked.status, 422)
        holds(asked.text, 'Brothers and sisters usually have one reviewing officer')
        holds(asked.text, 'href="#family"')
        said = dict(send, family=re.search(r'name="family" type="checkbox" value="(\w+)"', asked.text).group(1))
        # Not a tick for something else.
        same(lead.post('/manage/allocation/children', **dict(said, family='0123456789abcdef')).status, 422)
        send = said
        holds(lead.done('/manage/allocation/children', **send), 'The children are given')
        holds(nia.page('/caseload'), f'{len(ticks)} child')
        again = lead.post('/manage/allocation/children', **send)
        same(again.status, 422)
        holds(again.text, 'Somebody else has given one of these children away')
        nobody = dict(send, to='nobody.here', who='nianew')
        holds(lead.post('/manage/allocation/children', **nobody).text, 'Choose a person from the list')
        same(lead.post('/manage/allocation/children', **dict(send, child=['99999999'])).status, 404)
        for role in ('reviewing-officer', 'custodian', 'administrator', 'auditor'):
            same(server.person(*people[role]).get('/manage/allocation').status, 403)
        # Who still has children is not stopped.
        ann = server.person(*people['administrator'])
        stop = f"/manage/users/{number_of(data, 'n.new')}/disable"
        holds(ann.page(stop), '1 child has them as reviewing officer')
        same(ann.post(stop).status, 422)
    same(rows(data, "SELECT count(*) FROM child_row WHERE iro = 'Nia New'"), [(len(ticks),)])
    verified(data)


sys.exit(1 if run(each=lambda: tempfile.TemporaryDirectory(prefix='duly-manage-')) else 0)
