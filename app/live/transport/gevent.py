"""Baraza on gevent. `run.py` has called `gevent.monkey.patch_all()` before anything else was imported."""

import contextlib
from collections.abc import Callable

import gevent
import gevent.event
import gevent.lock
import gevent.pool
import gevent.pywsgi
import gevent.queue
import gevent.socket
import gevent.subprocess

from app.live.transport.green import GreenOutgoing, Turn
from app.live.transport.listening import BACKLOG, PATIENCE, bare_error, family, places, without_delay

name = "gevent"
subprocess = gevent.subprocess
spawn = gevent.spawn
Queue = gevent.queue.SimpleQueue
Event = gevent.event.Event
Lock = gevent.lock.RLock
guard = contextlib.nullcontext
sleep = gevent.sleep


def in_thread(fn: Callable, *args):
    """Run *fn* in a real thread; wait, return or raise what it does."""
    return gevent.get_hub().threadpool.apply(fn, args)


def later(seconds: float, fn: Callable) -> Callable[[], None]:
    """Run *fn* in a greenlet in *seconds*; returns what calls it off."""
    due = [fn]
    gevent.spawn_later(seconds, lambda: due and due.pop()())
    return due.clear


def _soon(fn: Callable) -> None:
    gevent.get_hub().loop.run_callback(fn)


def _send(socket, data: bytes) -> int:
    try:
        return socket._sock.send(data)
    except BlockingIOError:
        return 0


_turn = Turn(_soon, _send, spawn)


def outgoing(socket, limit: int) -> GreenOutgoing:
    """The way out of one WebSocket."""
    return GreenOutgoing(socket, limit, _turn)


def over(environ: dict) -> tuple:
    """What a WSGI application returns after its connection was a WebSocket."""
    environ["baraza.hang_up"]()
    return ()


def on_signals(numbers: tuple[int, ...], fn: Callable) -> None:
    """Run *fn* in a greenlet when one of the signals arrives."""
    for number in numbers:
        gevent.signal_handler(number, fn)


class Handler(gevent.pywsgi.WSGIHandler):
    """One connection: shows the application its socket, is patient only so long, and tells nothing."""

    def handle_one_request(self):
        """A request line and its headers must be complete within PATIENCE seconds."""
        self._reading = gevent.Timeout.start_new(PATIENCE)
        try:
            return super().handle_one_request()
        except gevent.Timeout as timeout:
            if timeout is not self._reading:
                raise
            return None
        finally:
            self._reading.close()

    def get_environ(self) -> dict:
        """The WSGI environment, made when the headers are complete: the clock of the request stops here."""
        self._reading.close()
        self.socket.settimeout(PATIENCE)
        environ = super().get_environ()
        environ["baraza.socket"] = self.socket
        environ["baraza.hang_up"] = self.hang_up
        return environ

    def hang_up(self) -> None:
        """End the connection after this answer, without reading the rest of the request."""
        self.close_connection = True
        self.wsgi_input = gevent.pywsgi.Input(self.rfile, 0)

    def handle_error(self, kind, value, trace) -> None:
        """Say nothing more to a client whose request broke off; bugs of the application never get here."""
        self.close_connection = True

    def _handle_client_error(self, ex):
        return "400", bare_error(400)

    def log_request(self) -> None:
        """No log: its lines begin with an address."""


class Server:
    """Serves *app* from the moment it is made; port 0 takes a free one."""

    def __init__(self, app: Callable, host: str, port: int):
        gevent.get_hub().exception_stream = None  # it prints addresses; bugs are told by Faults
        listening = gevent.socket.create_server((host, port), family=family(host), backlog=BACKLOG)
        without_delay(listening)
        self._serving = gevent.pywsgi.WSGIServer(
            listening,
            app,
            handler_class=Handler,
            spawn=gevent.pool.Pool(places()),
            log=None,
            error_log=None,
        )
        self._serving.start()
        self.port = self._serving.server_port

    def close(self) -> None:
        """Accept nobody else; who is connected stays."""
        self._serving.close()

    def join(self) -> None:
        """Wait until everybody has gone."""
        self._serving.pool.join()
