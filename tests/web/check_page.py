#!/usr/bin/env python3
"""A return dropped on the page: read and checked shut in, browsed, filtered and taken away, kept nowhere. TAP."""
import csv
import html
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from claims import bars, claim, holds, lacks, one, rows, run_at_desk, same

HEADER = 'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n'
GOOD = '{},F,01/02/2012,WBRI,A330200942374,0,\n'
BAD = '{},X,31/02/2012,WBRI,,0,\n'
CENSUS = ('<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>'
          '<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children>{}</Children></Message>')
CHILD = ('<Child><ChildIdentifiers><LAchildID>{}</LAchildID><PersonBirthDate>2020-01-01</PersonBirthDate>'
         '<UPNunknown>UN2</UPNunknown><Sex>F</Sex></ChildIdentifiers><CINdetails><CINreferralDate>{}</CINreferralDate>'
         '</CINdetails></Child>\n')
ROLES = {'head', 'manager', 'business-support', 'custodian'}


def send(person, files, **fields):
    """A form with files: [(field, name, bytes)]."""
    given = {'csrf': person.csrf(), 'return': 'ssda903', 'year': '2026', **fields}
    parts = [(f'name="{name}"'.encode(), value.encode()) for name, value in given.items()]
    parts += [(f'name="{field}"; filename="{name}"'.encode(), data if isinstance(data, bytes) else data.encode())
              for field, name, data in files]
    body = b''.join(b'--b0und4ry\r\nContent-Disposition: form-data; ' + head + b'\r\n\r\n' + part + b'\r\n'
                    for head, part in parts) + b'--b0und4ry--\r\n'
    return person.ask('POST', '/check', body, **{'Content-Type': 'multipart/form-data; boundary=b0und4ry'})


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def found(person, files, **fields):
    answer = send(person, files, **fields)
    same((answer.status, answer.headers.get('location')), (303, '/check/findings'))
    page = person.get('/check/findings')
    same(page.status, 200)
    return page


def drafts(desk, role):
    return one(desk, 'SELECT count(*) FROM check_draft d JOIN person p ON p.id = d.person WHERE p.login = ?',
               desk.users()[role][0])


def words(answer):
    main = answer.text[answer.text.find('<main'):answer.text.find('</main>')]
    return html.unescape(re.sub(r'\s+', ' ', re.sub(r'<[^>]+>', ' ', main)))


def known(desk, person, n):
    """Children whom they see, by number."""
    return rows(desk, f'SELECT number, subject FROM child_row WHERE subject IN ({",".join(map(str, person.children()))}) '
                'AND number > \'\' ORDER BY subject')[:n]


@claim
def only_those_who_make_returns_may_have_the_page(desk, people):
    for role, person in people.items():
        answer = person.get('/check')
        same((role, answer.status), (role, 200 if role in ROLES else 403))
    for path in ('/check/findings', '/check/findings.csv', '/check/findings.json', '/check/findings.xlsx'):
        answer = people['manager'].get(path)
        same((answer.status, answer.headers.get('location')), (303, '/check?ended=yes'))
        same(people['reviewing-officer'].get(path).status, 403)


@claim
def what_is_missing_in_the_form_is_said_at_its_field(desk, people):
    answer = send(people['manager'], [], **{'return': ''})
    same(answer.status, 422)
    holds(answer.text, '<title>Error: ')
    holds(words(answer), 'Choose the return that you want to check')
    holds(answer.text, 'href="#files"')
    answer = send(people['manager'], [('files', 'header.csv', HEADER)], authority='Nowhere')
    same(answer.status, 422)
    holds(answer.text, 'href="#authority"')
    holds(answer.text, 'value="Nowhere"')


@claim
def a_file_that_cannot_be_used_is_refused_by_name_line_and_column(desk, people):
    manager = people['manager']
    for files, which, said in (
            ([('files', 'shoes.csv', 'A\n')], 'ssda903', 'shoes.csv: this is the name of no file of the return'),
            ([('files', 'header.csv', HEADER + '1,"F\n')], 'ssda903', 'header.csv: line 2, column 2: '),
            ([('files', 'header.csv', 'CHILD,SEX\n')], 'ssda903', 'DOB'),
            ([('files', 'a.xml', CENSUS.format('')), ('files', 'b.xml', '<a/>')], 'cin', 'the census is one file'),
            ([('files', '<b>x</b>.xml', '<!DOCTYPE a [<!ENTITY b "c">]><Message/>')], 'cin', 'a document type'),
            ([('files', 'header.csv', HEADER), ('providers', 'list.xlsx', b'PK\x03\x04zz')], 'ssda903', 'list.xlsx'),
            ([('files', 'header.csv', HEADER), ('providers', 'm.xlsm', packed(**{'xl/vbaProject.bin': b'x'}))], 'ssda903',
             'm.xlsm: the workbook has macros'),
            ([('files', 'header.csv', HEADER), ('providers', 'p.xlsx', b'\xd0\xcf\x11\xe0' + b'\0' * 900)], 'ssda903',
             'p.xlsx: the file has a password'),
            ([('files', 'header.csv', HEADER), ('providers', 'z.xlsx', packed(**{'a.zip': packed(b=b'c')}))], 'ssda903',
             'z.xlsx: the file is packed, but is no workbook'),
            ([('files', 'header.csv', HEADER), ('providers', 'bomb.xlsx', packed(**{'[Content_Types].xml': b'<a/>', '_rels/.rels': b' ' * (60 << 20)}))],
             'ssda903', 'bomb.xlsx: the file is packed'),
            ([('files', 'deep.xml', CENSUS.format('<a>' * 100000))], 'cin', 'nested too deeply'),
            ([('files', 'old.xml', CENSUS.format('').replace('2026', '2022'))], 'cin', 'this is the census of 2022'),
            ([('files', 'header.csv', b'\xff\xfeC')], 'ssda903', 'header.csv')):
        answer = send(manager, files, **{'return': which})
        same(answer.status, 422)
        holds(words(answer), said)
        lacks(answer.text, '<b>x</b>')
        holds(answer.text, '<title>Error: ')


@claim
def findings_stand_by_rule_child_and_table_and_one_by_one(desk, people):
    manager = people['manager']
    page = found(manager, [('files', 'header.csv', HEADER + GOOD.format('A1') + BAD.format('B2') + BAD.format('C3'))])
    text = words(page)
    for part in ('SSDA903 return of 2025-26', 'header.csv', '101', 'Sex is missing, or not a code of the list',
                 'Rules that were not run', 'needs Episodes'):
        holds(text, part)
    lacks(text, 'B2')
    by_child = manager.get('/check/findings?by=child')
    holds(words(by_child), 'Showing 1 to 2 of 2 children')
    lacks(words(by_child), 'A1')
    by_table = words(manager.get('/check/findings?by=table'))
    holds(by_table, 'Header')
    listed = manager.get('/check/findings?by=finding')
    holds(words(listed), '101 Header 1 SEX B2')
    holds(words(listed), '101 Header 2 SEX C3')
    only = words(manager.get('/check/findings?by=finding&rule=102'))
    holds(only, '102 Header 1 DOB B2')
    lacks(only, '101 Header')
    lacks(words(manager.get('/check/findings?by=finding&table=Episodes')), '101 Header')
    link = re.search(r'href="(/check/findings\?by=finding&amp;child=\d+)"', by_child.text) or \
        re.search(r'href="(/check/findings\?by=finding&child=\d+)"', by_child.text)
    one_child = words(manager.get(html.unescape(link[1])))
    assert ('B2' in one_child) != ('C3' in one_child.replace('Findings of child C3', 'C3')), one_child


@claim
def a_child_is_gone_to_by_number_and_no_address_holds_it(desk, people):
    manager = people['manager']
    found(manager, [('files', 'header.csv', HEADER + BAD.format('B2') + BAD.format('C3'))])
    answer = manager.post('/check/findings', {'number': 'c3'})
    same(answer.status, 303)
    to = answer.headers['location']
    lacks(to.upper(), 'C3')
    text = words(manager.get(to))
    holds(text, 'Findings of child C3')
    lacks(text, 'B2')
    answer = manager.post('/check/findings', {'number': 'Z9'})
    same(answer.status, 422)
    holds(answer.text, '<title>Error: ')
    holds(words(answer), 'No child of these files has that number')


@claim
def what_is_taken_away_is_what_was_found(desk, people):
    manager = people['manager']
    files = [('files', 'header.csv', HEADER + BAD.format('=1+1') + BAD.format('C3'))]
    found(manager, files)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, 'header.csv').write_text(files[0][2], encoding='utf-8')
        told = subprocess.run([bars.DULY, 'check', 'ssda903', folder, '--collection', '2025-26', '--json'],
                              capture_output=True, encoding='utf-8', check=False).stdout
    want = sorted((one['rule'], one['table'], one['row'], one['field']) for one in map(json.loads, told.splitlines())
                  if one['kind'] == 'finding')
    taken = manager.get('/check/findings.csv')
    same(taken.headers['content-type'], 'text/csv; charset=utf-8')
    holds(taken.headers['content-disposition'], 'findings.csv')
    read = list(csv.DictReader(io.StringIO(taken.text)))
    same(sorted((row['rule'], row['table'], int(row['row']), row['field']) for row in read), want)
    assert all(not row['child'].startswith('=') for row in read), 'a number would run as a formula'
    taken = [json.loads(line) for line in manager.get('/check/findings.json').text.splitlines()]
    same(sorted((row['rule'], row['table'], row['row'], row['field']) for row in taken if row['kind'] == 'finding'), want)
    same(taken[-1]['kind'], 'summary')
    book = zipfile.ZipFile(io.BytesIO(manager.get('/check/findings.xlsx').body))
    same(book.read('xl/worksheets/sheet1.xml').count(b'<row '), len(want) + 1)


@claim
def a_census_is_read_with_what_is_wrong_in_its_dates(desk, people):
    manager = people['business-support']
    page = found(manager, [('files', 'cin.xml', CENSUS.format(CHILD.format('A1', '31/12/2025')
                                                              + CHILD.format('B2', '2026-04-01')))], **{'return': 'cin'})
    text = words(page)
    holds(text, 'Children in need census of 2025-26')
    holds(text, 'is no date like 2026-03-31')
    holds(text, 'Query')
    holds(words(manager.get('/check/findings?by=finding&rule=8600')), '8600 CINdetails 1 CINreferralDate B2')
    lacks(words(manager.get('/check/findings?by=finding&severity=query')), '8600 CINdetails')


@claim
def a_date_of_another_shape_is_said_with_file_line_and_column(desk, people):
    manager = people['manager']
    page = words(found(manager, [('files', 'header.csv', (HEADER + GOOD.format('A1') + GOOD.format('B2').replace(
        '01/02/2012', '2012-02-01')).encode('utf-16'))]))
    holds(page, 'What could not be read as it stands')
    holds(page, 'Line 3: header.csv, DOB (column 3): "2012-02-01" is no date like 31/03/2026: write 01/02/2012')


@claim
def last_years_files_postcodes_and_the_list_let_more_rules_run(desk, people):
    manager = people['manager']
    episodes = 'CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n'
    this = [('files', 'header.csv', HEADER + GOOD.format('A1')), ('files', 'episodes.csv', episodes)]
    without = words(found(manager, this))
    holds(without, 'needs last year')
    holds(without, 'needs postcodes')
    rest = words(found(manager, this + [('last', 'header.csv', HEADER), ('last', 'episodes.csv', episodes),
                                        ('postcodes', 'pc.csv', 'pcd,laua,oseast1m,osnrth1m\nB1 1AA,E08000025,406649,286530\n')],
                       authority='E08000025'))
    lacks(rest, 'needs last year\'s Header')
    lacks(rest, 'needs postcodes')


@claim
def children_whom_duly_knows_are_links_and_looks(desk, people):
    manager = people['manager']
    (number, subject), (second, other) = known(desk, manager, 2)
    before = one(desk, 'SELECT max(seq) FROM ledger')
    found(manager, [('files', 'header.csv', HEADER + BAD.format(number) + BAD.format(second) + BAD.format('NOBODY'))])
    same(rows(desk, "SELECT act FROM ledger WHERE seq > ? AND act LIKE 'look:check'", before), [])
    page = manager.get('/check/findings?by=finding')
    holds(page.text, f'href="/children/{subject}"')
    same(page.text.count('href="/children/'), page.text.count(f'href="/children/{subject}"')
         + page.text.count(f'href="/children/{other}"'))
    same(len(rows(desk, "SELECT 1 FROM ledger WHERE seq > ? AND act = 'look:check'", before)), 1)
    manager.get('/check/findings.csv')
    same(len(rows(desk, "SELECT 1 FROM ledger WHERE seq > ? AND act = 'export:check'", before)), 1)
    seen = manager.get(f'/children/{subject}/looks?lists=yes').text
    holds(seen, 'Read what a check of a return found')
    holds(seen, 'Took what a check of a return found as a file')


@claim
def nothing_of_it_is_stored_and_the_end_deletes_it(desk, people):
    manager, head = people['manager'], people['head']
    tables = [name for name, in rows(desk, "SELECT name FROM sqlite_schema WHERE type = 'table'")
              if name not in ('check_draft', 'session', 'attempt') and not name.startswith(('ledger', 'checkpoint'))]
    before = {name: rows(desk, f'SELECT * FROM "{name}"') for name in tables}
    found(manager, [('files', 'header.csv', HEADER + BAD.format('XYZZY4711'))])
    for name in tables:
        same((name, rows(desk, f'SELECT * FROM "{name}"') == before[name]), (name, True))
    for part in ('duly.db', 'duly.db-wal'):
        path = os.path.join(desk.data, part)
        if os.path.exists(path):
            lacks(Path(path).read_bytes(), b'XYZZY4711')
    same(head.get('/check/findings').headers['location'], '/check?ended=yes')
    same(manager.post('/check/end', {}).headers['location'], '/check?done=yes')
    same(drafts(desk, 'manager'), 0)
    same(manager.get('/check/findings').headers['location'], '/check?ended=yes')


@claim
def findings_are_kept_when_asked_and_shown_to_who_may_see_the_child(desk, people):
    manager = people['manager']
    (number, subject), = known(desk, manager, 1)
    files = [('files', 'header.csv', HEADER + BAD.format(number) + BAD.format('XYZZY4711'))]
    answer = found(manager, files)
    holds(words(answer), 'Keep the findings')
    seq = one(desk, 'SELECT max(seq) FROM ledger')
    answer = manager.post('/check/keep', {})
    same((answer.status, answer.headers.get('location')), (303, '/quality?return=ssda903&source=file'))
    acts = rows(desk, "SELECT act FROM ledger WHERE seq > ? AND act NOT LIKE 'look%'", seq)
    same(len(acts), 1)
    check = one(desk, 'SELECT max(id) FROM quality_check')
    same(rows(desk, 'SELECT kind, year, source_n, children FROM quality_check WHERE id = ?', check), [('ssda903', 2026, 3, 2)])
    same(rows(desk, "SELECT subject, number FROM quality_finding WHERE quality = ? AND rule = '102' ORDER BY line", check),
         [(subject, number), (0, 'XYZZY4711')])
    page = words(manager.get('/quality?return=ssda903&source=file'))
    holds(page, 'files that were checked and kept')
    holds(page, 'Date of birth is missing, or no date')
    listed = manager.get('/quality?return=ssda903&source=file&rule=102').text
    holds(listed, f'/children/{subject}/findings/')
    lacks(people['reviewing-officer'].get('/quality?return=ssda903&source=file').text, 'XYZZY4711')
    # Nobody who may not have the page may keep.
    same(people['reviewing-officer'].post('/check/keep', {}).status, 403)
    # Those of the same return's files take their place, and the same fault has the same number.
    before = one(desk, "SELECT finding FROM quality_finding WHERE quality = ? AND subject = ? AND rule = '102'", check, subject)
    found(manager, [('files', 'header.csv', HEADER + BAD.format(number))])
    same(manager.post('/check/keep', {}).status, 303)
    later = one(desk, 'SELECT max(id) FROM quality_check')
    assert later > check
    same(one(desk, "SELECT finding FROM quality_finding WHERE quality = ? AND rule = '102'", later), before)
    manager.post('/check/end', {})
    same(manager.post('/check/keep', {}).headers['location'], '/check?ended=yes')


@claim
def more_than_one_change_of_the_writer_bears_are_not_kept_from_the_page(desk, people):
    manager = people['manager']
    page = found(manager, [('files', 'header.csv', HEADER + ''.join(BAD.format(f'M{i}') for i in range(10100)))])
    holds(words(page), 'There are more than can be kept from here')
    before = one(desk, 'SELECT max(id) FROM quality_check')
    same(manager.post('/check/keep', {}).headers['location'], '/check/findings')
    same(one(desk, 'SELECT max(id) FROM quality_check'), before)
    manager.post('/check/end', {})


@claim
def signing_out_deletes_it(desk, people):
    head = people['head']
    found(head, [('files', 'header.csv', HEADER + BAD.format('A1'))])
    same(drafts(desk, 'head'), 1)
    head.post('/sign-out', {})
    same(drafts(desk, 'head'), 0)


sys.exit(run_at_desk(children=80, seed=5))
