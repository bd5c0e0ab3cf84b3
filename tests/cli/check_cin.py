#!/usr/bin/env python3
"""`duly check cin` as a data officer runs it: what it prints, and what it says of files that are no census.

    check_cin.py [DULY]     (or DULY in the environment); prints TAP
"""
import csv
import io
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

DULY = sys.argv[1] if len(sys.argv) > 1 else os.environ.get('DULY', 'build/duly')
SHARED = pathlib.Path(__file__).resolve().parents[2].parent / 'shared'
FOLDER = pathlib.Path(tempfile.mkdtemp())
TESTS = []

HEADER = ('<Message>\n<Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>'
          '<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header>\n<Children>\n')
CHILD = ('<Child><ChildIdentifiers><LAchildID>{number}</LAchildID><PersonBirthDate>2020-01-01</PersonBirthDate>'
         '<UPNunknown>UN2</UPNunknown><Sex>F</Sex></ChildIdentifiers>\n'
         '<ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities>{disabilities}</Disabilities>'
         '</ChildCharacteristics>\n'
         '<CINdetails><CINreferralDate>{referral}</CINreferralDate><ReferralSource>6</ReferralSource>'
         '<PrimaryNeedCode>N1</PrimaryNeedCode><ReferralNFA>0</ReferralNFA></CINdetails></Child>\n')
TAIL = '</Children></Message>\n'
EIGHT = ''.join(f'<Disability>{code}</Disability>' for code in 'MOB HAND PC INC COMM LD HEAR VIS'.split())


def test(function):
    TESTS.append(function)
    return function


def child(number='A1', referral='2025-06-01', disabilities=EIGHT):
    return CHILD.format(number=number, referral=referral, disabilities=disabilities)


def census(*children, header=HEADER):
    return header + ''.join(children) + TAIL


def check(text, *words, name='census.xml'):
    path = FOLDER / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return subprocess.run([DULY, 'check', 'cin', path, *words], capture_output=True, encoding='utf-8', check=False)


def rows(text):
    return list(csv.reader(io.StringIO(text)))


HEAD = ['rule', 'table', 'row', 'field', 'child']
LATE = ['8600', 'CINdetails', '1', 'CINreferralDate', 'B2']


@test
def a_census_without_fault_is_done():
    got = check(census(child()))
    assert got.returncode == 0 and rows(got.stdout) == [HEAD], got
    assert got.stderr == '1 children, 0 findings, 0 with the whole return\n', got.stderr


@test
def a_finding_names_rule_table_row_field_and_child():
    got = check(census(child(), child('B2', '2026-04-01')))
    assert got.returncode == 1 and rows(got.stdout) == [HEAD, LATE], got
    assert '8600             1  The date of the referral' in got.stderr, got.stderr


@test
def findings_with_the_whole_return_lie_in_no_row_and_go_to_a_file_of_their_own():
    whole, found = FOLDER / 'whole.csv', FOLDER / 'found.csv'
    got = check(census(child(disabilities='<Disability>LD</Disability>')), '--whole', whole, '--csv', found)
    assert got.returncode == 1 and got.stdout == '', got
    assert rows(found.read_text()) == [HEAD]
    assert [row[0] for row in rows(whole.read_text())] == ['rule', '2887Q', '2888Q']
    assert '2887Q       return  ' in got.stderr, got.stderr


@test
def a_file_may_come_in_any_encoding_and_from_a_pipe():
    text = census(child(), child('B2\u00e9', '2026-04-01'))
    want = [HEAD, ['1580', 'ChildIdentifiers', '1', 'LAchildID', 'B2\u00e9'], [*LATE[:4], 'B2\u00e9']]
    for encoding in ('utf-8', 'utf-8-sig', 'cp1252', 'utf-16'):
        got = check(text.encode(encoding))
        assert rows(got.stdout) == want, (encoding, got)
    got = subprocess.run([DULY, 'check', 'cin', '-'], input=text, capture_output=True, encoding='utf-8', check=False)
    assert rows(got.stdout) == want, got


@test
def a_date_that_is_none_is_told_with_its_line():
    got = check(census(child(referral='31/12/2025'), child('B2', '2025-02-31')))
    assert got.stderr.startswith(
        'line 6: CINreferralDate "31/12/2025" is no date like 2026-03-31\n'
        'line 9: CINreferralDate "2025-02-31" is no date like 2026-03-31, and counts as missing\n'), got.stderr
    assert rows(got.stdout) == [HEAD, LATE], got


@test
def what_is_no_census_is_refused_with_file_and_line():
    whole = census(child())
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>' + whole
    deep = HEADER + '<a>' * 100
    cases = [(bomb, 'line 1, column 13: a document type'), (whole.replace(TAIL, ''), 'the file ends before its elements do'),
             ('a,b\n1,2\n', 'this is not XML'), ('', 'this is not XML'), ('<a/>', 'line 1: a census begins with <Message>'),
             (deep, 'elements are nested too deeply'), (b'\x00\x01<a>', 'XML'),
             (whole.replace('>CIN<', '>CLA<'), 'line 2, Collection: "CLA" is not the children in need census')]
    for text, why in cases:
        got = check(text)
        assert got.returncode == 2 and got.stdout == '', got
        assert 'census.xml' in got.stderr and why in got.stderr, (why, got.stderr)
    got = check(whole, '--collection', '2024-25')
    assert got.returncode == 2 and 'the census of 2026, not of 2025' in got.stderr, got
    got = subprocess.run([DULY, 'check', 'cin', FOLDER / 'none.xml'], capture_output=True, encoding='utf-8', check=False)
    assert got.returncode == 2 and 'none.xml' in got.stderr, got


@test
def an_option_of_the_other_return_is_not_passed_over():
    got = check(census(child()), '--previous', FOLDER)
    assert got.returncode == 2 and '--previous is for ssda903' in got.stderr and got.stdout == '', got
    for words, why in ((('ssda903', FOLDER, '--collection', '2025-26', '--whole', FOLDER / 'x'), '--whole is for cin'),
                       (('cla', FOLDER, '--collection', '2025-26'), 'say ssda903'), (('cin',), 'say cin')):
        got = subprocess.run([DULY, 'check', *words], capture_output=True, encoding='utf-8', check=False)
        assert got.returncode == 2 and why in got.stderr, got
    assert not (FOLDER / 'x').exists()


@test
def the_year_decides_which_rules_are_asked():
    text = census(child('A-1')).replace('2026', '2024').replace('2025-06-01', '2023-06-01')
    got = check(text, '--collection', '2023-24')
    assert '1580' not in got.stdout and '4180,' in got.stdout, got
    assert 'GenderCurrent' in got.stdout, got


@test
def every_published_rule_is_there():
    got = subprocess.run([DULY, 'check', 'rules', 'cin'], capture_output=True, encoding='utf-8', check=False)
    ours = {line.split()[0] for line in got.stdout.splitlines()}
    assert len(ours) == 109, len(ours)
    published = SHARED / 'data-standards' / 'rules_cin.tsv'
    if published.is_file():
        with open(published, encoding='utf-8') as file:
            assert ours == {row['code'] for row in csv.DictReader(file, delimiter='\t')}


@test
def the_expected_set_is_found_but_for_what_is_argued():
    script = pathlib.Path(__file__).resolve().parents[1] / 'returns' / 'compare_cin.py'
    got = subprocess.run([sys.executable, script, DULY], capture_output=True, encoding='utf-8', check=False)
    assert got.returncode == 0, got.stdout + got.stderr


def main():
    failed = 0
    for number, function in enumerate(TESTS, 1):
        try:
            function()
            print(f'ok {number} - {function.__name__}')
        except AssertionError as error:
            failed += 1
            print(f'not ok {number} - {function.__name__}')
            print('# ' + str(error).replace('\n', '\n# '))
    print(f'1..{len(TESTS)}')
    shutil.rmtree(FOLDER)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
