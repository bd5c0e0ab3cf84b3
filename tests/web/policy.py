#!/usr/bin/env python3
"""A council's policy over HTTP: the form made from the rule, what it would do before it is done, the change,
and each page that says whose date it is. TAP."""
import csv
import html
import io
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

from claims import claim, holds, lacks, run, same
from place import DULY, Place


class Desk(Place):
    def get(self, path, role):
        status, text = super().get(path, role)
        return status, html.unescape(text)

    def post(self, path, fields, role):
        """Status, page, where to."""
        token = re.search(r'name="csrf" value="([^"]+)"', self.get('/privacy', role)[1])[1]
        answer, text = self.ask('POST', path, {'csrf': token, **fields}, role)
        return answer.status, html.unescape(text), answer.getheader('Location') or ''


def query(place, sql):
    with sqlite3.connect(f'file:{place.data}/duly.db?mode=ro', uri=True) as store:
        return store.execute(sql).fetchall()


def figure(**other):
    fields = {'rule': 'cla-review-first', 'was': '', 'seen': '0', 'act': 'set', 'n': '15', 'unit': 'working days',
              'title': 'Early first review', 'from-day': '1', 'from-month': '1', 'from-year': '2026', 'to-day': '',
              'to-month': '', 'to-year': '', 'author': 'Hana Head', 'reason': 'Agreed by the panel', 'approved': ''}
    return {**fields, **other}


@claim
def who_may_set_a_policy(place):
    same(place.get('/manage/policy', 'manager')[0], 200)
    same(place.get('/manage/policy', 'reviewing-officer')[0], 403)
    lacks(place.get('/manage/policy', 'manager')[1], '/manage/policy/edit')
    same(place.get('/manage/policy/edit?rule=cla-review-first', 'manager')[0], 403)
    same(place.get('/manage/policy/edit?rule=cla-review-first', 'administrator')[0], 403)
    status, page = place.get('/manage/policy', 'head')
    same(status, 200)
    holds(page, 'This council has set nothing of its own')
    holds(page, 'each of notice, papers and acceptance (nothing was chosen)')


@claim
def what_stands_without_a_policy_is_said_on_whatever_rests_on_it(place):
    said = 'Transfer-in conference counted from each of notice, papers and acceptance'
    child = query(place, 'SELECT subject FROM child_row ORDER BY subject')[0][0]
    for path in ('/caseload', '/caseload.csv', '/ahead', '/ahead.csv', '/monday', f'/children/{child}/clocks',
                 f'/children/{child}/clocks.csv'):
        status, page = place.get(path, 'manager')
        same((path, status), (path, 200))
        holds(page, said)
        holds(page, 'the council has set no policy')
        lacks(page, 'Rapid review')
    for path in ('/matters', '/matters.csv'):
        status, page = place.get(path, 'manager')
        same((path, status), (path, 200))
        if path == '/matters' or page.count('\n') > 1:
            holds(page, 'Rapid review counted from the notification of the incident')
        lacks(page, 'Transfer-in')


@claim
def the_form_is_made_from_the_rule(place):
    page = place.get('/manage/policy/edit?rule=cla-review-first', 'head')[1]
    holds(page, 'regulation 33(1)')
    holds(page, 'The council may only set an earlier limit')
    lacks(page, 'Approved by')
    page = place.get('/manage/policy/edit?rule=core-group-first', 'head')[1]
    holds(page, 'Approved by')
    holds(place.get('/manage/policy/edit?rule=cla-review-reports', 'head')[1], 'before the day')
    holds(place.get('/manage/policy/edit?rule=missing-rhi-72h', 'head')[1], '>hours<')
    holds(place.get('/manage/policy/edit?setting=transfer-in-trigger', 'head')[1], 'the papers came')
    for none in ('rule=police-protection-72h', 'rule=rcpc-first-91d', 'rule=nothing', 'setting=nothing', ''):
        same(place.get('/manage/policy/edit?' + none, 'head')[0], 404)


@claim
def later_than_the_law_is_refused_with_its_sentence_and_what_was_typed_is_kept(place):
    status, page = place.post('/manage/policy/edit', figure(n='25'), 'head')[:2]
    same(status, 422)
    holds(page, 'Later than the law, which no council may be: Care Planning, Placement and Case Review (England) '
                'Regulations 2010 (SI 2010/959), regulation 33(1): 20 working days')
    holds(page, 'value="25"')
    holds(page, 'Agreed by the panel')
    same(place.post('/manage/policy', figure(n='25'), 'head')[0], 422)
    status, page = place.post('/manage/policy/edit', figure(rule='core-group-first'), 'head')[:2]
    same(status, 422)
    holds(page, 'a departure says "approved by"')
    status, page = place.post('/manage/policy/edit', figure(n='', reason='', **{'from-day': '41'}), 'head')[:2]
    same(status, 422)
    for part in ('Enter a whole number', 'Enter the reason', 'href="#from-day"'):
        holds(page, part)
    same(query(place, 'SELECT count(*) FROM local_policy'), [(0,)])


@claim
def what_it_would_do_is_seen_first_and_nothing_is_changed(place):
    status, page = place.post('/manage/policy/edit', figure(), 'head')[:2]
    same(status, 200)
    found = re.search(r'Moves (\d+) clocks?, (\d+) becomes? overdue', page)
    assert found and int(found[1]) > 0, page
    place.moves = int(found[1])
    holds(page, 'Nothing is changed yet')
    holds(page, '/clocks">')
    same(query(place, 'SELECT count(*) FROM local_policy'), [(0,)])
    same(query(place, "SELECT count(*) FROM clock WHERE local_item IS NOT NULL"), [(0,)])


@claim
def setting_it_moves_those_clocks_and_each_says_why(place):
    status, _, to = place.post('/manage/policy', figure(), 'head')[:3]
    same(status, 303)
    holds(to, '/manage/policy?done=policy')
    moved = query(place, "SELECT subject, due, due_law FROM clock WHERE rule = 'cla-review-first' AND "
                         'local_item IS NOT NULL')
    assert moved and all(due < law for _, due, law in moved), moved[:5]
    same(query(place, 'SELECT ended_at IS NOT NULL FROM local_job'), [(1,)])
    page = place.get(to, 'head')[1]
    for part in ('The policy is set', 'Early first review', '15 working days', 'Hana Head', 'Agreed by the panel',
                 '20 working days: Care Planning', 'Version 1'):
        holds(page, part)
    page = place.get(f'/children/{moved[-1][0]}/clocks', 'head')[1]
    for part in ('The law says', 'your council’s policy says', 'Early first review', 'Version 1, in force from',
                 'Hana Head: Agreed by the panel'):
        holds(page, part)


@claim
def the_text_of_a_version_is_what_the_command_line_reads(place):
    status, page = place.get('/manage/policy/versions/1', 'manager')
    same(status, 200)
    holds(page, '- policy: cla-review-first')
    status, text = place.get('/manage/policy/versions/1/file', 'manager')
    same(status, 200)
    file = os.path.join(os.path.dirname(place.data), 'taken.yaml')
    with open(file, 'w', encoding='utf-8') as out:
        out.write(text)
    got = subprocess.run([DULY, 'policy', 'check', file], capture_output=True, text=True, check=False)
    same(got.returncode, 0)
    exported = subprocess.run([DULY, 'policy', 'export', '--data', place.data], capture_output=True, text=True,
                              check=True).stdout
    same(exported, text)
    same(place.get('/manage/policy/versions/9', 'manager')[0], 404)


@claim
def who_looked_at_an_older_version_changes_nothing(place):
    status, page = place.post('/manage/policy', figure(n='12', seen='0', was='2026-01-01'), 'head')[:2]
    same(status, 422)
    holds(page, 'Somebody changed the policy first')


@claim
def a_departure_names_who_approved_it_and_the_national_date_stays(place):
    fields = figure(rule='core-group-first', n='15', title='', approved='Dee Director, DCS', seen='1')
    same(place.post('/manage/policy', fields, 'head')[0], 303)
    page = place.get('/manage/policy', 'head')[1]
    holds(page, 'Departure from guidance')
    holds(page, 'Dee Director, DCS')
    rows = query(place, "SELECT due, due_law FROM clock WHERE rule = 'core-group-first' AND local_item IS NOT NULL")
    assert rows and all(due > law for due, law in rows), rows[:5]


@claim
def a_setting_is_chosen_and_an_item_changed_and_removed(place):
    fields = figure(setting='transfer-in-trigger', choice='papers', seen='2')
    del fields['rule']
    same(place.post('/manage/policy', fields, 'head')[0], 303)
    holds(place.get('/manage/policy', 'head')[1], 'the day on which the papers came')
    page = place.get('/manage/policy/edit?rule=cla-review-first&was=2026-01-01', 'head')[1]
    holds(page, 'value="15"')
    holds(page, 'See what removing it does')
    fields = figure(was='2026-01-01', act='remove', seen='3')
    holds(place.post('/manage/policy/edit', fields, 'head')[1], 'the law’s stands')
    same(place.post('/manage/policy', fields, 'head')[0], 303)
    same(query(place, "SELECT count(*) FROM clock WHERE rule = 'cla-review-first' AND local_item IS NOT NULL"), [(0,)])
    # From a later day on: what was before ends the day before, by itself.
    fields = figure(rule='core-group-first', n='8', title='', seen='4', **{'from-year': '2027'})
    same(place.post('/manage/policy', fields, 'head')[0], 303)
    holds(place.get('/manage/policy', 'head')[1], 'from 1 January 2026 to 31 December 2026')


def unknown(place):
    """Clocks of the health checks whose doubt is that no source carries what would meet them."""
    return query(place, "SELECT subject, rule, doubt FROM clock WHERE rule LIKE '%health-assessment%' AND doubt <> 0 AND "
                        'met_on IS NULL AND due IS NOT NULL')


@claim
def what_is_written_down_here_counts_from_its_day_on(place):
    page = place.get('/manage/policy', 'head')[1]
    holds(page, 'Health and dental checks, and the questionnaire')
    holds(page, '/manage/policy/edit?recorded=health')
    lacks(page, 'What was said of it, and by whom')
    same(place.get('/manage/policy/edit?recorded=weather', 'head')[0], 404)
    page = place.get('/manage/policy/edit?recorded=health', 'head')[1]
    holds(page, 'counts as not done')
    lacks(page, 'Approved by')
    before = unknown(place)
    assert len(before) > 5, before
    fields = figure(recorded='health', n='', unit='', title='', seen='5', **{'from-year': '2020'})
    del fields['rule']
    status, page = place.post('/manage/policy/edit', figure(recorded='health', reason='', **{'from-year': ''}), 'head')[:2]
    same(status, 422)
    holds(page, 'href="#from-year"' if 'href="#from-year"' in page else 'href="#from-day"')
    status, page = place.post('/manage/policy/edit', fields, 'head')[:2]
    same(status, 200)
    assert re.search(r'\d+ clocks can be known by it, \d+ becomes? overdue', page), page
    holds(page, 'Cannot be known')
    holds(page, 'Becomes overdue')
    same(unknown(place), before)
    same(place.post('/manage/policy', fields, 'head')[0], 303)
    assert len(unknown(place)) < len(before)
    page = place.get('/manage/policy', 'head')[1]
    holds(page, 'What was said of it, and by whom')
    holds(page, 'from 1 January 2020')
    overdue = query(place, "SELECT c.subject FROM clock c WHERE c.rule LIKE '%health-assessment%' AND c.doubt = 0 AND c.met_on IS "
                           'NULL AND c.ended_on IS NULL AND c.due IS NOT NULL ORDER BY c.subject')
    page = place.get(f'/children/{overdue[0][0]}/clocks', 'head')[1]
    holds(page, 'Written down here')
    holds(page, 'so what is not here was not done (Hana Head: Agreed by the panel)')
    fields = {**fields, 'was': '2020-01-01', 'act': 'remove', 'seen': '6'}
    holds(place.post('/manage/policy/edit', fields, 'head')[1], 'what is not written down cannot be known any more')
    same(place.post('/manage/policy', fields, 'head')[0], 303)
    same(unknown(place), before)


@claim
def a_list_and_its_file_show_the_national_date_beside_the_council_s(place):
    place.post('/manage/policy', figure(rule='rcpc-subsequent', unit='weeks', n='8', title='', seen='7'), 'head')
    page = place.get('/caseload?rows=100', 'manager')[1]
    for part in ('>Last working day ', '>By the data standard ', '>National date '):
        holds(page, part)
    rows = list(csv.DictReader(io.StringIO(place.get('/caseload.csv', 'manager')[1])))
    local = [row for row in rows if row['due_law']]
    assert local and all(row['due_law'] > row['due'] for row in local), rows[:2]
    assert any(row['due_data'] for row in rows), rows[:2]
    child = query(place, "SELECT subject FROM clock WHERE local_item IS NOT NULL AND due_law <> due AND rule = 'rcpc-subsequent' "
                         'ORDER BY subject')[0][0]
    status, text = place.get(f'/children/{child}/clocks.csv', 'manager')
    same(status, 200)
    file = list(csv.DictReader(io.StringIO(text)))
    local = [row for row in file if row['local'] == 'yes']
    assert local and all(row['due_law'] for row in local) and all(row['level'] and row['source'] for row in file), file[:2]
    assert any('not yet checked against its source' in row['source'] for row in file)
    holds(place.get(f'/children/{child}/clocks', 'manager')[1], '/clocks.csv')


@claim
def files_and_pages_name_what_was_chosen(place):
    said = 'Transfer-in conference counted from the day on which the papers came'
    holds(place.get('/caseload', 'manager')[1], said)
    child = query(place, 'SELECT subject FROM child_row ORDER BY subject')[0][0]
    for path in (f'/children/{child}/clocks', f'/children/{child}/what-if', f'/children/{child}/clocks.csv', '/ahead',
                 '/week/away?asked=yes&first-day=1&first-month=12&first-year=2026&last-day=14&last-month=12&last-year=2026'):
        status, page = place.get(path, 'manager')
        if status == 200:
            holds(page, said)
        else:
            lacks(page, 'Transfer-in')
    holds(place.get('/caseload.csv', 'manager')[1], 'Transfer-in conference counted from the day on which the papers came')


@claim
def and_the_store_is_whole_after_all_of_it(place):
    got = subprocess.run([DULY, 'verify', '--data', place.data], capture_output=True, text=True, check=False)
    same((got.returncode, got.stderr), (0, ''))


if __name__ == '__main__':
    with tempfile.TemporaryDirectory(prefix='duly-policy-') as folder, Desk(folder) as desk:
        sys.exit(run(desk) > 0)
