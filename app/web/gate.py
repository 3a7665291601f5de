"""The gate in front of everything, Engine.IO included, which Flask never sees: who may knock, and what answers carry.

It stands against other websites open in the same browser: they can make it send requests here (by a name of theirs
that resolves to our address, too), but can't choose the Host, Origin and Sec-Fetch headers that it sends with them.
"""

import ipaddress
import json
import urllib.parse
from collections.abc import Callable, Collection

from app.web.headers import needed, on_every_answer

NOT_FOR_VISITORS = ("/api/", "/socket.io/")

_STATUS = {
    "unknown-host": "421 Misdirected Request",
    "foreign-origin": "403 Forbidden",
    "foreign-site": "403 Forbidden",
    "origin-missing": "403 Forbidden",
    "jsonp": "400 Bad Request",
}


class Gate:
    """A WSGI application around *app*.

    *hosts* are names that the server answers to besides localhost and the address that a connection came in by.
    *address* is the one that phones use, `https://talk.example.org`, if a proxy serves it.
    """

    def __init__(self, app: Callable, hosts: Collection[str] = (), address: str = ""):
        self._app = app
        public = urllib.parse.urlsplit(address)
        self._public = _name_and_port(public.netloc)[0]
        self._secure = public.scheme == "https"
        self._names = {"localhost", self._public, *(_name_and_port(host)[0] for host in hosts)} - {""}

    def __call__(self, environ: dict, start_response: Callable):
        host = environ.get("HTTP_HOST", "").lower()
        name, port = _name_and_port(host)
        known = name in self._names or _is_own_address(name, environ)
        secure = self._secure and name == self._public
        headers = on_every_answer(host if known else "", secure)
        refusal = _refusal(environ, name, port, secure) if known else "unknown-host"
        start = _dressed(start_response, headers)
        if refusal is None:
            return self._app(environ, start)
        environ.get("baraza.hang_up", lambda: None)()
        body = json.dumps({"ok": False, "error": {"code": refusal}}).encode()
        start(_STATUS[refusal], [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]


def _refusal(environ: dict, name: str, port: int | None, secure: bool) -> str | None:
    origin = environ.get("HTTP_ORIGIN")
    if origin is not None and not _same(origin, name, port, secure):
        return "foreign-origin"
    if origin is None and "HTTP_UPGRADE" in environ:
        return "origin-missing"
    path = environ.get("PATH_INFO", "")
    visit = (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and environ.get("HTTP_SEC_FETCH_MODE") == "navigate"
        and environ.get("HTTP_SEC_FETCH_DEST") == "document"
        and not path.startswith(NOT_FOR_VISITORS)
    )
    if environ.get("HTTP_SEC_FETCH_SITE", "none") not in ("same-origin", "none") and not visit:
        return "foreign-site"
    query = urllib.parse.parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    if path.startswith("/socket.io") and "j" in query:
        return "jsonp"
    return None


def _same(origin: str, name: str, port: int | None, secure: bool) -> bool:
    try:
        parts = urllib.parse.urlsplit(origin.lower())
        theirs, number = _name_and_port(parts.netloc)
    except ValueError:
        return False
    if parts.scheme not in (("https",) if secure else ("http", "https")):
        return False
    usual = 443 if parts.scheme == "https" else 80
    return bool(theirs) and (theirs, number or usual) == (name, port or usual)


def _name_and_port(host: str) -> tuple[str, int | None]:
    """`name:port`, `[::1]:port` or either without a port; ("", None) for what is none of them."""
    name, colon, port = host.lower().rpartition(":")
    if not colon or port.endswith("]"):
        return host.lower(), None
    if not (port.isascii() and port.isdigit() and len(port) <= 5):
        return "", None
    return name, int(port)


def _is_own_address(name: str, environ: dict) -> bool:
    """Whether *name* is literally the address by which this connection came in."""
    socket = environ.get("baraza.socket")
    if socket is None:
        return False
    try:
        asked = ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
        own = ipaddress.ip_address(socket.getsockname()[0].partition("%")[0])
    except ValueError:
        return False
    return asked == (getattr(own, "ipv4_mapped", None) or own)


def _dressed(start_response: Callable, headers: list[tuple[str, str]]) -> Callable:
    """start_response, with *headers* in place of what the application says about them, and nothing kept in caches
    unless it says so."""
    ours = {name.lower() for name, _ in headers} | {"server"}

    def start(status: str, given: list[tuple[str, str]], exc_info=None):
        kept = [(name, value) for name, value in given if name.lower() not in ours]
        if not any(name.lower() == "cache-control" for name, _ in kept):
            kept.append(("Cache-Control", "no-store"))
        kind = next((value for name, value in kept if name.lower() == "content-type"), "")
        return start_response(status, kept + needed(headers, kind), exc_info)

    return start
