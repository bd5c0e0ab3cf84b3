#!/usr/bin/env python3
"""The process in which files from outside are opened, and what it must not be able to do.

    worker.py [DULY]     (or DULY in the environment); prints TAP
"""
import os
import pathlib
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile

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
