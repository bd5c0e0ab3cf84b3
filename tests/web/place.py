"""A demonstration that is served as it comes, with one person of each role: what a test of pages asks."""
import http.client
import os
import re
import signal
import sqlite3
import subprocess
import urllib.parse

from claims import bars, same

DULY = bars.DULY
NOW = '2026-11-20T09:00'


class Place:
    """A demonstration that is served, and its people signed in once each."""

    def __init__(self, folder):
        self.data = os.path.join(folder, 'data')
        bars.demonstration(DULY, self.data, '--children', '400', '--seed', '3', '--now', NOW)
        self.users, self.cookies = {}, {}
        for line in open(os.path.join(self.data, 'demo-users.txt'), encoding='utf-8'):
            words = line.split()
            if len(words) == 3:
                self.users.setdefault(words[0], words[1:])

    def __enter__(self):
        self.process = subprocess.Popen([DULY, 'serve', '--data', self.data, '--port', '0', '--now', NOW,
                                         '--freeze'], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.port = int(re.match(r'Duly is serving https?://localhost:(\d+)$', line.strip())[1])
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        same(self.process.wait(60), 0)
        self.process.stdout.close()

    def ask(self, method, path, fields=None, role=None):
        link = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        headers = {'Cookie': self.cookie(role)} if role else {}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers['Content-Type'] = 'application/x-www-form-urlencoded'
        link.request(method, path, body, headers)
        answer = link.getresponse()
        text = answer.read().decode()
        link.close()
        return answer, text

    def cookie(self, role):
        if role not in self.cookies:
            user, password = self.users[role]
            answer, _ = self.ask('POST', '/sign-in', {'login': user, 'password': password})
            same(answer.status, 303)
            self.cookies[role] = answer.getheader('Set-Cookie').split(';')[0]
        return self.cookies[role]

    def get(self, path, role):
        answer, text = self.ask('GET', path, None, role)
        return answer.status, text

    def send(self, path, role, **fields):
        token = re.search(r'name="csrf" value="([^"]+)"', self.get('/privacy', role)[1])[1]
        answer, text = self.ask('POST', path, {'csrf': token, **fields}, role)
        return answer.status, text

    def rows(self, query, *values):
        with sqlite3.connect(f'file:{self.data}/duly.db?mode=ro', uri=True) as db:
            return db.execute(query, values).fetchall()
