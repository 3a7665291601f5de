"""One connection of one phone: python-engineio's Socket with bounds, our own WebSocket, and no waiting for ever."""

import time
from collections.abc import Callable, Iterator

import engineio.exceptions
import engineio.packet
import engineio.socket

from app.live.transport import websocket
from app.live.transport.outgoing import Backlog, Outgoing

SWEEP = 0.5
TO_CONNECT = 10
PACKETS_PER_POST = 16


class Malformed(ValueError):
    """What a client sent is no packet of ours."""


class Channel(engineio.socket.Socket):
    """One connection of one phone, by WebSocket or by polling."""

    def __init__(self, server, sid: str):
        super().__init__(server, sid)
        self.out = None
        self._backlog = Backlog(server.queue_bytes)
        self._turnover = server.mode.guard()
        self._since = time.monotonic()
        self._pinged = False
        self.connect_by = self._since + TO_CONNECT  # None once it has

    def send(self, pkt: engineio.packet.Packet) -> None:
        """Queue an Engine.IO packet; too many waiting bytes end the connection."""
        encoded = pkt.encode()
        with self._turnover:
            if self.out is not None:
                self.put(websocket.frame(encoded.encode()))
            elif self.closed or self._backlog.add(len(encoded)):
                self.queue.put(pkt)
            else:
                self._overfull()

    def poll(self) -> list[engineio.packet.Packet]:
        """What waits for the next polling GET, as soon as there is something."""
        packets = super().poll()
        self._backlog.clear()
        return packets

    def put(self, frame: bytes) -> None:
        """Queue a WebSocket frame; too many waiting bytes end the connection."""
        if not self.closed and not self.out.put(frame):
            self._overfull()

    def _overfull(self) -> None:
        self.server.counts["overfull"] += 1
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
        """Ping when it is time; end the connection when the last ping wasn't answered, or when it never connects."""
        if self.connect_by and now > self.connect_by:
            self.cut()
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
            self.server.counts["malformed"] += 1
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
            self._talk(socket)
        except OSError:
            pass  # the client was faster
        self.upgrading = False
        if self.upgraded or not self.connected:
            self.close(reason=self.server.reason.TRANSPORT_CLOSE)
        return self.server.mode.over(environ)

    def _talk(self, socket) -> None:
        out = self.server.mode.outgoing(socket, self.server.queue_bytes)
        texts = self._texts(socket, out)
        try:
            if self.connected and not self._agreed(texts, out):
                return
            self._take_over(out)
            for text in texts:
                self.hear(text)
        except websocket.Violation as violation:
            self.server.counts["malformed"] += violation.code != websocket.NORMAL
            out.put(websocket.closing(violation.code))
        except Malformed:
            self.server.counts["malformed"] += 1
            out.put(websocket.closing(websocket.PROTOCOL))
        finally:
            out.finish()

    def _agreed(self, texts: Iterator[str], out: Outgoing) -> bool:
        """Whether a polling phone and we agree to go on by this WebSocket; it may not take long."""
        call_off = self.server.mode.later(TO_CONNECT, out.cut)
        try:
            if next(texts, None) != "2probe":
                return False
            out.put(websocket.frame(b"3probe"))
            self.queue.put(engineio.packet.Packet(engineio.packet.NOOP))  # ends the poll under way
            return next(texts, None) == "5"
        finally:
            call_off()

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
        while chunk := socket.recv(self.server.max_http_buffer_size):
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
