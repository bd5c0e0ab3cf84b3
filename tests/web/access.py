#!/usr/bin/env python3
"""Who may see and do what, asked of the real program over HTTP. TAP."""
import os
import re
import sqlite3
import sys
import tempfile
import traceback

import serve
from serve import Server, demo, holds, same

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
NOBODY = '/children/999999999'
RELATION = {1: 'own', 2: 'team', 3: 'authority', 4: 'cover', 5: 'invited', 7: 'found', 8: 'opened'}
ROLES = ['none', 'reviewing-officer', 'chair', 'lead-practitioner', 'manager', 'custodian', 'auditor',
         'administrator', 'system', 'minute-taker', 'business-support', 'social-worker', 'head', 'lado',
         'scrutineer', 'duty']
OPENNESS = ['open', 'restricted', 'uncleared', 'hidden']
# One in so many of the questions, where the build under test is slow and the answers are known.
SAMPLE = int(os.environ.get('DULY_SAMPLE', 1))
AT, LATER = '2026-03-27T14:30', '2026-03-27T15:31'
tests = []


def claim(function):
    tests.append(function)
    return function


def lacks(text, part):
    if part in text:
        raise AssertionError(f'{part!r} is in {text[:600]!r}')


class Place:
    """A demonstration, its people signed in, and its tables."""

    def __init__(self, folder):
        self.data = os.path.join(folder, 'data')
        demo(self.data, '--children', '240', '--seed', '5', '--now', AT)
        self.people = {}
        for line in open(os.path.join(self.data, 'demo-users.txt')):
            role, login, password = line.split()
            self.people.setdefault(role, (login, password))

    def ask(self, statement, *values):
        with sqlite3.connect(f'file:{self.data}/duly.db?mode=ro', uri=True, timeout=30) as store:
            return store.execute(statement, values).fetchall()

    def one(self, statement, *values):
        return self.ask(statement, *values)[0][0]

    def person(self, role):
        return self.one('SELECT id FROM person WHERE login = ?', self.people[role][0])

    def own(self, role, n=0):
        """A child whom that role's person is named on, open and with a name."""
        return self.ask('SELECT a.subject, r.number, r.surname, r.forename, r.born FROM access a JOIN '
                        'child_row r ON r.subject = a.subject WHERE a.holder = ? AND a.relation = 1 '
                        'AND r.openness = 0 AND r.surname IS NOT NULL ORDER BY a.subject',
                        self.person(role))[n]


class Desk(Server):
    """The server, and everybody's cookie."""

    def __init__(self, place, now=AT):
        super().__init__(place.data, '--now', now, '--freeze')
        self.place = place
        self.cookies = {}

    def cookie(self, role):
        if role not in self.cookies:
            answer = self.sign_in(*self.place.people[role])
            same(answer.status, 303)
            self.cookies[role] = answer.cookie
        return self.cookies[role]

    def see(self, role, path):
        return self.get(path, self.cookie(role))

    def send(self, by, path, **fields):
        cookie = self.cookie(by)
        return self.ask('POST', path, {'csrf': self.form_token(cookie), **fields}, cookie)


def restrict(desk, number, what, login='', reason='A relative may look for the child'):
    answer = desk.send('manager', '/manage/restrictions/add', number=number, what=what, login=login,
                       reason=reason)
    same((answer.status, answer.headers.get('location')), (303, '/manage/restrictions?done=restricted'))


def end(desk, role, subject, table):
    record = desk.place.one(f'SELECT max(id) FROM record_{table} WHERE subject = ?', subject)
    answer = desk.send(role, f'/manage/restrictions/{record}/end', reason='It is over')
    same(answer.status, 303)


@claim
def a_restricted_record_is_opened_for_an_hour_told_at_once_and_reviewed_by_another(place):
    subject, number, surname, forename, _ = place.own('reviewing-officer')
    path = f'/children/{subject}'
    with Desk(place) as desk:
        holds(desk.see('manager', path).text, surname)
        restrict(desk, number, 'restricted')
        holds(desk.see('reviewing-officer', path).text, surname)
        closed = desk.see('manager', path)
        same(closed.status, 200)
        lacks(closed.text, surname)
        holds(closed.text, f'{path}/open')
        listed = desk.see('manager', '/caseload.csv').text
        holds(listed, number)
        lacks([line for line in listed.splitlines() if number in line][0], surname)
        same(desk.see('manager', path + '/timeline').status, 404)
        empty = desk.send('manager', path + '/open', reason='  ')
        same(empty.status, 422)
        holds(empty.text, '<title>Error: ')
        sent = desk.send('manager', path + '/open', reason='The police rang tonight')
        same((sent.status, sent.headers['location']), (303, path))
        holds(desk.see('manager', path).text, surname)
        lacks(desk.see('head', path).text, surname)
        same(desk.send('manager', path + '/open', reason='Again').status, 303)
        same(place.one('SELECT count(*) FROM opening'), 1)
        told = place.ask('SELECT person, detail FROM notice WHERE kind = ?', 'opening')
        same([row[0] for row in told], [place.person('reviewing-officer')])
        holds(told[0][1], 'The police rang tonight')
        lacks(told[0][1], surname)
        opening = place.one('SELECT id FROM opening')
        holds(desk.see('manager', '/manage/openings').text, 'Somebody else must review it')
        holds(desk.see('head', '/manage/openings').text, 'Due for review by 30 March 2026')
        mine = desk.send('manager', f'/manage/openings/{opening}', outcome='right', note='Mine')
        same(mine.status, 422)
        same(desk.send('head', f'/manage/openings/{opening}', outcome='', note='').status, 422)
        done = desk.send('head', f'/manage/openings/{opening}', outcome='right', note='Police confirmed')
        same(done.status, 303)
        holds(desk.see('manager', '/manage/openings').text, 'It was right to open it')
        same(place.ask('SELECT act FROM ledger WHERE act LIKE ? ORDER BY seq', 'open%'),
             [('open',), ('open:review',)])
    with Desk(place, LATER) as desk:
        lacks(desk.see('manager', path).text, surname)
        end(desk, 'manager', subject, 'restriction')
        holds(desk.see('manager', path).text, surname)


@claim
def a_hidden_child_is_an_unknown_number_in_every_page_list_and_file(place):
    subject, number, surname, forename, born = place.own('reviewing-officer')
    roles = ['manager', 'custodian', 'auditor', 'business-support', 'lead-practitioner', 'duty',
             'administrator', 'lado', 'scrutineer', 'minute-taker']
    with Desk(place, LATER) as desk:
        before = len(desk.see('manager', '/caseload.csv').text.splitlines())
        restrict(desk, number, 'hidden')
        same(len(desk.see('manager', '/caseload.csv').text.splitlines()), before - 1)
        for role in roles:
            for more in ('', '/open', '/timeline', '/people', '/records', '/looks'):
                real, none = (desk.see(role, f'/children/{child}{more}') for child in
                              (subject, 999999999))
                same((real.status, none.status), (404, 404))
                same(real.body, none.body)
                same({k: v for k, v in real.headers.items() if k != 'date'},
                     {k: v for k, v in none.headers.items() if k != 'date'})
        for role in ('manager', 'custodian', 'business-support', 'auditor'):
            listed = desk.see(role, '/caseload.csv').text
            lacks(listed, number)
            lacks(desk.send(role, '/caseload', text=number).text, f'/children/{subject}"')
            lacks(desk.send(role, '/search', find=number).text, f'/children/{subject}"')
        lacks(desk.see('manager', '/manage/restrictions').text, number)
        holds(desk.see('reviewing-officer', f'/children/{subject}').text, surname)
        head = desk.see('head', f'/children/{subject}')
        same(head.status, 200)
        lacks(head.text, surname)
        holds(desk.see('head', '/manage/restrictions').text, number)
        end(desk, 'head', subject, 'restriction')
        holds(desk.see('manager', f'/children/{subject}').text, surname)


def duty(desk, forename, surname, born):
    import datetime
    day = datetime.date(1970, 1, 1) + datetime.timedelta(days=born)
    return desk.send('duty', '/duty', forename=forename, surname=surname, **{
        'born-day': day.day, 'born-month': day.month, 'born-year': day.year})


@claim
def duty_searches_by_exact_name_and_date_of_birth_and_opens_with_a_reason(place):
    subject, number, surname, forename, born = place.own('chair')
    path = f'/children/{subject}'
    with Desk(place, LATER) as desk:
        same(desk.see('duty', path).body, desk.see('duty', NOBODY).body)
        same(desk.send('duty', '/duty', forename='', surname='').status, 422)
        none = duty(desk, forename, surname, born + 1)
        same(none.status, 303)
        holds(desk.see('duty', none.headers['location']).text, 'No record found')
        same(desk.see('duty', path + '/open').status, 404)
        found = duty(desk, forename.upper(), surname, born)
        lacks(found.headers['location'], surname)
        page = desk.see('duty', found.headers['location']).text
        holds(page, 'A record exists')
        holds(page, f'href="{path}/open"')
        lacks(page, surname)
        lacks(desk.see('duty', path).text, surname)
        same(desk.send('duty', path + '/open', reason='Hospital rang').status, 303)
        holds(desk.see('duty', path).text, surname)
        holds(desk.see('duty', '/duty').text, number)
        same(desk.send('duty', path + '/record/contact').status >= 400, True)
        same(place.one("SELECT count(*) FROM ledger WHERE act = 'duty:search'"), 2)
        entries = place.ask("SELECT subjects, objects FROM ledger WHERE act = 'duty:search' ORDER BY seq")
        same(entries, [('', ''), (str(subject), '')])
        for _ in range(8):
            same(duty(desk, 'No', 'Body', born).status, 303)
        same(duty(desk, 'No', 'Body', born).status, 429)


@claim
def what_is_taken_away_is_gone_at_the_next_page_and_the_session_stays(place):
    subject, number, surname, _, _ = place.own('lead-practitioner')
    other, _, name, _, _ = place.own('chair', 1)
    path = f'/children/{subject}'
    login = place.people['lead-practitioner'][0]
    with Desk(place, LATER) as desk:
        # Barred.
        holds(desk.see('lead-practitioner', path).text, surname)
        restrict(desk, number, 'barred', login)
        same(desk.see('lead-practitioner', path).body, desk.see('lead-practitioner', NOBODY).body)
        lacks(desk.see('lead-practitioner', '/caseload.csv').text, number)
        same(desk.see('lead-practitioner', '/caseload').status, 200)
        end(desk, 'manager', subject, 'barred')
        holds(desk.see('lead-practitioner', path).text, surname)
        # Another role.
        chair = place.person('chair')
        shown = place.ask('SELECT name, team FROM person WHERE id = ?', chair)[0]
        holds(desk.see('chair', f'/children/{other}').text, name)

        def role_of_chair(role):
            answer = desk.send('administrator', f'/manage/users/{chair}', name=shown[0], role=role,
                               team=shown[1])
            same(answer.status, 303)

        role_of_chair('scrutineer')
        same(desk.see('chair', f'/children/{other}').status, 404)
        same(desk.see('chair', '/caseload').status, 403)
        holds(desk.see('chair', '/privacy').text, 'action="/sign-out"')
        role_of_chair('chair')
        holds(desk.see('chair', f'/children/{other}').text, name)
        # Stopped: not the session either. Whoever is named on children cannot be; a minute-taker can.
        taker = place.person('minute-taker')
        same(desk.see('minute-taker', '/caseload').status, 200)
        same(desk.send('administrator', f'/manage/users/{taker}/disable').status, 303)
        same(desk.see('minute-taker', '/caseload').headers.get('location', ''), '/sign-in')
        same(desk.send('administrator', f'/manage/users/{taker}/enable').status, 303)


@claim
def roles_that_see_no_child_are_told_of_none(place):
    with Desk(place, LATER) as desk:
        some = [row[0] for row in place.ask('SELECT subject FROM child_row LIMIT 20')]
        for role in ('administrator', 'lado', 'scrutineer'):
            for path in ('/caseload', '/caseload.csv', '/search', '/duty', '/manage/openings',
                         '/manage/restrictions'):
                same((role, path, desk.see(role, path).status), (role, path, 403))
            for subject in some:
                same(desk.see(role, f'/children/{subject}').status, 404)


# ---- every route, as the golden file says

# A page of what they may see can ask for more than that, and say 403 by itself: to write, to look after.
STRICTER = {'MAY_SEE_NAME', 'MAY_SEE_CHILD', 'SIGNED_IN'}
# They would end what the others need.
NEVER = {'/sign-out', '/manage/branding/reset', '/manage/users/add', '/manage/settings'}


def golden():
    routes, answers = [], {}
    for line in open(os.path.join(ROOT, 'src/web/routes.def')):
        found = re.match(r'ROUTE(?:_FILES)?\((\w+), "([^"]+)", (\w+),', line)
        if found:
            routes.append(found.groups())
    for line in open(os.path.join(ROOT, 'tests/golden/routes.txt')):
        if not line.startswith('#'):
            method, pattern, role, relation, given = line.split()
            answers[method, pattern, role, relation] = [int(part) for part in given.split(',')]
    return routes, answers


def wanted(answers, method, pattern, role, relations, openness):
    if (method, pattern, 'anyone', '-') in answers:
        return 200
    if not re.match(r'/children/:id(/|$)', pattern):
        return answers.get((method, pattern, role, '-'), [403])[0]
    each = [answers.get((method, pattern, role, relation), [404] * 4)[openness] for relation in relations]
    return min(each, default=404)


@claim
def every_route_answers_every_role_as_the_golden_file_says(place):
    routes, answers = golden()
    asked = 0
    with Desk(place, LATER) as desk:
        restricted = place.own('reviewing-officer', 1)
        hidden = place.own('reviewing-officer', 2)
        restrict(desk, restricted[1], 'restricted')
        restrict(desk, hidden[1], 'hidden')
        for role in place.people:
            cookie = desk.cookie(role)
            person = place.person(role)
            token = desk.form_token(cookie)
            # One child of each kind that they meet: by their relations and how open it is.
            kinds = {}
            group = place.one('SELECT id FROM authority') * 16
            number = ROLES.index(role)
            related = {}
            for subject, relation in place.ask('SELECT subject, relation FROM access WHERE holder IN (?, ?) AND '
                                               'level > 0 AND (until IS NULL OR until > ?)', person,
                                               -(group + number) - 1, 1774625460000):
                related.setdefault(subject, set()).add(RELATION[relation])
            for subject, openness in place.ask('SELECT subject, openness FROM child_row'):
                kinds.setdefault((frozenset(related.get(subject, ())), openness), subject)
            for method, pattern, permission in routes:
                if pattern in NEVER and method == 'POST':
                    continue
                child = re.match(r'/children/:id(/|$)', pattern) is not None
                for (relations, openness), subject in (kinds.items() if child else [((), 0)] and
                                                       {((), 0): 999999999}.items()):
                    asked += 1
                    if asked % SAMPLE:
                        continue
                    want = wanted(answers, method, pattern, role, relations, openness)
                    path = pattern.replace(':id', str(subject), 1).replace(':id', '999999999')
                    path = path.replace(':word', 'contact')
                    got = desk.ask(method, path, {'csrf': token} if method == 'POST' else None, cookie)
                    what = f'{role} {method} {path} ({", ".join(relations)}; {OPENNESS[openness]})'
                    # An id that is not there, a form that brings nothing: the page's own answer.
                    own = (':id' in pattern.replace('/children/:id', '', 1) or ':word' in pattern
                           or method == 'POST' or not child)
                    if want == 200:
                        assert got.status != 403 or permission in STRICTER, what
                        assert own or got.status != 404, what
                        # A step of signing in that was not begun leads back to its beginning.
                        assert '/sign-in' in what or not got.headers.get('location', '').startswith('/sign-in'), what
                        assert got.status != 500, what
                    elif want != 200:
                        assert got.status == want, (what, got.status, want)
        for method, pattern, permission in routes:
            path = pattern.replace(':id', '1').replace(':word', 'contact')
            got = desk.ask(method, path, {} if method == 'POST' else None)
            if permission != 'ANYONE':
                assert got.headers.get('location', '').startswith('/sign-in'), (method, path, got.status)
        end(desk, 'manager', restricted[0], 'restriction')
        end(desk, 'head', hidden[0], 'restriction')
    assert asked > 1000, asked
    print(f'# {asked} questions')


WEEK, QUARTER = '2026-04-08T09:00', '2026-07-20T09:00'


@claim
def reviews_whose_day_has_passed_are_counted_listed_and_done(place):
    """Last: its days are after those of the others."""
    subject, number, surname, *_ = place.own('reviewing-officer', 2)
    path = f'/children/{subject}'
    with Desk(place, LATER) as desk:
        restrict(desk, number, 'restricted')
        lacks(desk.see('reviewing-officer', path).text, 'opened with a reason')
        for before, by in place.ask('SELECT id, person FROM opening WHERE reviewed_at IS NULL'):
            who = 'manager' if by == place.person('head') else 'head'
            same(desk.send(who, f'/manage/openings/{before}', outcome='right', note='Asked').status, 303)
        same(desk.send('manager', path + '/open', reason='A call from the ward').status, 303)
        lacks(desk.see('head', '/manage/openings').text, ' late)')
        holds(desk.see('head', '/inbox').text, '1 opening waits for its review')
    opening = place.one('SELECT max(id) FROM opening')
    with Desk(place, WEEK) as desk:
        holds(desk.see('reviewing-officer', path).text, 'This record was opened with a reason once')
        looks = desk.see('reviewing-officer', path + '/looks').text
        for part in ('A call from the ward', 'Review overdue', 'by 30 March 2026'):
            holds(looks, part)
        for role in ('manager', 'social-worker', 'business-support'):
            lacks(desk.see(role, path).text, 'opened with a reason once')
        holds(desk.see('head', '/manage/openings').text, 'Openings (1 late)')
        inbox = desk.see('head', '/inbox').text
        holds(inbox, '1 opening should have been reviewed by now')
        holds(inbox, 'due by <time datetime="2026-03-30">')
        # Not of one's own, and not for who reviews nothing.
        for role in ('manager', 'reviewing-officer', 'auditor'):
            lacks(desk.see(role, '/inbox').text, 'should have been reviewed')
        same(desk.send('head', f'/manage/openings/{opening}', outcome='wrong',
                       note='The ward had rung the officer').status, 303)
        lacks(desk.see('head', '/inbox').text, 'should have been reviewed')
        told = place.ask('SELECT person, detail FROM notice WHERE kind = ?', 'opening-reviewed')[-2:]
        same({row[0] for row in told}, {place.person('reviewing-officer'), place.person('manager')})
        holds(told[0][1], 'It should not have been opened. The ward had rung the officer')
        holds(desk.see('reviewing-officer', path + '/looks').text, 'It should not have been opened, says')
        holds(desk.see('reviewing-officer', '/inbox').text, 'An opening was reviewed')
    with Desk(place, QUARTER) as desk:
        holds(desk.see('manager', '/manage/restrictions').text, 'Restrictions (1 late)')
        holds(desk.see('manager', '/inbox').text, '1 restriction should have been reviewed by now')
        record = place.one('SELECT max(id) FROM record_restriction WHERE subject = ?', subject)
        review = f'/manage/restrictions/{record}/review'
        holds(desk.see('manager', review).text, 'A relative may look for the child')
        empty = desk.send('manager', review, outcome='', note='Kept <b>')
        same(empty.status, 422)
        holds(desk.send('manager', review, outcome='', note='Kept <b>').text, 'Kept &lt;b&gt;')
        kept = desk.send('manager', review, outcome='quarter', note='The risk stands, says the police')
        same(kept.headers['location'], '/manage/restrictions?done=kept-on')
        lacks(desk.see('manager', '/manage/restrictions').text, 'late)')
        holds(desk.see('manager', '/manage/restrictions').text, '20 October 2026')
        same(place.one('SELECT why FROM version_restriction WHERE id = ? ORDER BY version DESC', record),
             'The risk stands, says the police')
        lacks(desk.see('head', path).text, surname)
        ended = desk.send('manager', review, outcome='end', note='It is over')
        same(ended.headers['location'], '/manage/restrictions?done=unrestricted')
        holds(desk.see('head', path).text, surname)
        same(desk.see('manager', review).status, 404)


def main():
    print(f'1..{len(tests)}')
    failed = 0
    with tempfile.TemporaryDirectory(prefix='duly-access-') as folder:
        place = Place(folder)
        for number, test in enumerate(tests, 1):
            try:
                test(place)
                print(f'ok {number} - {test.__name__}', flush=True)
            except Exception:
                failed += 1
                print(f'not ok {number} - {test.__name__}')
                print(''.join(f'# {line}\n' for line in traceback.format_exc().splitlines()), flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
