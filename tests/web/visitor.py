"""Somebody with a browser of their own before duly serve: cookies kept, forms sent with their token."""
import http.client
import http.cookies
import os
import re
import signal
import subprocess
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'bars'))
from demonstration import demonstration  # noqa: E402

DULY = os.environ.get('DULY') or sys.argv[1]


def same(got, want):
    if got != want:
        raise AssertionError(f'got {got!r}, want {want!r}')


def holds(text, part):
    if part not in text:
        raise AssertionError(f'{part!r} is not in {text[:1500]!r}')


def duly(*arguments, given=''):
    return subprocess.run([DULY, *map(str, arguments)], input=given, capture_output=True, text=True, timeout=120)


def demo(data, *options):
    demonstration(DULY, data, *options)


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
        ended = self.process.wait(60)
        self.process.stdout.close()
        same(ended, 0)


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.location = response.headers.get('Location')
        self.text = response.read().decode('utf-8', 'replace')


class Visitor:
    def __init__(self, server, cookie=None, agent=None, source='127.0.0.1'):
        self.server, self.agent, self.source = server, agent, source
        self.jar = {}
        if cookie:
            self.jar['duly'] = cookie

    @property
    def cookie(self):
        return self.jar.get('duly')

    def ask(self, method, path, fields=None, **headers):
        headers = {name.replace('_', '-'): value for name, value in headers.items()}
        headers.setdefault('Host', f'localhost:{self.server.port}')  # the name that people use
        if self.jar:
            headers['Cookie'] = '; '.join(f'{name}={value}' for name, value in self.jar.items())
        if self.agent:
            headers['User-Agent'] = self.agent
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers['Content-Type'] = 'application/x-www-form-urlencoded'
            headers['Sec-Fetch-Site'] = 'same-origin'  # as browsers say
        link = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=120,
                                          source_address=(self.source, 0))
        try:
            link.request(method, path, body, headers)
            answer = Answer(link.getresponse())
        finally:
            link.close()
        for given in answer.headers.get_all('Set-Cookie') or []:
            name, rest = given.split('=', 1)
            value = rest.split(';')[0]
            if value:
                self.jar[name] = value
            else:
                self.jar.pop(name, None)
        return answer

    def get(self, path, **headers):
        return self.ask('GET', path, None, **headers)

    def csrf(self):
        found = re.search(r'name="csrf" value="([^"]+)"', self.get('/privacy').text)
        return found.group(1) if found else ''

    def post(self, path, **fields):
        return self.ask('POST', path, {'csrf': self.csrf(), **fields})

    def sign_in(self, login, password, **more):
        return self.ask('POST', '/sign-in', {'login': login, 'password': password, **more})
