#!/usr/bin/env python3
"""The lists as each role meets them: search, my week, what changed, the service's numbers. TAP."""
import datetime
import html
import re
import sys
import tempfile

from claims import claim, holds, lacks, run, same
from place import Place


def children(text):
    return sorted({int(n) for n in re.findall(r'href="/children/(\d+)"', text)})


def named(place, openness=0):
    return place.rows('SELECT subject, forename, surname, number FROM child_row WHERE openness = ? AND '
                      "surname <> '' ORDER BY subject", openness)


@claim
def a_child_is_found_by_name_and_the_name_stands_in_no_address(place):
    subject, forename, surname, number = named(place)[5]
    for find in (f'{forename} {surname}', surname.upper(), surname[:4], number):
        status, text = place.send('/search', 'manager', find=find)
        same(status, 200)
        assert subject in children(text), f'{find!r} does not find {subject}'
        holds(text, html.escape(number))
    for href in re.findall(r'(?:href|action)="([^"]*)"', text):
        lacks(href.lower(), surname.lower())
    title = re.search(r'<title>(.*?)</title>', text)[1]
    lacks(title, surname)


@claim
def a_search_for_nothing_or_for_no_date_says_what_to_enter_and_keeps_what_was_typed(place):
    status, text = place.send('/search', 'manager', find='x')
    same(status, 422)
    holds(text, '<title>Error: ')
    holds(text, 'Enter two letters of a name, a number or a date of birth')
    holds(text, 'href="#find"')
    holds(text, 'value="x"')
    fields = {'find': 'Smith', 'born-day': '31', 'born-month': '4', 'born-year': '2015'}
    status, text = place.send('/search', 'manager', **fields)
    same(status, 422)
    holds(text, 'Date of birth must be a real date')
    for value in fields.values():
        holds(text, f'value="{value}"')


@claim
def a_restricted_child_is_not_found_by_name_but_for_who_may_see_it(place):
    subject, forename, surname, number = named(place, 1)[0]
    status, text = place.send('/search', 'manager', find=f'{forename} {surname}')
    same(status, 200)
    assert subject not in children(text)
    status, text = place.send('/search', 'manager', find=number)
    same(children(text), [subject])
    holds(text, 'Restricted record')
    lacks(text, surname)


@claim
def a_search_leaves_a_digest_and_no_name_in_the_ledger(place):
    _, forename, surname, _ = named(place)[7]
    place.send('/search', 'manager', find=f'{forename} {surname}')
    entry = place.rows("SELECT subjects, objects, digest FROM ledger WHERE act = 'look:search' "
                       'ORDER BY seq DESC LIMIT 1')[0]
    assert any(entry[2]), 'no digest of what was asked'
    place.send('/search', 'manager', find=f'{forename} {surname}')
    again = place.rows("SELECT digest FROM ledger WHERE act = 'look:search' ORDER BY seq DESC LIMIT 1")[0]
    same(again[0], entry[2])
    place.send('/search', 'manager', find='Nobody Whatever')
    other = place.rows("SELECT digest, subjects FROM ledger WHERE act = 'look:search' ORDER BY seq DESC LIMIT 1")[0]
    assert other[0] != entry[2]
    same(other[1], '')
    lacks(str(place.rows("SELECT * FROM ledger WHERE act = 'look:search'")), surname)


@claim
def an_officer_finds_their_own_and_nobody_else(place):
    _, list_text = place.get('/caseload?rows=100', 'reviewing-officer')
    own = set(children(list_text))
    for subject, forename, surname, _ in named(place)[::40]:
        _, text = place.send('/search', 'reviewing-officer', find=f'{forename} {surname}')
        found = set(children(text))
        assert found <= own, f'{found - own} are not theirs'
        same(subject in found, subject in own)


def rows_of(text):
    body = re.search(r'<tbody.*?</tbody>', text, re.S)[0]
    return re.findall(r'<tr.*?</tr>', body, re.S)


@claim
def a_caseload_says_when_each_child_was_last_heard_and_met(place):
    _, text = place.get('/caseload?rows=100&sort=voice', 'reviewing-officer')
    known = dict((n, (view, met, alone)) for n, view, met, alone in place.rows(
        'SELECT subject, view_on, contact_on, contact_alone FROM child_row'))
    seen, epoch = [], datetime.date(1970, 1, 1)
    for row in rows_of(text):
        subject = children(row)[0]
        view, met, alone = known[subject]
        cells = re.findall(r'<td.*?</td>', row, re.S)
        day = lambda n: (epoch + datetime.timedelta(n)).strftime('%-d %B %Y')
        holds(cells[3], 'None yet' if view is None else day(view))
        holds(cells[4], 'None recorded' if met is None else day(met))
        if met is not None:
            holds(cells[4], {1: 'spoken to alone', 0: 'not alone', None: 'not recorded whether alone'}[alone])
        seen.append(view)
    assert None in seen and len(set(seen)) > 5, 'nobody of the list was heard, or everybody'
    same(seen, sorted(seen, key=lambda n: -1 if n is None else n))


@claim
def brothers_and_sisters_are_asked_for_by_number_and_stand_together(place):
    _, text = place.get('/caseload?rows=100&sort=name&together=yes', 'reviewing-officer')
    keys = dict(place.rows('SELECT subject, sibling_key FROM child_row'))
    order = [keys[children(row)[0]] for row in rows_of(text)]
    groups = [key for at, key in enumerate(order) if key and (at == 0 or order[at - 1] != key)]
    same(len(groups), len(set(groups)))
    family = max((key for key in order if key), key=order.count)
    assert order.count(family) > 1, 'no brothers and sisters in the list'
    member = next(children(row)[0] for row in rows_of(text) if keys[children(row)[0]] == family)
    row = next(row for row in rows_of(text) if children(row)[0] == member)
    link = re.search(r'href="(/caseload\?siblings=\d+)">with (\d+)', row)
    same(int(link[2]), order.count(family) - 1)
    _, some = place.get(link[1], 'reviewing-officer')
    same({keys[children(row)[0]] for row in rows_of(some)}, {family})
    same(len(rows_of(some)), order.count(family))
    holds(some, 'Remove this filter')
    # Of a child whom the officer does not hold: nobody, as of one who is not there.
    other = next(n for n, key in keys.items() if key and key not in order)
    for number in (other, 999999999):
        _, none = place.get(f'/caseload?siblings={number}', 'reviewing-officer')
        holds(none, 'No child matches')


@claim
def my_week_lists_the_officers_children_that_are_overdue_or_due_or_booked(place):
    status, text = place.get('/week?weeks=13', 'reviewing-officer')
    same(status, 200)
    _, list_text = place.get('/caseload?rows=100&state=overdue', 'reviewing-officer')
    late = children(re.search(r'<tbody.*</tbody>', list_text, re.S)[0])
    assert late, 'nobody is overdue'
    assert set(late) <= set(children(text)), 'an overdue child is not in the week'
    same(len(re.findall(r'scope="rowgroup"', text)), 13)
    holds(text, 'Week of <time datetime="2026-11-23">')
    entry = place.rows("SELECT subjects FROM ledger WHERE act = 'look:week' ORDER BY seq DESC LIMIT 1")[0][0]
    same(sorted(int(n) for n in entry.split(',')), children(text))


@claim
def my_week_can_be_of_what_lies_with_the_reader_alone(place):
    def others(text):
        return set(re.findall(r'class="app-hand">With (?:the )?([^<]*)<', text)) - {'reviewing officer', 'conference chair'}
    _, everything = place.get('/week?weeks=13', 'reviewing-officer')
    _, own = place.get('/week?weeks=13&part=own', 'reviewing-officer')
    assert 'social worker' in others(everything), others(everything)
    same(others(own), set())
    holds(own, 'With the reviewing officer')
    assert set(children(own)) < set(children(everything))
    entry = place.rows("SELECT subjects FROM ledger WHERE act = 'look:week' ORDER BY seq DESC LIMIT 1")[0][0]
    same(sorted(int(n) for n in entry.split(',')), children(own))
    _, managers = place.get('/week?part=own', 'manager')
    assert 'lies with me' not in managers


@claim
def a_manager_has_no_week_of_everybodys_children(place):
    status, text = place.get('/week', 'manager')
    same(status, 200)
    same(children(text), [])
    holds(text, 'None is allocated to you')


@claim
def what_changed_names_those_that_the_reader_sees_and_is_a_look(place):
    status, text = place.get('/changes?days=7', 'reviewing-officer')
    same(status, 200)
    _, list_text = place.get('/caseload?rows=100', 'reviewing-officer')
    assert children(text), 'nothing is new in a new demonstration'
    assert set(children(text)) <= set(children(list_text))
    entry = place.rows("SELECT subjects FROM ledger WHERE act = 'look:changes' ORDER BY seq DESC LIMIT 1")[0][0]
    same(sorted(int(n) for n in entry.split(',')), children(text))


def listed(place, role, code):
    """Every child behind a number, page by page, and the total that the list says."""
    found, page, total = [], 1, 0
    while True:
        status, text = place.get(f'/monday/list?number={code}&page={page}', role)
        same(status, 200)
        more = children(text)
        if not more:
            return found, total
        total = int(re.search(r'Showing [\d,]+ to [\d,]+ of ([\d,]+)', text)[1].replace(',', ''))
        found += more
        page += 1


@claim
def each_of_the_ten_numbers_lists_the_children_that_it_counts(place):
    status, text = place.get('/monday', 'manager')
    same(status, 200)
    for number in range(1, 11):
        holds(text, f'How number {number} is counted')
    linked = re.findall(r'href="/monday/list\?number=([a-z0-9-]+)">([\d,]+)<', text)
    assert len(linked) > 12, linked
    for code, number in linked[::3]:
        found, total = listed(place, 'manager', code)
        same(total, int(number.replace(',', '')))
        same(len(set(found)), total)
    same(place.get('/monday/list?number=nonsense', 'manager')[0], 404)


@claim
def what_no_source_carries_is_not_known_and_never_nought(place):
    _, text = place.get('/monday', 'manager')
    for words in ('Reviewing officer did not speak with the child alone, and why', 'Actions carried twice or more'):
        row = re.search(re.escape(words) + r'</th>(.*?)</tr>', text, re.S)[1]
        holds(row, 'Not known')
        holds(row, 'no source carries this')


@claim
def restricted_children_are_counted_and_not_named(place):
    _, text = place.get('/monday', 'manager')
    count = int(re.search(r'number=children">([\d,]+)<', text)[1].replace(',', ''))
    same(count, place.rows('SELECT count(*) FROM child_row WHERE looked_after = 1 OR on_plan = 1')[0][0])
    secret = place.rows('SELECT subject, surname FROM child_row WHERE openness = 1 AND looked_after = 1')
    found, _ = listed(place, 'manager', 'children')
    for subject, surname in secret[:3]:
        assert subject in found


@claim
def a_scrutineer_sees_the_same_numbers_and_no_child(place):
    status, text = place.get('/monday', 'scrutineer')
    same(status, 200)
    same(children(text), [])
    lacks(text, '/monday/list')
    _, manager = place.get('/monday', 'manager')
    figures = re.compile(r'<td class="govuk-table__cell govuk-table__cell--numeric">(.*?)</td>', re.S)
    plain = [[re.sub(r'<span.*?</span>|<[^>]+>', '', cell) for cell in figures.findall(page)]
             for page in (text, manager)]
    same(plain[0], plain[1])
    same(place.get('/monday/list?number=review-late', 'scrutineer')[0], 404)
    same(place.get('/monday', 'reviewing-officer')[0], 403)


if __name__ == '__main__':
    with tempfile.TemporaryDirectory(prefix='duly-lists-') as folder, Place(folder) as demonstration:
        sys.exit(run(demonstration) > 0)
