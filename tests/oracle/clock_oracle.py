#!/usr/bin/env python3
"""Decides the clocks of made-up subjects a second time, in another language, and compares.

    clock_oracle.py [DULY] [--subjects N] [--seed S]

DULY is the program; without it, what the environment's DULY says; DULY_SUBJECTS and DULY_SEED
likewise. Makes N seeded subjects, mostly sensible (care, placements, section 47, plans, adoption,
disputes, hours; unknown dates, blank threads, meetings that were not held, bookings, several
sources), gives them in batches to `duly clocks --facts` and compares every row but its reason.

What a rule says is read from law/rules.yaml by a small reader of its own; dates are counted by
due_oracle.py; how occurrences, threads, ends and coverage are decided is docs/decisions/clocks.md.
The words' threads come from `duly events`. Standard library only.
"""
import argparse
import csv
import datetime as dt
import io
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import due_oracle  # noqa: E402
from due_oracle import DAY, FIRST, HOLIDAYS, LAST, Refused  # noqa: E402

RULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../src/law/rules.yaml')
COLUMNS = ['subject', 'thread', 'rule', 'from', 'due', 'due_data', 'last_working_day', 'booked',
           'state', 'met_on']
PLANNED = ('meeting-booked', 'court-end-set', 'private-fostering-proposed')
LONG_AGO, FAR = dt.date(1, 1, 1), dt.date(9999, 1, 1)


# ---- What the rules say ----

def value_of(text):
    text = text.strip()
    if text.startswith('{'):
        pairs = re.findall(r'(\w+): (\[[^\]]*\]|"[^"]*"|[^,}]+)', text)
        return {key: value_of(value) for key, value in pairs}
    if text.startswith('['):
        return [part.strip().strip('"') for part in re.findall(r'\s*("[^"]*"|[^,]+)', text[1:-1])]
    return text.strip('"')


def words_of(value):
    if value in (None, 'nothing'):
        return []
    return value if isinstance(value, list) else [value]


class Limit:
    """How long, from the words of the rule: 20 working days, 3 working days before ..."""

    def __init__(self, text):
        self.before, self.with_day, self.n, self.unit, self.of = False, False, 0, 'days', None
        if text == 'before it':
            self.before = True
        elif text.startswith('halfway to '):
            self.unit, self.of = 'halfway', text[len('halfway to '):]
        elif text.startswith('the day given as '):
            self.unit, self.of = 'given', text[len('the day given as '):]
        elif text in ('the end of the month', 'the end of the school term'):
            self.unit = text[len('the '):]
        elif text == 'the end of the next month':
            self.unit, self.n = 'end of the month', 1
        elif text != 'the same day':
            found = re.match(r'(\d+) (working day|day|week|month|hour|year)s?( before| beginning '
                             r'with the day)?$', text)
            self.n, self.unit = int(found[1]), found[2] + 's'
            self.before, self.with_day = found[3] == ' before', bool(found[3]) and 'with' in found[3]

    def due(self, day, at=None, rules=None):
        """The due day and moment; Refused where it cannot be counted."""
        if self.unit == 'hours':
            if at is None:
                raise Refused('no time')
            moment = at + dt.timedelta(hours=self.n)
            return due_oracle.to_london(moment).date(), moment
        if self.unit == 'halfway':
            whole = rules[self.of].limit.due(day)[0]
            half = last_working_day(day + (whole - day).days // 2 * DAY)
            if not half:
                raise Refused('no calendar')
            return dt.date.fromisoformat(half), None
        sign = -1 if self.before else 1
        return due_oracle.shifted(day, sign * self.n, self.unit) - self.with_day * DAY, None


class Rule:
    def __init__(self, row):
        self.id = row['rule']
        self.before = words_of(row.get('before'))
        self.circumstances = words_of(row.get('while'))
        self.takes_over = words_of(row.get('takes over at'))
        self.until = words_of(row.get('until'))
        self.until_when = self.asked(row, 'until when')
        self.too_late = words_of(row.get('too late after'))
        self.moves = 'moves to' in row
        self.counts_from = Limit(row['counts from']) if 'counts from' in row else None
        self.earlier = None
        if 'or earlier' in row:
            limit, _, word = row['or earlier'].rpartition(' after ')
            self.earlier = Limit(limit), word
        self.trigger = words_of(row.get('trigger'))
        self.which = row.get('which', 'every')
        self.first_in_care = row.get('first in') == 'care'
        self.previous = row.get('from') == 'previous'
        self.limit = Limit(row['within'])
        self.in_all = Limit(row['in all in']) if 'in all in' in row else None
        self.to_noon = row.get('to noon') == 'yes'
        self.unit = self.limit.unit
        self.met_by = words_of(row['met by'])
        self.may_precede = row.get('may precede') == 'yes'
        self.one_each = row.get('one each') == 'yes'
        self.ends = words_of(row.get('ends with'))
        self.booking = row.get('booking')
        self.chain = row.get('chain')
        self.twin = row.get('twin')
        self.ends_when = self.asked(row, 'ends when')
        self.opened_by = self.trigger + (self.met_by if self.previous else [])
        self.when = self.asked(row, 'when')
        self.unless = self.asked(row, 'unless')
        self.not_held = self.asked(row, 'not held')
        self.met_when = self.asked(row, 'met when')

    @staticmethod
    def asked(row, key):
        return {k: words_of(v) for k, v in row.get(key, {}).items() if k != 'because'}

    def due(self, day, at, rules, detail):
        """The due day and moment; Refused where it cannot be counted."""
        if self.unit == 'given':
            try:
                return dt.date.fromisoformat(detail.get(self.limit.of, '')), None
            except ValueError:
                raise Refused('not given') from None
        due, moment = self.limit.due(day, at, rules)
        if self.moves and not FIRST <= due <= LAST:
            raise Refused('no calendar')
        while self.moves and (due.weekday() >= 5 or due in HOLIDAYS):
            due += DAY
        return due, moment


def read_rules(duly):
    with open(RULES, encoding='utf-8') as file:
        lines = file.read().split('\n')
    rows, key = [], None
    for line in lines:
        if line.startswith('#') or not line.strip():
            continue
        listed_one = re.match(r'    - (\{.*\})$', line)
        if listed_one:  # one of several conditions
            so_far = rows[-1][key] or {}
            rows[-1][key] = {**so_far, **value_of(listed_one[1])}
            continue
        listed_one = re.match(r'    - ([a-z0-9-]+)$', line)
        if listed_one:  # one of several names
            rows[-1][key] = [*(rows[-1][key] or []), listed_one[1]]
            continue
        found = re.match(r'(- |  )([a-z ]+): ?(.*)$', line)
        if found is None:
            continue
        if found[1] == '- ':
            rows.append({})
        key = found[2]
        rows[-1][key] = value_of(found[3])
    listed = subprocess.run([duly, 'rules', '--csv'], capture_output=True, encoding='utf-8',
                            check=True).stdout
    switches = {row['switch']: row for row in rows if 'switch' in row}
    rows = [row for row in rows if 'rule' in row]
    hidden = [row for row in rows if switches.get(row.get('behind'), {}).get('shown') == 'no']
    shown = [row['rule'] for row in csv.DictReader(io.StringIO(listed))]
    assert sorted(shown) == sorted(row['rule'] for row in rows if row not in hidden)
    off = [name for name, row in switches.items() if row['in force from'] == 'not yet']
    assert len(off) == len(switches), 'a duty that came into force is not yet counted here'
    rules = {row['rule']: Rule(row) for row in rows if row.get('behind') not in off}
    for twin in [rule.twin for rule in rules.values() if rule.twin]:
        rules[twin].is_twin = True
    for rule in rules.values():
        rule.prepared_by = [other for other in rules.values() if rule.id in other.before]
    return rules


def read_words(duly):
    """word -> (kinds of thread, keys of its detail)"""
    listed = subprocess.run([duly, 'events', '--csv'], capture_output=True, encoding='utf-8',
                            check=True).stdout
    words = {}
    for row in csv.DictReader(io.StringIO(listed)):
        kinds = set(re.split(', | or ', row['thread'])) - {''}
        keys = {part.split('=')[0] for part in row['detail'].split(';')} - {''}
        words[row['word']] = (kinds, keys)
    return words


def order_of(word):
    """On one day: what ends, what starts, what is held."""
    if word in ('death', 'dispute-closed', 'allegation-concluded', 'home-closed',
                'adoption-order-made') or word.endswith('-ended'):
        return 0
    if word in ('birth', 'expected-birth', 'placed-for-adoption', 'referral-received',
                'dispute-raised', 'dispute-made-formal', 'transfer-in-notified',
                'authority-to-place-obtained', 'legal-status-changed', 'first-year-over',
                'became-eligible', 'remanded', 'sentenced', 'private-fostering-known',
                'private-fostering-proposed', 'allegation-known', 'home-opened', 'incident-known',
                'complaint-received', 'access-requested', 'information-requested') \
            or word.endswith('-began'):
        return 1
    return 2


# ---- What is known of a subject ----

class Event:
    def __init__(self, row, line, rank, threads):
        _, self.thread, self.word, on, detail = row
        self.line, self.rank = line, rank
        self.thread_rank = threads.get(self.thread, -1)
        self.on = self.at = None
        if on:
            self.on, self.at = due_oracle.read(on)
        self.detail = dict(part.split('=', 1) for part in detail.split(';') if part)
        self.link = self.detail.get('review') or self.detail.get('conference') or ''
        if self.link == self.thread:
            self.link = ''
        self.order = order_of(self.word)

    def brings(self, word, on, rank):
        """What time alone makes of this event, later."""
        made = object.__new__(Event)
        made.__dict__.update(self.__dict__, word=word, rank=rank, on=on, at=None, link='',
                             order=order_of(word))
        return made

    def by_day(self):
        return (self.on or LONG_AGO, self.order, self.at or dt.datetime.min, self.rank,
                self.thread_rank, self.line)

    def place(self):
        """Where it stands; not by its hour, which it may have gained since it was put there."""
        return self.nth

    def is_same_fact(self, other):
        """An hour, or a meeting's own record, that one of two sources lacks makes no second fact."""
        def agree(one, two):
            return not one or not two or one == two
        return (self.word, self.thread, self.on) == (other.word, other.thread, other.on) and \
            agree(self.at, other.at) and agree(self.link, other.link) and \
            (self.word != 'meeting-booked' or self.detail == other.detail)


def known_on(rows, as_of, words, threads):
    """The events in the order of the day; one fact from two sources is one event."""
    rank = {word: i for i, word in enumerate(words)}
    events = [Event(row, line, rank[row[2]], threads) for line, row in enumerate(rows)]
    events = [event for event in events
              if not event.on or event.on <= as_of or event.word in PLANNED]
    kept = []
    for event in sorted(events, key=Event.by_day):
        first = next((other for other in kept if other.is_same_fact(event)), None)
        if first is None:
            kept.append(event)
            continue
        first.detail = first.detail or event.detail
        first.at = first.at or event.at
        first.link = first.link or event.link
    return kept


class Passing:
    """What time alone brings about by a day."""

    def __init__(self, events, as_of, words):
        self.events, self.as_of = events, as_of
        self.rank = {word: i for i, word in enumerate(words)}

    def all(self):
        found = []
        for event in self.events:
            if event.on is None:
                continue
            make = {'placement-began': self.first_year, 'private-fostering-known': self.first_year,
                    'home-opened': self.months, 'looked-after-began': self.terms}.get(event.word)
            if make:
                found += [event.brings(word, on, self.rank[word]) for word, on in make(event)]
        eligible = self.eligible()
        if eligible:
            found.append(eligible[0].brings('became-eligible', eligible[1],
                                            self.rank['became-eligible']))
        return [event for event in found if event.on <= self.as_of]

    def over(self, began, own, other=None):
        """The day on which what began was over."""
        at = self.events.index(began)
        for i, event in enumerate(self.events):
            if event.on is None or event.on < began.on:
                continue
            later = event.on > began.on or i > at
            if event.word == 'death' or (event.word == other and later):
                return event.on
            if event.word == own and (
                    (later and (event.thread == began.thread or not event.thread or not began.thread))
                    or (event.thread == began.thread != '')):
                return event.on
        return FAR

    def first_year(self, event):
        if event.word == 'placement-began':
            if event.detail.get('to_18') != 'yes' and event.detail.get('code') not in ('R2', 'R5'):
                return []
            over = self.over(event, 'placement-ended', 'looked-after-ended')
        else:
            over = self.over(event, 'private-fostering-ended')
        year = due_oracle.months_after(event.on, 12)
        return [('first-year-over', year)] if year <= over else []

    def firsts(self, event):
        """The first days of the months after the event."""
        on = event.on.replace(day=1)
        while on <= self.as_of:
            on = due_oracle.months_after(on, 1)
            yield on

    def months(self, event):
        over = self.over(event, 'home-closed')
        return [('month-began', on) for on in [event.on, *self.firsts(event)] if on < over]

    def terms(self, event):
        over = self.over(event, 'looked-after-ended')
        return [('term-began', on) for on in self.firsts(event) if on.month in (1, 4, 9) and on < over]

    def eligible(self):
        """Counts days one by one: the 91st looked after since 14, if at 16 or 17, else the first then."""
        births = [event for event in self.events if event.word == 'birth' and event.on]
        if not births:
            return None
        at = {age: due_oracle.months_after(births[0].on, 12 * age) for age in (14, 16, 18)}
        counted, since = 0, at[14]
        for event in self.events:
            if event.word != 'looked-after-began' or not event.on or \
                    event.detail.get('legal') in ('V3', 'V4'):
                continue
            over = self.over(event, 'looked-after-ended')
            day = max(event.on, since)
            if over < day:
                continue
            days = counted
            while day <= min(over, at[18]):
                days += 1
                if days >= 91 and day >= at[16] and day < at[18]:
                    return event, day
                day += DAY
            counted = min(91, counted + (over - max(event.on, since)).days)
            since = over
        return None


def with_passing(events, as_of, words):
    """What is known keeps its place."""
    kept = list(events)
    for event in sorted(Passing(events, as_of, words).all(), key=Event.by_day):
        same = next((other for other in kept if other.is_same_fact(event)), None)
        if same is not None:
            same.detail = same.detail or event.detail
            continue
        at = len(kept)
        while at > 0 and kept[at - 1].by_day() > event.by_day():
            at -= 1
        kept.insert(at, event)
    for nth, event in enumerate(kept):
        event.nth = nth
    return kept


def read_areas():
    """Which kind of work each word is of: a table, read as such."""
    table = pathlib.Path(__file__).resolve().parents[2] / 'src' / 'law' / 'areas.def'
    text = table.read_text(encoding='utf-8')
    ids = dict(re.findall(r'^AREA\((\w+), "([^"]+)"', text, re.M))
    return {word.lower().replace('_', '-'): ids[area]
            for area, word in re.findall(r'^RECORDED\((\w+), (\w+)\)', text, re.M)}


AREA_OF = read_areas()


class Coverage:
    """What the sources carry, and what the council's people write down here.

    "word:from:to,..." or None when all is carried; behind a stroke "area:from:to,..." of what is
    written down here. word -> (from, to), LONG_AGO and FAR where open."""

    def __init__(self, text):
        self.words, self.here = None, []
        if text is not None:
            sources, _, here = text.partition('|')
            self.words = dict(self.part(part) for part in sources.split(','))
            self.here = [self.part(part) for part in here.split(',') if part]

    @staticmethod
    def part(text):
        name, since, until = text.split(':')
        return name, (dt.date.fromisoformat(since) if since else LONG_AGO,
                      dt.date.fromisoformat(until) if until else FAR)

    def is_by_hand(self, word, met_by):
        """No source carries it, so a person wrote it (of what time makes, what it is made of), nor
        all of what would meet it."""
        behind = {'month-began': 'home-opened', 'term-began': 'looked-after-began',
                  'became-eligible': 'looked-after-began'}
        return self.words is not None and behind.get(word, word) not in self.words and \
            any(word not in self.words for word in met_by)

    def always(self, word):
        return self.words is None or self.words.get(word, (FAR,))[0] == LONG_AGO

    def days(self, word):
        """The stretches without a gap on which each such event would be known."""
        stretches = [span for area, span in self.here if area == AREA_OF.get(word)]
        if word in self.words:
            stretches.append(self.words[word])
        joined = []
        for since, until in sorted(stretches):
            if joined and (joined[-1][1] == FAR or since <= joined[-1][1] + DAY):
                joined[-1][1] = max(joined[-1][1], until)
            else:
                joined.append([since, until])
        return joined

    def known(self, words, since):
        """Would each of the words be known since that day, and up to when (None: for good)?"""
        if self.words is None or not words:
            return True, None
        least = FAR
        for word in words:
            stretch = [until for first, until in self.days(word) if first <= since <= until]
            if not stretch and word in self.words and self.words[word][0] <= since:
                stretch = [self.words[word][1]]  # it began after the source's last day
            if not stretch:
                return False, None
            least = min(least, stretch[0])
        return True, None if least == FAR else least


# ---- The clocks ----

def says(detail, asked):
    return all(detail.get(key) in values for key, values in asked.items())


class Standing:
    """How things stand with a subject on a day: docs/decisions/clocks.md."""

    def __init__(self, subject, event, day):
        self.subject, self.event, self.day = subject, event, day

    def ask(self, text):
        return self.ASKED[text](self)

    @staticmethod
    def negated(answer):
        return None if answer is None else not answer

    def last(self, words, thread=None):
        """Of these words, up to the day; of that thread where one is asked for."""
        found = [event for event in self.subject.of(words)
                 if event.on and event.on <= self.day and
                 (not thread or not event.thread or event.thread == thread)]
        return found[-1] if found else None

    def born(self):
        return next((event.on for event in self.subject.events
                     if event.word == 'birth' and event.on), None)

    def aged(self, years, months):
        if self.born() is None:
            return None
        return due_oracle.months_after(self.day, months) >= \
            due_oracle.months_after(self.born(), 12 * years)

    def died_young(self):
        died = next((event.on for event in self.subject.events
                     if event.word == 'death' and event.on), None)
        return bool(died and self.born()) and \
            died < due_oracle.months_after(self.born(), 12 * 18)

    def reviewed(self):
        care = self.last(['looked-after-began'])
        review = self.last(['cla-review-held'], care.thread if care else None)
        return review is not None and (care is None or review.on >= care.on)

    def reviewed_there(self):
        placement = self.placement()
        return placement is not None and \
            self.last(['adoption-review-held'], placement.thread) is not None

    def to_be_placed(self):
        care = self.last(['looked-after-began'])
        authority = self.last(['authority-to-place-obtained'], care.thread if care else None)
        return authority is not None and (care is None or authority.on >= care.on) and \
            self.regime() != 'adoption'

    def assessed_lately(self):
        since = due_oracle.months_after(self.day, -3)
        return any(event.word == 'health-assessment-held' and event.on and since <= event.on < self.day
                   for event in self.subject.events)

    def six_monthly(self):
        placement = self.placement()
        return placement is not None and placement.detail.get('six_monthly') == 'yes'

    def legal(self):
        last = self.last(['looked-after-began', 'legal-status-changed'])
        return last.detail.get('legal' if last.word == 'looked-after-began' else 'code') if last else None

    def placement(self):
        own = 'placement' in self.subject.kinds(self.event.word)
        return self.last(['placement-began', 'placed-for-adoption'],
                         self.event.thread if own else None)

    @staticmethod
    def with_parent(placement):
        return placement is not None and (placement.detail.get('code') == 'P1' or
                                          placement.detail.get('with_parent') == 'yes')

    def regime(self):
        legal, placement = self.legal(), self.placement()
        if legal in ('V3', 'V4'):
            return 'short breaks'
        if placement is None:
            return 'general'
        code = placement.detail.get('code')
        if placement.word == 'placed-for-adoption' or code in ('A3', 'A4', 'A5', 'A6'):
            return 'adoption'
        if placement.detail.get('reg19') == 'yes':
            return 'unassessed'
        home = self.with_parent(placement)
        if placement.detail.get('reg24') == 'yes' or (home and legal == 'C1'):
            return 'temporary'
        order = self.last(['legal-status-changed'])
        if home and order and order.detail.get('code') == 'C2' and order.on > placement.on:
            return 'order at home'
        return 'others' if code in ('R2', 'R5') else 'general'

    def later_year(self):
        if 'arrangement' in self.subject.kinds(self.event.word):
            began = self.last(['private-fostering-known'], self.event.thread)
        else:
            began = self.placement()
        return began is not None and self.day >= due_oracle.months_after(began.on, 12)

    def long_term(self):
        placement = self.placement()
        return placement is not None and placement.detail.get('to_18') == 'yes'

    ASKED = {
        'reviewed': lambda self: self.reviewed(),
        'not yet reviewed': lambda self: not self.reviewed(),
        'placed, but not for adoption or a short break':
            lambda self: self.regime() not in ('adoption', 'short breaks'),
        'placed as most are': lambda self: self.regime() == 'general',
        'with a parent, not yet assessed': lambda self: self.regime() == 'unassessed',
        'on temporary approval, or at home under an interim order':
            lambda self: self.regime() == 'temporary',
        'at home under a care order': lambda self: self.regime() == 'order at home',
        "under others' arrangements": lambda self: self.regime() == 'others',
        'placed for adoption': lambda self: self.regime() == 'adoption',
        'in short breaks': lambda self: self.regime() == 'short breaks',
        'not in short breaks': lambda self: self.regime() != 'short breaks',
        'in a series of short breaks':
            lambda self: self.event.word == 'short-break-review-held' or self.regime() == 'short breaks',
        'in a later year of a placement to 18': lambda self: self.long_term() and self.later_year(),
        'not in a later year of a placement to 18':
            lambda self: not (self.long_term() and self.later_year()),
        'living with a parent': lambda self: self.with_parent(self.placement()),
        'in the first year': lambda self: not self.later_year(),
        'in a later year': lambda self: self.later_year(),
        'under 5 six months later': lambda self: self.negated(self.aged(5, 6)),
        '5 or over six months later': lambda self: self.aged(5, 6) is True,
        'not yet born': lambda self: not (self.born() and self.born() <= self.day),
        'under 13': lambda self: self.negated(self.aged(13, 0)),
        '4 or over': lambda self: self.aged(4, 0) is not False,
        'ever looked after': lambda self: any(event.word == 'looked-after-began'
                                         for event in self.subject.events),
        'not yet reviewed since placed for adoption': lambda self: not self.reviewed_there(),
        'to be placed for adoption': lambda self: self.to_be_placed(),
        'not assessed in the three months before': lambda self: not self.assessed_lately(),
        'six-monthly visits agreed': lambda self: self.six_monthly(),
        'six-monthly visits not agreed': lambda self: not self.six_monthly(),
        'under no care order, and not on remand': lambda self: self.legal() not in ('C1', 'C2', 'J1'),
        '4 to 16 a year later':
            lambda self: self.aged(4, 12) is not False and self.aged(17, 12) is not True,
        'in short breaks recorded one by one': lambda self: self.legal() == 'V3',
        'died under 18': lambda self: self.died_young(),
        'not died under 18': lambda self: not self.died_young(),
    }


class Made:
    """A clock's row, and what it was made of."""

    def __init__(self, rule, trigger):
        self.rule, self.trigger, self.met, self.end, self.planned = rule, trigger, None, None, ''
        self.row = dict.fromkeys(COLUMNS, '')
        self.row['thread'], self.row['rule'] = trigger.thread, rule.id


class Subject:
    def __init__(self, law, rows, as_of, coverage, threads):
        self.rules, self.words = law
        self.events = with_passing(known_on(rows, as_of, self.words, threads), as_of, self.words)
        self.by_word = {}
        for event in self.events:
            self.by_word.setdefault(event.word, []).append(event)
        self.links = {event.link for event in self.events}
        self.subject_kind = rows[0][0].split(':')[0] if ':' in rows[0][0] else 'child'
        self.as_of, self.coverage = as_of, coverage

    def kinds(self, word):
        return self.words[word][0]

    def of(self, words):
        """The events of these words, in their order."""
        found = [event for word in set(words) for event in self.by_word.get(word, ())]
        return sorted(found, key=Event.place) if len(words) > 1 else found

    def held(self, rule, event):
        return not any(event.detail.get(key) in values for key, values in rule.not_held.items())

    def meets(self, rule, event):
        return event.word in rule.met_by and self.held(rule, event) and \
            says(event.detail, rule.met_when)

    def ends(self, rule, event):
        if event.word not in rule.ends:
            return False
        return all(event.detail.get(key) in values for key, values in rule.ends_when.items()
                   if key in self.words[event.word][1])

    def alike(self, one, two):
        return bool(self.kinds(one.word) & self.kinds(two.word))

    def one_thread(self, one, two):
        """A file may leave the thread out: then it is not known to be another."""
        return one.thread == two.thread or not one.thread or not two.thread

    def in_period(self, one, two):
        """Surely of one period: of one kind of thread and not of two threads."""
        if self.subject_kind != 'child':
            return True
        return self.alike(one, two) and self.one_thread(one, two)

    def may_belong(self, trigger, event):
        """Could this meeting, or what came of it, be the trigger's?"""
        if self.alike(trigger, event):
            return self.one_thread(trigger, event)
        if not event.thread or not self.kinds(event.word):
            return True
        if trigger.link:
            return event.thread == trigger.link
        return event.thread not in self.links

    def clocks(self):
        rows = []
        for rule in self.rules.values():
            if not hasattr(rule, 'is_twin') and not rule.before and \
                    any(word in self.by_word for word in rule.opened_by + rule.takes_over):
                rows += self.clocks_of(rule)
        return rows

    def clocks_of(self, rule):
        found = self.triggers(rule)
        rows = []
        for trigger in found:
            rows += self.clock_and_before(rule, trigger, found, trigger.on)
        for over in self.of(rule.takes_over):
            if over.on:
                rows += self.taken_over(rule, over, found)
        return rows

    def taken_over(self, rule, over, found):
        last = [event for event in self.of(rule.met_by) if event.on and event.on <= over.on and
                self.meets(rule, event) and
                (not self.alike(event, over) or self.one_thread(event, over))]
        if not last or self.stands(rule, last[-1], last[-1].on):
            return []
        end = self.end_of(rule, last[-1])
        if end is not None and (end.on is None or end.on <= over.on):
            return []
        return self.clock_and_before(rule, last[-1], found, over.on)

    def clock_and_before(self, rule, trigger, found, asked):
        if self.is_over(rule, trigger) or self.stands(rule, trigger, asked) is False:
            return []
        clock = self.clock(rule, trigger, found, asked)
        return [clock.row] + [self.preparing(other, clock) for other in rule.prepared_by
                              if clock.planned]

    # -- how things stand --

    def stands(self, rule, event, day):
        """True, False, or None where it is not recorded."""
        if day is None:
            return None if rule.circumstances else True
        answers = [Standing(self, event, day).ask(text) for text in rule.circumstances]
        return False if False in answers else None if None in answers else True

    @staticmethod
    def answer(asked, event):
        """True, False, or None where the detail is not recorded."""
        for key, values in asked.items():
            if not event.detail.get(key):
                return None
            if event.detail[key] not in values:
                return False
        return True

    # -- which events open a clock --

    def triggers(self, rule):
        found = [event for event in self.of(rule.opened_by)
                 if self.held(rule, event)
                 and (event.word in rule.trigger or self.meets(rule, event))
                 and (event.word not in rule.trigger or self.answer(rule.when, event) is not False)
                 and (event.on or event.word not in rule.met_by)]
        if rule.which != 'every':
            found = [event for event in found
                     if self.is_first(rule, event, found) == (rule.which == 'first')]
        if rule.first_in_care:
            found = [event for event in found if self.is_first_in_care(event, found)]
        return found

    def is_first(self, rule, event, found):
        """None where that is not to be said."""
        sure = [other for other in found if other is not event and other.on and
                self.one_thread(event, other) and self.answer(rule.when, other)]
        if event.on and not event.thread:
            over = [end.on for end in self.events if end.order == 0 and end.on and
                    self.alike(end, event) and end.on < event.on]
            sure = [other for other in sure if not over or other.on > max(over)
                    or (other.on == max(over) and other.order > 0)]
        if event.on is None or self.answer(rule.when, event) is None:
            return None if sure else True
        if any(other.place() < event.place() for other in sure):
            return False
        return self.first_known_is_first(rule, event)

    def first_known_is_first(self, rule, event):
        if not rule.chain or self.coverage.words is None:
            return True
        opener = self.rules[rule.chain]
        if self.coverage.always(event.word):
            return True
        starts = [other for other in self.of(opener.trigger) if other.on and
                  self.may_belong(other, event) and other.on <= event.on]
        if not starts:
            return False
        if self.coverage.known([event.word], starts[-1].on)[0]:
            return True
        try:
            return event.on <= opener.limit.due(starts[-1].on, starts[-1].at)[0]
        except Refused:
            return False

    def is_first_in_care(self, event, found):
        if event.on is None:
            return True
        turn = max((other.on for other in self.events if other.on and other.on <= event.on and
                    other.word in ('looked-after-began', 'looked-after-ended')), default=LONG_AGO)
        return not any(other.on and other.on >= turn and other.place() < event.place()
                       for other in found)

    # -- when the period ended --

    def ended_one_before(self, end, word):
        """Did this end close what `word` had begun on an earlier day?"""
        runs = False
        for event in self.events:
            if event.on and event.on < end.on and self.in_period(event, end):
                if event.word == word:
                    runs = True
                elif event.word == end.word:
                    runs = False
        return runs

    def is_over(self, rule, trigger):
        """Was it held as, or after, its period ended? Then it starts nothing."""
        if trigger.on is None or trigger.order != 2:
            return False
        if not any(word in self.by_word for word in rule.ends):
            return False
        before = [event for event in self.events
                  if event.on and event.place() < trigger.place()]
        if any(event.word == 'death' and self.ends(rule, event) for event in before):
            return True
        if rule.which == 'first' and not rule.previous:
            return False
        over = [event for event in before if self.ends(rule, event) and
                (self.one_thread(trigger, event) or not self.alike(trigger, event))]
        if not over:
            return False
        end = over[-1]
        own = [event for event in before
               if event.order == 1 and event.place() > end.place() and self.in_period(event, trigger)]
        care = [event for event in before
                if event.word == 'looked-after-began' and event.place() > end.place()]
        again = own or ([] if self.alike(trigger, end) else care)
        if not again:
            return True
        return again[-1].on == end.on and self.in_period(again[-1], end) and \
            not self.ended_one_before(end, again[-1].word)

    def end_of(self, rule, trigger):
        ends = [event for event in self.of(rule.ends) if self.ends(rule, event)]
        for event in ends:
            if event.on is None or (trigger.on and event.on < trigger.on):
                continue
            same_day = event.on == trigger.on
            if self.alike(trigger, event):
                if self.one_thread(trigger, event) and not (
                        same_day and self.ended_one_before(event, trigger.word)):
                    return event
            elif trigger.on and (not same_day or not self.kinds(event.word)):
                return event
        for event in ends:
            if event.word == 'death' and event.on and trigger.on:
                return event
        return next((event for event in ends if event.on is None and
                     (event.word == 'death' or self.in_period(event, trigger))), None)

    # -- what met it --

    def window_end(self, rule, trigger, found):
        """What nothing ties to a trigger belongs to the last one before it."""
        if rule.which == 'first' or not rule.met_by:
            return FAR
        apart = not self.kinds(trigger.word) & self.kinds(rule.met_by[0])
        later = [other.on for other in found if other.on and other.on > trigger.on and
                 other.word not in rule.met_by and (apart or self.one_thread(trigger, other)) and
                 self.stands(rule, other, other.on) is not False]
        return min(later, default=FAR)

    def share_out(self, rule, found):
        """Each that meets goes to one trigger: the first that it is in time for, else the first that waits."""
        given = {}
        for event in self.events:
            if not event.on or not self.meets(rule, event):
                continue
            waiting = [one for one in found if one.on and one.on <= event.on and id(one) not in given]
            timely = [one for one in waiting if rule.due(one.on, None, self.rules, {})[0] >= event.on]
            for one in (timely or waiting)[:1]:
                given[id(one)] = event
        return given

    def met_event(self, rule, trigger, found, end):
        undated = None
        if rule.one_each and trigger.on:
            event = self.share_out(rule, found).get(id(trigger))
            if event and not (end is not None and end.on and event.on > end.on):
                return event
            return next((one for one in self.events if one.on is None and self.meets(rule, one)), None)
        since, until = LONG_AGO, FAR
        if trigger.on:
            until = self.window_end(rule, trigger, found)
            since = trigger.on
            if rule.may_precede:
                since = max((event.on for event in self.of(['looked-after-ended']) if event.on and
                             event.place() < trigger.place()), default=LONG_AGO)
            if rule.counts_from:
                since = rule.counts_from.due(trigger.on)[0]
        for event in self.of(rule.met_by):
            if not self.meets(rule, event) or not self.may_belong(trigger, event):
                continue
            if event.on is None:
                undated = undated or event
                continue
            if trigger.on is None or event.on < since:
                continue
            if trigger.word in rule.met_by and event.on <= trigger.on:
                continue
            if event.at and trigger.at and event.at < trigger.at and not rule.may_precede:
                continue
            if event.on >= until and not (trigger.link and event.thread == trigger.link):
                continue
            if end is not None and end.on and event.on > end.on:
                break
            return event
        return undated

    def stop_of(self, rule, trigger):
        """Another rule takes over, or it is too late; not the end of the period."""
        if trigger.on is None:
            return None
        for event in self.of(rule.until + rule.too_late):
            if event.place() <= trigger.place():
                continue
            until = event.word in rule.until and event.on > trigger.on and all(
                event.detail.get(key) in values for key, values in rule.until_when.items()
                if key in self.words[event.word][1])
            if (until or event.word in rule.too_late) and (
                    not self.alike(trigger, event) or self.one_thread(trigger, event)):
                return event
        return None

    def clock(self, rule, trigger, found, asked):
        made = Made(rule, trigger)
        row = made.row
        due = moment = None
        hours = rule.unit == 'hours'
        if trigger.on:
            row['from'] = trigger.on.isoformat()
            if hours and trigger.at:
                row['from'] = due_oracle.show_london(trigger.at)
            try:
                due, moment = rule.due(trigger.on, trigger.at, self.rules, trigger.detail)
                if rule.in_all:
                    due, moment = self.in_all(rule, trigger, found)
            except Refused:
                due = moment = None
            if rule.earlier:
                due = self.earlier(rule, trigger, due, row)
            if due:
                row['due'] = due_oracle.show_london(moment) if moment else due.isoformat()
                row['last_working_day'] = last_working_day(due)
                if rule.twin:
                    row['due_data'] = self.due_data(self.rules[rule.twin], trigger)
        end, stop = self.end_of(rule, trigger), self.stop_of(rule, trigger)
        if stop is not None and (end is None or end.on is None or stop.on < end.on):
            end = stop
        met = self.met_event(rule, trigger, found, end)
        if not (met and met.on):
            made.end = end
        exempt = any(trigger.detail.get(key) in values for key, values in rule.unless.items())
        if exempt and not (met and met.on):
            row['state'] = 'not-required'
            return made
        sure = self.stands(rule, trigger, asked) is not None and \
            self.answer(rule.when, trigger) is not None
        row['state'], met = self.state(rule, trigger, due, moment, met, end, sure)
        row['booked'] = self.booked(rule, trigger, met)
        if met and met.on:
            row['met_on'] = met.on.isoformat()
            if hours and met.at:
                row['met_on'] = due_oracle.show_london(met.at)
            made.met = met
        made.planned = row['met_on'][:10] or row['booked'] or row['due'][:10]
        return made

    def due_data(self, twin, trigger):
        """The data standard's own count: from the same day, or from the first event of its own."""
        if trigger.word in twin.trigger:
            return twin.limit.due(trigger.on)[0].isoformat()
        began = [event for event in self.of(twin.trigger)
                 if event.place() >= trigger.place() and self.one_thread(trigger, event)]
        return twin.limit.due(began[0].on)[0].isoformat() if began else ''

    def stays_before(self, rule, trigger, found):
        """From when to when, the last first; days, or moments where hours count."""
        hours, following = rule.unit == 'hours', trigger
        since = due_oracle.shifted(trigger.on, -rule.in_all.n, rule.in_all.unit)
        stays = []
        for stay in sorted(found, key=Event.place, reverse=True):
            if stay.on is None or stay.place() >= trigger.place() or \
                    not self.stands(rule, stay, stay.on):
                continue
            ends = [event for event in (self.met_event(rule, stay, found, None),
                                        self.end_of(rule, stay), following) if event and event.on]
            end = min(ends, key=Event.place)
            following = stay
            if end.on < since:
                continue
            if hours and not (stay.at and end.at):
                raise Refused('no time')
            stays.append((stay.at, end.at) if hours else (stay.on, end.on))
        return stays

    def in_all(self, rule, trigger, found):
        """Minute by minute, or day by day, until the limit is used up."""
        hours, stays = rule.unit == 'hours', self.stays_before(rule, trigger, found)
        began = trigger.at if hours else trigger.on
        none = dt.timedelta()
        step = dt.timedelta(minutes=1) if hours else DAY
        limit = dt.timedelta(hours=rule.limit.n) if hours else rule.limit.n * DAY

        def used(since, until):
            return sum((max(none, min(to, until) - max(at, since)) for at, to in stays), none)

        def window(now):
            if hours:
                return now - rule.in_all.n * DAY
            return due_oracle.shifted(now, -rule.in_all.n, rule.in_all.unit)
        now = began
        while now - began + used(window(now), began) < limit:
            now += step
        if not hours:
            return now, None
        midnights = [due_oracle.read(f'{day}T00:00')[1] for day in (trigger.on - 27 * DAY, trigger.on)]
        if rule.to_noon and used(*midnights) > dt.timedelta(hours=48):
            now = self.noon_after(now)
        return due_oracle.to_london(now).date(), now

    @staticmethod
    def noon_after(moment):
        """Where it runs out round a Sunday or a public holiday: noon after it."""
        def free(day):
            named = day.weekday() == 5 and (day.month, day.day) in ((1, 1), (12, 25), (12, 26))
            return FIRST <= day <= LAST and (day.weekday() == 6 or day in HOLIDAYS or named)

        def noon(day):
            return due_oracle.read(f'{day}T12:00')[1]
        on = due_oracle.to_london(moment).date()
        for day in (on - DAY, on, on + DAY):
            if free(day) and noon(day - DAY) <= moment <= noon(day + DAY):
                while free(day):
                    day += DAY
                return noon(day)
        return moment

    def earlier(self, rule, trigger, due, row):
        limit, word = rule.earlier
        for event in self.events:
            if event.word == word and event.on and event.on >= trigger.on:
                other = limit.due(event.on)[0]
                if due is None or other < due:
                    row['from'] = event.on.isoformat()
                    return other
                return due
        return due

    def preparing(self, rule, meeting):
        """The clock that counts back from a meeting."""
        made = Made(rule, meeting.trigger)
        row, planned = made.row, dt.date.fromisoformat(meeting.planned)
        row['from'] = meeting.planned
        due = None
        try:
            due = rule.limit.due(planned)[0]
            row['due'], row['last_working_day'] = due.isoformat(), last_working_day(due)
        except Refused:
            pass
        series = meeting.trigger.word in meeting.rule.met_by
        since = meeting.trigger.on + (DAY if series else 0 * DAY)
        if rule.may_precede:
            since = max((event.on for event in self.of(['looked-after-ended']) if event.on and
                         event.place() < meeting.trigger.place()), default=LONG_AGO)
        done = [event for event in self.of(rule.met_by)
                if self.meets(rule, event) and self.prepares(meeting, event)]
        dated = [event for event in done if event.on and event.on >= since and
                 not (meeting.met and event.on > meeting.met.on)]
        met = dated[0] if dated else next((event for event in done if event.on is None), None)
        end = meeting.met or meeting.end
        row['state'], met = self.state(rule, meeting.trigger, due, None, met, end, True)
        if met and met.on:
            row['met_on'] = met.on.isoformat()
        return row

    def prepares(self, meeting, event):
        if not event.thread or not self.kinds(event.word):
            return True
        if self.alike(meeting.trigger, event):
            return self.one_thread(meeting.trigger, event)
        if meeting.met and meeting.met.link:
            return meeting.met.link == event.thread
        return event.thread not in self.links

    def is_too_late(self, rule, end):
        words = list(rule.too_late)
        for host in rule.before:
            words += self.rules[host].met_by
        return end.word in words

    def state(self, rule, trigger, due, moment, met, end, sure):
        """The state, and what met it as far as that is known."""
        if due is None:
            return 'unknown', met
        carried, until = self.coverage.known(rule.met_by, trigger.on)
        if self.coverage.is_by_hand(trigger.word, rule.met_by):
            carried, until = True, None
        if met is not None and met.on is None:
            return 'unknown', None
        if met is not None:
            if moment and not met.at and met.on == due:
                return 'unknown', met
            late = met.at > moment if moment and met.at else met.on > due
            if not late:
                return 'met', met
            # An earlier one may have been held before the source begins.
            if carried:
                return 'met-late', met
            return ('unknown', None)
        if end is not None and (end.on is None or end.on <= due) and \
                not self.is_too_late(rule, end):
            return 'not-required', None
        if not sure or not carried:
            return 'unknown', None
        if end is None and self.as_of <= due:
            return 'due', None
        if not rule.met_by:
            return 'not-required', None
        if until and until < due:
            return 'unknown', None
        return ('missed' if end is not None else 'overdue'), None

    def booked(self, rule, trigger, met):
        """Of the bookings from the trigger on the one that was made last."""
        if not rule.booking or trigger.on is None:
            return ''
        booked_in = {{'cla-review': 'care', 'icpc': 's47', 'rcpc': 'plan'}[rule.booking]}
        made = [event for event in self.events
                if event.word == 'meeting-booked' and event.detail.get('for') == rule.booking and
                event.on and event.on > trigger.on and
                (self.one_thread(trigger, event) or not booked_in & self.kinds(trigger.word)) and
                not (met and met.on and event.on > met.on)]
        return max(made, key=lambda event: event.line).on.isoformat() if made else ''


def last_working_day(day):
    if day < FIRST or day > LAST:
        return ''
    while day.weekday() >= 5 or day in HOLIDAYS:
        day -= DAY
        if day < FIRST:
            return ''
    return day.isoformat()


# ---- Made-up subjects ----

class Maker:
    """Facts of one subject: mostly as life goes, sometimes as files go wrong."""

    def __init__(self, rnd, number, as_of):
        self.rnd, self.as_of, self.number = rnd, as_of, number
        self.subject, self.rows = f'C{number:05d}', []
        self.blank = rnd.random() < 0.06

    def put(self, thread, word, on, detail='', time=0.0):
        if self.rnd.random() < 0.015:
            text = ''
        else:
            text = on.isoformat()
            if self.rnd.random() < time:
                text += f'T{self.rnd.randint(3, 23):02d}:{self.rnd.choice([0, 15, 30, 59]):02d}'
        if self.blank or self.rnd.random() < 0.005:
            thread = ''
        row = [self.subject, thread, word, text, detail]
        self.rows.append(row)
        if self.rnd.random() < 0.02:
            self.rows.append(row[:4] + [self.rnd.choice([detail, ''])])

    def some(self, low, high):
        return self.rnd.randint(low, high) * DAY

    def maybe(self, share):
        return self.rnd.random() < share

    def start(self):
        return self.as_of - self.some(0, self.rnd.choice([30, 120, 500, 900]))

    def make(self):
        kind = self.rnd.choice('cccppssallhhdwwvvot')
        if kind == 'd':
            self.dispute()
        elif kind == 'o':
            self.other()
        elif kind == 'w':
            self.wild()
        else:
            for one in {'c': 'c', 'p': 'p', 's': 's', 'a': 'a', 'l': 'cps', 'h': 'h',
                        'v': 'v', 't': 't'}[kind]:
                {'c': self.care, 'p': self.plan, 's': self.enquiry, 'a': self.adoption,
                 'h': self.hours, 'v': self.visits, 't': self.stays}[one]()
            if self.maybe(0.03):
                self.put('', 'death', self.start())
        self.rnd.shuffle(self.rows)
        return self.rows

    def care(self):
        on = self.start()
        for n in range(self.rnd.choice([1, 1, 1, 2, 2, 3])):
            thread = f'a{n}' if self.maybe(0.97) else 'a0'
            on = self.period_of_care(thread, on)
            on += self.some(0, self.rnd.choice([0, 3, 60, 200]))

    def period_of_care(self, thread, began):
        self.put(thread, 'looked-after-began', began,
                 self.rnd.choice(['legal=V2', 'legal=C1', '', 'legal=V4', 'legal=C2']))
        last = began + self.some(1, self.rnd.choice([1, 30, 120, 400, 900]))
        for word, until in [('iro-service-notified', 6), ('iro-appointed', 9), ('care-plan-made', 20),
                            ('pep-initiated', 20), ('pep-completed', 35)]:
            if self.maybe(0.35):
                self.put(thread, word, began + self.some(-5 if 'pep' not in word else 0, until))
        for kind in ('initial', 'review', ''):
            if self.maybe(0.3):
                self.put(thread, 'health-assessment-held', began + self.some(5, 60),
                         f'kind={kind}' if kind else '')
        self.reviews(thread, began, last)
        self.placements(began, last)
        if self.maybe(0.6):
            self.put(thread, 'looked-after-ended', last, 'reason=E4A')
        if self.maybe(0.1):
            self.put(thread, 'dental-check-held', began + self.some(1, 200))
        return last

    def reviews(self, thread, began, last):
        on, n = began, 0
        while on < last and n < 6 and self.maybe(0.85):
            on += self.some(10, 32) if n == 0 else self.some(60, 100 if n == 1 else 200)
            n += 1
            if on > last and self.maybe(0.8):
                on = last if self.maybe(0.3) else on
                break
            detail = f'review={thread}r{n}' if self.maybe(0.4) else ''
            if self.maybe(0.1):
                self.put(thread, 'cla-review-adjourned', on - self.some(0, 15))
            if self.maybe(0.3):
                self.put(thread, 'meeting-booked', on + self.some(-7, 20), 'for=cla-review')
            self.put(thread, 'cla-review-held', on, detail)
            for word, before in [('officer-spoke-to-worker', 30), ('review-reports-sent', 8),
                                 ('review-invitations-sent', 20), ('officer-spoke-to-child', 5)]:
                if self.maybe(0.3):
                    self.put(thread, word, on - self.some(-2, before))
            if self.maybe(0.25):
                self.put(thread, 'midway-held', on + self.some(10, 120))
            if self.maybe(0.15):
                by = f'by={on + self.some(-20, 60)}' if self.maybe(0.8) else ''
                word, detail = self.rnd.choice([('care-change-proposed', 'what=placement;'),
                                                ('review-requested', 'why=officer;')])
                self.put(thread, word, on - self.some(-30, 40), (detail + by).strip(';'))
                if self.maybe(0.5):
                    self.put(thread, 'care-change-made', on + self.some(-20, 60))
            if self.maybe(0.1):
                self.put(thread, 'decision-not-carried-out', on + self.some(0, 60))
                self.put(thread, 'officer-told', on + self.some(0, 60))
            for word, until in [('review-decisions-sent', 12), ('review-decisions-received', 12),
                                ('review-record-completed', 30),
                                ('review-record-distributed', 45)]:
                if self.maybe(0.3):
                    self.put(f'{thread}r{n}', word, on + self.some(0, until))
        if self.maybe(0.3):
            self.put(thread, 'meeting-booked', self.as_of + self.some(0, 60),
                     self.rnd.choice(['for=cla-review', 'for=cla-review', 'for=rcpc', '']))

    def placements(self, began, last):
        on, n = began, 0
        while on < last and n < 3:
            thread, n = f'{began:%m%d}p{n}', n + 1
            until = min(last, on + self.some(0, 200))
            self.put(thread, 'placement-began', on, 'code=U4')
            if self.maybe(0.5):
                self.put(thread, 'placement-plan-made', on + self.some(-6, 12))
            visit = on
            while visit < until and self.maybe(0.7):
                visit += self.some(0, 10) if visit == on else self.some(20, 60)
                self.put(thread, 'cla-visit-held', visit, 'alone=yes')
            if until < last or self.maybe(0.7):
                self.put(thread, 'placement-ended', until)
            on = until + self.some(0 if until > on else 1, 1)
            if self.maybe(0.4):
                break

    def enquiry(self):
        for n in range(self.rnd.choice([1, 1, 2])):
            thread, on = f's{n}', self.start()
            if self.maybe(0.6):
                self.put(f'n{n}', 'referral-received', on - self.some(0, 5),
                         self.rnd.choice(['', 'nfa=no', 'nfa=yes']))
                if self.maybe(0.6):
                    self.put(f'n{n}', 'referral-decided', on + self.some(-4, 3))
                if self.maybe(0.6):
                    self.put(f'n{n}', 'assessment-began', on + self.some(-7, 9))
                    self.put(f'n{n}', 'assessment-authorised', on + self.some(20, 80))
            for _ in range(self.rnd.choice([1, 1, 2, 3])):
                self.put(thread, 'strategy-discussion-held', on,
                         self.rnd.choice(['s47=yes', 's47=yes', 's47=no', '']), 0.2)
                if self.maybe(0.5):
                    self.put(thread, 'strategy-record-sent', on + self.some(0, 4))
                if self.maybe(0.4):
                    self.put(thread, 's47-began', on + self.some(0, 1))
                on += self.some(0, 10)
            if self.maybe(0.4):
                self.put(thread, 'meeting-booked', on + self.some(5, 30), 'for=icpc')
            outcome = self.rnd.choice(['icpc', 'icpc', 'no-icpc', ''])
            ended = on + self.some(0, 25)
            if self.maybe(0.6):
                self.put(thread, 's47-ended', ended, f'outcome={outcome}' if outcome else '')
            if self.maybe(0.4):
                self.put(thread, 'conference-requested', ended + self.some(-4, 3))
            if self.maybe(0.6):
                self.put(thread, 'icpc-held', ended + self.some(0, 20), self.rnd.choice(
                    ['quorate=yes', 'quorate=no', '', f'conference=k{n}', 'transfer_in=no']))
            if self.maybe(0.3):
                self.put(f'k{n}', 'conference-decisions-sent', ended + self.some(0, 25))
                self.put(f'k{n}', 'conference-record-sent', ended + self.some(5, 50))

    def plan(self):
        on = self.start()
        for n in range(self.rnd.choice([1, 1, 1, 2])):
            thread, last = f'q{n}', on + self.some(1, self.rnd.choice([60, 300, 600]))
            if self.maybe(0.1):
                self.put(thread, 'transfer-in-notified', on - self.some(5, 40), 'by=notice')
                if self.maybe(0.7):
                    self.put('', 'icpc-held', on, 'transfer_in=yes')
            self.put(thread, 'cp-plan-began', on, 'category=NEG')
            for word, first, later in [('rcpc-held', (70, 100), (100, 200)),
                                       ('core-group-held', (3, 20), (20, 60)),
                                       ('cp-visit-held', (0, 14), (5, 25))]:
                day = on + self.some(*first)
                while day <= last and self.maybe(0.75):
                    detail = ''
                    if word == 'rcpc-held':
                        detail = self.rnd.choice(['quorate=yes', 'quorate=no', '', ''])
                        if self.maybe(0.3):
                            self.put(thread, 'meeting-booked', day + self.some(-3, 9), 'for=rcpc')
                    self.put(thread, word, day, detail)
                    day += self.some(*later)
            if self.maybe(0.6):
                self.put(thread, 'cp-plan-ended', last)
            on = last + self.some(0, 100)

    def adoption(self):
        began = self.start() - self.some(0, 200)
        self.put('a', 'looked-after-began', began, 'legal=E1')
        placed = began + self.some(20, 400)
        self.reviews('a', began, placed)
        self.put('p', 'placed-for-adoption', placed, 'code=A3')
        day = placed + self.some(10, 35)
        while self.maybe(0.7) and day < self.as_of + 30 * DAY:
            self.put('p', 'adoption-review-held', day)
            day += self.some(60, 200)
        if self.maybe(0.3):
            self.put('p', 'placement-ended', day)

    def hours(self):
        for n in range(self.rnd.choice([1, 2])):
            on = self.start()
            self.put(f'm{n}', 'missing-began', on - self.some(0, 3), '', 0.8)
            self.put(f'm{n}', 'missing-ended', on, '', 0.8)
            if self.maybe(0.7):
                self.put(f'm{n}', 'return-interview-held', on + self.some(0, 5), '', 0.6)
            if self.maybe(0.5):
                self.put(f'l{n}', 'police-protection-began', on, '', 0.8)
                if self.maybe(0.8):
                    self.put(f'l{n}', 'police-protection-ended', on + self.some(0, 5), '', 0.6)

    def dispute(self):
        self.subject = f'dispute:{self.number:05d}'
        self.blank, on = True, self.start()
        self.put('', 'dispute-raised', on, self.rnd.choice(['', 'formal=no', 'formal=yes']))
        if self.maybe(0.6):
            on += self.some(0, 20)
            self.put('', 'dispute-made-formal', on)
            for stage in range(self.rnd.randint(0, 3)):
                on += self.some(0, 10)
                self.put('', 'dispute-stage-answered', on, f'stage={stage + 1}')
        if self.maybe(0.5):
            self.put('', 'dispute-closed', on + self.some(0, 20))


    def visits(self):
        """Placements of every kind, long ones too, with what hangs on age and legal status."""
        if self.maybe(0.8):
            self.put('', 'birth', self.as_of - self.some(200, 7000))
        began = self.as_of - self.some(20, 1500)
        self.put('a', 'looked-after-began', began, self.rnd.choice(
            ['legal=C1', 'legal=C1', 'legal=C2', 'legal=V2', 'legal=V4', '']))
        if self.maybe(0.4):
            self.put('a', 'legal-status-changed', began + self.some(5, 200), self.rnd.choice(
                ['code=C2', 'code=C2', 'code=V2', 'code=V4']))
        if self.maybe(0.6):
            self.put('a', 'cla-review-held', began + self.some(10, 60))
        on = began
        for n in range(self.rnd.choice([1, 1, 2])):
            detail = self.rnd.choice(['code=P1', 'code=P1;reg19=yes', 'code=U3;reg24=yes',
                                      'code=U1;to_18=yes', 'code=U1;to_18=yes', 'code=R5',
                                      'code=A5', 'with_parent=yes', '', 'emergency=yes',
                                      'code=U4;to_18=yes;six_monthly=yes', 'outside_terms=yes'])
            self.put(f'p{n}', 'placement-began', on, detail)
            if detail == 'code=A5':
                self.put(f'p{n}', 'placed-for-adoption', on, detail)
            until, visit = on + self.some(30, 800), on
            while visit < until and self.maybe(0.85):
                visit += self.some(3, 50)
                self.put(f'p{n}', 'cla-visit-held', visit)
            for word in ('parent-assessed', 'placement-decided', 'carer-approved',
                         'temporary-approval-extended', 'placement-notice-sent',
                         'adoption-review-held'):
                if self.maybe(0.2):
                    self.put(f'p{n}', word, on + self.some(-5, 120))
            if self.maybe(0.5):
                self.put(f'p{n}', 'placement-ended', until)
            on = until
        for word in ('health-assessment-held', 'pep-completed', 'sdq-completed', 'pathway-plan-made',
                     'pathway-needs-assessed', 'pathway-review-held', 'officer-told', 'remanded',
                     'authority-to-place-obtained', 'short-break-series-began',
                     'short-break-review-held', 'short-break-visit-held'):
            for _ in range(self.rnd.choice([0, 0, 1, 2])):
                self.put('a', word, began + self.some(0, 900), self.rnd.choice(
                    ['', 'kind=review', 'to=detention', 'to=accommodation']))
        if self.maybe(0.4):
            self.put('a', 'looked-after-ended', began + self.some(100, 1500))
        if self.maybe(0.3):
            self.put('f', 'private-fostering-known', began)
            for _ in range(self.rnd.randint(0, 8)):
                self.put('f', 'private-fostering-visit-held', began + self.some(0, 600))

    def stays(self):
        """One after another, mostly: in secure accommodation, or short breaks."""
        secure, on = self.maybe(0.6), self.as_of - self.some(0, 60)
        if not secure:
            on -= self.some(0, 400)
            self.put('a', 'looked-after-began', on, self.rnd.choice(['legal=V3'] * 4 + ['legal=C2']))
        began, hours = ('secure-placement-began', 0.95) if secure else ('placement-began', 0.05)
        for n in range(self.rnd.randint(1, 6)):
            until = on + self.some(0, 4 if secure else self.rnd.choice([2, 10, 40]))
            self.put(f's{n}', began, on, self.rnd.choice(['', '', 'code=U6']) if not secure else '', hours)
            if secure and self.maybe(0.1):
                self.put(f's{n}', 'secure-order-made', on + self.some(0, 2), '', hours)
            if self.maybe(0.9):
                self.put(f's{n}', began.replace('began', 'ended'), until, '', hours)
            if not secure and self.maybe(0.1):
                self.put('a', 'looked-after-ended', until)
                self.put('b', 'looked-after-began', until + self.some(0, 9), 'legal=V3')
            on = until + self.some(0, self.rnd.choice([1, 5, 20, 200]))

    def other(self):
        """Of homes, complaints, incidents and requests; and of children before birth or in court."""
        kind, words = self.rnd.choice(OTHERS)
        if kind != 'child':
            self.subject = f'{kind}:{self.number:05d}'
        self.blank, first = kind != 'child', self.as_of - self.some(0, 500)
        for _ in range(self.rnd.randint(1, 10)):
            self.put(self.rnd.choice(['', 'o', 'o']), self.rnd.choice(words),
                     first + self.some(0, 200), self.rnd.choice(OTHER_DETAILS), 0.1)

    def wild(self):
        """Few days, few threads, any words of a family: what files get wrong all at once."""
        family = self.rnd.choice(WILD)
        first = self.as_of - self.some(0, 300)
        for _ in range(self.rnd.randint(2, 12)):
            word, detail = self.rnd.choice(family), self.rnd.choice(WILD_DETAILS)
            if word == 'meeting-booked':
                detail = self.rnd.choice(['for=cla-review', 'for=icpc', 'for=rcpc'])
            self.put(self.rnd.choice(['', 'a', 'a', 'b', 'r']), word,
                     first + self.some(0, self.rnd.choice([4, 30, 300])), detail, 0.15)


CARE = ['looked-after-began', 'looked-after-ended', 'cla-review-held', 'cla-review-held',
        'meeting-booked', 'review-decisions-sent', 'cla-review-adjourned', 'placed-for-adoption']
WILD = [CARE, CARE,
        ['looked-after-began', 'looked-after-ended', 'cla-review-held', 'cla-review-held',
         'review-reports-sent', 'officer-spoke-to-child', 'midway-held', 'care-change-proposed',
         'care-change-made', 'review-requested', 'meeting-booked', 'iro-appointed'],
        ['placement-began', 'placement-ended', 'cla-visit-held', 'cla-visit-held', 'care-plan-made',
         'placement-plan-made', 'looked-after-began', 'looked-after-ended'],
        ['cp-plan-began', 'cp-plan-ended', 'rcpc-held', 'core-group-held', 'cp-visit-held',
         'meeting-booked', 'icpc-held', 'conference-record-sent', 'transfer-in-notified'],
        ['strategy-discussion-held', 'strategy-discussion-held', 's47-began', 's47-ended',
         'icpc-held', 'conference-requested', 'strategy-record-sent', 'meeting-booked'],
        ['placed-for-adoption', 'adoption-review-held', 'adoption-review-held', 'placement-ended',
         'looked-after-ended', 'looked-after-began'],
        ['missing-ended', 'missing-began', 'return-interview-held', 'police-protection-began',
         'police-protection-ended', 'death']]
OTHERS = [
    ('home', ['home-opened', 'home-visit-held', 'home-visit-held', 'home-report-sent',
              'home-quality-reviewed', 'home-closed']),
    ('complaint', ['complaint-received', 'complaint-answered', 'panel-requested', 'panel-met',
                   'panel-report-sent', 'complaint-ended']),
    ('request', ['access-requested', 'access-answered', 'information-requested',
                 'information-answered']),
    ('incident', ['incident-known', 'incident-notified', 'rapid-review-done',
                  'practice-review-decided', 'practice-review-published']),
    ('authority', ['officer-report-published', 'partnership-report-published', 'scrutiny-reviewed']),
    ('child', ['strategy-needed', 'strategy-discussion-held', 'prebirth-conference-needed',
               'icpc-held', 'icpc-held', 'rcpc-held', 'birth', 'cp-plan-began', 'plan-looked-at',
               'midway-held', 'report-shared-with-family', 'conference-invitations-sent']),
    ('child', ['cp-plan-began', 'plan-looked-at', 'plan-looked-at', 'rcpc-held', 'midway-held',
               'cp-plan-ended', 'temporary-stay-began', 'temporary-stay-ended', 'icpc-held']),
    ('child', ['court-end-set', 'order-ended', 'pre-proceedings-began', 'pre-proceedings-ended',
               'pre-proceedings-meeting-held', 'proceedings-began', 'proceedings-ended',
               'report-directed', 'court-report-filed', 'assessment-order-began',
               'assessment-order-ended', 'death']),
    ('child', ['referral-received', 'referral-received', 'assessment-began', 'assessment-began',
               'assessment-authorised', 'referral-decided']),
    ('child', ['secure-placement-began', 'secure-placement-ended', 'secure-review-held', 'birth',
               'secure-order-made', 'secure-approved', 'death', 'looked-after-began',
               'adoption-order-made', 'case-closed']),
    ('child', ['private-fostering-known', 'private-fostering-proposed', 'private-fostering-ended',
               'private-fostering-notified', 'private-fostering-visit-held', 'birth', 'death']),
    ('child', ['sentenced', 'custody-visit-held', 'leaver-moved', 'leaver-visit-held',
               'visit-requested', 'health-or-school-stay-began', 'health-or-school-stay-ended',
               'health-or-school-stay-notified', 'missing-began', 'missing-meeting-held',
               'missing-ended'])]
OTHER_DETAILS = ['', '', 'stage=1', 'stage=2', 'stage=1;extended=yes', 'extended=yes',
                 'about=conference', 'prebirth=yes', 'prebirth=yes', 'quorate=no', 's47=yes',
                 'by=2026-02-02', 'by=inspector', 'regulated=no', 'kind=epo', 'conference=o']
WILD_DETAILS = ['', '', '', '', 's47=yes', 's47=no', 'outcome=no-icpc', 'outcome=icpc', 'quorate=no',
                'transfer_in=yes', 'by=2026-01-20', 'by=2025-06-10', 'by=', 'review=r', 'conference=r', 'legal=V3', 'kind=initial']


def some_coverage(rnd, words, as_of):
    parts = []
    for word in words:
        if rnd.random() < 0.2:
            continue
        since = as_of - rnd.randint(0, 900) * DAY if rnd.random() < 0.5 else None
        until = as_of - rnd.randint(0, 200) * DAY if rnd.random() < 0.5 else None
        if since and until and since > until:
            since, until = until, since
        parts.append(f'{word}:{since or ""}:{until or ""}')
    here = []
    for area in sorted(set(AREA_OF.values())):
        since = as_of - rnd.randint(0, 900) * DAY
        until = since + rnd.randint(0, 400) * DAY
        if rnd.random() < 0.6:
            here.append(f'{area}:{since}:{"" if rnd.random() < 0.5 else until}')
        if here and here[-1].startswith(area) and not here[-1].endswith(':') and rnd.random() < 0.3:
            here.insert(rnd.randint(0, len(here)), f'{area}:{until + rnd.randint(1, 90) * DAY}:')
    return ','.join(parts) + '|' + ','.join(here)


def as_policy(here):
    """What is written down here, as a council's policy says it."""
    text = ''
    for part in filter(None, here.split(',')):
        area, since, until = part.split(':')
        text += f'- recorded: {area}\n  effective from: {since}\n'
        text += f'  effective to: {until}\n' if until else ''
        text += '  author: A Head\n  reason: As agreed\n'
    return text


# ---- Both answers ----

def asked(duly, rows, as_of, coverage):
    """subject -> rows, as duly answers."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator='\n')
    out.writerow(['subject', 'thread', 'event', 'on', 'detail'])
    out.writerows(rows)
    command = [duly, 'clocks', '--facts', '-', '--as-of', as_of.isoformat()]
    with tempfile.NamedTemporaryFile('w', suffix='.yaml', encoding='utf-8') as policy:
        if coverage is not None:
            sources, _, here = coverage.partition('|')
            policy.write(as_policy(here))
            policy.flush()
            command += ['--coverage', sources, '--policy', policy.name]
        got = subprocess.run(command, input=text.getvalue(), capture_output=True, encoding='utf-8',
                             check=False)
    if got.returncode != 0:
        sys.exit(f'duly clocks: exit status {got.returncode}: {got.stderr[:2000]}')
    answer, before = {}, ''
    for row in csv.DictReader(io.StringIO(got.stdout)):
        if not row['reason']:
            row['state'] += ' without a reason'
        if row['subject'].encode() < before.encode():
            sys.exit(f'subjects out of order: {row["subject"]} after {before}')
        before = row['subject']
        answer.setdefault(row['subject'], []).append([row[column] for column in COLUMNS[1:]])
    return answer


def threads_of(rows):
    """In the order in which the subject's rows first write them: it breaks ties of one day."""
    threads = {}
    for row in rows:
        if row[1]:
            threads.setdefault(row[1], len(threads))
    return threads


def expected(law, rows, as_of, coverage):
    clocks = Subject(law, rows, as_of, Coverage(coverage), threads_of(rows)).clocks()
    return [[row[column] for column in COLUMNS[1:]] for row in clocks]


def differ(got, want):
    """Sorted by rule, then from; where those are equal the order of threads is not told."""
    if [row[1:3] for row in got] != sorted(row[1:3] for row in want):
        return True
    return sorted(got) != sorted(want)


def minimised(duly, law, rows, as_of, coverage):
    def fails(some):
        if not some:
            return False
        got = asked(duly, some, as_of, coverage).get(some[0][0], [])
        return differ(got, expected(law, some, as_of, coverage))
    again = True
    while again:
        again = False
        for i in range(len(rows)):
            fewer = rows[:i] + rows[i + 1:]
            if fails(fewer):
                rows, again = fewer, True
                break
    if coverage is not None and asked(duly, rows, as_of, None).get(rows[0][0], []) != \
            expected(law, rows, as_of, None) and differ(
                asked(duly, rows, as_of, None).get(rows[0][0], []),
                expected(law, rows, as_of, None)):
        coverage = None
    return rows, coverage


def tell(duly, law, rows, as_of, coverage):
    rows, coverage = minimised(duly, law, rows, as_of, coverage)
    got = asked(duly, rows, as_of, coverage).get(rows[0][0], [])
    want = expected(law, rows, as_of, coverage)
    print(f'# as of {as_of}' + (f', coverage of {len(coverage)} letters' if coverage else ''))
    for row in rows:
        print('#   ' + ','.join(row))
    if coverage:
        words = {word for row in got + want for word in law[0][row[1]].met_by}
        areas = {AREA_OF.get(word) for word in words}
        parts = [part for part in re.split('[,|]', coverage)
                 if part.split(':')[0] in words | areas]
        print('#   coverage: ' + ' '.join(parts))
    for row in got:
        if row not in want:
            print('#     duly:   ' + ','.join(row))
    for row in want:
        if row not in got:
            print('#     oracle: ' + ','.join(row))


def main():
    default = os.environ.get
    args = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    args.add_argument('duly', nargs='?', default=default('DULY', 'build/duly'))
    args.add_argument('--subjects', type=int, default=int(default('DULY_SUBJECTS', '20000')))
    args.add_argument('--seed', type=int, default=int(default('DULY_SEED', '20261121')))
    args.add_argument('--show', type=int, default=10, help='failures to show')
    args = args.parse_args()
    print(f'# seed {args.seed}')
    law = read_rules(args.duly), read_words(args.duly)
    rnd = random.Random(args.seed)
    # Each batch has a day and a coverage of its own.
    batches = max(12, args.subjects // 2500)
    passed = failed = clocks = 0
    seen = set()
    for batch in range(batches):
        as_of = dt.date(2026, 11, 21) - rnd.randint(0, 1000) * DAY
        coverage = some_coverage(rnd, law[1], as_of) if batch % 3 == 2 else None
        share = args.subjects * (batch + 1) // batches - args.subjects * batch // batches
        subjects = [Maker(rnd, n, as_of).make() for n in range(share)]
        everything = [row for rows in subjects for row in rows]
        answer = asked(args.duly, everything, as_of, coverage)
        for rows in subjects:
            want = expected(law, rows, as_of, coverage)
            clocks += len(want)
            seen.update(row[1] for row in want)
            # The data standard's own count makes no clock: its date stands beside another's.
            seen.update(law[0][row[1]].twin for row in want if row[4] and law[0][row[1]].twin)
            if differ(answer.pop(rows[0][0], []), want):
                failed += 1
                if failed <= args.show:
                    tell(args.duly, law, rows, as_of, coverage)
            else:
                passed += 1
        if answer:
            sys.exit(f'clocks of subjects that were not asked about: {list(answer)[:3]}')
    print(f'# {clocks} clocks of {len(seen)} rules; {len(law[0])} make clocks or stand beside one')
    missing = sorted(set(law[0]) - seen)
    if missing:
        print(f'# not met in this run: {", ".join(missing)}')
    print(f'{passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
