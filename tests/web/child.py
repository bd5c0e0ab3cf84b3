#!/usr/bin/env python3
"""The pages of one child over HTTP: what stands on which, and for whom. TAP."""
import datetime
import re
import sys

from claims import claim, holds, one, same, run_at_desk

PAGES = ('', '/views', '/clocks', '/timeline', '/people')


@claim
def every_page_of_a_child_names_them_in_the_bar_and_links_to_the_others(desk, people):
    officer = people['reviewing-officer']
    child = f'/children/{officer.children()[0]}'
    for rest in PAGES:
        page = officer.get(child + rest)
        same(page.status, 200)
        holds(page.text, 'aria-label="This child"')
        for other in PAGES:
            holds(page.text, f'href="{child}{other}"')
        same(page.text.count('<h1'), 1)
        same(page.text.count('aria-current="page" href="' + child), 1)


@claim
def the_bar_says_in_english_what_is_open_and_since_when(desk, people):
    head = people['head']
    for column, table, words in (('on_plan', 'cp_plan', 'n a child protection plan since '),
                                 ('looked_after', 'care_period', 'Looked after since ')):
        child, began = (one(desk, f'SELECT {what} FROM child_row r JOIN record_{table} o ON o.subject = r.subject '
                            f'WHERE r.{column} = 1 AND o.ended IS NULL AND r.openness = 0 ORDER BY r.subject LIMIT 1')
                        for what in ('r.subject', 'o.began'))
        on = datetime.date(1970, 1, 1) + datetime.timedelta(began)
        holds(head.get(f'/children/{child}').text, f'{words}{on.day} {on:%B %Y}')


@claim
def protected_facts_stand_on_the_page_of_people_and_on_no_other(desk, people):
    officer = people['reviewing-officer']
    child = one(desk, 'SELECT subject FROM record_person_around WHERE address IS NOT NULL AND subject IN '
                '(%s) LIMIT 1' % ','.join(map(str, officer.children())))
    address, phone = (one(desk, f'SELECT {fact} FROM record_person_around WHERE subject = ? AND address IS NOT NULL',
                          child) for fact in ('address', 'phone'))
    holds(officer.get(f'/children/{child}/people').text, address)
    for rest in ('', '/views', '/clocks', '/timeline', '/looks'):
        page = officer.get(f'/children/{child}{rest}').text
        assert address not in page and phone not in page, rest


@claim
def what_the_child_said_comes_before_everything_else(desk, people):
    manager = people['manager']
    child, words = (one(desk, f'SELECT {what} FROM record_child_view ORDER BY id LIMIT 1')
                    for what in ('subject', 'words'))
    page = manager.get(f'/children/{child}')
    if page.status != 200 or words not in page.text:  # restricted, or said again since
        return
    assert page.text.index('What the child says') < page.text.index('>Clocks</h2>')


@claim
def a_filter_of_the_timeline_keeps_only_its_kind(desk, people):
    officer = people['reviewing-officer']
    child = f'/children/{officer.children()[0]}/timeline'
    all_of_it = officer.get(child).text.count('moj-timeline__item')
    kinds = re.findall(r'timeline\?kind=([a-z]+)">[^<]*\((\d+)\)', officer.get(child).text)
    assert kinds
    for kind, n in kinds:
        same(officer.get(f'{child}?kind={kind}').text.count('moj-timeline__item'), int(n))
    same(sum(int(n) for _, n in kinds), all_of_it)


@claim
def who_looked_says_so_and_is_itself_a_look(desk, people):
    officer, manager = people['reviewing-officer'], people['manager']
    child = officer.children()[0]
    officer.get(f'/children/{child}')
    page = manager.get(f'/children/{child}/looks')
    same(page.status, 200)
    holds(page.text, 'Opened a child’s page')
    holds(manager.get(f'/children/{child}/looks').text, 'Read who looked')
    holds(manager.get(f'/children/{child}/looks?lists=yes').text, 'Read a caseload')
    same(people['business-support'].get(f'/children/{child}/looks').status, 403)


@claim
def a_restricted_record_says_no_name_and_how_to_open_it(desk, people):
    child = one(desk, 'SELECT subject FROM child_row WHERE openness = 1 LIMIT 1')
    assert child, 'the demonstration has no restricted child'
    name = one(desk, 'SELECT surname FROM child_row WHERE subject = ?', child)
    manager = people['manager']
    page = manager.get(f'/children/{child}')
    same(page.status, 200)
    holds(page.text, 'You do not have access to this record')
    assert name not in page.text
    for rest in PAGES[1:] + ('/looks', '/must-not-learn'):
        same(manager.get(f'/children/{child}{rest}').status, 404)


@claim
def what_must_not_be_told_is_said_at_both_people(desk, people):
    officer = people['reviewing-officer']
    child = f'/children/{officer.children()[3]}'
    wrong = officer.post(child + '/must-not-learn', {'whose': '0', 'kept_from': '0'})
    same(wrong.status, 422)
    holds(wrong.text, '<title>Error: ')


@claim
def what_a_clock_waits_for_is_recorded_from_the_clock_itself(desk, people):
    officer = people['reviewing-officer']
    for number in officer.children():
        clocks = officer.get(f'/children/{number}/clocks').text
        way = re.search(r'href="([^"]+\?step=care-plan-made)">Record that it was done<[^>]*>: Care plan made<', clocks)
        if way:
            break
    assert way, 'no child waits for a care plan'
    key = officer.get(way[1]).headers['location']
    form = officer.get(key)
    # One period is open: it is chosen already.
    care = re.search(r'name="care" type="radio" value="(\d+)" checked', form.text)
    assert care, 'the only period is not chosen'
    sent = officer.post(key.split('?')[0] + '?' + re.search(r'key=\d+', key)[0],
                        {'care': care[1], 'step': 'care-plan-made', 'on-day': '19', 'on-month': '11', 'on-year': '2026'})
    same(sent.status, 303)
    after = officer.get(f'/children/{number}/clocks').text
    assert f'{way[1]}"' not in after
    assert 'Record that it was done' not in people['minute-taker'].get(f'/children/{number}/clocks').text


sys.exit(run_at_desk(children=300, seed=7))
