#!/usr/bin/env python3
"""Signing in with the council's own account: connected by its owner or by an invitation, with a second
factor where one is needed, and what happens when it is not theirs. TAP."""
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import steps  # noqa: E402
from idp import Idp, settings  # noqa: E402
from visitor import Server, Visitor, demo, duly, holds, same  # noqa: E402

PASSWORD = 'lantern otter gable'
PEOPLE = [('a.dmin', 'A Dmin', 'administrator'), ('b.dmin', 'B Dmin', 'administrator'),
          ('c.hair', 'C Hair', 'chair'), ('d.uty', 'D Uty', 'duty'), ('m.ode', 'M Ode', 'manager'),
          ('r.ahmed', 'R Ahmed', 'reviewing-officer')]
tests = []


def claim(function):
    tests.append(function)
    return function


def oathtool(secret, at=None):
    when = [] if at is None else ['-N', time.strftime('%Y-%m-%d %H:%M:%S UTC', time.gmtime(at))]
    return subprocess.run(['oathtool', '--totp', '-b', *when, secret.replace(' ', '')],
                          capture_output=True, text=True, check=True).stdout.strip()


def enrol(visitor):
    visitor.post('/account/second-factor/offer')
    secret = re.search(r'id="secret">([A-Z2-7 ]+)<', visitor.get('/account/second-factor').text).group(1)
    same(visitor.post('/account/second-factor/confirm', code=oathtool(secret)).location, '/account/recovery-codes')
    visitor.post('/account/recovery-codes/done')
    return secret


class Place:
    """A store with people who need no second factor at first, served, and an issuer."""

    def __init__(self, folder, idp):
        self.data, self.idp, self.issuer = os.path.join(folder, 'data'), idp, idp.issuer('council')
        self.folder = folder
        for login, name, role in PEOPLE:
            same(duly('user', 'add', '--data', self.data, '--authority', '330', '--login', login, '--name', name,
                      '--role', role, '--password-stdin', given=PASSWORD + '\n').returncode, 0)
        same(duly('user', 'factor-optional', '--data', self.data).returncode, 0)
        steps.settle(self.data)

    def begin(self):
        self.server = Server(self.data).__enter__()

    def end(self):
        self.server.__exit__()

    def stopped(self, *arguments):
        """A command that wants the store for itself."""
        self.end()
        same(duly(*arguments, '--data', self.data).returncode, 0)
        self.begin()

    def visitor(self, login=None):
        visitor = Visitor(self.server)
        if login:
            visitor.sign_in(login, PASSWORD)
        return visitor

    def rows(self, text, *values):
        with sqlite3.connect(f'file:{self.data}/duly.db?mode=ro', uri=True) as store:
            return store.execute(text, values).fetchall()

    def id_of(self, login):
        return self.rows('SELECT id FROM person WHERE login = ?', login)[0][0]

    def acts(self):
        return [act for act, in self.rows('SELECT act FROM ledger ORDER BY seq')]

    def set(self, **more):
        admin = self.visitor('a.dmin')
        same(admin.post('/manage/council', **settings(self.issuer, **more)).location, '/manage/council?done=set')
        return admin

    def go(self, visitor, path='/sign-in/council', **token):
        """There and back; the answer of coming back."""
        away = visitor.get(path).location
        assert away.startswith(self.issuer.url + '/authorize?'), away
        back = self.issuer.authorize(away, **token)
        # A page from another site does not bring the session's cookie (SameSite=Strict).
        kept = {name: visitor.jar.pop(name) for name in ('duly', 'duly-step') if name in visitor.jar}
        answer = visitor.get('/sign-in/council/back?' + urllib.parse.urlencode(back))
        visitor.jar = {**kept, **visitor.jar}
        return answer


def leads_to(answer, to):
    same((answer.status, answer.headers.get('Refresh')), (200, f'0; url={to}'))


def is_in(visitor, name):
    return name in visitor.get('/account').text


@claim
def where_none_is_set_up_there_is_no_such_way(place):
    visitor = place.visitor()
    assert 'council account' not in visitor.get('/sign-in').text
    for path in ('/sign-in/council', '/sign-in/council/back?code=x&state=y'):
        same(visitor.get(path).status, 404)
    person = place.visitor('c.hair')
    assert 'council account' not in person.get('/account').text
    same(person.get('/account/council').status, 404)


@claim
def an_administrator_sets_it_up_and_the_secret_is_never_shown_again(place):
    admin = place.visitor('a.dmin')
    wrong = admin.post('/manage/council', **settings(place.issuer, issuer='http://login.example/x', secret=''))
    same(wrong.status, 422)
    for words in ('begins with https://', 'Enter the application secret', '<title>Error: '):
        holds(wrong.text, words)
    wrong = admin.post('/manage/council', **settings(place.issuer, proxy='ftp://x', identity='mail', algorithm='HS256'))
    for words in ('Enter the proxy as', 'Choose how people are known', 'Choose how tokens are signed'):
        holds(wrong.text, words)
    before = len(place.acts())
    place.set()
    same(place.acts()[before + 1:], ['set-several'])  # after the administrator's own sign-in
    page = admin.get('/manage/council').text
    holds(page, f'http://localhost:{place.server.port}/sign-in/council/back')
    assert place.issuer.secret not in page
    for name in os.listdir(place.data):
        with open(os.path.join(place.data, name), 'rb') as file:
            assert place.issuer.secret.encode() not in file.read(), name
    # An empty secret keeps what is set; only what changed is in the ledger.
    before = len(place.acts())
    same(admin.post('/manage/council', **settings(place.issuer, secret='', button='Sign in with Exampleshire')).location,
         '/manage/council?done=set')
    same(place.acts()[before:], ['set'])
    button = place.visitor().get('/sign-in?next=%2Fprivacy').text
    holds(button, 'Sign in with Exampleshire')
    holds(button, 'href="/sign-in/council?next=%2Fprivacy"')
    same(place.visitor('c.hair').get('/manage/council').status, 403)


@claim
def nobody_is_known_by_an_e_mail_address(place):
    visitor = place.visitor()
    answer = place.go(visitor, preferred_username='c.hair', email='c.hair@council.example', email_verified=True)
    same(answer.status, 422)
    holds(answer.text, 'not connected to Duly')
    holds(answer.text, 'it never goes by an e-mail address')
    assert 'duly' not in visitor.jar


@claim
def a_person_connects_their_own_and_signs_in_with_it(place):
    person = place.visitor('c.hair')
    holds(person.get('/account').text, 'href="/account/council"')
    leads_to(place.go(person, '/account/council/go'), '/account/council')
    page = person.get('/account/council').text
    holds(page, 's.person@council.example')
    # Nothing is connected before they say so; and nobody else's browser can say it.
    same(place.rows('SELECT count(*) FROM council_account')[0][0], 0)
    other = place.visitor('d.uty')
    other.jar['duly-council'] = person.jar['duly-council']
    assert 's.person@council.example' not in other.get('/account/council').text
    same(other.post('/account/council').location, '/account/council')
    same(place.rows('SELECT count(*) FROM council_account')[0][0], 0)
    leads_to(place.go(person, '/account/council/go'), '/account/council')
    before = len(place.acts())
    same(person.post('/account/council').location, '/account/council')
    same(place.acts()[before:], ['factor:council'])
    holds(person.get('/account/council').text, 'You can sign in to Duly with it')
    person.post('/sign-out')
    before = len(place.acts())
    leads_to(place.go(person, '/sign-in/council?next=%2Fprivacy'), '/privacy')
    same(place.acts()[before:], ['sign-in:council'])
    assert 'duly-council' not in person.jar
    page = person.get('/account').text
    holds(page, 'C Hair')
    holds(page, 'council account')
    # What is signed in is not asked again, and leaves as everybody does.
    same(person.get('/sign-in/council').location, '/')
    same(person.post('/sign-out').location, '/sign-in')
    same(person.get('/caseload').location, '/sign-in')


@claim
def a_council_account_is_one_persons_alone(place):
    other = place.visitor('d.uty')
    leads_to(place.go(other, '/account/council/go'), '/account/council')
    answer = other.post('/account/council')
    same(answer.status, 422)
    holds(answer.text, 'connected to somebody else')
    admin = place.visitor('a.dmin')
    answer = admin.post(f"/manage/users/{place.id_of('d.uty')}/council", subject=place.issuer.subject)
    same(answer.status, 422)
    holds(answer.text, 'connected to somebody else')
    answer = admin.post(f"/manage/users/{place.id_of('d.uty')}/council", subject='d.uty@council.example')
    holds(answer.text, 'not an e-mail address')
    answer = admin.post(f"/manage/users/{place.id_of('a.dmin')}/council", subject='me')
    holds(answer.text, 'Connect your own council account under Your account')


@claim
def an_invitation_connects_once_whom_the_administrator_meant(place):
    admin = place.visitor('a.dmin')
    path = f"/manage/users/{place.id_of('m.ode')}/council"
    before = len(place.acts())
    same(admin.post(path + '/invite').location, path + '/code')
    same(place.acts()[before:], ['factor:council-invited'])
    code = re.search(r'app-made">([a-z2-9-]{29})<', admin.get(path + '/code').text).group(1)
    holds(admin.get(path + '/code').text, 'was shown already')
    assert not place.rows('SELECT 1 FROM council_invitation WHERE CAST(mark AS TEXT) = ?', code)
    place.issuer.subject = 'subject-m'
    # Without having been to the council's sign-in the code is nothing.
    stranger = place.visitor()
    same(stranger.post('/sign-in/council/invitation', code=code).status, 422)
    visitor = place.visitor()
    holds(place.go(visitor).text, 'Invitation code')
    wrong = visitor.post('/sign-in/council/invitation', code=code[:-1] + ('a' if code[-1] != 'a' else 'b'))
    same(wrong.status, 422)
    holds(wrong.text, 'not an invitation code')
    before = len(place.acts())
    same(visitor.post('/sign-in/council/invitation', code=' ' + code.upper().replace('-', ' ')).location, '/')
    same(place.acts()[before:], ['factor:council', 'sign-in:council'])
    assert is_in(visitor, 'M Ode')
    place.issuer.subject = 'subject-x'
    again = place.visitor()
    place.go(again)
    same(again.post('/sign-in/council/invitation', code=code).status, 422)
    assert 'duly' not in again.jar
    for _ in range(10):
        answer = again.post('/sign-in/council/invitation', code='wrong')
    holds(answer.text, 'too many attempts')
    place.issuer.subject = 'subject-m'


@claim
def what_was_typed_when_a_session_ended_is_there_after_signing_in_this_way(place):
    place.issuer.subject = 'subject-council'
    person = place.visitor()
    leads_to(place.go(person), '/')
    with sqlite3.connect(f'{place.data}/duly.db', timeout=20) as store:
        store.execute('UPDATE session SET seen_at = seen_at - 3600000 WHERE person = ?', (place.id_of('c.hair'),))
    form = {'csrf': person_csrf(person), 'path': '/handover', 'note': 'Her brother comes first'}
    same(person.ask('POST', '/handover', form).location, '/sign-in?kept=1')
    leads_to(place.go(person), '/account/kept')
    page = person.get('/account/kept').text
    holds(page, 'Her brother comes first')
    same(person.post(re.search(r'/account/kept/\d+/drop', page).group(0)).location, '/account/kept')


def person_csrf(visitor):
    """The token of a session's forms is made from the session's own (identity/token.c): as it was."""
    import base64
    import hashlib
    token = base64.urlsafe_b64decode(visitor.cookie + '=')
    made = hashlib.blake2b(token, digest_size=32, key=b'duly session form').digest()
    return base64.urlsafe_b64encode(made).rstrip(b'=').decode()


@claim
def who_they_are_can_be_proved_anew_with_it_but_only_anew(place):
    place.issuer.subject = 'subject-council'
    person = place.visitor()
    place.go(person)
    with sqlite3.connect(f'{place.data}/duly.db', timeout=20) as store:
        store.execute('UPDATE session SET proven_at = proven_at - 3600000')
    same(person.post('/account/recovery-codes').location, '/account/confirm?next=%2Faccount%2Frecovery-codes')
    holds(person.get('/account/confirm').text, 'Confirm with your council account instead')
    way = '/account/confirm/council?next=%2Faccount%2Frecovery-codes'
    holds(person.get(way).location, 'prompt=login&max_age=0')
    # Signed in there an hour ago, or as somebody else: no proof.
    same(place.go(person, way, auth_time=int(time.time()) - 3600).status, 422)
    leads_to(place.go(person, way, sub='subject-m'), '/account/confirm/council/done')
    same(person.get('/account/confirm/council/done').status, 422)
    old = person.jar['duly']
    leads_to(place.go(person, way), '/account/confirm/council/done')
    same(person.get('/account/confirm/council/done').location, '/account/recovery-codes')
    assert person.jar['duly'] != old
    same(person.post('/account/recovery-codes').location, '/account/recovery-codes')


@claim
def two_ways_at_once_do_not_get_mixed_up(place):
    person = place.visitor()
    first = place.issuer.authorize(person.get('/sign-in/council').location)
    second = place.issuer.authorize(person.get('/sign-in/council').location)
    same(person.get('/sign-in/council/back?' + urllib.parse.urlencode(first)).status, 422)
    leads_to(person.get('/sign-in/council/back?' + urllib.parse.urlencode(second)), '/')


@claim
def a_council_may_switch_passwords_off_for_who_has_one_and_never_for_its_administrators(place):
    place.set(only='yes')
    person = place.visitor()
    answer = person.sign_in('c.hair', PASSWORD)
    same(answer.status, 422)
    holds(answer.text, 'Sign in with your council account')
    # Who does not know the password learns nothing.
    holds(person.sign_in('c.hair', 'not the password').text, 'name and password that match')
    same(person.sign_in('d.uty', PASSWORD).status, 303)  # who has none
    admin = place.visitor('a.dmin')
    leads_to(place.go(admin, '/account/council/go', sub='subject-a'), '/account/council')
    same(admin.post('/account/council').location, '/account/council')
    same(place.visitor().sign_in('a.dmin', PASSWORD).status, 303)
    place.set(only='no')


@claim
def the_councils_second_factor_counts_where_that_is_set_and_else_ours_is_asked(place):
    place.issuer.subject = 'subject-council'
    # Everybody must have one: all are signed out.
    place.stopped('user', 'factor-required')
    person = place.visitor()
    leads_to(place.go(person, amr=['pwd', 'mfa']), '/')
    same(person.get('/caseload').status, 200)
    # Without it, a second step of ours: none is there yet, so it is set up first.
    person = place.visitor()
    leads_to(place.go(person, amr=['pwd']), '/')
    same(person.get('/caseload').location, '/account/second-factor')
    # And what is not whole connects nothing.
    same(person.get('/account/council/go').location, '/account/second-factor')
    secret = enrol(person)
    same(person.get('/caseload').status, 200)
    person = place.visitor()
    leads_to(place.go(person, '/sign-in/council?next=%2Fprivacy', amr=['pwd']), '/sign-in/code?next=%2Fprivacy')
    assert 'duly' not in person.jar
    same(person.post('/sign-in/code', code=oathtool(secret, time.time() + 30), next='/privacy').location, '/privacy')
    person = place.visitor()
    leads_to(place.go(person, amr=['pwd', 'mfa']), '/')
    # To prove who one is, too, it takes both.
    with sqlite3.connect(f'{place.data}/duly.db', timeout=20) as store:
        store.execute('UPDATE session SET proven_at = proven_at - 3600000')
    leads_to(place.go(person, '/account/confirm/council', amr=['pwd']), '/account/confirm/council/done')
    same(person.get('/account/confirm/council/done').status, 422)


@claim
def who_is_stopped_or_disconnected_is_out(place):
    place.stopped('user', 'factor-optional')
    place.issuer.subject = 'subject-m'
    person = place.visitor()
    leads_to(place.go(person), '/')
    admin = place.visitor('b.dmin')
    path = f"/manage/users/{place.id_of('m.ode')}"
    same(admin.post(path + '/council/remove').location, path + '/council?done=disconnected')
    same(person.get('/caseload').location, '/sign-in')
    same(place.go(place.visitor()).status, 422)
    same(admin.post(path + '/council', subject='subject-m').location, path + '/council?done=connected')
    person = place.visitor()
    # Somebody else connected it: that is the first thing they read.
    leads_to(place.go(person), '/account')
    account = person.get('/account').text
    holds(account, 'connected a council account to you')
    holds(account, 'disconnected your council account')
    for notice in re.findall(r'name="notice" value="(\d+)"', account):
        same(person.post('/account/told', notice=notice).location, '/account')
    assert 'How you sign in was changed' not in person.get('/account').text
    same(admin.post(path + '/disable').location, path + '?done=stopped')
    same(person.get('/caseload').location, '/sign-in')
    answer = place.go(place.visitor())
    same(answer.status, 422)
    holds(answer.text, 'not connected to Duly')
    same([row[0] for row in place.rows('SELECT count(*) FROM session WHERE person = ?', place.id_of('m.ode'))], [0])


@claim
def so_many_beginnings_from_one_address_and_no_more(place):
    """Each asks the issuer and keeps a row; a whole council may come from one address."""
    flood = Visitor(place.server, source='127.0.0.9')
    for _ in range(200):
        same(flood.get('/sign-in/council').status, 303)
    same(flood.get('/sign-in/council').status, 429)
    same(Visitor(place.server, source='127.0.0.8').get('/sign-in/council').status, 303)
    # It is no guess at a password.
    same(Visitor(place.server, source='127.0.0.9').get('/sign-in').status, 200)


@claim
def a_way_and_an_invitation_end_with_their_time(place):
    data = os.path.join(place.folder, 'another')
    demo(data, '--children', '20', '--seed', '3')
    users = {line.split()[0]: line.split()[1:] for line in open(os.path.join(data, 'demo-users.txt'))}
    issuer = place.idp.issuer('clock')
    clocks = {'2026-11-20T09:00:00': 1795165200, '2026-11-20T09:09:58': 1795165798, '2026-11-20T09:20:30': 1795166430,
              '2026-11-28T09:00:00': 1795856400}

    def at(clock):
        place.idp.now = lambda: clocks[clock]
        return Server(data, '--now', clock, '--freeze')
    with at('2026-11-20T09:00:00') as server:
        admin = Visitor(server)
        admin.sign_in(*users['administrator'])
        same(admin.post('/manage/council', **settings(issuer)).location, '/manage/council?done=set')
        with sqlite3.connect(f'file:{data}/duly.db?mode=ro', uri=True) as store:
            person = store.execute("SELECT id FROM person WHERE role = 'auditor'").fetchone()[0]
        path = f'/manage/users/{person}/council'
        admin.post(path + '/invite')
        code = re.search(r'app-made">([a-z2-9-]{29})<', admin.get(path + '/code').text).group(1)
        old, new = Visitor(server), Visitor(server)
        backs = [issuer.authorize(visitor.get('/sign-in/council').location) for visitor in (old, new)]
    with at('2026-11-20T09:09:58') as server:
        new.server = server
        # The address has another port now: the issuer does not mind, as it was told it is the same.
        holds(new.get('/sign-in/council/back?' + urllib.parse.urlencode(backs[1])).text, 'not connected to Duly')
    with at('2026-11-20T09:20:30') as server:
        old.server = server
        holds(old.get('/sign-in/council/back?' + urllib.parse.urlencode(backs[0])).text, 'more than ten minutes ago')
    with at('2026-11-28T09:00:00') as server:
        late = Visitor(server)
        late.get('/sign-in/council/back?' + urllib.parse.urlencode(
            issuer.authorize(late.get('/sign-in/council').location)))
        holds(late.post('/sign-in/council/invitation', code=code).text, 'more than 7 days old')
    place.idp.now = time.time


def main():
    print(f'1..{len(tests)}')
    failed = 0
    with tempfile.TemporaryDirectory(prefix='duly-council-') as folder, Idp() as idp:
        place = Place(folder, idp)
        place.begin()
        for n, test in enumerate(tests, 1):
            try:
                test(place)
                print(f'ok {n} - {test.__name__}', flush=True)
            except Exception:
                failed += 1
                print(f'not ok {n} - {test.__name__}', flush=True)
                print(''.join(f'# {line}\n' for line in traceback.format_exc()[-3000:].split('\n')), flush=True)
        place.end()
    faults = idp.issuer('council').faults
    if faults:
        print(f'# the issuer objects: {faults}')
        failed += 1
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
