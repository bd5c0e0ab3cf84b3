"""workbook.py - workbooks of Excel made by hand, as good and as bad as a test wants them."""
import datetime
import io
import zipfile
from xml.sax.saxutils import escape

MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'
STYLES = f'''<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>
<numFmt numFmtId="165" formatCode="[$-809]d\\ mmmm\\ yyyy;@"/></numFmts>
<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs></styleSheet>'''


def letter(n):
    text = ''
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        text = chr(65 + rest) + text
    return text


def serial(day, from_1904=False):
    return (day - (datetime.date(1904, 1, 1) if from_1904 else datetime.date(1899, 12, 30))).days


def sheet_xml(rows, shared, from_1904=False):
    out = [f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData>']
    for number, row in enumerate(rows, 1):
        out.append(f'<row r="{number}">')
        for column, value in enumerate(row):
            at = f'{letter(column)}{number}'
            if value is None or value == '':
                continue
            if isinstance(value, datetime.date):
                out.append(f'<c r="{at}" s="2"><v>{serial(value, from_1904)}</v></c>')
            elif isinstance(value, (int, float)):
                out.append(f'<c r="{at}"><v>{value}</v></c>')
            elif shared is not None:
                shared.setdefault(value, len(shared))
                out.append(f'<c r="{at}" t="s"><v>{shared[value]}</v></c>')
            else:
                out.append(f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>')
        out.append('</row>')
    out.append('</sheetData></worksheet>')
    return ''.join(out)


def book(sheets, from_1904=False, hidden=(), replace=None, inline=False, more=None):
    """sheets: {name: rows}; replace and more: {path: bytes} in place of, or beside, what is made."""
    shared = None if inline else {}
    parts = {
        '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        '_rels/.rels': f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
                       f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    }
    relations, names = [], []
    for number, (name, rows) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if name in hidden else ''
        names.append(f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="rId{number}"/>')
        relations.append(f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" '
                         f'Target="worksheets/sheet{number}.xml"/>')
        parts[f'xl/worksheets/sheet{number}.xml'] = sheet_xml(rows, shared, from_1904)
    relations += [f'<Relationship Id="rId90" Type="{RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/>',
                  f'<Relationship Id="rId91" Type="{RELATIONS}/styles" Target="styles.xml"/>']
    parts['xl/workbook.xml'] = (f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
                                f'<workbookPr date1904="{int(from_1904)}"/><sheets>{"".join(names)}</sheets></workbook>')
    parts['xl/_rels/workbook.xml.rels'] = f'<Relationships xmlns="{PACKAGE}">{"".join(relations)}</Relationships>'
    parts['xl/styles.xml'] = STYLES
    strings = ''.join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in shared or {})
    parts['xl/sharedStrings.xml'] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    parts.update(replace or {})
    parts.update(more or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as packed:
        for path, body in parts.items():
            if body is not None:
                packed.writestr(path, body)
    return out.getvalue()


def message(said):
    """What `duly worker sheet` answers: (0, [(name, [(number, [cell])])]) or (code, words)."""
    assert said[:4] == b'DULY', said[:40]
    code, length = (int.from_bytes(said[at:at + 4], 'little') for at in (4, 8))
    body = said[12:]
    assert len(body) == length
    if code:
        return code, body.decode()
    at = 0

    def number():
        nonlocal at
        at += 4
        return int.from_bytes(body[at - 4:at], 'little')

    def text():
        nonlocal at
        n = number()
        at += n
        return body[at - n:at].decode()
    sheets = [(text(), [(number(), [text() for _ in range(number())]) for _ in range(number())])
              for _ in range(number())]
    assert at == len(body)
    return 0, sheets


def bombs():
    """Twenty files that are made to do harm: (name, bytes)."""
    rows = [['Child', 'Name'], ['1', 'Otter']]
    plain = book({'A': rows})
    xml = '<?xml version="1.0"?>'
    sheet = 'xl/worksheets/sheet1.xml'
    strings = 'xl/sharedStrings.xml'

    def with_sheet(body):
        return book({'A': rows}, replace={sheet: body})

    def opened(body):
        return f'{xml}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    yield 'a sheet that inflates to 128 MB', with_sheet(b'<worksheet>' + b' ' * (1 << 27))
    yield 'a text that inflates to 60 MB', book({'A': rows}, replace={
        strings: '<sst><si><t>' + 'A' * 60_000_000 + '</t></si></sst>'})
    nested = plain
    for depth in range(20):
        out = io.BytesIO()
        with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(f'{depth}.zip', nested)
        nested = out.getvalue()
    yield 'a zip in a zip, twenty deep', nested
    yield 'a hundred thousand parts', book({'A': rows}, more={f'x/{n}': b'' for n in range(100_000)})
    yield 'entities that laugh a billion times', with_sheet(
        xml + '<!DOCTYPE l [<!ENTITY a "lol">' + ''.join(
            f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)) +
        ']><worksheet><sheetData><row><c t="str"><v>&j;</v></c></row></sheetData></worksheet>')
    yield 'one long entity, many times', with_sheet(
        xml + '<!DOCTYPE q [<!ENTITY a "' + 'A' * 100_000 + '">]><worksheet><sheetData><row><c t="str"><v>' +
        '&a;' * 100_000 + '</v></c></row></sheetData></worksheet>')
    yield 'an entity that is a file of this machine', with_sheet(
        xml + '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&f;</v>'
        '</c></row></sheetData></worksheet>')
    yield 'an entity that is a page elsewhere', with_sheet(
        xml + '<!DOCTYPE x [<!ENTITY f SYSTEM "http://127.0.0.1:9/x">]><worksheet><sheetData><row><c t="str"><v>&f;</v>'
        '</c></row></sheetData></worksheet>')
    yield 'elements a million deep', with_sheet(xml + '<a>' * 1_000_000)
    yield 'a tag of a million attributes', with_sheet(
        xml + '<worksheet ' + ' '.join(f'a{n}="1"' for n in range(1_000_000)) + '/>')
    yield 'a sheet that says it has a billion rows', with_sheet(
        f'{xml}<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData><row r="1000000000">'
        '<c r="XFD1000000000"><v>1</v></c></row></sheetData></worksheet>')
    yield 'a million rows', with_sheet(opened('<row><c><v>1</v></c></row>' * 1_000_000))
    yield 'four million empty rows', with_sheet(opened('<row/>' * 3_900_000))
    yield 'rows of sixteen thousand cells', with_sheet(
        opened(('<row>' + '<c><v>1</v></c>' * 16_384 + '</row>') * 100))
    yield 'a million texts to share', book({'A': rows}, replace={
        strings: '<sst>' + '<si><t>aaaaaaaaaa</t></si>' * 1_500_000 + '</sst>'})
    yield 'one text in every cell', book({'A': rows}, replace={
        strings: '<sst><si><t>' + 'A' * 4000 + '</t></si></sst>',
        sheet: opened(('<row>' + '<c t="s"><v>0</v></c>' * 200 + '</row>') * 2000)})
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as packed:
        packed.writestr('../../../../tmp/duly-was-here', 'x')
        packed.writestr('/etc/duly-was-here', 'x')
    yield 'parts that would be written outside', out.getvalue()
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as packed:
        link = zipfile.ZipInfo('xl/workbook.xml')
        link.create_system, link.external_attr = 3, 0o120777 << 16
        packed.writestr('[Content_Types].xml', '<Types/>')
        packed.writestr(link, '/etc/passwd')
    yield 'a part that is a link to a file', out.getvalue()
    # Every entry of the directory points at the first part's bytes.
    overlapping = bytearray(with_sheet(opened('<row><c><v>1</v></c></row>' * 900_000)))
    at = overlapping.find(b'PK\x01\x02')
    while at >= 0:
        overlapping[at + 42:at + 46] = b'\0\0\0\0'
        at = overlapping.find(b'PK\x01\x02', at + 4)
    yield 'parts that overlap', bytes(overlapping)
    yield 'a directory that is cut off', plain[:-30]
    yield 'a text of quotation marks', b'"' * 9_999_999
    yield 'a text of separators', b',' * 9_999_999
    yield 'a text of empty lines', b'\n' * 9_999_999
