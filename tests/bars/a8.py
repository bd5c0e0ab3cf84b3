#!/usr/bin/env python3
"""A8: no room for one more thing, at each thing that each answer takes (tests/web/test_torture.c)."""
import os
import re
import subprocess

from desk import ROOT, bar

run = subprocess.run([ROOT / 'build/tests/test-web-torture'], capture_output=True, text=True,
                     env={**os.environ, 'CMOCKA_MESSAGE_OUTPUT': 'TAP'})
found = re.search(r'# (\d+) addresses and people, (\d+) answers without room', run.stdout + run.stderr)
print((run.stdout + run.stderr)[-2000:] if run.returncode else '', end='')
bar('A8', f'{found.group(2) if found else 0}_failures_injected_on_{found.group(1) if found else 0}_pages,'
    f'{"0_faults" if run.returncode == 0 else "FAULT"}', '0_crashes', run.returncode == 0 and found is not None)
