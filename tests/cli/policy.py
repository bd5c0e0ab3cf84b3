#!/usr/bin/env python3
"""duly policy: checked, imported, exported byte for byte; refused whole, with line and reason.

    policy.py [DULY]     (or DULY in the environment); prints TAP
"""
import csv
import io
import os
import subprocess
import sys

from stepwise import run

DULY = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.environ['DULY'])
WHY = '  effective from: 2026-04-01\n  author: "A Head"\n  reason: "As agreed"\n'
GOOD = '# Ours\n\n- policy: cla-review-first\n  within: 15 working days\n' + WHY + '\n# the end\n'


def duly(*words):
    return subprocess.run([DULY, *words], capture_output=True, encoding='utf-8', check=False)


def steps(folder):
    data, file, out = folder / 'data', folder / 'ours.yaml', folder / 'out.yaml'
    assert duly('demo', '--children', '60', '--data', str(data)).returncode == 0
    file.write_text(GOOD, encoding='utf-8')
    got = duly('policy', 'check', str(file))
    yield 'a policy is checked', got.returncode == 0 and '15 working days' in got.stdout, got
    got = duly('policy', 'check', str(file), '--data', str(data))
    yield 'and what it would move is told', got.returncode == 0 and 'Moves ' in got.stdout, got
    bad = folder / 'bad.yaml'
    bad.write_text(GOOD.replace('15 working', '25 working'), encoding='utf-8')
    got = duly('policy', 'check', str(bad))
    yield 'a check finds what the law forbids', (
        got.returncode == 1 and 'line 3' in got.stderr and 'regulation 33(1)' in got.stderr), got
    got = duly('policy', 'import', str(bad), '--data', str(data))
    yield 'which an import refuses whole', got.returncode == 2 and 'line 3' in got.stderr, got
    got = duly('policy', 'import', str(file), '--data', str(data), '--why', 'Panel')
    yield 'what is allowed is set', got.returncode == 0 and 'Version 1' in got.stdout, got
    got = duly('policy', 'import', str(file), '--data', str(data))
    yield 'and set again is no new version', got.returncode == 0 and 'version 1 stands' in got.stdout, got
    got = duly('policy', 'export', str(out), '--data', str(data))
    yield 'the export is the import, byte for byte', (
        got.returncode == 0 and out.read_bytes() == file.read_bytes()), got
    got = duly('policy', 'history', '--data', str(data))
    yield 'the history tells why', got.returncode == 0 and 'Panel' in got.stdout, got
    for words in (('--data', str(data)), ('--policy', str(file))):
        got = duly('due', 'cla-review-first', '--from', '2026-06-01', '--explain', *words)
        yield f'due counts by it ({words[0]})', (
            got.stdout.startswith('2026-06-22\n') and 'Monday 29 June 2026' in got.stdout), got
    counted = csv.DictReader(io.StringIO(duly('clocks', '--data', str(data)).stdout))
    yield 'and so does every clock of the store', any(
        row['rule'] == 'cla-review-first' and "by the council's policy" in row['reason'] for row in counted), None
    facts, here = folder / 'facts.csv', folder / 'here.yaml'
    facts.write_text('subject,thread,event,on,detail\nc,1,looked-after-began,2026-06-01,legal=C2\n', encoding='utf-8')
    here.write_text('- recorded: health\n' + WHY, encoding='utf-8')
    for words, state in (((), 'unknown'), (('--policy', str(here)), 'overdue')):
        got = duly('clocks', '--facts', str(facts), '--as-of', '2026-09-01', '--coverage', 'looked-after-began::', *words)
        yield f'what is not written down is {state}{" by the policy" if words else ""}', any(
            row['rule'] == 'initial-health-assessment' and row['state'] == state
            for row in csv.DictReader(io.StringIO(got.stdout))), got
    got = duly('clocks', '--data', str(data), '--policy', str(here))
    yield 'a store counts by its own policy', got.returncode == 2 and 'duly policy' in got.stderr, got
    got = duly('rules', '--data', str(data))
    yield 'rules show it', '15 working days from 2026-04-01' in got.stdout, got
    got = duly('verify', '--data', str(data))
    yield 'and the store is whole', got.returncode == 0, got
    for words in ((), ('nothing',), ('check',), ('import', 'nowhere.yaml', '--data', str(data))):
        got = duly('policy', *words)
        yield f'wrong use does nothing {words[:1]}', got.returncode == 2, got


if __name__ == '__main__':
    sys.exit(run('policy', steps))
