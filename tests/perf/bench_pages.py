"""Pages signed in, against nginx serving the same bytes; every page served is a look in the ledger."""

import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import time
import urllib.request
from pathlib import Path

from serving import Server, demo_store, free_port

ROUNDS, CLIENTS = 5, 16
CASELOAD = "/caseload?rows=60"
NGINX = """
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{ worker_connections 512; }}
http {{
	access_log off;
	sendfile on;
	tcp_nopush on;
	keepalive_requests 1000000;
	open_file_cache max=4000 inactive=600s;
	default_type "text/html; charset=utf-8";
	client_body_temp_path {folder}/body;
	proxy_temp_path {folder}/proxy;
	fastcgi_temp_path {folder}/fastcgi;
	uwsgi_temp_path {folder}/uwsgi;
	scgi_temp_path {folder}/scgi;
	server {{
		listen 127.0.0.1:{port};
		root {folder}/root;
{headers}
	}}
}}
"""
NOT_OURS = {"date", "content-length", "connection", "content-type", "keep-alive", "transfer-encoding",
            "set-cookie"}


class Nginx:
    """The same bodies under the same names, with the same headers."""

    def __init__(self, folder, pages, headers):
        self.folder, self.port = Path(folder).resolve(), free_port()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.names = []
        (self.folder / "root").mkdir(parents=True)
        self.folder.chmod(0o755)
        for n, body in enumerate(pages):
            (self.folder / "root" / f"{n}.html").write_bytes(body)
            self.names.append(f"/{n}.html")
        lines = "".join(f"\t\tadd_header {name} \"{value}\";\n" for name, value in headers
                        if name.lower() not in NOT_OURS and '"' not in value)
        (self.folder / "nginx.conf").write_text(
            ("user root;\n" if os.geteuid() == 0 else "") +
            NGINX.format(folder=self.folder, port=self.port, headers=lines))

    def __enter__(self):
        self.process = subprocess.Popen(["nginx", "-p", str(self.folder), "-c",
                                         str(self.folder / "nginx.conf")], stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}{self.names[0]}").read()
                return self
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("nginx does not answer")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def load(kept, port, paths, n, cookie=""):
    """n requests over CLIENTS connections; (requests a second, how many were answered 200)."""
    addresses = Path(kept) / "addresses.txt"
    addresses.write_text("".join(f"http://127.0.0.1:{port}{path}\n" for path in paths))
    out = subprocess.run(["h2load", "--h1", "-n", str(n), "-c", str(CLIENTS), "-t", "1",
                          "-i", str(addresses)] + (["-H", f"Cookie: {cookie}"] if cookie else []),
                         capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"finished in [^,]+, ([\d.]+) req/s", out)[1])
    good = int(re.search(r"status codes: (\d+) 2xx", out)[1])
    if good != n:
        raise RuntimeError(f"{n} were asked for, {good} answered with 2xx")
    return rate


def looks(store):
    with sqlite3.connect(f"file:{store}/duly.db?mode=ro", uri=True) as db:
        return db.execute("SELECT count(*) FROM ledger WHERE act LIKE 'look:%'").fetchone()[0]


def compare(kept, name, server, paths, n):
    pages, headers = [], []
    for path in paths:
        answer, body = server.get(path)
        if answer.status != 200:
            raise RuntimeError(f"{path} was answered with {answer.status}")
        pages.append(body)
        headers = answer.getheaders()
    ours, theirs = [], []
    before = looks(server.store)
    with Nginx(Path(kept) / f"nginx-{name}", pages, headers) as nginx:
        for _ in range(ROUNDS):
            ours.append(load(kept, server.port, paths, n, server.cookie))
            theirs.append(load(kept, nginx.port, nginx.names, n * 4))
    counted = looks(server.store) - before
    return {"ours": statistics.median(ours), "nginx": statistics.median(theirs),
            "ratio": statistics.median(a / b for a, b in zip(ours, theirs)),
            "bytes": statistics.mean(map(len, pages)), "pages": len(pages),
            "looks": counted, "served": n * ROUNDS}


def measure(kept):
    store = demo_store(kept, 1_000)
    found, wrong, rows = {}, [], []
    with Server(store) as server:
        server.sign_in("reviewing-officer")
        found["caseload of 60 rows"] = (compare(kept, "caseload", server, [CASELOAD], 4000), "0.25")
        server.sign_in("manager")
        children = server.children(1_000)
        found[f"a child, {len(children):,} different"] = (
            compare(kept, "child", server, children, 6000), "0.2")
    for what, (run, goal) in found.items():
        rows += [
            {"what": f"{what}: pages a second ({run['bytes'] / 1024:.0f} KiB each)",
             "figure": f"{run['ours']:,.0f}"},
            {"what": f"{what}: nginx", "figure": f"{run['nginx']:,.0f}"},
            {"what": f"{what}: ratio", "figure": f"{run['ratio']:.2f}", "goal": goal},
            {"what": f"{what}: looks in the ledger / pages served",
             "figure": f"{run['looks']:,} / {run['served']:,}", "goal": "equal"},
        ]
        if run["looks"] != run["served"]:
            wrong.append(f"{what}: {run['served']} pages were served and {run['looks']} looks kept")
    return {"rows": rows, "wrong": "; ".join(wrong),
            "raw": {what: run for what, (run, _) in found.items()}}
