#!/usr/bin/env python3
"""G2: every address with a child's number in it, asked for and posted to with the number of a child
whom the asker may not see: the same answer, byte for byte, as for a number that nobody has, and
nothing in the ledger. So with the number of another child's record under a child of one's own."""
import re
import sqlite3

from desk import Desk, address, bar, routes

NOBODY = 987654321


def read(desk, query, *values):
    with sqlite3.connect(f'file:{desk.data}/duly.db?mode=ro', uri=True) as store:
        return store.execute(query, values).fetchall()


def plain(answer, number):
    """Without what is random in each answer, and the number that was asked for."""
    text = re.sub(r'name="csrf" value="[^"]+"', 'name="csrf"', answer.text)
    return answer.status, re.sub(rf'/{number}\b', '/NUMBER', text)


def changes(desk):
    return read(desk, "SELECT count(*) FROM ledger")[0][0]


tried, wrong = 0, []
with Desk() as desk:
    children = [n for n, in read(desk, "SELECT id FROM subject WHERE kind = 'child' ORDER BY id")]
    records = {}
    for table, in read(desk, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'record!_%' ESCAPE '!'"):
        for number, subject in read(desk, f'SELECT id, subject FROM {table} LIMIT 40'):
            records.setdefault(subject, []).append(number)
    numbered = [(method, pattern) for method, pattern, _, _ in routes() if ':id' in pattern]
    for role, person in desk.people().items():
        seen = set(person.children())
        unseen = [child for child in children if child not in seen][:6]
        csrf = person.csrf()
        other = next((records[child][0] for child in unseen if child in records), 1)
        before = changes(desk)
        for method, pattern in numbered:
            fields = {'csrf': csrf, 'reason': 'x'} if method == 'POST' else None
            nobody = plain(person.ask(method, address(pattern, NOBODY, other), fields), NOBODY)
            for child in unseen if pattern.startswith('/children/') else []:
                got = plain(person.ask(method, address(pattern, child, other), fields), child)
                tried += 1
                if got != nobody or got[0] not in (403, 404):
                    wrong.append((role, method, pattern, child, got[0], nobody[0]))
            # A child of one's own, and the record of another.
            if re.search(r'^/children/:id.*:id', pattern) and seen:
                mine = min(seen)
                answer = person.ask(method, address(pattern, mine, other), fields)
                tried += 1
                if answer.status not in (403, 404):
                    wrong.append((role, method, pattern, mine, other, answer.status))
        if changes(desk) != before:
            wrong.append((role, 'the ledger', changes(desk) - before,
                          read(desk, 'SELECT act, objects FROM ledger ORDER BY seq DESC LIMIT 3')))
for each in wrong[:20]:
    print('#', *each)
bar('G2', f'{tried - len(wrong)}/{tried}_numbers_of_others_refused_on_{len(numbered)}_addresses', '100%',
    not wrong and tried > 0)
