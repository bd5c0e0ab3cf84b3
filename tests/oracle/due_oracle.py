#!/usr/bin/env python3
"""Counts limits a second time, in another language with a calendar of its own, and compares.

    due_oracle.py [DULY] [--cases N] [--seed S]

DULY is the program; without it, what the environment's DULY says; DULY_CASES and DULY_SEED likewise.

Makes N seeded random cases, biased to what is hard (Christmas, Easter, leap days, month ends, the
nights on which clocks change, one-off holidays, the calendar's two ends), gives them to
`duly due --batch -` and compares every due date. What each rule counts comes from
`duly rules --csv`; nothing else is shared: not the holidays, not the months, not the time zone.
Where the oracle expects a refusal, duly must refuse, whatever its words. Standard library only.
"""
import argparse
import calendar
import csv
import datetime as dt
import io
import os
import random
import subprocess
import sys

DAY = dt.timedelta(days=1)

# Days that royal proclamation moved or added, and those that it took away.
ADDED = {dt.date(2012, 6, 4), dt.date(2012, 6, 5), dt.date(2020, 5, 8), dt.date(2022, 6, 2),
         dt.date(2022, 6, 3), dt.date(2022, 9, 19), dt.date(2023, 5, 8)}
TAKEN = {dt.date(2012, 5, 28), dt.date(2020, 5, 4), dt.date(2022, 5, 30)}
FIRST, LAST = dt.date(2012, 1, 1), dt.date(2199, 12, 31)


def easter(year):
    """Gauss's method with Lichtenberg's correction: not the one that duly uses."""
    k = year // 100
    m = 15 + (3 * k + 3) // 4 - (8 * k + 13) // 25
    s = 2 - (3 * k + 3) // 4
    a = year % 19
    d = (19 * a + m) % 30
    r = (d + a // 11) // 29
    og = 21 + d - r
    sz = 7 - (year + year // 4 + s) % 7
    oe = 7 - (og - sz) % 7
    return dt.date(year, 3, 1) + (og + oe - 1) * DAY


def bank_holidays(year):
    """Every day off, found by moving each fixed holiday on to the next free weekday."""
    mondays = {5: [], 8: []}
    for month in mondays:
        days = calendar.monthrange(year, month)[1]
        mondays[month] = [d for d in (dt.date(year, month, n) for n in range(1, days + 1))
                          if d.weekday() == 0]
    taken = {easter(year) - 2 * DAY, easter(year) + DAY,
             mondays[5][0], mondays[5][-1], mondays[8][-1]}
    # A holiday on a weekday keeps its day, so those are settled before any that must move.
    fixed = [dt.date(year, 1, 1), dt.date(year, 12, 25), dt.date(year, 12, 26)]
    taken.update(d for d in fixed if d.weekday() < 5)
    for d in fixed:
        if d.weekday() >= 5:
            while d.weekday() >= 5 or d in taken:
                d += DAY
            taken.add(d)
    return taken


HOLIDAYS = set().union(*(bank_holidays(y) for y in range(FIRST.year, LAST.year + 1)))
HOLIDAYS = (HOLIDAYS | ADDED) - TAKEN


class Refused(Exception):
    pass


def working_days_after(start, n):
    if start < FIRST:
        raise Refused('before the calendar')
    d = start
    while n > 0:
        if d >= LAST:
            raise Refused('after the calendar')
        d += DAY
        if d.weekday() < 5 and d not in HOLIDAYS:
            n -= 1
    return d


def working_days_before(start, n):
    d = start
    while n > 0:
        d -= DAY
        if d < FIRST or start > LAST:
            raise Refused('before the calendar')
        if d.weekday() < 5 and d not in HOLIDAYS:
            n -= 1
    return d


def months_after(start, n):
    years, month = divmod(start.month - 1 + n, 12)
    year, month = start.year + years, month + 1
    return dt.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def last_sunday(year, month):
    d = dt.datetime(year, month, 31)
    return d - dt.timedelta(days=(d.weekday() + 1) % 7)


def summer(utc):
    """Is London on summer time at this moment (naive UTC)?"""
    hour = dt.timedelta(hours=1)
    return last_sunday(utc.year, 3) + hour <= utc < last_sunday(utc.year, 10) + hour


def to_london(utc):
    return utc + dt.timedelta(hours=1) if summer(utc) else utc


def to_utc(wall):
    """The moment at which a London clock shows this, when there is just one."""
    found = [wall - dt.timedelta(hours=h) for h in (1, 0)
             if to_london(wall - dt.timedelta(hours=h)) == wall]
    if len(found) != 1:
        raise Refused('no such time, or two')
    return found[0]


def read(text):
    """(local day, naive UTC or None)"""
    if 'T' not in text:
        try:
            return dt.date.fromisoformat(text), None
        except ValueError:
            raise Refused('no date') from None
    if text.endswith('Z'):
        utc = dt.datetime.fromisoformat(text[:-1])
        return to_london(utc).date(), utc
    if text[-6:] in ('+01:00', '+00:00'):
        utc = dt.datetime.fromisoformat(text[:-6]) - dt.timedelta(hours=int(text[-5:-3]))
        return to_london(utc).date(), utc
    wall = dt.datetime.fromisoformat(text)
    return wall.date(), to_utc(wall)


def show_london(utc):
    wall = to_london(utc)
    text = wall.strftime('%Y-%m-%dT%H:%M')
    twice = to_london(utc + dt.timedelta(hours=1)) == wall or \
        to_london(utc - dt.timedelta(hours=1)) == wall
    if twice:
        text += '+01:00' if summer(utc) else '+00:00'
    return text


def due(rule, trigger, previous):
    if not trigger and not previous:
        raise Refused('nothing to count from')
    base = None
    for text in (trigger, previous):
        if text:
            base = read(text)
    day, moment = base
    n, unit = int(rule['offset']), rule['unit']
    if unit == 'given':
        raise Refused('the trigger gives it')
    if unit == 'hours':
        if moment is None:
            raise Refused('no time')
        return show_london(moment + dt.timedelta(hours=n))
    if unit == 'halfway':
        whole = dt.date.fromisoformat(due(RULES[rule['of']], trigger, previous))
        half = day + (whole - day).days // 2 * DAY
        while half.weekday() >= 5 or half in HOLIDAYS:
            half -= DAY
        if half < FIRST or half > LAST:
            raise Refused('no calendar')
        return half.isoformat()
    on = shifted(day, -n if rule['way'] == 'before' else n, unit)
    if rule['way'] == 'with the day':
        on -= DAY
    if rule['moves'] == 'yes':
        if on < FIRST or on > LAST:
            raise Refused('no calendar')
        while on.weekday() >= 5 or on in HOLIDAYS:
            on += DAY
    if on.year > 2299:
        raise Refused('after the last day that Duly writes')
    return on.isoformat()


RULES = {}  # by id, for a limit that is half of another's


def shifted(day, n, unit):
    """That many working days, days, weeks, months or years later; earlier when n is below zero."""
    if unit == 'working days':
        return working_days_after(day, n) if n >= 0 else working_days_before(day, -n)
    if unit in ('months', 'years'):
        return months_after(day, n * (12 if unit == 'years' else 1))
    if unit == 'end of the month':
        return months_after(day.replace(day=1), n + 1) - DAY
    if unit == 'end of the school term':
        while (day + DAY).month == day.month or day.month not in (3, 7, 12):
            day += DAY
        return day
    return day + n * DAY * (7 if unit == 'weeks' else 1)


def hard_day(rnd):
    year = rnd.choice([rnd.randint(2012, 2031), rnd.randint(2012, 2031), rnd.randint(2011, 2199)])
    kind = rnd.randrange(9)
    if kind == 0:
        d = dt.date(year, 12, 10) + rnd.randrange(30) * DAY
    elif kind == 1:
        d = easter(year) + rnd.randint(-40, 10) * DAY
    elif kind == 2:
        d = rnd.choice(sorted(ADDED | TAKEN)) + rnd.randint(-40, 5) * DAY
    elif kind == 3:
        month = rnd.randint(1, 12)
        d = dt.date(year, month, calendar.monthrange(year, month)[1]) - rnd.randrange(3) * DAY
    elif kind == 4:
        d = dt.date(year, 2, 26) + rnd.randrange(6) * DAY
    elif kind == 5:
        d = last_sunday(year, rnd.choice([3, 10])).date() + rnd.randint(-5, 2) * DAY
    elif kind == 6 and rnd.random() < 0.2:
        d = rnd.choice([FIRST, LAST]) + rnd.randint(-60, 2) * DAY
    else:
        d = dt.date(year, 1, 1) + rnd.randrange(365) * DAY
    return d


def some_when(rnd, unit):
    roll = rnd.random()
    if roll < 0.005:
        return rnd.choice(['2026-02-30', '2026-13-01', 'soon', '2025-02-29', '0', '12/03/2026x'])
    d = hard_day(rnd)
    with_time = rnd.random() < (0.97 if unit == 'hours' else 0.05)
    if not with_time or d < FIRST:
        return d.isoformat()
    hour = rnd.choice([0, 1, 1, 2, 23, rnd.randrange(24)])
    text = f'{d.isoformat()}T{hour:02d}:{rnd.choice([0, 1, 30, 59, rnd.randrange(60)]):02d}'
    if rnd.random() < 0.1:
        text += 'Z'
    elif rnd.random() < 0.1 or (hour == 1 and d == last_sunday(d.year, 10).date()
                                and rnd.random() < 0.8):
        text += rnd.choice(['+00:00', '+01:00'])
    return text


def make_cases(rules, n, seed):
    rnd = random.Random(seed)
    cases = []
    for _ in range(n):
        rule = rnd.choice(rules)
        trigger = some_when(rnd, rule['unit'])
        previous = some_when(rnd, rule['unit']) if rnd.random() < 0.3 else ''
        if rnd.random() < 0.01:
            trigger = ''
        cases.append((rule, trigger, previous))
    return cases


def answers_of(duly, cases):
    text = io.StringIO()
    out = csv.writer(text, lineterminator='\n')
    out.writerow(['rule_id', 'trigger', 'previous'])
    for rule, trigger, previous in cases:
        out.writerow([rule['rule'], trigger, previous])
    got = subprocess.run([duly, 'due', '--batch', '-'], input=text.getvalue(),
                         capture_output=True, encoding='utf-8', check=False)
    rows = list(csv.DictReader(io.StringIO(got.stdout)))
    if got.returncode not in (0, 1) or len(rows) != len(cases):
        sys.exit(f'duly due --batch answered {len(rows)} of {len(cases)} rows: {got.stderr}')
    return rows


def wrong(case, row):
    rule, trigger, previous = case
    if (row['rule_id'], row['trigger'], row['previous']) != (rule['rule'], trigger, previous):
        return 'the row did not come back as it went in'
    try:
        want = due(rule, trigger, previous)
    except Refused as refused:
        return None if row['error'] and not row['due'] else f'want a refusal ({refused})'
    if row['error'] or row['due'] != want:
        return f'want {want}'
    return None


def main():
    args = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    default = os.environ.get
    args.add_argument('duly', nargs='?', default=default('DULY', 'build/duly'))
    args.add_argument('--cases', type=int, default=int(default('DULY_CASES', '100000')))
    args.add_argument('--seed', type=int, default=int(default('DULY_SEED', '20261121')))
    args = args.parse_args()
    print(f'# seed {args.seed}')
    listed = subprocess.run([args.duly, 'rules', '--csv'], capture_output=True, encoding='utf-8',
                            check=True).stdout
    rules = list(csv.DictReader(io.StringIO(listed)))
    RULES.update((rule['rule'], rule) for rule in rules)
    cases = make_cases(rules, args.cases, args.seed)
    failed = 0
    for case, row in zip(cases, answers_of(args.duly, cases)):
        why = wrong(case, row)
        if why is not None:
            failed += 1
            if failed <= 20:
                print(f'# {case[0]["rule"]} trigger={case[1]} previous={case[2]}: got '
                      f'"{row["due"]}" "{row["error"]}"; {why}')
    print(f'{len(cases) - failed} passed, {failed} failed')
    return 1 if failed or not cases else 0


if __name__ == '__main__':
    sys.exit(main())
