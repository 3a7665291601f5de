"""What the two modes with green threads share: one send for each dirty socket at the end of the hub's turn.

All of it runs in the hub's one thread, and nothing yields while it touches the frames: no lock is needed.
"""

import contextlib
import socket as sockets
from collections.abc import Callable

from app.live.transport.outgoing import Outgoing


class Turn:
    """The sockets that got something to send during this turn of the hub.

    *soon(fn)* runs fn, which won't yield, once the turn is over; *send(socket, data)* sends without ever
    waiting and says how much went; *spawn(fn, ...)* starts a green thread.
    """

    def __init__(self, soon: Callable, send: Callable, spawn: Callable):
        self._soon = soon
        self._send = send
        self._spawn = spawn
        self._dirty: list[GreenOutgoing] = []

    def add(self, out: "GreenOutgoing") -> None:
        """Send what waits in *out* when the turn ends."""
        if not self._dirty:
            self._soon(self._flush)
        self._dirty.append(out)

    def send(self, out: "GreenOutgoing") -> None:
        """Send what waits in *out* now; a green thread of its own takes what the network doesn't."""
        data = out.take()
        try:
            sent = self._send(out.socket, data)
        except OSError:
            out.cut()
            return
        if sent < len(data):
            out.stuck = True
            self._spawn(out.drain, data[sent:])

    def _flush(self) -> None:
        dirty, self._dirty = self._dirty, []
        for out in dirty:
            out.marked = False
            if not out.stuck:
                self.send(out)


class GreenOutgoing(Outgoing):
    """The way out of one WebSocket under eventlet or gevent."""

    def __init__(self, socket, limit: int, turn: Turn):
        super().__init__(socket, limit)
        self._turn = turn
        self.marked = False
        self.stuck = False

    @property
    def idle(self) -> bool:
        """Nothing waits and nothing is under way."""
        return not self._frames and not self.stuck

    def wake(self) -> None:
        """Mark the socket for the end of this turn, unless a green thread is emptying it anyway."""
        if not self.marked and not self.stuck:
            self.marked = True
            self._turn.add(self)

    def drain(self, data: bytes) -> None:
        """Wait until *data* and all that came behind it has gone."""
        try:
            while data:
                self.socket.sendall(data)
                data = self.take()
        except OSError:
            self.cut()
        self.stuck = False

    def finish(self) -> None:
        """Send what the network takes at once, then end the connection."""
        if not self.stuck:
            self._turn.send(self)
        self.cut()

    def cut(self) -> None:
        """End the connection now; whatever waits is forgotten. Whoever reads from it sees the end."""
        self.take()
        with contextlib.suppress(OSError):  # the client was faster
            self.socket.shutdown(sockets.SHUT_RDWR)
