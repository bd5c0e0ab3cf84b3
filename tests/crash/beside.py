#!/usr/bin/env python3
"""kill -9 of a command beside a running server, and of the server beside a command, while pages are saved:
nothing acknowledged is lost, nothing is half, and whoever is left goes on.

DULY names the program (build/duly), DULY_KILLS how often (20), DULY_SEED the moments.
"""
import http.client
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'bars'))
import desk as bars  # noqa: E402

bars.DULY = str(Path(os.environ.get('DULY', 'build/duly')).resolve())
KILLS = max(2, int(os.environ.get('DULY_KILLS', '20')) // 2)
SEED = int(os.environ.get('DULY_SEED', '20261122'))
SAID = {'said-day': '1', 'said-month': 'nov', 'said-year': '2026', 'method': 'phone', 'read_back': 'yes'}
POLICY = ('- policy: cla-review-first\n  within: {} working days\n  effective from: 2026-04-01\n'
          '  author: "A Head"\n  reason: "As agreed"\n')

passed = failed = 0


def claim(true, words):
    global passed, failed
    passed += bool(true)
    failed += not true
    print(('' if true else 'not ') + f'so: {words}', flush=True)


class Saver(threading.Thread):
    """Saves what children said, as fast as it goes; what was answered with a redirect is acknowledged."""

    def __init__(self, who, children, first):
        super().__init__()
        self.who, self.children, self.n = who, children, first
        self.told, self.odd, self.ends = [], [], False

    def run(self):
        while not self.ends:
            self.n += 1
            try:
                path = f'/children/{self.children[self.n % len(self.children)]}/record/child_view'
                to = self.who.get(path).headers.get('location', '')
                answer = self.who.post(to, {**SAID, 'words': f'Words {self.n}.'})
            except (OSError, http.client.HTTPException, AttributeError):
                time.sleep(0.01)  # the server was killed under it
                continue
            if answer.status == 303:
                self.told.append(self.n)
            else:
                self.odd.append(answer.status)


def command(desk, n, rnd):
    """One that writes one transaction, or several."""
    if n % 2:
        words = ['user', 'add', '--login', f'k.{n}', '--name', f'K {n}', '--role', 'chair', '--password-stdin']
    else:
        file = Path(desk.folder, 'ours.yaml')
        file.write_text(POLICY.format(rnd.choice([10, 12, 14, 15, 16]) + n % 2), encoding='utf-8')
        words = ['policy', 'import', str(file), '--why', f'Turn {n}']
    run = subprocess.Popen([bars.DULY, *words, '--data', desk.data], stdin=subprocess.PIPE,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    run.stdin.write(b'lantern otter gable\n')
    run.stdin.close()
    return run


class Crash:
    def __init__(self, desk, rnd):
        self.desk, self.rnd = desk, rnd
        self.users, self.told, self.odd, self.first = [], [], [], 0
        self.lost = self.broken = self.stuck = 0

    def round(self, n, kill_server):
        desk, rnd = self.desk, self.rnd
        saver = Saver(self.who, self.children, self.first)
        saver.start()
        time.sleep(rnd.uniform(0, 0.05))
        run = command(desk, n, rnd)
        time.sleep(rnd.uniform(0, self.took * 1.1))
        if kill_server:
            desk.stop(signal.SIGKILL)
        else:
            run.send_signal(signal.SIGKILL)
        ended = run.wait(90)
        if n % 2 and ended == 0:
            self.users.append(f'k.{n}')
        had = len(saver.told)
        if kill_server:
            desk.start()
            self.who.desk = desk
        until = time.monotonic() + 60
        while len(saver.told) <= had and time.monotonic() < until:
            time.sleep(0.01)
        self.stuck += len(saver.told) <= had  # whoever is left goes on
        saver.ends = True
        saver.join()
        self.told += saver.told
        self.odd += saver.odd
        self.first = saver.n

    def check(self):
        self.broken += subprocess.run([bars.DULY, 'verify', '--data', self.desk.data], capture_output=True,
                                      check=False).returncode != 0
        with sqlite3.connect(f'file:{self.desk.data}/duly.db?mode=ro', uri=True) as store:
            words = {text for (text,) in store.execute('SELECT words FROM record_child_view')}
            logins = {login for (login,) in store.execute('SELECT login FROM person')}
            check = store.execute('PRAGMA integrity_check').fetchall()
        self.broken += check != [('ok',)]
        self.lost += sum(f'Words {n}.' not in words for n in self.told)
        self.lost += sum(login not in logins for login in self.users)


def main():
    rnd = random.Random(SEED)
    print(f'# seed {SEED}, {KILLS} kills of each')
    with bars.Desk(children=40) as desk:
        crash = Crash(desk, rnd)
        crash.who = desk.sign_in('manager')
        crash.children = [child for child in crash.who.children()
                          if crash.who.get(f'/children/{child}/record/child_view').status == 303]
        began = time.monotonic()
        for n in (1, 2):
            claim(command(desk, n - 2, rnd).wait(90) == 0, 'a command runs to its end beside the server when nobody kills it')
        crash.took = (time.monotonic() - began) / 2
        for n in range(1, 2 * KILLS + 1):
            crash.round(n, kill_server=n % 4 in (0, 3))
            if n % 5 == 0 or n == 2 * KILLS:
                crash.check()
        claim(crash.told, f'{len(crash.told)} saves and {len(crash.users)} users were acknowledged between {2 * KILLS} kills')
        claim(crash.lost == 0, f'none acknowledged is lost ({crash.lost})')
        claim(crash.broken == 0, f'the store proves itself each time ({crash.broken})')
        claim(crash.stuck == 0, f'whoever is left goes on ({crash.stuck})')
        claim(not crash.odd, f'no page was refused meanwhile {sorted(set(crash.odd))}')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
