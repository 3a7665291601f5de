"""The workshops of a data directory as commands see them, with or without a running server."""

import json
import urllib.error
import urllib.request
from pathlib import Path

from app.commands import Refused
from app.front.running import Server
from app.ledger.desk import Desk
from app.live.keys import Keys
from app.live.transport import Transport
from app.live.workshops import Listed, Workshops

ENOUGH = 10  # seconds that a server on this machine may take


def workshops(data: Path) -> list[Listed]:
    """All workshops of the directory, the newest first; only read."""
    if not data.is_dir():
        return []
    return Workshops(data, Transport("threading"), Keys(b"")).list()


def one(data: Path, beginning: str) -> Listed:
    """The workshop whose id begins so; an empty beginning, as of a variable that isn't set, is none's.

    Raises:
        Refused: there is none, or more than one.
    """
    found = [workshop for workshop in workshops(data) if beginning and workshop.id.startswith(beginning)]
    if len(found) != 1:
        raise Refused(f"{'No workshop' if not found else 'More than one workshop'} has an id beginning {beginning}.")
    return found[0]


def path_of(data: Path, id: str) -> Path:
    """The file of a workshop."""
    return data / f"{id}.db"


def title(workshop: Listed) -> str:
    """Its title in one language, the first that was written."""
    text = workshop.title
    return text if isinstance(text, str) else next(iter(text.values()), "")


def tell(server: Server, data: Path, path: str, value: dict | None = None) -> dict:
    """POST something to the running server, as the organiser; its answer.

    Raises:
        Refused: it says no, or doesn't answer.
    """
    desk = Desk(data)
    secret = desk.first_secret
    desk.close()
    host = f"[{server.host}]" if ":" in server.host else server.host
    request = urllib.request.Request(f"http://{host}:{server.port}{path}", json.dumps(value or {}).encode())
    request.add_header("Authorization", f"Bearer {secret}")
    request.add_header("Content-Type", "application/json")
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=ENOUGH) as answer:
            return json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as refusal:
        raise Refused(f"The running server refused: {reason(refusal)}.") from refusal
    except OSError as problem:
        raise Refused(f"The running server doesn't answer: {problem}.") from problem


def reason(refusal: urllib.error.HTTPError) -> str:
    """The code of a refusal, or its HTTP status."""
    try:
        return json.loads(refusal.read())["error"]["code"]
    except (ValueError, KeyError, TypeError):
        return f"HTTP {refusal.code}"
