#!/usr/bin/env python3
"""An extract of the case system by browser: tried first, its columns corrected, then imported, and what it
changed read; a workbook of Annex A; files that do harm. TAP."""
import html
import io
import re
import sys
import tempfile
import time
import zipfile

import workbook
from claims import claim, holds, lacks, run, same
from place import Place

PERSON = 'pers_person_id,pers_forename,pers_surname,pers_sex,pers_dob\n'
PLANS = 'cppl_cp_plan_id,cppl_person_id,Begin of it,cppl_cp_plan_initial_category\n'


class Desk(Place):
    def upload(self, kind, files):
        edge = '----dulytest5c1d'
        token = re.search(r'name="csrf" value="([^"]+)"', self.get('/manage/imports', 'custodian')[1])[1]
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode()
                 for n, v in (('csrf', token), ('kind', kind))]
        for name, content in files:
            parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
                         f'Content-Type: application/octet-stream\r\n\r\n'.encode() + content + b'\r\n')
        parts.append(f'--{edge}--\r\n'.encode())
        import http.client
        link = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        link.request('POST', '/manage/imports', b''.join(parts), {
            'Content-Type': f'multipart/form-data; boundary={edge}', 'Cookie': self.cookie('custodian')})
        answer = link.getresponse()
        text = answer.read().decode()
        if answer.status != 303:
            raise AssertionError(f'{answer.status} {text[-2000:]}')
        return self.ended(answer.getheader('Location'))

    def ended(self, path):
        for _ in range(600):
            if self.get(path + '/state', 'custodian')[1] == '':
                return path
            time.sleep(0.1)
        raise AssertionError(f'{path} did not end')

    def text(self, path):
        status, page = self.get(path, 'custodian')
        same(status, 200)
        return html.unescape(page)

    def go(self, path, **fields):
        """Posts, and waits for the job that it leads to."""
        token = re.search(r'name="csrf" value="([^"]+)"', self.get('/privacy', 'custodian')[1])[1]
        answer, text = self.ask('POST', path, {'csrf': token, **fields}, 'custodian')
        if answer.status != 303:
            raise AssertionError(f'{path}: {answer.status} {text[-2000:]}')
        return self.ended(answer.getheader('Location'))

    def counts(self):
        return self.rows('SELECT (SELECT count(*) FROM import), (SELECT count(*) FROM record_cp_plan)')[0]


def packed(**tables):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as file:
        for name, text in tables.items():
            file.writestr(f'ssd_{name}.csv', text)
    return out.getvalue()


@claim
def an_extract_is_tried_first_its_columns_are_corrected_and_only_then_it_comes_in(desk):
    before = desk.counts()
    extract = packed(person=PERSON + '900001,Asha,Example,F,2020-01-02\n', cp_plans=PLANS + 'p1,900001,2026-05-01,NEG\n')
    tried = desk.upload('ssd', [('extract.zip', extract)])
    page = desk.text(tried)
    holds(page, 'It cannot be imported yet')
    holds(page, 'cppl_cp_plan_start_date')
    lacks(page, 'Import this')
    same(desk.counts(), before)
    columns = desk.text(tried + '/columns')
    holds(columns, 'a column is missing that must be there')
    holds(columns, '<h2 class="govuk-heading-m">ssd_cp_plans</h2>')
    again = desk.go(tried + '/columns', list='ssd_cp_plans', cppl_cp_plan_start_date='Begin of it')
    page = desk.text(again)
    holds(page, 'Nothing is imported yet.')
    holds(page, 'would be added')
    holds(page, 'Import this')
    same(desk.counts(), before)
    done = desk.go(again + '/import')
    page = desk.text(done)
    holds(page, '1 child, 2 events, 0 rejected')
    same(desk.counts(), (before[0] + 1, before[1] + 1))
    # The mapping stands for the next files, and the same extract changes nothing.
    tried = desk.upload('ssd', [('extract.zip', extract)])
    holds(desk.text(tried), 'Nothing would be changed.')
    same(desk.rows("SELECT count(*) FROM ledger WHERE objects LIKE 'import-mapping:ssd%'"), [(1,)])
    desk.go(tried + '/cancel')
    holds(desk.text(tried), 'Cancelled')


@claim
def what_an_import_changed_and_what_is_missing_is_listed_by_child(desk):
    more = packed(person=PERSON + '900001,Asha,Example,F,2020-01-02\n900002,Ben,Example,M,2019-03-04\n',
                  cp_plans=PLANS + 'p1,900001,2026-05-01,NEG\np2,900002,2026-06-01,EMO\n')
    desk.go(desk.upload('ssd', [('extract.zip', more)]) + '/import')
    fewer = packed(person=PERSON + '900002,Ben,Changed,M,2019-03-04\n', cp_plans=PLANS + 'p3,900002,2025-06-01,EMO\n')
    done = desk.go(desk.upload('ssd', [('extract.zip', fewer)]) + '/import')
    listed = desk.text(done + '/changes')
    holds(listed, 'Ben Changed')
    cells = [re.sub('<[^>]+>', '|', row) for row in re.findall('<tr class="govuk-table__row"><th scope="row".*?</tr>', listed)]
    assert any('Child protection plan' in c and '|1||0||1|' in c for c in cells), cells
    assert any('Asha' in c and '|0||0||1|' in c for c in cells), cells
    same(desk.rows("SELECT count(*) FROM record_cp_plan p JOIN subject s ON s.id = p.subject WHERE s.key IN "
                   "('900001', '900002') AND p.withdrawn_at IS NULL"), [(3,)])
    for role in ('reviewing-officer', 'auditor'):
        assert desk.get(done + '/changes', role)[0] == 403


@claim
def annex_a_comes_in_as_a_workbook(desk):
    sheets = {'List 3': [['Child Unique ID', 'Gender', 'Date of Birth', 'Date of Referral', 'Referral NFA?'],
                         ['900003', 'b) Female', workbook.datetime.date(2020, 1, 2), workbook.datetime.date(2026, 8, 3), 'No']],
              'List 7': [['Child Unique ID', 'Date of Birth', 'Child Protection Plan Start Date', 'Date of latest review conference'],
                         ['900003', workbook.datetime.date(2020, 1, 2), workbook.datetime.date(2026, 8, 20), workbook.datetime.date(2026, 11, 5)]],
              'Cover': [['Wexcombe']]}
    tried = desk.upload('annex-a', [('annex-a.xlsx', workbook.book(sheets))])
    page = desk.text(tried)
    holds(page, 'Nothing is imported yet. 1 child, 4 events, 0 rejected')
    holds(page, 'it is none of the eleven lists')
    done = desk.go(tried + '/import')
    holds(desk.text(done), '1 child, 4 events, 0 rejected')


@claim
def the_page_of_sources_calls_them_by_their_names(desk):
    page = desk.text('/manage/sources')
    for name in ('Standard Safeguarding Dataset', 'Annex A'):
        holds(page, f'<h2 class="govuk-heading-m">{name}</h2>')
    lacks(page, '>ssd<')


@claim
def files_that_do_harm_are_refused_in_words_and_leave_nothing(desk):
    before = desk.counts()
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, 'w', zipfile.ZIP_DEFLATED) as file:
        file.writestr('ssd_person.csv', PERSON + '7,A,B,M,2020-01-02\n' * 5000000)
    macro = io.BytesIO()
    with zipfile.ZipFile(macro, 'w') as file:
        file.writestr('[Content_Types].xml', '<Types/>')
        file.writestr('xl/vbaProject.bin', 'x')
    for kind, name, content, said in [('ssd', 'bomb.zip', bomb.getvalue(), 'Nothing was imported'),
                                      ('annex-a', 'm.xlsm', macro.getvalue(), 'macros'),
                                      ('annex-a', 'x.xlsx', b'PK\x03\x04' + b'\0' * 99, 'damaged'),
                                      ('ssd', 'ssd_person.csv', b'', 'Nothing was imported')]:
        holds(desk.text(desk.upload(kind, [(name, content)])), said)
    same(desk.counts(), before)


with tempfile.TemporaryDirectory(prefix='duly-imports-') as folder:
    with Desk(folder) as place:
        failed = run(place)
sys.exit(1 if failed else 0)
