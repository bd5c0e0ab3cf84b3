#!/usr/bin/env python3
"""What if, and away, over HTTP: what would change stands beside what is, nothing is stored, and who may
not see a child learns nothing. TAP."""
import datetime
import html
import json
import re
import sys
from pathlib import Path

from claims import claim, holds, lacks, one, rows, run_at_desk, same

DAY = datetime.date(1970, 1, 1)
TODAY = datetime.date(2026, 11, 20)


def own(officer):
    return ','.join(str(child) for child in officer.children())


def reviewed(desk, officer):
    """A child of theirs, and the last review: (child, event, day)."""
    return rows(desk, f"""SELECT e.subject, e.id, e.on_day FROM event e JOIN clock c ON c.from_event = e.id AND
        c.rule IN ('cla-review-second', 'cla-review-subsequent') AND c.met_on IS NULL AND c.ended_on IS NULL
        WHERE e.word = 'cla-review-held' AND e.withdrawn_at IS NULL AND e.subject IN ({own(officer)})
        ORDER BY e.subject LIMIT 1""")[0]


def ask(person, child, what, on=None):
    query = f'/children/{child}/what-if?what={what}'
    if on:
        query += f'&on-day={on.day}&on-month={on.month}&on-year={on.year}'
    return person.get(query)


@claim
def a_review_on_another_day_moves_the_next_by_as_many_days(desk, people):
    officer = people['reviewing-officer']
    child, event, held = reviewed(desk, officer)
    before = [rows(desk, f'SELECT * FROM {table} WHERE subject = ? ORDER BY 1, 2', child) for table in ('clock', 'event')]
    answer = ask(officer, child, f'move.{event}', DAY + datetime.timedelta(held + 3))
    same(answer.status, 200)
    holds(answer.text, 'Nothing of this is stored')
    assert re.search(r'\d days? later', answer.text), answer.text[-3000:]
    holds(answer.text, 'instead of')
    after = [rows(desk, f'SELECT * FROM {table} WHERE subject = ? ORDER BY 1, 2', child) for table in ('clock', 'event')]
    same(after, before)


@claim
def what_is_so_changes_no_clock(desk, people):
    officer = people['reviewing-officer']
    child, event, held = reviewed(desk, officer)
    answer = ask(officer, child, f'move.{event}', DAY + datetime.timedelta(held))
    holds(answer.text, 'No clock would change')


@claim
def a_review_that_never_was_takes_the_next_away_and_asks_for_no_day(desk, people):
    officer = people['reviewing-officer']
    child, event, _ = reviewed(desk, officer)
    answer = ask(officer, child, f'never.{event}')
    same(answer.status, 200)
    holds(answer.text, 'it never happened</h2>')
    holds(answer.text, 'Would not be')


@claim
def what_cannot_be_supposed_is_said_at_its_field(desk, people):
    officer = people['reviewing-officer']
    child, event, _ = reviewed(desk, officer)
    bad = ask(officer, child, f'move.{event}')
    same(bad.status, 422)
    holds(bad.text, 'Enter the day')
    holds(bad.text, 'href="#on-day"')
    # Another child's event is none of this one's, and is not told from one that is not there.
    other = one(desk, 'SELECT id FROM event WHERE subject <> ? AND withdrawn_at IS NULL LIMIT 1', child)
    for what in (f'move.{other}', 'move.999999999', 'add.nonsense', '%3Cscript%3E'):
        answer = ask(officer, child, what, TODAY)
        same(answer.status, 422)
        holds(answer.text, 'Choose what would be otherwise')
        lacks(answer.text, '<script>')
    far = ask(officer, child, f'move.{event}', datetime.date(2035, 1, 1))
    same(far.status, 422)


@claim
def who_may_not_see_the_child_learns_nothing_and_the_look_is_in_the_ledger(desk, people):
    officer = people['reviewing-officer']
    child, event, held = reviewed(desk, officer)
    hidden = one(desk, f'SELECT subject FROM child_row WHERE subject NOT IN ({own(officer)}) LIMIT 1')
    nobody = officer.get('/children/999999999/what-if')
    if officer.get(f'/children/{hidden}').status == 404:
        same(officer.get(f'/children/{hidden}/what-if').status, nobody.status)
    same(nobody.status, 404)
    for role in ('administrator', 'scrutineer'):
        assert people[role].get(f'/children/{child}/what-if').status in (403, 404)
    was = one(desk, "SELECT count(*) FROM ledger WHERE act = 'look:what-if'")
    entries = one(desk, 'SELECT count(*) FROM ledger')
    ask(officer, child, f'move.{event}', DAY + datetime.timedelta(held + 3))
    same(one(desk, "SELECT count(*) FROM ledger WHERE act = 'look:what-if'"), was + 1)
    same(one(desk, 'SELECT count(*) FROM ledger'), entries + 1)


@claim
def why_this_date_says_who_recorded_it_what_would_start_it_again_and_the_versions(desk, people):
    officer = people['reviewing-officer']
    child, _, _ = reviewed(desk, officer)
    text = officer.get(f'/children/{child}/clocks').text
    holds(text, '<dt>Recorded</dt><dd>')
    holds(text, '<dt>What would start it again</dt><dd>“')
    assert re.search(r'<dt>Versions</dt><dd>rules [0-9a-f]{8}, calendar 1</dd>', text), text[-2000:]


@claim
def who_is_away_reads_what_falls_due_then_and_where_there_is_room(desk, people):
    officer = people['reviewing-officer']
    first, last = datetime.date(2026, 12, 7), datetime.date(2026, 12, 31)
    due = rows(desk, f"""SELECT DISTINCT c.subject FROM clock c WHERE c.subject IN ({own(officer)}) AND c.met_on IS NULL
        AND c.ended_on IS NULL AND c.disapplied IS NULL AND c.doubt = 0 AND c.booked IS NULL AND c.due BETWEEN ? AND ?""", (first - DAY).days, (last - DAY).days)
    answer = officer.get(f'/week/away?asked=yes&first-day={first.day}&first-month={first.month}&first-year=2026'
                         f'&last-day={last.day}&last-month={last.month}&last-year=2026')
    same(answer.status, 200)
    assert due
    holds(answer.text, 'Due while you are away')
    for child, in due:
        holds(answer.text, f'href="/children/{child}"')
    holds(answer.text, 'by <time datetime="2026-12-04">')
    holds(answer.text, 'Nothing of this is stored')


@claim
def days_away_that_cannot_be_are_said(desk, people):
    officer = people['reviewing-officer']
    none = officer.get('/week/away?asked=yes')
    same(none.status, 422)
    holds(none.text, 'First day away: enter a day')
    wrong = officer.get('/week/away?asked=yes&first-day=9&first-month=12&first-year=2026&last-day=8&last-month=12&last-year=2026')
    holds(wrong.text, 'Last day away must be the first day or later')
    same(officer.get('/week/away').status, 200)


def listed(extra=None, left_out=None):
    source = Path(__file__).resolve().parents[2] / 'src/law/holidays.csv'
    lines = [line for line in source.read_text(encoding='utf-8').splitlines() if line[:4] in ('2026', '2027', '2028')]
    lines = sorted([line for line in lines if not line.startswith(left_out or '-')] +
                   ([f'{extra},A day of thanks,Extra bank holiday'] if extra else []))
    events = [dict(zip(('date', 'title', 'notes'), line.split(','))) for line in lines]
    return json.dumps({'england-and-wales': {'division': 'england-and-wales', 'events': events}}, indent=1)


def token(text):
    return re.search(r'name="csrf" value="([^"]*)"', text)[1]


def bring(person, content):
    page = person.get('/manage/calendar').text
    edge = 'edge-of-a-part'
    body = (f'--{edge}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token(page)}\r\n--{edge}\r\n'
            'Content-Disposition: form-data; name="holidays"; filename="bank-holidays.json"\r\n'
            f'Content-Type: application/json\r\n\r\n{content}\r\n--{edge}--\r\n')
    return person.ask('POST', '/manage/calendar', body.encode(),
                      Content_Type=f'multipart/form-data; boundary={edge}')


def confirm(person, text, **more):
    value = {name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', text)[1]) for name in ('csrf', 'rows', 'file')}
    return person.post('/manage/calendar/take', {**value, **more})


@claim
def a_calendar_that_cannot_be_is_refused_with_its_line(desk, people):
    admin = people['administrator']
    for content, why in (('{', 'line 1: this is not JSON'), (listed(left_out='2028-04-14'), '2028 has 7 bank holidays'),
                         (listed('2026-11-14'), 'a bank holiday is a weekday'),
                         (listed(), 'says the same already')):
        answer = bring(admin, content)
        holds(answer.text, why)
        holds(answer.text, 'There is a problem')
    same(one(desk, 'SELECT count(*) FROM calendar'), 1)
    same(people['reviewing-officer'].get('/manage/calendar').status, 403)


@claim
def a_newer_calendar_shows_first_what_it_would_do_and_then_moves_what_runs(desk, people):
    admin, manager = people['administrator'], people['manager']
    shown = bring(admin, listed('2026-11-10'))
    same(shown.status, 200)
    holds(shown.text, 'becomes a bank holiday. That day is past')
    same(one(desk, 'SELECT count(*) FROM calendar'), 1)
    moves = int(re.search(r'It moves ([\d,]+) clock', shown.text)[1].replace(',', ''))
    assert moves > 0
    # A warning is answered first.
    holds(confirm(admin, shown.text).text, 'Say that you have compared')
    same(one(desk, 'SELECT count(*) FROM calendar'), 1)
    same(confirm(admin, shown.text, compared='yes').status, 303)
    same(rows(desk, 'SELECT calendar, moved, ended_at IS NOT NULL FROM calendar_job ORDER BY 1'), [(2, moves, 1)])
    assert one(desk, 'SELECT count(*) FROM clock WHERE calendar = 2') >= moves
    waits = one(desk, 'SELECT count(*) FROM calendar_hold WHERE decided_at IS NULL')
    closed = manager.get('/manage/calendar/closed').text
    holds(closed, f'{waits:,} clocks were over')
    # One by one, or all.
    for n, decision in enumerate(('leave', 'accept'), 1):
        row = next(form for form in re.findall(r'<form.*?</form>', closed, re.S)
                   if f'value="{decision}"' in form and 'name="subject"' in form)
        keys = {name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', row)[1])
                for name in ('decision', 'subject', 'rule', 'thread', 'event', 'from')}
        same(manager.post('/manage/calendar/closed', {**keys, 'thread': 'x'}).status, 400)
        same(manager.post('/manage/calendar/closed', keys).status, 303)
        closed = manager.get('/manage/calendar/closed').text
        holds(closed, f'{waits - n:,} clocks were over')
        same(rows(desk, 'SELECT accepted, subject, rule FROM calendar_decision ORDER BY batch')[-1],
             (decision == 'accept', int(keys['subject']), keys['rule']))
    answer = manager.post('/manage/calendar/closed', {'csrf': token(closed), 'decision': 'leave'})
    same(answer.status, 303)
    same(one(desk, 'SELECT count(*) FROM calendar_decision'), waits)
    holds(manager.get('/manage/calendar/closed').text, 'No clock waits')
    same(admin.get('/manage/calendar/closed').status, 403)


sys.exit(run_at_desk(children=120, seed=5))
