"""A demonstration that is served, and its people signed in: what the bars share.

Each bar is a script that prints one line, `BAR <id> <value> <target> PASS|FAIL`, and ends with 0 when
it passes. DULY names the program (build/duly). Addresses come from src/web/routes.def itself, so that
a new one is tried without a word here.
"""
import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

from demonstration import demonstration

ROOT = Path(__file__).resolve().parents[2]
DULY = os.environ.get('DULY') or str(ROOT / 'build/duly')
NOW = '2026-11-20T09:00'
FORM = 'application/x-www-form-urlencoded'
ROUTE = re.compile(r'^ROUTE\w*\((\w+), "([^"]+)", (\w+), (\w+)\)', re.M)


def routes():
    """[(method, pattern, permission, function)] as the program is compiled with them."""
    return ROUTE.findall((ROOT / 'src/web/routes.def').read_text())


def bar(name, value, target, passed):
    print(f'BAR {name} {value} {target} {"PASS" if passed else "FAIL"}', flush=True)
    sys.exit(0 if passed else 1)


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()
        self.text = self.body.decode('utf-8', 'replace')

    @property
    def cookie(self):
        return self.headers.get('set-cookie', '').split(';')[0]


class Person:
    """Somebody signed in: asks as a browser would."""

    def __init__(self, desk, role, cookie):
        self.desk, self.role, self.cookie = desk, role, cookie

    def ask(self, method, path, fields=None, **headers):
        return self.desk.ask(method, path, fields, self.cookie, **headers)

    def get(self, path):
        return self.ask('GET', path)

    def csrf(self):
        return re.search(r'name="csrf" value="([^"]+)"', self.get('/privacy').text).group(1)

    def post(self, path, fields):
        return self.ask('POST', path, {'csrf': self.csrf(), **fields})

    def children(self):
        """The numbers in addresses of the children on this person's list."""
        return sorted({int(n) for n in re.findall(r'href="/children/(\d+)', self.get('/caseload?rows=100').text)})


class Desk:
    """with Desk() as desk: a demonstration of its own, served with its clock held."""

    def __init__(self, children=60, seed=1, options=('--freeze',), data=None, made=()):
        self.children, self.seed, self.options, self.made = children, seed, options, made
        self.folder = tempfile.mkdtemp(prefix='duly-bar-')
        self.data = data or os.path.join(self.folder, 'data')
        self.process = None

    def make(self):
        demonstration(DULY, self.data, '--children', str(self.children), '--seed', str(self.seed), '--now', NOW,
                      *self.made)

    def start(self):
        self.process = subprocess.Popen(
            [DULY, 'serve', '--data', self.data, '--port', '0', '--now', NOW, *self.options],
            stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        found = re.search(r':(\d+)$', line.strip())
        if not found:
            raise RuntimeError(f'it said {line!r}')
        self.port = int(found.group(1))

    def stop(self, with_signal=signal.SIGTERM):
        self.process.send_signal(with_signal)
        self.process.wait(60)
        self.process.stdout.close()
        self.process = None

    def __enter__(self):
        if not os.path.exists(os.path.join(self.data, 'duly.db')):
            self.make()
        self.start()
        return self

    def __exit__(self, *_):
        if self.process:
            self.stop()
        shutil.rmtree(self.folder)

    def ask(self, method, path, fields=None, cookie=None, **headers):
        headers = {name.replace('_', '-'): value for name, value in headers.items()}
        headers.setdefault('Host', f'localhost:{self.port}')  # as people have it in their browser
        if cookie:
            headers['Cookie'] = cookie
        body = fields
        if isinstance(fields, (dict, list)):
            body = urllib.parse.urlencode(fields)
            headers = {'Content-Type': FORM, **headers}
        link = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        try:
            link.request(method, path, body, headers)
            return Answer(link.getresponse())
        finally:
            link.close()

    def users(self, last=False):
        """{role: (login, password)}, the first of each role."""
        found = {}
        for line in Path(self.data, 'demo-users.txt').read_text().splitlines():
            words = line.split()
            if len(words) == 3:
                if last:
                    found.pop(words[0], None)
                found.setdefault(words[0], (words[1], words[2]))
        return found

    def sign_in(self, role, last=False):
        """The first with that role; or the last, who is of the second council where there is one."""
        login, password = self.users(last)[role]
        answer = self.ask('POST', '/sign-in', {'login': login, 'password': password})
        if answer.status != 303 or not answer.cookie:
            raise RuntimeError(f'{role} cannot sign in: {answer.status}')
        return Person(self, role, answer.cookie)

    def people(self):
        return {role: self.sign_in(role) for role in self.users()}

    def resident(self):
        """Memory in use, in KiB."""
        status = Path(f'/proc/{self.process.pid}/status').read_text()
        return int(re.search(r'VmRSS:\s+(\d+)', status).group(1))


def address(pattern, child, other=1, word='booking'):
    """"/children/:id/records/:id" with numbers in it: the child's, then another's; words for :word."""
    numbers = iter([child] + [other] * 9)
    return re.sub(r':(\w+)', lambda found: word if found.group(1) == 'word' else str(next(numbers)), pattern)
