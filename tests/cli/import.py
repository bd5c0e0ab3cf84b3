#!/usr/bin/env python3
"""duly import as a council runs it: files in, one last line out, rejects told, nothing half.

    import.py [DULY]     (or DULY in the environment); prints TAP
"""
import csv
import datetime
import os
import pathlib
import subprocess
import sys
import tempfile

DULY = sys.argv[1] if len(sys.argv) > 1 else os.environ.get('DULY', 'build/duly')
SHARED = pathlib.Path(__file__).resolve().parents[2].parent / 'shared' / 'data-standards'
TESTS = []
HEADER = 'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n'
EPISODES = ('CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,'
            'PL_POST,URN\n')
REVIEWS = 'CHILD,DOB,REVIEW,REVIEW_CODE\n'


def test(function):
    TESTS.append(function)
    return function


def duly(*words, given=''):
    return subprocess.run([DULY, *[str(w) for w in words]], input=given, capture_output=True,
                          encoding='utf-8', check=False)


def last(got):
    return got.stdout.splitlines()[-1]


def write(folder, **files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f'{name}.csv').write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def clocks(data):
    return duly('clocks', '--data', data, '--as-of', '2026-11-21').stdout


@test
def a_year_of_the_return_becomes_clocks_with_their_reasons(tmp):
    files = write(tmp / 'in', header=HEADER + '7,M,02/08/2015,WBRI,,,\n',
                  episodes=EPISODES + '7,01/05/2025,S,V2,N1,U4,PR4,,,,,,\n',
                  reviews=REVIEWS + '7,,28/05/2025,PN1\n')
    got = duly('import', '--ssda903', files, '--data', tmp / 'd', '--authority', '330')
    assert got.returncode == 0, got
    assert last(got) == '1 children, 4 events, 0 rejected', got
    assert 'Known to 31 March 2026.' in got.stdout, got
    assert got.stderr == '', got  # no progress bar where there is no terminal
    assert 'cla-review-first,2025-05-01,2025-06-02,,2025-06-02,,met' in clocks(tmp / 'd'), clocks(tmp / 'd')


@test
def rejects_sent_to_a_pipe_are_written_into_it_and_do_not_take_its_place(tmp):
    pipe = tmp / 'pipe'
    os.mkfifo(pipe)
    files = write(tmp / 'in', header=HEADER + '7,M,02/08/2015,WBRI,,,\n8,M,31/02/2015,WBRI,,,\n')
    reader = subprocess.Popen(['cat', pipe], stdout=subprocess.PIPE, encoding='utf-8')
    duly('import', '--ssda903', files, '--data', tmp / 'd', '--authority', '330', '--rejects', pipe)
    told = reader.communicate(timeout=20)[0]
    assert told.startswith('file,line,column,value,reason\n'), told
    assert pipe.is_fifo()


@test
def a_terminal_is_shown_how_far_it_is(tmp):
    files = write(tmp / 'in', header=HEADER + '7,M,02/08/2015,WBRI,,,\n')
    ours, theirs = os.openpty()
    got = subprocess.run([DULY, 'import', '--ssda903', files, '--data', tmp / 'd', '--authority', '330'],
                         stdout=subprocess.PIPE, stderr=theirs, encoding='utf-8', check=False)
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    assert got.returncode == 0 and last(got) == '1 children, 1 events, 0 rejected', got
    assert '1 of 1 children' in shown, shown


@test
def the_same_files_twice_change_nothing(tmp):
    files = write(tmp / 'in', episodes=EPISODES + '7,01/05/2025,S,V2,N1,U4,PR4,,,,,,\n')
    duly('import', '--ssda903', files, '--data', tmp / 'd', '--authority', '330')
    before = clocks(tmp / 'd')
    got = duly('import', '--ssda903', files, '--data', tmp / 'd')
    assert got.returncode == 0 and 'Nothing was changed.' in got.stdout, got
    assert last(got) == '1 children, 2 events, 0 rejected', got
    assert clocks(tmp / 'd') == before


@test
def rows_not_taken_are_told_and_kept_and_good_rows_go_in(tmp):
    files = write(tmp / 'in', episodes=EPISODES + '7,01/05/2025,S,V2,N1,U4,PR4,,,,,,\n'
                  '8,31/02/2025,S,V2,N1,U4,PR4,,,,,,\n')
    got = duly('import', '--ssda903', files, '--data', tmp / 'd', '--authority', '330',
               '--rejects', tmp / 'rejects.csv')
    assert got.returncode == 1, got
    assert last(got) == '1 children, 2 events, 1 rejected', got
    assert 'episodes.csv, line 3, column DECOM, "31/02/2025"' in got.stderr, got
    with open(tmp / 'rejects.csv', encoding='utf-8', newline='') as file:
        rows = list(csv.DictReader(file))
    assert [list(r.values())[:4] for r in rows] == [
        ['episodes.csv', '3', 'DECOM', '31/02/2025']], rows
    assert rows[0]['reason'], rows


@test
def latin_bytes_and_a_byte_order_mark_are_read(tmp):
    people = 'child,forename,restricted\n7,Zo\xeb,no\n'
    (tmp / 'latin.csv').write_bytes(people.encode('latin-1'))
    (tmp / 'mark.csv').write_bytes(people.encode('utf-8-sig'))
    first = duly('import', '--people', tmp / 'latin.csv', '--data', tmp / 'd', '--authority', '330')
    again = duly('import', '--people', tmp / 'mark.csv', '--data', tmp / 'd')
    assert first.returncode == again.returncode == 0, (first, again)
    assert 'Nothing was changed.' in again.stdout, again


@test
def a_torn_hostile_or_wrong_file_imports_nothing(tmp):
    (tmp / 'bomb.xml').write_text('<?xml version="1.0"?>\n<!DOCTYPE l [<!ENTITY a "ha">\n'
                                  '<!ENTITY b "&a;&a;">]>\n<Message>&b;</Message>')
    (tmp / 'entity.xml').write_text('<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'
                                    '<Message>&a;</Message>')
    (tmp / 'torn.xml').write_text('<Message>\n<Header>')
    (tmp / 'other.xml').write_text('<EXPSSDA903/>')
    for name in ('bomb', 'entity', 'torn', 'other'):
        got = duly('import', '--cin', tmp / f'{name}.xml', '--data', tmp / 'd', '--authority', '1')
        assert got.returncode == 2 and got.stdout == '', got
        assert f'{name}.xml, line ' in got.stderr, got
    for name, text in {'reviews': 'CHILD,DOB,REVIEWED,REVIEW_CODE\n', 'header': '',
                       'episodes': EPISODES + '7,01/05/20'}.items():
        files = write(tmp / name, **{name: text})
        got = duly('import', '--ssda903', files, '--data', tmp / 'd', '--authority', '1')
        assert got.returncode == 2 and f'{name}.csv, line ' in got.stderr, got
    assert not (tmp / 'd').exists()


@test
def a_line_without_end_is_refused_with_its_number(tmp):
    for name, start in {'census.xml': '<Message>\n<', 'people.csv': 'child,restricted\n7,'}.items():
        path = tmp / name
        with open(path, 'w', encoding='ascii') as file:
            file.write(start)
            file.write('A' * (3 << 20))
        option = '--cin' if name == 'census.xml' else '--people'
        got = duly('import', option, path, '--data', tmp / 'd', '--authority', '1')
        assert got.returncode == 2 and f'{name}, line 2' in got.stderr, got
        os.truncate(path, 2 << 30)  # the rest is nothing, and there is more than may be read
        got = duly('import', option, path, '--data', tmp / 'd', '--authority', '1')
        assert got.returncode == 2 and f'{name}, line 2' in got.stderr, got


@test
def what_is_not_there_or_not_said_is_told(tmp):
    got = duly('import', '--data', tmp / 'd')
    assert got.returncode == 2 and '--ssda903 DIR' in got.stderr, got
    got = duly('import', '--cin', tmp / 'no.xml', '--data', tmp / 'd')
    assert got.returncode == 2 and 'no.xml' in got.stderr, got
    got = duly('import', '--ssda903', tmp / 'no', '--data', tmp / 'd')
    assert got.returncode == 2 and got.stderr, got
    (tmp / 'people.csv').write_text('child,restricted\n7,no\n')
    got = duly('import', '--people', tmp / 'people.csv', '--data', tmp / 'd')
    assert got.returncode == 2 and '--authority' in got.stderr, got


@test
def only_a_custodian_signs_that_nobody_is_restricted_and_with_two_steps(tmp):
    files = write(tmp / 'in', header=HEADER + '7,M,02/08/2015,WBRI,,,\n')
    data = ['--data', tmp / 'd']
    duly('import', '--ssda903', files, *data, '--authority', '330')
    passwords = {}
    for login, role in {'cust': 'custodian', 'boss': 'manager'}.items():
        got = duly('user', 'add', *data, '--login', login, '--name', 'A B', '--role', role)
        passwords[login] = got.stdout.split()[1]
    signing = ['sign', 'none-restricted', *data, '--login']
    for login, password in {'cust': 'another password', 'boss': passwords['boss'],
                            'nobody': passwords['cust']}.items():
        got = duly(*signing, login, given=password + '\n')
        assert got.returncode == 2 and got.stdout == '', got
    # Of real children, with two steps: tests/web/signin.py goes on from here.
    got = duly(*signing, 'cust', given=passwords['cust'] + '\n')
    assert got.returncode == 2 and 'no second step' in got.stderr, got


@test
def real_records_need_a_second_step_of_everybody(tmp):
    files = write(tmp / 'in', header=HEADER + '7,M,02/08/2015,WBRI,,,\n')
    data = ['--data', tmp / 'd']
    assert duly('user', 'factor-optional', *data, '--authority', '330').returncode == 0
    got = duly('import', '--ssda903', files, *data, '--authority', '330')
    assert got.returncode == 2 and 'factor-required' in got.stderr, got
    assert duly('user', 'factor-required', *data).returncode == 0
    got = duly('import', '--ssda903', files, *data, '--authority', '330')
    assert last(got) == '1 children, 1 events, 0 rejected', got
    got = duly('user', 'factor-optional', *data)
    assert got.returncode == 2 and 'password alone' in got.stderr, got


@test
def a_census_of_another_council_is_refused_whole_and_the_way_out_is_said(tmp):
    census = ('<Message><Header><Collection>CIN</Collection><ReferenceDate>2026-03-31'
              '</ReferenceDate><LEA>%s</LEA></Header><Children><Child><ChildIdentifiers><LAchildID>7'
              '</LAchildID></ChildIdentifiers></Child></Children></Message>')
    (tmp / 'census.xml').write_text(census % '330')
    (tmp / 'slip.xml').write_text(census % '33O')
    again = ['import', '--cin', tmp / 'census.xml', '--data', tmp / 'd']
    got = duly(*again, '--authority', '331')
    assert got.returncode == 2 and got.stdout == '' and '--authority 330' in got.stderr, got
    got = duly('import', '--cin', tmp / 'slip.xml', '--data', tmp / 'd')
    assert got.returncode == 2 and 'LEA: "33O"' in got.stderr, got
    assert not (tmp / 'd').exists()
    files = write(tmp / 'in', header=HEADER + '8,M,02/08/2015,WBRI,,,\n')
    duly('import', '--ssda903', files, '--data', tmp / 'd', '--authority', '331')
    got = duly(*again)  # the store says whose it is
    assert got.returncode == 2 and got.stdout == '' and '--authority 330' in got.stderr, got
    assert last(duly(*again, '--authority', '330')) == '1 children, 0 events, 0 rejected'


@test
def rejects_that_have_nowhere_to_go_are_found_before_the_store_is_touched(tmp):
    files = write(tmp / 'in', header=HEADER + '7,M,02/08/2015,WBRI,,,\n')
    (tmp / 'folder').mkdir()
    for path in (tmp / 'no' / 'rejects.csv', tmp / 'folder'):
        got = duly('import', '--ssda903', files, '--data', tmp / 'd', '--authority', '330',
                   '--rejects', path)
        assert got.returncode == 2 and got.stdout == '' and str(path) in got.stderr, got
        assert not (tmp / 'd').exists()
    assert sorted(os.listdir(tmp)) == ['folder', 'in']


@test
def what_is_stored_is_done_though_nobody_can_be_told(tmp):
    files = write(tmp / 'in', header=HEADER + '7,M,02/08/2015,WBRI,,,\n')
    for number, to in enumerate(('>/dev/full', '>&-')):
        data = tmp / str(number)
        got = subprocess.run(
            ['sh', '-c', f'"$0" import --ssda903 "$1" --data "$2" --authority 330 {to}', DULY,
             files, data], stderr=subprocess.PIPE, encoding='utf-8', check=False)
        assert got.returncode == 1 and 'could not be written' in got.stderr, got
        again = duly('import', '--ssda903', files, '--data', data)
        assert again.returncode == 0 and 'Nothing was changed.' in again.stdout, again
        assert duly('verify', '--data', data).returncode == 0


@test
def the_generated_sets_go_in(tmp):
    if not SHARED.exists():
        print('# skipped: ../shared/data-standards is not here')
        return
    # Children, events and rejected rows of each set. Of the children a second count is made here: no
    # set may bring more than its files name, and none fewer than their headers do.
    wanted = {'valid_2026': (150, 1156, 0), 'safe_2026': (402, 2962, 146),
              'messy_2026': (251, 1859, 113)}
    for name, (children, events, rejected) in wanted.items():
        folder = SHARED / 'expected/ssda903' / name
        got = duly('import', '--ssda903', folder, '--data', tmp / name, '--authority', '330')
        assert got.returncode == (1 if rejected else 0), got
        assert last(got) == f'{children} children, {events} events, {rejected} rejected', got
        assert named(folder, 'header.csv') <= children <= named(folder, '*.csv'), name
    # A year that is not over: what lies ahead of today, whichever day that is, is refused, and nothing else is.
    rejects = tmp / 'ahead.csv'
    got = duly('import', '--ssda903', SHARED / 'expected/ssda903/dolo_2027', '--data', tmp / 'ahead', '--authority', '330',
               '--rejects', rejects)
    with open(rejects, encoding='utf-8', newline='') as file:
        rows = list(csv.DictReader(file))
    ahead = [row for row in rows if row['reason'] == 'in the future']
    assert all('-'.join(reversed(row['value'].split('/'))) > datetime.date.today().isoformat() for row in ahead), ahead
    assert last(got).startswith('202 children, ') and last(got).endswith(f' events, {len(rows)} rejected'), last(got)
    assert int(last(got).split()[2]) >= 1248 and 60 < len(rows) - len(ahead) < 120, (last(got), len(ahead))
    samples = {'expected/cin/cin_300.xml': ('330', 298, 1216, 84),
               'samples/cin_d2i/CIN_Census_2021.xml': ('201', 1, 10, 1),
               'samples/cin_d2i/CIN_Census_2026.xml': ('201', 2, 10, 4),
               'samples/cin_d2i/fake_CIN_data.xml': ('975', 332, 1079, 18)}
    for number, (path, (authority, children, events, rejected)) in enumerate(samples.items()):
        got = duly('import', '--cin', SHARED / path, '--data', tmp / f'c{number}', '--authority', authority)
        assert got.returncode == 1, got
        assert last(got) == f'{children} children, {events} events, {rejected} rejected', got


def named(folder, files):
    """How many different children the files of both years name."""
    found = set()
    for year in ('this', 'last'):
        for path in (folder / year).glob(files):
            with open(path, encoding='utf-8-sig', newline='') as file:
                found |= {row['CHILD'].strip() for row in csv.DictReader(file) if row['CHILD']}
    return len(found - {''})


@test
def the_demonstration_goes_in_without_a_reject(tmp):
    duly('demo', '--children', '60', '--seed', '3', '--out', tmp / 'demo', '--now', '2026-11-21')
    for option, path in {'--ssda903': 'ssda903', '--cin': 'cin/census.xml',
                         '--people': 'people.csv'}.items():
        got = duly('import', option, tmp / 'demo' / path, '--data', tmp / 'd', '--authority', '999')
        assert got.returncode == 0, (option, got)
        again = duly('import', option, tmp / 'demo' / path, '--data', tmp / 'd')
        assert 'Nothing was changed.' in again.stdout, (option, again)


def main():
    failed = 0
    print(f'1..{len(TESTS)}')
    for number, function in enumerate(TESTS, 1):
        name = function.__name__.replace('_', ' ')
        with tempfile.TemporaryDirectory(prefix='duly-import.') as folder:
            try:
                function(pathlib.Path(folder))
                print(f'ok {number} - {name}')
            except AssertionError as fault:
                failed += 1
                print(f'not ok {number} - {name}')
                for line in str(fault).splitlines()[:20]:
                    print(f'# {line[:2000]}')
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
