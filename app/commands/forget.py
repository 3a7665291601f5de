"""`run.py forget`: erase a person or a card of a workshop, also from its past."""

from __future__ import annotations

from pathlib import Path

import msgspec

from app.commands import BadUsage, Refused
from app.domain.core import ORGANISER, Command, Principal
from app.domain.forgetting import ForgetCard, ForgetPerson
from app.domain.people import Named
from app.front import running
from app.ledger import sqlite
from app.ledger.desk import Desk
from app.live.keys import Keys, new_id
from app.live.transport import Transport
from app.live.workshops import Workshops
from app.settings import Settings

from . import kept


def run(settings: Settings, workshop: str, person: str | None, card: str | None) -> int:
    """Erase one person, by name or the beginning of an id, or one card, by the beginning of its id."""
    if bool(person) == bool(card):
        raise BadUsage("name a person with --person, or a card with --card")
    found = kept.one(settings.data, workshop)
    path = kept.path_of(settings.data, found.id)
    command = ForgetPerson(person=_person(path, person)) if person else ForgetCard(card=_card(path, card))
    with running.access(settings.data) as server:
        if server:
            asked = {"id": new_id(), "do": msgspec.to_builtins(command)}
            kept.tell(server, settings.data, f"/api/workshops/{found.id}/asks", asked)
        else:
            _alone(settings, found.id, command)
    print("Erased. Files that were downloaded or copied before still hold it: delete them too.")
    return 0


def _alone(settings: Settings, workshop: str, command: Command) -> None:
    desk = Desk(settings.data)
    workshops = Workshops(settings.data, Transport("threading"), Keys(desk.key))
    try:
        answer = workshops.ask(workshop, new_id(), command, Principal(ORGANISER, "shell"))
    finally:
        workshops.close()
        desk.close()
    if not answer["ok"]:
        raise Refused(f"It was refused: {answer['error']['code']}.")


def _person(path: Path, wanted: str) -> str:
    named = [row for row in sqlite.found(path, "names") if isinstance(row, Named)]
    found = [row.id for row in named if row.name == wanted or row.id.startswith(wanted)]
    return _only(found, "person")


def _card(path: Path, wanted: str) -> str:
    return _only([row.id for row in sqlite.found(path, "cards") if row.id.startswith(wanted)], "card")


def _only(found: list[str], what: str) -> str:
    if len(found) != 1:
        raise Refused(f"{'No' if not found else 'More than one'} {what} is called so.")
    return found[0]
