#!/usr/bin/env python3
"""The process in which files from outside are opened, and what it must not be able to do.

    worker.py [DULY]     (or DULY in the environment); prints TAP
"""
import datetime
import os
import pathlib
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'web'))
import workbook  # noqa: E402  pylint: disable=wrong-import-position

DULY = sys.argv[1] if len(sys.argv) > 1 else os.environ.get('DULY', 'build/duly')
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def duly(*words, given=b'', program=DULY, **more):
    return subprocess.run([program, *words], input=given, capture_output=True, timeout=120, check=False, **more)


def held(result):
    """All that is forbidden was tried, and none of it worked."""
    said = result.stdout.decode()
    if '# SKIP' in said:
        return
    assert result.returncode == 0, (said, result.stderr)
    lines = said.splitlines()
    assert lines[-1] == '1..14' and len(lines) == 15, said
    assert all(line.startswith('ok ') for line in lines[:-1]), said


@test
def nothing_that_is_forbidden_works():
    held(duly('worker', '--self-test'))


@test
def it_holds_with_older_versions_of_landlock_too():
    for version in ('1', '2', '3', '4'):
        held(duly('worker', '--self-test', '--landlock', version))


@test
def it_holds_for_an_ordinary_user_as_for_root():
    if os.geteuid() != 0:
        return
    nobody = pwd.getpwnam('nobody')
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        program = pathlib.Path(folder, 'duly')
        shutil.copy(DULY, program)
        program.chmod(program.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
        held(duly('worker', '--self-test', program=str(program), user=nobody.pw_uid,
                  group=nobody.pw_gid, extra_groups=[], cwd='/'))


@test
def it_takes_no_other_kind_of_work():
    for words in (['worker'], ['worker', 'shell'], ['worker', '']):
        result = duly(*words)
        assert result.returncode == 2 and result.stdout == b'', result


def sheet(data):
    return workbook.message(duly('worker', 'sheet', given=data).stdout)


def sheet_rows(data):
    code, sheets = sheet(data)
    assert code == 0, sheets
    return [cells for _, cells in sheets[0][1]]


DAY = datetime.date(2026, 11, 16)


@test
def a_workbook_is_read_with_its_dates():
    rows = [['Child', 'Born', 'Due', 'Note'], [100234, DAY, datetime.date(1900, 3, 1), 'a & b <c>'],
            [1.5, '16/11/2026', None, '=1+1']]
    want = [['Child', 'Born', 'Due', 'Note'], ['100234', '2026-11-16', '1900-03-01', 'a & b <c>'],
            ['1.5', '16/11/2026', '', '=1+1']]
    assert sheet_rows(workbook.book({'Tracker': rows})) == want
    assert sheet_rows(workbook.book({'Tracker': rows}, inline=True)) == want


@test
def a_workbook_of_a_mac_counts_from_1904():
    assert sheet_rows(workbook.book({'A': [[DAY]]}, from_1904=True)) == [['2026-11-16']]


@test
def sheets_come_in_order_and_hidden_ones_do_not():
    data = workbook.book({'One': [['a']], 'Two': [['b']], 'Three': [['c']]}, hidden=['Two'])
    code, sheets = sheet(data)
    assert code == 0 and [name for name, _ in sheets] == ['One', 'Three'], sheets


@test
def text_files_are_read_whatever_wrote_them():
    for separator in ',;\t':
        text = separator.join(['Child', 'Born', 'Name']) + '\r\n' + separator.join(['7', '16/11/2026', 'Siân'])
        for data in (text.encode(), b'\xef\xbb\xbf' + text.encode(), text.encode('latin-1'),
                     text.encode('utf-16')):
            assert sheet_rows(data) == [['Child', 'Born', 'Name'], ['7', '16/11/2026', 'Siân']], data
    assert sheet_rows(b'My tracker, 2026\na;b;c;d\n1;2;3;4\n')[1] == ['a', 'b', 'c', 'd']
    assert sheet_rows(b'sep=;\na;b,c\n')[0] == ['a', 'b,c']


@test
def what_is_no_spreadsheet_is_refused_in_words():
    for data, words in [(b'', 'empty'), (b'%PDF-1.7 x', 'no spreadsheet'), (b'<html>', 'no spreadsheet'),
                        (b'\xd0\xcf\x11\xe0' + b'\0' * 600, 'password'), (b'\x89PNG\r\n\0\0', 'no spreadsheet'),
                        (b'PK\x03\x04junk', 'damaged'), (b'a,"b', 'quotation mark')]:
        code, said = sheet(data)
        assert code == 1 and words in said, (data[:10], code, said)


@test
def files_made_to_do_harm_are_put_down_within_the_limits():
    count = 0
    for name, data in workbook.bombs():
        began = time.monotonic()
        result = duly('worker', 'sheet', given=data)
        took, count = time.monotonic() - began, count + 1
        assert took < 25, (name, took)
        if result.returncode == 0:
            code, said = workbook.message(result.stdout)
            assert code in (0, 1, 4, 7), (name, code, said)
            assert 'root:' not in repr(said), name
            assert code != 0 or len(result.stdout) < 24 << 20, name
        else:
            # Ended by the kernel: out of memory, or out of time.
            assert result.returncode in (-6, -9, -24), (name, result.returncode)
        print(f'  # {name}: {took:.2f} s, ' + (f'{code}: {said}'[:90] if result.returncode == 0 else
              f'ended by signal {-result.returncode}'))
    assert count >= 20
    assert not pathlib.Path('/tmp/duly-was-here').exists() and not pathlib.Path('/etc/duly-was-here').exists()


def main():
    failed = 0
    for number, function in enumerate(TESTS, 1):
        try:
            function()
        except Exception as problem:  # pylint: disable=broad-except
            failed += 1
            print(f'not ok {number} - {function.__name__.replace("_", " ")}')
            print('\n'.join('  # ' + line for line in repr(problem).split('\\n')))
        else:
            print(f'ok {number} - {function.__name__.replace("_", " ")}')
        sys.stdout.flush()
    print(f'1..{len(TESTS)}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
