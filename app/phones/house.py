"""A server with one workshop in it, as a script sees it: the organiser's HTTP, a console, a stage, and the way in."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import msgspec

from app.domain.agenda import WorkshopPlan

from .phone import TIMEOUT_S, Lost, Phone


class House:
    """`address` is http://host:port, `organiser` the secret of an organiser's link."""

    def __init__(self, address: str, organiser: str):
        self.address, self._organiser = address, organiser
        self.workshop = ""
        self.links: dict[str, str] = {}

    def make(self, plan: WorkshopPlan) -> None:
        """Make the workshop and open a console and a stage for it."""
        made = self.post("/api/workshops", json.loads(msgspec.json.encode(plan)))
        self.workshop = made["workshop"]
        self.links = {role: f"{self.address}{path}" for role, path in made["links"].items()}
        self.console = self.link("facilitator")
        self.stage = self.link("stage")

    def link(self, role: str) -> Phone:
        """A connected console or stage, by its link of the workshop."""
        link, cookie = self.cookie(role)
        phone = Phone(self.address, self.workshop, link=link, cookie=cookie)
        phone.connect()
        return phone

    def cookie(self, role: str) -> tuple[str, str]:
        """The id of the workshop's link with this role, and the cookie that proves it."""
        secret = self.links[role].partition("#")[2]
        answer, headers = self._send("POST", "/api/exchange", {"secret": secret}, {})
        return answer["page"].rpartition("/")[2], headers["Set-Cookie"].partition(";")[0]

    def join(self, code: str, name: str | None, attributes: dict[str, str], lang: str) -> Phone:
        """A phone that has joined with the code."""
        asked = {"code": code, "attributes": attributes, "lang": lang, **({"name": name} if name else {})}
        answer, _ = self._send("POST", "/api/join", asked, {})
        phone = Phone(self.address, answer["workshop"], token=answer["token"])
        phone.connect()
        return phone

    def post(self, path: str, value: Any) -> Any:
        """POST JSON as the organiser; the answer's JSON. Raises Lost with the refusal."""
        return self._send("POST", path, value, {"Authorization": f"Bearer {self._organiser}"})[0]

    def get(self, path: str) -> Any:
        """GET JSON as the organiser."""
        return self._send("GET", path, None, {"Authorization": f"Bearer {self._organiser}"})[0]

    def download(self, format: str, level: str, lang: str) -> tuple[str, bytes]:
        """One export: its file name and its bytes."""
        path = f"/api/workshops/{self.workshop}/exports"
        request = self._request("POST", path, {"format": format, "level": level, "lang": lang})
        request.add_header("Authorization", f"Bearer {self._organiser}")
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.headers.get_filename() or f"export.{format}", answer.read()
        except urllib.error.HTTPError as error:
            raise Lost(f"{format} at the level {level} in {lang} was refused: {error.read()[:300]!r}") from error

    def _request(self, method: str, path: str, value: Any) -> urllib.request.Request:
        body = None if value is None else json.dumps(value).encode()
        headers = {"Content-Type": "application/json", "X-Baraza": "1", "Origin": self.address}
        return urllib.request.Request(self.address + path, body, headers, method=method)

    def _send(self, method: str, path: str, value: Any, headers: dict) -> tuple[Any, Any]:
        request = self._request(method, path, value)
        for name, text in headers.items():
            request.add_header(name, text)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
                return json.load(answer), answer.headers
        except urllib.error.HTTPError as error:
            raise Lost(f"{path} was refused: {error.read()[:300].decode(errors='replace')}") from error
        except OSError as error:
            raise Lost(f"{path} was not answered") from error
