"""Starts the little server in a process of its own, and talks to it byte by byte."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from app.live.transport import websocket

ROOT = Path(__file__).resolve().parents[2]
MODES = ("eventlet", "gevent", "threading")


class Server:
    """The little server in one *mode*; a context manager that ends it and checks that it died of nothing else."""

    def __init__(self, mode="eventlet", **options):
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", Path(__file__).with_name("little.py"), mode, json.dumps(options)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.said: list[str] = []
        self.errors: list[str] = []
        self.port = int(self.process.stdout.readline() or self._failed())
        for pipe, lines in ((self.process.stdout, self.said), (self.process.stderr, self.errors)):
            threading.Thread(target=_gather, args=(pipe, lines), daemon=True).start()

    def _failed(self):
        raise AssertionError(self.process.stderr.read())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.terminate()

    def terminate(self):
        """Ask it to end; the exit code and the seconds that it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(10), time.monotonic() - began

    def gone(self):
        """How many phones are gone."""
        return sum(line.startswith("gone ") for line in self.said)

    def memory(self):
        """Resident bytes."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def connect(self, source="127.0.0.1"):
        """A TCP connection from an address of this machine."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10, source_address=(source, 0))

    def request(self, method="GET", path="/", headers=(), body=b"", socket=None):
        """One HTTP exchange: status, headers (lower case), body."""
        own = socket or self.connect()
        lines = [f"{method} {path} HTTP/1.1"]
        if not any(name.lower() == "host" for name, _ in headers):
            lines.append(f"Host: localhost:{self.port}")
        lines += [f"{name}: {value}" for name, value in headers]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        own.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        answer = read_answer(own)
        if socket is None:
            own.close()
        return answer

    def phone(self, **how):
        """A phone that has connected."""
        return Phone(self, **how)

    def poll(self):
        """The session id of a new polling connection that has connected."""
        path = "/socket.io/?EIO=4&transport=polling"
        sid = json.loads(self.request(path=path)[2][1:])["sid"]
        assert self.request("POST", f"{path}&sid={sid}", body=b"40")[0] == 200
        assert self.request(path=f"{path}&sid={sid}")[2].startswith(b"40")
        return sid


class Phone:
    """A Socket.IO client over one raw WebSocket, which can also misbehave.

    With *sid*, a polling connection's, it is an upgrade that hasn't said anything yet.
    """

    def __init__(self, server, headers=(), source="127.0.0.1", connect=True, sid=""):
        self.socket = server.connect(source)
        lines = [
            f"GET /socket.io/?EIO=4&transport=websocket{sid and f'&sid={sid}'} HTTP/1.1",
            f"Host: localhost:{server.port}",
            f"Origin: http://localhost:{server.port}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            *headers,
        ]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self._bytes = b""
        while b"\r\n\r\n" not in self._bytes:
            self._bytes += self.socket.recv(4096)
        self.reply, _, self._bytes = self._bytes.partition(b"\r\n\r\n")
        assert self.reply.startswith(b"HTTP/1.1 101")
        self._asks = 0
        if not sid:
            self.opening = json.loads(self.hear()[1:])
        if connect and not sid:
            self.send("40")
            assert self.hear().startswith("40")

    def send(self, text, **kind):
        """Send one whole message."""
        self.socket.sendall(masked(text.encode(), **kind))

    def hear(self):
        """The text of the next message that isn't a ping (those are answered); None at the end, the code of a close."""
        until = time.monotonic() + 10
        while time.monotonic() < until:
            kind, payload = self._frame()
            if kind is None:
                return None
            if kind == websocket.CLOSE:
                return int.from_bytes(payload)
            if payload == b"2":
                self.send("3")
            elif kind == websocket.TEXT:
                return payload.decode()
        raise TimeoutError("nothing but pings")

    def events(self, count):
        """The next *count* events: (name, value)."""
        found = []
        while len(found) < count:
            text = self.hear()
            assert isinstance(text, str), text
            if text.startswith("42"):
                found.append(tuple(json.loads(text[2:])))
        return found

    def ask(self, wait=True, **value):
        """Ask the little server to do something; its answer. Events that come before it are passed over."""
        self._asks += 1
        number = self._asks
        self.send(f"42{number}" + json.dumps(["ask", value]))
        return self.answer(number) if wait else number

    def answer(self, number):
        """The answer to the ask with this number."""
        while True:
            text = self.hear()
            assert isinstance(text, str), text
            if text.startswith(f"43{number}["):
                return json.loads(text[2 + len(str(number)) :])[0]

    def close(self):
        """Leave without a word."""
        self.socket.close()

    def _frame(self):
        head = self._exactly(2)
        if head is None:
            return None, b""
        size = head[1] & 127
        if size > 125:
            size = int.from_bytes(self._exactly(2 if size == 126 else 8))
        return head[0] & 15, self._exactly(size)

    def _exactly(self, count):
        while len(self._bytes) < count:
            try:
                chunk = self.socket.recv(65536)
            except ConnectionError:
                return None
            if not chunk:
                return None
            self._bytes += chunk
        taken, self._bytes = self._bytes[:count], self._bytes[count:]
        return taken


def masked(payload, kind=websocket.TEXT, final=True, mask=b"\x01\x02\x03\x04"):
    """A frame as a client sends it."""
    plain = websocket.frame(payload, kind)
    start = len(plain) - len(payload)
    head = bytes((plain[0] if final else plain[0] & 0x7F, plain[1] | 128)) + plain[2:start]
    return head + mask + websocket.unmask(payload, mask)


def read_answer(connection):
    """One HTTP answer: status, headers by lower-case name, body; status 0 if the connection ends before."""
    response = http.client.HTTPResponse(connection)
    try:
        response.begin()
    except http.client.RemoteDisconnected:
        return 0, {}, b""
    return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()


def until(condition, seconds=10):
    """Wait for a condition."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it didn't happen in time"
        time.sleep(0.01)


def _gather(pipe, lines):
    for line in pipe:
        lines.append(line.rstrip("\n"))
