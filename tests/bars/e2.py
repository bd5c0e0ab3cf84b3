#!/usr/bin/env python3
"""E2: four thousand slow clients: a third drip their headers, a third their body, a third read their
answer a few bytes at a time. Meanwhile a person's page comes in under half a second, 99 times of 100;
and those who drip headers are gone after their deadline. C2: then ten thousand that do nothing."""
import os
import resource
import socket
import statistics
import time

from desk import Desk, bar

SLOW = int(os.environ.get('DULY_SLOW', 4000))
IDLE = int(os.environ.get('DULY_IDLE', 10000))
SECONDS = int(os.environ.get('DULY_SECONDS', 20))

resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)


def dial(port, n):
    """From one of many addresses of this machine: nobody else is on it."""
    link = socket.socket()
    link.bind((f'127.0.{1 + n // 500}.{1 + n % 250}', 0))
    link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    link.connect(('127.0.0.1', port))
    link.setblocking(False)
    return link


def gone(link):
    try:
        return link.recv(1) == b''
    except BlockingIOError:
        return False
    except OSError:
        return True


def pages(person, until):
    times = []
    while time.monotonic() < until:
        began = time.monotonic()
        answer = person.get('/caseload')
        times.append(time.monotonic() - began)
        assert answer.status == 200, answer.status
        time.sleep(0.01)
    return sorted(times)


def p99(times):
    return times[int(len(times) * 0.99)] * 1000


heads = [b'GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX: ',
         b'POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n'
         b'Content-Length: 5000\r\n\r\n',
         b'GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n' * 20]
with Desk() as desk:
    person = desk.sign_in('reviewing-officer')
    quiet = pages(person, time.monotonic() + 3)
    links = [dial(desk.port, n) for n in range(SLOW)]
    for n, link in enumerate(links):
        link.send(heads[n % 3])
    began, times = time.monotonic(), []
    while time.monotonic() < began + SECONDS:
        for n in range(0, SLOW, 3):
            for link in links[n:n + 2]:
                try:
                    link.send(b'a')
                except OSError:
                    pass
        times += pages(person, time.monotonic() + 1)
    left = sum(not gone(link) for link in links[::3])
    for link in links:
        link.close()
    slow = p99(sorted(times))
    before = desk.resident()
    links = [dial(desk.port, n) for n in range(IDLE)]
    time.sleep(1)
    idle = p99(pages(person, time.monotonic() + 3))
    grown = (desk.resident() - before) / 1024
    for link in links:
        link.close()
    print(f'# quiet {p99(quiet):.1f} ms; {len(times)} pages beside {SLOW} slow clients, '
          f'median {statistics.median(times) * 1000:.1f} ms')
    print(f'BAR C2 {idle:.1f}_ms_p99_with_{IDLE}_idle,{grown:.0f}_MiB_more 250_MB '
          f'{"PASS" if grown < 250 and idle < 500 else "FAIL"}')
    bar('E2', f'{slow:.1f}_ms_p99,{left}_of_{len(links[::3]) and SLOW // 3}_drippers_left', '500_ms,0',
        slow < 500 and left == 0 and grown < 250 and idle < 500)
