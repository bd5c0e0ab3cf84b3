"""The second step of signing in, for tests about something else: an app is set up the first time that
somebody signs in to a store, and a recovery code is used each time after."""
import base64
import hmac
import html
import re
import sqlite3
import struct
import time

codes = {}


def settle(data):
    """As if everybody had chosen a password of their own, which whoever was given one must at first."""
    with sqlite3.connect(f'{data}/duly.db') as store:
        store.execute('UPDATE helped SET password_by = -1')
    store.close()


def code_of(secret, at=None):
    """RFC 6238; tests/web/signin.py asks another program."""
    step = int((time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret.replace(' ', '')), struct.pack('>Q', step), 'sha1').digest()
    start = digest[-1] & 15
    return '%06d' % ((struct.unpack('>I', digest[start:start + 4])[0] & 0x7fffffff) % 10 ** 6)


def _read_codes(get):
    return re.findall(r'>([a-z2-9]{5}(?:-[a-z2-9]{5}){4})</code>', html.unescape(get('/account/recovery-codes')))


def set_up(key, get, post):
    """Signed in with a password alone: now with two. get(path) is a page's text, post(path, **fields) sends
    a form with its token."""
    post('/account/second-factor/offer')
    page = get('/account/second-factor')
    post('/account/second-factor/confirm', code=code_of(re.search(r'id="secret">([A-Z2-7 ]+)<', page)[1]))
    codes[key] = _read_codes(get)
    post('/account/recovery-codes/done')


def use(key):
    """A code that was not used yet."""
    return codes[key].pop()


def renew(key, get, post):
    """Ten more, when few are left."""
    if len(codes[key]) < 2:
        post('/account/recovery-codes')
        codes[key] = _read_codes(get)
        post('/account/recovery-codes/done')
