#!/usr/bin/env python3
"""Days for meetings over HTTP: suggestions, working days, rooms, calendars, the months ahead. TAP."""
import csv
import datetime
import io
import re
import sys
import urllib.parse
import zoneinfo
from pathlib import Path

import booking
import ics
from claims import claim, holds, lacks, rows, run_at_desk, same

DAY = datetime.date(1970, 1, 1)
TODAY = datetime.date(2026, 11, 20)
MEETINGS = "('cla-review-first', 'cla-review-second', 'cla-review-subsequent', 'rcpc-first', 'rcpc-subsequent', 'icpc-15wd', 'transfer-in-conference', 'temporary-child-cp', 'adoption-review-first', 'adoption-review-second', 'adoption-review-subsequent')"


def day(n):
    return DAY + datetime.timedelta(n)


def due_meetings(desk, person):
    """(child, rule, thread, due, booked) of the person's children, open and waiting."""
    own = ','.join(str(child) for child in person.children())
    return rows(desk, f"""SELECT c.subject, c.rule, c.thread, c.due, c.booked FROM clock c WHERE c.rule IN {MEETINGS}
        AND c.met_on IS NULL AND c.ended_on IS NULL AND c.disapplied IS NULL AND c.doubt = 0
        AND c.subject IN ({own}) ORDER BY c.due, c.subject""")


def offered(text):
    return re.findall(r'name="pick" type="radio" value="([0-9-]+)"', text)


def book_page(child, rule, thread, more=''):
    return f'/children/{child}/book?rule={rule}&thread={thread}{more}'


def in_form(text, name):
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', text)
    value = found and re.search(r'value="([^"]*)"', found[0])
    return value[1] if value else ''


def selected(text, name):
    """What is ticked of a choice, or the only thing of a list that is selected."""
    box = re.search(rf'<select[^>]*name="{name}"[^>]*>(.*?)</select>', text, re.S)
    boxes = re.findall('<option[^>]*>', box[1]) if box else re.findall(rf'<input[^>]*name="{name}"[^>]*>', text)
    found = [box for box in boxes if ' checked' in box or ' selected' in box]
    value = re.search(r'value="([^"]*)"', found[0]) if found else None
    return value[1] if value else ''


@claim
def days_that_are_offered_are_lawful_working_days_and_never_the_last(desk, people):
    officer, seen = people['reviewing-officer'], 0
    for child, rule, thread, due, booked in due_meetings(desk, officer):
        text = officer.get(book_page(child, rule, thread)).text
        days = [datetime.date.fromisoformat(d) for d in offered(text)]
        if due <= (TODAY - DAY).days:
            continue  # overdue: every day is late, and says so
        last = day(due)
        while last.weekday() > 4:
            last -= datetime.timedelta(1)
        for d in days:
            assert TODAY < d <= day(due), (d, day(due))
            assert d.weekday() < 5 and d != last, d
            seen += 1
    assert seen > 20, seen


@claim
def of_what_is_overdue_every_day_says_that_it_is_late(desk, people):
    manager = people['manager']
    found = rows(desk, f"""SELECT c.subject, c.rule, c.thread FROM clock c JOIN child_row r ON r.subject = c.subject
        WHERE c.rule IN {MEETINGS} AND c.met_on IS NULL AND c.ended_on IS NULL AND c.disapplied IS NULL
        AND c.doubt = 0 AND r.openness = 0 AND c.due < ? AND (c.known_to IS NULL OR c.known_to >= c.due)""",
                 (TODAY - DAY).days)
    assert found, 'the demonstration has nothing overdue'
    child, rule, thread = found[0]
    text = manager.get(book_page(child, rule, thread)).text
    holds(text, 'The due date has passed')
    same(text.count('this would be booked late') > 0, True)


@claim
def a_chosen_day_fills_the_form_and_nothing_is_booked_before_it_is_saved(desk, people):
    support = people['business-support']
    child, rule, thread, due, _ = next(m for m in due_meetings(desk, people['reviewing-officer'])
                                       if m[3] > (TODAY - DAY).days + 20 and m[4] is None and m[1][:8] != 'adoption')
    before = rows(desk, 'SELECT count(*) FROM record_booking')
    pick = offered(support.get(book_page(child, rule, thread)).text)[0]
    none = support.get(book_page(child, rule, thread, '&continue=1'))
    same(none.status, 422)
    holds(none.text, '<title>Error: Book a meeting')
    answer = support.get(book_page(child, rule, thread, f'&pick={pick}&continue=1'))
    same(answer.status, 303)
    answer = support.get(answer.headers['location'])
    address = answer.headers['location']
    text = support.get(address).text
    same(rows(desk, 'SELECT count(*) FROM record_booking'), before)
    chosen = datetime.date.fromisoformat(pick)
    same((in_form(text, 'on-day'), in_form(text, 'on-month'), in_form(text, 'on-year')),
         (str(chosen.day), str(chosen.month), str(chosen.year)))
    same(bool(re.fullmatch(r'\d\d:\d\d', in_form(text, 'starts'))), True)
    fields = {name: in_form(text, name) for name in ('on-day', 'on-month', 'on-year', 'starts', 'minutes', 'room')}
    fields |= {'meeting': re.search(r'meeting=([a-z-]+)', address)[1], 'thread': selected(text, 'thread')}
    made = support.post(address.split('?')[0] + '?key=' + re.search(r'key=(\d+)', address)[1], fields)
    same(made.status, 303)
    same(rows(desk, 'SELECT booked FROM clock WHERE subject = ? AND rule = ? AND thread = ? AND met_on IS NULL',
              child, rule, thread), [((chosen - DAY).days,)])
    # Now somebody has that time: it is offered to nobody else of the same chair.
    busy = people['reviewing-officer'].get(book_page(child, rule, thread)).text
    holds(busy, 'In time, for')


def book_first_offered(person, child, rule, thread):
    """By the page, as a person does: the best day, and what the form has selected."""
    pick = offered(person.get(book_page(child, rule, thread)).text)[0]
    form = person.get(book_page(child, rule, thread, f'&pick={pick}&continue=1')).headers['location']
    address = person.get(form).headers['location']
    text = person.get(address).text
    fields = {name: in_form(text, name) for name in ('on-day', 'on-month', 'on-year', 'starts', 'minutes', 'room')}
    fields |= {'meeting': re.search(r'meeting=([a-z-]+)', address)[1], 'thread': selected(text, 'thread')}
    made = booking.send(person, address.split('?')[0] + '?key=' + re.search(r'key=(\d+)', address)[1], fields)
    same((made.status, fields['thread'] != ''), (303, True))
    return (datetime.date.fromisoformat(pick) - DAY).days, int(fields['thread'])


def drafted(desk, people, host, child):
    """The record of the child's last booking, as who is asked to take its minutes finds it."""
    meeting, = rows(desk, 'SELECT max(id) FROM record_booking WHERE subject = ?', child)[0]
    taker, = rows(desk, 'SELECT id FROM person WHERE login = ?', desk.users()['minute-taker'][0])[0]
    same(host.post(f'/meetings/{meeting}/invite', {'person': str(taker), 'minutes': 'yes'}).status, 303)
    return people['minute-taker'].get(f'/meetings/{meeting}/record')


@claim
def a_review_of_a_child_placed_for_adoption_is_booked_in_the_period_of_care_and_moved_there(desk, people):
    officer = people['reviewing-officer']
    child, rule, thread, *_ = next(m for m in due_meetings(desk, officer) if m[1].startswith('adoption-review')
                                   and m[4] is None and m[3] > (TODAY - DAY).days + 10)
    on, period = book_first_offered(officer, child, rule, thread)
    same(rows(desk, 'SELECT began FROM record_care_period WHERE id = ?', period) != [], True)
    same(rows(desk, 'SELECT booked FROM clock WHERE subject = ? AND rule = ? AND thread = ? AND met_on IS NULL',
              child, rule, thread), [(on,)])
    text = officer.get(book_page(child, rule, thread)).text
    holds(text, 'In time, for')
    holds(text, f'/children/{child}/records/')  # what is booked is moved, and not booked again
    # Who drafts its record finds it is a review of that placement, and so does who writes it.
    form = drafted(desk, people, officer, child).text
    same((selected(form, 'care'), selected(form, 'placement')), (str(period), str(thread)))
    form = officer.get(officer.get(f'/children/{child}/record/cla_review').headers['location']).text
    same(selected(form, 'placement'), str(thread))


@claim
def the_conference_of_a_child_who_moved_here_on_a_plan_is_booked_for_that_move(desk, people):
    chair = people['chair']
    child = chair.children()[0]
    form = chair.get(f'/children/{child}/record/child_step?kind=transfer-in-notified').headers['location']
    made = chair.post(form, {'kind': 'transfer-in-notified', 'choice': 'notice', 'on-day': '19', 'on-month': '11',
                             'on-year': '2026'})
    same(made.status, 303)
    thread, = next(iter(rows(desk, "SELECT thread FROM clock WHERE subject = ? AND rule = 'transfer-in-conference' "
                             "AND met_on IS NULL", child)))
    path = chair.get(f'/children/{child}/record/booking').headers['location']
    holds(chair.get(path).text, 'Told of the move here on 19 November 2026')
    made = booking.send(chair, path, {'meeting': 'icpc', 'thread': str(thread), 'on-day': '8', 'on-month': '12',
                              'on-year': '2026', 'starts': '10:00', 'minutes': '120'})
    same(made.status, 303)
    same(rows(desk, "SELECT booked FROM clock WHERE subject = ? AND rule = 'transfer-in-conference' AND thread = ?",
              child, thread), [((datetime.date(2026, 12, 8) - DAY).days,)])
    same(selected(drafted(desk, people, chair, child).text, 'kind'), 'transfer-in')


@claim
def of_a_conference_before_birth_the_day_that_the_council_has_chosen_is_proposed(desk, people):
    child, expected = rows(desk, 'SELECT subject, expected FROM child_row WHERE expected IS NOT NULL AND born IS NULL '
                           'AND openness = 0 ORDER BY subject LIMIT 1')[0]
    who = next(person for role, person in people.items() if role in ('manager', 'head', 'business-support', 'chair')
               and person.get(f'/children/{child}/record/child_step?kind=case-closed').status == 303)

    def proposed(kind):
        form = who.get(f'/children/{child}/record/child_step?kind={kind}').headers['location']
        text = who.get(form).text
        return tuple(in_form(text, f'by-{part}') for part in ('day', 'month', 'year'))
    by = day(expected) - datetime.timedelta(weeks=10)
    same(proposed('prebirth-conference-needed'), (str(by.day), str(by.month), str(by.year)))
    same(proposed('application-proposed'), ('', '', ''))
    # A council that holds it later chooses so: no clock rests on it, and none is made anew.
    head = people['head']
    form = '/manage/policy/edit?setting=prebirth-conference-day'
    holds(head.get(form).text, '8 weeks before the birth is expected')
    chosen = {'setting': 'prebirth-conference-day', 'was': '', 'seen': '0', 'act': 'set', 'choice': '8 weeks', 'from-day': '1',
              'from-month': '1', 'from-year': '2026', 'to-day': '', 'to-month': '', 'to-year': '', 'author': 'Hana Head',
              'reason': 'As our partnership holds it'}
    holds(head.post('/manage/policy/edit', chosen).text, 'Moves 0 clocks')
    same(head.post('/manage/policy', chosen).status, 303)
    holds(head.get('/manage/policy').text, '8 weeks before the birth is expected')
    lacks(people['reviewing-officer'].get('/caseload').text, '8 weeks before')
    by = day(expected) - datetime.timedelta(weeks=8)
    same(proposed('prebirth-conference-needed'), (str(by.day), str(by.month), str(by.year)))


@claim
def a_day_that_is_not_offered_is_not_taken_from_an_address(desk, people):
    officer = people['reviewing-officer']
    child, rule, thread, due, _ = due_meetings(desk, officer)[-1]
    for pick in ('2026-12-25', '2099-01-01', 'x', day(due).isoformat() if day(due).weekday() > 4 else '2026-11-21'):
        same(officer.get(book_page(child, rule, thread, f'&pick={pick}&continue=1')).status, 422)


@claim
def who_may_not_book_has_no_such_page(desk, people):
    child, rule, thread, _, _ = due_meetings(desk, people['reviewing-officer'])[0]
    for role in ('auditor', 'custodian', 'minute-taker', 'social-worker', 'administrator', 'scrutineer', 'duty'):
        assert people[role].get(book_page(child, rule, thread)).status in (403, 404), role


@claim
def a_clash_says_busy_and_nothing_of_the_other_child(desk, people):
    officer = people['reviewing-officer']
    mine = due_meetings(desk, officer)
    names = rows(desk, 'SELECT subject, forename, surname, sibling_group FROM child_row')
    for child, rule, thread, _, _ in mine[:10]:
        text = officer.get(book_page(child, rule, thread)).text
        main = text[text.index('<main'):]
        own = next(n for n in names if n[0] == child)
        for other in names:
            if other[0] == child or (other[3] and other[3] == own[3]) or not other[1]:
                continue
            assert f'{other[1]} {other[2]}' not in main or (other[1], other[2]) == (own[1], own[2]), other


@claim
def working_days_that_are_saved_are_kept_and_counted_with(desk, people):
    officer = people['reviewing-officer']
    child, rule, thread, due, _ = next(m for m in due_meetings(desk, officer)
                                       if m[1].startswith('cla') and m[3] > (TODAY - DAY).days + 40)
    wrong = officer.post('/account/working-days', {'Monday-from': 'early', 'Monday-to': '5pm'})
    same(wrong.status, 422)
    holds(wrong.text, 'value="early"')
    same(officer.post('/account/working-days', {}).status, 422)
    same(officer.post('/account/working-days', {'Tuesday-from': '5pm', 'Tuesday-to': '9am'}).status, 422)
    same(officer.post('/account/working-days', {'Tuesday-from': '10.30am', 'Tuesday-to': '16:00'}).status, 303)
    text = officer.get(book_page(child, rule, thread)).text
    holds(text, 'Tuesday, 10:30am to 4pm')
    days = [datetime.date.fromisoformat(d) for d in offered(text)]
    assert days and {d.weekday() for d in days} == {1}, days
    same(people['chair'].get('/manage/working-days').status, 403)
    number = rows(desk, 'SELECT id FROM person WHERE login = ?', desk.users()['reviewing-officer'][0])[0][0]
    same(people['manager'].post(f'/manage/working-days/{number}', {
        f'{name}-{end}': at for name in ('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday')
        for end, at in (('from', '9am'), ('to', '5pm'))}).status, 303)


@claim
def a_room_of_the_same_name_is_refused_and_one_that_is_not_used_is_not_offered(desk, people):
    manager = people['manager']
    same(manager.post('/manage/rooms', {'name': 'ASH, civic centre', 'seats': '4'}).status, 422)
    same(manager.post('/manage/rooms', {'name': 'Elm', 'seats': '0'}).status, 422)
    same(manager.post('/manage/rooms', {'name': 'Zelkova <b>', 'seats': '4', 'note': 'A "quoted" note'}).status, 303)
    listed = manager.get('/manage/rooms').text
    holds(listed, 'Zelkova &lt;b&gt;')
    for (room,) in rows(desk, 'SELECT id FROM room WHERE name NOT LIKE ?', 'Zelkova%'):
        page = manager.get(f'/manage/rooms/{room}').text
        same(manager.post(f'/manage/rooms/{room}', {'name': in_form(page, 'name').replace('&amp;', '&'),
                                                    'seats': in_form(page, 'seats'), 'closed': 'yes'}).status, 303)
    child, rule, thread, _, _ = due_meetings(desk, people['reviewing-officer'])[-1]
    text = people['reviewing-officer'].get(book_page(child, rule, thread)).text
    holds(text, ', Zelkova &lt;b&gt;')
    assert 'Ash, Civic' not in text


# ---- calendars

def feed_of(person):
    page = person.get('/account/calendar').text
    found = re.search(r'value="([^"]*)(/diary/[a-p]{40}/calendar\.ics)"', page)
    return found[2] if found else None


def utc(on, minute):
    local = datetime.datetime.combine(on, datetime.time(minute // 60, minute % 60),
                                      zoneinfo.ZoneInfo('Europe/London'))
    return local.astimezone(datetime.timezone.utc)


@claim
def a_feed_holds_what_its_owner_chairs_at_the_right_instant_and_no_name(desk, people):
    officer = people['reviewing-officer']
    same(feed_of(officer), None)
    same(officer.post('/account/calendar', {}).status, 303)
    address = feed_of(officer)
    answer = desk.ask('GET', address)  # without a sign-in
    same(answer.status, 200)
    same(answer.headers['content-type'], 'text/calendar; charset=utf-8')
    events = ics.read(answer.body)
    name, login = rows(desk, 'SELECT name, login FROM person WHERE login = ?',
                       desk.users()['reviewing-officer'][0])[0]
    booked = rows(desk, """SELECT b.id, b."on", b.starts, b.minutes, b.room, r.openness FROM record_booking b
        JOIN child_row r ON r.subject = b.subject JOIN clock c ON c.subject = b.subject AND c.booked = b."on"
        AND c.met_on IS NULL AND c.ended_on IS NULL WHERE r.iro = ? AND b.meeting = 'cla-review'
        AND b.withdrawn_at IS NULL AND b."on" >= ?""", name, (TODAY - DAY).days)
    assert len(booked) > 5
    found = {event['UID']: event for event in events}
    for record, on, starts, minutes, room, openness in booked:
        event = found[f'meeting-{record}@duly']
        if starts is None:
            same(event['DTSTART'], day(on))
            same(event['TRANSP'], 'TRANSPARENT')
        else:
            minute = int(starts[:2]) * 60 + int(starts[3:])
            same(event['DTSTART'], utc(day(on), minute))
            same(event['DTEND'] - event['DTSTART'], datetime.timedelta(minutes=minutes))
        same(event['SUMMARY'].split(',')[0], 'Meeting')
        if openness:
            assert 'LOCATION' not in event and 'URL' not in event
    text = answer.body.decode().lower()
    for (word,) in rows(desk, "SELECT lower(forename) FROM child_row UNION SELECT lower(surname) FROM child_row "
                              "UNION SELECT lower(number) FROM child_row"):
        if word and len(word) > 3:
            assert word not in text, word
    for word in ('child', 'review', 'conference', 'protection', 'looked after', 'plan', 'abuse', 'neglect'):
        assert word not in re.sub(r'/children/\d+', '', text), word


@claim
def a_meeting_keeps_its_time_on_the_wall_when_the_clock_changes(desk, people):
    officer = people['reviewing-officer']
    child, rule, thread, _, _ = next(m for m in due_meetings(desk, officer) if m[1].startswith('cla'))
    for on, starts in (((2027, 3, 26), '10:00'), ((2027, 3, 29), '10:00'), ((2027, 3, 28), '03:30'),
                       ((2026, 10, 25), '00:30'), ((2027, 10, 29), '16:30'), ((2027, 11, 1), '16:30')):
        made = booking.book(officer, child, {'meeting': 'cla-review', 'thread': str(thread), 'on-day': on[2], 'on-month': on[1],
                                   'on-year': on[0], 'starts': starts, 'minutes': '75',
                                   'room': 'Zelkova <b>'})
        same(made.status, 303)
        record = made.headers['location'].split('?')[0].removesuffix('/history')
        holds(officer.get(record + '/history').text, '/meeting.ics')
        event, = ics.read(officer.get(record + '/meeting.ics').body)
        hour, minute = map(int, starts.split(':'))
        same(event['DTSTART local'].strftime('%H:%M'), starts)
        same(event['DTSTART'], utc(datetime.date(*on), hour * 60 + minute))
        same(event['LOCATION'], 'Zelkova <b>')
        same(people['social-worker'].get(record + '/meeting.ics').status, 404)


@claim
def a_long_name_of_a_room_is_folded_and_escaped_and_reads_back(desk, people):
    name = 'Büro „Große Halle“; links, 2\\3 ' + 'ü' * 25
    same(people['manager'].post('/manage/rooms', {'name': name}).status, 303)
    officer = people['reviewing-officer']
    child, rule, thread, _, _ = next(m for m in due_meetings(desk, officer) if m[1].startswith('cla'))
    made = booking.book(officer, child, {'meeting': 'cla-review', 'thread': str(thread), 'on-day': 3, 'on-month': 12,
                               'on-year': 2026, 'starts': '10:00', 'room': name})
    same(made.status, 303)
    event, = ics.read(officer.get(made.headers['location'].split('/history')[0] + '/meeting.ics').body)
    same(event['LOCATION'], name)


@claim
def another_address_ends_the_first_and_a_guess_finds_nothing(desk, people):
    officer = people['reviewing-officer']
    first = feed_of(officer)
    same(officer.post('/account/calendar', {}).status, 303)
    second = feed_of(officer)
    assert first != second
    same(desk.ask('GET', first).status, 404)
    same(desk.ask('GET', second).status, 200)
    for wrong in ('a' * 40, 'a' * 39, 'z' * 40, 'abc'):
        same(desk.ask('GET', f'/diary/{wrong}/calendar.ics').status, 404)
    stored = b''.join(Path(desk.data, 'duly.db').read_bytes() for _ in (1,))
    assert second.split('/')[2].encode() not in stored
    same(officer.post('/account/calendar/end', {}).status, 303)
    same(desk.ask('GET', second).status, 404)
    same(feed_of(officer), None)


# ---- the months ahead

def numbers(text, caption):
    table = re.search(rf'{caption}</caption>.*?</table>', text, re.S)[0]
    return [[cell.replace(',', '') for cell in re.findall(r'--numeric">([\d,]+)', row)]
            for row in re.findall(r'<tr class="govuk-table__row"><th scope="row".*?</tr>', table, re.S)]


@claim
def the_weeks_add_up_to_what_the_clocks_say_and_the_file_to_the_table(desk, people):
    manager = people['manager']
    text = manager.get('/ahead').text
    weeks = [[int(n) for n in row] for row in numbers(text, 'Meetings due by week')]
    monday = (TODAY - DAY).days - TODAY.weekday()
    reviews, conferences, none = rows(desk, f"""SELECT sum(c.rule LIKE '%-review-%'), sum(c.rule NOT LIKE '%-review-%'),
        sum(c.booked IS NULL) FROM clock c JOIN child_row r ON r.subject = c.subject WHERE c.rule IN {MEETINGS}
        AND c.met_on IS NULL AND c.ended_on IS NULL AND c.disapplied IS NULL AND c.doubt = 0 AND c.due < ?
        AND (c.due >= ? OR c.known_to IS NULL OR c.known_to >= c.due) AND r.openness <> 3
        AND (c.known_to IS NULL OR c.known_to >= c.due OR c.due >= ?)""",
                                     monday + 26 * 7, (TODAY - DAY).days, (TODAY - DAY).days)[0]
    same([sum(row[0] for row in weeks), sum(row[1] for row in weeks), sum(row[4] for row in weeks)],
         [reviews, conferences, none])
    assert reviews > 30 and conferences > 10
    for row in weeks:
        same(row[0] + row[1], row[2] + row[3] + row[4])
    file = list(csv.DictReader(io.StringIO(manager.get('/ahead.csv').text)))
    same(sum(int(row['due']) for row in file), reviews + conferences)
    same(sum(int(row['not_booked']) for row in file), none)
    for row in file:
        same(datetime.date.fromisoformat(row['week']).weekday(), 0)
    holds(text, '<svg class="app-plot__bars" role="img"')
    holds(text, 'The norm is 50 to 70')
    chair = max((row for row in file if row['chair']), key=lambda row: int(row['due']))['chair']
    one = [[int(n) for n in row] for row in numbers(
        manager.get('/ahead?' + urllib.parse.urlencode({'chair': chair})).text, 'Meetings due by week')]
    same(sum(row[0] + row[1] for row in one), sum(int(row['due']) for row in file if row['chair'] == chair))


@claim
def who_sees_no_child_sees_the_counts_and_who_has_no_business_with_them_does_not(desk, people):
    text = people['scrutineer'].get('/ahead').text
    for forename, surname in rows(desk, 'SELECT forename, surname FROM child_row WHERE forename IS NOT NULL'):
        assert f'{forename} {surname}' not in text, (forename, surname)
    weeks = [[int(n) for n in row] for row in numbers(text, 'Meetings due by week')]
    assert sum(row[0] for row in weeks) > 30
    for role in ('reviewing-officer', 'chair', 'social-worker', 'administrator', 'duty', 'lado'):
        same(people[role].get('/ahead').status, 403)
        same(people[role].get('/ahead.csv').status, 403)


@claim
def an_officer_sees_the_weeks_of_what_is_theirs_to_chair_and_its_file_adds_up(desk, people):
    officer = people['reviewing-officer']
    text = officer.get('/week/ahead').text
    login, name = rows(desk, 'SELECT login_key, name_key FROM person WHERE login = ?',
                       desk.users()['reviewing-officer'][0])[0]
    monday = (TODAY - DAY).days - TODAY.weekday()
    want = rows(desk, f"""SELECT coalesce(sum(c.rule LIKE '%-review-%'), 0), coalesce(sum(c.rule NOT LIKE '%-review-%'), 0) FROM clock c
        JOIN child_row r ON r.subject = c.subject WHERE c.rule IN {MEETINGS} AND c.met_on IS NULL AND c.ended_on IS NULL
        AND c.disapplied IS NULL AND c.doubt = 0 AND c.due < ? AND (c.due >= ? OR c.known_to IS NULL OR c.known_to >= c.due)
        AND CASE WHEN c.rule LIKE '%-review-%' THEN r.iro_key ELSE r.chair_key END IN (?, ?)""",
                monday + 7 * 26, (TODAY - DAY).days, login, name)[0]
    weeks = [[int(n) for n in row] for row in numbers(text, 'Meetings due by week')]
    same((sum(row[0] for row in weeks), sum(row[1] for row in weeks)), want)
    assert want[0] > 10, want
    file = list(csv.DictReader(io.StringIO(officer.get('/week/ahead.csv').text)))
    same(sum(int(row['due']) for row in file), sum(want))
    same(rows(desk, 'SELECT count(DISTINCT name_key) FROM person WHERE name IN (%s)' %
              ','.join('?' * len({row['chair'] for row in file})), *{row['chair'] for row in file})[0][0], 1)
    children = rows(desk, 'SELECT count(*) FROM child_row WHERE (iro_key IN (?, ?) AND looked_after = 1) OR '
                    '(chair_key IN (?, ?) AND on_plan = 1)', login, name, login, name)[0][0]
    holds(text, f'You have {children} ')
    lacks(text, 'Each person')
    holds(people['social-worker'].get('/week/ahead').text, 'of the children whom you see')
    same(people['scrutineer'].get('/week/ahead').status, 403)


sys.exit(run_at_desk(children=200, seed=5))
