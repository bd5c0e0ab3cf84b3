#!/usr/bin/env python3
"""Files that are damaged, of another kind, too large or made to do harm: a clear finding, or a clear refusal that
names file, line and column, at once and without a trace.

    bad_input.py [DULY]     (or DULY in the environment); prints TAP
"""
import csv
import io
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import zipfile

from postcodes import EPISODES, PROVIDERS, workbook

DULY = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.environ['DULY'])
TESTS = []
HEADER = 'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n'
CENSUS = ('<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>'
          '<ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails></Header>\n<Children>{children}</Children>'
          '</Message>')
CHILD = ('<Child><ChildIdentifiers><LAchildID>{}</LAchildID><PersonBirthDate>2020-01-01</PersonBirthDate>'
         '<UPNunknown>UN2</UPNunknown><Sex>F</Sex></ChildIdentifiers></Child>')
SANITIZED = b'__asan_init' in pathlib.Path(DULY).read_bytes()


def test(function):
    TESTS.append(function)
    return function


def duly(*words):
    return subprocess.run([DULY, *map(str, words)], capture_output=True, encoding='utf-8', check=False)


def check(folder, *words):
    return duly('check', 'ssda903', folder, '--collection', '2025-26', *words)


def write(folder, **files):
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f'{name}.csv').write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def found(got, rule):
    return [row['child'] for row in csv.DictReader(io.StringIO(got.stdout)) if row['rule'] == rule]


def refused(got, *said):
    assert got.returncode == 2 and got.stdout == '', got
    for part in said:
        assert part in got.stderr, (part, got.stderr)


@test
def ten_gigabytes_are_refused_at_once_and_never_held(tmp):
    folder = write(tmp / 'this', header=HEADER)
    huge = tmp / 'huge.xml'
    for path in (folder / 'header.csv', huge):
        with open(path, 'ab') as file:
            file.truncate(10 << 30)
    small = write(tmp / 'small', header=HEADER)
    data = ('--data', tmp / 'store', '--authority', '1')
    for words, said in ((('check', 'ssda903', folder, '--collection', '2025-26'), 'header.csv is over the limit of 1024 MB'),
                        (('check', 'ssda903', small, '--collection', '2025-26', '--previous', folder), 'over the limit'),
                        (('check', 'ssda903', small, '--collection', '2025-26', '--postcodes', huge), 'huge.xml is over the limit of 4096 MB'),
                        (('check', 'ssda903', small, '--collection', '2025-26', '--providers', huge), 'huge.xml is over the limit'),
                        (('postcodes', 'build', huge), 'huge.xml is over the limit of 4096 MB'),
                        (('check', 'cin', huge), 'huge.xml, line 1, column 1: this is not XML'),
                        (('import', '--ssda903', folder, *data), 'header.csv, line 2: longer than 1000000 bytes'),
                        (('import', 'ssd', folder, *data), 'longer than 1000000 bytes'),
                        (('import', '--cin', huge, *data), 'huge.xml, line 1: longer than 1000000 bytes'),
                        (('import', '--people', huge, *data), 'huge.xml, line 1: longer than 1000000 bytes'),
                        (('import', 'annex-a', huge, *data), 'huge.xml, line 1: longer than 1000000 bytes')):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        refused(duly(*words), said)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
        assert SANITIZED or spent < 1, (words, spent)
    # The most that any of them held, in KiB: a process is born with what its parent holds.
    assert SANITIZED or used.ru_maxrss < 100 << 10, used.ru_maxrss
    assert not (tmp / 'store').exists()
    # Lines that end, and too many of them.
    lines = tmp / 'lines.csv'
    with open(lines, 'wb') as file:
        file.write(b'child,restricted\n' * 200000)
        file.truncate(300 << 20)
    refused(duly('import', '--people', lines, *data), 'lines.csv is over the limit of 256 MB')


SHAPES = (('2012-02-01', 'is no date like 31/03/2026: write 01/02/2012'), ('1/2/2012', 'write 01/02/2012'),
          ('1/2/12', 'is no date like 31/03/2026'), ('01/02/2012 00:00', 'write 01/02/2012'),
          ('2012-02-01T00:00:00', 'write 01/02/2012'), ('40940', 'write 01/02/2012'), ('20120201', 'write 01/02/2012'),
          ('1 February 2012', 'write 01/02/2012'), ('01.02.2012', 'write 01/02/2012'), ('31/02/2012', 'is a day that there is not'),
          ('02/13/2012', 'is a day that there is not'), ('01/02/1812', 'is a day that there is not'), ('soon', 'is no date like'))


@test
def a_date_of_another_shape_is_a_finding_and_a_remark_with_file_line_and_column(tmp):
    rows = ''.join(f'{i},F,{text},WBRI,,0,\n' for i, (text, _) in enumerate(SHAPES, 1))
    folder = write(tmp / 'this', header=HEADER + rows + '99,F,01/02/2012,WBRI,,0,\n')
    got = check(folder)
    assert got.returncode == 1 and found(got, '102') == [str(i) for i in range(1, len(SHAPES) + 1)], got
    said = got.stderr.splitlines()
    for i, (text, words) in enumerate(SHAPES):
        assert said[i].startswith(f'line {i + 2}: header.csv, DOB (column 3): "{text}" is ') and words in said[i], said[i]
    assert 'header.csv' not in said[len(SHAPES)], said
    told = [json.loads(line) for line in check(folder, '--json').stdout.splitlines()]
    remarks = [line for line in told if line['kind'] == 'remark']
    assert [line['line'] for line in remarks] == list(range(2, len(SHAPES) + 2)), remarks
    assert told[-1]['remarks'] == len(SHAPES), told[-1]


@test
def last_years_dates_are_told_as_last_years_and_a_whole_file_of_them_briefly(tmp):
    folder, last = write(tmp / 'this', header=HEADER), write(tmp / 'last', header=HEADER + '1,F,2012-02-01,WBRI,,0,\n' * 900,
                                                            reviews='CHILD,DOB,REVIEW,REVIEW_CODE\n' + '1,2012-02-01,,\n' * 900)
    got = check(folder, '--previous', last)
    assert got.returncode == 1 and 'line 2: last year\'s header.csv, DOB (column 3): "2012-02-01"' in got.stderr, got
    assert 'and 1780 more such lines' in got.stderr, got
    lines = [json.loads(line)['kind'] for line in check(folder, '--previous', last, '--json').stdout.splitlines()]
    assert lines.count('remark') == 1000, lines.count('remark')


@test
def quotes_and_line_ends_within_fields_are_read(tmp):
    text = HEADER + '"1","F","01/02/2012","WB\nRI",A330200942374,0,\r\n2,F,01/02/2013,WBRI,"A""1",0,\n3,X,"01/02/\n2013",WBRI,,0,\n'
    for ends in ('\n', '\r\n', '\r'):
        folder = write(tmp / 'this', header=text.replace('\r\n', '\n').replace('\n', ends))
        got = check(folder)
        assert found(got, '101') == ['3'] and found(got, '102') == ['3'] and found(got, '103') == ['1'], (ends, got)
        # The row begins on line 5: the first has a line end in it.
        assert 'line 5: header.csv, DOB (column 3): "01/02/' in got.stderr, (ends, got.stderr)
        assert all(line.isprintable() for line in got.stderr.splitlines()), got.stderr
    for bad, line, column in (('1,F,01/02/2012,WB"RI,,0,\n', 2, 4), ('1,F,"01/02/2012" ,WBRI,,0,\n', 2, 3), ('1,"F\n', 2, 2)):
        refused(check(write(tmp / 'this', header=HEADER + bad)), f'header.csv: line {line}, column {column}: ')


@test
def ten_thousand_lines_that_end_in_carriage_returns_alone_are_rows_like_others(tmp):
    rows = ''.join(f'{i},X,01/02/2012,WBRI,,0,\n' for i in range(1, 10001))
    want = check(write(tmp / 'this', header=HEADER + rows))
    for ends in ('\r', '\r\n', '\r\r', '\n\r'):
        got = check(write(tmp / 'this', header=(HEADER + rows).replace('\n', ends)))
        assert (got.returncode, got.stdout, got.stderr) == (1, want.stdout, want.stderr), ends
    assert len(found(want, '101')) == 10000


@test
def a_year_of_which_no_rules_are_known_is_refused(tmp):
    folder = write(tmp / 'this', header=HEADER)
    for year in ('2010-11', '2021-22', '0000-01', '9998-99', '2999-00'):
        refused(duly('check', 'ssda903', folder, '--collection', year), 'are not known: from 2023 on')


@test
def every_encoding_is_read_as_the_same_letters_and_what_is_no_text_refused(tmp):
    text = HEADER + 'Zo\u00eb1,X,01/02/2012,WBRI,A330200942374,0,\n'
    for encoding in ('utf-8', 'utf-8-sig', 'cp1252', 'utf-16', 'utf-16-be'):
        mark = b'\xfe\xff' if encoding == 'utf-16-be' else b''
        got = check(write(tmp / 'this', header=mark + text.encode(encoding)))
        assert found(got, '101') == ['Zo\u00eb1'], (encoding, got)
    for raw, said in ((b'\xef\xbb\xbf' + text.encode('cp1252'), 'line 2, byte 3'), (b'\xff\xfeC', 'half a character'),
                      (b'PK\x03\x04\0\0', 'not a text file'), (text.encode()[:30] + b'\0', 'not a text file')):
        refused(check(write(tmp / 'this', header=raw)), 'header.csv', said)


@test
def columns_too_many_missing_twice_and_rows_too_short_are_said(tmp):
    good = '1,F,01/02/2012,WBRI,A330200942374,0,'
    wide = write(tmp / 'this', header=HEADER.strip() + ',SHOE_SIZE,NOTES\n' + good + ',3,\n')
    assert check(wide).returncode == 0
    assert check(write(tmp / 'this', header=HEADER + good + ',more,and more\n')).returncode == 0
    short = check(write(tmp / 'this', header=HEADER + '1,F,01/02/2012\n'))
    assert found(short, '103') == ['1'], short
    refused(check(write(tmp / 'this', header='CHILD,SEX,ETHNIC\n')), 'header.csv: line 1: columns missing: DOB, UPN, MOTHER, MC_DOB')
    refused(check(write(tmp / 'this', header=HEADER.replace('SEX', 'DOB'))), 'header.csv', 'SEX', 'columns that come twice: DOB')
    refused(check(write(tmp / 'this', header=HEADER + ','.join('1' * 1001) + '\n')), 'header.csv: line 2, column 1001: ')
    refused(check(write(tmp / 'this', header=HEADER + '1,' + 'F' * 1000001 + '\n')), 'header.csv: line 2, column 2: ')
    refused(check(write(tmp / 'this', header=b'')), 'header.csv: the file is empty')


@test
def missing_files_leave_rules_not_run_and_an_empty_folder_is_no_return(tmp):
    got = check(write(tmp / 'this', header=HEADER))
    unrun = [line for line in got.stderr.splitlines() if ' not run  needs Episodes' in line]
    assert got.returncode == 0 and len(unrun) > 20, got
    empty = tmp / 'empty'
    empty.mkdir()
    refused(check(empty), 'empty holds no .csv file')
    refused(check(tmp / 'this', '--previous', empty), 'empty holds no .csv file')
    refused(check(tmp / 'none'), 'none')


def parts_of(path):
    workbook(path, [PROVIDERS, [1234567, 'Elsewhere', 'H5', 'PR4', '', 'B1 1AA']])
    with zipfile.ZipFile(path) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


@test
def a_list_of_providers_that_is_a_bomb_has_macros_or_a_password_is_refused(tmp):
    folder = write(tmp / 'this', episodes=EPISODES)
    good = parts_of(tmp / 'good.xlsx')
    assert check(folder, '--providers', tmp / 'good.xlsx').returncode == 1

    def book(name, **other):
        with zipfile.ZipFile(tmp / name, 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
            for part, text in {**good, **{key.replace('__', '/').replace('_xml', '.xml'): text for key, text in other.items()}}.items():
                parts.writestr(part, text)
        return tmp / name

    sheet = good['xl/worksheets/sheet1.xml']
    entities = sheet.replace(b'?>', b'?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>', 1)
    outside = sheet.replace(b'?>', b'?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 1)
    deep = sheet.replace(b'<sheetData>', b'<sheetData>' + b'<a>' * 1000)
    cases = [(book('bomb.xlsx', xl__worksheets__sheet1_xml=sheet + b' ' * (60 << 20)), 'the file holds more than Duly takes'),
             (book('entities.xlsx', xl__worksheets__sheet1_xml=entities), 'a document type'),
             (book('outside.xlsx', xl__worksheets__sheet1_xml=outside), 'a document type'),
             (book('deep.xlsx', xl__worksheets__sheet1_xml=deep), 'nested too deeply')]
    with zipfile.ZipFile(book('macros.xlsm'), 'a') as parts:
        parts.writestr('xl/vbaProject.bin', 'x')
    cases += [(tmp / 'macros.xlsm', 'the workbook has macros')]
    (tmp / 'password.xlsx').write_bytes(b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + b'\0' * 4096)
    cases += [(tmp / 'password.xlsx', 'has a password')]
    with zipfile.ZipFile(tmp / 'zips.xlsx', 'w') as parts:
        for i in range(5):
            parts.write(tmp / 'bomb.xlsx', f'{i}.zip')
    cases += [(tmp / 'zips.xlsx', 'is no workbook of Excel')]
    with zipfile.ZipFile(tmp / 'many.xlsx', 'w') as parts:
        for i in range(20000):
            parts.writestr(str(i), '')
    cases += [(tmp / 'many.xlsx', 'too many parts')]
    locked = bytearray((tmp / 'good.xlsx').read_bytes())
    for mark, flags in ((b'PK\x03\x04', 6), (b'PK\x01\x02', 8)):
        at = -1
        while (at := locked.find(mark, at + 1)) >= 0:
            locked[at + flags] |= 1
    (tmp / 'locked.xlsx').write_bytes(locked)
    cases += [(tmp / 'locked.xlsx', 'locked')]
    (tmp / 'torn.xlsx').write_bytes((tmp / 'good.xlsx').read_bytes()[:400])
    cases += [(tmp / 'torn.xlsx', 'damaged')]
    (tmp / 'other.csv').write_text('A,B\n1,2\n', encoding='utf-8')
    cases += [(tmp / 'other.csv', 'not Ofsted\'s list')]
    (tmp / 'quotes.csv').write_text('URN,Placement Code,Postcode\n1,"H5\n', encoding='utf-8')
    cases += [(tmp / 'quotes.csv', 'line 2, column 2')]
    for path, said in cases:
        refused(check(folder, '--providers', path), path.name, said)


@test
def a_census_of_entities_of_depth_or_of_another_year_is_refused_with_its_line(tmp):
    path = tmp / 'census.xml'
    good = CENSUS.format(year=2026, children=CHILD.format('A1'))

    def census(text, *words):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return duly('check', 'cin', path, *words)

    assert census(good).returncode in (0, 1)
    laughs = '<!DOCTYPE m [<!ENTITY a "ha">' + ''.join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip('abcdefghi', 'bcdefghij')) + ']>\n'
    refused(census(laughs + good.replace('A1', '&j;')), 'census.xml, line 1, column 13: a document type')
    refused(census('<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n' + good.replace('A1', '&a;')), 'line 1, column 13: a document type')
    refused(census('<!DOCTYPE m SYSTEM "http://127.0.0.1:1/x.dtd">\n' + good), 'census.xml, line 1, column ', 'a document type')
    refused(census(good.replace('A1', '&who;')), 'census.xml, line 2, column ')
    refused(census(good.replace('<Children>', '<Children>\n' + '<a>' * 100000)), 'census.xml, line 3, column ', 'nested too deeply')
    refused(census(good[:-30]), 'census.xml, line 2')
    refused(census(CENSUS.format(year=2022, children='')), 'census.xml, line 1, Header: this is the census of 2022')
    refused(census(good, '--collection', '2023-24'), 'the census of 2026, not of 2024')
    for encoding in ('utf-8', 'utf-8-sig', 'cp1252', 'utf-16'):
        got = census(good.replace('A1', 'Zo\u00eb').encode(encoding))
        assert found(got, '1580') == ['Zo\u00eb'], (encoding, got)


def main():
    failed = 0
    for number, function in enumerate(TESTS, 1):
        with tempfile.TemporaryDirectory(prefix='duly-bad-') as folder:
            try:
                function(pathlib.Path(folder))
                print(f'ok {number} - {function.__name__}', flush=True)
            except AssertionError as error:
                failed += 1
                print(f'not ok {number} - {function.__name__}')
                print('# ' + str(error)[:3000].replace('\n', '\n# '), flush=True)
    print(f'1..{len(TESTS)}')
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
