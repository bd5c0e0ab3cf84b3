#!/usr/bin/env python3
"""Data quality over HTTP: who sees which findings, the way to the field, explanations, a check asked for. TAP."""
import csv
import html
import io
import re
import sys
import tempfile
import time

from claims import claim, holds, lacks, run, same
from place import Place


def children(text):
    return sorted({int(n) for n in re.findall(r'href="/children/(\d+)"', text)})


OF_903 = "SELECT max(id) FROM quality_check WHERE kind = 'ssda903' AND ended_at IS NOT NULL"


def hide(place):
    """A child with findings becomes hidden: nobody but the head of service is told of it."""
    subject, number = place.rows(
        'SELECT f.subject, r.number FROM quality_finding f JOIN child_row r ON r.subject = f.subject '
        "WHERE r.openness = 0 AND r.authority = (SELECT authority FROM person WHERE role = 'manager') "
        f'AND f.quality = ({OF_903}) ORDER BY f.subject DESC LIMIT 1')[0]
    status, _ = place.send('/manage/restrictions/add', 'manager', number=number, what='hidden', reason='Safety',
                           **{'review-day': '1', 'review-month': '3', 'review-year': '2027'})
    same(status, 303)
    return subject, number


def of_role(place, role, kind='ssda903'):
    """Those of the list as a file."""
    status, text = place.get(f'/quality.csv?return={kind}', role)
    same(status, 200)
    return list(csv.DictReader(io.StringIO(text)))


def counted(place, role):
    _, text = place.get('/quality', role)
    return sum(int(n.replace(',', '')) for n in re.findall(r': ([\d,]+) to put right', text))


@claim
def a_finding_stands_under_who_can_put_it_right_with_its_message_and_official_code(place):
    status, text = place.get('/quality', 'manager')
    same(status, 200)
    holds(text, 'Social worker or their team: ')
    holds(text, 'Looked after for the whole year, and health items are missing')
    holds(text, 'Rule 191')
    holds(text, 'rules could not be asked, and why')
    holds(text, 'needs postcodes')
    holds(text, 'Over time')
    same(counted(place, 'manager'), len(of_role(place, 'manager')))


@claim
def an_officer_sees_their_own_children_alone(place):
    _, own = place.get('/caseload.csv', 'reviewing-officer')
    numbers = {row['child'] for row in csv.DictReader(io.StringIO(own))}
    found = {row['child'] for row in of_role(place, 'reviewing-officer')}
    assert found and found <= numbers, found - numbers
    assert len(of_role(place, 'manager')) > len(of_role(place, 'reviewing-officer'))


@claim
def who_sees_no_child_sees_counts_and_no_child(place):
    for role in ('scrutineer', 'administrator'):
        status, text = place.get('/quality', role)
        same(status, 200)
        holds(text, 'to put right')
        same(children(text), [])
        lacks(text, '/children/')
        same(place.get('/quality.csv', role)[0], 404)
        lacks(place.get('/quality?list=all', role)[1], '/children/')
        same(place.send('/quality/check', role, **{'return': 'ssda903'})[0], 403)
    same(place.get('/quality', 'lado')[0], 403)


@claim
def a_restricted_child_is_a_row_without_a_name_and_leads_nowhere(place):
    subject, surname = place.rows(
        'SELECT r.subject, r.surname FROM child_row r JOIN quality_finding f ON f.subject = r.subject '
        'WHERE r.openness = 1 LIMIT 1')[0]
    finding = place.rows('SELECT finding FROM quality_finding WHERE subject = ?', subject)[0][0]
    rows = [row for kind in ('ssda903', 'cin') for row in of_role(place, 'manager', kind)
            if row['forename'] == 'Restricted record']
    assert rows and all(row['surname'] == '' for row in rows)
    same(place.get(f'/children/{subject}/findings/{finding}', 'manager')[0], 404)


@claim
def a_finding_leads_to_its_field_with_the_cursor_in_it(place):
    rows = place.rows(
        "SELECT f.subject, f.finding, f.regards FROM quality_finding f JOIN child_row r ON r.subject = f.subject "
        "WHERE f.rule IN ('8675Q', '8670Q', '1530', '191') AND r.openness = 0 AND r.authority = (SELECT authority FROM person WHERE role = 'manager') "
        'ORDER BY f.rule DESC')
    assert rows
    for subject, finding, regards in rows[:3] + rows[-1:]:
        answer, _ = place.ask('GET', f'/children/{subject}/findings/{finding}/field', None, 'manager')
        same(answer.status, 303)
        to = answer.getheader('Location')
        found = re.fullmatch(rf'/children/{subject}/records/(\d+)\?field=(\w+)', to)
        assert found, to
        answer, _ = place.ask('GET', to, None, 'manager')
        _, text = place.get(answer.getheader('Location'), 'manager')
        same(len(re.findall(r' autofocus', text)), 1)
        box = re.search(r'<(?:input|select|textarea)[^>]* autofocus', text)[0]
        holds(box, found[2])


@claim
def an_explanation_marks_the_finding_and_is_kept_with_who_and_why(place):
    subject, finding = place.rows(
        "SELECT f.subject, f.finding FROM quality_finding f JOIN child_row r ON r.subject = f.subject "
        "JOIN access a ON a.subject = f.subject AND a.relation = 1 JOIN person p ON p.id = a.holder "
        f"WHERE p.role = 'reviewing-officer' AND p.login = ? AND r.openness = 0 AND f.quality = ({OF_903}) LIMIT 1",
        place.users['reviewing-officer'][0])[0]
    address = f'/children/{subject}/findings/{finding}'
    status, text = place.send(address, 'reviewing-officer', reason='  ')
    same(status, 422)
    holds(text, '<title>Error: ')
    holds(text, 'href="#reason"')
    same(place.send(address, 'business-support', reason='x')[0], 403)
    before = len(of_role(place, 'reviewing-officer'))
    same(place.send(address, 'reviewing-officer', reason='The court ordered <it>')[0], 303)
    holds(place.get(address, 'reviewing-officer')[1], 'The court ordered &lt;it&gt;')
    rows = of_role(place, 'reviewing-officer')
    same(len(rows), before)
    assert [row['explanation'] for row in rows if row['explained'] == 'yes'] == ['The court ordered <it>'] * sum(
        row['explained'] == 'yes' for row in rows)
    _, text = place.get('/quality?explained=yes', 'reviewing-officer')
    holds(text, 'govuk-tag--grey')
    holds(text, html.escape('The court ordered <it>', quote=False))
    same(place.send(address, 'reviewing-officer', action='back')[0], 303)
    assert not any(row['explained'] == 'yes' for row in of_role(place, 'reviewing-officer'))


@claim
def rows_are_filtered_sorted_and_paged(place):
    _, text = place.get('/quality?rule=191', 'manager')
    same(set(re.findall(r'Rule (\w+)</span>', text)), {'191'})
    _, first = place.get('/quality?list=all&sort=child', 'manager')
    _, second = place.get('/quality?list=all&sort=child&page=2', 'manager')
    numbers = re.findall(r'app-under">(\d+)<', first) + re.findall(r'app-under">(\d+)<', second)
    same(len(numbers), 50)
    same(numbers, sorted(numbers))
    _, text = place.get('/quality?return=cin&who=support', 'manager')
    body = re.search(r'<tbody.*?</tbody>', text, re.S)[0]
    holds(body, 'Business support')
    lacks(body, 'Social worker or their team')
    holds(place.get('/quality?rule=nothing', 'manager')[1], 'No finding matches')


@claim
def what_a_check_would_find_is_said_before_a_review_is_saved_and_it_may_be_saved_anyway(place):
    subject, care = place.rows(
        'SELECT c.subject, c.id FROM record_care_period c JOIN child_row r ON r.subject = c.subject '
        'WHERE r.openness = 0 AND r.looked_after = 1 AND c.ended IS NULL AND r.born > 19500 '
        "AND r.authority = (SELECT authority FROM person WHERE role = 'manager') LIMIT 1")[0]

    def post(participation, **more):
        answer, _ = place.ask('GET', f'/children/{subject}/record/cla_review', None, 'manager')
        typed = {'held-day': '3', 'held-month': '11', 'held-year': '2026', 'participation': participation}
        return place.send(answer.getheader('Location'), 'manager', care=str(care), **typed, **more)

    def reviews():
        return place.rows('SELECT count(*) FROM record_cla_review WHERE subject = ?', subject)[0][0]

    before = reviews()
    status, text = post('PN1')  # the child is under 4
    same(status, 422)
    lacks(text, '<title>Error: ')
    holds(text, 'says that the child was 4 or over at the review')
    holds(text, 'rule 441; Reviewing officer')
    holds(text, 'href="#held-day"')
    holds(text, 'value="anyway"')
    holds(text, 'value="2026"')  # nothing typed is lost
    same(reviews(), before)
    same(post('PN1', action='anyway')[0], 303)
    same(reviews(), before + 1)
    # What other records have already is not said of this one.
    answer, _ = place.ask('GET', f'/children/{subject}/record/contact', None, 'manager')
    same(answer.status, 303)


@claim
def a_hidden_child_is_neither_listed_nor_counted_at_once(place):
    before, rows = counted(place, 'manager'), len(of_role(place, 'manager'))
    subject, number = hide(place)
    gone = len(place.rows(f'SELECT 1 FROM quality_finding WHERE subject = ? AND quality = ({OF_903})', subject))
    same(counted(place, 'manager'), before - gone)
    same(len(of_role(place, 'manager')), rows - gone)
    assert number not in {row['child'] for row in of_role(place, 'manager')}
    finding = place.rows(f'SELECT finding FROM quality_finding WHERE subject = ? AND quality = ({OF_903})',
                         subject)[0][0]
    same(place.get(f'/children/{subject}/findings/{finding}', 'manager')[0], 404)


@claim
def a_check_is_asked_for_and_made_beside_the_pages(place):
    made = place.rows('SELECT count(*) FROM quality_check WHERE ended_at IS NOT NULL')[0][0]
    same(place.send('/quality/check', 'manager', **{'return': 'ssda903'})[0], 303)
    for _ in range(600):
        if place.rows('SELECT count(*) FROM quality_check WHERE ended_at IS NOT NULL')[0][0] > made and \
                place.rows('SELECT count(*) FROM quality_finding f JOIN quality_check c ON c.id = f.quality '
                           'WHERE c.swept = 1')[0][0] == 0:
            break
        time.sleep(0.1)
    same(place.rows('SELECT count(*) FROM quality_check WHERE ended_at IS NOT NULL')[0][0], made + 1)
    _, text = place.get('/quality', 'manager')
    holds(text, '20 November 2026')
    # What is hidden by now is not in the count that everybody may see.
    hidden = place.rows('SELECT sum(hidden) FROM quality_count n WHERE n.quality = '
                        '(SELECT max(id) FROM quality_check)')[0][0]
    assert hidden > 0


def main():
    with tempfile.TemporaryDirectory() as folder, Place(folder) as place:
        return run(place)


if __name__ == '__main__':
    sys.exit(main())
