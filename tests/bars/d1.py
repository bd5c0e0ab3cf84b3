#!/usr/bin/env python3
"""D1: over every route and role, a change that is done is exactly one entry of the ledger, in its own
transaction; one that is refused or undone is none; a page that names children is one look, another
none (tests/web/proof.py, which reads the routes from routes.def)."""
import re
import subprocess
import sys

from desk import DULY, ROOT, bar

run = subprocess.run([sys.executable, ROOT / 'tests/web/proof.py', DULY], capture_output=True, text=True)
good = len(re.findall(r'^ok ', run.stdout, re.M))
bad = len(re.findall(r'^not ok ', run.stdout, re.M))
owed = len(re.findall(r'^not ok .*# TODO', run.stdout, re.M))
print('\n'.join(line for line in run.stdout.split('\n') if line.startswith(('#', 'not ok')))[-3000:], end='')
bar('D1', f'{good}_of_{good + bad}_properties,{owed}_samples_owed', 'all_routes_and_roles',
    run.returncode == 0 and bad == 0 and good > 50)
