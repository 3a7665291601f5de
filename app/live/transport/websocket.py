"""The server's side of a WebSocket (RFC 6455), without sockets: bytes in, messages out, and back.

No extension is accepted: without permessage-deflate a connection costs a third of the memory, one frame can
be shared by a whole room, and nothing can be inflated.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
NORMAL, PROTOCOL, UNSUPPORTED, NOT_UTF8, TOO_BIG = 1000, 1002, 1003, 1007, 1009

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Violation(Exception):
    """The client broke the protocol or a limit; *code* is the status to close with."""

    def __init__(self, code: int):
        super().__init__(code)
        self.code = code


def handshake(environ: dict) -> bytes | None:
    """The answer to a request that asks for a WebSocket, or None if it isn't a proper one."""
    connection = [part.strip().lower() for part in environ.get("HTTP_CONNECTION", "").split(",")]
    key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "").encode("latin-1")
    try:
        nonce = base64.b64decode(key, validate=True)
    except binascii.Error:
        return None
    if (
        environ.get("REQUEST_METHOD") != "GET"
        or environ.get("HTTP_UPGRADE", "").lower() != "websocket"
        or "upgrade" not in connection
        or environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13"
        or len(nonce) != 16
    ):
        return None
    accept = base64.b64encode(hashlib.sha1(key + _GUID).digest())
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )


def frame(payload: bytes, kind: int = TEXT) -> bytes:
    """One whole, unmasked message as bytes for the wire."""
    size = len(payload)
    if size < 126:
        return bytes((0x80 | kind, size)) + payload
    if size < 65536:
        return bytes((0x80 | kind, 126)) + size.to_bytes(2) + payload
    return bytes((0x80 | kind, 127)) + size.to_bytes(8) + payload


def closing(code: int) -> bytes:
    """The closing frame with a status and no words."""
    return frame(code.to_bytes(2), CLOSE)


def unmask(payload: bytes, mask: bytes) -> bytes:
    """XOR with the repeated mask, as one operation on two big numbers: 32 kB take 0.1 ms instead of 12."""
    size = len(payload)
    key = mask * (size // 4 + 1)
    return (int.from_bytes(payload) ^ int.from_bytes(key[:size])).to_bytes(size)


class Frames:
    """Cuts what a client sends into messages, whole or in fragments of at most *limit* bytes together."""

    def __init__(self, limit: int):
        self._limit = limit
        self._bytes = bytearray()
        self._message: bytearray | None = None
        self._kind = 0

    def feed(self, chunk: bytes) -> Iterator[tuple[int, bytes | str]]:
        """Yield (kind, payload) for each message that is complete now: TEXT with a str, others with bytes.

        Raises Violation where the stream stops making sense; nothing may be fed afterwards.
        """
        self._bytes += chunk
        while (piece := self._cut()) is not None:
            final, kind, payload = piece
            if kind >= CLOSE:
                yield kind, payload
                continue
            if (kind == 0) == (self._message is None):
                raise Violation(PROTOCOL)
            if kind:
                self._kind = kind
                if final:
                    yield kind, _text(payload) if kind == TEXT else payload
                    continue
                self._message = bytearray()
            if len(self._message) + len(payload) > self._limit:
                raise Violation(TOO_BIG)
            self._message += payload
            if final:
                whole, self._message = bytes(self._message), None
                yield self._kind, _text(whole) if self._kind == TEXT else whole

    def _cut(self) -> tuple[bool, int, bytes] | None:
        waiting = self._bytes
        if len(waiting) < 2:
            return None
        first, second = waiting[0], waiting[1]
        kind, size, start = first & 15, second & 127, 6
        if first & 0x70 or not second & 128 or kind not in (0, TEXT, BINARY, CLOSE, PING, PONG):
            raise Violation(PROTOCOL)
        if kind >= CLOSE and (size > 125 or not first & 128):
            raise Violation(PROTOCOL)
        if size > 125:
            wide = 2 if size == 126 else 8
            start += wide
            if len(waiting) < 2 + wide:
                return None
            size = int.from_bytes(waiting[2 : 2 + wide])
        if size > self._limit:
            raise Violation(TOO_BIG)
        end = start + size
        if len(waiting) < end:
            return None
        payload = unmask(bytes(waiting[start:end]), bytes(waiting[start - 4 : start]))
        del waiting[:end]
        return bool(first & 128), kind, payload


def _text(payload: bytes) -> str:
    try:
        return payload.decode()
    except UnicodeDecodeError as error:
        raise Violation(NOT_UTF8) from error
