"""A passkey made of software, with nothing but Python's own library: ES256 on P-256 (FIPS 186-4), CBOR and
client data written by hand. What it writes can be bent, to be refused."""
import base64
import hashlib
import json
import secrets

P = 2 ** 256 - 2 ** 224 + 2 ** 192 + 2 ** 96 - 1
N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551
G = (0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
     0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5)
UP, UV, AT = 1, 4, 64


def add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0]:
        if (a[1] + b[1]) % P == 0:
            return None
        slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P)
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def times(n, point):
    sum_ = None
    while n:
        if n & 1:
            sum_ = add(sum_, point)
        point, n = add(point, point), n >> 1
    return sum_


def der(number):
    digits = number.to_bytes(33, 'big').lstrip(b'\0')
    digits = b'\0' + digits if digits[0] & 128 else digits
    return b'\x02' + bytes([len(digits)]) + digits


def b64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b'=').decode()


def cbor(value):
    def head(kind, n):
        if n < 24:
            return bytes([kind << 5 | n])
        return bytes([kind << 5 | 24, n]) if n < 256 else bytes([kind << 5 | 25]) + n.to_bytes(2, 'big')
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    return head(5, len(value)) + b''.join(cbor(k) + cbor(v) for k, v in value.items())


class Authenticator:
    """One passkey of one person on one device."""

    def __init__(self, origin, name='localhost'):
        self.origin, self.name = origin, name
        self.secret = secrets.randbelow(N - 1) + 1
        self.handle, self.uses, self.user = secrets.token_bytes(32), 0, b''

    def client(self, kind, challenge, bent):
        return json.dumps({'type': 'webauthn.' + bent.get('type', kind), 'challenge': bent.get('instead', challenge),
                           'origin': bent.get('origin', self.origin),
                           'crossOrigin': bent.get('framed', False)}).encode()

    def data(self, flags, bent):
        return hashlib.sha256(bent.get('site', self.name).encode()).digest() + \
            bytes([bent.get('flags', flags)]) + bent.get('uses', self.uses).to_bytes(4, 'big')

    def sign(self, raw):
        digest = int.from_bytes(hashlib.sha256(raw).digest(), 'big')
        once = secrets.randbelow(N - 1) + 1
        r = times(once, G)[0] % N
        s = pow(once, -1, N) * (digest + r * self.secret) % N
        body = der(r) + der(s)
        return b'\x30' + bytes([len(body)]) + body

    def make(self, challenge, **bent):
        """The form of a new passkey."""
        x, y = (n.to_bytes(32, 'big') for n in times(self.secret, G))
        key = cbor({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        data = self.data(UP | UV | AT, bent) + bytes(16) + len(self.handle).to_bytes(2, 'big') + self.handle + key
        made = cbor({'fmt': bent.get('format', 'none'), 'attStmt': {}, 'authData': data})
        return {'client': b64(self.client('create', challenge, bent)), 'object': b64(made),
                'reached': 'internal,hybrid,nonsense'}

    def show(self, challenge, **bent):
        """The form of a signature."""
        self.uses += 1
        client, data = self.client('get', challenge, bent), self.data(UP | UV, bent)
        signature = self.sign(data + hashlib.sha256(client).digest() + (b'x' if bent.get('signature') else b''))
        return {'handle': b64(bent.get('handle', self.handle)), 'client': b64(client), 'authenticator': b64(data),
                'signature': b64(signature), 'user': b64(bent.get('user', self.user)) if self.user else ''}
