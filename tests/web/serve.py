#!/usr/bin/env python3
"""duly serve as a browser and an attacker meet it: the real program, on a store of its own. TAP."""
import concurrent.futures
import http.client
import os
import re
import shutil
import signal
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.parse
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'bars'))
from demonstration import demonstration  # noqa: E402

DULY = os.environ.get('DULY') or sys.argv[1]
ORIGINAL = 'lantern otter gable'
FORM = {'Content-Type': 'application/x-www-form-urlencoded'}
PEOPLE = [('r.ahmed', 'R Ahmed', 'reviewing-officer'), ('m.ode', 'M Ode', 'manager'),
          ('s.guess', 'S Guess', 'chair'), ('a.leaver', 'A Leaver', 'chair')]
STANDING = {
    'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
}
tests = []


def claim(function):
    tests.append(function)
    return function


def same(got, want):
    if got != want:
        raise AssertionError(f'got {got!r}, want {want!r}')


def holds(text, part):
    if part not in text:
        raise AssertionError(f'{part!r} is not in {text[:600]!r}')


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()
        self.text = self.body.decode('utf-8', 'replace')

    @property
    def cookie(self):
        return self.headers.get('set-cookie', '').split(';')[0]


class Server:
    """duly serve, until the end of the with."""

    def __init__(self, data, *options, tls=False):
        self.command = [DULY, 'serve', '--data', data, '--port', '0', *options]
        self.tls = tls

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

    def ask(self, method, path, fields=None, cookie=None, **headers):
        headers = {name.replace('_', '-'): value for name, value in headers.items()}
        if cookie:
            headers['Cookie'] = cookie
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers = {**FORM, **headers}
        if self.tls:
            trusting = ssl._create_unverified_context()
            link = http.client.HTTPSConnection('localhost', self.port, timeout=60, context=trusting)
        else:
            link = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        try:
            link.request(method, path, body, headers)
            return Answer(link.getresponse())
        finally:
            link.close()

    def has_read(self, link):
        """All that was sent on this connection: nothing of it waits in the kernel."""
        ends = [f'0100007F:{port:04X}' for port in (self.port, link.sock.getsockname()[1])]
        with open('/proc/net/tcp', encoding='ascii') as table:
            queues = [line.split()[4] for line in table if line.split()[1:3] == ends]
        return len(queues) == 1 and queues[0].endswith(':00000000')

    def get(self, path, cookie=None, **headers):
        return self.ask('GET', path, None, cookie, **headers)

    def sign_in(self, login='r.ahmed', password=ORIGINAL, cookie=None, **more):
        return self.ask('POST', '/sign-in', {'login': login, 'password': password, **more}, cookie)

    def form_token(self, cookie):
        # A page that every role may see carries the form to sign out.
        return re.search(r'name="csrf" value="([^"]+)"', self.get('/privacy', cookie).text).group(1)


def duly(*arguments, given=''):
    return subprocess.run([DULY, *arguments], input=given, capture_output=True, text=True, timeout=120)


def demo(data, *options):
    demonstration(DULY, data, *options)


def made(folder):
    data = os.path.join(folder, 'data')
    for login, name, role in PEOPLE:
        result = duly('user', 'add', '--data', data, '--authority', '999', '--login', login, '--name',
                      name, '--role', role, '--password-stdin', given=ORIGINAL + '\n')
        if result.returncode != 0:
            raise AssertionError(result.stderr)
    return data


@claim
def a_user_gets_a_password_once_and_a_bad_one_is_refused(data):
    result = duly('user', 'add', '--data', data, '--authority', '999', '--login', 'New.One', '--name',
                  'N One', '--role', 'auditor')
    same(result.returncode, 0)
    assert re.fullmatch(r'new\.one [a-z2-9]{4}(-[a-z2-9]{4}){4}\n', result.stdout), result.stdout
    for password in ('short', 'password12345', 'bad.one-and-more'):
        result = duly('user', 'add', '--data', data, '--authority', '999', '--login', 'bad.one',
                      '--name', 'B', '--role', 'chair', '--password-stdin', given=password)
        same(result.returncode, 2)
    again = duly('user', 'add', '--data', data, '--authority', '999', '--login', 'r.ahmed', '--name',
                 'R', '--role', 'chair')
    same(again.returncode, 2)
    listed = duly('user', 'list', '--data', data).stdout
    holds(listed, 'r.ahmed\tR Ahmed\treviewing-officer')
    assert 'bad.one' not in listed and 'argon' not in listed


@claim
def wrong_use_is_refused_in_words(data):
    for options, words in [(['--listen', '0.0.0.0'], '--tls CERT KEY'),
                           (['--now', '2026-01-05T09:00'], 'demonstration'),
                           (['--freeze'], 'demonstration'),
                           (['--tls', 'only-one'], '--tls'),
                           (['--port', '99999'], '--port')]:
        result = duly('serve', '--data', data, *options)
        same(result.returncode, 2)
        holds(result.stderr, words)


@claim
def every_answer_carries_the_headers_and_no_version(data):
    with Server(data) as server:
        page = server.get('/sign-in')
        same(page.status, 200)
        asset = re.search(r'href="(/assets/[^"]+\.css)"', page.text).group(1)
        seen = [(page, 'no-store'), (server.get('/nowhere'), 'no-store'),
                (server.ask('POST', '/privacy', {}), 'no-store'), (server.get('/'), 'no-store'),
                (server.ask('PUT', '/'), 'no-store'), (server.get('/%00'), 'no-store'),
                (server.ask('POST', '/sign-out', {}), 'no-store'),
                (server.ask('POST', '/sign-in', {}), 'no-store'),
                (server.ask('HEAD', '/sign-in'), 'no-store'),
                (server.get(asset), 'immutable'),
                (server.get('/' + 'a' * 3000), 'no-store')]
        same([answer.status for answer, _ in seen],
             [200, 404, 405, 303, 405, 400, 303, 422, 200, 200, 414])
        for answer, caching in seen:
            for name, value in STANDING.items():
                same(answer.headers.get(name), value)
            holds(answer.headers['cache-control'], caching)
            assert 'server' not in answer.headers
            assert 'strict-transport-security' not in answer.headers


@claim
def styles_are_sent_compressed_and_once(data):
    with Server(data) as server:
        asset = re.search(r'href="(/assets/[^"]+\.css)"', server.get('/sign-in').text).group(1)
        plain = server.get(asset)
        small = server.get(asset, Accept_Encoding='br, gzip')
        same(small.headers['content-encoding'], 'gzip')
        assert len(small.body) < len(plain.body) / 3
        again = server.get(asset, If_None_Match=plain.headers['etag'])
        same((again.status, again.body), (304, b''))


@claim
def the_right_password_opens_a_session_and_the_page_asked_for(data):
    with Server(data) as server:
        answer = server.sign_in(next='/privacy?x=1')
        same((answer.status, answer.headers['location']), (303, '/privacy?x=1'))
        holds(answer.headers['set-cookie'], '; Path=/; HttpOnly; SameSite=Strict')
        assert re.match(r'duly=[A-Za-z0-9_-]{43};', answer.headers['set-cookie'])
        holds(server.get('/privacy', answer.cookie).text, 'R Ahmed')
        for elsewhere in ('//evil.example/', 'https://evil.example/', '/\\evil.example', '/sign-out',
                          '/nowhere', 'privacy', '/privacy\r\nX: y'):
            same(server.sign_in(next=elsewhere).headers['location'], '/')


@claim
def a_session_is_new_at_each_sign_in_and_the_old_one_dead(data):
    with Server(data) as server:
        planted = 'duly=' + 'A' * 43
        first = server.sign_in(cookie=planted).cookie
        assert first != planted
        second = server.sign_in(cookie=first).cookie
        assert second != first
        assert 'R Ahmed' in server.get('/privacy', second).text
        assert 'R Ahmed' not in server.get('/privacy', first).text
        assert 'R Ahmed' not in server.get('/privacy', planted).text


@claim
def a_wrong_password_says_the_same_whether_or_not_the_name_exists(data):
    with Server(data) as server:
        def tried(login):
            began = time.monotonic()
            answer = server.sign_in(login, 'not the password')
            return answer, time.monotonic() - began
        known, unknown = [], []
        for _ in range(6):
            known.append(tried('m.ode'))
            unknown.append(tried('x.ode'))
        page = known[0][0]
        same(page.status, 422)
        holds(page.text, '<title>Error: Sign in')
        holds(page.text, 'Enter a sign-in name and password that match')
        holds(page.text, 'href="#login"')
        holds(page.text, 'value="m.ode"')
        assert 'not the password' not in page.text
        same(page.text.replace('m.ode', 'x.ode'), unknown[0][0].text)
        # The shortest of each: whatever else the machine does only makes them longer.
        ratio = min(t for _, t in known) / min(t for _, t in unknown)
        # Without the same work for both it would be 20 and more.
        assert 0.4 < ratio < 2.5, ratio
        same({answer.status for answer, _ in known + unknown}, {422})


@claim
def an_empty_form_says_what_is_missing(data):
    with Server(data) as server:
        holds(server.sign_in('', '').text, 'Enter your sign-in name')
        answer = server.sign_in('r.ahmed', '')
        holds(answer.text, 'Enter your password')
        holds(answer.text, 'href="#password"')
        holds(server.sign_in('<script>alert(1)</script>', 'x').text,
              'value="&lt;script&gt;alert(1)&lt;/script&gt;"')


@claim
def the_eleventh_guess_is_refused_even_when_right(data):
    with Server(data) as server:
        with concurrent.futures.ThreadPoolExecutor(10) as pool:
            statuses = list(pool.map(lambda n: server.sign_in('s.guess', f'guess {n}').status, range(10)))
        same(statuses, [422] * 10)
        for login in ('s.guess', ' S.Guess'):
            refused = server.sign_in(login)
            same(refused.status, 429)
            holds(refused.text, 'Wait 5 minutes and try again')
            assert 'set-cookie' not in refused.headers
        same(server.sign_in('r.ahmed').status, 303)


@claim
def a_form_that_is_not_ours_changes_nothing(data):
    with Server(data) as server:
        cookie, other = server.sign_in().cookie, server.sign_in('m.ode').cookie
        token, others = server.form_token(cookie), server.form_token(other)
        own = f'http://127.0.0.1:{server.port}'
        for fields, headers, status in [
                ({}, {}, 403), ({'csrf': ''}, {}, 403), ({'csrf': token[:-1] + 'A' * 2}, {}, 403),
                ({'csrf': others}, {}, 403), ({'csrf': cookie.split('=')[1]}, {}, 403),
                ({'csrf': token}, {'Origin': 'https://evil.example'}, 403),
                ({'csrf': token}, {'Origin': 'null'}, 403),
                ({'csrf': token}, {'Origin': own.replace('http', 'https')}, 403),
                ({'csrf': token}, {'Sec-Fetch-Site': 'cross-site'}, 403),
                ({'csrf': token}, {'Sec-Fetch-Site': 'same-site'}, 403),
                ({'csrf': token}, {'Content-Type': 'text/plain'}, 415)]:
            answer = server.ask('POST', '/sign-out', fields, cookie, **headers)
            same((fields, headers, answer.status), (fields, headers, status))
        same(server.get('/sign-out', cookie).status, 405)
        same(server.ask('POST', '/sign-in', {'login': 'r.ahmed', 'password': ORIGINAL},
                        Origin='https://evil.example').status, 403)
        assert 'R Ahmed' in server.get('/privacy', cookie).text
        out = server.ask('POST', '/sign-out', {'csrf': token}, cookie, Origin='null',
                         Sec_Fetch_Site='same-origin')
        same((out.status, out.headers['location']), (303, '/sign-in'))
        same(out.headers['clear-site-data'], '"cache", "storage"')
        holds(out.headers['set-cookie'], 'Max-Age=0')
        assert 'R Ahmed' not in server.get('/privacy', cookie).text


@claim
def a_session_outlives_the_server_and_ends_with_its_person(data):
    with Server(data) as server:
        cookie = server.sign_in('a.leaver').cookie
    with Server(data) as server:
        assert 'A Leaver' in server.get('/privacy', cookie).text
    same(duly('user', 'disable', '--data', data, '--login', 'a.leaver').returncode, 0)
    holds(duly('user', 'list', '--data', data).stdout, 'disabled')
    with Server(data) as server:
        assert 'A Leaver' not in server.get('/privacy', cookie).text
        same(server.sign_in('a.leaver').status, 422)
    same(duly('user', 'disable', '--data', data, '--login', 'no.body').returncode, 2)


@claim
def a_new_password_ends_the_sessions_that_the_old_one_began(data):
    with Server(data) as server:
        cookie = server.sign_in('m.ode').cookie
    same(duly('user', 'password', '--data', data, '--login', 'm.ode', '--password-stdin',
              given='short').returncode, 2)
    told = duly('user', 'password', '--data', data, '--login', 'M.Ode')
    same(told.returncode, 0)
    with Server(data) as server:
        assert 'M Ode' not in server.get('/privacy', cookie).text
        same(server.sign_in('m.ode').status, 422)
        same(server.sign_in('m.ode', told.stdout.split()[1]).status, 303)
    same(duly('user', 'password', '--data', data, '--login', 'm.ode', '--password-stdin',
              given=ORIGINAL).returncode, 0)


@claim
def what_is_stored_gives_nobody_a_session(data):
    with Server(data) as server:
        cookie = server.sign_in().cookie
        assert 'R Ahmed' in server.get('/privacy', cookie).text
    kept = b''.join(open(os.path.join(data, name), 'rb').read() for name in os.listdir(data)
                    if os.path.isfile(os.path.join(data, name)))
    assert cookie.split('=')[1].encode() not in kept
    assert ORIGINAL.encode() not in kept
    holds(kept.decode('latin-1'), '$argon2id$v=19$m=65536,t=3,p=1$')


@claim
def with_tls_the_cookie_never_leaves_it(data):
    folder = os.path.dirname(data)
    certificate, key = os.path.join(folder, 'cert.pem'), os.path.join(folder, 'key.pem')
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
                    '-nodes', '-keyout', key, '-out', certificate, '-days', '2', '-subj',
                    '/CN=localhost'], check=True, capture_output=True)
    with Server(data, '--tls', certificate, key, tls=True) as server:
        page = server.get('/sign-in')
        same(page.headers['strict-transport-security'], 'max-age=63072000; includeSubDomains')
        cookie = server.sign_in().headers['set-cookie']
        assert re.match(r'__Host-duly=\S+; Path=/; HttpOnly; SameSite=Strict; Secure$', cookie), cookie
        warnings.simplefilter('ignore')  # that TLS 1.1 is old is the point
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        old.set_ciphers('ALL:@SECLEVEL=0')
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
        try:
            link = http.client.HTTPSConnection('localhost', server.port, context=old, timeout=10)
            link.request('GET', '/')
            raise AssertionError('TLS 1.1 was spoken')
        except (ssl.SSLError, OSError):
            pass


@claim
def behind_a_proxy_the_browser_is_told_that_it_is_encrypted(data):
    with Server(data, '--behind-proxy') as server:
        answer = server.sign_in()
        holds(answer.headers['set-cookie'], '__Host-duly=')
        holds(answer.headers['strict-transport-security'], 'max-age')
        same(server.get('/sign-in', Host='duly.council.example').status, 200)
    with Server(data) as server:
        same(server.get('/sign-in', Host='duly.council.example').status, 400)


@claim
def many_people_at_once_are_served_and_the_end_waits_for_them(data):
    with Server(data) as server:
        def visit(n):
            cookie = server.sign_in(['r.ahmed', 'm.ode'][n % 2]).cookie
            pages = [server.get('/privacy', cookie).status for _ in range(10)]
            out = server.ask('POST', '/sign-out', {'csrf': server.form_token(cookie)}, cookie)
            return pages + [out.status]
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            same(list(pool.map(visit, range(6))), [[200] * 10 + [303]] * 6)
        # Asked for just before the end: answered all the same.
        link = http.client.HTTPConnection('127.0.0.1', server.port, timeout=60)
        link.request('POST', '/sign-in', urllib.parse.urlencode({'login': 'r.ahmed', 'password': ORIGINAL}), FORM)
        while not server.has_read(link):
            time.sleep(0.01)
        server.process.send_signal(signal.SIGTERM)
        same(link.getresponse().status, 303)
        link.close()


def looks(data, act):
    with sqlite3.connect(f'file:{data}/duly.db?mode=ro', uri=True) as store:
        return store.execute('SELECT count(*) FROM ledger WHERE act = ?', (act,)).fetchone()[0]


@claim
def each_page_that_names_children_is_one_look_in_the_ledger(data):
    place = os.path.join(os.path.dirname(data), 'demo')
    demo(place, '--children', '60', '--seed', '3')
    people = [line.split() for line in open(os.path.join(place, 'demo-users.txt'))]
    same(os.stat(os.path.join(place, 'demo-users.txt')).st_mode & 0o777, 0o600)
    pages = lists = files = 0
    with Server(place, '--now', '2026-03-27T14:30', '--freeze') as server:
        for role, login, password in people:
            cookie = server.sign_in(login, password).cookie
            asked = server.get('/caseload', cookie)
            if role in ('administrator', 'lado', 'scrutineer', 'duty'):
                same(asked.status, 403)
                same(server.get('/children/1', cookie).status, 404)
                continue
            same(asked.status, 200)
            lists += 1
            holds(asked.text, 'Wexcombe')
            children = re.findall(r'href="(/children/\d+)"', asked.text)
            for child in children[:5]:
                answer = server.get(child, cookie)
                same(answer.status, 200)
                same(server.ask('HEAD', child, None, cookie).status, 200)
                pages += 2
            if children:
                holds(server.get('/caseload.csv', cookie).headers['content-disposition'], 'attachment')
                files += 1
            for nobody in ('/children/999999999', '/children/0', '/children/x', '/children/1/'):
                same(server.get(nobody, cookie).status, 404)
        same(server.get('/children/1').status, 303)
    opened = looks(place, 'look:child') + looks(place, 'look:restricted')
    same((opened, looks(place, 'look:caseload'), looks(place, 'export:caseload')),
         (pages, lists, files))
    assert pages > 20


def main():
    print(f'1..{len(tests)}')
    failed = 0
    with tempfile.TemporaryDirectory(prefix='duly-serve-') as folder:
        try:
            data = made(folder)
        except Exception as why:  # nothing can be tested without a store
            print(f'Bail out! {why}')
            return 1
        for n, test in enumerate(tests, 1):
            try:
                test(data)
                print(f'ok {n} - {test.__name__}', flush=True)
            except Exception:
                failed += 1
                print(f'not ok {n} - {test.__name__}', flush=True)
                # Where it was, too: what fails once in a thousand times is seen only here.
                print(''.join(f'# {line}\n' for line in traceback.format_exc()[-3000:].split('\n')),
                      flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
