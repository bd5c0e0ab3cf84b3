#!/usr/bin/env python3
"""Who is invited to a meeting, over HTTP: what an invitee sees, and until when; a minute-taker's draft,
and the chair who decides. TAP."""
import sys

from claims import claim, holds, lacks, one, rows, run_at_desk, same

WHO = {'minute-taker': 'Takes the minutes', 'social-worker': 'Invited', 'chair': 'Invited'}


def person(desk, role):
    return one(desk, 'SELECT id FROM person WHERE login = ?', desk.users()[role][0])


def a_meeting(desk, officer):
    """A booked review of an open child whom the officer has and none of the others."""
    own = ','.join(str(child) for child in officer.children())
    others = ','.join(str(person(desk, role)) for role in WHO)
    return rows(desk, f"""SELECT b.id, b.subject, b.thread, r.surname, r.forename FROM record_booking b
        JOIN child_row r ON r.subject = b.subject JOIN clock c ON c.subject = b.subject AND c.booked = b."on"
        WHERE b.meeting = 'cla-review' AND b."on" > 20777 AND c.met_on IS NULL AND r.openness = 0
        AND r.surname IS NOT NULL AND b.subject IN ({own}) AND NOT EXISTS (SELECT 1 FROM access a
        WHERE a.subject = b.subject AND a.holder IN ({others})) ORDER BY b.id LIMIT 1""")[0]


@claim
def an_invitee_sees_the_meeting_and_nothing_else_of_the_child(desk, people):
    officer = people['reviewing-officer']
    booking, child, _, surname, forename = a_meeting(desk, officer)
    meeting = f'/meetings/{booking}'
    for role in WHO:
        same(people[role].get(meeting).status, 404)
        same(people[role].get('/meetings/999999999').text, people[role].get(meeting).text)
    holds(officer.get(f'/children/{child}').text, f'/children/{child}/meetings')
    holds(officer.get(f'/children/{child}/meetings').text, f'href="{meeting}"')
    same(officer.post(meeting + '/invite', {'person': '0'}).status, 422)
    same(officer.post(meeting + '/invite', {'person': str(person(desk, 'business-support')),
                                            'minutes': 'yes'}).status, 422)
    for role in WHO:
        fields = {'person': str(person(desk, role)), **({'minutes': 'yes'} if role == 'minute-taker' else {})}
        for _ in range(2):
            sent = officer.post(meeting + '/invite', fields)
            same((sent.status, sent.headers.get('location')), (303, meeting))
    same(one(desk, 'SELECT count(*) FROM invitation'), len(WHO))
    page = officer.get(meeting).text
    for role, words in WHO.items():
        holds(page, words)
        seen = people[role].get(meeting)
        same(seen.status, 200)
        holds(seen.text, f'{forename} {surname}')
        (holds if role == 'chair' else lacks)(seen.text, '<select')
        inbox = people[role].get('/inbox').text
        holds(inbox, f'href="{meeting}"')
        holds(inbox, 'Meetings you are invited to')
        lacks(inbox, surname)
        same(people[role].post(meeting + '/invite', {'person': str(person(desk, 'head'))}).status,
             303 if role == 'chair' else 403)
    for role in ('minute-taker', 'social-worker'):
        same(people[role].get(f'/children/{child}').status, 404)
        lacks(people[role].get('/caseload').text, surname)
        same(people[role].get(f'/children/{child}/meetings').status, 404)
    # Who chairs conferences prepares one from the whole record, until it is over.
    same(people['chair'].get(f'/children/{child}').status, 200)


@claim
def a_minute_taker_drafts_and_the_chair_decides(desk, people):
    taker, officer = people['minute-taker'], people['reviewing-officer']
    booking, child, thread = rows(desk, 'SELECT i.booking, i.subject, b.thread FROM invitation i '
                                  'JOIN record_booking b ON b.id = i.booking LIMIT 1')[0]
    form = f'/meetings/{booking}/record'
    same(people['social-worker'].get(form).status, 303)
    page = taker.get(form)
    same(page.status, 200)
    holds(page.text, 'Give the draft to the chair')
    lacks(page.text, 'Save record')
    typed = {'care': str(thread), 'held-day': '30', 'held-month': 'nov', 'held-year': '', 'participation': 'PN1'}
    kept = taker.post('/drafts', {**typed, 'child': str(child), 'of': 'cla_review', 'record': '0', 'version': '0',
                                  'key': str(booking), 'turn': '0'})
    same((kept.status, kept.text), (200, '1'))
    for wrong in ({'key': str(booking + 1)}, {'child': str(child + 1)}, {'of': 'contact'}):
        assert taker.post('/drafts', {**typed, 'child': str(child), 'of': 'cla_review', 'record': '0',
                                      'version': '0', 'key': str(booking), 'turn': '1', **wrong}).status in (403, 404)
    holds(taker.get(form).text, 'value="nov"')
    same(taker.post(f'/children/{child}/record/cla_review?key=5', typed).status, 404)
    before = one(desk, 'SELECT count(*) FROM record_cla_review WHERE subject = ?', child)
    given = taker.post(form, {**typed, 'action': 'hand', 'turn': '1'})
    same((given.status, given.headers.get('location')), (303, f'/meetings/{booking}'))
    same(one(desk, 'SELECT count(*) FROM record_cla_review WHERE subject = ?', child), before)
    holds(taker.get(f'/meetings/{booking}').text, 'You gave your draft')
    same(taker.get(form).status, 303)
    holds(officer.get('/inbox').text, 'A draft of a meeting’s record came to you')
    going_on = f'/children/{child}/record/cla_review?key={booking}'
    holds(officer.get('/drafts').text, f'href="{going_on}"')
    holds(officer.get(going_on).text, 'value="nov"')
    saved = officer.post(going_on, {**typed, 'held-day': '19', 'held-year': '2026', 'turn': '1'})
    same(saved.status, 303)
    same(one(desk, 'SELECT count(*) FROM record_cla_review WHERE subject = ?', child), before + 1)


@claim
def what_is_taken_back_is_gone_at_the_next_page(desk, people):
    officer = people['reviewing-officer']
    booking, child = rows(desk, 'SELECT booking, subject FROM invitation LIMIT 1')[0]
    for role in ('chair', 'social-worker'):
        invitation = one(desk, 'SELECT id FROM invitation WHERE booking = ? AND person = ?', booking,
                         person(desk, role))
        same(people['minute-taker'].post(f'/meetings/{booking}/uninvite', {'invitation': str(invitation)}).status, 403)
        same(officer.post(f'/meetings/{booking}/uninvite', {'invitation': str(invitation)}).status, 303)
        same(people[role].get(f'/meetings/{booking}').status, 404)
        same(people[role].get(f'/children/{child}').status, 404)
        holds(people[role].get('/inbox').text, 'You are not invited any more')


sys.exit(run_at_desk(children=300, seed=7))
