"""What waits to be sent to one phone: frames in order, gathered into one send, and only so many."""


class Backlog:
    """How much waits, in bytes.

    The limit holds for what waits beside the largest piece, so that the whole state of a big workshop always
    fits and a phone that doesn't read is still cut soon.
    """

    __slots__ = ("_largest", "_limit", "_waiting")

    def __init__(self, limit: int):
        self._limit = limit
        self.clear()

    def add(self, size: int) -> bool:
        """Count one more piece; False if that is too much, and then it isn't counted."""
        largest = max(self._largest, size)
        if self._waiting + size - largest > self._limit:
            return False
        self._waiting += size
        self._largest = largest
        return True

    def clear(self) -> None:
        """Nothing waits any more."""
        self._waiting = self._largest = 0


class Outgoing:
    """The way out of one WebSocket. The modes differ in `wake` and in how they empty it."""

    def __init__(self, socket, limit: int):
        self.socket = socket
        self._frames: list[bytes] = []
        self._backlog = Backlog(limit)

    def put(self, frame: bytes) -> bool:
        """Queue *frame*; False if too much waits already, and then nothing was queued."""
        if not self._backlog.add(len(frame)):
            return False
        self._frames.append(frame)
        self.wake()
        return True

    def take(self) -> bytes:
        """Everything that waits, as one piece; empty if nothing does."""
        frames, self._frames = self._frames, []
        self._backlog.clear()
        return frames[0] if len(frames) == 1 else b"".join(frames)

    @property
    def idle(self) -> bool:
        """Nothing waits and nothing is under way."""
        return not self._frames

    def wake(self) -> None:
        """See to it that what waits is sent soon."""
        raise NotImplementedError

    def finish(self) -> None:
        """Send what can be sent at once, then end the connection."""
        raise NotImplementedError

    def cut(self) -> None:
        """End the connection now; whatever waits is forgotten."""
        raise NotImplementedError
