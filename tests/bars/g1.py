#!/usr/bin/env python3
"""G1: every address of the program, asked for by every role, of children who stand to it in every way
that there is: each answer is what the golden file says (tests/golden/routes.txt, tests/web/access.py)."""
import re
import subprocess
import sys

from desk import DULY, ROOT, bar, routes

run = subprocess.run([sys.executable, ROOT / 'tests/web/access.py', DULY], capture_output=True, text=True)
found = re.search(r'# (\d+) questions', run.stdout)
print(run.stdout[-2000:] if run.returncode else '', end='')
bar('G1', f'{found.group(1) if found else 0}_answers_as_the_golden_file_says,{len(routes())}_addresses', '100%',
    run.returncode == 0 and found is not None)
