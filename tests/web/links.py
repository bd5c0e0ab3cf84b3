#!/usr/bin/env python3
"""Nobody is led to a refusal: every role follows the links of the pages that it comes to, and each
leads to a page that answers, and so does each form that only asks for a page. TAP."""
import html
import re
import sys
import urllib.parse

from claims import bars, claim, run_at_desk, same

LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
FORM = re.compile(r'<form\b[^>]*\bmethod="get"[^>]*\baction="(/[^"]*)"[^>]*>(.*?)</form>', re.S)
CHOICE = re.compile(r'<select\b[^>]*\bname="([^"]+)".*?<option\b[^>]*\bvalue="([^"]+)"', re.S)
LEFT_OUT = re.compile(r'^/(sign-out|assets/)')  # signing out ends the walk
A_ROUTE = 2  # of each address that differs only in numbers and words
ROUTES = [(method, re.compile('^' + re.sub(r':id', r'\\d+', re.sub(r':word', r'[\\w-]+', pattern)) + '$'), pattern)
          for method, pattern, *_ in bars.routes()]


def route_of(path, method='GET'):
    path = path.split('?')[0]
    return next((pattern for of, found, pattern in ROUTES if of == method and found.match(path)), path)


def walk(person):
    """({(address, the page it stands on): status} of what led nowhere, {route: how many were followed})."""
    waiting, known, taken, refused = [('/', '')], {'/'}, {}, {}
    while waiting:
        path, at = waiting.pop(0)
        answer = person.get(path)
        if answer.status >= 400 and answer.status != 422:  # a form of which more was to be chosen
            refused[path, at] = answer.status
            continue
        found = LINK.findall(answer.text) + [answer.headers.get('location', '')]
        found += [f'{action}?{urllib.parse.urlencode(CHOICE.findall(inside))}' for action, inside in FORM.findall(answer.text)]
        for link in map(html.unescape, found):
            route = route_of(link) + ('?' if '?' in link else '')
            if (not link.startswith('/') or link in known or LEFT_OUT.match(link)
                    or taken.get(route, 0) >= A_ROUTE):
                continue
            known.add(link)
            taken[route] = taken.get(route, 0) + 1
            waiting.append((link, path))
    return refused, taken


@claim
def no_link_of_any_page_leads_its_reader_to_a_refusal(desk, people):
    seen, wrong = 0, []
    for role, person in people.items():
        refused, taken = walk(person)
        seen += sum(taken.values())
        wrong += [(role, *pair, status) for pair, status in refused.items()]
    print(f'# {seen} links followed')
    same(wrong, [])
    assert seen > 800, seen


sys.exit(run_at_desk(children=60, seed=5))
