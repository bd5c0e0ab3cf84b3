#!/usr/bin/env python3
"""The library as an analyst meets it: installed, outside the source tree. TAP.

    installed.py BUILD DULY
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BUILD, DULY = (os.path.abspath(word) for word in sys.argv[1:3])
ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADER = 'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n'
CENSUS = ('<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>'
          '<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children><Child><ChildIdentifiers>'
          '<LAchildID>A1</LAchildID></ChildIdentifiers><CINdetails><CINreferralDate>2026-04-01</CINreferralDate>'
          '</CINdetails></Child></Children></Message>')
number = failed = 0


def claim(words, holds, got=None):
    global number, failed
    number += 1
    print(f'{"" if holds else "not "}ok {number} - {words}', flush=True)
    if not holds:
        failed += 1
        print('# ' + repr(got)[:2000].replace('\n', '\n# '))


def run(*words, **more):
    return subprocess.run([str(word) for word in words], capture_output=True, encoding='utf-8', check=False, **more)


def main(place):
    to, work = place / 'to', place / 'work'
    work.mkdir()
    got = run('meson', 'install', '-C', BUILD, '--no-rebuild', '--destdir', to)
    header = next(iter(to.rglob('include/duly/returns.h')), None)
    library = next(iter(to.rglob('libduly-returns.so.1')), None)
    described = next(iter(to.rglob('duly-returns.pc')), None)
    claim('header, library and its description are installed', all((header, library, described)), got)
    if not all((header, library, described)):
        return
    declared = set(re.findall(r'^DULY_API [^;(]*?\b(duly_\w+)\(', header.read_text(encoding='utf-8'), re.M))
    symbols = run('nm', '-D', '--defined-only', library).stdout
    shown = {line.split()[-1].split('@')[0] for line in symbols.splitlines() if line.split()[-2] != 'A'}
    claim('the library shows what the header declares and nothing else', declared == shown and len(declared) > 10,
          declared ^ shown)
    claim('it says which library it is', 'libduly-returns.so.1' in run('readelf', '-d', library).stdout)
    claim('the header includes nothing of ours', set(re.findall(r'#include\s*(\S+)', header.read_text(encoding='utf-8')))
          == {'<stddef.h>', '<stdint.h>'})
    env = {**os.environ, 'PKG_CONFIG_PATH': str(described.parent), 'PKG_CONFIG_SYSROOT_DIR': str(to),
           'LD_LIBRARY_PATH': str(library.parent), 'LIBDULY_RETURNS': str(library)}
    flags = run('pkg-config', '--cflags', '--libs', 'duly-returns', env=env)
    for example in ('check_return.c', 'check_return.py'):
        shutil.copy(ROOT / 'docs' / 'examples' / example, work)
    built = run('cc', '-std=c17', '-Wall', '-Wextra', '-Werror', 'check_return.c', *flags.stdout.split(), '-o', 'check_return',
                cwd=work, env=env)
    claim('the example is built by what pkg-config says, without a warning', built.returncode == 0, (flags, built))
    (work / 'unit.cc').write_text('#include <duly/returns.h>\nint main() { return duly_returns_version() == 0; }\n', encoding='utf-8')
    if shutil.which('c++'):
        built = run('c++', 'unit.cc', *flags.stdout.split(), '-o', 'unit', cwd=work, env=env)
        claim('the header serves C++ too', built.returncode == 0, built)
    (work / 'header.csv').write_text(HEADER + '1,X,31/02/2012,WBRI,,0,\n2,M,,,,,\n', encoding='utf-8')
    (work / 'census.xml').write_text(CENSUS, encoding='utf-8')
    returns = [(('ssda903', '2026', 'header.csv'), ('ssda903', work, '--collection', '2025-26')),
               (('cin', '2026', 'census.xml'), ('cin', work / 'census.xml'))]
    for words, ours in returns:
        want = run(DULY, 'check', *ours).stdout.splitlines()[1:]
        of_c = run('./check_return', *words, cwd=work, env=env)
        claim(f'{words[0]}: the example in C finds what duly check finds', of_c.stdout.splitlines() == want != [], of_c)
        of_python = run(sys.executable, 'check_return.py', *words, cwd=work, env=env)
        claim(f'{words[0]}: so does the one in Python', of_python.stdout.splitlines() == want, of_python)
    (work / 'shoes.csv').write_text('A\n', encoding='utf-8')
    got = run('./check_return', 'ssda903', '2026', 'shoes.csv', cwd=work, env=env)
    claim('a file that cannot be used is an error that names it', got.returncode == 2 and 'shoes.csv' in got.stderr, got)
    (work / 'bomb.xml').write_text('<!DOCTYPE a [<!ENTITY b "c">]><Message/>', encoding='utf-8')
    got = run('./check_return', 'cin', '2026', 'bomb.xml', cwd=work, env=env)
    claim('so is a document type', got.returncode == 2 and 'line 1' in got.stderr, got)
    threads(work, env)
    misuse(work, env, flags.stdout.split())


def threads(work, env):
    code = ('import threading, check_return as c; out = []\n'
            'one = lambda: out.append((list(c.findings("ssda903", 2026, ["header.csv"])), '
            'list(c.findings("cin", 2026, ["census.xml"]))))\n'
            'all = [threading.Thread(target=one) for _ in range(8)]\n'
            '[t.start() for t in all]; [t.join() for t in all]\n'
            'print(len(out), len({repr(o) for o in out}))')
    got = run(sys.executable, '-c', code, cwd=work, env=env)
    claim('different handles serve different threads at once', got.stdout.split() == ['8', '1'], got)


MISUSE = r'''
#include <duly/returns.h>
#include <string.h>
#define MUST(x) do { if (!(x)) return __LINE__; } while (0)
struct older { size_t size; const char *rule; };
int main(void)
{
	duly_finding f = { .size = sizeof f };
	duly_rule r = { .size = sizeof r };
	struct older old[2] = { { sizeof old[0], NULL }, { 7, "kept" } };
	MUST(duly_returns_version() == DULY_RETURNS_VERSION);
	MUST(duly_check_open("weather", 2026) == NULL && duly_check_open(NULL, 2026) == NULL);
	MUST(duly_check_open("ssda903", 1999) == NULL && duly_check_open("ssda903", 0) == NULL);
	duly_check *c = duly_check_open("ssda903", 2026);
	MUST(c != NULL && duly_check_finding(c, 0, &f) == DULY_MISUSED && duly_check_error(c)[0] != '\0');
	MUST(duly_check_add(c, DULY_THIS_YEAR, NULL, "", 0) == DULY_MISUSED);
	MUST(duly_check_run(c) == DULY_INPUT && duly_check_run(c) == DULY_MISUSED);
	duly_check_close(c);
	duly_check_close(NULL);
	c = duly_check_open("ssda903", 2026);
	const char *h = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,X,,,,,\n";
	MUST(duly_check_add(c, DULY_THIS_YEAR, "header.csv", h, strlen(h)) == DULY_OK);
	MUST(duly_check_authority(c, "E08000025") == DULY_OK && duly_check_run(c) == DULY_OK);
	MUST(duly_check_add(c, DULY_THIS_YEAR, "uasc.csv", h, strlen(h)) == DULY_MISUSED);
	MUST(duly_check_finding(c, 0, &f) == DULY_OK && strcmp(f.child, "1") == 0 && f.message[0] != '\0');
	MUST(duly_check_finding(c, 0, (duly_finding *)(void *)&old[0]) == DULY_OK);
	MUST(strcmp(old[0].rule, f.rule) == 0 && old[1].size == 7 && strcmp(old[1].rule, "kept") == 0);
	MUST(duly_check_finding(c, duly_check_findings(c), &f) == DULY_END);
	size_t n = 0, failed = 0;
	for (; duly_check_rule(c, n, &r) == DULY_OK; n++) {
		failed += r.outcome == DULY_FAILED;
		MUST((r.outcome == DULY_NOT_RUN) == (r.why[0] != '\0'));
	}
	MUST(n > 200 && failed > 0 && duly_check_children(c) == 1 && duly_check_year(c) == 2026);
	duly_check_close(c);
	return 0;
}
'''


def misuse(work, env, flags):
    (work / 'misuse.c').write_text(MISUSE, encoding='utf-8')
    built = run('cc', 'misuse.c', *flags, '-o', 'misuse', cwd=work, env=env)
    got = run('./misuse', cwd=work, env=env) if built.returncode == 0 else built
    claim('calls in another order, and structs of an older header, are answered and harm nothing', got.returncode == 0, got)


with tempfile.TemporaryDirectory(prefix='duly-library-') as folder:
    main(pathlib.Path(folder))
print(f'1..{number}')
sys.exit(failed > 0)
