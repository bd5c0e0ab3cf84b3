#!/usr/bin/env python3
"""E1: requests made to be read in two ways. Those of the corpus are refused, or are such as RFC 9112
lets a server take; in none does a second request run; then 20,000 of them damaged at random: the
server is the same process at the end, and answers."""
import os
import random
import re
import socket
import subprocess

from desk import ROOT, Desk, bar

MUTATIONS = int(os.environ.get('DULY_MUTATIONS', 20000))
corpus = re.search(r'corpus\[\] = \{(.*?)\n\};', (ROOT / 'tests/http/test_server.c').read_text(), re.S).group(1)
corpus = corpus.replace('REST', '"Host: localhost\\r\\n"').replace(
    'SECOND', '"GET /smuggled HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n"')
requests = [b''.join(piece.encode().decode('unicode_escape').encode('latin-1')
                     for piece in re.findall(r'"((?:[^"\\]|\\.)*)"', text))
            for text in re.findall(r'S_INIT\((.*?)\)[,\s]', corpus, re.S)]
program = ROOT / 'build/tests/test-http-server'
test = subprocess.run([program], capture_output=True, text=True,
                      env={**os.environ, 'CMOCKA_MESSAGE_OUTPUT': 'TAP'})
refused = re.search(r'# (\d+) of (\d+) refused', test.stdout + test.stderr)
whole = re.search(r'^ok \d+ - no_request_hides_inside_another$', test.stdout, re.M)


def damaged(dice, request):
    request = bytearray(request)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(request) + 1)
        act = dice.randrange(4)
        if act == 0 and at < len(request):
            request[at] = dice.randrange(256)
        elif act == 1:
            request[at:at] = dice.choice([b'\r\n', b'\0', b' ', b':', b'\t', b'Content-Length: 3\r\n', b'0\r\n\r\n'])
        elif act == 2:
            del request[at:at + dice.randint(1, 8)]
        else:
            request[at:at] = request[at:at + dice.randint(1, 40)]
    return bytes(request)


dice, answered, second = random.Random(1), 0, 0
with Desk(children=5) as desk:
    before = desk.process.pid
    for i in range(MUTATIONS):
        with socket.create_connection(('127.0.0.1', desk.port), timeout=20) as link:
            try:
                link.sendall(damaged(dice, dice.choice(requests)))
                link.shutdown(socket.SHUT_WR)
                answered += bool(link.recv(4096))
            except OSError:
                pass  # closed at once is an answer, too
    alive = desk.process.poll() is None and desk.ask('GET', '/sign-in').status == 200

# The last of the corpus, a head of 64 KiB, is a claim of its own there.
large = re.search(r'^ok \d+ - a_header_of_64_kb_is_refused$', test.stdout, re.M) is not None
count, every = (int(refused.group(1)) + large, int(refused.group(2)) + 1) if refused else (0, 32)
bar('E1', f'{count}/{every}_refused,0_second_requests,'
    f'{MUTATIONS}_damaged_{"served_on" if alive else "CRASHED"}', '29/32,0,0_crashes',
    whole is not None and every - count <= 3 and alive)
