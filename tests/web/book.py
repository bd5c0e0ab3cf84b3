#!/usr/bin/env python3
"""A booking that somebody types: what cannot be is refused, what may be is asked back; a meeting that is
moved or cancelled, and who is told. TAP."""
import datetime
import html
import re
import sys

import ics
from booking import asked_back, send
from claims import claim, holds, lacks, one, rows, run_at_desk, same

DAY = datetime.date(1970, 1, 1)
ROOM, OTHER_ROOM = 'Ash, Civic Centre', 'Birch, Civic Centre'


def reviews(desk, officer):
    """(child, thread, due) of reviews that wait, whose due date lies at least six weeks ahead."""
    own = ','.join(str(child) for child in officer.children())
    today = (datetime.date(2026, 11, 20) - DAY).days
    return [(child, thread, DAY + datetime.timedelta(due)) for child, thread, due in rows(
        desk, f"""SELECT c.subject, c.thread, c.due FROM clock c WHERE c.rule LIKE 'cla-review-%'
        AND c.rule IN ('cla-review-first', 'cla-review-second', 'cla-review-subsequent') AND c.met_on IS NULL
        AND c.ended_on IS NULL AND c.disapplied IS NULL AND c.doubt = 0 AND c.subject IN ({own})
        AND c.due > ? ORDER BY c.due, c.subject""", today + 42)]


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
    holds(summary(answer.text)[0][1], 'Seun Nethergarth chairs another meeting from 11am to noon')


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
    child, thread, _ = reviews(desk, officer)[3]
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
    waits = {child: thread for child, thread, _ in reviews(desk, officer)}
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
    child, thread, _ = reviews(desk, officer)[4]
    said, _ = asked_back(officer.post(form(officer, child), fields(thread, datetime.date(2025, 12, 3))).text)
    same(said, ['Wednesday 3 December 2025 is past'])
    said, _ = asked_back(officer.post(form(officer, child), fields(thread, THURSDAY)).text)
    same(said, ['Agata Ashbeck chairs another meeting that day, and not both hours are written'])


if __name__ == '__main__':
    sys.exit(run_at_desk())
