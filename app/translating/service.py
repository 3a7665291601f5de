"""A translation service with LibreTranslate's interface (https://docs.libretranslate.com), spoken to by itself.

No proxy of the environment is used and no redirection followed: the words go to the address that the owner of this
server has named, and nowhere else.
"""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

MOST_BYTES = 1_000_000
"""A longer answer is none."""


class Failed(Exception):
    """The service is of no use: `unreachable`, `too-slow`, `refused` (with the HTTP status) or `wrong-answer`."""

    def __init__(self, reason: str, **facts: Any):
        super().__init__(reason)
        self.facts = {"reason": reason, **facts}


class Service:
    """The service at `url`, asked with `key` if it wants one. Each request may take `patience` seconds, all together
    `seconds`."""

    def __init__(self, url: str, key: str = "", patience: float = 30.0, seconds: float = 75.0):
        self._at = urlsplit(url)
        self._key = key
        self._patience = patience
        self._until = time.monotonic() + seconds

    def languages(self) -> dict[str, set[str]]:
        """The codes of the languages that it reads, each with those into which it translates them."""
        told = self._ask("GET", "/languages")
        try:
            codes = {entry["code"] for entry in told}
            return {entry["code"]: set(map(str, entry.get("targets") or codes)) for entry in told}
        except (TypeError, KeyError, AttributeError) as wrong:
            raise Failed("wrong-answer") from wrong

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """The texts in another language, in their order."""
        asked = {"q": list(texts), "source": source, "target": target, "format": "text"}
        told = self._ask("POST", "/translate", asked | ({"api_key": self._key} if self._key else {}))
        made = told.get("translatedText") if isinstance(told, dict) else None
        if not isinstance(made, list) or len(made) != len(texts) or not all(isinstance(text, str) for text in made):
            raise Failed("wrong-answer")
        return made

    def _ask(self, method: str, path: str, value: Any = None) -> Any:
        body = None if value is None else json.dumps(value).encode()
        try:
            status, told = self._exchange(method, self._at.path.rstrip("/") + path, body)
        except TimeoutError as late:
            raise Failed("too-slow") from late
        except (OSError, UnicodeError) as gone:
            raise Failed("unreachable") from gone
        except http.client.HTTPException as broken:
            raise Failed("wrong-answer") from broken
        if status != 200:
            raise Failed("refused", status=status)
        try:
            return json.loads(told)
        except (ValueError, RecursionError) as wrong:
            raise Failed("wrong-answer") from wrong

    def _exchange(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        kind = http.client.HTTPSConnection if self._at.scheme == "https" else http.client.HTTPConnection
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        connection = kind(self._at.hostname or "", self._at.port, timeout=min(self._patience, left))
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
            answer = connection.getresponse()
            told = answer.read(MOST_BYTES + 1)
            if len(told) > MOST_BYTES:
                raise Failed("wrong-answer")
            return answer.status, told
        finally:
            connection.close()
