"""Where python-socketio and python-engineio are mended. Their private names that this rests on are listed in
tests/server/test_mends.py, which fails when an upgrade changes one.

What stock does, and what is done here instead:

* a request parks a green thread for ever (`close(wait=True)`): nobody waits
* outgoing queues, fragments and binary attachments grow without limit: bounded; binary is refused
* a green thread, or a real one, per event and per ping: none
* pings by the wall clock, so that setting it cuts everybody: the monotonic clock
* an answer must be ready when the handler returns: it may come later, after a commit
* whoever goes is looked for in the rooms of all others: rooms are ours
* a malformed packet writes a traceback: it ends that connection, quietly
"""

import logging
import time
from collections import Counter
from collections.abc import Callable
from functools import partial

import engineio
import engineio.packet
import flask_socketio
import msgspec
import socketio

from app.live.transport import listening, websocket
from app.live.transport.channel import SWEEP, Channel, Malformed

PING_EVERY, PING_PATIENCE = 8, 6
LARGEST_MESSAGE = 32768

quiet = logging.getLogger("app.live.transport.quiet")
quiet.propagate = False
quiet.setLevel(logging.CRITICAL + 1)


class Json:
    """msgspec behind the two names that the libraries call."""

    @staticmethod
    def dumps(value, separators=None) -> str:
        """As json.dumps, always without spaces."""
        return msgspec.json.encode(value).decode()

    @staticmethod
    def loads(text: str | bytes):
        """As json.loads. Raises Malformed, also for what nests too deep."""
        try:
            return msgspec.json.decode(text)
        except (msgspec.DecodeError, RecursionError) as error:
            raise Malformed from error


class Engine(engineio.Server):
    """The Engine.IO server: connections, pings, polling. It keeps *most* connections."""

    def __init__(self, mode, queue_bytes: int, most: int, **options):
        super().__init__(logger=quiet, monitor_clients=False, **options)
        self.mode = mode
        self.queue_bytes = queue_bytes
        self.counts: Counter[str] = Counter()
        self._most = most
        self._sweeping = False

    def _handle_connect(self, environ: dict, start_response: Callable, transport: str, jsonp_index=None):
        if transport == "websocket" and websocket.handshake(environ) is None:
            return self._bad_request()
        if len(self.sockets) >= self._most:
            return {"status": "503 SERVICE UNAVAILABLE", "headers": [], "response": b""}
        if not self._sweeping:
            self._sweeping = True
            self.mode.spawn(self._sweep)
        sid = self.generate_id()
        channel = self.sockets[sid] = Channel(self, sid)
        opening = {
            "sid": sid,
            "upgrades": self._upgrades(sid, transport),
            "pingTimeout": int(self.ping_timeout * 1000),
            "pingInterval": int(self.ping_interval * 1000),
            "maxPayload": self.max_http_buffer_size,
        }
        channel.send(engineio.packet.Packet(engineio.packet.OPEN, opening))
        self.handlers["connect"](sid, environ)
        if transport == "websocket":
            return channel.handle_get_request(environ, start_response)
        channel.connected = True
        return self._ok(channel.poll())

    def _sweep(self) -> None:
        while True:
            self.mode.sleep(SWEEP)
            now = time.monotonic()
            for channel in list(self.sockets.values()):
                channel.tick(now)


class Phones(socketio.Manager):
    """Who is connected. Rooms are the transport's own: a phone is in the room of all and in one by itself."""

    def basic_disconnect(self, sid: str, namespace: str, **options) -> None:
        """Forget a phone; stock looks for it in the room of every other."""
        for room in (sid, None):
            self.basic_leave_room(sid, namespace, room)
        for pending in (self.pending_connect, self.pending_disconnect):
            if sid in pending.get(namespace, ()):
                pending[namespace].remove(sid)


class Sockets(socketio.Server):
    """The Socket.IO server: only the main namespace, only text, only events with at most one value.

    *heard(sid, event, value, answer)* gets every event; answer(value) sends the acknowledgement, whenever
    it is called.
    """

    def __init__(self, mode, queue_bytes: int, heard: Callable, **options):
        self._mode = mode
        self._queue_bytes = queue_bytes
        self._heard = heard
        super().__init__(client_manager=Phones(), logger=quiet, async_handlers=False, **options)

    def _engineio_server_class(self):
        return partial(Engine, self._mode, self._queue_bytes, listening.CONNECTIONS)

    def _handle_eio_message(self, eio_sid: str, data: str) -> None:
        """Take one Socket.IO packet. Raises Malformed."""
        kind = data[:1]
        if kind == "2":
            number, value = _event(data)
            self._handle_event(eio_sid, "/", number, value)
        elif kind == "0":
            if data != "0" and data[1:2] != "{":
                raise Malformed
            self._handle_connect(eio_sid, "/", None)
            self.environ[eio_sid] = {}  # what came with the request is neither needed nor kept
            channel = self.eio.sockets.get(eio_sid)
            if channel is not None:
                channel.connect_by = None
        elif kind == "1" and len(data) == 1:
            self._handle_disconnect(eio_sid, "/", self.reason.CLIENT_DISCONNECT)
            self.eio.disconnect(eio_sid)  # there is nothing else to stay for
        else:
            raise Malformed

    def _handle_event(self, eio_sid: str, namespace: str, id: int | None, data: list) -> None:
        sid = self.manager.sid_from_eio_sid(eio_sid, namespace)
        if self.manager.is_connected(sid, namespace):
            self._heard(sid, data[0], data[1] if len(data) > 1 else None, partial(self._answer, eio_sid, id))

    def _answer(self, eio_sid: str, id: int | None, value) -> None:
        if id is not None:
            self._send_eio_packet(eio_sid, answer_packet(id, value))


class SocketIO(flask_socketio.SocketIO):
    """Flask-SocketIO around the mended server."""

    def init_app(self, app, **options) -> None:
        """As flask_socketio.SocketIO, with *mode*, *queue_bytes* and *heard* for Sockets."""
        mended = {key: options.pop(key) for key in ("mode", "queue_bytes", "heard")}
        super().init_app(app, **options)
        self.server = Sockets(**mended, **self.server_options)
        self.sockio_mw.engineio_app = self.server


def event_packet(event: str, payload) -> engineio.packet.Packet:
    """An event as the Engine.IO packet that carries it; the same for everybody who gets it."""
    return engineio.packet.Packet(engineio.packet.MESSAGE, "2" + Json.dumps([event, payload]))


def answer_packet(id: int, value) -> engineio.packet.Packet:
    """An acknowledgement as the Engine.IO packet that carries it."""
    return engineio.packet.Packet(engineio.packet.MESSAGE, f"3{id}" + Json.dumps([value]))


def _event(data: str) -> tuple[int | None, list]:
    start = 1
    while data[start : start + 1].isdecimal():
        start += 1
    if start > 17:
        raise Malformed
    value = Json.loads(data[start:])
    if not isinstance(value, list) or not 1 <= len(value) <= 2 or not isinstance(value[0], str):
        raise Malformed
    return int(data[1:start]) if start > 1 else None, value
