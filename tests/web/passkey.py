#!/usr/bin/env python3
"""Passkeys over HTTP with an authenticator made of software: what is refused, and what a reset leaves. TAP."""
import os
import re
import sqlite3
import sys
import tempfile
import traceback
import base64

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from authenticator import Authenticator  # noqa: E402
from visitor import Server, Visitor, demo, duly, holds, same  # noqa: E402

AT = '2026-03-27T09:00'
tests = []


def claim(function):
    tests.append(function)
    return function


class Person(Visitor):
    """Asks by the name that passkeys are bound to."""

    def ask(self, method, path, fields=None, **headers):
        return super().ask(method, path, fields, Host=f'localhost:{self.server.port}', **headers)

    def challenge(self, purpose):
        path = '/sign-in/passkey/challenge' if purpose in ('step', 'alone') else '/account/passkeys/challenge'
        answer = self.post(path, **{'for': purpose})
        return answer.text if answer.status == 200 else answer.status

    def add(self, key, name='Work laptop', **bent):
        page = self.get('/account/passkeys/add').text
        key.user = base64.urlsafe_b64decode(re.search(r'data-user="([^"]+)"', page)[1] + '=')
        return self.post('/account/passkeys/add', name=name, **key.make(self.challenge('add'), **bent))


def served(data, at=AT):
    return Server(data, '--now', at, '--freeze')


def key_for(server):
    return Authenticator(f'http://localhost:{server.port}')


def rows(data, text, *values):
    with sqlite3.connect(f'file:{data}/duly.db?mode=ro', uri=True) as store:
        return store.execute(text, values).fetchall()


def acts(data):
    return [act for act, in rows(data, 'SELECT act FROM ledger ORDER BY seq')]


def half(server, who):
    visitor = Person(server)
    same(visitor.sign_in(*who).location, '/sign-in/passkey')
    return visitor


@claim
def a_passkey_is_refused_unless_all_of_it_is_right_and_each_refusal_is_told(data, users):
    with served(data) as server:
        chair, other = Person(server), Person(server)
        chair.sign_in(*users['chair'])
        other.sign_in(*users['lado'])
        mine, theirs = key_for(server), key_for(server)
        for bent in ({'type': 'get'}, {'origin': 'https://evil.example'}, {'site': 'evil.example'}, {'flags': 65},
                     {'flags': 68}, {'framed': True}, {'format': 'fido-u2f'}, {'instead': 'A' * 43}):
            same(chair.add(mine, **bent).status, 422)
        same(rows(data, 'SELECT count(*) FROM passkey'), [(0,)])
        same(chair.add(mine).location, '/account/recovery-codes')
        same(other.add(theirs).location, '/account/recovery-codes')
        same(other.add(mine).status, 422)  # somebody else's already
        visitor = half(server, users['chair'])
        before = len(acts(data))
        wrong = [{'type': 'create'}, {'origin': 'https://evil.example'}, {'site': 'evil.example'}, {'flags': 1},
                 {'flags': 4}, {'signature': True}, {'framed': True}]
        for bent in wrong:
            same(visitor.post('/sign-in/passkey', **mine.show(visitor.challenge('step'), **bent)).status, 422)
        same(acts(data)[before:], ['factor:passkey-refused'] * len(wrong))
        # Another person's, which signs well; then nobody's.
        same(visitor.post('/sign-in/passkey', **theirs.show(visitor.challenge('step'))).status, 422)
        same(visitor.post('/sign-in/passkey', **key_for(server).show(visitor.challenge('step'))).status, 422)
        same(acts(data)[before + len(wrong):], ['factor:passkey-refused'])


@claim
def a_challenge_is_good_once_for_one_thing_in_one_browser_for_five_minutes(data, users):
    with served(data) as server:
        visitor, thief = Person(server), Person(server)
        visitor.sign_in(*users['manager'])
        key = key_for(server)
        same(visitor.add(key).location, '/account/recovery-codes')
        # For another purpose, or of another browser.
        same(visitor.post('/account/confirm/passkey', **key.show(visitor.challenge('add'))).status, 422)
        first, second = half(server, users['manager']), half(server, users['manager'])
        given = first.challenge('step')
        same(second.post('/sign-in/passkey', **key.show(given)).status, 422)
        same(first.post('/sign-in/passkey', **key.show(given)).status, 422)  # gone, whoever tried it
        same(thief.challenge('step'), 400)
        shown = key.show(first.challenge('step'))
        same(first.post('/sign-in/passkey', **shown).location, '/')
        again = half(server, users['manager'])
        same(again.post('/sign-in/passkey', **shown).status, 422)
        # Alone: whose it is is said by the passkey.
        alone = Person(server)
        wrong = key.show(alone.challenge('alone'), user=b'x' * 32)
        same(alone.post('/sign-in/passkey-alone', **wrong).status, 422)
        unnamed = {**key.show(alone.challenge('alone')), 'user': ''}
        same(alone.post('/sign-in/passkey-alone', **unnamed).status, 422)
        late = key.show(alone.challenge('alone')), alone.jar
    with served(data, '2026-03-27T09:06') as server:
        alone = Person(server)
        alone.jar = dict(late[1])
        answer = alone.post('/sign-in/passkey-alone', **late[0])
        same(answer.status, 422)
        holds(answer.text, 'That took too long')
        key.origin = f'http://localhost:{server.port}'
        same(alone.post('/sign-in/passkey-alone', **key.show(alone.challenge('alone'))).location, '/')
        holds(alone.get('/account').text, '1 passkey')


@claim
def a_count_that_goes_back_stops_the_passkey_and_nothing_else_opens(data, users):
    with served(data) as server:
        visitor = Person(server)
        visitor.sign_in(*users['auditor'])
        key = key_for(server)
        visitor.add(key)
        key.uses = 9
        first = half(server, users['auditor'])
        same(first.post('/sign-in/passkey', **key.show(first.challenge('step'))).location, '/')
        second = half(server, users['auditor'])
        answer = second.post('/sign-in/passkey', **key.show(second.challenge('step'), uses=10))
        same(answer.status, 422)
        holds(answer.text, 'may have been copied')
        same(acts(data)[-1], 'factor:passkey-copied')
        # It stays so, with a count however high; the password alone still opens nothing.
        key.uses = 99
        third = Person(server)
        same(third.sign_in(*users['auditor']).location, '/sign-in/recovery')
        same(third.post('/sign-in/passkey', **key.show(third.challenge('step'))).status, 422)
        same(third.get('/caseload').location, '/sign-in')
        holds(first.get('/account/passkeys').text, 'may have been copied')


@claim
def what_decides_who_signs_in_asks_again_and_the_last_step_stays(data, users):
    with served(data) as server:
        visitor = Person(server)
        visitor.sign_in(*users['head'])
        key = key_for(server)
        visitor.add(key)
        number = rows(data, 'SELECT max(id) FROM passkey')[0][0]
    same(duly('user', 'factor-required', '--data', data).returncode, 0)
    with served(data) as server:
        key.origin = f'http://localhost:{server.port}'
        visitor = Person(server)
        same(visitor.post('/sign-in/passkey-alone', **key.show(visitor.challenge('alone'))).location, '/')
        answer = visitor.post(f'/account/passkeys/{number}/remove')
        same(answer.status, 422)
        holds(answer.text, 'Add another before you remove it')
        jar = visitor.jar
    with served(data, '2026-03-27T09:07') as server:
        key.origin = f'http://localhost:{server.port}'
        visitor = Person(server)
        visitor.jar = jar
        confirm = f'/account/confirm?next=%2Faccount%2Fpasskeys%2F{number}%2Fremove'
        same(visitor.post(f'/account/passkeys/{number}/remove').location, confirm)
        same(visitor.challenge('add'), 403)
        same(visitor.post('/account/confirm', current=users['head'][1]).status, 422)  # a password is not enough
        old = visitor.cookie
        same(visitor.post('/account/confirm/passkey', **key.show(visitor.challenge('confirm'))).location, '/account')
        assert visitor.cookie != old
        same(visitor.add(key_for(server), 'Blue key').location, '/account/passkeys')
        same(visitor.post(f'/account/passkeys/{number}/remove').location, '/account/passkeys')
        same(acts(data)[-1], 'factor:passkey-removed')
    same(duly('user', 'factor-optional', '--data', data).returncode, 0)


@claim
def a_second_step_is_reset_by_an_administrator_who_does_not_know_the_password(data, users):
    with served(data) as server:
        admin, lost = Person(server), Person(server)
        admin.sign_in(*users['administrator'])
        login = users['reviewing-officer'][0]
        number = rows(data, 'SELECT id FROM person WHERE login = ?', login)[0][0]
        lost.sign_in(*users['reviewing-officer'])
        lost.add(key_for(server))
        path = f'/manage/users/{number}'
        same(Person(server).post(path + '/second-factor').status, 303)
        same(lost.post(path + '/second-factor').status, 403)
        before = len(acts(data))
        same(admin.post(path + '/second-factor').location, path + '?done=reset')
        same(acts(data)[before:], ['factor:reset'])
        same(lost.get('/account').location, '/sign-in?next=%2Faccount')
        same(rows(data, 'SELECT count(*) FROM passkey WHERE person = ?', number), [(0,)])
        # The same administrator does not make their password now, nor reset who has one of theirs.
        holds(admin.post(path + '/password').text, 'another administrator must make')
        lost.sign_in(*users['reviewing-officer'])
        holds(lost.get('/account/second-factor').text, 'Your second step was reset')
        holds(lost.get('/inbox').text, 'Your second step was reset')
        holds(lost.get('/account').text, 'How you sign in was changed')
        same(lost.add(key_for(server)).location, '/account/recovery-codes')
        same(admin.post(path + '/password').location, path + '/password')
        holds(admin.post(path + '/second-factor').text, 'another administrator must reset')
        own = rows(data, 'SELECT id FROM person WHERE login = ?', users['administrator'][0])[0][0]
        holds(admin.post(f'/manage/users/{own}/second-factor').text, 'Another administrator must reset')


def main():
    failed = 0
    print(f'1..{len(tests)}')
    with tempfile.TemporaryDirectory(prefix='duly-passkey-') as folder:
        data = os.path.join(folder, 'demo')
        demo(data, '--children', '40', '--seed', '3')
        users = {}
        for line in open(os.path.join(data, 'demo-users.txt')):
            role, login, password = line.split()
            users.setdefault(role, (login, password))
        for number, test in enumerate(tests, 1):
            try:
                test(data, users)
                print(f'ok {number} - {test.__name__}', flush=True)
            except Exception:
                failed += 1
                print(f'not ok {number} - {test.__name__}', flush=True)
                print(''.join(f'# {line}\n' for line in traceback.format_exc()[-2500:].split('\n')), end='', flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
