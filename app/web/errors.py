"""One shape for everything that goes wrong, and the one place where bugs end."""

from __future__ import annotations

import msgspec
from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from app.domain.core import Refused
from app.live.workshops import Unfound

from .house import house
from .words import refusal

STATUS = {
    "malformed": 400,
    "invalid-plan": 422,
    "not-allowed": 403,
    "unknown-link": 403,
    "unknown-token": 403,
    "unknown-code": 404,
    "unknown-workshop": 404,
    "not-found": 404,
    "too-large": 413,
    "too-fast": 429,
    "bug": 500,
    "not-saved": 503,
    "busy": 503,
}
BY_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 415: "malformed"}


def status(code: str) -> int:
    """The HTTP status of a refusal; 409, *not as things are*, for all that aren't named."""
    return STATUS.get(code, 409)


def answered(answer: dict) -> tuple[dict, int]:
    """An answer of the domain as an answer over HTTP."""
    return answer, 200 if answer["ok"] else status(answer["error"]["code"])


def install(app: Flask) -> None:
    """Answer errors of *app* in the one shape: as JSON under /api, as a page elsewhere."""
    app.register_error_handler(Refused, lambda error: wrong(error.as_error()))
    app.register_error_handler(Unfound, lambda error: wrong({"code": "unknown-workshop", "facts": {}}))
    app.register_error_handler(msgspec.ValidationError, _malformed)
    app.register_error_handler(msgspec.DecodeError, _malformed)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _bug)


def wrong(error: dict, as_status: int | None = None) -> Response | tuple:
    """An error as the browser or the script wants it; a script also gets the sentence, as `message`."""
    code = as_status or status(error["code"])
    if request.path.startswith("/api/"):
        return {"ok": False, "error": {**error, "message": refusal(error)}}, code
    return render_template("wrong.html", error=error), code


def _malformed(error: msgspec.DecodeError) -> Response | tuple:
    reason, _, path = str(error).partition(" - at `$")
    return wrong({"code": "malformed", "field": path.strip(".`"), "facts": {"reason": reason}})


def _http(error: HTTPException) -> Response | tuple:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    code = BY_STATUS.get(error.code, "malformed")
    return wrong({"code": code, "facts": {}}, error.code)


def _bug(error: Exception) -> Response | tuple:
    if isinstance(error, ConnectionError):
        raise error  # nobody is left to answer
    return wrong({"code": "bug", "id": house.transport.faults.report(error), "facts": {}})
