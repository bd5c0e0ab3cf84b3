#!/usr/bin/env python3
"""Cover, handover and the inbox over HTTP: from the form to the other person's caseload. TAP."""
import re
import subprocess
import sys

from claims import bars, claim, holds, one, run_at_desk, same


def day(name, d, m, y):
    return {f'{name}-day': d, f'{name}-month': m, f'{name}-year': y}


def number(desk, role):
    return one(desk, 'SELECT id FROM person WHERE login = ?', desk.users()[role][0])


def proposal(desk, child, **more):
    return {'receiver': number(desk, 'manager'), 'which': 'some', 'child': child, 'reason': 'leave',
            **day('first', 20, 11, 2026), **day('last', 27, 11, 2026), **more}


@claim
def what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(desk, people):
    officer = people['reviewing-officer']
    answer = officer.post('/cover/new', {'which': 'some', 'note': 'kept <b>', **day('first', 31, 2, 2026)})
    same(answer.status, 422)
    for part in ('<title>Error: Arrange cover', 'href="#first-day"', 'Select the children', 'kept &lt;b&gt;',
                 'value="31"'):
        holds(answer.text, part)


@claim
def a_leave_is_proposed_accepted_and_seen_in_the_others_caseload(desk, people):
    officer, manager = people['reviewing-officer'], people['manager']
    child = officer.children()[0]
    made = officer.post('/cover/new', proposal(desk, child))
    same(made.status, 303)
    cover = made.headers['location'].split('?')[0]
    holds(manager.get('/inbox').text, 'Children wait for your answer')
    holds(manager.get('/cover').text, '1 waiting')
    refused = manager.post(cover, {'child': child, 'answer': 'refuse', 'why': ''})
    same(refused.status, 422)
    holds(refused.text, 'Enter why you refuse')
    same(manager.post(cover, {'child': child, 'answer': 'accept'}).status, 303)
    holds(officer.get('/inbox').text, 'Cover was accepted')
    rows = ''.join(manager.get(f'/caseload?rows=100&page={n}').text for n in (1, 2))
    holds(rows, 'Covering for')
    same(officer.post(cover + '/end', {}).status, 303)
    rows = ''.join(manager.get(f'/caseload?rows=100&page={n}').text for n in (1, 2))
    assert 'Covering for' not in rows


@claim
def a_handover_wants_a_note_and_moves_the_child_when_it_is_accepted(desk, people):
    officer, manager = people['reviewing-officer'], people['manager']
    child = officer.children()[1]
    form = proposal(desk, child)
    same(officer.post('/handover', form).status, 422)
    made = officer.post('/handover', {**form, 'note': 'Her brother comes first'})
    same(made.status, 303)
    same(officer.get(f'/children/{child}').status, 200)
    same(manager.post(made.headers['location'].split('?')[0], {'child': child, 'answer': 'accept'}).status, 303)
    same(officer.get(f'/children/{child}').status, 404)
    holds(manager.get(f'/children/{child}/records').text, 'Note for handover')
    same(one(desk, 'SELECT count(*) FROM record_handover_note WHERE subject = ?', child), 1)


@claim
def who_has_no_part_in_it_finds_nothing(desk, people):
    officer = people['reviewing-officer']
    made = officer.post('/cover/new', proposal(desk, officer.children()[2]))
    cover = made.headers['location'].split('?')[0]
    for role in ('chair', 'auditor', 'social-worker'):
        same(people[role].get(cover).status, 404)
        same(people[role].post(cover, {'child': 1, 'answer': 'accept'}).status, 404)
        same(people[role].post(cover + '/end', {}).status, 404)
        same(people[role].get(f"/cover/new?away={number(desk, 'reviewing-officer')}").status, 404)


@claim
def who_still_has_children_cannot_be_stopped_and_the_command_says_which(desk, people):
    desk.stop()
    login = desk.users()['reviewing-officer'][0]
    result = subprocess.run([bars.DULY, 'user', 'disable', '--data', desk.data, '--login', login],
                            capture_output=True, text=True)
    same(result.returncode, 2)
    assert re.search(r'\d+ children would stand with nobody \(\d+', result.stderr), result.stderr


sys.exit(run_at_desk(children=60, seed=5))
