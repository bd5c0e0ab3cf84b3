#!/usr/bin/env python3
"""A workbook that Duly wrote, opened by programs that know nothing of Duly.

    xlsx.py XLSX-SAMPLE     prints TAP

Every part must be well-formed XML that the package names; and openpyxl (Debian: python3-openpyxl) must
read the same cells.
"""
import datetime
import os
import subprocess
import sys
import tempfile
import warnings
import zipfile
from xml.etree import ElementTree

try:
    import openpyxl
except ImportError:
    openpyxl = None
    if sys.executable != '/usr/bin/python3' and os.path.exists('/usr/bin/python3') and 'AGAIN' not in os.environ:
        os.execve('/usr/bin/python3', ['/usr/bin/python3', *sys.argv], {**os.environ, 'AGAIN': '1'})

TESTS = []
MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'


def test(function):
    TESTS.append(function)
    return function


@test
def every_part_is_whole_and_named(path):
    with zipfile.ZipFile(path) as parts:
        assert parts.testzip() is None
        assert parts.namelist()[0] == '[Content_Types].xml'
        types = ElementTree.fromstring(parts.read('[Content_Types].xml'))
        endings = {t.get('Extension') for t in types if t.tag.endswith('Default')}
        assert endings == {'rels', 'xml'}, endings
        for name in {t.get('PartName') for t in types if t.tag.endswith('Override')}:
            assert name[1:] in parts.namelist(), name
        for info in parts.infolist():
            ElementTree.fromstring(parts.read(info))
            assert info.date_time == (1980, 1, 1, 0, 0, 0), info
            assert info.compress_type == zipfile.ZIP_DEFLATED
        links = ElementTree.fromstring(parts.read('xl/_rels/workbook.xml.rels'))
        for link in links:
            assert 'xl/' + link.get('Target') in parts.namelist()
        book = ElementTree.fromstring(parts.read('xl/workbook.xml'))
        known = {link.get('Id') for link in links}
        sheets = list(book.iter(MAIN + 'sheet'))
        assert len(sheets) == 3
        for sheet in sheets:
            ids = [v for k, v in sheet.attrib.items() if k.endswith('relationships}id')]
            assert ids and ids[0] in known


@test
def no_cell_is_a_formula(path):
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            if name.startswith('xl/worksheets/'):
                sheet = ElementTree.fromstring(parts.read(name))
                assert not list(sheet.iter(MAIN + 'f'))
                # In the order that the schema asks for: Excel repairs what is not.
                order = [child.tag.removeprefix(MAIN) for child in sheet]
                wanted = [t for t in ('sheetViews', 'cols', 'sheetData', 'autoFilter') if t in order]
                assert order == wanted, order


@test
def another_reader_reads_the_same_cells(path):
    if openpyxl is None:
        return 'SKIP python3-openpyxl is not here'
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        book = openpyxl.load_workbook(path)
    assert book.sheetnames == ['List 1', 'Long & wide', 'Empty'], book.sheetnames
    sheet = book['List 1']
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ('Child', 'Date of birth', 'Plans'), rows[0]
    assert rows[1] == ('C0000001', datetime.datetime(2026, 3, 31), -1), rows[1]
    assert sheet['B2'].is_date and sheet['B2'].number_format == 'dd/mm/yyyy'
    assert [r[0] for r in rows[2:5]] == ['=1+1', '-5', '@SUM(A1)'], rows
    assert {sheet.cell(r, 1).data_type for r in range(2, 11)} <= {'s', 'inlineStr'}
    assert sheet['A3'].quotePrefix and not sheet['A2'].quotePrefix
    assert rows[5][0] == 'Zo\u00eb & <Bill> "O\'Hara"', rows[5]
    assert rows[6][0] == '  two  spaces  ', rows[6]
    assert rows[8][0] == '0012' and rows[9][0] == 'one\ntwo', rows
    assert sheet.freeze_panes == 'A2' and sheet.auto_filter.ref == 'A1:C10'
    wide = list(book['Long & wide'].iter_rows(values_only=True))
    assert wide[0] == tuple(range(30)), wide[0]
    assert wide[1][:3] == (datetime.datetime(1900, 3, 1), '01/01/1900', datetime.datetime(2299, 12, 31)), wide[1]
    assert wide[2][0] == '\u00eb' * (32767 // 2), len(wide[2][0])
    return None


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'book.xlsx')
        subprocess.run([sys.argv[1], path], check=True)
        print(f'1..{len(TESTS)}')
        for number, function in enumerate(TESTS, 1):
            name = function.__name__.replace('_', ' ')
            try:
                said = function(path)
                print(f'ok {number} - {name}' + (f' # {said}' if said else ''))
            except Exception as why:  # noqa: BLE001
                failed += 1
                print(f'not ok {number} - {name}\n# {type(why).__name__}: {why}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
