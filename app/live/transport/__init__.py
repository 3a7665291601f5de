"""The transport: besides `run.py` the one place that knows whether green threads or real ones carry us.

transport = Transport("eventlet")        # or "gevent", "threading"
transport.socketio(app)
transport.on("ask", handler)             # handler(sid, value, answer)
transport.serve(app, "127.0.0.1", 5000, ready=print)
"""

import importlib
import os
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Sequence

from app.live.transport import mends, processes, websocket
from app.live.transport.faults import Faults
from app.live.transport.processes import ProcessFailed

__all__ = ["MODES", "Inbox", "ProcessFailed", "Transport"]

MODES = ("eventlet", "gevent", "threading")
LAST_SECOND = 0.9
LAST_WORDS = 0.2


class Inbox:
    """What waits for one writer. Only green threads (in threading mode: any thread) may put; one takes."""

    def __init__(self, queue):
        self._queue = queue
        self.put = queue.put

    def take(self, limit: int = 200) -> list:
        """All items that wait, oldest first, *limit* at most; waits cooperatively until there is one."""
        items = [self._queue.get()]
        while len(items) < limit and not self._queue.empty():
            items.append(self._queue.get())
        return items


class Later:
    """A call that is still to come."""

    def __init__(self, cancel: Callable[[], None]):
        self.cancel = cancel


class Transport:
    """Tasks, waiting, sockets and serving, the same in every mode.

    *queue_bytes* bounds what waits for one phone.
    """

    def __init__(self, mode: str = "eventlet", queue_bytes: int = 1_000_000, faults: Faults | None = None):
        if mode not in MODES:
            raise ValueError(f"mode is one of {', '.join(MODES)}")
        self._mode = importlib.import_module(f"app.live.transport.{mode}")
        self._queue_bytes = queue_bytes
        self.faults = faults or Faults()
        self._handlers: dict[str, Callable] = {}
        self._rooms: dict[str, dict[str, str]] = defaultdict(dict)
        self._places: dict[str, set[str]] = {}
        self._moving = self._mode.guard()
        self._new: list[Callable] = []
        self._gone: list[Callable] = []
        self._stopping: list[Callable] = []
        self._stop = self._mode.Event()
        self._server: mends.Sockets | None = None

    def spawn(self, fn: Callable, *args) -> None:
        """Run *fn* in the background; a bug in it is reported."""
        self._mode.spawn(self.faults.guard(fn), *args)

    def in_thread(self, fn: Callable, *args):
        """Run *fn*, which blocks, in a real thread; wait cooperatively, return or raise what it does."""
        return self._mode.in_thread(fn, *args)

    def run_process(self, argv: Sequence[str], stdin: bytes, timeout: float, max_bytes: int) -> bytes:
        """What the program *argv* wrote, as processes.run. Raises ProcessFailed."""
        return processes.run(self._mode, argv, stdin, timeout, max_bytes)

    def inbox(self) -> Inbox:
        """A new, empty inbox."""
        return Inbox(self._mode.Queue())

    def later(self, seconds: float, fn: Callable[[], object]) -> Later:
        """Run *fn* in *seconds*, in the background, unless it is cancelled first."""
        return Later(self._mode.later(seconds, self.faults.guard(fn)))

    def sleep(self, seconds: float) -> None:
        """Wait, cooperatively."""
        self._mode.sleep(seconds)

    def event(self):
        """Something to wait for: set(), wait(timeout), is_set(), clear()."""
        return self._mode.Event()

    def lock(self):
        """A lock for a `with` statement."""
        return self._mode.Lock()

    def socketio(self, app) -> mends.SocketIO:
        """Put Socket.IO in front of the Flask *app*."""
        io = mends.SocketIO(
            app,
            mode=self._mode,
            queue_bytes=self._queue_bytes,
            heard=self._heard,
            async_mode=self._mode.name,
            ping_interval=mends.PING_EVERY,
            ping_timeout=mends.PING_PATIENCE,
            max_http_buffer_size=mends.LARGEST_MESSAGE,
            transports=["websocket", "polling"],
            cors_allowed_origins=[],
            cookie=None,
            manage_session=False,
            json=mends.Json,
        )
        app.wsgi_app = self.faults.guard_app(app.wsgi_app)
        self._server = io.server
        self._server.on("connect", self._came)
        self._server.on("disconnect", self._went)
        return io

    def on(self, event: str, handler: Callable) -> None:
        """Call handler(sid, value, answer) for each *event* of a phone, in the order in which it sent them.

        answer(value) sends the acknowledgement; it may be called later, from anywhere, and does nothing if
        the phone wants none or is gone. An event that has no handler ends the connection.
        """
        self._handlers[event] = handler

    def on_new(self, handler: Callable) -> None:
        """Call handler(sid, environ) when a socket has connected; the environ isn't kept."""
        self._new.append(handler)

    def on_gone(self, handler: Callable) -> None:
        """Call handler(sid) when a socket is gone; it has left its rooms."""
        self._gone.append(handler)

    def enter(self, sid: str, room: str) -> None:
        """From now on *sid* gets what is emitted to *room*; nothing happens if it is gone."""
        with self._moving:
            if sid in self._places:
                self._places[sid].add(room)
                self._rooms[room][sid] = self._server.manager.eio_sid_from_sid(sid, "/")

    def leave(self, sid: str, room: str) -> None:
        """From now on it doesn't."""
        with self._moving:
            self._places.get(sid, set()).discard(room)
            members = self._rooms.get(room, {})
            members.pop(sid, None)
            if not members:
                self._rooms.pop(room, None)

    def cut(self, sid: str) -> None:
        """End the connection of *sid* after what waits for it was sent; the phone may come back."""
        channel = self._server.eio.sockets.get(self._server.manager.eio_sid_from_sid(sid, "/"))
        if channel is not None:
            channel.close()
        else:
            self._server.disconnect(sid)  # a test client has no connection to end

    def emit(self, room: str, event: str, payload) -> None:
        """Send an event to everybody in *room*, in order. Only `app/live/publish.py` calls this.

        Raises ValueError without a room: with Socket.IO itself that would reach every workshop on the server.
        """
        if not room or not isinstance(room, str):
            raise ValueError("emit needs a room")
        members = self._rooms.get(room)
        if not members:
            return
        packet = mends.event_packet(event, payload)
        frame = None
        sockets = self._server.eio.sockets
        for eio_sid in list(members.values()):
            channel = sockets.get(eio_sid)
            if channel is None or channel.out is None:
                self._server._send_eio_packet(eio_sid, packet)
            else:
                frame = frame or websocket.frame(packet.encode().encode())
                channel.put(frame)

    def counts(self) -> dict[str, int]:
        """For the log of figures: open sockets, connections ended as malformed, and as too slow to read."""
        engine = self._server.eio
        return {"sockets": len(engine.sockets), "malformed": 0, "overfull": 0, **engine.counts}

    def _came(self, sid: str, environ: dict, auth: None) -> None:
        self._places[sid] = set()
        for handler in self._new:
            self.faults.guard(handler)(sid, environ)

    def _went(self, sid: str, reason: str) -> None:
        with self._moving:
            for room in self._places.pop(sid, set()):
                self.leave(sid, room)
        for handler in self._gone:
            self.faults.guard(handler)(sid)

    def _heard(self, sid: str, event: str, value, answer: Callable) -> None:
        handler = self._handlers.get(event)
        if handler is None:
            raise mends.Malformed
        self.faults.guard(handler, lambda fault: answer(_bug(fault)))(sid, value, answer)

    def serve(self, app: Callable, host: str, port: int, ready: Callable[[int], object]) -> None:
        """Serve the WSGI *app* until SIGTERM, SIGINT or stop(); ready(port) is called once it listens.

        Then nobody else is accepted, the functions given to on_stop run, what they sent leaves, everybody goes, and
        this returns. If that takes longer than LAST_SECOND the process ends at once, with 0.
        """
        self._mode.on_signals((signal.SIGTERM, signal.SIGINT), self.stop)
        server = self._mode.Server(app, host, port)
        ready(server.port)
        self._stop.wait()
        _end_in(LAST_SECOND)
        server.close()
        for fn in self._stopping:
            self.faults.guard(fn)()
        self._last_words()
        server.join()
        _end_in(0)

    def stop(self) -> None:
        """Make serve() return."""
        self._stop.set()

    def on_stop(self, fn: Callable[[], object]) -> None:
        """Call *fn* when the server stops, while the sockets are still open."""
        self._stopping.append(fn)

    def _last_words(self) -> None:
        channels = list(self._server.eio.sockets.values()) if self._server else []
        until = time.monotonic() + LAST_WORDS
        while time.monotonic() < until and any(c.out is not None and not c.out.idle for c in channels):
            self._mode.sleep(0.005)
        for channel in channels:
            channel.close()


def _bug(fault: str) -> dict:
    return {"ok": False, "error": {"code": "bug", "id": fault}}


def _end_in(seconds: float) -> None:
    """End the process in *seconds*; 0 calls it off."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, lambda *_: os._exit(0))
        signal.setitimer(signal.ITIMER_REAL, seconds)
