#!/usr/bin/env python3
"""F10: every address that takes a form, each in six ways that no page of ours would send it: without
its token, with a wrong one, with somebody else's, with that of another session of the same person,
from another origin, and as plain text. All are refused, and nothing is in the ledger but the looks of
whoever asked for a token."""
import sqlite3

from desk import Desk, address, bar, routes

REFUSED = {403, 404, 415}


def changes(desk):
    with sqlite3.connect(f'file:{desk.data}/duly.db?mode=ro', uri=True) as store:
        return store.execute("SELECT count(*) FROM ledger WHERE act NOT LIKE 'look:%' "
                             "AND act NOT LIKE 'export:%'").fetchone()[0]


def ways(person, again, other, port):
    own, plain = person.csrf(), {'Content_Type': 'text/plain'}
    return [({}, {}), ({'csrf': own[:-2] + ('AA' if own[-2:] != 'AA' else 'BB')}, {}),
            ({'csrf': other.csrf()}, {}), ({'csrf': again.csrf()}, {}),
            ({'csrf': own}, {'Origin': 'https://evil.example'}), ({'csrf': own}, plain)]


tried, wrong = 0, []
with Desk() as desk:
    people = desk.people()
    posts = [(pattern, permission) for method, pattern, permission, _ in routes() if method == 'POST']
    for role, person in people.items():
        again, other = desk.sign_in(role), people['auditor' if role != 'auditor' else 'chair']
        child = (person.children() or [1])[0]
        forms = ways(person, again, other, desk.port)
        before = changes(desk)
        for pattern, permission in posts:
            if permission == 'ANYONE':
                # Nobody is signed in there: a page of another place is the one that may not send it.
                answer = desk.ask('POST', address(pattern, child), {}, Origin='https://evil.example')
                tried += 1
                if answer.status not in REFUSED:
                    wrong.append((role, pattern, 'anyone', answer.status))
                continue
            for n, (fields, headers) in enumerate(forms):
                answer = person.ask('POST', address(pattern, child), fields, **headers)
                tried += 1
                if answer.status not in REFUSED:
                    wrong.append((role, pattern, n, answer.status))
        if changes(desk) != before:
            wrong.append((role, 'the ledger', changes(desk) - before))
for each in wrong[:20]:
    print('#', *each)
bar('F10', f'{tried - len(wrong)}/{tried}_refused_on_{len(posts)}_addresses', '100%', not wrong and tried > 0)
