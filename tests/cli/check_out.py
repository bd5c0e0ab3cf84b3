#!/usr/bin/env python3
"""What duly check writes: CSV, JSON by lines, files; and that what reads the files is shut in.

    check_out.py [DULY]     (or DULY in the environment); prints TAP
"""
import csv
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import zipfile
from xml.etree import ElementTree

from stepwise import run

DULY = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.environ.get('DULY', 'build/duly'))
HEADER = 'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n'
ROWS = '1,F,01/02/2012,WBRI,A330200942374,0,\n"2, or 3",X,31/02/2012,WBRI,B330200942375,0,\n4,M,,WBRI,,,\n'
CENSUS = ('<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>'
          '<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children>{}</Children></Message>')
CHILD = ('<Child><ChildIdentifiers><LAchildID>{}</LAchildID><PersonBirthDate>2020-01-01</PersonBirthDate>'
         '<UPNunknown>UN2</UPNunknown><Sex>F</Sex></ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity>'
         '</ChildCharacteristics><CINdetails><CINreferralDate>{}</CINreferralDate><ReferralSource>6</ReferralSource>'
         '<PrimaryNeedCode>N1</PrimaryNeedCode><ReferralNFA>0</ReferralNFA></CINdetails></Child>\n')


def duly(*words, **more):
    return subprocess.run([DULY, 'check', *map(str, words)], capture_output=True, encoding='utf-8', check=False, **more)


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def findings(text):
    return sorted((one['rule'], one['table'] or '', str(one['row']), one['field'] or '', one['child'] or '')
                  for one in lines(text) if one['kind'] == 'finding')


def csv_rows(text):
    return sorted(tuple(row) for row in list(csv.reader(io.StringIO(text)))[1:])


def column(reference):
    letters = re.match('[A-Z]+', reference)[0]
    return sum((ord(letter) - 64) * 26 ** at for at, letter in enumerate(reversed(letters))) - 1


def workbook(path):
    """The texts of each sheet, by its name."""
    space = {'m': 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'}
    sheets = {}
    with zipfile.ZipFile(path) as book:
        names = [sheet.get('name') for sheet in ElementTree.fromstring(book.read('xl/workbook.xml')).iter(
            '{%s}sheet' % space['m'])]
        for at, name in enumerate(names, 1):
            rows = []
            for row in ElementTree.fromstring(book.read(f'xl/worksheets/sheet{at}.xml')).iter('{%s}row' % space['m']):
                cells = [''] * 8
                for cell in row:
                    cells[column(cell.get('r'))] = ''.join(cell.itertext())
                rows.append(cells)
            sheets[name] = rows
    return sheets


def forms(place, words):
    """The same findings in each form, of either return."""
    plain = duly(*words)
    told = duly(*words, '--json')
    of_rows = sorted(row for row in findings(told.stdout) if row[1])
    yield 'JSON tells what CSV tells', plain.returncode == 1 and of_rows == csv_rows(plain.stdout) != [], told
    kinds = [one['kind'] for one in lines(told.stdout)]
    order = {kind: at for at, kind in enumerate(['check', 'finding', 'remark', 'rule', 'summary'])}
    yield 'JSON begins with what is checked, findings come next, what each rule found, the summary last', (
        kinds == sorted(kinds, key=order.get) and kinds[0] == 'check' and kinds[-1] == 'summary' and
        kinds.count('summary') == 1), kinds
    rules = {one['rule']: one for one in lines(told.stdout) if one['kind'] == 'rule'}
    found = [one for one in lines(told.stdout) if one['kind'] == 'finding']
    summary = lines(told.stdout)[-1]
    yield 'each finding carries message and severity, and the counts agree', (
        all(one['message'] and one['severity'] in ('error', 'query') for one in found) and
        sum(rule['findings'] for rule in rules.values()) == len(found) == summary['findings'] and
        summary['failed'] == len({one['rule'] for one in found}) and
        summary['passed'] + summary['failed'] + summary['not run'] == len(rules)), summary
    yield 'a rule that was not run says why', (
        all((rule['outcome'] == 'not run') == ('why' in rule) for rule in rules.values())), rules
    to = place / 'found.csv'
    got = duly(*words, '--csv', to)
    yield 'CSV goes into a file where one is named, and nothing else is left beside it', (
        got.returncode == 1 and got.stdout == '' and to.read_text(encoding='utf-8') == plain.stdout and
        not list(place.glob('*.part'))), got
    book, again = place / 'found.xlsx', place / 'again.xlsx'
    got = duly(*words, '--xlsx', book)
    duly(*words, '--xlsx', again)
    sheets = workbook(book)
    yield 'the workbook holds the same findings, what each rule found, and what was not run', (
        got.returncode == 1 and got.stdout == '' and
        sorted((row[0], row[2], row[3], row[4], row[5]) for row in sheets['Findings'][1:] if row[3]) == of_rows and
        len(sheets['Findings']) == len(found) + 1 and
        {(row[0], row[2], row[3]) for row in sheets['Summary'][1:]} == {
            (rule['rule'], rule['outcome'], str(rule['findings'])) for rule in rules.values()
            if rule['outcome'] != 'not run'} and
        {(row[0], row[1]) for row in sheets['Not run'][1:]} == {
            (rule['rule'], rule['why']) for rule in rules.values() if 'why' in rule}), sheets
    yield 'the same findings make the same workbook', book.read_bytes() == again.read_bytes(), None
    got = duly(*words, '--csv')
    yield '--csv without a file is standard output', got.stdout == plain.stdout, got
    got = duly(*words, '--csv', '--json')
    yield 'two forms at once are refused', got.returncode == 2 and not got.stdout and '--json' in got.stderr, got
    got = duly(*words, '--csv', place / 'nowhere' / 'found.csv')
    yield 'a file that cannot be written is named, and nothing is done', (
        got.returncode == 2 and 'nowhere' in got.stderr), got
    with open('/dev/full', 'w', encoding='utf-8') as full:
        got = subprocess.run([DULY, 'check', *map(str, words)], stdout=full, stderr=subprocess.PIPE, check=False)
    yield 'an answer that cannot be written is not passed for one', got.returncode == 2, got


def refusals(place, folder, census):
    to = place / 'kept.csv'
    to.write_text('before\n', encoding='utf-8')
    broken = place / 'broken.xml'
    broken.write_text(census.read_text(encoding='utf-8')[:-30], encoding='utf-8')
    got = duly('cin', broken, '--csv', to)
    yield 'a census that breaks off leaves the file of findings as it was', (
        got.returncode == 2 and to.read_text(encoding='utf-8') == 'before\n'), got
    got = duly('cin', broken, '--json')
    yield 'JSON that has begun ends with why the rest cannot be used', (
        got.returncode == 2 and lines(got.stdout)[-1]['kind'] == 'refused' and
        'broken.xml' in lines(got.stdout)[-1]['message'] and findings(got.stdout) != []), got
    (folder / 'shoes.csv').write_text('A\n', encoding='utf-8')
    got = duly('ssda903', folder, '--collection', '2025-26', '--json')
    yield 'files that cannot be used are refused in JSON too', (
        got.returncode == 2 and [one['kind'] for one in lines(got.stdout)] == ['refused'] and
        'shoes.csv' in lines(got.stdout)[0]['message']), got
    (folder / 'shoes.csv').unlink()


def letters(place, census):
    text = census.read_text(encoding='utf-8').replace('A1', 'A\u00e91', 1)
    wants = None
    for encoding in ('utf-8', 'cp1252', 'utf-16'):
        path = place / f'{encoding}.xml'
        path.write_bytes(text.encode(encoding))
        got = duly('cin', path, '--json')
        wants = got.stdout if wants is None else wants
        yield f'findings leave once, in whatever letters the file is ({encoding})', got.stdout == wants, got


def later(place):
    """In the middle, where findings have left already, stands a letter of another encoding."""
    many = ''.join(CHILD.format(f'A{i}', '2026-04-01') for i in range(3000))
    path = place / 'later.xml'
    path.write_bytes(CENSUS.format(many + CHILD.format('\u00e9', '2026-04-01')).encode('cp1252'))
    told, plain = duly('cin', path, '--json'), duly('cin', path)
    yield 'what has left before the letters were known does not leave twice', (
        [row for row in findings(told.stdout) if row[1]] == csv_rows(plain.stdout) and
        len(csv_rows(plain.stdout)) > 3000), told.stderr


def confined():
    """While it waits for the rest of a census, what reads is looked at."""
    with subprocess.Popen([DULY, 'check', 'cin', '-'], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as run:
        run.stdin.write(CENSUS[:60].encode())
        run.stdin.flush()
        status = ''
        for _ in range(500):
            children = pathlib.Path(f'/proc/{run.pid}/task/{run.pid}/children').read_text(encoding='ascii').split()
            if children:
                status = pathlib.Path(f'/proc/{children[0]}/status').read_text(encoding='utf-8')
                if 'Seccomp:\t2' in status:
                    break
            time.sleep(0.01)
        run.stdin.write(CENSUS[60:].format('').encode())
        run.stdin.close()
        code = run.wait()
    yield 'what reads the file can ask the system for next to nothing', (
        code in (0, 1) and 'Seccomp:\t2' in status and 'NoNewPrivs:\t1' in status), status
    return


def is_sanitized():
    with open(DULY, 'rb') as program:
        return b'__asan_init' in program.read() or b'__tsan_init' in open(DULY, 'rb').read()


def steps(place):
    folder = place / 'this'
    folder.mkdir()
    (folder / 'header.csv').write_text(HEADER + ROWS, encoding='utf-8')
    census = place / 'census.xml'
    census.write_text(CENSUS.format(CHILD.format('A1', '31/12/2025') + CHILD.format('B2', '2026-04-01')), encoding='utf-8')
    for words in (('ssda903', folder, '--collection', '2025-26'), ('cin', census)):
        for claim, holds, got in forms(place, words):
            yield f'{words[0]}: {claim}', holds, got
    yield from refusals(place, folder, census)
    yield from letters(place, census)
    yield from later(place)
    if not is_sanitized():
        yield from confined()


if __name__ == '__main__':
    sys.exit(run('check-out', steps))
