#!/usr/bin/env python3
"""Checks the ledger's proofs a second time, in another language, from the text of RFC 9162.

    ledger_oracle.py [DULY] [--cases N] [--seed S]

DULY is the program; without it, what the environment's DULY says; DULY_CASES and DULY_SEED likewise.

The tree, its proofs and their checks are the definitions of RFC 9162 section 2.1, written as they
stand there (recursive; the C code is not); signatures are checked by RFC 8032's own arithmetic.
N proofs are made by the C code and checked here and there, of entries and of growth, of random
sizes; each is then damaged in one way, and both programs must refuse it. At last a store's own proofs, as
`duly prove` prints them, are read and checked from their text. Standard library only.
"""
import argparse
import base64
import hashlib
import os
import random
import re
import subprocess
import sys
import tempfile

LEAVES = 1 << 16


def sha(data):
    return hashlib.sha256(data).digest()


# ---- RFC 9162, 2.1.1 to 2.1.4

def leaf_hash(data):
    return sha(b'\0' + data)


def node_hash(left, right):
    return sha(b'\1' + left + right)


def split_at(n):
    """The largest power of two smaller than n."""
    return 1 << (n - 1).bit_length() - 1


class Tree:
    def __init__(self, leaf):
        self.leaf, self.known = leaf, {}

    def head(self, start, end):
        """MTH(D[start:end])."""
        n = end - start
        if n == 0:
            return sha(b'')
        if n == 1:
            return self.leaf(start)
        key = (start, end)
        if key not in self.known:
            k = split_at(n)
            made = node_hash(self.head(start, start + k), self.head(start + k, end))
            if n & (n - 1):
                return made
            self.known[key] = made
        return self.known[key]


def entry_root(leaf, index, size, path):
    """The root that an inclusion proof leads to; None when it leads nowhere (2.1.3.2)."""
    if index >= size:
        return None
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return r if sn == 0 else None


def growth_roots(first, second, first_root, path):
    """Both roots that a consistency proof leads to; None when it leads nowhere (2.1.4.2)."""
    if first & (first - 1) == 0:
        path = [first_root] + path
    if not path:
        return None
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return (fr, sr) if sn == 0 else None


def entry_holds(leaf, index, size, path, root):
    return entry_root(leaf, index, size, path) == root


def growth_holds(first, second, first_root, second_root, path):
    if first > second:
        return False
    if first == second:
        return not path and first_root == second_root
    if first == 0:
        return not path and first_root == sha(b'')
    return growth_roots(first, second, first_root, path) == (first_root, second_root)


# ---- RFC 8032, 5.1.7: Ed25519 over the integers

P = 2 ** 255 - 19
L = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def point_add(a, b):
    t = D * a[0] * b[0] * a[1] * b[1] % P
    return ((a[0] * b[1] + b[0] * a[1]) * pow(1 + t, P - 2, P) % P,
            (a[1] * b[1] + a[0] * b[0]) * pow(1 - t, P - 2, P) % P)


def point_times(n, point):
    out = (0, 1)
    while n:
        if n & 1:
            out = point_add(out, point)
        point, n = point_add(point, point), n >> 1
    return out


def point_read(data):
    y = int.from_bytes(data, 'little')
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        return None
    return (P - x if x & 1 != sign else x, y)


BASE = point_read((4 * pow(5, P - 2, P) % P).to_bytes(32, 'little'))


def signature_holds(public, message, signature):
    a, r, s = point_read(public), point_read(signature[:32]), int.from_bytes(signature[32:], 'little')
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), 'little') % L
    return point_times(s, BASE) == point_add(r, point_times(h, a))


# ---- the notes and the proofs as text

def key_read(text):
    name, tag, data = text.strip().split('+', 2)
    data = base64.b64decode(data, validate=True)
    whole = sha(name.encode() + b'\n' + data)[:4]
    assert data[0] == 1 and len(data) == 33 and whole.hex() == tag, 'a key whose parts do not fit'
    return name, whole, data[1:]


def note_read(note, key):
    """Size and root of a checkpoint; None when that key did not sign it."""
    text, lines = note.split('\n\n', 1)
    origin, size, root = text.split('\n')[:3]
    for line in lines.strip('\n').split('\n'):
        dash, name, data = line.split(' ')
        data = base64.b64decode(data)
        if dash == '—' and name == key[0] == origin and data[:4] == key[1] and \
                signature_holds(key[2], (text + '\n').encode(), data[4:]):
            return int(size), base64.b64decode(root, validate=True)
    return None


def proof_holds(text, key):
    head, note = text.split('\n\n', 1)
    lines = head.split('\n')
    signed = note_read(note, key)
    if signed is None:
        return False
    size, root = signed
    path = [base64.b64decode(line, validate=True) for line in lines[2:]]
    kind, data = lines[1].split(' ')
    data = base64.b64decode(data, validate=True)
    entry = re.fullmatch(r'duly proof of entry (\d+)', lines[0])
    if entry:
        assert kind == 'entry'
        return entry_holds(leaf_hash(data), int(entry[1]) - 1, size, path, root)
    growth = re.fullmatch(r'duly proof that (\d+) begins (\d+)', lines[0])
    assert kind == 'root'
    return int(growth[2]) == size and growth_holds(int(growth[1]), size, data, root, path)


# ---- the C code's proofs

def flipped(data, dice):
    at = dice.randrange(len(data) * 8)
    out = bytearray(data)
    out[at // 8] ^= 1 << at % 8
    return bytes(out)


def damaged_path(path, dice):
    path = list(path)
    way = dice.randrange(5)
    if way == 0 or not path:
        path.insert(dice.randrange(len(path) + 1), dice.randbytes(32))
    elif way == 1:
        del path[dice.randrange(len(path))]
    elif way == 2 and len(path) > 1:
        i, j = dice.sample(range(len(path)), 2)
        path[i], path[j] = path[j], path[i]
    elif way == 3:
        path.append(path[-1])
    else:
        i = dice.randrange(len(path))
        path[i] = flipped(path[i], dice)
    return path


def sizes(dice):
    way = dice.randrange(4)
    if way == 0:
        n = 1 << dice.randrange(17)
        return max(1, min(LEAVES, n + dice.randrange(-1, 2)))
    return dice.randrange(1, (65, 1025, LEAVES + 1)[way - 1])


def words(line):
    return [bytes.fromhex(word) for word in line.split()]


class Helper:
    """tests/oracle/merkle_lines.c, which answers a line with a line."""

    def __init__(self, duly):
        self.program = os.path.join(os.path.dirname(os.path.abspath(duly)), 'tests', 'oracle',
                                    'merkle-lines')

    def answers(self, lines):
        run = subprocess.run([self.program], input='\n'.join(lines) + '\n', capture_output=True,
                             text=True, check=True)
        out = run.stdout.split('\n')[:-1]
        assert len(out) == len(lines), 'it did not answer each line'
        return out


def line_of(case, path, first=None, second=None):
    kind, a, b, one, two = case
    return ' '.join([f'is-{kind}', str(a), str(b), (first or one).hex(), (second or two).hex()] +
                    [hash.hex() for hash in path])


def holds(case, path, first=None, second=None):
    kind, a, b, one, two = case
    if kind == 'entry':
        return entry_holds(first or one, a, b, path, second or two)
    return growth_holds(a, b, first or one, second or two, path)


def damage(case, path, dice):
    """The same case with one thing wrong: the path, a hash it leads from or to, or where it is."""
    kind, a, b, one, two = case
    way = dice.randrange(10)
    if way == 0:
        return case, path, flipped(one, dice), None
    if way == 1 and not (kind == 'growth' and a == 0):  # anything begins with nothing
        return case, path, None, flipped(two, dice)
    if way == 2 and kind == 'entry' and b > 1:
        other = dice.randrange(b - 1)
        return (kind, other + (other >= a), b, one, two), path, None, None
    while True:
        wrong = damaged_path(path, dice)
        if wrong != path:
            return case, wrong, None, None


def compare_with_c(helper, cases, dice):
    tree = Tree(lambda n: leaf_hash(b'entry %d' % n))
    asked = []
    for _ in range(cases):
        to = sizes(dice)
        if dice.randrange(2):
            a = dice.randrange(to)
            asked.append(('entry', a, to, tree.leaf(a), tree.head(0, to)))
        else:
            a = dice.randrange(to + 1)
            asked.append(('growth', a, to, tree.head(0, a), tree.head(0, to)))
    paths = [words(line) for line in helper.answers([f'{c[0]} {c[1]} {c[2]}' for c in asked])]
    wrong = [damage(case, path, dice) for case, path in zip(asked, paths)]
    said = helper.answers([line_of(case, path) for case, path in zip(asked, paths)])
    said_wrong = helper.answers([line_of(c, p, x, y) for c, p, x, y in wrong])
    passed = failed = 0
    for i, case in enumerate(asked):
        good = said[i] == 'yes' and holds(case, paths[i])
        bad = said_wrong[i] == 'no' and not holds(*wrong[i])
        passed += good + bad
        failed += 2 - good - bad
        if not good or not bad:
            print('differs:', case[:3], said[i], said_wrong[i], file=sys.stderr)
    return passed, failed


# ---- a store's own

def run(duly, *arguments, given=''):
    return subprocess.run([duly, *arguments], input=given, capture_output=True, text=True, timeout=120)


def grown(duly, data, n):
    for i in range(n):
        made = run(duly, 'user', 'add', '--data', data, '--authority', '999', '--login', f'u{i}', '--name',
                   f'U {i}', '--role', 'chair', '--password-stdin', given='lantern otter gable\n')
        assert made.returncode == 0, made.stderr


def signed_now(duly, data):
    made = run(duly, 'checkpoint', '--data', data)
    assert made.returncode == 0, made.stderr
    return made.stdout


def compare_store(duly, dice):
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix='duly-oracle-') as folder:
        data = os.path.join(folder, 'data')
        grown(duly, data, 7)
        first = signed_now(duly, data)
        key = key_read(run(duly, 'checkpoint', '--data', data, '--keys').stdout)
        early = note_read(first, key)
        for n in range(5):
            run(duly, 'user', 'password', '--data', data, '--login', 'u1')
        run(duly, 'user', 'disable', '--data', data, '--login', 'u2')
        late = note_read(signed_now(duly, data), key)
        assert late[0] > early[0]
        texts = [run(duly, 'prove', '--data', data, '--entry', str(n)).stdout
                 for n in range(1, late[0] + 1)]
        texts += [run(duly, 'prove', '--data', data, '--from', str(n)).stdout
                  for n in range(early[0], late[0] + 1)]
        texts.append(run(duly, 'prove', '--data', data, '--entry', '3', '--to', str(early[0])).stdout)
        for text in texts:
            kept = os.path.join(folder, 'proof.txt')
            wrong = text
            while wrong == text:
                lines = text.split('\n')
                at = dice.choice([i for i, line in enumerate(lines) if len(line) > 30])
                letter = dice.randrange(len(lines[at]) - 4)
                lines[at] = lines[at][:letter] + dice.choice('ABab09') + lines[at][letter + 1:]
                wrong = '\n'.join(lines)
            for given, want in ((text, True), (wrong, False)):
                with open(kept, 'w', encoding='utf-8') as file:
                    file.write(given)
                theirs = run(duly, 'prove', '--check', kept, '--data', data).returncode == 0
                try:
                    ours = proof_holds(given, key)
                except (ValueError, AssertionError, TypeError):
                    ours = False
                if theirs == ours == want:
                    passed += 1
                else:
                    failed += 1
                    print('differs:', given, theirs, ours, want, file=sys.stderr)
    return passed, failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('duly', nargs='?', default=os.environ.get('DULY', 'build/duly'))
    parser.add_argument('--cases', type=int, default=int(os.environ.get('DULY_CASES', 100000)))
    parser.add_argument('--seed', type=int, default=int(os.environ.get('DULY_SEED', 3)))
    given = parser.parse_args()
    dice = random.Random(given.seed)
    passed, failed = compare_with_c(Helper(given.duly), given.cases, dice)
    more = compare_store(given.duly, dice)
    print(f'{passed + more[0]} passed, {failed + more[1]} failed')
    return 1 if failed + more[1] else 0


if __name__ == '__main__':
    sys.exit(main())
