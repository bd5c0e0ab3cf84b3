#!/usr/bin/env python3
"""A1: kill -9 at random moments of saves and imports (tests/crash/kill.py): what was acknowledged is
there after the next start, whole and once."""
import os
import re
import subprocess
import sys

from desk import DULY, ROOT, bar

KILLS = int(os.environ.get('DULY_KILLS', 500))
run = subprocess.run([sys.executable, ROOT / 'tests/crash/kill.py'], capture_output=True, text=True,
                     env={**os.environ, 'DULY': DULY, 'DULY_KILLS': str(KILLS)})
saves = re.search(r'(\d+) saves were acknowledged between (\d+) kills', run.stdout)
lost = re.search(r'none acknowledged is lost \((\d+)\)', run.stdout)
half = re.search(r'none is there in part \((\d+)\)', run.stdout)
print(run.stdout[-2000:] if run.returncode else '', end='')
bar('A1', f'{KILLS}_kills,{saves.group(1) if saves else "?"}_acknowledged,{lost.group(1) if lost else "?"}_lost,'
    f'{half.group(1) if half else "?"}_half', '500_kills,0_lost,0_half', run.returncode == 0 and saves is not None)
