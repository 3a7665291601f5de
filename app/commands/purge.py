"""`run.py purge`: delete a workshop with everything that belongs to it."""

import sys

from app.commands import Refused
from app.front import running
from app.ledger import sqlite
from app.settings import Settings

from . import kept


def run(settings: Settings, workshop: str, certain: bool) -> int:
    """Delete it, after asking for its title unless `certain`; nothing brings it back."""
    found = kept.one(settings.data, workshop)
    title = kept.title(found)
    if not certain and not sys.stdin.isatty():
        raise Refused("Purging can't be undone; --yes says that you mean it.")
    if not certain:
        print(f"{title}: {found.people} people, {found.cards} cards. Nothing brings them back.")
        if input("Type the title to delete it: ").strip() != title.strip():
            raise Refused("That isn't the title; nothing was deleted.")
    with running.access(settings.data) as server:
        if server:
            kept.tell(server, settings.data, f"/api/workshops/{found.id}/purge")
        else:
            sqlite.remove(kept.path_of(settings.data, found.id))
    print(f"{title or found.id} is deleted, its log and backups too.")
    return 0
