#!/usr/bin/env python3
"""duly check: what it answers to a return that is right, wrong, or none; and the sets with expected findings, where
they are at hand.

    check.py [DULY]     (or DULY in the environment); prints TAP
"""
import csv
import io
import os
import pathlib
import subprocess
import sys

from stepwise import run

DULY = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.environ['DULY'])
ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADER = 'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n'
EPISODES = 'CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n'


def duly(*words):
    return subprocess.run([DULY, *map(str, words)], capture_output=True, encoding='utf-8', check=False)


def check(folder, *words):
    return duly('check', 'ssda903', folder, '--collection', '2025-26', *words)


def rows(got):
    return [(row['rule'], row['table'], row['row'], row['field'], row['child'])
            for row in csv.DictReader(io.StringIO(got.stdout))]


def steps(place):
    folder = place / 'this'
    folder.mkdir()
    header = folder / 'header.csv'
    header.write_text(HEADER + '1,F,01/02/2012,WBRI,A330200942374,0,\n2,X,31/02/2012,WBRI,B330200942375,0,\n', encoding='utf-8')
    got = check(folder)
    yield 'what is wrong is told by rule, table, row, field and child', (
        got.returncode == 1 and {('101', 'Header', '1', 'SEX', '2'), ('102', 'Header', '1', 'DOB', '2')} <=
        set(rows(got)) and not [row for row in rows(got) if row[4] == '1']), got
    yield 'each rule that was not run says what it lacks', (
        any(line.startswith('141 ') and 'needs Episodes' in line for line in got.stderr.splitlines())), got
    header.write_bytes(b'\xef\xbb\xbf' + HEADER.encode().replace(b',', b'","') + b'1,F,01/02/2012,WBRI,A330200942374,0,\n')
    got = check(folder)
    yield 'a heading in half a pair of quotation marks is refused with its place', (
        got.returncode == 2 and 'header.csv' in got.stderr and 'line 1' in got.stderr), got
    header.write_bytes(b'\xef\xbb\xbf' + (HEADER + '1,F,01/02/2012,WBRI,A330200942374,0,\n').encode())
    got = check(folder)
    yield 'a return with a byte-order mark and no fault is clean', (got.returncode, rows(got)) == (0, []), got
    header.write_bytes((HEADER + '\u00e91,F,01/02/2012,WBRI,A330200942374,0,\n').encode('latin-1'))
    yield 'Latin-1 is read', check(folder).returncode == 0, None
    header.write_text(HEADER.replace('ETHNIC,', '') + '1,F,01/02/2012,A330200942374,0,\n', encoding='utf-8')
    got = check(folder)
    yield 'a missing column is refused by name', (
        got.returncode == 2 and 'header.csv' in got.stderr and 'ETHNIC' in got.stderr), got
    header.write_text(HEADER.strip() + ',SHOE_SIZE\n1,F,01/02/2012,WBRI,A330200942374,0,,3\n', encoding='utf-8')
    yield 'a column that nobody asked for is passed over', check(folder).returncode == 0, None
    again = folder / 'Header 2.csv'
    again.write_text(HEADER, encoding='utf-8')
    got = check(folder)
    yield 'two files of one table are refused', got.returncode == 2 and 'two files' in got.stderr, got
    again.rename(folder / 'shoes.csv')
    got = check(folder)
    yield 'a file that is none of the return is refused by name', got.returncode == 2 and 'shoes.csv' in got.stderr, got
    (folder / 'shoes.csv').unlink()
    last = place / 'last'
    last.mkdir()
    (last / 'episodes.csv').write_text(EPISODES, encoding='utf-8')
    (folder / 'Episodes.CSV').write_text(EPISODES + '1,01/04/2025,Q,C2,N1,U4,PR1,,,,,,\n', encoding='utf-8')
    got = check(folder, '--previous', last)
    yield 'names of files are taken in any case, and last year\'s beside them', (
        ('143', 'Episodes', '0', 'RNE', '1') in rows(got)), got
    for words in (('ssda903', folder), ('ssda903', folder, '--collection', '2025'),
                  ('ssda903', folder, '--collection', '2025-27'), ('ssda903', place / 'nowhere', '--collection', '2025-26'),
                  ('cin', place / 'nowhere.xml'), ('weather', folder), ()):
        got = duly('check', *words)
        yield f'wrong use does nothing: {[str(word).rsplit("/", 1)[-1] for word in words]}', (
            got.returncode == 2 and got.stderr and not got.stdout), got
    bomb = place / 'bomb.xml'
    bomb.write_text('<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
                    '<Message>&b;</Message>', encoding='utf-8')
    got = duly('check', 'cin', bomb)
    yield 'a census that is a bomb of entities is refused', got.returncode == 2 and got.stderr, got
    for script in ('compare_sets.py', 'compare_cin.py'):
        got = subprocess.run([sys.executable, ROOT / 'tests' / 'returns' / script, DULY], capture_output=True, text=True,
                             check=False)
        yield f'the sets with expected findings agree but for what is argued ({script})', got.returncode == 0, got


if __name__ == '__main__':
    sys.exit(run('check', steps))
