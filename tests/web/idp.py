"""An identity provider for tests: honest by itself, hostile where a test twists it. Several issuers on
one port, http://127.0.0.1:PORT/NAME, each with its own twists; nothing but Python's own library.

It counts what is asked of it. `elsewhere` is another server that nobody must ever ask anything.
"""
import base64
import hashlib
import hmac
import http.server
import json
import random
import threading
import time
import urllib.parse

_rng = random.Random(20261122)  # keys for tests: the same each time, secret from nobody


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=').decode()


def number(value):
    return b64(value.to_bytes((value.bit_length() + 7) // 8, 'big'))


def _is_prime(n):
    if any(n % p == 0 for p in (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61)):
        return False
    d, s = n - 1, 0
    while d % 2 == 0:
        d, s = d // 2, s + 1
    for _ in range(12):
        x = pow(_rng.randrange(2, n - 1), d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def _prime(bits):
    while True:
        n = _rng.getrandbits(bits) | 3 << (bits - 2) | 1
        if n % 65537 != 1 and _is_prime(n):
            return n


class Key:
    """RSA of 2,048 bits, and RS256 with it (RFC 8017, 8.2.1)."""
    PREFIX = bytes.fromhex('3031300d060960864801650304020105000420')

    def __init__(self, kid, bits=2048):
        p, q = _prime(bits // 2), _prime(bits // 2)
        self.kid, self.n, self.bytes = kid, p * q, bits // 8
        self.d = pow(65537, -1, (p - 1) * (q - 1))

    def sign(self, text):
        digest = self.PREFIX + hashlib.sha256(text).digest()
        padded = b'\0\1' + b'\xff' * (self.bytes - len(digest) - 3) + b'\0' + digest
        return pow(int.from_bytes(padded, 'big'), self.d, self.n).to_bytes(self.bytes, 'big')

    def public(self, kid=None):
        return {'kty': 'RSA', 'use': 'sig', 'alg': 'RS256', 'kid': kid or self.kid,
                'n': number(self.n), 'e': 'AQAB'}


class Issuer:
    """What an issuer says. A test sets any of the functions, or values, to something else."""

    def __init__(self, idp, name):
        self.idp, self.name, self.url = idp, name, f'{idp.base}/{name}'
        self.key, self.client, self.secret = idp.key, 'duly', 'a secret for tests'
        self.subject, self.more = f'subject-{name}', {}
        self.codes = {}
        self.asked = []  # paths
        self.faults = []  # what a client must not do
        # Twists: each takes what the honest answer would be and gives another.
        self.twist_discovery = self.twist_keys = self.twist_claims = lambda honest: honest
        self.twist_head = lambda honest: honest
        self.twist_token = lambda token: token
        self.make = self.signed
        self.slow = 0
        self.token_redirect = None
        self.checks_pkce = True

    def discovery(self):
        return self.twist_discovery({
            'issuer': self.url, 'authorization_endpoint': self.url + '/authorize',
            'token_endpoint': self.url + '/token', 'jwks_uri': self.url + '/keys',
            'response_types_supported': ['code'], 'subject_types_supported': ['public'],
            'id_token_signing_alg_values_supported': ['RS256'],
            'code_challenge_methods_supported': ['S256'],
            'token_endpoint_auth_methods_supported': ['client_secret_basic']})

    def keys(self):
        return self.twist_keys({'keys': [self.key.public()]})

    def authorize(self, location, **more):
        """What a person's sign-in there gives: the query that their browser brings back."""
        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(location).query))
        for name, value in (('response_type', 'code'), ('code_challenge_method', 'S256'),
                            ('client_id', self.client)):
            if asked.get(name) != value:
                self.faults.append(f'{name} is {asked.get(name)!r}')
        for name in ('state', 'nonce', 'code_challenge', 'redirect_uri'):
            if len(asked.get(name, '')) < 20:
                self.faults.append(f'no {name}')
        if 'openid' not in asked.get('scope', '').split():
            self.faults.append('no scope openid')
        code = b64(_rng.getrandbits(256).to_bytes(32, 'big'))
        self.codes[code] = {'asked': asked, 'more': more, 'at': time.time()}
        return {'code': code, 'state': asked['state']}

    def claims(self, code):
        now = int(self.idp.now())
        asked = code['asked']
        honest = {'iss': self.url, 'sub': self.subject, 'aud': self.client, 'exp': now + 300,
                  'iat': now, 'nonce': asked['nonce'], 'auth_time': now,
                  'preferred_username': 's.person@council.example', **self.more, **code['more']}
        return self.twist_claims(honest)

    def signed(self, claims):
        head = self.twist_head({'alg': 'RS256', 'typ': 'JWT', 'kid': self.key.kid})
        text = f'{b64(json.dumps(head).encode())}.{b64(json.dumps(claims).encode())}'
        return self.twist_token(f'{text}.{b64(self.key.sign(text.encode()))}')

    def exchange(self, body, authorization):
        asked = dict(urllib.parse.parse_qsl(body))
        wanted = base64.b64encode(f'{urllib.parse.quote_plus(self.client)}:'.encode() +
                                  urllib.parse.quote(self.secret, safe='').encode()).decode()
        if authorization != f'Basic {wanted}':
            self.faults.append('the client did not say its secret as agreed')
        code = self.codes.pop(asked.get('code'), None)
        if code is None:
            return 400, {'error': 'invalid_grant'}
        challenge = b64(hashlib.sha256(asked.get('code_verifier', '').encode()).digest())
        if len(asked.get('code_verifier', '')) < 43:
            self.faults.append('no code_verifier')
        if self.checks_pkce and challenge != code['asked'].get('code_challenge'):
            return 400, {'error': 'invalid_grant'}
        if asked.get('redirect_uri') != code['asked']['redirect_uri']:
            self.faults.append('another redirect_uri')
        return 200, {'access_token': 'unused', 'token_type': 'Bearer', 'expires_in': 300,
                     'id_token': self.make(self.claims(code))}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        pass

    def say(self, status, body, **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {'Content-Type': 'application/json', 'Connection': 'close', **headers}.items():
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        try:
            self.wfile.write(data)
        except OSError:
            pass
        self.close_connection = True

    def issuer(self):
        _, name, rest = (self.path.split('?')[0].split('/', 2) + [''])[:3]
        found = self.server.idp.issuers.get(name)
        if found:
            found.asked.append(rest)
            time.sleep(found.slow)
        return found, rest

    def do_GET(self):
        issuer, rest = self.issuer()
        if not issuer:
            self.say(404, {})
        elif rest == '.well-known/openid-configuration':
            self.say(200, issuer.discovery())
        elif rest == 'keys':
            self.say(200, issuer.keys())
        else:
            self.say(404, {})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0)).decode()
        issuer, rest = self.issuer()
        if not issuer or rest != 'token':
            self.say(404, {})
        elif issuer.token_redirect:
            self.say(307, {}, Location=issuer.token_redirect)
        else:
            self.say(*issuer.exchange(body, self.headers.get('Authorization')))


class Elsewhere(http.server.BaseHTTPRequestHandler):
    """Another server, with keys and tokens of its own for whoever asks."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.server.idp.elsewhere_asked.append(self.path)
        data = json.dumps({'keys': [self.server.idp.other_key.public()]}).encode()
        self.send_response(200)
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_POST = do_GET


class Idp:
    """with Idp() as idp: idp.issuer('a') is an issuer at idp.base + '/a'."""

    now = staticmethod(time.time)

    def __enter__(self):
        self.key, self.other_key = Key('first'), Key('other')
        self.issuers, self.elsewhere_asked, self.servers = {}, [], []
        self.base = self.listen(Handler)
        self.elsewhere = self.listen(Elsewhere)
        return self

    def listen(self, handler):
        server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler)
        server.daemon_threads, server.idp = True, self
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.servers.append(server)
        return f'http://127.0.0.1:{server.server_address[1]}'

    def __exit__(self, *_):
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def issuer(self, name):
        return self.issuers.setdefault(name, Issuer(self, name))


def hmac_token(head, claims, key):
    text = f'{b64(json.dumps(head).encode())}.{b64(json.dumps(claims).encode())}'
    return f'{text}.{b64(hmac.new(key, text.encode(), hashlib.sha256).digest())}'


def settings(of, **more):
    """What an administrator types under Manage, Council accounts."""
    return {'issuer': of.url, 'client': of.client,
            'secret': of.secret, 'button': '', 'identity': 'sub', 'algorithm': 'RS256',
            'mfa': 'mfa', 'proxy': '', 'only': 'no', **more}
