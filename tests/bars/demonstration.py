"""A demonstration's store, made for a test.

DULY_DEMO names the program that makes it, where the one under test is a slow build of the same. Where
DULY_DEMOS names a folder, the same demonstration is made there once and copied for each who asks.
"""
import fcntl
import hashlib
import os
import shutil
import subprocess


def demonstration(program, data, *options):
    """`duly demo` with those options, in the folder `data`, which is not there yet."""
    program, kept = os.environ.get('DULY_DEMO') or program, os.environ.get('DULY_DEMOS')
    if not kept:
        make(program, data, options)
        return
    os.makedirs(kept, exist_ok=True)
    one = os.path.join(kept, hashlib.sha256(repr(options).encode()).hexdigest()[:16])
    with open(one + '.lock', 'w', encoding='ascii') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.isdir(one):
            make(program, one + '.new', options)
            os.rename(one + '.new', one)
    shutil.copytree(one, data)


def make(program, data, options):
    done = subprocess.run([program, 'demo', *options, '--data', data], capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
