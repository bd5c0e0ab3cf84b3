#!/usr/bin/env python3
"""The command line itself, and the commands of the law, as a person or a program runs them.

    law.py [DULY]     (or DULY in the environment); prints TAP
"""
import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile

DULY = sys.argv[1] if len(sys.argv) > 1 else os.environ.get('DULY', 'build/duly')
SHARED = pathlib.Path(__file__).resolve().parents[2].parent / 'shared'
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def duly(*words, given=''):
    return subprocess.run([DULY, *words], input=given, capture_output=True, encoding='utf-8',
                          check=False)


def answers(words, out, status=0):
    got = duly(*words.split())
    assert (got.stdout, got.returncode) == (out, status), got


def refuses(words, *why):
    got = duly(*words.split())
    assert got.returncode == 2 and got.stdout == '', got
    for part in why:
        assert part in got.stderr, (part, got.stderr)


def batch(text, status, *words):
    got = duly('due', '--batch', '-', *words, given=text)
    assert got.returncode == status, got
    return got


@test
def version_and_help_are_there():
    got = duly('--version')
    assert got.returncode == 0 and got.stdout.startswith('duly 0.'), got
    listed = duly('help').stdout
    assert listed == duly('--help').stdout
    for name in ('due', 'rules', 'events', 'help'):
        assert f'duly {name} ' in listed
        told = duly('help', name)
        assert told.returncode == 0 and told.stdout.startswith(name + ' - '), told
        assert told.stdout == duly(name, '--help').stdout


@test
def help_lists_every_option_of_a_command():
    told = duly('help', 'due').stdout
    for option in ('--from WHEN', '--previous WHEN', '--explain', '--json', '--batch FILE'):
        assert option in told, option


@test
def wrong_use_is_told_with_what_to_type():
    refuses('', 'duly help COMMAND')
    refuses('deu', 'no command "deu"', 'do you mean "due"?', 'duly help')
    refuses('zzzzzzzz', 'no command "zzzzzzzz"')
    refuses('help nothing-such', 'no command')
    refuses('due', 'name a rule', 'duly help due')
    refuses('due cla-review-first', 'name a rule and the day')
    refuses('due cla-review-first x --from 2026-01-01', '"x" is one word too many')
    refuses('due cla-review-first --form 2026-01-01', 'no option --form', 'do you mean --from?')
    refuses('due cla-review-first -f 2026-01-01', 'options are written out')
    refuses('due cla-review-first --from', '--from wants a value')
    refuses('due cla-review-first --from --json', '--from wants a value')
    refuses('due cla-review-first --from 2026-01-01 --from 2026-01-02', '--from is given twice')
    refuses('due cla-review-first --from 2026-01-01 --json=yes', '--json takes no value')
    refuses('rules --csv --json', 'not both')
    refuses('events --csv --json', 'not both')
    refuses('due --batch - --from 2026-01-01', '--batch stands alone')


@test
def nothing_follows_the_version():
    refuses('--version extra', 'nothing may follow --version')


@test
def a_value_may_follow_or_be_joined():
    answers('due cla-review-first --from 2026-12-18', '2027-01-20\n')
    answers('due --from=2026-12-18 cla-review-first', '2027-01-20\n')
    answers('due --from 2026-12-18 -- cla-review-first', '2027-01-20\n')
    answers('due cla-review-second --from 2026-06-01 --previous 2026-06-12', '2026-09-12\n')
    answers('due police-protection-72h --from 2026-03-27T14:30', '2026-03-30T15:30\n')
    answers('due police-protection-72h --from 2026-10-22T01:30', '2026-10-25T01:30+01:00\n')


@test
def what_cannot_be_counted_ends_with_two_and_a_reason():
    refuses('due no-such --from 2026-01-01', 'there is no rule "no-such"')
    refuses('due cla-review-first --from 2011-12-31', '1 January 2012')
    refuses('due cla-review-first --from tomorrow', 'trigger')
    refuses('due cla-review-first --from 2026-01-01 --previous never', 'previous')
    refuses('due missing-rhi-72h --from 2026-03-27', 'give the time too')
    refuses('due missing-rhi-72h --from 2026-03-29T01:30', 'went forward')
    refuses('due missing-rhi-72h --from 2026-10-25T01:30', 'came twice')


@test
def an_explanation_begins_with_the_date_and_names_each_day_passed_over():
    told = duly('due', 'cla-review-first', '--from', '2026-12-18', '--explain').stdout.split('\n')
    assert told[0] == '2027-01-20'
    text = '\n'.join(told)
    for part in ('First review of a looked after child', 'Friday 25 December 2026: Christmas Day',
                 'Saturday 26 December 2026: Boxing Day',
                 'Monday 28 December 2026: Boxing Day (substitute day)',
                 'Friday 1 January 2027: New Year’s Day', 'Saturday 16 January 2027',
                 'Last working day on or before: Wednesday 20 January 2027',
                 'regulation 33(1)', 'SI 2010/959', 'read at its source'):
        assert part in text, part
    assert 'Provisional' not in text


@test
def what_was_not_read_at_source_is_never_shown_as_read():
    told = duly('due', 'icpc-15wd', '--from', '2026-11-23', '--explain').stdout
    assert 'not yet checked against its source' in told and 'read at its source' not in told
    told = duly('due', 'police-protection-72h', '--from', '2026-11-23T10:00', '--explain').stdout
    assert 'Children Act 1989' in told and 'section' not in told


@test
def an_explanation_says_the_data_count_and_what_is_provisional():
    told = duly('due', 'rcpc-first', '--from', '2026-11-30', '--explain').stdout
    assert 'Data count 91 days: Monday 1 March 2027' in told
    told = duly('due', 'cla-review-first', '--from', '2029-12-20', '--explain').stdout
    assert 'Provisional: bank holidays are published to 31 December 2028' in told


@test
def json_says_the_same():
    got = json.loads(duly('due', 'cla-review-first', '--from', '2026-12-18', '--json').stdout)
    assert got['due'] == '2027-01-20' and got['last_working_day'] == '2027-01-20'
    assert {'date': '2026-12-28', 'why': 'Boxing Day (substitute day)'} in got['skipped']
    assert len(got['skipped']) == 13 and got['source']['verified'] is True
    got = json.loads(duly('due', 'rcpc-first', '--from', '2026-11-30', '--json').stdout)
    assert got['due_data'] == '2027-03-01' and got['source']['citation'] == ''
    got = json.loads(duly('due', 'cla-review-second', '--from', '2026-06-01', '--previous',
                          '2026-06-12', '--json').stdout)
    assert (got['base'], got['from'], got['last_working_day']) == \
        ('previous', '2026-06-12', '2026-09-11')


@test
def a_batch_comes_back_in_order_with_two_columns_added():
    got = batch('rule_id,trigger,previous\ncla-review-first,2026-12-18,\n'
                'cla-review-second,2026-06-01,2026-06-12\n', 0)
    assert got.stdout == ('rule_id,trigger,previous,due,error\n'
                          'cla-review-first,2026-12-18,,2027-01-20,\n'
                          'cla-review-second,2026-06-01,2026-06-12,2026-09-12,\n')


@test
def a_batch_keeps_the_columns_that_it_was_given():
    got = batch('\ufeffprevious;"my, id";TRIGGER ; rule_id\r\n'.replace(';', ',') +
                ',"a ""b""",2026-12-18,cla-review-first\r\n', 0)
    rows = list(csv.reader(io.StringIO(got.stdout.lstrip('\ufeff'))))
    assert rows[0][1] == 'my, id' and rows[0][-2:] == ['due', 'error'], rows
    assert rows[1] == ['', 'a "b"', '2026-12-18', 'cla-review-first', '2027-01-20', ''], rows
    got = batch('rule_id,trigger\nrcpc-first,2026-01-31\n', 0)
    assert got.stdout.endswith('rcpc-first,2026-01-31,2026-04-30,\n')


@test
def a_row_in_error_says_why_and_the_others_are_answered():
    got = batch('rule_id,trigger,previous\nno-such,2026-01-01,\ncla-review-first,,\n'
                'cla-review-first,2026-02-30,\nmissing-rhi-72h,2026-01-01,\n'
                'cla-review-first,2011-01-01,\nrcpc-first,2026-01-01\n'
                'rcpc-first,2026-01-01,,,,\nrcpc-first,2026-01-31,\n', 1)
    rows = list(csv.DictReader(io.StringIO(got.stdout)))
    assert [bool(row['error']) for row in rows] == [True] * 7 + [False], rows
    assert not any(row['due'] for row in rows[:-1]) and rows[-1]['due'] == '2026-04-30'
    assert 'no rule' in rows[0]['error'] and 'missing' in rows[1]['error']
    assert 'trigger' in rows[2]['error'] and 'time' in rows[3]['error']
    assert '2012' in rows[4]['error'] and 'line 7' in rows[5]['error']
    assert '7 rows could not be answered' in got.stderr


@test
def a_batch_that_is_not_one_answers_nothing():
    assert batch('', 2).stdout == ''
    assert 'rule_id' in batch('rule,trigger,previous\n', 2).stderr
    assert 'twice' in batch('rule_id,trigger,trigger\n', 2).stderr
    assert batch('rule_id,trigger,previous\n', 0).stdout == 'rule_id,trigger,previous,due,error\n'
    refuses('due --batch /no/such/file', 'cannot be opened')
    refuses('due --batch .', 'cannot be read')
    got = batch('rule_id,trigger,previous\ncla-review-first,2026-12-18,\n"open,2026-01-01,\n', 1)
    assert '2027-01-20' in got.stdout and 'line 3' in got.stderr


@test
def a_batch_torn_in_its_first_row_writes_nothing():
    got = batch('rule_id,trigger,previous\n"cla-review-first,2026-01-05,\n', 2)
    assert got.stdout == '', got
    assert 'line 2' in got.stderr, got


@test
def a_batch_is_read_from_a_file_too():
    with tempfile.NamedTemporaryFile('w', suffix='.csv') as file:
        file.write('rule_id,trigger,previous\ncla-visit-first,2026-11-23,\n')
        file.flush()
        answers(f'due --batch {file.name}', 'rule_id,trigger,previous,due,error\n'
                'cla-visit-first,2026-11-23,,2026-11-30,\n')


@test
def rules_are_listed_whole():
    rows = list(csv.DictReader(io.StringIO(duly('rules', '--csv').stdout)))
    assert list(rows[0]) == ['rule', 'title', 'trigger', 'base', 'offset', 'unit', 'satisfied_by',
                             'level', 'citation', 'verified', 'local', 'way', 'of', 'moves', 'in_force',
                             'council']
    assert len(rows) >= 35 and len({row['rule'] for row in rows}) == len(rows)
    by_id = {row['rule']: row for row in rows}
    first = by_id['cla-review-first']
    assert (first['offset'], first['unit'], first['level'], first['verified']) == \
        ('20', 'working days', 'REG', 'yes')
    assert by_id['cp-decision-notice']['trigger'] == 'icpc-held or rcpc-held'
    assert by_id['rcpc-subsequent']['base'] == 'previous'
    assert by_id['manager-objection-window']['satisfied_by'] == ''
    assert all(row['verified'] in ('yes', 'no') and row['local'] in ('no', 'stricter', 'always')
               for row in rows)
    same = json.loads(duly('rules', '--json').stdout)
    assert [row['rule'] for row in same] == [row['rule'] for row in rows]
    assert same[0]['offset'] == 2 and same[0]['verified'] is False
    assert f'{len(rows)} rules' in duly('rules').stdout


@test
def every_rule_can_be_asked_for():
    for row in csv.DictReader(io.StringIO(duly('rules', '--csv').stdout)):
        got = duly('due', row['rule'], '--from', '2026-11-21T10:00', '--explain')
        if row['unit'] == 'given':
            assert got.returncode == 2 and 'gives as' in got.stderr, got
        else:
            assert got.returncode == 0 and row['title'] in got.stdout, got


@test
def events_are_those_of_the_practice():
    rows = list(csv.DictReader(io.StringIO(duly('events', '--csv').stdout)))
    assert list(rows[0]) == ['word', 'subject', 'thread', 'detail', 'note']
    listed = SHARED / 'domain' / 'events.tsv'
    if listed.exists():
        with open(listed, encoding='utf-8') as file:
            want = [{k: v or '' for k, v in row.items()}
                    for row in csv.DictReader(file, delimiter='\t')]
        # Rules brought words of their own, between those of the list, and detail behind theirs.
        ours = {row['word']: row for row in rows}
        assert [row['word'] for row in rows if row['word'] in [w['word'] for w in want]] == \
            [row['word'] for row in want]
        for row in want:
            mine = ours[row['word']]
            assert mine['detail'].startswith(row['detail'])
            assert (mine['subject'], mine['thread']) == (row['subject'], row['thread'])
    assert [row['word'] for row in json.loads(duly('events', '--json').stdout)] == \
        [row['word'] for row in rows]
    assert 'cla-review-held' in duly('events').stdout


@test
def an_answer_that_cannot_be_written_is_not_done():
    if not os.path.exists('/dev/full'):
        return
    with open('/dev/full', 'w', encoding='utf-8') as full:
        got = subprocess.run([DULY, 'rules', '--csv'], stdout=full, stderr=subprocess.PIPE,
                             check=False)
    assert got.returncode == 2 and got.stderr


@test
def a_byte_order_mark_and_latin_letters_are_read():
    for words, text in ((('due', '--batch'), 'rule_id,trigger,note\nicpc-15wd,2026-12-10,Zo\xeb\n'),
                        (('clocks', '--as-of', '2026-01-06', '--facts'),
                         'subject,thread,event,on,detail\nZo\xeb,,looked-after-began,2026-01-05,\n')):
        told = []
        for encoding in ('utf-8', 'utf-8-sig', 'cp1252', 'utf-16'):
            with tempfile.NamedTemporaryFile() as file:
                file.write(text.encode(encoding))
                file.flush()
                got = duly(*words, file.name)
                assert got.returncode == 0 and 'Zo\xeb' in got.stdout, (encoding, got)
                told.append(got.stdout)
        assert len(set(told)) == 1, told


@test
def what_is_wrong_in_a_file_is_told_with_its_name():
    with tempfile.NamedTemporaryFile('w', suffix='.csv') as file:
        file.write('a,b\n1,2\n')
        file.flush()
        refuses(f'due --batch {file.name}', file.name + ', line 1: columns missing')
        refuses(f'clocks --as-of 2026-01-01 --facts {file.name}',
                file.name + ', line 1: columns missing')


@test
def a_line_without_an_end_is_refused_before_it_fills_the_memory():
    for words in ('due --batch -', 'clocks --as-of 2026-01-01 --facts -'):
        with subprocess.Popen([DULY, *words.split()], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as running:
            sent = 0
            try:
                running.stdin.write(b'first\n')
                while sent < 2 ** 31:
                    sent += running.stdin.write(b'a' * 2 ** 20)
            except BrokenPipeError:
                pass
            try:
                running.stdin.close()
            except BrokenPipeError:
                pass
            assert running.wait() == 2
            assert b'standard input, line 2: longer than 1000000 bytes' in running.stderr.read()
        assert sent < 2 ** 24, sent


@test
def a_limit_in_hours_is_explained_with_its_hour():
    got = duly('due', 'police-protection-72h', '--from', '2026-03-27T14:30', '--explain')
    assert 'Due: Monday 30 March 2026, 3:30pm.' in got.stdout, got


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



@test
def clocks_of_a_plain_file_are_those_of_the_same_file_with_everything_quoted():
    facts = [('subject', 'thread', 'event', 'on', 'detail'),
             ('1', 'c1', 'looked-after-began', '2026-04-01', 'legal=C2'),
             ('1', 'c1', 'cla-review-held', '2026-04-22', ''),
             ('1', 'p1', 'placement-began', '2026-04-01', 'code=U4'),
             ('1', '', 'missing-ended', '2026-04-10T22:15', ''),
             ('2', 'p1', 'cp-plan-began', '2026-04-01', ''),
             ('2', 's', 's47-began', '', ''),
             ('3', 'odd thread', 'looked-after-began', '2026-04-05', '')]
    plain = '\n'.join(','.join(row) for row in facts) + '\n'
    quoted = '\n'.join(','.join(f'"{field}"' for field in row) for row in facts) + '\n'
    asked = ('clocks', '--facts', '-', '--as-of', '2026-05-01')
    one, other = duly(*asked, given=plain), duly(*asked, given=quoted)
    assert one.stdout == other.stdout and one.stdout.count('\n') > 40, (one.stdout[:300], other.stdout[:300])
    assert 'odd thread' in one.stdout and '22:15' in one.stdout, one.stdout


@test
def json_names_the_source_of_each_clock_and_all_its_dates():
    facts = ('subject,thread,event,on,detail\n'
             '1,c1,looked-after-began,2026-04-01,legal=C2\n'
             '1,p1,cp-plan-began,2026-04-01,\n')
    asked = ('clocks', '--facts', '-', '--as-of', '2026-05-01', '--json')
    lines = [json.loads(line) for line in duly(*asked, given=facts).stdout.splitlines()]
    rows = {row['rule']: row for row in lines}
    first, plan = rows['cla-review-first'], rows['rcpc-first']
    assert (first['level'], first['edition'], first['citation'], first['verified'], first['local']) == \
        ('REG', 'SI 2010/959', 'regulation 33(1)', True, False), first
    assert (first['due'], first['due_law'], first['due_data'], first['last_working_day']) == \
        ('2026-05-01', None, None, '2026-05-01'), first
    assert plan['due'] == '2026-07-01' and plan['due_data'] == '2026-07-01', plan
    assert plan['citation'] is None and plan['verified'] is False and plan['edition'], plan
    assert {row['state'] for row in lines} <= {'due', 'overdue', 'unknown', 'met'}, lines
    with tempfile.TemporaryDirectory() as folder:
        policy = pathlib.Path(folder) / 'policy.yaml'
        policy.write_text('- policy: cla-review-first\n  within: 15 working days\n  effective from: 2020-01-01\n'
                          '  author: "A"\n  reason: "B"\n', encoding='utf-8')
        got = duly(*asked, '--policy', str(policy), given=facts)
    first = {row['rule']: row for row in map(json.loads, got.stdout.splitlines())}['cla-review-first']
    assert (first['due'], first['due_law'], first['local'], first['state'], first['state_law']) == \
        ('2026-04-24', '2026-05-01', True, 'overdue', 'due'), first
    help_text = duly('help', 'clocks').stdout
    assert all(key in help_text for key in ('due_data', 'due_law', 'last_working_day', 'verified', 'edition', 'local')), help_text
    refused = duly(*asked, '--suppose', 'cla-review-held=2026-04-22', given=facts)
    assert refused.returncode == 2 and 'CSV' in refused.stderr, refused


@test
def what_is_supposed_stands_beside_what_is():
    facts = ('subject,thread,event,on,detail\n'
             '1,c1,looked-after-began,2026-04-01,legal=C2\n'
             '1,c1,cla-review-held,2026-04-22,\n')
    asked = ('clocks', '--facts', '-', '--as-of', '2026-05-01')
    got = duly(*asked, '--suppose', 'cla-review-held@2026-04-22=2026-06-03', given=facts)
    rows = {row['rule']: row for row in csv.DictReader(io.StringIO(got.stdout))}
    first, second = rows['cla-review-first'], rows['cla-review-second']
    assert got.returncode == 0 and first['state'] == 'met', got
    assert (first['supposed_state'], first['change']) == ('met-late', 'state'), first
    assert (second['due'], second['supposed_due']) == ('2026-07-22', '2026-09-03'), second
    assert (second['moved'], second['change']) == ('43', 'moved'), second
    # Several at once; what it had to say about the first is said again.
    more = duly(*asked, '--suppose', 'cla-review-held@2026-04-22=2026-06-03',
                '--suppose', 'placement-began=2026-05-04;code=U4', given=facts)
    new = [row for row in csv.DictReader(io.StringIO(more.stdout)) if row['change'] == 'new']
    assert {'placement-plan-5wd', 'cla-visit-first'} <= {row['rule'] for row in new}, new
    # What is so changes nothing; what is not there cannot be moved, and that is said.
    same = duly(*asked, '--suppose', 'cla-review-held=2026-04-22', given=facts)
    assert {row['change'] for row in csv.DictReader(io.StringIO(same.stdout))} == {'same'}, same
    gone = duly(*asked, '--suppose', 'icpc-held@2026-04-22=never', given=facts)
    assert gone.returncode == 1 and 'nothing changes' in gone.stderr, gone
    wrong = duly(*asked, '--suppose', 'review=2026-06-03', given=facts)
    assert wrong.returncode == 2 and 'EVENT=DAY' in wrong.stderr, wrong


@test
def every_row_is_byte_for_byte_what_it_was():
    """What a file of clocks says, reasons too: tests/golden. Sorted or not, it is the same."""
    golden = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'golden')
    facts = os.path.join(golden, 'clocks-facts.csv')
    with open(os.path.join(golden, 'clocks.csv'), encoding='utf-8', newline='') as file:
        want = file.read()
    got = duly('clocks', '--as-of', '2026-11-20', '--facts', facts)
    assert got.returncode == 0, got
    for line, (mine, golden_line) in enumerate(zip(got.stdout.split('\n'), want.split('\n')), 1):
        assert mine == golden_line, f'line {line}: {mine} and not {golden_line}'
    assert got.stdout == want
    with open(facts, encoding='utf-8') as file:
        head, *rows = file.read().splitlines()
    stands, behind = [row for row in rows if row.startswith('C0')], [r for r in rows if not r.startswith('C0')]
    turned = duly('clocks', '--as-of', '2026-11-20', '--facts', '-',
                  given='\n'.join([head, *behind, *stands]) + '\n')
    assert turned.stdout == want


if __name__ == '__main__':
    sys.exit(main())
