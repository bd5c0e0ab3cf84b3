#!/usr/bin/env python3
"""The findings of a return, by the library: check_return.py ssda903|cin YEAR FILE...

LIBDULY_RETURNS names the library where the system does not find it.
"""
import collections
import ctypes
import os
import sys
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_size_t, c_uint32, c_void_p, sizeof

OK, END = 0, 1


class Finding(Structure):
    """As duly/returns.h has it."""
    _fields_ = [('size', c_size_t), ('rule', c_char_p), ('message', c_char_p), ('table', c_char_p), ('field', c_char_p),
                ('child', c_char_p), ('row', c_uint32), ('query', c_int)]


duly = ctypes.CDLL(os.environ.get('LIBDULY_RETURNS', 'libduly-returns.so.1'))
duly.duly_check_open.restype = c_void_p
duly.duly_check_open.argtypes = [c_char_p, c_int]
duly.duly_check_add.argtypes = [c_void_p, c_int, c_char_p, c_char_p, c_size_t]
duly.duly_check_run.argtypes = [c_void_p]
duly.duly_check_error.restype = c_char_p
duly.duly_check_error.argtypes = [c_void_p]
duly.duly_check_finding.argtypes = [c_void_p, c_size_t, POINTER(Finding)]
duly.duly_check_close.argtypes = [c_void_p]


def findings(which, year, paths):
    """Each finding as a tuple of rule, table, row, field, child, message."""
    check = duly.duly_check_open(which.encode(), year)
    if not check:
        raise ValueError('there is no such return')
    try:
        for path in paths:
            with open(path, 'rb') as file:
                data = file.read()
            if duly.duly_check_add(check, 0, os.path.basename(path).encode(), data, len(data)) != OK:
                raise ValueError(duly.duly_check_error(check).decode())
        if duly.duly_check_run(check) != OK:
            raise ValueError(duly.duly_check_error(check).decode())
        one, i = Finding(size=sizeof(Finding)), 0
        while duly.duly_check_finding(check, i, byref(one)) == OK:
            yield (one.rule.decode(), one.table.decode(), one.row, one.field.decode(), one.child.decode(),
                   one.message.decode())
            i += 1
    finally:
        duly.duly_check_close(check)


def main():
    counts = collections.Counter()
    for rule, table, row, field, child, message in findings(sys.argv[1], int(sys.argv[2]), sys.argv[3:]):
        print(','.join((rule, table, str(row), field, child)))
        counts[rule, message] += 1
    for (rule, message), n in counts.most_common():
        print(f'{rule:10} {n:7}  {message}', file=sys.stderr)


if __name__ == '__main__':
    main()
