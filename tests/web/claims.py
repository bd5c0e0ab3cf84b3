"""What the tests of pages share: claims and how they run as TAP, what they say of a page, and a look
into the store of a desk (tests/bars/desk.py)."""
import os
import sqlite3
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'bars'))
import desk as bars  # noqa: E402

if len(sys.argv) > 1:
    bars.DULY = sys.argv[1]
tests = []


def claim(function):
    tests.append(function)
    return function


def same(got, want):
    if got != want:
        raise AssertionError(f'got {got!r}, want {want!r}')


def holds(text, part):
    if part not in text:
        raise AssertionError(f'{part!r} is not in {text[-3000:]!r}')


def lacks(text, part):
    if part in text:
        raise AssertionError(f'{part!r} is in the text')


def rows(desk, text, *values):
    with sqlite3.connect(f'file:{desk.data}/duly.db?mode=ro', uri=True) as store:
        return store.execute(text, values).fetchall()


def one(desk, text, *values):
    found = rows(desk, text, *values)
    return found[0][0] if found else None


def run(*given, each=None):
    """Every claim with what is given (or with what `each` is when entered, anew for every one). ONLY in
    the environment picks claims by a part of their name. How many failed."""
    only, failed = os.environ.get('ONLY', ''), 0
    print(f'1..{len(tests)}', flush=True)
    for n, test in enumerate(tests, 1):
        if only not in test.__name__:
            print(f'ok {n} - {test.__name__} # SKIP not asked for', flush=True)
            continue
        try:
            if each is None:
                test(*given)
            else:
                with each() as place:
                    test(place)
            print(f'ok {n} - {test.__name__}', flush=True)
        except Exception:
            failed += 1
            print(f'not ok {n} - {test.__name__}', flush=True)
            print(''.join(f'# {line}\n' for line in traceback.format_exc()[-3000:].split('\n')), flush=True)
    return failed


def run_at_desk(prepare=None, **made):
    """The claims at one desk, with its people signed in. To be given to sys.exit()."""
    with bars.Desk(**made) as desk:
        people = desk.people()
        if prepare:
            prepare(desk, people)
        return 1 if run(desk, people) else 0
