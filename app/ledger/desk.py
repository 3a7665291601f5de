"""What isn't a workshop's: the organisers' links, the server's own key, templates of one's own. `desk.db`."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sqlite3
import threading
import time
from pathlib import Path

import sqlite_utils
from msgspec import Struct
from sqlite_utils import Migrations

desk = Migrations("desk")

FIRST = "first"
"""The id of the organiser's link that is the same at each start."""


@desk()
def keys_organisers_templates(db: sqlite_utils.Database) -> None:
    """The server's secrets, the hashes of organisers' links, and templates as workshop JSON."""
    db["secrets"].create({"name": str, "value": str}, pk="name", not_null={"value"})
    db["organisers"].create(
        {"id": str, "label": str, "hash": str, "made_at": int}, pk="id", not_null={"label", "hash", "made_at"}
    )
    db["organisers"].create_index(["hash"], unique=True)
    db["templates"].create({"id": str, "plan": str, "made_at": int}, pk="id", not_null={"plan", "made_at"})


class Organiser(Struct, frozen=True):
    """An organiser's link: `hash` is what is kept of its secret, `made_at` seconds since 1970."""

    id: str
    label: str
    hash: str
    made_at: int


class Desk:
    """The desk's file in the data directory, readable by its owner only; made if it isn't there.

    Everything that is asked often is kept in memory; writing is rare and waits for the disk.
    """

    def __init__(self, folder: str | Path):
        folder = Path(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / "desk.db"
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        self._lock = threading.Lock()
        self._db = sqlite_utils.Database(sqlite3.connect(path, check_same_thread=False, isolation_level=None))
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "trusted_schema=OFF"):
            self._db.execute(f"PRAGMA {pragma}").fetchall()
        if desk.pending(self._db):
            desk.apply(self._db)
        self.key: bytes = bytes.fromhex(self._secret("key", secrets.token_hex(32)))
        self.first_secret: str = self._secret("organiser", secrets.token_urlsafe(20))
        self._organisers = {row["id"]: Organiser(**row) for row in self._db["organisers"].rows}
        if not any(o.hash == hash_of(self.first_secret) for o in self._organisers.values()):
            self._keep(FIRST, "", self.first_secret)

    def _secret(self, name: str, fresh: str) -> str:
        """A secret of the server, made when it is first asked for."""
        self._db["secrets"].insert({"name": name, "value": fresh}, ignore=True)
        return self._db["secrets"].get(name)["value"]

    def organisers(self) -> list[Organiser]:
        """The organisers' links, the oldest first."""
        return sorted(self._organisers.values(), key=lambda o: o.made_at)

    def organiser(self, id: str) -> Organiser | None:
        """The organiser's link of this id."""
        return self._organisers.get(id)

    def by_secret(self, secret: str) -> Organiser | None:
        """The organiser's link whose secret this is."""
        wanted = hash_of(secret)
        return next((o for o in self._organisers.values() if secrets.compare_digest(o.hash, wanted)), None)

    def invite(self, label: str) -> tuple[Organiser, str]:
        """Another organiser's link and its secret, which is kept nowhere."""
        secret = secrets.token_urlsafe(20)
        return self._keep(secrets.token_urlsafe(16), label, secret), secret

    def revoke(self, id: str) -> bool:
        """End an organiser's link; False if there is none. Another first one is made when the first has ended."""
        if id not in self._organisers:
            return False
        with self._lock:
            self._db["organisers"].delete(id)
            del self._organisers[id]
            if id == FIRST:
                self._db["secrets"].delete("organiser")
                self.first_secret = self._secret("organiser", secrets.token_urlsafe(20))
        if id == FIRST:
            self._keep(FIRST, "", self.first_secret)
        return True

    def _keep(self, id: str, label: str, secret: str) -> Organiser:
        organiser = Organiser(id, label, hash_of(secret), int(time.time()))
        with self._lock:
            self._db["organisers"].insert(
                {"id": id, "label": label, "hash": organiser.hash, "made_at": organiser.made_at}, replace=True
            )
            self._organisers[id] = organiser
        return organiser

    def templates(self) -> dict[str, dict]:
        """One's own templates, workshop JSON by id, the newest first."""
        with self._lock:
            rows = list(self._db["templates"].rows_where(order_by="made_at desc"))
        return {row["id"]: json.loads(row["plan"]) for row in rows}

    def keep_template(self, plan: dict) -> str:
        """Keep a workshop's plan as a template; its id."""
        id = secrets.token_urlsafe(16)
        with self._lock:
            self._db["templates"].insert(
                {"id": id, "plan": json.dumps(plan, ensure_ascii=False), "made_at": int(time.time())}
            )
        return id

    def drop_template(self, id: str) -> None:
        """Throw a template of one's own away; nothing happens if there is none."""
        with self._lock:
            self._db["templates"].delete_where("id = ?", [id])

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


def hash_of(secret: str) -> str:
    """What is kept of an organiser's secret."""
    return hashlib.sha256(f"organiser\0{secret}".encode()).hexdigest()
