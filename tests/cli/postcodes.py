#!/usr/bin/env python3
"""Postcodes and Ofsted's list, as duly check is given them.

    postcodes.py [DULY]     (or DULY in the environment); prints TAP
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import zipfile

DULY = sys.argv[1] if len(sys.argv) > 1 else os.environ.get('DULY', 'build/duly')
TESTS = []
LIST = ('pcd,oseast1m,osnrth1m,laua\nB1  1BJ,406649,286530,E08000025\nST138AA,398000,356000,E07000198\n'
        'S1  1AA,435000,387000,E08000019\n')
EPISODES = ('CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n'
            '1,01/05/2025,S,C2,N1,K2,PR1,,,,B1 1BJ,S1 1AA,1234567\n'
            '2,01/05/2025,S,C2,N1,K2,PR4,,,,B1 1BJ,ST13 8AA,SC2\n'
            '3,01/05/2025,S,C2,N1,K2,PR4,,,,B1 1BJ,B1 9ZZ,\n')
PROVIDERS = ['URN', 'Local Authority', 'Placement Code', 'Placement Provider Code', 'Deregistration Date',
             'Setting Address Postcode']


def test(function):
    TESTS.append(function)
    return function


def duly(*words):
    return subprocess.run([DULY, *map(str, words)], capture_output=True, encoding='utf-8', check=False)


def cell(value):
    if isinstance(value, int):
        return f'<c><v>{value}</v></c>'
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'


def workbook(path, rows):
    """Of one sheet, the least that Excel takes."""
    office = 'http://schemas.openxmlformats.org'
    sheet = ''.join(f'<row>{"".join(map(cell, row))}</row>' for row in rows)
    parts = {
        '[Content_Types].xml': f'<Types xmlns="{office}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        '_rels/.rels': f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        'xl/workbook.xml': f'<workbook xmlns="{office}/spreadsheetml/2006/main" '
        f'xmlns:r="{office}/officeDocument/2006/relationships"><sheets><sheet name="Providers" sheetId="1" r:id="r1"/>'
        '</sheets></workbook>',
        'xl/_rels/workbook.xml.rels': f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship '
        f'Id="r1" Type="{office}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        '</Relationships>',
        'xl/worksheets/sheet1.xml': f'<worksheet xmlns="{office}/spreadsheetml/2006/main"><sheetData>{sheet}'
        '</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)


class Place:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.list = self.folder / 'list.csv'
        self.list.write_text(LIST, encoding='utf-8')
        (self.folder / 'return').mkdir()
        (self.folder / 'return' / 'episodes.csv').write_text(EPISODES, encoding='utf-8')

    def check(self, *words):
        return duly('check', 'ssda903', self.folder / 'return', '--collection', '2025-26', *words)

    def rules(self, *words):
        """The rules that find fault, and in which rows."""
        got = self.check(*words)
        assert got.returncode == 1, got
        found = {}
        for line in got.stdout.splitlines()[1:]:
            rule, _, row = line.split(',')[:3]
            found.setdefault(rule, []).append(int(row))
        return found, got.stderr


@test
def without_postcodes_their_rules_are_not_run_and_say_so(place):
    got = place.check()
    assert got.returncode == 0 and got.stdout.splitlines() == ['rule,table,row,field,child'], got
    said = got.stderr
    assert [line for line in said.splitlines() if line.split()[:3] == ['169', 'not', 'run'] and 'postcodes' in line], said
    assert [line for line in said.splitlines() if line.split()[:3] == ['1008', 'not', 'run'] and 'providers' in line], said


@test
def a_list_and_its_index_find_the_same(place):
    built = duly('postcodes', 'build', place.list)
    assert built.returncode == 0 and '3 postcodes' in built.stdout, built
    words = ('--local-authority', 'E08000039', '--postcodes')
    by_list, by_index = place.check(*words, place.list), place.check(*words, f'{place.list}.index')
    assert by_list.stdout == by_index.stdout and by_list.stderr == by_index.stderr
    found, _ = place.rules(*words, place.list)
    assert found['169'] == found['179'] == [2], found
    assert '1015' not in found, 'Sheffield by its code of 2025 is Sheffield by its code of before'


@test
def an_index_goes_where_it_is_told(place):
    to = place.folder / 'elsewhere'
    assert duly('postcodes', 'build', place.list, '--to', to).returncode == 0
    assert to.exists() and not pathlib.Path(f'{place.list}.index').exists()


@test
def what_reads_the_list_can_ask_the_system_for_next_to_nothing(place):
    program = pathlib.Path(DULY).read_bytes()
    if b'__asan_init' in program or b'__tsan_init' in program:
        return  # it is not shut in there
    many, to = place.folder / 'many.csv', place.folder / 'index.pipe'
    letters = 'ABDEFGHJLNPQRSTUWXYZ'
    many.write_text('pcd,oseast1m,osnrth1m,laua\n' + ''.join(
        f'B{n // 4000 + 1} {n % 10}{letters[n // 10 % 20]}{letters[n // 200 % 20]},4{n:05},286530,E08000025\n'
        for n in range(20000)), encoding='ascii')
    os.mkfifo(to)
    with subprocess.Popen([DULY, 'postcodes', 'build', many, '--to', to], stdout=subprocess.PIPE) as run:
        with open(to, 'rb') as pipe:
            status = ''
            for _ in range(500):  # it waits until somebody takes what it wrote
                children = pathlib.Path(f'/proc/{run.pid}/task/{run.pid}/children').read_text(encoding='ascii').split()
                status = pathlib.Path(f'/proc/{children[0]}/status').read_text(encoding='utf-8') if children else ''
                if 'Seccomp:\t2' in status:
                    break
                time.sleep(0.01)
            assert len(pipe.read()) > 65536
        assert (run.wait(), 'Seccomp:\t2' in status, 'NoNewPrivs:\t1' in status) == (0, True, True), status


@test
def a_damaged_index_is_refused_and_nothing_is_found_by_it(place):
    duly('postcodes', 'build', place.list)
    index = pathlib.Path(f'{place.list}.index')
    whole = index.read_bytes()
    for damaged in (whole[:-1], whole[:100], whole + b'0', whole[:20] + b'X' + whole[21:], whole[:-5] + b'XXXXX'):
        index.write_bytes(damaged)
        got = place.check('--postcodes', index)
        assert (got.returncode, got.stdout) == (2, '') and 'build it again' in got.stderr, got


@test
def what_is_no_list_of_postcodes_is_refused_with_its_name(place):
    for path, why in ((place.folder / 'return' / 'episodes.csv', 'pcd'), (place.folder / 'none.csv', 'none.csv')):
        for got in (place.check('--postcodes', path), duly('postcodes', 'build', path)):
            assert got.returncode == 2 and got.stdout == '' and path.name in got.stderr and why in got.stderr, got
    assert duly('postcodes', 'make', place.list).returncode == 2


@test
def providers_are_read_from_a_workbook_and_from_a_csv_and_numbers_are_texts(place):
    rows = [PROVIDERS, [1234567, 'Leeds', 'K2', 'PR4', '', 'S1 1AA'], ['SC2', 'Leeds', 'U4', 'PR4', '', 'B1 1BJ']]
    book, text = place.folder / 'list.xlsx', place.folder / 'providers.csv'
    workbook(book, rows)
    text.write_text('\n'.join(','.join(map(str, row)) for row in rows), encoding='utf-8')
    by_book, by_text = place.check('--providers', book), place.check('--providers', text)
    assert by_book.stdout == by_text.stdout and by_book.returncode == by_text.returncode == 1, (by_book, by_text)
    found, _ = place.rules('--providers', book)
    assert '1008' not in found and found['219'] == [1] and found['221'] == [1] and found['224'] == [0], found


@test
def what_is_no_list_of_providers_is_refused_with_its_name(place):
    got = place.check('--providers', place.list)
    assert got.returncode == 2 and got.stdout == '' and 'list.csv' in got.stderr and 'URN' in got.stderr, got


def main():
    failed = 0
    for n, function in enumerate(TESTS, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                function(Place(folder))
                said = ''
            except Exception as error:  # pylint: disable=broad-except
                said = f'# {type(error).__name__}: {error}'
                failed += 1
        print(f'{"not " if said else ""}ok {n} - {function.__name__.replace("_", " ")}')
        if said:
            print(said.replace('\n', '\n# '))
    print(f'1..{len(TESTS)}')
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
