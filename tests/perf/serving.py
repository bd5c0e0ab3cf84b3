"""A demonstration store, a server on it, and somebody signed in: what the page benchmarks share."""

import html.parser
import http.client
import re
import shutil
import socket
import subprocess
import time
import urllib.parse
from pathlib import Path

NOW = "2026-11-20T09:00"
OFFICER = "reviewing-officer"


def make_demo(store, children):
    subprocess.run(["build/duly", "demo", "--children", str(children), "--seed", "1", "--now", NOW,
                    "--data", str(store)], check=True, stdout=subprocess.DEVNULL)


def demo_store(kept, children):
    """A store of that many children, made once and kept."""
    store = Path(kept) / f"store-{children}"
    if not (store / "duly.db").is_file():
        shutil.rmtree(store, ignore_errors=True)
        began = time.monotonic()
        make_demo(store, children)
        print(f"   made a store of {children:,} children in {time.monotonic() - began:.0f} s", flush=True)
    return store


def users(store):
    """{role: (user, password)} of a demonstration."""
    found = {}
    for line in (Path(store) / "demo-users.txt").read_text().splitlines():
        words = line.split()
        if len(words) == 3:
            found.setdefault(words[0], (words[1], words[2]))
    return found


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Hidden(html.parser.HTMLParser):
    """The hidden fields of a page's forms."""

    def __init__(self):
        super().__init__()
        self.fields = {}

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.fields[given.get("name")] = given.get("value", "")


class Server:
    """`with Server(store) as server:` serves it with its clock held."""

    def __init__(self, store, before=()):
        self.store, self.port, self.before = store, free_port(), list(before)
        self.process = None
        self.cookie = ""
        self.started = None

    def __enter__(self):
        began = time.monotonic()
        self.process = subprocess.Popen(
            self.before + ["build/duly", "serve", "--data", str(self.store), "--port", str(self.port),
                           "--now", NOW, "--freeze"],
            stdout=subprocess.DEVNULL)
        for _ in range(60000):
            try:
                self.get("/sign-in")
                self.started = time.monotonic() - began
                return self
            except OSError:
                if self.process.poll() is not None:
                    raise RuntimeError("the server stopped") from None
                time.sleep(0.002)
        raise RuntimeError("the server does not answer")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def ask(self, method, path, body=None, headers=None, timeout=600):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        connection.request(method, path, body, {"Cookie": self.cookie, **(headers or {})})
        answer = connection.getresponse()
        text = answer.read()
        for given in answer.headers.get_all("Set-Cookie") or []:
            self.cookie = given.split(";")[0]
        connection.close()
        return answer, text

    def get(self, path):
        return self.ask("GET", path)

    def sign_in(self, role=OFFICER):
        user, password = users(self.store)[role]
        _, page = self.get("/sign-in")
        fields = Hidden()
        fields.feed(page.decode())
        body = urllib.parse.urlencode({**fields.fields, "login": user, "password": password})
        answer, _ = self.ask("POST", "/sign-in", body, {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{self.port}"})
        if answer.status != 303:
            raise RuntimeError(f"signing in was answered with {answer.status}")
        return self

    def memory(self):
        """Resident set, in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s*(\d+)", status)[1]) / 1024

    def children(self, wanted):
        """Addresses of that many children's pages, from the list."""
        found, page = [], 1
        while len(found) < wanted:
            answer, text = self.get(f"/caseload?page={page}")
            more = [m for m in re.findall(r'href="(/children/\d+)"', text.decode()) if m not in found]
            if answer.status != 200 or not more:
                break
            found += dict.fromkeys(more)
            page += 1
        return found[:wanted]
