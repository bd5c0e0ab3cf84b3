#!/usr/bin/env python3
"""Disputes, complaints, homes, incidents, requests, yearly reports over HTTP: opened, written on, corrected,
withdrawn, listed; and who sees which. TAP."""
import csv
import datetime
import io
import re
import subprocess
import sys

from claims import bars, claim, holds, lacks, one, rows, run_at_desk, same

DAY = datetime.date(1970, 1, 1)
TODAY = datetime.date(2026, 11, 20)
KINDS = {'dispute': 1, 'home': 3, 'incident': 4, 'complaint': 5, 'request': 6, 'authority': 7}
# Who sees which, and W: writes. The policy's table once more, by hand.
SEES = {
    'reviewing-officer': 'dispute W', 'chair': 'dispute W', 'lead-practitioner': 'dispute',
    'manager': 'dispute W,complaint W,home,incident W,request W,authority W',
    'head': 'dispute W,complaint W,home W,incident W,request W,authority W',
    'business-support': 'complaint W,home W,request W',
    'auditor': 'dispute,complaint,home,incident,request,authority',
    'scrutineer': 'dispute,complaint,incident,authority',
}


def day(text):
    return (datetime.date.fromisoformat(text) - DAY).days


def date(name, on):
    return {f'{name}-day': on.day, f'{name}-month': on.month, f'{name}-year': on.year}


def form_at(person, path):
    """The form's own address, with its number, after the redirection to it."""
    answer = person.get(path)
    if answer.status == 303:
        answer = person.get(answer.headers['location'])
    same(answer.status, 200)
    return re.search(r'<form[^>]*method="post"[^>]*action="([^"]+)"', answer.text.split('<main')[1])[1].replace(
        '&amp;', '&'), answer.text


def fields_of(text):
    return dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*type="hidden"[^>]*value="([^"]*)"', text)) | dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))


def number_of(desk, child):
    return one(desk, 'SELECT number FROM child_row WHERE subject = ?', child)


def opened(person, step, fields):
    """Opens a matter and says its number in addresses."""
    address, _ = form_at(person, f'/matters/new?step={step}')
    answer = person.post(address, fields)
    same(answer.status, 303)
    return int(re.match(r'/matters/(\d+)\?opened=1', answer.headers['location'])[1])


def dispute(desk, person, child=None, on=datetime.date(2026, 11, 2), formal='no', **more):
    child = child or person.children()[0]
    return opened(person, 'dispute-raised', {
        'number': number_of(desk, child), 'about': 'No life story work', 'agreed': 'yes', 'answer': formal,
        **date('on', on), **more}), child


def step(person, matter, kind, on, **more):
    address, text = form_at(person, f'/matters/{matter}/record/matter_step?kind={kind}')
    return person.post(address, {**fields_of(text), 'kind': kind, **date('on', on), **more})


def clock(desk, matter, rule):
    found = rows(desk, 'SELECT due, met_on, ended_on FROM clock WHERE subject = ? AND rule = ? ORDER BY from_day', matter, rule)
    return found


@claim
def a_dispute_is_raised_made_formal_answered_and_closed_and_its_clocks_follow(desk, people):
    officer = people['reviewing-officer']
    matter, child = dispute(desk, officer)
    page = officer.get(f'/matters/{matter}').text
    holds(page, 'Concern resolved informally')
    holds(page, '16 November 2026')  # ten working days from 2 November
    holds(page, '4 days overdue')
    holds(page, 'Why this date')
    same(step(officer, matter, 'dispute-made-formal', datetime.date(2026, 11, 12)).status, 303)
    same(clock(desk, matter, 'iro-dispute-formal'), [(day('2026-12-10'), None, None)])
    same(clock(desk, matter, 'dispute-stage-answer'), [(day('2026-11-19'), None, None)])
    same(step(officer, matter, 'dispute-stage-answered', datetime.date(2026, 11, 18), choice='1').status, 303)
    same(clock(desk, matter, 'dispute-stage-answer')[0][1], day('2026-11-18'))
    same(step(officer, matter, 'dispute-closed', datetime.date(2026, 11, 20), choice='changed', note='A worker is named').status, 303)
    same(clock(desk, matter, 'iro-dispute-formal')[0][1], day('2026-11-20'))
    same(one(desk, 'SELECT is_open FROM matter_row WHERE subject = ?', matter), 0)
    page = officer.get(f'/matters/{matter}').text
    holds(page, 'A worker is named')
    holds(page, 'The plan or the practice changed')
    lacks(officer.get('/matters').text, f'/matters/{matter}"')
    holds(officer.get('/matters?state=closed').text, f'/matters/{matter}"')


@claim
def what_is_formal_from_the_start_has_the_formal_limit_alone(desk, people):
    officer = people['reviewing-officer']
    matter, _ = dispute(desk, officer, formal='yes', on=datetime.date(2026, 11, 16))
    same(clock(desk, matter, 'iro-dispute-formal'), [(day('2026-12-14'), None, None)])
    same(rows(desk, "SELECT disapplied IS NOT NULL FROM clock WHERE subject = ? AND rule = 'iro-informal-resolution'", matter), [(1,)])


@claim
def a_form_with_mistakes_keeps_what_was_typed_and_links_each_to_its_field(desk, people):
    officer = people['reviewing-officer']
    address, _ = form_at(officer, '/matters/new?step=dispute-raised')
    before = one(desk, 'SELECT count(*) FROM subject')
    answer = officer.post(address, {'number': 'no-such-child', 'about': 'Typed & kept', 'on-day': 31, 'on-month': 2, 'on-year': 2026})
    same(answer.status, 422)
    holds(answer.text, '<title>Error: ')
    holds(answer.text, 'Typed &amp; kept')
    holds(answer.text, 'no-such-child')
    holds(answer.text, 'href="#answer"')
    answer = officer.post(address, {'number': 'no-such-child', 'about': 'x', 'agreed': 'no', 'answer': 'no', **date('on', TODAY)})
    same(answer.status, 422)
    holds(answer.text, 'There is no child with that number whom you can see')
    holds(answer.text, 'href="#number"')
    tomorrow = officer.post(address, {'number': '1', 'about': 'x', 'answer': 'no', **date('on', TODAY + datetime.timedelta(1))})
    same(tomorrow.status, 422)
    same(one(desk, 'SELECT count(*) FROM subject'), before)
    empty = officer.get('/matters/new?step=no-such-step')
    same(empty.status, 422)
    holds(empty.text, 'Select what happened')


@claim
def a_form_sent_twice_opens_one(desk, people):
    officer = people['reviewing-officer']
    address, _ = form_at(officer, '/matters/new?step=dispute-raised')
    sent = {'number': number_of(desk, officer.children()[0]), 'about': 'Once', 'answer': 'no', **date('on', TODAY)}
    first, second = officer.post(address, sent), officer.post(address, sent)
    same((first.status, second.status), (303, 303))
    same(first.headers['location'], second.headers['location'])
    same(one(desk, "SELECT count(*) FROM record_matter WHERE about = 'Once'"), 1)


@claim
def what_was_kept_over_the_end_of_a_session_is_sent_to_the_bare_address(desk, people):
    officer = people['reviewing-officer']
    address, text = form_at(officer, '/matters/new?step=dispute-raised')
    sent = {**fields_of(text), 'number': number_of(desk, officer.children()[0]), 'about': 'Kept', 'answer': 'no', **date('on', TODAY)}
    answer = officer.post('/matters/new', sent)
    same(answer.status, 303)
    matter = int(re.match(r'/matters/(\d+)\?opened=1', answer.headers['location'])[1])
    address, text = form_at(officer, f'/matters/{matter}/record/matter_step?kind=dispute-closed')
    answer = officer.post(address.split('?')[0], {**fields_of(text), 'kind': 'dispute-closed', 'choice': 'changed', **date('on', TODAY)})
    same(answer.status, 303)
    holds(answer.headers['location'], '/history?saved=1')
    same(one(desk, 'SELECT is_open FROM matter_row WHERE subject = ?', matter), 0)


@claim
def a_step_is_corrected_with_a_reason_withdrawn_and_its_history_tells_so(desk, people):
    officer = people['reviewing-officer']
    matter, _ = dispute(desk, officer)
    record = one(desk, 'SELECT id FROM record_matter_step WHERE subject = ?', matter)
    address, text = form_at(officer, f'/matters/{matter}/records/{record}')
    sent = {**fields_of(text), 'answer': 'no', **date('on', datetime.date(2026, 11, 9))}
    same(officer.post(address, sent).status, 422)  # no reason
    same(officer.post(address, {**sent, 'reason': 'Read from the letter'}).status, 303)
    same(clock(desk, matter, 'iro-informal-resolution'), [(day('2026-11-23'), None, None)])
    history = officer.get(f'/matters/{matter}/records/{record}/history').text
    holds(history, 'Read from the letter')
    holds(history, '2 November 2026')
    # Two wrote at once: the one who saw the first version is asked.
    stale = officer.post(address.split('?')[0] + '?key=123456789012345678', {**sent, 'version': '1', 'reason': 'Late'})
    same(stale.status, 409)
    holds(stale.text, 'Somebody else changed this record')
    address, text = form_at(officer, f'/matters/{matter}/records/{record}/withdraw')
    same(officer.post(address, {**fields_of(text), 'reason': 'Of another child'}).status, 303)
    same(clock(desk, matter, 'iro-informal-resolution'), [])
    holds(officer.get(f'/matters/{matter}').text, 'Nothing is recorded yet')


@claim
def what_was_never_so_is_withdrawn_whole_and_has_no_clocks(desk, people):
    officer = people['reviewing-officer']
    matter, _ = dispute(desk, officer)
    record = one(desk, 'SELECT id FROM record_matter WHERE subject = ?', matter)
    address, text = form_at(officer, f'/matters/{matter}/records/{record}/withdraw')
    same(officer.post(address, {**fields_of(text), 'reason': 'Entered twice'}).status, 303)
    same(rows(desk, 'SELECT 1 FROM clock WHERE subject = ?', matter), [])
    holds(officer.get(f'/matters/{matter}').text, 'Withdrawn: it was never so')
    lacks(officer.get('/matters').text, f'/matters/{matter}"')
    holds(officer.get(f'/matters/{matter}/records/{record}/history').text, 'Entered twice')


@claim
def a_draft_is_kept_found_again_and_made_once(desk, people):
    officer = people['reviewing-officer']
    matter, _ = dispute(desk, officer)
    address, text = form_at(officer, f'/matters/{matter}/record/matter_step?kind=dispute-closed')
    same(officer.post(address, {**fields_of(text), 'kind': 'dispute-closed', 'note': 'Half a thought', 'action': 'draft'}).status, 303)
    drafts = officer.get('/drafts').text
    holds(drafts, f'/matters/{matter}/record/matter_step?key=')
    holds(officer.get(f'/matters/{matter}').text, 'Your draft')
    holds(officer.get(re.search(r'href="(/matters/%d/record/matter_step\?key=\d+)' % matter, drafts)[1]).text, 'Half a thought')
    same(rows(desk, "SELECT 1 FROM record_matter_step WHERE subject = ? AND kind = 'dispute-closed'", matter), [])


@claim
def each_role_sees_and_writes_the_kinds_of_the_table_and_no_other(desk, people):
    for role, person in people.items():
        listed = person.get('/matters')
        table = dict((word.split() + [''])[:2] for word in SEES.get(role, '').split(',') if word)
        same(listed.status, 200 if table else 403)
        nav = re.search(r'<nav[^>]*>.*?</nav>', person.get('/privacy').text, re.S)
        same('href="/matters"' in (nav[0] if nav else ''), bool(table))
        choose = person.get('/matters/new')
        writes = {kind for kind, may in table.items() if may == 'W'}
        same(choose.status in (200, 303), bool(writes))
        for kind, n in KINDS.items():
            found = one(desk, 'SELECT subject FROM matter_row WHERE kind_n = ? AND (child IS NULL OR child IN (SELECT subject FROM child_row WHERE openness = 0)) ORDER BY is_open DESC', n)
            own = kind == 'dispute' and role in ('reviewing-officer', 'chair', 'lead-practitioner')
            if own:
                mine = person.children()
                found = next((s for s, c in rows(desk, 'SELECT subject, child FROM matter_row WHERE kind_n = 1') if c in mine), None)
                if found is None:
                    continue
            same((role, kind, person.get(f'/matters/{found}').status), (role, kind, 200 if kind in table else 404 if table else 403))
            word = next(s for s, of in (('dispute-raised', 'dispute'), ('complaint-received', 'complaint'), ('home-opened', 'home'),
                        ('incident-known', 'incident'), ('access-requested', 'request'), ('officer-report-published', 'authority')) if of == kind)
            answer = person.get(f'/matters/new?step={word}')
            same((role, kind, answer.status), (role, kind, 303 if kind in writes else 403))


@claim
def who_counts_sees_dates_and_neither_the_child_nor_words(desk, people):
    officer, scrutineer = people['reviewing-officer'], people['scrutineer']
    matter, child = dispute(desk, officer, about='Words of the dispute')
    surname = one(desk, 'SELECT surname FROM child_row WHERE subject = ?', child)
    for role in ('scrutineer', 'auditor'):
        for path in (f'/matters/{matter}', '/matters', '/matters.csv'):
            answer = people[role].get(path)
            same(answer.status, 200)
            lacks(answer.text, 'Words of the dispute')
            lacks(answer.text, surname)
            lacks(answer.text, number_of(desk, child))
        page = people[role].get(f'/matters/{matter}').text
        holds(page, 'Concern resolved informally')
        same(people[role].get(f'/matters/{matter}/records').status, 404)
        record = one(desk, 'SELECT id FROM record_matter WHERE subject = ?', matter)
        same(people[role].get(f'/matters/{matter}/records/{record}/history').status, 404)
    lacks(scrutineer.get(f'/matters?child={child}&state=all').text, f'/matters/{matter}"')


@claim
def of_a_hidden_child_there_is_no_matter_and_of_a_restricted_one_no_name(desk, people):
    officer, manager = people['reviewing-officer'], people['manager']
    mine = officer.children()
    matter, child = dispute(desk, officer, child=mine[3], about='Not for everybody')
    number = number_of(desk, child)
    holds(manager.get(f'/matters/{matter}').text, 'Not for everybody')
    unknown = manager.get('/matters/999999999')
    same(unknown.status, 404)

    def restrict(kind):
        address, text = form_at(manager, '/manage/restrictions/add')
        answer = manager.post(address, {'number': number, 'what': kind, 'reason': 'For a test'})
        same(answer.status, 303)

    restrict('restricted')
    for person in (manager, people['head']):
        page = person.get(f'/matters/{matter}')
        same(page.status, 200)
        lacks(page.text, 'Not for everybody')
        lacks(page.text, number)
        holds(page.text, 'You see the dates of this')
    holds(officer.get(f'/matters/{matter}').text, 'Not for everybody')
    restrict('hidden')
    strip = lambda text: re.sub(r'name="csrf" value="[^"]+"', '', text)
    for role in ('manager', 'auditor', 'scrutineer'):
        person = people[role]
        hidden, absent = person.get(f'/matters/{matter}'), person.get('/matters/999999999')
        same((hidden.status, strip(hidden.text)), (absent.status, strip(absent.text)))
        for path in ('/matters?state=all', '/matters.csv?state=all', '/matters.csv'):
            lacks(person.get(path).text, f'/matters/{matter}"')
        reference = one(desk, 'SELECT reference FROM matter_row WHERE subject = ?', matter)
        lacks(person.get('/matters.csv?state=all').text, reference + ',')
    holds(officer.get(f'/matters/{matter}').text, 'Not for everybody')
    # The same words for a child who is hidden as for one who is not there.
    address, _ = form_at(manager, '/matters/new?step=dispute-raised')
    for asked in (number, 'no-such-child'):
        answer = manager.post(address, {'number': asked, 'about': 'x', 'answer': 'no', **date('on', TODAY)})
        same(answer.status, 422)
        holds(answer.text, 'There is no child with that number whom you can see')


@claim
def an_officer_sees_the_disputes_of_their_own_children_and_of_no_other(desk, people):
    officer = people['reviewing-officer']
    mine = officer.children()
    for subject, child in rows(desk, 'SELECT subject, child FROM matter_row WHERE kind_n = 1'):
        same((subject, officer.get(f'/matters/{subject}').status), (subject, 200 if child in mine else 404))
    other = one(desk, 'SELECT number FROM child_row WHERE subject NOT IN (%s) AND openness = 0' % ','.join(map(str, mine)))
    address, _ = form_at(officer, '/matters/new?step=dispute-raised')
    holds(officer.post(address, {'number': other, 'about': 'x', 'answer': 'no', **date('on', TODAY)}).text, 'There is no child with that number')


@claim
def nobody_writes_a_step_of_another_kind_or_of_a_child(desk, people):
    support, manager = people['business-support'], people['manager']
    home = one(desk, 'SELECT subject FROM matter_row WHERE kind_n = 3')
    child = manager.children()[0]
    same(support.get(f'/matters/{home}/record/matter_step?kind=dispute-raised&key=123456789012345678').headers.get('location'), f'/matters/{home}')
    same(support.post(f'/matters/{home}/record/visit?key=123456789012345678', {'held-day': 1}).status, 404)
    same(manager.post(f'/children/{child}/record/matter_step?key=123456789012345678', {'kind': 'dispute-raised'}).status, 404)
    same(manager.post(f'/matters/{home}/record/matter_step?key=123456789012345678', {'kind': 'home-closed', **date('on', TODAY)}).status, 403)
    same(manager.get(f'/children/{home}').status, 404)
    same(manager.get(f'/matters/{child}').status, 404)


@claim
def a_home_is_due_a_visit_each_month_and_a_report_after_each(desk, people):
    head = people['head']
    home = opened(head, 'home-opened', {'about': 'Alder Bank', **date('on', datetime.date(2026, 9, 10))})
    visits = clock(desk, home, 'reg44-visit')
    same([v[0] for v in visits], [day('2026-09-30'), day('2026-10-31'), day('2026-11-30')])
    same(step(head, home, 'home-visit-held', datetime.date(2026, 11, 17)).status, 303)
    same(clock(desk, home, 'reg44-visit')[2][1], day('2026-11-17'))
    same(clock(desk, home, 'reg44-report'), [(day('2026-12-31'), None, None)])
    # Another visit before that report: each report is of a visit of its own, the earlier first.
    same(step(head, home, 'home-visit-held', datetime.date(2026, 11, 18)).status, 303)
    for on in (datetime.date(2026, 11, 19), datetime.date(2026, 11, 20)):
        same(step(head, home, 'home-report-sent', on).status, 303)
    same(clock(desk, home, 'reg44-report'), [(day('2026-12-31'), day('2026-11-19'), None),
                                             (day('2026-12-31'), day('2026-11-20'), None)])
    same(one(desk, 'SELECT wake_on FROM subject WHERE id = ?', home), day('2026-12-01'))
    same(clock(desk, home, 'reg45-review'), [(day('2027-03-10'), None, None)])


@claim
def complaints_incidents_requests_and_reports_have_their_limits(desk, people):
    manager = people['manager']
    complaint = opened(manager, 'complaint-received', {'about': 'Late papers', 'choice': '1', 'regards': 'conference', 'answer': 'no', **date('on', datetime.date(2026, 11, 16))})
    same(clock(desk, complaint, 'complaint-stage1'), [(day('2026-11-30'), None, None)])
    same(clock(desk, complaint, 'conference-complaint'), [(day('2026-12-14'), None, None)])
    same(step(manager, complaint, 'complaint-received', TODAY, choice='2', regards='service', answer='yes').status, 303)
    same(len(clock(desk, complaint, 'complaint-stage1-extended')), 0)
    same(len(clock(desk, complaint, 'complaint-stage2-65wd')), 1)
    incident = opened(manager, 'incident-known', {'about': 'A fall', **date('on', datetime.date(2026, 11, 19))})
    same(clock(desk, incident, 'serious-incident-notify-5wd'), [(day('2026-11-26'), None, None)])
    same(step(manager, incident, 'incident-notified', TODAY).status, 303)
    same(clock(desk, incident, 'rapid-review-15wd'), [(day('2026-12-11'), None, None)])
    request = opened(manager, 'access-requested', {'about': 'Their file', 'answer': 'no', **date('on', datetime.date(2026, 11, 12))})
    same(clock(desk, request, 'sar-1-month'), [(day('2026-12-14'), None, None)])  # 12 December is a Saturday
    # A council has one list of yearly reports: another report is a step of that.
    answer = manager.get('/matters/new?step=officer-report-published')
    reports = one(desk, 'SELECT subject FROM matter_row WHERE kind_n = 7')
    same(answer.headers.get('location'), f'/matters/{reports}')
    same(step(manager, reports, 'scrutiny-reviewed', TODAY).status, 303)
    same(clock(desk, reports, 'scrutiny-review-arrangements')[-1][0], day('2027-11-20'))


@claim
def every_kind_of_step_has_a_form_that_saves(desk, people):
    head = people['head']
    made = {
        'dispute': dispute(desk, head)[0],
        'complaint': opened(head, 'complaint-received', {'about': 'a', 'choice': '2', 'regards': 'service', 'answer': 'no', **date('on', TODAY)}),
        'home': opened(head, 'home-opened', {'about': 'Beck View', **date('on', TODAY)}),
        'incident': opened(head, 'incident-known', {'about': 'a', **date('on', TODAY)}),
        'request': opened(head, 'information-requested', {'about': 'a', **date('on', TODAY)}),
        'authority': one(desk, 'SELECT subject FROM matter_row WHERE kind_n = 7'),
    }
    saved = 0
    for matter in made.values():
        links = re.findall(r'href="/matters/%d/record/matter_step\?kind=([a-z-]+)"' % matter, head.get(f'/matters/{matter}').text)
        for kind in sorted(set(links)):
            address, text = form_at(head, f'/matters/{matter}/record/matter_step?kind={kind}')
            fields = {**fields_of(text), 'kind': kind, **date('on', TODAY)}
            for name in ('choice', 'regards', 'answer'):
                found = re.search(r'name="%s" type="radio" value="(\w+)"' % name, text)
                if found:
                    fields[name] = found[1]
            same((kind, head.post(address, fields).status), (kind, 303))
            saved += 1
    same(saved, 28)


@claim
def the_list_is_worst_first_by_kind_and_state_and_as_a_file(desk, people):
    manager = people['manager']
    listed = list(csv.DictReader(io.StringIO(manager.get('/matters.csv').text)))
    same({row['standing'] for row in listed}, {'open'})
    dues = [row['due'] for row in listed if row['due']]
    same(dues, sorted(dues))
    late = list(csv.DictReader(io.StringIO(manager.get('/matters.csv?state=overdue').text)))
    same([row['reference'] for row in late], [row['reference'] for row in listed if row['state'] == 'overdue'])
    assert len(late) > 3
    homes = list(csv.DictReader(io.StringIO(manager.get('/matters.csv?kind=home&state=all').text)))
    same({row['kind'] for row in homes}, {"Children’s home"})
    page = manager.get('/matters').text
    shown = re.findall(r'<th scope="row"[^>]*><a[^>]*href="/matters/(\d+)"', page)
    same(len(shown), 25)
    more = re.findall(r'<th scope="row"[^>]*><a[^>]*href="/matters/(\d+)"', manager.get('/matters?page=2').text)
    assert more and not set(more) & set(shown)
    holds(page, f'{len(late)}')
    child = next(row['child'] for row in listed if row['child'])
    subject = one(desk, 'SELECT subject FROM child_row WHERE number = ?', child)
    holds(manager.get(f'/children/{subject}').text, f'/matters?state=all&amp;child={subject}')
    assert {row['child'] for row in csv.DictReader(io.StringIO(manager.get(f'/matters.csv?state=all&child={subject}').text))} == {child}


@claim
def a_look_at_a_matter_that_names_a_child_is_a_look_at_the_child(desk, people):
    officer = people['reviewing-officer']
    matter, child = dispute(desk, officer)
    officer.get(f'/matters/{matter}')
    seen = one(desk, "SELECT subjects FROM ledger WHERE act = 'look:matter' ORDER BY seq DESC")
    same(seen, f'{matter},{child}')
    name = one(desk, 'SELECT reference FROM matter_row WHERE subject = ?', matter)
    words = f'Read a dispute or another matter: Dispute {name}<'
    for reader in (officer, people['manager']):
        for lists in ('', '?lists=yes'):
            looks = reader.get(f'/children/{child}/looks{lists}').text
            holds(looks, words)
            holds(looks, f'Recorded or changed something: Dispute {name}<')
    people['scrutineer'].get(f'/matters/{matter}')
    same(one(desk, "SELECT subjects FROM ledger WHERE act = 'look:matter' ORDER BY seq DESC"), f'{matter}')


@claim
def who_is_not_told_of_complaints_is_not_told_that_one_was_read(desk, people):
    officer, manager = people['reviewing-officer'], people['manager']
    mine = officer.children()[0]
    complaint = opened(manager, 'complaint-received', {'number': number_of(desk, mine), 'about': 'x', 'choice': '1',
                                                       'regards': 'service', 'answer': 'no', **date('on', TODAY)})
    manager.get(f'/matters/{complaint}')
    holds(manager.get(f'/children/{mine}/looks').text, ': Complaint ')
    for lists in ('', '?lists=yes'):
        lacks(officer.get(f'/children/{mine}/looks{lists}').text, ': Complaint ')


@claim
def what_changed_tells_of_the_disputes_about_a_child_to_who_may_see_them(desk, people):
    officer, manager = people['reviewing-officer'], people['manager']
    child = officer.children()[2]
    matter, _ = dispute(desk, officer, child=child)
    name = one(desk, 'SELECT reference FROM matter_row WHERE subject = ?', matter)
    told = f'<a class="govuk-link" href="/matters/{matter}">Dispute {name}</a>: '

    def rows_of(person, heading, days=28):
        text = person.get(f'/changes?days={days}').text
        section = text[text.index(f'>{heading} <span class="app-changes__count"'):].split('<h2', 1)[0]
        return [row for row in section.split('<tr ') if told in row]

    for person in (officer, manager):
        same(len(rows_of(person, 'Recorded')), 1)
        holds(rows_of(person, 'Recorded')[0], f'href="/children/{child}"')
        holds(rows_of(person, 'Recorded')[0], 'Dispute raised')
        # Ten working days from 2 November: overdue from the 17th.
        holds(rows_of(person, 'Became overdue')[0], 'Concern resolved informally')
        same(rows_of(person, 'Became overdue', 0), [])
    record = one(desk, 'SELECT id FROM record_matter_step WHERE subject = ?', matter)
    address, text = form_at(officer, f'/matters/{matter}/records/{record}/withdraw')
    same(officer.post(address, {**fields_of(text), 'reason': 'Of another child'}).status, 303)
    same(rows_of(officer, 'Recorded'), [])
    for role in ('auditor', 'business-support', 'social-worker', 'chair'):
        lacks(people[role].get('/changes?days=28').text, f'/matters/{matter}"')
    # Of a child without a name it is not told that there is a dispute.
    secret = next(c for c in officer.children() if c != child and one(
        desk, 'SELECT openness FROM child_row WHERE subject = ?', c) == 0)
    matter, _ = dispute(desk, officer, child=secret)
    holds(manager.get('/changes?days=28').text, f'/matters/{matter}"')
    address, _ = form_at(manager, '/manage/restrictions/add')
    same(manager.post(address, {'number': number_of(desk, secret), 'what': 'restricted', 'reason': 'For a test'}).status, 303)
    lacks(manager.get('/changes?days=28').text, f'/matters/{matter}"')
    holds(officer.get('/changes?days=28').text, f'/matters/{matter}"')


@claim
def two_people_remove_a_version_of_it_for_good(desk, people):
    head, manager = people['head'], people['manager']
    matter = opened(manager, 'complaint-received', {'about': 'Should never have been written', 'choice': '1', 'regards': 'service', 'answer': 'no', **date('on', TODAY)})
    record = one(desk, 'SELECT id FROM record_matter WHERE subject = ?', matter)
    address, text = form_at(manager, f'/matters/{matter}/records/{record}')
    same(manager.post(address, {**fields_of(text), 'about': 'A complaint', 'reason': 'Named a neighbour'}).status, 303)
    address, text = form_at(manager, f'/matters/{matter}/records/{record}/expunge')
    answer = manager.post(address, {'version': '1', 'reason': 'It named a neighbour', 'receivers': 'nobody'})
    same(answer.status, 303)
    proposal = answer.headers['location'].split('?')[0]
    holds(head.get(proposal).text, f'/matters/{matter}/records/{record}/history')
    same(people['auditor'].get(proposal).status, 403)
    same(head.post(proposal, {'decision': 'remove'}).status, 303)
    same(one(desk, 'SELECT about FROM version_matter WHERE id = ? AND version = 1', record), None)
    same(manager.get(f'/matters/{matter}').status, 200)


@claim
def the_command_line_tells_their_clocks_and_verifies_backs_up_and_restores_them(desk, people):
    told = subprocess.run([bars.DULY, 'clocks', '--data', desk.data, '--as-of', '2026-11-20'], capture_output=True, text=True, check=True).stdout
    listed = list(csv.DictReader(io.StringIO(told)))
    stored = rows(desk, """SELECT s.kind || ':' || s.key, c.rule, c.due FROM clock c JOIN subject s ON s.id = c.subject
        WHERE s.kind <> 'child' ORDER BY 1, 2, 3""")
    got = sorted((row['subject'], row['rule'], day(row['due']) if row['due'] else None) for row in listed if ':' in row['subject'])
    same(got, sorted(stored))
    assert len(got) > 100
    backup = f'{desk.folder}/backup'
    subprocess.run([bars.DULY, 'backup', '--data', desk.data, backup], check=True, capture_output=True)
    verified = subprocess.run([bars.DULY, 'verify', '--data', desk.data], capture_output=True, text=True)
    same((verified.returncode, verified.stderr), (0, ''))
    subprocess.run([bars.DULY, 'restore', '--data', f'{desk.folder}/again', backup], check=True, capture_output=True)
    verified = subprocess.run([bars.DULY, 'verify', '--data', f'{desk.folder}/again'], capture_output=True, text=True)
    same((verified.returncode, verified.stderr), (0, ''))


def table_row(text, words):
    return next(row for row in text.split('<tr ')[1:] if words in row)


@claim
def overdue_matters_are_counted_on_the_week_and_on_monday_and_number_nine_is_the_disputes(desk, people):
    manager, officer, scrutineer = people['manager'], people['reviewing-officer'], people['scrutineer']
    late = len(list(csv.DictReader(io.StringIO(manager.get('/matters.csv?state=overdue').text))))
    for path in ('/week', '/monday'):
        holds(manager.get(path).text, f'/matters?state=overdue">{late} overdue</a>')
    page = scrutineer.get('/monday').text
    count = one(desk, """SELECT count(DISTINCT m.child) FROM matter_row m JOIN child_row r ON r.subject = m.child
        WHERE m.kind_n = 1 AND m.is_open = 1 AND r.openness < 2""")
    assert count > 3
    holds(table_row(page, 'Informal and formal disputes, open'), f'>{count}<span')
    holds(table_row(page, 'Formal disputes over 20 working days'), 'oldest')
    words = 'Closed in the last 7 days'
    before = table_row(page, words)
    matter, _ = dispute(desk, officer, child=officer.children()[-1])
    same(step(officer, matter, 'dispute-closed', TODAY, choice='changed').status, 303)
    after = table_row(scrutineer.get('/monday').text, words)
    holds(after, 'of these, something changed for')
    assert before != after


sys.exit(run_at_desk(children=80, seed=3))
