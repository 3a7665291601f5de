"""One pretend phone, console or stage: joins, asks until it is answered, and merges what comes."""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections.abc import Callable
from typing import Any

import socketio

from .tables import Tables

AGAIN = ("too-fast", "not-saved", "busy")
TIMEOUT_S = 20.0


class Lost(Exception):
    """The server didn't answer in time."""


def new_id() -> str:
    """128 random bits in base64url."""
    return secrets.token_urlsafe(16)


class Phone:
    """A client of a workshop: a person with their `token`, or a link with its cookie.

    `address` is http://host:port. `acknowledged` are the accepted asks with their seq, `heard` is whatever arrived.
    """

    def __init__(self, address: str, workshop: str, *, token: str | None = None, link: str = "", cookie: str = ""):
        self.address, self.workshop = address, workshop
        self._token, self._link, self._cookie = token, link, cookie
        self.tables = Tables()
        self.id = self.role = ""
        self.mine: dict[str, list[str]] = {}
        self.acknowledged: dict[str, int] = {}
        self.signals: list[dict] = []
        self.heard: list[dict] = []
        self._changed = threading.Condition()
        self._joined = False
        self._client: socketio.Client | None = None

    def connect(self) -> None:
        """Connect and join; what was missed is merged when this returns."""
        self._client = socketio.Client(reconnection=False, handle_sigint=False)
        self._joined = False
        client = self._client
        client.on("delta", lambda delta: self._delta(client, delta))
        client.on("signal", self.signals.append)
        headers = {"Cookie": self._cookie} if self._cookie else {}
        client.connect(self.address, headers=headers, transports=["websocket"], wait_timeout=TIMEOUT_S)
        self._join()

    def _join(self) -> None:
        me = {"as": self._link} if self._link else {"token": self._token}
        reply = self._call("join", {"workshop": self.workshop, "since": self.tables.cursor, **me})
        self.heard.append(reply)
        if not reply["ok"]:
            raise Lost(f"join was refused: {reply['error']['code']}")
        with self._changed:
            whole = self.tables.joined(reply)
            self.id, self.role, self.mine, self._joined = reply["id"], reply["role"], reply["mine"], whole
            self._changed.notify_all()
        if not whole:
            self._join()

    def _delta(self, client: socketio.Client, delta: dict) -> None:
        with self._changed:
            self.heard.append(delta)
            if client is self._client:
                self.tables.delta(delta, self._joined)
                self._changed.notify_all()
                if self._joined and delta["epoch"] != self.tables.epoch:
                    self._joined = False
                    threading.Thread(target=self._join_again, daemon=True).start()

    def _join_again(self) -> None:
        with contextlib.suppress(Lost):  # cut meanwhile: whoever connects again joins again
            self._join()

    def _call(self, event: str, value: dict) -> dict:
        try:
            return self._client.call(event, value, timeout=TIMEOUT_S)
        except (socketio.exceptions.SocketIOError, OSError) as error:
            raise Lost(f"{event} was not answered") from error

    def cut(self) -> None:
        """Lose the network: nothing more arrives until `connect`."""
        client, self._client = self._client, None
        if client is not None:
            client.disconnect()

    close = cut

    def afresh(self) -> Phone:
        """The same person or link on another device, which knows nothing yet."""
        return Phone(self.address, self.workshop, token=self._token, link=self._link, cookie=self._cookie)

    def ask(self, kind: str, id: str | None = None, **do: Any) -> dict:
        """Ask with one id until there is an answer that isn't *later*: {ok: true, seq} or {ok: false, error}."""
        id = id or new_id()
        while True:
            answer = self._call("ask", {"id": id, "do": {"kind": kind, **do}})
            if answer["ok"]:
                self.acknowledged[id] = answer["seq"]
                return {**answer, "id": id}
            error = answer["error"]
            if error["code"] not in AGAIN:
                return answer
            threading.Event().wait(error["facts"].get("retry_ms", 200) / 1000)

    def must(self, kind: str, id: str | None = None, **do: Any) -> dict:
        """Ask for something that has to be accepted; raises Lost with the refusal otherwise.

        Deltas leave the server before the answer does, on the same socket: what this phone may see of the change is
        in its tables when this returns.
        """
        answer = self.ask(kind, id, **do)
        if not answer["ok"]:
            raise Lost(f"{kind} was refused: {answer['error']}")
        return answer

    def wait(self, true: Callable[[Tables], bool], seconds: float = TIMEOUT_S) -> None:
        """Wait until something is true of this phone's tables; raises Lost."""
        with self._changed:
            if not self._changed.wait_for(lambda: true(self.tables), seconds):
                raise Lost("what was waited for didn't come")
