#!/usr/bin/env python3
"""Signing in with two steps, sessions and their ends, what was typed when one ended. TAP."""
import base64
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
from visitor import Server, Visitor, demo as make_demo, duly, holds, same  # noqa: E402

PASSWORD = 'lantern otter gable'
PEOPLE = [('r.ahmed', 'R Ahmed', 'reviewing-officer'), ('m.ode', 'M Ode', 'manager'),
          ('c.keeper', 'C Keeper', 'custodian'), ('s.guess', 'S Guess', 'chair'),
          ('p.lost', 'P Lost', 'chair'), ('k.other', 'K Other', 'chair')]
tests = []


def claim(function):
    tests.append(function)
    return function


def oathtool(secret, at=None):
    """The oracle: another program's code for this secret."""
    when = [] if at is None else ['-N', time.strftime('%Y-%m-%d %H:%M:%S UTC', time.gmtime(at))]
    return subprocess.run(['oathtool', '--totp', '-b', *when, secret.replace(' ', '')],
                          capture_output=True, text=True, check=True).stdout.strip()


def enrol(visitor):
    """Sets up an app as a person does; (secret, recovery codes)."""
    same(visitor.post('/account/second-factor/offer').location, '/account/second-factor')
    page = visitor.get('/account/second-factor')
    secret = re.search(r'id="secret">([A-Z2-7 ]+)<', page.text).group(1)
    same(len(secret.replace(' ', '')), 32)
    holds(page.text, '<svg class="app-qr"')
    same(visitor.post('/account/second-factor/confirm', code=oathtool(secret)).location,
         '/account/recovery-codes')
    codes = re.findall(r'<code class="app-secret">([a-z2-9-]{29})</code>',
                       visitor.get('/account/recovery-codes').text)
    same(len(set(codes)), 10)
    same(visitor.post('/account/recovery-codes/done').location, '/account')
    return secret, codes


def add_people(folder, name='data'):
    data = os.path.join(folder, name)
    for login, person, role in PEOPLE:
        got = duly('user', 'add', '--data', data, '--authority', '330', '--login', login, '--name',
                   person, '--role', role, '--password-stdin', given=PASSWORD + '\n')
        same(got.returncode, 0)
    steps.settle(data)
    return data


def demo(folder):
    """A demonstration, whose clock may be moved; {role: (login, password)}."""
    data = os.path.join(folder, 'demo')
    if not os.path.isdir(data):
        make_demo(data, '--children', '40', '--seed', '3')
    return data, {line.split()[0]: line.split()[1:] for line in open(os.path.join(data, 'demo-users.txt'))}


def wait_for_next_code():
    """Each code works once: the next is half a minute away, less what has passed of it."""
    time.sleep(30 - time.time() % 30 + 0.2)


secrets = {}


@claim
def nothing_is_shown_to_who_has_no_second_step_until_they_set_one_up(data, folder):
    with Server(data) as server:
        visitor = Visitor(server)
        visitor.sign_in('r.ahmed', PASSWORD)
        for path in ('/caseload', '/children/1', '/caseload.csv'):
            answer = visitor.get(path)
            assert answer.status == 404 or answer.location == '/account/second-factor', (path, answer.status)
        holds(visitor.get('/account/second-factor').text, 'Everybody here signs in with two steps')
        secrets['r.ahmed'] = enrol(visitor)
        same(visitor.get('/caseload').status, 200)
        again = Visitor(server)
        same(again.sign_in('r.ahmed', PASSWORD).location, '/sign-in/code')
        same(again.get('/caseload').location, '/sign-in')


@claim
def a_code_is_taken_once_and_only_a_right_one(data, folder):
    secret = secrets['r.ahmed'][0]
    wait_for_next_code()
    with Server(data) as server:
        code = oathtool(secret)
        visitor = Visitor(server)
        same(visitor.sign_in('r.ahmed', PASSWORD, next='/privacy').location, '/sign-in/code?next=%2Fprivacy')
        wrong = visitor.post('/sign-in/code', code='%06d' % ((int(code) + 1) % 10 ** 6))
        same(wrong.status, 422)
        holds(wrong.text, 'Each code works once')
        for bad in ('', 'abcdef', '12345', '1234567', code + '0', '\u0661\u0662\u0663\u0664\u0665\u0666'):
            same(visitor.post('/sign-in/code', code=bad).status, 422)
        for far in (-90, 90, 3600):
            same(visitor.post('/sign-in/code', code=oathtool(secret, time.time() + far)).status, 422)
        same(visitor.post('/sign-in/code', code=code[:3] + ' ' + code[3:], next='/privacy').location, '/privacy')
        holds(visitor.get('/privacy').text, 'R Ahmed')
        replay = Visitor(server)
        replay.sign_in('r.ahmed', PASSWORD)
        same(replay.post('/sign-in/code', code=code).status, 422)
        # Without the password there is no second step to answer.
        same(Visitor(server).post('/sign-in/code', code=code).location, '/sign-in')


@claim
def a_clock_half_a_minute_off_is_forgiven_and_a_minute_is_not(data, folder):
    with Server(data) as server:
        visitor = Visitor(server)
        visitor.sign_in('m.ode', PASSWORD)
        secret = enrol(visitor)[0]
        secrets['m.ode'] = (secret, [])
        ahead = Visitor(server)
        ahead.sign_in('m.ode', PASSWORD)
        same(ahead.post('/sign-in/code', code=oathtool(secret, time.time() - 60)).status, 422)
        same(ahead.post('/sign-in/code', code=oathtool(secret, time.time() + 30)).location, '/')
        # That one is spent, and so is all that came before it.
        behind = Visitor(server)
        behind.sign_in('m.ode', PASSWORD)
        same(behind.post('/sign-in/code', code=oathtool(secret)).status, 422)


@claim
def codes_are_not_guessed(data, folder):
    with Server(data) as server:
        visitor = Visitor(server)
        visitor.sign_in('s.guess', PASSWORD)
        secret = enrol(visitor)[0]
        thief = Visitor(server)
        thief.sign_in('s.guess', PASSWORD)
        got = [thief.post('/sign-in/code', code='%06d' % n).status for n in range(12)]
        same(got, [422] * 10 + [429] * 2)
        # A new password step buys no new guesses, and the right code waits too.
        thief = Visitor(server)
        thief.sign_in('s.guess', PASSWORD)
        same(thief.post('/sign-in/code', code=oathtool(secret, time.time() + 30)).status, 429)


@claim
def a_recovery_code_signs_in_once(data, folder):
    codes = secrets['r.ahmed'][1]
    with Server(data) as server:
        visitor = Visitor(server)
        visitor.sign_in('r.ahmed', PASSWORD)
        same(visitor.post('/sign-in/recovery', code='aaaaa-aaaaa-aaaaa-aaaaa-aaaaa').status, 422)
        same(visitor.post('/sign-in/recovery', code=codes[0].upper().replace('-', ' ')).location, '/')
        holds(visitor.get('/account').text, '9 not used yet')
        again = Visitor(server)
        again.sign_in('r.ahmed', PASSWORD)
        same(again.post('/sign-in/recovery', code=codes[0]).status, 422)
        other = Visitor(server)
        other.sign_in('m.ode', PASSWORD)
        same(other.post('/sign-in/recovery', code=codes[1]).status, 422)
        # New ones take the place of the old.
        visitor.post('/account/recovery-codes')
        fresh = re.findall(r'>([a-z2-9-]{29})</code>', visitor.get('/account/recovery-codes').text)
        same(len(fresh), 10)
        same(again.post('/sign-in/recovery', code=codes[2]).status, 422)
        same(again.post('/sign-in/recovery', code=fresh[2]).location, '/')


@claim
def what_decides_who_signs_in_is_changed_only_by_who_has_just_proved_themselves(data, folder):
    demo_data, users = demo(folder)
    login, password = users['chair']
    with Server(demo_data, '--now', '2026-03-27T09:00', '--freeze') as server:
        visitor = Visitor(server)
        visitor.sign_in(login, password)
    with Server(demo_data, '--now', '2026-03-27T09:06', '--freeze') as server:
        visitor.server = server
        same(visitor.post('/account/second-factor/offer').location,
             '/account/confirm?next=%2Faccount%2Fsecond-factor')
        same(visitor.post('/account/recovery-codes').location, '/account/confirm?next=%2Faccount%2Frecovery-codes')
        same(visitor.post('/account/confirm', current='not this').status, 422)
        old = visitor.cookie
        same(visitor.post('/account/confirm', current=password, next='/account/second-factor').location,
             '/account/second-factor')
        assert visitor.cookie != old
        stale = Visitor(server, old)
        same(stale.get('/caseload').location, '/sign-in')
        same(visitor.post('/account/second-factor/offer').location, '/account/second-factor')


@claim
def a_new_password_is_chosen_with_the_old_one_and_ends_the_other_sessions(data, folder):
    with Server(data) as server:
        visitor, other = Visitor(server), Visitor(server)
        visitor.sign_in('k.other', PASSWORD)
        other.sign_in('k.other', PASSWORD)
        for current, new, words in [('', 'x', 'Enter your current password'), (PASSWORD, '', 'Enter a new password'),
                                    ('wrong one here', 'otter gable lantern', 'Enter your current password'),
                                    (PASSWORD, 'short', 'at least 12'), (PASSWORD, 'safeguarding2026', 'first that are tried'),
                                    (PASSWORD, 'k.other-is-me', 'sign-in name')]:
            answer = visitor.post('/account/password', current=current, new=new)
            same(answer.status, 422)
            holds(answer.text, words)
            assert new == '' or len(new) < 6 or new not in answer.text
        old = visitor.cookie
        same(visitor.post('/account/password', current=PASSWORD, new='otter gable lantern').location, '/account')
        assert visitor.cookie != old
        same(visitor.get('/account').status, 200)
        same(other.get('/account').location, '/sign-in?next=%2Faccount')
        same(Visitor(server).sign_in('k.other', PASSWORD).status, 422)
        same(Visitor(server).sign_in('k.other', 'otter gable lantern').status, 303)


@claim
def who_was_given_a_password_at_the_command_line_chooses_one_of_their_own_first(data, folder):
    told = duly('user', 'password', '--data', data, '--login', 'k.other').stdout.split()[1]
    with Server(data) as server:
        visitor = Visitor(server)
        same(visitor.sign_in('k.other', told).status, 303)
        for path in ('/caseload', '/account', '/search'):
            same(visitor.get(path).location, '/account/password')
        holds(visitor.get('/account/password').text, 'Choose your own password')
        same(visitor.post('/account/password', current=told, new=PASSWORD).location, '/')
        assert visitor.get('/account').location != '/account/password'
        same(Visitor(server).sign_in('k.other', told).status, 422)
    # A demonstration's are known to everybody anyway.
    shown, people = demo(folder)
    login, password = people['chair']
    with Server(shown) as server:
        visitor = Visitor(server)
        same(visitor.sign_in(login, password).status, 303)
        same(visitor.get('/caseload').status, 200)


@claim
def somebody_who_lost_their_app_is_reset_and_sets_up_another(data, folder):
    with Server(data) as server:
        visitor = Visitor(server)
        visitor.sign_in('p.lost', PASSWORD)
        enrol(visitor)
    got = duly('user', 'factor-reset', '--data', data, '--login', 'p.lost')
    same(got.returncode, 0)
    same(duly('user', 'factor-reset', '--data', data, '--login', 'no.body').returncode, 2)
    with Server(data) as server:
        visitor.server = server
        same(visitor.get('/account').location, '/sign-in?next=%2Faccount')
        same(visitor.sign_in('p.lost', PASSWORD).location, '/')
        same(visitor.get('/caseload').location, '/account/second-factor')
        enrol(visitor)
        same(visitor.get('/caseload').status, 200)


@claim
def a_custodian_signs_with_two_steps(data, folder):
    with Server(data) as server:
        visitor = Visitor(server)
        visitor.sign_in('c.keeper', PASSWORD)
        secret = enrol(visitor)[0]
    signing = ['sign', 'none-restricted', '--data', data, '--authority', '330', '--login', 'c.keeper']
    for given in (PASSWORD + '\n', PASSWORD + '\n000000\n', 'wrong\n' + oathtool(secret) + '\n'):
        same(duly(*signing, given=given).returncode, 2)
    wait_for_next_code()
    code = oathtool(secret)
    same(duly(*signing, given=f'{PASSWORD}\n{code}\n').returncode, 0)
    same(duly(*signing, given=f'{PASSWORD}\n{code}\n').returncode, 2)


@claim
def neither_secret_nor_code_stands_in_the_store(data, folder):
    secret, codes = secrets['r.ahmed']
    kept = b''.join(open(os.path.join(data, name), 'rb').read() for name in os.listdir(data)
                    if os.path.isfile(os.path.join(data, name)))
    plain = secret.replace(' ', '')
    for token in [plain.encode(), base64.b32decode(plain)] + [code.encode() for code in codes]:
        assert token not in kept
    same(duly('verify', '--data', data).returncode, 0)


@claim
def sessions_are_listed_and_ended_by_their_owner_alone(data, folder):
    demo_data, users = demo(folder)
    login, password = users['manager']
    with Server(demo_data) as server:
        here = Visitor(server, agent='Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0')
        there = Visitor(server, agent='Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0')
        here.sign_in(login, password)
        there.sign_in(login, password)
        page = here.get('/account').text
        holds(page, 'Edge on Windows: this browser')
        holds(page, 'Firefox on Linux')
        ending = re.search(r'/account/sessions/\d+/end', page).group(0)
        stranger = Visitor(server)
        stranger.sign_in(*users['chair'])
        same(stranger.post(ending).status, 404)
        same(there.get('/account').status, 200)
        same(here.post(ending).location, '/account')
        same(there.get('/account').location, '/sign-in?next=%2Faccount')
        for _ in range(2):
            Visitor(server).sign_in(login, password)
        same(here.post('/account/sessions/end').location, '/account')
        same(len(re.findall(r'/account/sessions/\d+/end', here.get('/account').text)), 0)


@claim
def a_session_ends_to_the_second(data, folder):
    demo_data, users = demo(folder)
    login, password = users['chair']

    def at(clock, visit):
        with Server(demo_data, '--now', clock, '--freeze') as server:
            visitor.server = server
            return visit()
    visitor = Visitor(None)
    at('2026-03-27T09:00:00', lambda: visitor.sign_in(login, password))
    same(at('2026-03-27T09:30:00', lambda: visitor.get('/caseload')).status, 200)
    same(at('2026-03-27T10:00:01', lambda: visitor.get('/caseload')).location, '/sign-in')
    at('2026-03-27T09:00:00', lambda: visitor.sign_in(login, password))
    for half in range(1, 20):
        clock = '2026-03-27T%02d:%02d:00' % (9 + half // 2, 30 * (half % 2))
        same(at(clock, lambda: visitor.get('/account')).status, 200)
    same(at('2026-03-27T19:00:00', lambda: visitor.get('/account/left').text), '0')
    same(at('2026-03-27T19:00:01', lambda: visitor.get('/account')).status, 303)


@claim
def what_is_left_is_told_without_making_it_longer(data, folder):
    demo_data, users = demo(folder)
    visitor = Visitor(None)
    with Server(demo_data, '--now', '2026-03-27T09:00', '--freeze') as server:
        visitor.server = server
        visitor.sign_in(*users['chair'])
        same(visitor.get('/account/left').text, '1800')
        holds(visitor.get('/account').text, 'data-left="1800" data-warning="120"')
    for _ in range(2):
        with Server(demo_data, '--now', '2026-03-27T09:29', '--freeze') as server:
            visitor.server = server
            same(visitor.get('/account/left').text, '60')
    with Server(demo_data, '--now', '2026-03-27T09:29', '--freeze') as server:
        visitor.server = server
        same(visitor.post('/account/stay').location, '/account/left')
        same(visitor.get('/account/left').text, '1800')


@claim
def what_was_typed_when_the_session_ended_is_offered_to_its_person_alone(data, folder):
    demo_data, users = demo(folder)
    chair, manager = users['chair'], users['manager']
    typed = 'She said: "I want to see my tortoise" & that <b>this</b> matters.\nTwice. \u2603'
    with Server(demo_data, '--now', '2026-03-27T09:00', '--freeze') as server:
        visitor = Visitor(server)
        visitor.sign_in(*chair)
        token = visitor.csrf()
    with Server(demo_data, '--now', '2026-03-27T10:00', '--freeze') as server:
        visitor.server = server
        answer = visitor.ask('POST', '/caseload', {'csrf': token, 'view': typed, 'version': '3'})
        same(answer.location, '/sign-in?kept=1')
        holds(visitor.get('/sign-in?kept=1').text, 'What you typed is kept')
        # A form that this session did not make is not kept for anybody.
        same(visitor.ask('POST', '/caseload', {'csrf': 'x' * 43, 'view': 'planted'}).location, '/sign-in')
        other = Visitor(server)
        same(other.sign_in(*manager).location, '/')
        page = other.get('/account/kept').text
        holds(page, 'Nothing is kept for you')
        assert 'tortoise' not in page
        same(visitor.sign_in(*chair).location, '/account/kept')
        page = visitor.get('/account/kept').text
        holds(page, 'She said: &quot;I want to see my tortoise&quot; &amp; that &lt;b&gt;this')
        assert 'planted' not in page
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
        same(hidden['version'], '3')
        kept = hidden['kept']
        same(other.post(f'/account/kept/{kept}/drop').location, '/account/kept')
        holds(visitor.get('/account/kept').text, 'my tortoise')
        same(visitor.post(f'/account/kept/{kept}/drop').location, '/account/kept')
        holds(visitor.get('/account/kept').text, 'Nothing is kept for you')
    kept = b''.join(open(os.path.join(demo_data, name), 'rb').read() for name in os.listdir(demo_data)
                    if os.path.isfile(os.path.join(demo_data, name)))
    assert b'see my tortoise' not in kept


@claim
def a_password_is_never_kept_with_what_was_typed(data, folder):
    demo_data, users = demo(folder)
    with Server(demo_data, '--now', '2026-03-27T09:00', '--freeze') as server:
        visitor = Visitor(server)
        visitor.sign_in(*users['auditor'])
        token = visitor.csrf()
    with Server(demo_data, '--now', '2026-03-27T10:00', '--freeze') as server:
        visitor.server = server
        answer = visitor.ask('POST', '/account/password', {'csrf': token, 'current': 'a b c', 'new': 'd e f'})
        same(answer.location, '/sign-in')
    with sqlite3.connect(f'file:{demo_data}/duly.db?mode=ro', uri=True) as store:
        same(store.execute('SELECT count(*) FROM kept_form').fetchone()[0], 0)


@claim
def a_strangers_guesses_do_not_lock_out_a_known_browser(data, folder):
    demo_data, users = demo(folder)
    login, password = users['lead-practitioner']
    with Server(demo_data) as server:
        known, stranger = Visitor(server), Visitor(server)
        same(known.sign_in(login, password).status, 303)
        known.post('/sign-out')
        for n in range(11):
            stranger.sign_in(login, f'guess {n}')
        same(stranger.sign_in(login, password).status, 429)
        same(Visitor(server).sign_in(login, password).status, 429)
        same(known.sign_in(login, password).status, 303)
        # It is a count, no key: the known browser has ten guesses too, and for this name alone.
        known.post('/sign-out')
        same([known.sign_in(login, f'guess {n}').status for n in range(11)], [422] * 10 + [429])
        forged = Visitor(server)
        forged.jar['duly-device'] = '0' * 32 + '-' + '0' * 32
        same(forged.sign_in(login, password).status, 429)
        other = Visitor(server)
        other.jar['duly-device'] = known.jar['duly-device']
        same(other.sign_in(users['auditor'][0], 'wrong').status, 422)


@claim
def known_and_unknown_names_are_answered_alike_at_both_steps(data, folder):
    with Server(data) as server:
        pages = {Visitor(server).sign_in(login, 'not the password').text.replace(login, 'NAME')
                 for login in ('r.ahmed', 'p.lost', 'x.nobody')}
        same(len(pages), 1)
        same({Visitor(server).get(path).location for path in ('/sign-in/code', '/sign-in/recovery')}, {'/sign-in'})


def main():
    print(f'1..{len(tests)}')
    failed = 0
    with tempfile.TemporaryDirectory(prefix='duly-signin-') as folder:
        data = add_people(folder)
        for n, test in enumerate(tests, 1):
            try:
                test(data, folder)
                print(f'ok {n} - {test.__name__}', flush=True)
            except Exception:
                failed += 1
                print(f'not ok {n} - {test.__name__}', flush=True)
                print(''.join(f'# {line}\n' for line in traceback.format_exc()[-3000:].split('\n')), flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
