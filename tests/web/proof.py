#!/usr/bin/env python3
"""The ledger over every route of src/web/routes.def: each change is one entry, each page that names
children one look, everything else nothing. TAP.

The table of routes is read from routes.def itself. For every route each role of the demonstration
asks; what a GET must leave follows from its permission. A POST is tried without a sign-in, without
its form's token and with an empty form: none may leave an entry where it is refused. Then its sample
is sent, and must be done, and leave exactly what the sample says.

A new GET needs nothing here, unless it names children without a permission that says so: NAMES.
A new POST needs a sample, at the end of SAMPLES: who sends what, and how many entries it leaves."""
import base64
import calendar
import datetime
import hmac
import json
import re
import sqlite3
import subprocess
import sys
import time
import traceback
import urllib.parse
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests' / 'bars'))
sys.path.insert(0, str(ROOT / 'tests' / 'web'))
import desk as bars  # noqa: E402
import idp  # noqa: E402
from authenticator import Authenticator  # noqa: E402

if len(sys.argv) > 1:
    bars.DULY = sys.argv[1]

ROUTE = re.compile(r'^ROUTE(?:_FILES)?\((\w+), "([^"]+)", (\w+), (\w+)\)', re.M)
NAMING = {'MAY_SEE_CHILD', 'MAY_SEE_NAME', 'MAY_LIST_CASELOAD', 'MAY_SEARCH', 'MAY_BOOK', 'MAY_ATTEND',
          'MAY_SEE_MATTERS', 'MAY_SAVE_MATTER', 'MAY_SEE_QUALITY', 'MAY_EXPLAIN'}
# Pages with another permission that leave a look all the same, and why.
NAMES = {
    'GET /manage/ledger': 'who reads the ledger is in it',
    'GET /manage/ledger.csv': 'who takes it away is in it',
    'GET /manage/expunge/:id': 'it shows a version of a child',
    'GET /monday': 'each number lists its children',
    'GET /manage/allocation/children': 'it lists the children of one person',
    'GET /tracker/example.csv': 'it names children of the caseload',
    'GET /manage/calendar/closed': 'children whose clocks are over and would have other dates',
    'GET /manage/sources/missing': 'children whom the last file left out',
    'GET /monday': 'who reads the numbers of the service is in it',
    'GET /manage/allocation/children': 'children of one person, to be given to another',
}
# Pages with a naming permission that leave none, and why.
NAMELESS = {
}


class Form(HTMLParser):
    """What a browser would send of the forms of a page, untouched."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.at, self.area, self.choice = [], None, None, None
        self.feed(text)

    def put(self, name, value):
        if self.at is not None and name:
            self.at['fields'].append((name, value))

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == 'form':
            self.at = {'action': a.get('action'), 'method': a.get('method', 'get'), 'fields': []}
            self.forms.append(self.at)
        elif tag == 'input' and a.get('type') in ('radio', 'checkbox'):
            if 'checked' in a:
                self.put(a.get('name'), a.get('value', 'on'))
        elif tag == 'input' and a.get('type') not in ('submit', 'file'):
            self.put(a.get('name'), a.get('value', ''))
        elif tag == 'textarea':
            self.area = [a.get('name'), '']
        elif tag == 'select':
            self.choice = [a.get('name'), None, None]
        elif tag == 'option' and self.choice:
            if self.choice[1] is None or 'selected' in a:
                self.choice[1] = a.get('value', '')

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == 'form':
            self.at = None
        elif tag == 'textarea' and self.area:
            self.put(*self.area)
            self.area = None
        elif tag == 'select' and self.choice:
            self.put(self.choice[0], self.choice[1] or '')
            self.choice = None


class Walk:
    def __init__(self, desk):
        self.desk, self.people = desk, desk.people()
        self.store = sqlite3.connect(f'file:{desk.data}/duly.db?mode=ro', uri=True, isolation_level=None)
        self.children = {}
        for role, person in self.people.items():
            self.children[role] = person.children()
        # Of the council that everybody here works for: a receiver must work for the child's.
        home = self.one("SELECT authority FROM person WHERE role = 'manager'")
        self.children['reviewing-officer'] = [
            child for child in self.children['reviewing-officer']
            if self.one('SELECT authority FROM subject WHERE id = ?', child) == home]
        # Somebody who may be stopped and changed without an end to the walk.
        _, to, fields = self.fill('administrator', '/manage/users/add', name='N Zero', login='n.zero',
                                  role='auditor', team='')
        assert self.people['administrator'].ask('POST', to, fields).status == 303

    def size(self):
        return self.store.execute('SELECT seq FROM ledger_head').fetchone()[0]

    def acts(self, after):
        return [act for act, in self.store.execute('SELECT act FROM ledger WHERE seq > ? ORDER BY seq', (after,))]

    def one(self, text, *values):
        row = self.store.execute(text, values).fetchone()
        return row[0] if row else None

    def fill(self, role, page, to=None, /, **typed):
        """The form of a page as it comes, with some of it typed over: what to POST, and where."""
        answer = self.people[role].get(page)
        if answer.status == 303:  # a form that is told from others by its key
            answer = self.people[role].get(answer.headers['location'])
        if answer.status != 200:
            raise AssertionError(f'{role} cannot have {page}: {answer.status}')
        to = to or page.split('?')[0]
        for form in Form(answer.text).forms:
            if form['method'].lower() == 'post' and (form['action'] or page).split('?')[0] == to:
                break
        else:
            raise AssertionError(f'{page} has no form that is sent to {to}')
        names = {name.replace('__', '-'): value for name, value in typed.items()}
        fields = [(n, v) for n, v in form['fields'] if n not in names] + list(names.items())
        return role, form['action'] or page, fields

    def child(self, role='reviewing-officer'):
        return self.children[role][0]

    def asked(self, pattern, role):
        """An address of that pattern that this role may well have."""
        child = (self.children[role] or [1])[0]
        parts = iter(self.ids(pattern, child))
        return re.sub(r':(\w+)', lambda _: str(next(parts)), pattern)

    def ids(self, pattern, child):
        if pattern.startswith('/manage/users'):
            return [self.one("SELECT id FROM person WHERE login = 'n.zero'")] * 2
        if pattern.startswith('/children/:id/record/'):
            return [child, 'contact', 1]
        if pattern.startswith('/children/:id/records/'):
            return [child, self.one('SELECT id FROM record_child WHERE subject = ?', child) or 1, 1]
        if pattern.startswith('/matters/'):
            matter = self.matter()
            if ':word' in pattern:
                return [matter, 'matter_step', 1]
            return [matter, self.one('SELECT id FROM record_matter_step WHERE subject = ?', matter), 1]
        if pattern.startswith('/meetings/'):
            return [self.meeting() or 1]
        if pattern.startswith('/children/:id/findings/'):
            return [child, self.one('SELECT finding FROM quality_finding WHERE subject = ?', child) or 1]
        return [child] + [1] * 4

    def matter(self):
        """A complaint that names no child."""
        return self.one('SELECT min(subject) FROM matter_row WHERE kind_n = 5 AND child IS NULL')

    def meeting(self):
        """Of an officer's child, still to come."""
        return self.one("""SELECT b.id FROM record_booking b JOIN child_row r ON r.subject = b.subject
            JOIN access a ON a.subject = b.subject AND a.relation = 1 JOIN person p ON p.id = a.holder
            WHERE b."on" > 20780 AND b.meeting IN ('cla-review', 'rcpc') AND b.withdrawn_at IS NULL
            AND r.openness = 0 AND p.login = ? ORDER BY b.id""", self.desk.users()['reviewing-officer'][0])


# ---- samples: POST route -> (entries that it leaves, who sends what and where, what is then so)

SAMPLES = {}


def sample(route, entries, then=None):
    """then: asked when it is done, where the number of entries would not tell that it is."""
    def keep(function):
        SAMPLES['POST ' + route] = (entries, function, then)
        return function
    return keep


@sample('/sign-in', 1)
def _(walk):
    login, password = walk.desk.users()['chair']
    return None, '/sign-in', [('login', login), ('password', password)]


@sample('/sign-out', 0)
def _(walk):
    person = walk.desk.sign_in('minute-taker')
    walk.people['leaver'] = person
    return 'leaver', '/sign-out', [('csrf', person.csrf())]


@sample('/caseload', 1)  # a look: the list
def _(walk):
    return 'reviewing-officer', '/caseload', [('csrf', walk.people['reviewing-officer'].csrf()), ('q', 'ab')]


@sample('/search', 1)  # a look: whom it found
def _(walk):
    return walk.fill('reviewing-officer', '/search', find='ra')


@sample('/manage/users/add', 1)
def _(walk):
    return walk.fill('administrator', '/manage/users/add', name='N One', login='n.one', role='auditor', team='')


def new_person(walk, path=''):
    return f"/manage/users/{walk.one('SELECT id FROM person WHERE login = ?', 'n.one')}{path}"


@sample('/manage/users/:id', 1)
def _(walk):
    return walk.fill('administrator', new_person(walk), name='N Two')


@sample('/manage/users/:id/password', 1)
def _(walk):
    return walk.fill('administrator', new_person(walk), new_person(walk, '/password'))


@sample('/manage/users/:id/disable', 1)
def _(walk):
    return walk.fill('administrator', new_person(walk, '/disable'))


@sample('/manage/users/:id/enable', 1)
def _(walk):
    return walk.fill('administrator', new_person(walk), new_person(walk, '/enable'))


@sample('/manage/users/beside', 1)
def _(walk):
    walk.people['their administrator'] = walk.desk.sign_in('administrator', last=True)
    return walk.fill('their administrator', '/manage/users/beside', '/manage/users/beside',
                     login=walk.desk.users()['chair'][0])


@sample('/manage/users/:id/beside', 1)
def _(walk):
    page = '/manage/users/beside'
    walk.people['their administrator'].ask('POST', *walk.fill(
        'their administrator', page, page, login=walk.desk.users()['chair'][0])[1:])
    person = walk.one('SELECT p.id FROM person p WHERE p.login = ?', walk.desk.users()['chair'][0])
    to = f'/manage/users/{person}/beside'
    return 'their administrator', to, [('csrf', walk.people['their administrator'].csrf()), ('authority', '998')]


@sample('/account/authority', 0)  # of one session
def _(walk):
    officer = walk.people['reviewing-officer']
    return 'reviewing-officer', '/account/authority', [('csrf', officer.csrf()), ('council', '998'), ('to', '/monday')]


@sample('/children/:id/must-not-learn', 1)
def _(walk):
    child = f'/children/{walk.child()}'
    for relation in ('mother', 'father'):
        walk.people['reviewing-officer'].ask('POST', *walk.fill(
            'reviewing-officer', child + '/record/person_around', name='N ' + relation, relation=relation)[1:])
    found = walk.store.execute('SELECT id FROM record_person_around WHERE subject = ? ORDER BY id DESC LIMIT 2',
                               (walk.child(),)).fetchall()
    return walk.fill('reviewing-officer', child + '/must-not-learn', whose=found[0][0], kept_from=found[1][0],
                     fact='address')


def receiver(walk):
    return walk.one("SELECT id FROM person WHERE role = 'manager'")


def own(walk, last):
    """A child of the first council, whose people may take it."""
    theirs = {n for n, in walk.store.execute("SELECT subject FROM child_row WHERE authority = '999'")}
    return [child for child in walk.children['reviewing-officer'] if child in theirs][last]


def arrangement(walk, last):
    """For one child, who is not in another arrangement of this walk."""
    return walk.fill('reviewing-officer', '/cover/new', receiver=receiver(walk), which='some',
                     child=own(walk, last), first__day='25', first__month='11',
                     first__year='2026', last__day='27', last__month='11', last__year='2026')


@sample('/cover/new', 1)
def _(walk):
    return arrangement(walk, -1)


@sample('/cover/:id', 1)
def _(walk):
    return walk.fill('manager', f"/cover/{walk.one('SELECT max(id) FROM cover')}", answer='accept')


@sample('/cover/:id/end', 1)
def _(walk):
    cover = f"/cover/{walk.one('SELECT max(id) FROM cover')}"
    return walk.fill('reviewing-officer', cover, cover + '/end')


@sample('/handover', 1)
def _(walk):
    return walk.fill('reviewing-officer', '/handover', receiver=receiver(walk), which='some', first__day='25',
                     child=own(walk, -2), first__month='11', first__year='2026',
                     note='Her brother comes first')


@sample('/inbox', 0)  # only that a notice was seen
def _(walk):
    return walk.fill('manager', '/inbox')


@sample('/children/:id/record/:word', 1)
def _(walk):
    return walk.fill('reviewing-officer', f'/children/{walk.child()}/record/contact', method='visit',
                     alone='yes', note='Seen at home', on__day='2', on__month='11', on__year='2026')


@sample('/children/:id/records/:id', 1)
def _(walk):
    return walk.fill('reviewing-officer', of_child(walk, 'child'), reason='The name was wrong',
                     forename='Rubina')


@sample('/children/:id/records/:id/withdraw', 1)
def _(walk):
    return walk.fill('reviewing-officer', of_child(walk, 'contact') + '/withdraw', reason='Another child')


def of_child(walk, kind):
    record = walk.one(f'SELECT id FROM record_{kind} WHERE subject = ? ORDER BY id DESC', walk.child())
    return f'/children/{walk.child()}/records/{record}'


@sample('/matters/new', 1)
def _(walk):
    return walk.fill('manager', '/matters/new?step=incident-known', '/matters/new', about='A fall',
                     on__day=20, on__month=11, on__year=2026)


def of_matter(walk):
    record = walk.one('SELECT max(id) FROM record_matter_step WHERE subject = ?', walk.matter())
    return f'/matters/{walk.matter()}/records/{record}'


@sample('/matters/:id/record/:word', 1)
def _(walk):
    page = f'/matters/{walk.matter()}/record/matter_step?kind=panel-met'
    return walk.fill('manager', page, on__day=20, on__month=11, on__year=2026)


@sample('/matters/:id/records/:id', 1)
def _(walk):
    return walk.fill('manager', of_matter(walk), on__day=19, reason='Read from the letter')


@sample('/matters/:id/records/:id/withdraw', 1)
def _(walk):
    return walk.fill('manager', of_matter(walk) + '/withdraw', reason='Of another complaint')


@sample('/matters/:id/records/:id/expunge', 1)
def _(walk):
    return walk.fill('head', of_matter(walk) + '/expunge', reason='Of another', receivers='Nobody')


@sample('/drafts', 0)  # nothing is known yet that was not
def _(walk):
    role, _, fields = walk.fill('reviewing-officer', f'/children/{walk.child()}/record/contact', note='Half')
    return role, '/drafts', fields


@sample('/drafts/:id/discard', 0)
def _(walk):
    to = re.search(r'/drafts/\d+/discard', walk.people['reviewing-officer'].get('/drafts').text)[0]
    return walk.fill('reviewing-officer', '/drafts', to)


@sample('/manage/imports', 1)  # by the import itself, when it is done
def _(walk):
    role, to, fields = walk.fill('custodian', '/manage/imports', kind='people')
    head = "child,forename,surname,dob,iro,chair,social_worker,team,sibling_group,restricted\n"
    head += f'{walk.one("SELECT min(number) FROM child_row")},,,,R Officer,,,,,no\n'
    return role, to, files(fields, 'files', 'people.csv', head.encode())


@sample('/manage/imports/:id/cancel', 0)
def _(walk):
    number = walk.one('SELECT max(id) FROM job')
    return 'custodian', f'/manage/imports/{number}/cancel', [('csrf', walk.people['custodian'].csrf())]


@sample('/manage/sources/none-restricted', 1)
def _(walk):
    return walk.fill('custodian', '/manage/sources/none-restricted', sure='yes',
                     password=walk.desk.users()['custodian'][1])


@sample('/children/:id/records/:id/expunge', 1)
def _(walk):
    return walk.fill('head', of_child(walk, 'contact') + '/expunge', reason='Of another child',
                     receivers='Nobody')


@sample('/manage/expunge/:id', 1)
def _(walk):
    proposal = walk.one('SELECT max(id) FROM expunge')
    role, to, fields = walk.fill('manager', f'/manage/expunge/{proposal}')
    return role, to, fields + [('decision', 'remove')]


@sample('/tracker/example', 1)  # children's numbers leave: a file of them is made
def _(walk):
    return walk.fill('reviewing-officer', '/tracker', '/tracker/example')


@sample('/tracker', 0)  # nothing is kept unless asked
def _(walk):
    role, to, fields = walk.fill('reviewing-officer', '/tracker')
    example = walk.people[role].get('/tracker/example.csv').body
    return role, to, files(fields, 'file', 'my.csv', example)


@sample('/tracker/columns', 0)
def _(walk):
    return walk.fill('reviewing-officer', '/tracker/columns')


@sample('/tracker/keep', 1)
def _(walk):
    text = walk.people['reviewing-officer'].get('/tracker/read').text
    box = re.search(r'<input[^>]*type="checkbox"[^>]*>', text)[0]
    name, value = (re.search(rf'{what}="([^"]*)"', box)[1] for what in ('name', 'value'))
    role, to, fields = walk.fill('reviewing-officer', '/tracker/read', '/tracker/keep')
    return role, to, fields + [(name, value)]


@sample('/tracker/end', 0)
def _(walk):
    return 'reviewing-officer', '/tracker/end', [('csrf', walk.people['reviewing-officer'].csrf())]


@sample('/manage/branding', 1)
def _(walk):
    role, to, fields = walk.fill('administrator', '/manage/branding', colour='#1d4f3c')
    return role, to, files(fields, 'logo', '', b'')


@sample('/manage/branding/reset', 1)
def _(walk):
    return walk.fill('administrator', '/manage/branding', '/manage/branding/reset')


def holidays(extra):
    """The days that are published, of three years, and one more."""
    source = Path(__file__).resolve().parents[2] / 'src/law/holidays.csv'
    kept = [line for line in source.read_text(encoding='utf-8').splitlines()
            if line[:4] in ('2026', '2027', '2028')]
    return sorted(kept + [f'{extra},A day of thanks,Extra bank holiday'])


@sample('/manage/calendar', 0)
def _(walk):
    role, to, fields = walk.fill('administrator', '/manage/calendar')
    events = [dict(zip(('date', 'title', 'notes'), line.split(','))) for line in holidays('2026-11-10')]
    listed = json.dumps({'england-and-wales': {'division': 'england-and-wales', 'events': events}})
    return role, to, files(fields, 'holidays', 'bank-holidays.json', listed.encode())


@sample('/manage/calendar/take', 2)  # the calendar, and that all clocks have followed it
def _(walk):
    role, _, fields = walk.fill('administrator', '/manage/calendar')
    rows = '\n'.join(['date,title,note', *holidays('2026-11-10'), ''])
    return role, '/manage/calendar/take', [*[f for f in fields if f[0] == 'csrf'], ('rows', rows),
                                           ('file', 'bank-holidays.json'), ('compared', 'yes')]


@sample('/manage/calendar/closed', 1)
def _(walk):
    return walk.fill('manager', '/manage/calendar/closed')


@sample('/manage/settings', 1)
def _(walk):
    return walk.fill('administrator', '/manage/settings', setting__7='Wexcombe West', setting__1='01632 960 002')


@sample('/manage/allocation/children', 1)
def _(walk):
    counts = walk.people['manager'].get('/manage/allocation').text
    path = re.search(r'href="(/manage/allocation/children[^"]+)"', counts).group(1).replace('&amp;', '&')
    listed = walk.people['manager'].get(path).text
    child = re.search(r'name="child" id="child-\d+" value="(\d+)"', listed).group(1)
    to = re.search(r'<select[^>]*name="to".*?<option value="([^"]+)"', listed, re.S).group(1)
    role, to, fields = walk.fill('manager', path, '/manage/allocation/children', child=child, to=to, reason='a test')
    # What practice says of brothers and sisters is asked back, and ticked.
    asked = re.search(r'name="family" type="checkbox" value="(\w+)"', walk.people[role].ask('POST', to, fields).text)
    return role, to, fields + ([('family', asked.group(1))] if asked else [])


@sample('/account/stay', 0)
def _(walk):
    return walk.fill('duty', '/account', '/account/stay')


@sample('/account/confirm', 0)
def _(walk):
    walk.people['duty'] = walk.desk.sign_in('duty')
    return walk.fill('duty', '/account/confirm', current=walk.desk.users()['duty'][1])


@sample('/account/recovery-codes/done', 0)
def _(walk):
    walk.people['duty'] = walk.desk.sign_in('duty')
    return 'duty', '/account/recovery-codes/done', [('csrf', walk.people['duty'].csrf())]


@sample('/account/sessions/:id/end', 1)
def _(walk):
    walk.people['duty'] = walk.desk.sign_in('duty')
    text = walk.people['duty'].get('/account').text
    return walk.fill('duty', '/account', re.search(r'/account/sessions/\d+/end', text)[0])


@sample('/account/sessions/end', 1)
def _(walk):
    person = walk.people['lado'] = walk.desk.sign_in('lado')
    return 'lado', '/account/sessions/end', [('csrf', person.csrf())]


@sample('/account/password', 1)
def _(walk):
    walk.people['scrutineer'] = walk.desk.sign_in('scrutineer')
    return walk.fill('scrutineer', '/account/password', current=walk.desk.users()['scrutineer'][1],
                     new='lantern otter gable')


# Two steps: one person sets them up, signs in with each, and goes without again.

TWICE = 'social-worker'


def secret(walk):
    text = walk.people[TWICE].get('/account/second-factor').text
    return base64.b32decode(re.search(r'id="secret">([A-Z2-7 ]+)<', text)[1].replace(' ', ''))


def code(key, later=0):
    """RFC 6238 at the time that the clock is held at: London's is UTC in November."""
    now = calendar.timegm(time.strptime(bars.NOW, '%Y-%m-%dT%H:%M'))
    mark = hmac.digest(key, (now // 30 + later).to_bytes(8, 'big'), 'sha1')
    at = mark[-1] & 15
    return f"{(int.from_bytes(mark[at:at + 4], 'big') & 0x7fffffff) % 10 ** 6:06}"


def half_way(walk, path, typed):
    """Who has given the password, and is asked for more."""
    login, password = walk.desk.users()[TWICE]
    answer = walk.desk.ask('POST', '/sign-in', {'login': login, 'password': password})
    if answer.headers.get('location') != '/sign-in/code':
        raise AssertionError(f"no second step is asked for: {answer.headers.get('location')}")
    walk.people['half'] = bars.Person(walk.desk, TWICE, answer.cookie)
    return 'half', path, [('code', typed)]


def is_another(walk):
    assert secret(walk) != walk.offered, 'the secret that was offered before is still the one'


@sample('/account/second-factor/offer', 0, is_another)  # nothing is set up yet
def _(walk):
    walk.people[TWICE] = walk.desk.sign_in(TWICE)
    walk.offered = secret(walk)
    return TWICE, '/account/second-factor/offer', [('csrf', walk.people[TWICE].csrf())]


@sample('/account/second-factor/confirm', 1)  # the app, with its codes
def _(walk):
    walk.key = secret(walk)
    return walk.fill(TWICE, '/account/second-factor', '/account/second-factor/confirm', code=code(walk.key))


@sample('/sign-in/code', 1)
def _(walk):
    return half_way(walk, '/sign-in/code', code(walk.key, 1))  # the app's first is spent


@sample('/sign-in/recovery', 1)
def _(walk):
    shown = walk.people[TWICE].get('/account/recovery-codes').text
    return half_way(walk, '/sign-in/recovery', re.search(r'>([a-z2-9-]{29})</code>', shown)[1])


@sample('/account/recovery-codes', 1)
def _(walk):
    return TWICE, '/account/recovery-codes', [('csrf', walk.people[TWICE].csrf())]


@sample('/account/second-factor/remove', 1)
def _(walk):
    return walk.fill(TWICE, '/account/second-factor', '/account/second-factor/remove')


def is_told(walk):
    person = walk.desk.sign_in(TWICE)
    assert 'Your second step was reset' in person.get('/account/second-factor').text
    assert walk.one("SELECT count(*) FROM notice WHERE kind = 'factor-reset'") == 1


@sample('/manage/users/:id/second-factor', 1, is_told)
def _(walk):
    person = walk.people[TWICE] = walk.desk.sign_in(TWICE)
    person.ask('POST', '/account/second-factor/offer', [('csrf', person.csrf())])
    role, path, fields = walk.fill(TWICE, '/account/second-factor', '/account/second-factor/confirm',
                                   code=code(secret(walk)))
    assert person.ask('POST', path, fields).status == 303
    login = walk.desk.users()[TWICE][0]
    return walk.fill('administrator', f"/manage/users/{walk.one('SELECT id FROM person WHERE login = ?', login)}/second-factor")


def at(walk, clock):
    walk.desk.stop()
    bars.NOW = clock
    walk.desk.start()


def nothing_is_kept(walk):
    assert walk.one('SELECT count(*) FROM kept_form') == 0, 'what was typed is kept still'


@sample('/account/kept/:id/drop', 0, nothing_is_kept)  # nobody but its person knew of it
def _(walk):
    chair = walk.desk.sign_in('chair')
    fields = [('csrf', chair.csrf()), ('q', 'Half a name')]
    now = bars.NOW
    at(walk, '2026-11-20T09:31')
    ended = chair.ask('POST', '/caseload', fields)
    at(walk, now)
    assert ended.headers.get('location') == '/sign-in?kept=1', ended.headers
    walk.people['chair'] = walk.desk.sign_in('chair')
    text = walk.people['chair'].get('/account/kept').text
    return walk.fill('chair', '/account/kept', re.search(r'/account/kept/\d+/drop', text)[0])


# A passkey: added, used in each way, named, removed. Each challenge is good for one thing.

KEYED = 'head'


def challenge(walk, path, what, **fields):
    person = walk.people[KEYED]
    answer = person.ask('POST', path, {'for': what, **fields})
    assert answer.status == 200 and len(answer.text) == 43, f'no challenge: {answer.status}'
    return answer.text


def account_challenge(walk, what):
    return challenge(walk, '/account/passkeys/challenge', what, csrf=walk.people[KEYED].csrf())


@sample('/account/passkeys/challenge', 0)
def _(walk):
    walk.people[KEYED] = walk.desk.sign_in(KEYED)
    return KEYED, '/account/passkeys/challenge', {'csrf': walk.people[KEYED].csrf(), 'for': 'add'}


def is_listed(walk):
    assert 'N Key' in walk.people[KEYED].get('/account/passkeys').text


@sample('/account/passkeys/add', 1, is_listed)  # with recovery codes, in one entry
def _(walk):
    walk.passkey = Authenticator(f'http://localhost:{walk.desk.port}')
    page = walk.people[KEYED].get('/account/passkeys/add').text
    walk.passkey.user = base64.urlsafe_b64decode(re.search(r'data-user="([^"]+)"', page)[1] + '=')
    made = walk.passkey.make(account_challenge(walk, 'add'))
    return walk.fill(KEYED, '/account/passkeys/add', name='N Key', **made)


def key_path(walk, rest=''):
    return f"/account/passkeys/{walk.one('SELECT max(id) FROM passkey')}{rest}"


@sample('/account/passkeys/:id', 1)
def _(walk):
    return walk.fill(KEYED, key_path(walk), name='N Other')


@sample('/account/confirm/passkey', 0)
def _(walk):
    shown = walk.passkey.show(account_challenge(walk, 'confirm'))
    return KEYED, '/account/confirm/passkey', {'csrf': walk.people[KEYED].csrf(), **shown}


@sample('/sign-in/passkey/challenge', 0)
def _(walk):
    return None, '/sign-in/passkey/challenge', {'for': 'alone'}


@sample('/sign-in/passkey', 1)
def _(walk):
    login, password = walk.desk.users()[KEYED]
    answer = walk.desk.ask('POST', '/sign-in', {'login': login, 'password': password})
    assert answer.headers.get('location') == '/sign-in/passkey', answer.headers
    walk.people[KEYED] = bars.Person(walk.desk, KEYED, answer.cookie)
    return KEYED, '/sign-in/passkey', walk.passkey.show(challenge(walk, '/sign-in/passkey/challenge', 'step'))


def alone(walk):
    given = walk.desk.ask('POST', '/sign-in/passkey/challenge', {'for': 'alone'})
    walk.people[KEYED] = bars.Person(walk.desk, KEYED, given.cookie)
    return KEYED, '/sign-in/passkey-alone', walk.passkey.show(given.text)


@sample('/sign-in/passkey-alone', 1)
def _(walk):
    return alone(walk)


@sample('/account/passkeys/:id/remove', 1)
def _(walk):
    role, path, fields = alone(walk)
    answer = walk.people[role].ask('POST', path, fields)
    walk.people[KEYED] = bars.Person(walk.desk, KEYED, answer.cookie)
    return walk.fill(KEYED, key_path(walk, '/remove'))


# One child is restricted, opened with a reason, and that reviewed; the pages that then name them, too.

def looks(walk, role, page):
    before = walk.size()
    answer = walk.people[role].get(page)
    acts = walk.acts(before)
    assert answer.status == 200 and len(acts) == 1 and acts[0].startswith('look:'), \
        f'{page} as {role}: answered {answer.status}, left {acts or "nothing"}; wanted one look'


def ending(walk):
    return f"/manage/restrictions/{walk.one('SELECT max(id) FROM record_restriction')}/end"


def is_restricted(walk):
    for page in ('/manage/restrictions', ending(walk), f'/children/{walk.child()}/open'):
        looks(walk, 'manager', page)


@sample('/manage/restrictions/add', 1, is_restricted)
def _(walk):
    number = walk.one('SELECT number FROM child_row WHERE subject = ?', walk.child())
    return walk.fill('manager', '/manage/restrictions/add', number=number, what='restricted',
                     reason='A relative may look for the child')


def opening(walk):
    return f"/manage/openings/{walk.one('SELECT max(id) FROM opening')}"


def is_opened(walk):
    for page in ('/manage/openings', opening(walk)):
        looks(walk, 'head', page)


@sample('/children/:id/open', 1, is_opened)
def _(walk):
    return walk.fill('manager', f'/children/{walk.child()}/open', reason='The police rang tonight')


@sample('/manage/openings/:id', 1)
def _(walk):
    return walk.fill('head', opening(walk), outcome='right', note='The police confirmed it')


def reviewing(walk):
    return ending(walk).replace('/end', '/review')


@sample('/manage/restrictions/:id/review', 1, lambda walk: looks(walk, 'manager', reviewing(walk)))
def _(walk):
    return walk.fill('manager', reviewing(walk), outcome='quarter', note='The risk stands')


@sample('/manage/restrictions/:id/end', 1)
def _(walk):
    return walk.fill('manager', ending(walk), reason='It is over')


@sample('/account/told', 0)  # nothing is known that was not
def _(walk):
    person, notice = walk.store.execute(
        "SELECT p.login, n.id FROM notice n JOIN person p ON p.id = n.person WHERE n.seen_at IS NULL").fetchone()
    role = next(role for role, (login, _) in walk.desk.users().items() if login == person)
    walk.people[role] = walk.desk.sign_in(role)
    return role, '/account/told', [('csrf', walk.people[role].csrf()), ('notice', notice)]


# Somebody is invited to a meeting, drafts its record, gives it to the chair; and the invitation ends.

def invited(walk, rest=''):
    return f'/meetings/{walk.meeting()}{rest}'


@sample('/meetings/:id/invite', 1, lambda walk: looks(walk, 'minute-taker', invited(walk)))
def _(walk):
    taker = walk.one('SELECT id FROM person WHERE login = ?', walk.desk.users()['minute-taker'][0])
    return walk.fill('reviewing-officer', invited(walk), invited(walk, '/invite'), person=str(taker), minutes='yes')


@sample('/meetings/:id/record', 1)
def _(walk):
    return walk.fill('minute-taker', invited(walk, '/record'), action='hand')


@sample('/meetings/:id/uninvite', 1)
def _(walk):
    return walk.fill('reviewing-officer', invited(walk), invited(walk, '/uninvite'))


def is_found(walk):
    entry = walk.one('SELECT subjects FROM ledger ORDER BY seq DESC LIMIT 1')
    assert entry == str(walk.sought), f'sought {walk.sought}, the entry says {entry!r}'
    looks(walk, 'duty', f"/duty?search={walk.one('SELECT max(id) FROM duty_search')}")


@sample('/duty', 1, is_found)
def _(walk):
    walk.people['duty'] = walk.desk.sign_in('duty')
    walk.sought, forename, surname, born = walk.store.execute(
        'SELECT subject, forename, surname, born FROM child_row WHERE openness = 0 AND surname IS NOT NULL '
        'AND forename IS NOT NULL AND born IS NOT NULL ORDER BY subject').fetchone()
    day = datetime.date(1970, 1, 1) + datetime.timedelta(days=born)
    return walk.fill('duty', '/duty', forename=forename, surname=surname, born__day=day.day,
                     born__month=day.month, born__year=day.year)


# ---- council accounts: an issuer of our own says who it is

def council_way(walk, role, path):
    """There and back, as that person's browser: then its cookie is theirs."""
    person = walk.people[role]
    away = person.get(path)
    issuer = walk.idp.issuer('proof')
    back = walk.desk.ask('GET', '/sign-in/council/back?' + urllib.parse.urlencode(
        issuer.authorize(away.headers['location'])), None, away.cookie)
    person.cookie = '; '.join(filter(None, (person.cookie, back.cookie)))
    return back


def chosen(walk, role):
    return f"/manage/users/{walk.one('SELECT id FROM person WHERE role = ?', role)}/council"


@sample('/manage/council', 1)
def _(walk):
    walk.idp.now = lambda: 1795165200  # 20 November 2026, 9am: the desk's clock is held there
    return walk.fill('administrator', '/manage/council', **idp.settings(walk.idp.issuer('proof')))


@sample('/account/council', 1)
def _(walk):
    council_way(walk, 'auditor', '/account/council/go')
    return walk.fill('auditor', '/account/council')


@sample('/account/council/remove', 1)
def _(walk):
    return walk.fill('auditor', '/account/council', '/account/council/remove')


@sample('/manage/users/:id/council/invite', 1)
def _(walk):
    return walk.fill('administrator', chosen(walk, 'lado'), chosen(walk, 'lado') + '/invite')


@sample('/sign-in/council/invitation', 2)  # whose account it is, and that they signed in
def _(walk):
    code = re.search(r'app-made">([a-z2-9-]{29})<', walk.people['administrator'].get(chosen(walk, 'lado') + '/code').text)
    walk.people['invited'] = bars.Person(walk.desk, 'lado', '')
    council_way(walk, 'invited', '/sign-in/council')
    return 'invited', '/sign-in/council/invitation', [('code', code.group(1))]


@sample('/manage/users/:id/council/remove', 1)
def _(walk):
    return walk.fill('administrator', chosen(walk, 'lado'), chosen(walk, 'lado') + '/remove')


@sample('/manage/users/:id/council', 1)
def _(walk):
    return walk.fill('administrator', chosen(walk, 'auditor'), subject='somebody')


@sample('/account/working-days', 1)
def _(walk):
    return walk.fill('reviewing-officer', '/account/working-days', Monday__from='10am')


@sample('/manage/working-days/:id', 1)
def _(walk):
    chair = walk.one('SELECT id FROM person WHERE login = ?', walk.desk.users()['chair'][0])
    return walk.fill('manager', f'/manage/working-days/{chair}', Friday__from='', Friday__to='')


@sample('/manage/rooms', 1)
def _(walk):
    return walk.fill('manager', '/manage/rooms', name='Elm, Town Hall', seats='6')


@sample('/manage/rooms/:id', 1)
def _(walk):
    room = walk.one('SELECT max(id) FROM room')
    return walk.fill('manager', f'/manage/rooms/{room}', note='A step at the door')


@sample('/manage/policy/edit', 1)
def _(walk):
    return walk.fill('head', '/manage/policy/edit?rule=cla-review-first', n='15', reason='Agreed',
                     **{'from-day': '1', 'from-month': '4', 'from-year': '2026'})


@sample('/manage/policy', 2)  # the change, and that all clocks have followed it
def _(walk):
    role, _, fields = walk.fill('head', '/manage/policy/edit?rule=cla-review-first', n='15', reason='Agreed',
                                **{'from-day': '1', 'from-month': '4', 'from-year': '2026'})
    return role, '/manage/policy', fields


@sample('/quality/check', 2)  # that it is asked for, and that it was made
def _(walk):
    role, to, fields = walk.fill('manager', '/quality', '/quality/check')
    return role, to, (fields, {})  # waits for the check, which another thread makes


@sample('/children/:id/findings/:id', 1)
def _(walk):
    child, finding = walk.store.execute(
        'SELECT f.subject, f.finding FROM quality_finding f JOIN child_row r ON r.subject = f.subject '
        'WHERE r.openness = 0 AND r.authority = (SELECT authority FROM person WHERE role = ?) LIMIT 1',
        ('manager',)).fetchone()
    return walk.fill('manager', f'/children/{child}/findings/{finding}', reason='It was so')


@sample('/account/calendar', 1)
def _(walk):
    return walk.fill('chair', '/account/calendar')


@sample('/account/calendar/end', 1)
def _(walk):
    return walk.fill('chair', '/account/calendar', '/account/calendar/end')


@sample('/check', 0)  # nothing is kept unless asked
def _(walk):
    role, to, fields = walk.fill('manager', '/check')
    fields = [(name, value) for name, value in fields if name not in ('return', 'year')]
    return role, to, files(fields + [('return', 'ssda903'), ('year', '2026')], 'files', 'header.csv',
                           b'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,X,31/02/2012,WBRI,,0,\n')


@sample('/check/findings', 0)
def _(walk):
    return 'manager', '/check/findings', [('csrf', walk.people['manager'].csrf()), ('number', '1')]


@sample('/check/keep', 1)
def _(walk):
    return 'manager', '/check/keep', [('csrf', walk.people['manager'].csrf())]


@sample('/check/end', 0)
def _(walk):
    return 'manager', '/check/end', [('csrf', walk.people['manager'].csrf())]


def tried(walk):
    """An extract that was tried, and waits to be imported: the job."""
    _, to, fields = walk.fill('custodian', '/manage/imports', kind='ssd')
    text = 'pers_person_id,pers_forename,Born on\n977001,Asha,2020-01-02\n'
    body, headers = files(fields, 'files', 'ssd_person.csv', text.encode())
    until, path = time.monotonic() + 120, None
    while path is None and time.monotonic() < until:  # another may run still
        path = walk.people['custodian'].ask('POST', to, body, **headers).headers.get('location')
        time.sleep(0.1)
    while walk.people['custodian'].get(path + '/state').text and time.monotonic() < until:
        time.sleep(0.1)
    return path


def typed(walk, **fields):
    """The same form as a body, so that what another thread does afterwards is waited for."""
    fields = {'csrf': walk.people['custodian'].csrf(), **fields}
    return urllib.parse.urlencode(fields).encode(), {'Content-Type': 'application/x-www-form-urlencoded'}


@sample('/manage/imports/:id/columns', 1)
def _(walk):
    return 'custodian', tried(walk) + '/columns', typed(walk, list='ssd_person', pers_dob='Born on')


@sample('/manage/imports/:id/import', 1)  # by the import itself
def _(walk):
    return 'custodian', tried(walk) + '/import', typed(walk)


def files(fields, name, file, content):
    """A form that brings a file: its body, and how it says where its parts end."""
    edge = 'edge-of-a-part'
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields]
    parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
                 'Content-Type: application/octet-stream\r\n\r\n')
    return ''.join(parts).encode() + content + f'\r\n--{edge}--\r\n'.encode(), \
        {'Content-Type': f'multipart/form-data; boundary={edge}'}


# ---- the property

problems = []


def wrong(text):
    if text not in problems:
        problems.append(text)


def expect(walk, route, role, answer, before, most, least=None):
    acts = walk.acts(before)
    least = most if least is None else least
    if not least <= len(acts) <= most:
        wrong(f'{route} as {role}: answered {answer.status}, left {acts or "nothing"}; '
              f'wanted {least if least == most else f"{least} to {most}"}')


def get_all(walk, method, pattern, permission):
    route = f'{method} {pattern}'
    for role, person in walk.people.items():
        before = walk.size()
        answer = person.get(walk.asked(pattern, role))
        names = (permission in NAMING and route not in NAMELESS) or route in NAMES
        if answer.status == 200:
            expect(walk, route, role, answer, before, 1 if names else 0)
        elif answer.status == 303:
            expect(walk, route, role, answer, before, 1, 0)  # an opening told on the way, perhaps
        else:
            expect(walk, route, role, answer, before, 0)
    before = walk.size()
    answer = walk.desk.ask('GET', walk.asked(pattern, 'administrator'))
    expect(walk, route, 'nobody', answer, before, 0)


def refuse_all(walk, route, pattern, permission):
    """Without a sign-in, without the token, and empty."""
    tries = [('nobody', lambda role: walk.desk.ask('POST', walk.asked(pattern, 'chair'), {}))]
    tries += [(role, lambda role: walk.people[role].ask('POST', walk.asked(pattern, role), {}))
              for role in walk.people]
    for role, send in tries:
        before = walk.size()
        answer = send(role)
        if answer.status in (200, 303) and role != 'nobody':
            wrong(f'{route} as {role}: sent without the form\'s token it answered {answer.status}')
        expect(walk, route, role, answer, before, 0)
    if route == 'POST /sign-out':
        return
    for role, person in walk.people.items():
        before = walk.size()
        answer = person.post(walk.asked(pattern, role), {})
        done = answer.status < 400
        if done:
            most = max(1, SAMPLES.get(route, (1,))[0])
            expect(walk, route, role, answer, before, most, 0)  # an empty form can be a whole one
        else:
            acts = [act for act in walk.acts(before) if not act.startswith('look:')]
            if acts:
                wrong(f'{route} as {role}: refused an empty form with {answer.status}, left {acts}')


def send_sample(walk, route):
    entries, make, then = SAMPLES[route]
    role, path, fields = make(walk)
    before = walk.size()
    if role is None:
        answer = walk.desk.ask('POST', path, fields)
    elif isinstance(fields, tuple):
        answer = walk.people[role].ask('POST', path, fields[0], **fields[1])
        until = time.monotonic() + 120  # what follows is another thread's
        while len(walk.acts(before)) < entries and time.monotonic() < until:
            time.sleep(0.2)
    else:
        answer = walk.people[role].ask('POST', path, fields)
    if answer.status not in (200, 303):
        title = re.search(r'<title>([^<]*)', answer.text)
        mistakes = re.findall(r'href="#[^"]*">([^<]*)', answer.text)
        wrong(f'{route}: its sample was not done: {answer.status} {title and title[1]} {mistakes}')
    expect(walk, route, f'{role or "nobody"}, its sample', answer, before, entries)
    if then:
        then(walk)


def check(walk, method, pattern, permission, refuse):
    route = f'{method} {pattern}'
    if method == 'GET':
        get_all(walk, method, pattern, permission)
    elif refuse:
        refuse_all(walk, route, pattern, permission)
    elif route not in SAMPLES:
        wrong(f'{route} has no sample: at the end of SAMPLES in tests/web/proof.py, say who sends what '
              'to it, and how many entries of the ledger it leaves when it is done')
    else:
        send_sample(walk, route)


def in_words(walk):
    """Nobody who reads the ledger has to read a code."""
    for act, in walk.store.execute('SELECT DISTINCT act FROM ledger').fetchall():
        text = walk.people['head'].get('/manage/ledger?' + urllib.parse.urlencode({'act': act})).text
        said = re.search('of the kind “([^”]*)”', text)
        if not said or said[1] == act:
            wrong(f'the act {act} has no words in src/web/acts.def')


def main():
    table = ROUTE.findall((ROOT / 'src/web/routes.def').read_text())
    order = {name: n for n, name in enumerate(SAMPLES)}
    posts = sorted((row for row in table if row[0] == 'POST' and row[1] != '/sign-out'),
                   key=lambda row: order.get(f'POST {row[1]}', 999))
    gets = [row for row in table if row[0] == 'GET']
    leaving = [row for row in table if row[1] == '/sign-out']
    # Pages, then what is refused, then what is done: nothing has changed yet where nothing may.
    plan = [(row, False) for row in gets] + [(row, True) for row in posts + leaving] + \
           [(row, False) for row in posts + leaving]
    print(f'1..{len(plan) + 1}')
    failed = 0
    with bars.Desk(children=40, seed=3, made=('--two-councils',)) as desk, idp.Idp() as provider:
        walk = Walk(desk)
        walk.idp = provider
        for n, ((method, pattern, permission, _), refuse) in enumerate(plan, 1):
            problems.clear()
            try:
                check(walk, method, pattern, permission, refuse)
            except Exception:
                problems.append(traceback.format_exc()[-1500:])
            what = 'refused' if refuse else 'is one look or none' if method == 'GET' else 'done'
            print(f'{"not " if problems else ""}ok {n} - {method} {pattern} {what}', flush=True)
            for problem in problems:
                print(''.join(f'# {line}\n' for line in problem.split('\n')), end='', flush=True)
            failed += bool(problems)
        problems.clear()
        whole = subprocess.run([bars.DULY, 'verify', '--data', desk.data], capture_output=True, text=True, check=False)
        if whole.returncode:
            wrong('after every form was sent once: ' + whole.stdout[-400:])
        walk.people['head'] = walk.desk.sign_in('head')
        in_words(walk)
        print(f'{"not " if problems else ""}ok {len(plan) + 1} - every act that was written has its words', flush=True)
        print(''.join(f'# {problem}\n' for problem in problems), end='', flush=True)
        failed += bool(problems)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
