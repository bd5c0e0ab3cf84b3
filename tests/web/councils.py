#!/usr/bin/env python3
"""Two councils, one team, over HTTP: each child under its own council, one caseload; and what is taken
away is gone at the next page. TAP."""
import csv
import io
import re
import subprocess
import sys

from claims import bars, claim, holds, lacks, one, rows, run_at_desk, same


def children(desk, council):
    return {n for n, in rows(desk, 'SELECT subject FROM child_row WHERE authority = ?', council)}


def number(text, code):
    """Of one of the ten numbers, as the page has it; 0 where it is no link."""
    found = re.search(r'number=' + code + r'"[^>]*>(\d+)', text)
    return int(found.group(1)) if found else 0


@claim
def a_shared_officer_has_one_caseload_and_each_child_says_its_council(desk, people):
    officer = people['reviewing-officer']
    both = set(officer.children())
    ours, theirs = both & children(desk, '999'), both & children(desk, '998')
    assert ours and theirs and ours | theirs == both
    page = officer.get('/caseload?rows=100').text
    same(page.count('moj-badge">Northmere'), len(theirs))
    same(page.count('moj-badge">Wexcombe'), len(ours))
    for council, of in (('998', theirs), ('999', ours)):
        text = officer.get(f'/caseload?rows=100&council={council}').text
        same({int(n) for n in re.findall(r'href="/children/(\d+)"', text)}, of)
    holds(officer.get(f'/children/{min(theirs)}').text, 'Northmere')
    file = list(csv.DictReader(io.StringIO(officer.get('/caseload.csv').text)))
    same(sum(row['council'] == 'Northmere' for row in file), len(theirs))
    same(sum(',Northmere' in line for line in officer.get('/caseload.csv?council=999').text.splitlines()), 0)


@claim
def who_works_for_one_council_sees_nothing_of_the_others_children(desk, people):
    for person, own, other in ((people['manager'], '999', '998'), (people['head'], '999', '998'),
                               (people['their manager'], '998', '999'), (people['auditor'], '999', '998'),
                               (people['business-support'], '999', '998')):
        seen = set(person.children())
        same(seen - children(desk, own), set())
        page = person.get('/caseload?rows=100&council=' + other).text
        lacks(page, '>Council:')
        lacks(page, 'moj-badge">Northmere')
        for child in sorted(children(desk, other))[:3]:
            gone, never = person.get(f'/children/{child}'), person.get('/children/987654321')
            same((gone.status, gone.text), (never.status, never.text))
    for person, other in ((people['manager'], '998'), (people['their manager'], '999')):
        file = person.get('/manage/ledger.csv').text
        told = {int(n) for line in file.splitlines()[1:] for n in re.findall(r'\b\d+\b', (line.split(',') + [''] * 6)[5])}
        same(told & children(desk, other), set())
    lacks(people['administrator'].get('/manage/users').text, rows(
        desk, "SELECT name FROM person WHERE authority = '998' LIMIT 1")[0][0])


@claim
def the_ten_numbers_and_the_files_are_of_one_council(desk, people):
    for person, council in ((people['manager'], '999'), (people['their manager'], '998')):
        page = person.get('/monday').text
        lacks(page, 'You work for more than one council')
        counted = rows(desk, 'SELECT count(*) FROM child_row WHERE authority = ? AND on_plan = 1 AND '
                       'openness IN (0, 1)', council)[0][0]
        same(number(page, 'plan-open'), counted)


@claim
def the_council_whose_children_they_are_grants_it_and_ends_it(desk, people):
    manager, theirs = people['manager'], people['their administrator']
    login = desk.users()['manager'][0]
    there = sorted(children(desk, '998'))[0]
    same(manager.get(f'/children/{there}').status, 404)
    # Their own administrator cannot: it is not their children.
    same(people['administrator'].post('/manage/users/beside', {'login': login}).status, 422)
    same(theirs.post('/manage/users/beside', {'login': 'no.body'}).status, 422)
    same(theirs.post('/manage/users/beside', {'login': login}).status, 303)
    same(manager.get(f'/children/{there}').status, 200)
    assert set(manager.children()) >= children(desk, '998')
    # The numbers stay apart: one council at a time, their own first.
    page = manager.get('/monday').text
    holds(page, 'You work for more than one council')
    ours = number(page, 'plan-open')
    same(manager.post('/account/authority', {'council': '998', 'to': '/monday'}).status, 303)
    page = manager.get('/monday').text
    holds(page, 'This page is about <strong>Northmere</strong>')
    assert number(page, 'plan-open') != ours
    holds(manager.get('/manage/allocation').text, 'Northmere')
    holds(manager.get('/caseload').text, 'All councils')
    # A council that they do not work for cannot be chosen.
    same(manager.post('/account/authority', {'council': '123', 'to': '/monday'}).status, 303)
    same(number(manager.get('/monday').text, 'plan-open'), ours)
    # Ended, it is gone at the next page, and what was chosen with it.
    same(manager.post('/account/authority', {'council': '998', 'to': '/monday'}).status, 303)
    person = rows(desk, 'SELECT id FROM person WHERE login = ?', login)[0][0]
    same(people['their manager'].ask('POST', f'/manage/users/{person}/beside', {
        'csrf': people['their manager'].csrf(), 'authority': '998'}).status, 403)
    holds(theirs.get('/manage/users/beside').text, login)
    same(theirs.post(f'/manage/users/{person}/beside', {'authority': '998'}).status, 303)
    same(manager.get(f'/children/{there}').status, 404)
    same(number(manager.get('/monday').text, 'plan-open'), ours)
    same([act for act, in rows(desk, "SELECT act FROM ledger WHERE objects = ? ORDER BY seq", f'person:{person}')][-2:],
         ['person:works-for:998', 'person:leaves:998'])


@claim
def cover_is_arranged_for_the_children_of_both_councils_and_each_is_answered_apart(desk, people):
    officer = people['reviewing-officer']
    head, theirs = desk.users()['head'][0], people['their administrator']
    same(theirs.post('/manage/users/beside', {'login': head}).status, 303)
    receiver = rows(desk, 'SELECT id FROM person WHERE login = ?', head)[0][0]
    page = officer.get('/cover/new').text
    holds(page, 'children of more than one council')
    holds(page, 'moj-badge">Northmere')
    leave = {'reason': 'leave', 'which': 'all', 'note': '', 'first-day': '1', 'first-month': '12',
             'first-year': '2026', 'last-day': '2', 'last-month': '12', 'last-year': '2026'}
    ours = rows(desk, 'SELECT id FROM person WHERE login = ?', desk.users()['manager'][0])[0][0]
    refused = officer.post('/cover/new', {**leave, 'receiver': ours})
    same(refused.status, 422)
    holds(refused.text, 'are of a council that')
    made = rows(desk, 'SELECT max(id) FROM cover')[0][0] or 0
    same(officer.post('/cover/new', {**leave, 'receiver': receiver}).headers['location'], '/cover?done=proposed')
    arranged = rows(desk, 'SELECT id, authority FROM cover WHERE id > ? ORDER BY authority', made)
    same([council for _, council in arranged], ['998', '999'])
    # An entry in each council's ledger, of its own children alone: neither's tells of the other's.
    entries = rows(desk, "SELECT authority, subjects FROM ledger WHERE act LIKE 'cover:%' AND objects IN (?, ?) "
                   "ORDER BY authority", *(f'cover:{n}' for n, _ in arranged))
    same([council for council, _ in entries], ['998', '999'])
    for council, subjects in entries:
        same(set(int(n) for n in subjects.split(',')) - children(desk, council), set())
    own = {council: set(c for c, in rows(desk, 'SELECT subject FROM cover_child WHERE cover = ?', n))
           for n, council in arranged}
    for council in own:
        same(own[council] - children(desk, council), set())
        assert own[council]
    # Each council's manager is told of theirs.
    for role, sees, not_theirs in (('manager', 1, 0), ('their manager', 0, 1)):
        same(people[role].get(f'/cover/{arranged[sees][0]}').status, 200)
        same(people[role].get(f'/cover/{arranged[not_theirs][0]}').status, 404)
        lacks(people[role].get('/cover').text, f'/cover/{arranged[not_theirs][0]}"')
    for cover, _ in arranged:
        same(officer.post(f'/cover/{cover}/end', {}).status, 303)
    same(theirs.post(f'/manage/users/{receiver}/beside', {'authority': '998'}).status, 303)


@claim
def it_does_not_end_while_a_child_would_stand_with_nobody(desk, people):
    login = desk.users()['reviewing-officer'][0]
    person = rows(desk, 'SELECT id FROM person WHERE login = ?', login)[0][0]
    for administrator in (people['their administrator'], people['administrator']):
        page = administrator.post(f'/manage/users/{person}/beside', {'authority': '998'})
        same(page.status, 422)
        holds(page.text, 'Give these to somebody else first')
    same(rows(desk, 'SELECT count(*) FROM person_authority WHERE person = ?', person), [(1,)])
    holds(people['administrator'].get(f'/manage/users/{person}').text, 'End the work for Northmere')


@claim
def settings_and_branding_are_each_councils_own(desk, people):
    ours, theirs = people['administrator'], people['their administrator']
    before = ours.get('/manage/settings').text
    holds(before, 'second factor')
    page = theirs.get('/manage/settings').text
    lacks(page, 'second factor')
    fields = dict(re.findall(r'name="(setting-\d+)" type="text" value="([^"]*)"', page))
    same(theirs.post('/manage/settings', {**fields, 'setting-1': '01632 960 777', 'setting-2': '33'}).status, 303)
    holds(theirs.get('/manage/settings').text, '01632 960 777')
    lacks(ours.get('/manage/settings').text, '01632 960 777')
    lacks(people['manager'].get('/manage/allocation').text, 'The norm is 33')
    holds(people['their manager'].get('/manage/allocation').text, 'The norm is 33')
    holds(people['their manager'].get('/caseload').text, 'Northmere')
    lacks(people['manager'].get('/caseload').text, 'Northmere')


@claim
def whose_week_serves_both_councils_stands_in_the_list_of_both_and_is_kept_by_their_own(desk, people):
    login = desk.users()['reviewing-officer'][0]
    person, name, own = rows(desk, 'SELECT id, name, authority FROM person WHERE login = ?', login)[0]
    only, = rows(desk, "SELECT name FROM person p WHERE authority = '999' AND role = 'manager' AND NOT EXISTS "
                 '(SELECT 1 FROM person_authority w WHERE w.person = p.id)')[0]
    keeper, borrower = ('manager', 'their manager') if own == '999' else ('their manager', 'manager')
    address = f'/manage/working-days/{person}'
    holds(people[keeper].get('/manage/working-days').text, f'href="{address}">{name}</a>')
    listed = people[borrower].get('/manage/working-days').text
    holds(listed, f'{name} <span class="moj-badge">')
    lacks(listed, address)
    lacks(people['their manager'].get('/manage/working-days').text, only)
    gone = people[borrower].get(address)
    never = people[borrower].get('/manage/working-days/987654321')
    same((gone.status, gone.text), (never.status, never.text))


@claim
def a_new_allocation_counts_at_the_next_page(desk, people):
    officer, manager = people['reviewing-officer'], people['manager']
    child = min(set(officer.children()) & children(desk, '999'))
    listed = f'/manage/allocation/children?as=iro&who='
    key = rows(desk, 'SELECT iro_key, chair_key, looked_after FROM child_row WHERE subject = ?', child)[0]
    as_what, who = ('iro', key[0]) if key[2] else ('chair', key[1])
    to = desk.users()['chair'][0] if as_what == 'chair' else desk.users()['chair'][0]
    same(officer.get(f'/children/{child}/views').status, 200)
    for what, holder in (('iro', key[0]), ('chair', key[1])):
        if holder:
            given = {'as': what, 'who': holder, 'child': str(child), 'to': to, 'reason': 'A change of officer'}
            answer = manager.post('/manage/allocation/children', given)
            asked = re.search(r'name="family" type="checkbox" value="(\w+)"', answer.text)
            if asked:
                answer = manager.post('/manage/allocation/children', {**given, 'family': asked.group(1)})
            same(answer.status, 303)
    same(officer.get(f'/children/{child}/views').status, 404)
    assert child not in officer.children()
    same(people['chair'].get(f'/children/{child}/views').status, 200)


@claim
def a_new_team_counts_at_the_next_page(desk, people):
    lead, administrator = people['lead-practitioner'], people['administrator']
    login = desk.users()['lead-practitioner'][0]
    person, name = rows(desk, 'SELECT id, name FROM person WHERE login = ?', login)[0]
    team, child = rows(desk, "SELECT team, min(subject) FROM child_row WHERE authority = '999' AND openness = 0 AND "
                       "team <> '' AND iro IS NOT ? AND chair IS NOT ? GROUP BY team ORDER BY count(*) DESC LIMIT 1",
                       name, name)[0]
    same(lead.get(f'/children/{child}').status, 404)
    for now, status in ((team, 200), ('Somewhere else', 404)):
        same(administrator.post(f'/manage/users/{person}', {'name': name, 'role': 'lead-practitioner',
                                                           'team': now}).status, 303)
        same(lead.get(f'/children/{child}').status, status)


@claim
def a_dispute_stands_in_the_council_of_its_child_and_the_other_is_not_told(desk, people):
    officer = people['reviewing-officer']
    theirs = {child for child, in rows(desk, "SELECT subject FROM child_row WHERE authority = '998'")}
    child = next(c for c in officer.children() if c in theirs)
    to = officer.get(f'/matters/new?step=dispute-raised&of={child}').headers['location']
    text = officer.get(to).text
    same(re.findall(r'name="council" type="radio" value="(\d+)" checked', text), ['998'])
    sent = {'number': one(desk, 'SELECT number FROM child_row WHERE subject = ?', child), 'about': 'x', 'answer': 'no',
            'on-day': '20', 'on-month': '11', 'on-year': '2026'}
    # No child of that council has this number; and one for which they do not work is passed over.
    nobody = {**sent, 'number': 'N-' + sent['number']}
    for council in ('998', '999', '997'):
        same(officer.post(to, {**nobody, 'council': council}).status, 422)
    answer = officer.post(to, {**sent, 'council': '998'})
    same(answer.status, 303)
    matter = answer.headers['location'].split('?')[0]
    same(rows(desk, 'SELECT authority FROM matter_row WHERE subject = ?', int(matter.split('/')[-1])), [('998',)])
    same((people['their manager'].get(matter).status, people['manager'].get(matter).status), (200, 404))
    assert f'{matter}"' in officer.get('/matters').text


@claim
def the_store_proves_all_of_it(desk, people):
    desk.stop()
    result = subprocess.run([bars.DULY, 'verify', '--data', desk.data], capture_output=True, text=True, timeout=300)
    same((result.returncode, result.stderr), (0, ''))
    login = desk.users()['social-worker'][0]
    for word, n in (('works-for', 2), ('works-no-more-for', 1)):
        done = subprocess.run([bars.DULY, 'user', word, '--data', desk.data, '--login', login, '--authority', '998'],
                              capture_output=True, text=True, timeout=60)
        same((done.returncode, done.stderr), (0, ''))
        same(rows(desk, 'SELECT count(*) FROM person_authority'), [(n,)])


def neighbours(desk, people):
    people.update({f'their {role}': desk.sign_in(role, last=True) for role in ('manager', 'head', 'administrator')})


sys.exit(run_at_desk(neighbours, children=60, seed=5, made=('--two-councils',)))
