#!/usr/bin/env python3
"""A booking that somebody types: what cannot be is refused, what may be is asked back; a meeting that is
moved or cancelled, and who is told. TAP."""
import datetime
import html
import re
import sys

import ics
from booking import asked_back, book, move, send
from claims import claim, holds, lacks, one, rows, run_at_desk, same

DAY = datetime.date(1970, 1, 1)
ROOM, OTHER_ROOM = 'Ash, Civic Centre', 'Birch, Civic Centre'


def reviews(desk, officer, siblings='IS NULL'):
    """(child, thread, due) of reviews that wait, whose due date lies at least six weeks ahead."""
    own = ','.join(str(child) for child in officer.children())
    today = (datetime.date(2026, 11, 20) - DAY).days
    return [(child, thread, DAY + datetime.timedelta(due)) for child, thread, due in rows(
        desk, f"""SELECT c.subject, c.thread, c.due FROM clock c JOIN child_row r ON r.subject = c.subject
        WHERE r.sibling_group {siblings} AND c.rule IN ('cla-review-first', 'cla-review-second', 'cla-review-subsequent') AND c.met_on IS NULL
        AND c.ended_on IS NULL AND c.disapplied IS NULL AND c.doubt = 0 AND c.subject IN ({own})
        AND (c.booked IS NULL OR c.booked < ? - 42) AND c.due > ? ORDER BY c.due, c.subject""", today + 42, today + 42)]


def fields(thread, on, starts='', **more):
    return {'meeting': 'cla-review', 'thread': str(thread), 'on-day': on.day, 'on-month': on.month,
            'on-year': on.year, 'starts': starts, **more}


def form(person, child):
    return person.get(f'/children/{child}/record/booking').headers['location']


def booked(desk, child):
    return one(desk, 'SELECT count(*) FROM record_booking WHERE subject = ? AND withdrawn_at IS NULL', child)


def summary(text):
    box = re.search(r'govuk-error-summary__list">(.*?)</ul>', text, re.S)
    return [(href, html.unescape(words)) for href, words in
            re.findall(r'<a href="([^"]+)">(.*?)</a>', box[1], re.S)] if box else []


THURSDAY = datetime.date(2026, 12, 3)


@claim
def one_room_and_one_chair_at_one_hour_are_refused_with_how_to_mend_and_nothing_is_lost(desk, people):
    support, officer = people['business-support'], people['reviewing-officer']
    (first, thread, _), (second, other, _) = reviews(desk, officer)[:2]
    same(support.post(form(support, first), fields(thread, THURSDAY, '10:00', minutes=90, room=ROOM)).status, 303)
    before, at = booked(desk, second), form(support, second)
    typed = fields(other, THURSDAY, '11am', minutes=60, room=ROOM.upper())
    answer = support.post(at, typed)
    same(answer.status, 422)
    found = summary(answer.text)
    same([href for href, _ in found], ['#room', '#starts'])
    holds(found[0][1], 'is taken from 10am to 11:30am. Choose another room, hour or day. Free then: ' + OTHER_ROOM)
    holds(found[1][1], 'Agata Ashbeck chairs another meeting from 10am to 11:30am')
    for part in ('<title>Error: ', 'value="11am"', 'value="60"', f'value="{ROOM.upper()}"'):
        holds(answer.text, part)
    # No tick saves it.
    same(support.post(at, {**typed, 'confirmed': f'{(THURSDAY - DAY).days}-0', 'reason': 'x'}).status, 422)
    same(booked(desk, second), before)
    elsewhere = support.post(at, {**typed, 'room': OTHER_ROOM})
    same([href for href, _ in summary(elsewhere.text)], ['#starts'])
    instead = support.post(at, {**typed, 'room': OTHER_ROOM, 'chair': 'seun.nethergarth'})
    same((instead.status, booked(desk, second)), (303, before + 1))
    # Who stands in is busy then as well, by another of their names.
    third, its, _ = reviews(desk, officer)[2]
    answer = support.post(form(support, third), fields(its, THURSDAY, '11:30', chair='Seun Nethergarth'))
    holds(summary(answer.text)[0][1], 'Seun Nethergarth chairs another meeting from 11am to midday')


@claim
def what_may_be_is_asked_back_and_saved_with_a_tick_and_a_reason(desk, people):
    officer = people['reviewing-officer']
    child, thread, due = reviews(desk, officer)[-1]
    before, at = booked(desk, child), form(officer, child)
    late = due + datetime.timedelta(1)
    while late.weekday() != 5:
        late += datetime.timedelta(1)
    typed = fields(thread, late, '10:00', minutes=60)
    answer = officer.post(at, typed)
    said, tick = asked_back(answer.text)
    same((answer.status, booked(desk, child)), (422, before))
    same(len(said), 2)
    holds(said[0], 'is no working day: Saturday')
    holds(said[1], 'this would be booked late')
    same([href for href, _ in summary(answer.text)], ['#confirmed', '#confirmed'])
    unsaid = officer.post(at, {**typed, 'confirmed': tick})
    same(summary(unsaid.text), [('#reason', 'Enter why it is booked all the same')])
    unticked = officer.post(at, {**typed, 'reason': 'They <b>asked</b> for it'})
    same(unticked.status, 422)
    holds(unticked.text, 'They &lt;b&gt;asked&lt;/b&gt; for it</textarea>')
    # The tick stands for what was said, and for no other day.
    other = officer.post(at, {**fields(thread, late + datetime.timedelta(7), '10:00'), 'confirmed': tick,
                              'reason': 'They asked'})
    same((other.status, booked(desk, child)), (422, before))
    made = officer.post(at, {**typed, 'confirmed': tick, 'reason': 'They <b>asked</b> for it'})
    same((made.status, booked(desk, child)), (303, before + 1))
    history = officer.get(made.headers['location']).text
    holds(history, 'They &lt;b&gt;asked&lt;/b&gt; for it')
    holds(history, 'is no working day: Saturday; It is due by')


@claim
def working_days_and_leave_of_the_chair_are_said(desk, people):
    officer, support = people['reviewing-officer'], people['business-support']
    child, thread, _ = reviews(desk, officer)[0]
    week = {f'{name}-{end}': at for name in ('Monday', 'Tuesday', 'Wednesday', 'Thursday')
            for end, at in (('from', '9am'), ('to', '1pm'))}
    same(officer.post('/account/working-days', week).status, 303)
    said, _ = asked_back(support.post(form(support, child), fields(thread, datetime.date(2026, 12, 11), '10:00')).text)
    same(said, ['Agata Ashbeck does not work on Fridays'])
    said, _ = asked_back(support.post(form(support, child), fields(thread, datetime.date(2026, 12, 10), '3pm')).text)
    same(said, ['Agata Ashbeck works from 9am to 1pm on Thursdays'])
    away = one(desk, 'SELECT id FROM person WHERE role = ?', 'reviewing-officer')
    manager = people['manager']
    receiver = one(desk, "SELECT id FROM person WHERE role = 'manager'")
    made = officer.post('/cover/new', {'away': away, 'cause': 'leave', 'first-day': 14, 'first-month': 12,
                                       'first-year': 2026, 'last-day': 18, 'last-month': 12, 'last-year': 2026,
                                       'receiver': receiver, 'which': 'some', 'child': child})
    same(made.status, 303)
    on = fields(thread, datetime.date(2026, 12, 15), '10:00')
    said, _ = asked_back(support.post(form(support, child), on).text)
    same(said, ['Agata Ashbeck is away until 18 December 2026'])
    # Once somebody covers, it is theirs to chair, and nobody is away.
    same(manager.post(made.headers['location'].split('?')[0], {'child': child, 'answer': 'accept'}).status, 303)
    same(support.post(form(support, child), on).status, 303)


@claim
def brothers_and_sisters_together_are_one_meeting_and_apart_are_asked_about(desk, people):
    officer = people['reviewing-officer']
    waits = {child: thread for child, thread, _ in reviews(desk, officer, 'IS NOT NULL')}
    groups = rows(desk, 'SELECT sibling_group, group_concat(subject) FROM child_row WHERE sibling_group IS NOT NULL '
                  'GROUP BY 1 HAVING count(*) > 1')
    one_of, other = next([int(c) for c in ids.split(',') if int(c) in waits][:2] for _, ids in groups
                         if sum(int(c) in waits for c in ids.split(',')) > 1)
    on = datetime.date(2026, 12, 9)
    same(send(officer, form(officer, one_of), fields(waits[one_of], on, '9:30', minutes=60, room=ROOM)).status, 303)
    at = form(officer, other)
    apart = officer.post(at, fields(waits[other], on, '10:00', room='The school', chair='Linh Ravenwick'))
    same(asked_back(apart.text)[0], ['A brother or sister has a meeting of their own from 9:30am to 10:30am'])
    same(officer.post(at, fields(waits[other], on, '9:30', minutes=60, room=ROOM)).status, 303)


@claim
def a_day_that_is_past_is_asked_about_and_an_untimed_meeting_is_not_compared(desk, people):
    officer = people['reviewing-officer']
    child, thread, _ = reviews(desk, officer)[0]
    said, _ = asked_back(officer.post(form(officer, child), fields(thread, datetime.date(2025, 12, 3))).text)
    same(said, ['Wednesday 3 December 2025 is past'])
    said, _ = asked_back(officer.post(form(officer, child), fields(thread, THURSDAY)).text)
    same(said, ['Agata Ashbeck chairs another meeting that day, and not both hours are written'])


# ---- moved, and cancelled

def a_booked_review(desk, people):
    """(child, record, thread) of one of the officer's, with who is invited: the lead practitioner and the
    minute-taker."""
    support, officer = people['business-support'], people['reviewing-officer']
    child, thread, _ = reviews(desk, officer)[0]
    made = book(support, child, fields(thread, datetime.date(2026, 12, 1), '2pm', minutes=60, room=ROOM))
    same(made.status, 303)
    record = int(re.search(r'records/(\d+)/', made.headers['location'])[1])
    for role in ('lead-practitioner', 'minute-taker'):
        same(support.post(f'/meetings/{record}/invite', {'person': person(desk, role)}).status, 303)
    return child, record, thread


def person(desk, role):
    return one(desk, 'SELECT id FROM person WHERE login = ?', desk.users()[role][0])


def told(desk, record, kind):
    return dict(rows(desk, 'SELECT p.role, n.detail FROM notice n JOIN person p ON p.id = n.person '
                     'WHERE n.object = ? AND n.kind = ?', record, kind))


def feed(desk, who):
    who.post('/account/calendar', {})
    path = re.search(r'value="[^"]*(/diary/[a-p]{40}/calendar\.ics)"', who.get('/account/calendar').text)[1]
    return ics.read(desk.ask('GET', path).body)


@claim
def a_moved_meeting_keeps_its_people_and_they_are_told_and_calendars_follow(desk, people):
    support, officer = people['business-support'], people['reviewing-officer']
    child, record, thread = a_booked_review(desk, people)
    number = f'/children/{child}/records/{record}'
    before, = ics.read(support.get(number + '/meeting.ics').body)
    entries = one(desk, "SELECT count(*) FROM ledger WHERE act = 'save'")
    holds(support.get(f'/meetings/{record}').text, 'Move the meeting')
    path = support.get(number).headers['location']
    text = support.get(path).text
    for part in ('Move a meeting', 'Tuesday 1 December 2026, 2pm, ' + ROOM, 'Why is it moved?'):
        holds(text, part)
    lacks(text, 'name="meeting"')
    # A move has a reason, and is held against everything that a new booking is.
    on = fields(0, datetime.date(2026, 12, 8), '10:30am', minutes=60, room=OTHER_ROOM, version=1)
    same(summary(support.post(path, on).text), [('#reason', 'Enter why it is moved')])
    taken = support.post(path, {**on, 'on-day': 3, 'room': ROOM, 'reason': 'x'})
    same({href for href, _ in summary(taken.text)}, {'#room', '#starts'})
    same(told(desk, record, 'meeting-moved'), {})
    same(move(support, number, on, 'The mother is at <work>').status, 303)
    found = told(desk, record, 'meeting-moved')
    same(set(found), {'lead-practitioner', 'minute-taker', 'reviewing-officer'})
    same(set(found.values()), {'Hamza Isse-Pend moved the meeting of Tuesday 1 December 2026, 2pm to Tuesday '
                               '8 December 2026, 10:30am. It is held in another place.'})
    for role in found:
        holds(people[role].get('/inbox').text, 'A meeting was moved')
        holds(people[role].get(f'/meetings/{record}').text, 'Tuesday 8 December 2026, 10:30am')
    after, = ics.read(support.get(number + '/meeting.ics').body)
    same((after['UID'], after['SEQUENCE'], after['LOCATION']),
         (before['UID'], str(int(before['SEQUENCE']) + 1), OTHER_ROOM))
    same([e['DTSTART local'].strftime('%d %H:%M') for e in feed(desk, officer) if e['UID'] == before['UID']],
         ['08 10:30'])
    same(one(desk, "SELECT count(*) FROM ledger WHERE act = 'save'"), entries + 1)
    same(rows(desk, 'SELECT DISTINCT booked FROM clock WHERE subject = ? AND thread = ? AND booked IS NOT NULL',
              child, thread), [((datetime.date(2026, 12, 8) - DAY).days,)])
    history = support.get(number + '/history').text
    for part in ('Moved ', 'The mother is at &lt;work&gt;', '1 December 2026', '8 December 2026'):
        holds(history, part)
    # Who chairs changes: both are told.
    same(move(support, number, {**on, 'chair': 'Seun Nethergarth'}).status, 303)
    same(told(desk, record, 'meeting-moved')['chair'],
         'Hamza Isse-Pend changed the meeting of Tuesday 8 December 2026, 10:30am. Somebody else chairs it.')
    same([e for e in feed(desk, officer) if e['UID'] == before['UID']], [])
    same([e['SEQUENCE'] for e in feed(desk, people['chair']) if e['UID'] == before['UID']], ['2'])


@claim
def a_second_booking_of_one_meeting_is_refused_and_leads_to_the_move(desk, people):
    support = people['business-support']
    child, record, thread, rule = rows(desk, """SELECT b.subject, b.id, b.thread, c.rule FROM record_booking b
        JOIN clock c ON c.subject = b.subject AND c.booked = b."on" WHERE b.room = ? AND b.version > 1
        AND b.withdrawn_at IS NULL""", OTHER_ROOM)[0]
    answer = support.post(form(support, child), fields(thread, datetime.date(2026, 12, 10), '11:00'))
    same(summary(answer.text), [('#on-day', 'It is booked already, for Tuesday 8 December 2026. Move that '
                                 'meeting instead')])
    way = html.unescape(re.search(r'href="([^"]+)">Move the meeting that is booked', answer.text)[1])
    same(way.split('?')[0], f'/children/{child}/records/{record}')
    text = support.get(support.get(way).headers['location']).text  # nothing that was typed is lost
    same((re.search(r'name="on-day"[^>]*value="(\d+)"', text)[1], 'value="11:00"' in text), ('10', True))
    page = support.get(f'/children/{child}/book?rule={rule}&thread={thread}').text
    pick = re.search(r'name="pick" type="radio" value="([0-9-]+)"', page)[1]
    to = support.get(f'/children/{child}/book?rule={rule}&thread={thread}&pick={pick}').headers['location']
    same(to.split('?')[0], f'/children/{child}/records/{record}')
    text = support.get(support.get(to).headers['location']).text
    holds(text, 'Move a meeting')
    same(re.search(r'name="on-day"[^>]*value="(\d+)"', text)[1], str(int(pick[-2:])))


@claim
def a_cancelled_meeting_is_gone_from_diaries_and_everyone_is_told(desk, people):
    support, officer = people['business-support'], people['reviewing-officer']
    child, record, uid = rows(desk, "SELECT subject, id, 'meeting-' || id || '@duly' FROM record_booking "
                              'WHERE room = ? AND version > 2 AND withdrawn_at IS NULL', OTHER_ROOM)[0]
    number = f'/children/{child}/records/{record}'
    text = support.get(number + '/withdraw').text
    for part in ('Cancel a meeting', 'Why is it cancelled?', 'Everyone who is invited is told'):
        holds(text, part)
    same(support.post(number + '/withdraw', {'version': 3, 'reason': ' '}).status, 422)
    same(support.post(number + '/withdraw', {'version': 3, 'reason': 'The plan ended'}).status, 303)
    holds(support.get(number + '/history?saved=1').text, 'The meeting is cancelled. Everyone who is invited is told.')
    found = told(desk, record, 'meeting-cancelled')
    same(set(found), {'lead-practitioner', 'minute-taker', 'chair'})
    same(set(found.values()), {'Hamza Isse-Pend cancelled the meeting of Tuesday 8 December 2026, 10:30am.'})
    holds(people['minute-taker'].get('/inbox').text, 'A meeting was cancelled')
    same(people['minute-taker'].get(f'/meetings/{record}').status, 404)
    same([e for who in (officer, people['chair']) for e in feed(desk, who) if e['UID'] == uid], [])
    event, = ics.read(support.get(number + '/meeting.ics').body)
    same((event['UID'], event['STATUS'], event['SEQUENCE']), (uid, 'CANCELLED', '3'))
    surname = one(desk, 'SELECT surname FROM child_row WHERE subject = ?', child)
    for detail in (*found.values(), *told(desk, record, 'meeting-moved').values()):
        lacks(detail, surname)


if __name__ == '__main__':
    sys.exit(run_at_desk())
