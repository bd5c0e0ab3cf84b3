"""The claims of a program of this folder, one after another, in a folder of their own: TAP."""
import pathlib
import tempfile


def run(name, steps):
    """`steps` yields (claim, whether it holds, what was got). True when one does not hold: an exit status."""
    failed, n = 0, 0
    with tempfile.TemporaryDirectory(prefix=f'duly-{name}-') as folder:
        for n, (claim, holds, got) in enumerate(steps(pathlib.Path(folder)), 1):
            print(f'{"" if holds else "not "}ok {n} - {claim}', flush=True)
            if not holds:
                failed += 1
                print('# ' + repr(got)[:1500])
    print(f'1..{n}')
    return failed > 0
