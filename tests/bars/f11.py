#!/usr/bin/env python3
"""F11: an identity provider that lies. Each case is an issuer of its own, to which somebody's account is
connected: what it answers must sign nobody in; then, where that can be, the same issuer tells the truth
and they are signed in, so that no case is refused for another reason than its own. Nothing may be asked
of any other server, and while an issuer is slow no other page is.

A line for each case, then the bar."""
import http.client
import json
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'web'))
from desk import DULY, bar  # noqa: E402
import steps  # noqa: E402
import visitor  # noqa: E402
from idp import Idp, b64, hmac_token, settings  # noqa: E402
from visitor import Server, Visitor  # noqa: E402

visitor.DULY = DULY
PASSWORD = 'lantern otter gable'
cases = []


def case(words, honest_too=True):
    """Twists an issuer; the way there and back is the honest one unless the function walks it itself."""
    def take(function):
        cases.append((words, function, honest_too))
        return function
    return take


def claims(**changed):
    """Those claims instead; None: left out."""
    def twist(honest):
        said = {**honest, **changed}
        return {name: value for name, value in said.items() if value is not None}
    return twist


def says(words, **changed):
    @case(words)
    def twisted(issuer, desk):
        issuer.twist_claims = claims(**{name: value(issuer) if callable(value) else value
                                        for name, value in changed.items()})


def head(**changed):
    return lambda honest: {name: value for name, value in {**honest, **changed}.items() if value is not None}


now = int(time.time())
says('iss: another issuer', iss='https://login.evil.example')
says('iss: the same with a slash more', iss=lambda issuer: issuer.url + '/')
says('aud: for another client', aud='another')
says('aud: for another client too', aud=['duly', 'another'])
says('azp: asked for by another client', azp='another')
says('nonce: missing', nonce=None)
says('nonce: of another way', nonce='A' * 43)
says('exp: an hour ago', exp=now - 3600)
says('exp: missing', exp=None)
says('nbf: in an hour', nbf=now + 3600)
says('iat: in an hour', iat=now + 3600)
says('iat: an hour before this was asked', iat=now - 3600)
says('sub: missing, though the name and the e-mail address are right', sub=None, email='s.person@council.example')
says('email: the person\'s own address, under a sub that nobody has', sub='somebody-else',
     email='s.person@council.example', preferred_username='s.person', email_verified=True)


@case('alg none: no signature')
def unsigned(issuer, desk):
    issuer.make = lambda said: f'{b64(json.dumps({"alg": "none", "kid": issuer.key.kid}).encode())}.' \
                               f'{b64(json.dumps(said).encode())}.'


@case('alg HS256, made with the public key')
def hmac_public(issuer, desk):
    key = json.dumps(issuer.key.public()).encode()
    issuer.make = lambda said: hmac_token({'alg': 'HS256', 'kid': issuer.key.kid}, said, key)


@case('alg HS256, made with the client\'s secret')
def hmac_secret(issuer, desk):
    issuer.make = lambda said: hmac_token({'alg': 'HS256', 'kid': issuer.key.kid}, said, issuer.secret.encode())


@case('alg ES256 over an RSA key')
def confused(issuer, desk):
    issuer.twist_head = head(alg='ES256')


@case('kid: a path to a file')
def kid_path(issuer, desk):
    issuer.twist_head = head(kid='../../../../dev/null')


@case('kid: missing')
def kid_missing(issuer, desk):
    issuer.twist_head = head(kid=None)


@case('keys swapped: signed by a key that the issuer does not publish')
def unpublished(issuer, desk):
    issuer.make = lambda said: type(issuer).signed(swapped(issuer, said), said)


def swapped(issuer, _):
    other = type(issuer)(issuer.idp, issuer.name)
    other.key = issuer.idp.other_key
    return other


@case('keys swapped: another key under the same name')
def same_name(issuer, desk):
    issuer.twist_keys = lambda honest: {'keys': [issuer.idp.other_key.public(issuer.key.kid)]}


@case('two keys under one name')
def two_names(issuer, desk):
    issuer.twist_keys = lambda honest: {'keys': [issuer.idp.other_key.public(issuer.key.kid), *honest['keys']]}


def by_other(words, **more):
    """A head that offers a key of its own, with which the token is signed."""
    @case(words)
    def offered(issuer, desk):
        other = swapped(issuer, None)
        other.twist_head = head(**{name: value(issuer) for name, value in more.items()})
        issuer.make = other.signed


by_other('jku: keys at another address', jku=lambda issuer: issuer.idp.elsewhere + '/keys')
by_other('x5u: a certificate at another address', x5u=lambda issuer: issuer.idp.elsewhere + '/cert.pem')
by_other('jwk: the key in the token itself', jwk=lambda issuer: issuer.idp.other_key.public('first'))


@case('crit: something that must be understood')
def critical(issuer, desk):
    issuer.twist_head = head(crit=['exp'])


@case('claims changed after they were signed')
def changed(issuer, desk):
    issuer.subject, wanted = 'somebody-else', issuer.subject

    def twist(token):
        first, said, last = token.split('.')
        said = json.loads(__import__('base64').urlsafe_b64decode(said + '=='))
        return f'{first}.{b64(json.dumps({**said, "sub": wanted}).encode())}.{last}'
    issuer.twist_token = twist
    issuer.undo = lambda: setattr(issuer, 'subject', wanted)


@case('a claim that comes twice')
def twice(issuer, desk):
    def make(said):
        text = json.dumps({**said, 'sub': 'somebody-else'})[:-1] + f', "sub": {json.dumps(said["sub"])}}}'
        whole = f'{b64(json.dumps({"alg": "RS256", "kid": issuer.key.kid}).encode())}.{b64(text.encode())}'
        return f'{whole}.{b64(issuer.key.sign(whole.encode()))}'
    issuer.make = make


@case('code replayed: the same answer again, in the same browser and with its cookie in another')
def replayed(issuer, desk):
    issuer.checks_pkce = False
    person = Visitor(desk.server)
    away = person.get('/sign-in/council').location
    back = issuer.authorize(away)
    cookie = person.jar['duly-council']
    answer = desk.back(person, back)
    if 'duly' not in person.jar:
        raise AssertionError(f'the honest answer was refused: {answer.status}')
    code = issuer.codes
    issuer.codes = type('Always', (dict,), {'pop': lambda self, key, other=None: code.get(key) or {
        'asked': dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(away).query)), 'more': {}}})()
    again = Visitor(desk.server)
    again.jar['duly-council'] = cookie
    desk.back(again, back)
    issuer.codes = {}
    person.jar.pop('duly')
    person.jar['duly-council'] = cookie
    desk.back(person, back)
    return [again, person]


@case('state mixed up: the answer to a way that another browser began')
def state_other(issuer, desk):
    mine, other = Visitor(desk.server), Visitor(desk.server)
    mine.get('/sign-in/council')
    back = issuer.authorize(other.get('/sign-in/council').location)
    desk.back(mine, back)
    return [mine]


@case('state mixed up: this browser\'s state, and the code of another\'s way, from an issuer that checks no PKCE')
def code_injected(issuer, desk):
    issuer.checks_pkce = False
    mine, other = Visitor(desk.server), Visitor(desk.server)
    state = issuer.authorize(mine.get('/sign-in/council').location)['state']
    code = issuer.authorize(other.get('/sign-in/council').location)['code']
    desk.back(mine, {'code': code, 'state': state})
    return [mine]


@case('state: missing')
def state_missing(issuer, desk):
    person = Visitor(desk.server)
    back = issuer.authorize(person.get('/sign-in/council').location)
    desk.back(person, {'code': back['code']})
    return [person]


@case('no cookie: a browser that began nothing')
def no_cookie(issuer, desk):
    person, other = Visitor(desk.server), Visitor(desk.server)
    back = issuer.authorize(person.get('/sign-in/council').location)
    desk.back(other, back)
    return [other]


@case('issuer mixed up: the answer says that it is another\'s (RFC 9207)')
def issuer_other(issuer, desk):
    person = Visitor(desk.server)
    back = issuer.authorize(person.get('/sign-in/council').location)
    desk.back(person, {**back, 'iss': issuer.idp.base + '/another'})
    return [person]


@case('issuer mixed up: another was set while the browser was away')
def issuer_changed(issuer, desk):
    person = Visitor(desk.server)
    back = issuer.authorize(person.get('/sign-in/council').location)
    desk.set(issuer.idp.issuer(issuer.name + '-next'))
    desk.back(person, back)
    return [person]


@case('PKCE missing: an issuer that says it does only "plain"')
def plain_only(issuer, desk):
    issuer.twist_discovery = lambda honest: {**honest, 'code_challenge_methods_supported': ['plain']}


@case('keys of two megabytes')
def oversized(issuer, desk):
    issuer.twist_keys = lambda honest: {**honest, 'more': 'x' * (2 << 20)}


@case('an ID token of 20 kilobytes')
def long_token(issuer, desk):
    issuer.twist_claims = claims(more='x' * (20 << 10))


@case('sub reused: another issuer\'s person of the same name')
def sub_reused(issuer, desk):
    other = issuer.idp.issuer(issuer.name + '-other')
    other.subject = issuer.subject
    desk.set(other)
    person = Visitor(desk.server)
    desk.back(person, other.authorize(person.get('/sign-in/council').location))
    return [person]


@case('the token endpoint leads on to another server')
def redirected(issuer, desk):
    issuer.token_redirect = issuer.idp.elsewhere + '/token'


@case('the description names an endpoint of another server')
def far_endpoint(issuer, desk):
    issuer.twist_discovery = lambda honest: {**honest, 'token_endpoint': issuer.idp.elsewhere + '/token'}


@case('the description names keys of another server')
def far_keys(issuer, desk):
    issuer.twist_discovery = lambda honest: {**honest, 'jwks_uri': issuer.idp.elsewhere + '/keys'}


@case('the description is of another issuer')
def other_description(issuer, desk):
    issuer.twist_discovery = lambda honest: {**honest, 'issuer': issuer.idp.base + '/another'}


@case('slow: it answers after eight seconds, to eleven people at once')
def slow(issuer, desk):
    people = [Visitor(desk.server) for _ in range(11)]
    backs = [issuer.authorize(person.get('/sign-in/council').location) for person in people]
    issuer.slow = 8
    threads = [threading.Thread(target=desk.back, args=pair) for pair in zip(people, backs)]
    for thread in threads:
        thread.start()
    worst = 0
    while any(thread.is_alive() for thread in threads):
        began = time.monotonic()
        Visitor(desk.server).get('/privacy')
        worst = max(worst, time.monotonic() - began)
        time.sleep(0.1)
    print(f'# while it was slow, the slowest other page took {worst * 1000:.0f} ms')
    issuer.slow = 0
    if worst > 4:
        raise AssertionError(f'another page took {worst:.1f} s')
    return people


@case('a person who was stopped', honest_too=False)
def stopped(issuer, desk):
    desk.stop_person()


class Council:
    """A Duly with one person, and an administrator who sets and connects."""

    def __init__(self, folder, server):
        self.data, self.server = f'{folder}/data', server
        self.admin = Visitor(server)
        self.admin.sign_in('a.dmin', PASSWORD)
        with sqlite3.connect(f'file:{self.data}/duly.db?mode=ro', uri=True) as store:
            self.person = store.execute("SELECT id FROM person WHERE login = 's.person'").fetchone()[0]

    def done(self, answer, to):
        if answer.location != to:
            raise AssertionError(f'{answer.status} {answer.location}: {answer.text[-3000:]}')

    def set(self, issuer):
        self.done(self.admin.post('/manage/council', **settings(issuer)), '/manage/council?done=set')

    def connect(self, issuer):
        path = f'/manage/users/{self.person}/council'
        self.done(self.admin.post(path, subject=issuer.subject), path + '?done=connected')

    def stop_person(self):
        self.done(self.admin.post(f'/manage/users/{self.person}/disable'), f'/manage/users/{self.person}?done=stopped')

    def back(self, person, query):
        return person.get('/sign-in/council/back?' + urllib.parse.urlencode(query))

    def walk(self, issuer):
        person = Visitor(self.server)
        away = person.get('/sign-in/council')
        if away.location and away.location.startswith(issuer.url + '/authorize?'):
            self.back(person, issuer.authorize(away.location))
        return person

    def entries(self):
        with sqlite3.connect(f'file:{self.data}/duly.db?mode=ro', uri=True) as store:
            return store.execute("SELECT count(*) FROM ledger WHERE act LIKE 'sign-in:council%'").fetchone()[0]


def is_in(person):
    return 'duly' in person.jar and 'S Person' in person.get('/account').text


def honest_again(issuer):
    fresh = type(issuer)(issuer.idp, issuer.name)
    undo = getattr(issuer, 'undo', None)
    if undo:
        undo()
    fresh.subject = issuer.subject
    issuer.idp.issuers[issuer.name] = fresh
    return fresh


def try_case(desk, idp, n, function, honest_too):
    """What was wrong about it; empty: refused as it must be."""
    issuer = idp.issuer(f'case-{n}')
    desk.set(issuer)
    desk.connect(issuer)
    signed_in = 1 if function is replayed else 0
    before = desk.entries() + signed_in
    people = function(issuer, desk) or [desk.walk(issuer)]
    if any('duly' in person.jar or 'duly-step' in person.jar for person in people):
        return 'somebody was signed in'
    if desk.entries() != before:
        return 'the ledger says that somebody was signed in'
    if issuer.faults:
        return f'the client is wrong: {issuer.faults}'
    if honest_too:
        fresh = honest_again(issuer)
        desk.set(fresh)
        if not is_in(desk.walk(fresh)):
            return 'and an honest answer was refused too'
    return ''


def main():
    refused, wrong = 0, []
    with tempfile.TemporaryDirectory(prefix='duly-bar-') as folder, Idp() as idp:
        for login, name, role in (('a.dmin', 'A Dmin', 'administrator'), ('b.dmin', 'B Dmin', 'administrator'),
                                  ('s.person', 'S Person', 'chair')):
            subprocess.run([DULY, 'user', 'add', '--data', f'{folder}/data', '--authority', '330', '--login', login,
                            '--name', name, '--role', role, '--password-stdin'], input=PASSWORD + '\n', text=True,
                           check=True, stdout=subprocess.DEVNULL)
        subprocess.run([DULY, 'user', 'factor-optional', '--data', f'{folder}/data'], check=True,
                       stdout=subprocess.DEVNULL)
        steps.settle(f'{folder}/data')
        with Server(f'{folder}/data') as server:
            desk = Council(folder, server)
            for n, (words, function, honest_too) in enumerate(cases, 1):
                why = try_case(desk, idp, n, function, honest_too)
                refused += not why
                print(f'# {n:2} {"refused" if not why else "WRONG: " + why} - {words}', flush=True)
                if why:
                    wrong.append(words)
        asked = len(idp.elsewhere_asked)
    bar('F11', f'{refused}/{len(cases)}_refused_{asked}_asked_of_others', '30_of_30_or_more_and_0',
        not wrong and asked == 0 and refused >= 30)


if __name__ == '__main__':
    main()
