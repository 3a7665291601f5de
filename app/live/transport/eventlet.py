"""Baraza on eventlet. `run.py` has called `eventlet.monkey_patch()` before anything else was imported."""

import contextlib
import errno
import os
import signal
from collections.abc import Callable

import eventlet
import eventlet.green.subprocess
import eventlet.green.threading
import eventlet.greenio
import eventlet.hubs
import eventlet.queue
import eventlet.semaphore
import eventlet.tpool
import eventlet.wsgi
import greenlet

from app.live.transport.green import GreenOutgoing, Turn
from app.live.transport.listening import BACKLOG, PATIENCE, bare_error, family, places, without_delay

name = "eventlet"
subprocess = eventlet.green.subprocess
spawn = eventlet.spawn_n
in_thread = eventlet.tpool.execute
Queue = eventlet.queue.LightQueue
Event = eventlet.green.threading.Event
Lock = eventlet.semaphore.Semaphore
guard = contextlib.nullcontext
sleep = eventlet.sleep


def later(seconds: float, fn: Callable) -> Callable[[], None]:
    """Run *fn* in a green thread in *seconds*; returns what calls it off."""
    return eventlet.hubs.get_hub().schedule_call_global(seconds, spawn, fn).cancel


def _soon(fn: Callable) -> None:
    eventlet.hubs.get_hub().schedule_call_global(0, fn)


def _send(socket, data: bytes) -> int:
    try:
        return socket.fd.send(data)
    except BlockingIOError:
        return 0


_turn = Turn(_soon, _send, spawn)


def outgoing(socket, limit: int) -> GreenOutgoing:
    """The way out of one WebSocket."""
    return GreenOutgoing(socket, limit, _turn)


def over(environ: dict) -> tuple:
    """What a WSGI application returns after its connection was a WebSocket."""
    eventlet.wsgi.WSGI_LOCAL.already_handled = True
    return ()


def on_signals(numbers: tuple[int, ...], fn: Callable) -> None:
    """Run *fn* in a green thread when one of the signals arrives.

    By way of a pipe: a signal alone doesn't wake the hub, and os.write in its handler would be a green one.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    listening = eventlet.greenio.GreenPipe(reading, "rb", 0)

    def wait() -> None:
        while listening.read(1):
            fn()

    for number in numbers:
        signal.signal(number, lambda *_: None)
    signal.set_wakeup_fd(writing)
    spawn(wait)


class Protocol(eventlet.wsgi.HttpProtocol):
    """One connection: shows the application its socket, is patient only so long, and tells nothing."""

    def handle_one_request(self) -> None:
        """A request line and its headers must be complete within PATIENCE seconds."""
        self._reading = eventlet.Timeout(PATIENCE, False)
        with self._reading:
            return super().handle_one_request()
        self.close_connection = True

    def get_environ(self) -> dict:
        """The WSGI environment, made when the headers are complete: the clock of the request stops here."""
        self._reading.cancel()
        environ = super().get_environ()
        environ["baraza.socket"] = self.connection
        environ["baraza.hang_up"] = self.hang_up
        return environ

    def hang_up(self) -> None:
        """End the connection after this answer, without reading the rest of the request."""
        self.close_connection = True

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The answer to what isn't HTTP: no page, no version of anything."""
        self.close_connection = True
        self.wfile.write(bare_error(code))


class Listener:
    """A listening socket whose accept survives running out of file descriptors."""

    def __init__(self, socket):
        self._socket = socket

    def accept(self):
        """The next connection, as socket.accept."""
        while True:
            try:
                return self._socket.accept()
            except OSError as error:
                if error.errno not in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                    raise
                eventlet.sleep(0.1)

    def __getattr__(self, name):
        return getattr(self._socket, name)


class Server:
    """Serves *app* from the moment it is made; port 0 takes a free one."""

    def __init__(self, app: Callable, host: str, port: int):
        eventlet.hubs.get_hub().debug_exceptions = False  # it prints addresses; bugs are told by Faults
        listening = eventlet.listen((host, port), family(host), BACKLOG, reuse_port=False)
        without_delay(listening)
        self.port = listening.getsockname()[1]
        self._listening = listening
        self._serving = eventlet.spawn(
            eventlet.wsgi.server,
            Listener(listening),
            app,
            max_size=places(),
            protocol=Protocol,
            socket_timeout=PATIENCE,
            log_output=False,
            log_x_forwarded_for=False,
            debug=False,
        )

    def close(self) -> None:
        """Accept nobody else; who is connected stays."""
        self._serving.kill()
        self._listening.close()

    def join(self) -> None:
        """Wait until everybody has gone."""
        with contextlib.suppress(greenlet.GreenletExit):
            self._serving.wait()
