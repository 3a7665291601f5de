"""Baraza on plain threads: for a handful of people, and to see that nothing depends on green ones."""

import contextlib
import logging
import queue
import signal
import socket as sockets
import subprocess
import threading
import time
from collections.abc import Callable

from werkzeug.serving import WSGIRequestHandler, make_server

from app.live.transport.listening import PATIENCE, bare_error, without_delay
from app.live.transport.outgoing import Outgoing

__all__ = ["subprocess"]

name = "threading"
Queue = queue.SimpleQueue
Event = threading.Event
Lock = threading.Lock
guard = threading.RLock
sleep = time.sleep


def spawn(fn: Callable, *args) -> None:
    """Run *fn* in a thread that doesn't keep the process alive."""
    threading.Thread(target=fn, args=args, daemon=True).start()


def in_thread(fn: Callable, *args):
    """Whoever asks has a thread already."""
    return fn(*args)


def later(seconds: float, fn: Callable) -> Callable[[], None]:
    """Run *fn* in a thread in *seconds*; returns what calls it off."""
    timer = threading.Timer(seconds, fn)
    timer.daemon = True
    timer.start()
    return timer.cancel


class ThreadOutgoing(Outgoing):
    """The way out of one WebSocket, emptied by a thread of its own."""

    def __init__(self, socket, limit: int):
        super().__init__(socket, limit)
        self._lock = threading.Lock()
        self._bell = threading.Event()
        self._ending = False
        self._sending = False
        spawn(self._drain)

    @property
    def idle(self) -> bool:
        """Nothing waits and nothing is under way."""
        return not self._frames and not self._sending

    def put(self, frame: bytes) -> bool:
        """As Outgoing.put, from any thread."""
        with self._lock:
            return super().put(frame)

    def wake(self) -> None:
        """Ring for the thread."""
        self._bell.set()

    def finish(self) -> None:
        """Let the thread send what waits, then end the connection."""
        self._ending = True
        self._bell.set()

    def cut(self) -> None:
        """End the connection now; whatever waits is forgotten. Whoever reads from it sees the end."""
        with self._lock:
            self.take()
        self._ending = True
        self._bell.set()
        with contextlib.suppress(OSError):  # the client was faster
            self.socket.shutdown(sockets.SHUT_RDWR)

    def _drain(self) -> None:
        ending = False
        try:
            while not ending:
                self._bell.wait()
                self._bell.clear()
                ending = self._ending
                with self._lock:
                    data = self.take()
                    self._sending = True
                self.socket.sendall(data)
                self._sending = False
        except OSError:
            pass  # the reader sees it too
        self.cut()


outgoing = ThreadOutgoing


def over(environ: dict):
    """What a WSGI application does after its connection was a WebSocket: this is how werkzeug is told."""
    raise ConnectionError


def on_signals(numbers: tuple[int, ...], fn: Callable) -> None:
    """Run *fn* in a thread when one of the signals arrives; the main thread may hold a lock that fn wants."""
    for number in numbers:
        signal.signal(number, lambda *_: spawn(fn))


class Handler(WSGIRequestHandler):
    """One connection: shows its socket to the application, bounds how long a read may take, tells nothing."""

    timeout = PATIENCE

    def make_environ(self) -> dict:
        """The WSGI environment, and the way to the socket."""
        environ = super().make_environ()
        environ["baraza.socket"] = self.connection
        environ["baraza.hang_up"] = self.hang_up
        return environ

    def hang_up(self) -> None:
        """End the connection after this answer, without reading the rest of the request."""
        self.close_connection = True

    def send_header(self, keyword: str, value: str) -> None:
        """All headers but the one that names the server and its version."""
        if keyword != "Server":
            super().send_header(keyword, value)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The answer to what isn't HTTP: no page, no version of anything."""
        self.close_connection = True
        self.wfile.write(bare_error(code))

    def log(self, type: str, message: str, *args) -> None:
        """No log: its lines begin with an address."""


class Server:
    """Serves *app* from the moment it is made; port 0 takes a free one."""

    def __init__(self, app: Callable, host: str, port: int):
        logging.getLogger("werkzeug").disabled = True
        self._serving = make_server(host, port, app, threaded=True, request_handler=Handler)
        self._serving.handle_error = lambda request, address: None
        self._serving.log = lambda type, message, *args: None
        without_delay(self._serving.socket)
        self.port = self._serving.server_port
        spawn(self._serving.serve_forever, 0.05)

    def close(self) -> None:
        """Accept nobody else; who is connected stays."""
        self._serving.shutdown()
        self._serving.socket.close()

    def join(self) -> None:
        """Nobody needs to be waited for: the threads don't keep the process alive."""
