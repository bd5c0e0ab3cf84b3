#!/usr/bin/env python3
"""duly return: what it writes of a store, what it says of it, and what it leaves behind.

    return.py [DULY]     (or DULY in the environment); prints TAP
"""
import csv
import filecmp
import os
import pathlib
import subprocess
import sys
import tempfile

DULY = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.environ['DULY'])
YEAR = '2025-26'


def duly(*words):
    return subprocess.run([DULY, *map(str, words)], capture_output=True, encoding='utf-8', check=False)


def rows(path):
    with open(path, newline='', encoding='utf-8') as file:
        return list(csv.DictReader(file))


def same(a, b):
    names = sorted(path.name for path in a.iterdir())
    return names == sorted(path.name for path in b.iterdir()) and filecmp.cmpfiles(a, b, names, shallow=False)[0] == names


def steps(place):
    store = place / 'store'
    got = duly('demo', '--children', 120, '--seed', 7, '--now', '2026-11-22', '--data', store)
    yield 'the demonstration is made', got.returncode == 0, got

    def returned(name, *words, kind='ssda903', period=YEAR, data=store):
        return duly('return', kind, '--period', period, '--out', place / name, '--data', data, *words)

    got = returned('one', '--findings', place / 'findings.csv')
    folder = place / 'one'
    yield 'a return is written', got.returncode in (0, 1) and (folder / 'episodes.csv').exists(), got
    found = rows(place / 'findings.csv')
    yield 'what the check finds is what is told', (
        (got.returncode == 1) == bool(found) and f'{len(found)} findings' in got.stdout), got
    checked = duly('check', 'ssda903', folder, '--collection', YEAR)
    yield 'and is what duly check finds', len(checked.stdout.splitlines()) == len(found) + 1, checked
    episodes = rows(folder / 'episodes.csv')
    numbers = [row['CHILD'] for row in rows(folder / 'header.csv')]
    yield 'children come in order of their numbers', numbers == sorted(numbers) and len(numbers) > 20, numbers
    yield 'every child with an episode has a row of its own', {row['CHILD'] for row in episodes} <= set(numbers), None
    got = returned('two')
    yield 'the same records give the same bytes', same(folder, place / 'two'), got
    got = returned('three', '--previous', folder)
    yield 'and then nothing differs from the last return', 'Nothing differs' in got.stdout, got
    last = place / 'last'
    last.mkdir()
    for path in folder.iterdir():
        text = path.read_text(encoding='utf-8')
        (last / path.name).write_text(text.replace(f'{numbers[0]},', f'{numbers[0]}0,'), encoding='utf-8')
    got = returned('four', '--previous', last, '--differences', place / 'differences.csv')
    told = rows(place / 'differences.csv')
    yield 'what differs is told by child', (
        {row['child'] for row in told} == {numbers[0], numbers[0] + '0'} and
        {row['change'] for row in told} == {'added', 'removed'}), told
    before = sorted(path.name for path in place.iterdir())
    got = returned('one')
    yield 'what was handed over is not written over', got.returncode == 2 and 'one' in got.stderr, got
    for words in (('ssda903', '2025'), ('ssda903', '2025-27'), ('weather', YEAR)):
        got = returned('five', kind=words[0], period=words[1])
        yield f'wrong use writes nothing: {words}', got.returncode == 2 and got.stderr and not got.stdout, got
    got = returned('five', '--authority', '123')
    yield 'another authority is refused by name', got.returncode == 2 and '123' in got.stderr, got
    got = returned('five', '--previous', place / 'nowhere')
    yield 'a last return that is not there is refused', got.returncode == 2 and 'nowhere' in got.stderr, got
    yield 'and nothing is left of what was refused', before == sorted(path.name for path in place.iterdir()), None
    got = duly('verify', '--data', store)
    yield 'the ledger holds, with an entry for each return', got.returncode == 0, got


def main():
    failed, n = 0, 0
    with tempfile.TemporaryDirectory(prefix='duly-return-') as folder:
        for n, (claim, holds, got) in enumerate(steps(pathlib.Path(folder)), 1):
            print(f'{"" if holds else "not "}ok {n} - {claim}', flush=True)
            if not holds:
                failed += 1
                print('# ' + repr(got)[:1500])
    print(f'1..{n}')
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
