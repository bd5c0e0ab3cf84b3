"""What the structure checks read: the project's files as text, C with and without its strings."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# One pass over C: comments, strings and character constants, in the order in which they begin.
_TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    """C with its comments blanked; lines keep their numbers."""
    return _TOKEN.sub(lambda m: _blank(m[0]) if m[0][0] == "/" else m[0], text)


def code_only(text):
    """C with comments blanked and what stands between quotes blanked too."""
    return _TOKEN.sub(
        lambda m: _blank(m[0]) if m[0][0] == "/" else m[0][0] + _blank(m[0][1:-1]) + m[0][-1], text)


def strings(text):
    """(line, text) of each run of C string literals, neighbours joined as the compiler does."""
    found = []
    end = None
    for m in _TOKEN.finditer(text):
        if m[0][0] == "/" or m[0][0] == "'":
            continue
        line = text.count("\n", 0, m.start()) + 1
        gap = None if end is None else without_comments(text[end:m.start()])
        if gap is not None and not gap.strip():
            found[-1] = (found[-1][0], found[-1][1] + m[0][1:-1])
        else:
            found.append((line, m[0][1:-1]))
        end = m.end()
    return found


def line_of(text, at):
    return text.count("\n", 0, at) + 1


class Tree:
    """Paths and texts. `planted` makes one out of a dict, for the checks' own tests."""

    def __init__(self, files):
        self._files = files

    @classmethod
    def of_project(cls):
        listed = subprocess.run(
            ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True, check=True).stdout.decode()
        files = {}
        for name in sorted(set(filter(None, listed.split("\0")))):
            path = ROOT / name
            if path.is_file() and not path.is_symlink():
                files[name] = path.read_bytes().decode("utf-8", "replace")
        return cls(files)

    @classmethod
    def planted(cls, files):
        return cls(files)

    def paths(self):
        return list(self._files)

    def text(self, path):
        return self._files[path]

    def c(self, *under):
        """(path, text) of the C files and .def tables under those folders; src/ when none is said."""
        for path, text in self._files.items():
            if path.endswith((".c", ".h", ".def")) and path.startswith(under or ("src/",)):
                yield path, text


def folder_of(path):
    """src/law/due.c -> law"""
    return path.split("/")[1]
