"""Where python-socketio and python-engineio are mended. Their private names that this rests on are listed in
tests/server/test_mends.py, which fails when an upgrade changes one.

What stock does, and what is done here instead:

* a request parks a green thread for ever (`close(wait=True)`): nobody waits
* outgoing queues, fragments and binary attachments grow without limit: bounded; binary is refused
* a green thread, or a real one, per event and per ping: none
* pings by the wall clock, so that setting it cuts everybody: the monotonic clock
* an answer must be ready when the handler returns: it may come later, after a commit
* a malformed packet writes a traceback: it ends that connection, quietly
"""

import logging
import time
from collections.abc import Callable, Iterator
from functools import partial

import engineio
import engineio.exceptions
import engineio.packet
import engineio.payload
import engineio.socket
import flask_socketio
import msgspec
import socketio
import socketio.packet

from app.live.transport import websocket
from app.live.transport.outgoing import Backlog, Outgoing

PING_EVERY, PING_PATIENCE = 8, 6
SWEEP = 0.5
LARGEST_MESSAGE = 32768
PACKETS_PER_POST = 16

quiet = logging.getLogger("app.live.transport.quiet")
quiet.propagate = False
quiet.setLevel(logging.CRITICAL + 1)


class Malformed(ValueError):
    """What a client sent is no packet of ours."""


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


class Channel(engineio.socket.Socket):
    """One connection of one phone, by WebSocket or by polling."""

    def __init__(self, server: "Engine", sid: str):
        super().__init__(server, sid)
        self.out = None
        self._backlog = Backlog(server.queue_bytes)
        self._turnover = server.mode.guard()
        self._since = time.monotonic()
        self._pinged = False

    def send(self, pkt: engineio.packet.Packet) -> None:
        """Queue an Engine.IO packet; too many waiting bytes end the connection."""
        encoded = pkt.encode()
        with self._turnover:
            if self.out is not None:
                self.put(websocket.frame(encoded.encode()))
            elif self.closed or self._backlog.add(len(encoded)):
                self.queue.put(pkt)
            else:
                self.cut()

    def poll(self) -> list[engineio.packet.Packet]:
        """What waits for the next polling GET, as soon as there is something."""
        packets = super().poll()
        self._backlog.clear()
        return packets

    def put(self, frame: bytes) -> None:
        """Queue a WebSocket frame; too many waiting bytes end the connection."""
        if not self.closed and not self.out.put(frame):
            self.cut()

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        """End the connection after what waits is sent; never waits, whatever *wait* says."""
        if not self.closed:
            self._end(reason or self.server.reason.SERVER_DISCONNECT)
            if self.out is not None:
                self.out.finish()

    def cut(self) -> None:
        """End the connection now: nothing that waits is sent."""
        if not self.closed:
            self._end(self.server.reason.TRANSPORT_ERROR)
            if self.out is not None:
                self.out.cut()

    def _end(self, reason: str) -> None:
        self.closed = self.closing = True
        self.server.sockets.pop(self.sid, None)
        self.queue.put(None)  # whoever polls returns
        self.server.handlers["disconnect"](self.sid, reason)

    def tick(self, now: float) -> None:
        """Ping when it is time; end the connection when the last ping wasn't answered."""
        waited = now - self._since + SWEEP
        if self._pinged:
            if waited >= self.server.ping_timeout:
                self.cut()
        elif waited >= self.server.ping_interval:
            self._pinged = True
            self._since = now
            self.send(engineio.packet.Packet(engineio.packet.PING))

    def hear(self, text: str) -> None:
        """Take one Engine.IO packet from the client. Raises Malformed."""
        kind = text[:1]
        if kind == "4":
            self.server.handlers["message"](self.sid, text[1:])
        elif kind == "3":
            self._pinged = False
            self._since = time.monotonic()
        elif kind == "1":
            self.close(reason=self.server.reason.CLIENT_DISCONNECT)
        elif kind not in ("2", "5", "6") or len(text) > 1:
            raise Malformed

    def handle_post_request(self, environ: dict) -> None:
        """The packets of one polling POST."""
        length = environ.get("CONTENT_LENGTH") or "0"
        try:
            if not length.isdecimal() or int(length) > self.server.max_http_buffer_size:
                raise Malformed
            texts = environ["wsgi.input"].read(int(length)).decode().split("\x1e")
            if len(texts) > PACKETS_PER_POST:
                raise Malformed
            for text in texts:
                self.hear(text)
        except ValueError as error:
            environ.get("baraza.hang_up", lambda: None)()
            raise engineio.exceptions.UnknownPacketError from error

    def _upgrade_websocket(self, environ: dict, start_response: Callable):
        reply = websocket.handshake(environ)
        if reply is None or self.upgraded or self.upgrading or "baraza.socket" not in environ:
            return self.server._bad_request()
        socket = environ["baraza.socket"]
        self.upgrading = self.connected
        try:
            socket.settimeout(None)  # the pings tell who is gone
            socket.sendall(reply)
            out = self.server.mode.outgoing(socket, self.server.queue_bytes)
            self._talk(out, self._texts(socket, out))
            out.finish()
        except OSError:
            pass  # the client was faster
        self.upgrading = False
        if self.upgraded or not self.connected:
            self.close(reason=self.server.reason.TRANSPORT_CLOSE)
        return self.server.mode.over(environ)

    def _talk(self, out: Outgoing, texts: Iterator[str]) -> None:
        try:
            if self.connected:
                if next(texts, None) != "2probe":
                    return
                out.put(websocket.frame(b"3probe"))
                self.queue.put(engineio.packet.Packet(engineio.packet.NOOP))  # ends the poll under way
                if next(texts, None) != "5":
                    return
            self._take_over(out)
            for text in texts:
                self.hear(text)
        except websocket.Violation as violation:
            out.put(websocket.closing(violation.code))
        except Malformed:
            out.put(websocket.closing(websocket.PROTOCOL))

    def _take_over(self, out: Outgoing) -> None:
        with self._turnover:
            self.connected = self.upgraded = True
            self.out = out
            while not self.queue.empty():
                pkt = self.queue.get()
                if pkt is not None and pkt.packet_type != engineio.packet.NOOP:
                    self.put(websocket.frame(pkt.encode().encode()))

    def _texts(self, socket, out: Outgoing) -> Iterator[str]:
        frames = websocket.Frames(self.server.max_http_buffer_size)
        while chunk := socket.recv(LARGEST_MESSAGE):
            heard = 0
            for kind, payload in frames.feed(chunk):
                heard += 1
                if kind == websocket.TEXT:
                    yield payload
                elif kind == websocket.PING:
                    out.put(websocket.frame(payload, websocket.PONG))
                elif kind == websocket.CLOSE:
                    raise websocket.Violation(websocket.NORMAL)
                elif kind == websocket.BINARY:
                    raise websocket.Violation(websocket.UNSUPPORTED)
                if self.closed:
                    return
            if heard > 1:
                self.server.mode.sleep(0)  # one who floods doesn't keep the others waiting


class Engine(engineio.Server):
    """The Engine.IO server: connections, pings, polling."""

    def __init__(self, mode, queue_bytes: int, **options):
        super().__init__(logger=quiet, monitor_clients=False, **options)
        self.mode = mode
        self.queue_bytes = queue_bytes
        self._sweeping = False

    def _handle_connect(self, environ: dict, start_response: Callable, transport: str, jsonp_index=None):
        if transport == "websocket" and websocket.handshake(environ) is None:
            return self._bad_request()
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


class Sockets(socketio.Server):
    """The Socket.IO server: only the main namespace, only text, only events with at most one value.

    *heard(sid, event, value, answer)* gets every event; answer(value) sends the acknowledgement, whenever
    it is called.
    """

    def __init__(self, mode, queue_bytes: int, heard: Callable, **options):
        self._mode = mode
        self._queue_bytes = queue_bytes
        self._heard = heard
        super().__init__(logger=quiet, async_handlers=False, **options)

    def _engineio_server_class(self):
        return partial(Engine, self._mode, self._queue_bytes)

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
        elif kind == "1" and len(data) == 1:
            self._handle_disconnect(eio_sid, "/", self.reason.CLIENT_DISCONNECT)
        else:
            raise Malformed

    def _handle_event(self, eio_sid: str, namespace: str, id: int | None, data: list) -> None:
        sid = self.manager.sid_from_eio_sid(eio_sid, namespace)
        if self.manager.is_connected(sid, namespace):
            self._heard(sid, data[0], data[1] if len(data) > 1 else None, partial(self._answer, eio_sid, id))

    def _answer(self, eio_sid: str, id: int | None, value) -> None:
        if id is not None:
            self._send_packet(eio_sid, socketio.packet.Packet(socketio.packet.ACK, data=[value], id=id))


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
