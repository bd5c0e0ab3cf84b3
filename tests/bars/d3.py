#!/usr/bin/env python3
"""D3: one bit of an entry, or an entry deleted, inserted, swapped, doubled or cut off, in a ledger of
10,000: each is found, and the place told (tests/bars/ledger_faults.c). DULY_FAULTS: how many; 100,000
for the whole bar."""
import os
import re
import subprocess
from pathlib import Path

from desk import DULY, bar

FAULTS = os.environ.get('DULY_FAULTS', '1000')
program = Path(DULY).resolve().parent / 'tests/bars/ledger-faults'
run = subprocess.run([program, '10000', FAULTS, os.environ.get('DULY_SEED', '3')], capture_output=True,
                     text=True)
line = re.search(r'^(\d+) faults .*: (\d+) found, (\d+) told', run.stdout, re.M)
made, found, told = map(int, line.groups()) if line else (0, 0, 0)
print(run.stdout[-2000:] if made != told else '', end='')
bar('D3', f'{made}_faults,{found}_found,{told}_placed', f'{FAULTS}_found_and_placed',
    made == int(FAULTS) and made == found == told)
