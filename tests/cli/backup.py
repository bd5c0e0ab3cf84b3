#!/usr/bin/env python3
"""duly backup, as a hand may slip: what it may replace, and who may read what it makes.

    backup.py [DULY]     (or DULY in the environment); prints TAP
"""
import os
import pathlib
import stat
import subprocess
import sys
import tempfile

DULY = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else
                       os.environ.get('DULY', 'build/duly'))
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def duly(*words, status=0):
    got = subprocess.run([DULY, *map(str, words)], capture_output=True, encoding='utf-8',
                         check=False)
    assert got.returncode == status, got
    return got


def store(folder):
    data = pathlib.Path(folder) / 'data'
    data.mkdir(mode=0o755)
    duly('demo', '--children', '5', '--seed', '1', '--now', '2026-11-21', '--data', data)
    return data


@test
def a_backup_replaces_a_backup_and_nothing_else():
    with tempfile.TemporaryDirectory() as folder:
        data = store(folder)
        before = {name: (data / name).read_bytes() for name in ('duly.db', 'key', 'duly.lock')}
        for name in before:
            got = duly('backup', data / name, '--data', data, status=2)
            assert 'is there already and is not a backup' in got.stderr, got
        duly('backup', folder, '--data', data, status=2)
        assert before == {name: (data / name).read_bytes() for name in before}
        duly('backup', data / 'copy', '--data', data)
        duly('backup', data / 'copy', '--data', data)
        duly('verify', '--data', data)


@test
def what_duly_makes_is_its_owners_alone():
    with tempfile.TemporaryDirectory() as folder:
        data = store(folder)
        duly('backup', data / 'copy', '--data', data)
        for path in data.iterdir():
            mode = stat.S_IMODE(path.stat().st_mode)
            assert mode == 0o600, (path, oct(mode))


@test
def a_database_file_alone_has_its_key_beside_it():
    with tempfile.TemporaryDirectory() as folder:
        data = store(folder)
        before = duly('verify', '--data', data).stderr
        assert duly('verify', '--database', f'sqlite:{data}/duly.db').stderr == before
        got = subprocess.run([DULY, 'verify', '--database', 'sqlite:duly.db'], cwd=data,
                             capture_output=True, encoding='utf-8', check=False)
        assert got.returncode == 0, got


@test
def an_authority_is_three_digits():
    with tempfile.TemporaryDirectory() as folder:
        data = store(folder)
        for code in ('ABC', '99', '9999', ''):
            got = duly('clocks', '--data', data, '--authority', code, status=2)
            assert '--authority wants three digits' in got.stderr, got
        duly('clocks', '--data', data, '--authority', '999')


def main():
    failed = 0
    for number, function in enumerate(TESTS, 1):
        name = function.__name__.replace('_', ' ')
        try:
            function()
            print(f'ok {number} - {name}')
        except Exception as wrong:  # whatever went wrong is a failure of this claim
            failed += 1
            print(f'not ok {number} - {name}')
            print('\n'.join('# ' + line for line in repr(wrong).split('\\n')))
    print(f'1..{len(TESTS)}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
