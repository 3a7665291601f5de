"""Every table there is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Union

import msgspec

from .agenda import Section, Session, Step, Workshop
from .boards import Shown
from .cards import Author, Card, Seal, Translation
from .core import Row
from .doors import Doors, Key, Link
from .draws import Receipt
from .echoes import Echo, Tally
from .finding import Comparison
from .glossary import Concept
from .lists import Listed
from .lots import Commitment, Draw, Luck, Secret
from .passages import Passage
from .people import Answered, Me, Named, Person, Room, Token
from .presenting import Presenting
from .proposals import Proposal
from .receipts import Entry
from .rules import Mix, Pin, Rule
from .seating import Group, Seat
from .steps import Stage, Timer
from .themes import Member, Theme
from .translating import Permission, Translated
from .verdicts import Verdict
from .voting import Ballot, Turnout, Vote

ROWS: tuple[type[Row], ...] = (
    Workshop, Session, Step, Section, Timer, Stage, Doors, Link, Key,
    Person, Named, Answered, Token, Me, Room,
    Group, Seat, Rule, Pin, Mix, Listed, Commitment, Secret, Luck, Draw, Receipt, Entry,
    Shown, Card, Author, Seal, Translation, Presenting, Echo, Tally,
    Theme, Member, Verdict, Concept, Comparison, Permission, Translated,
    Vote, Turnout, Ballot, Proposal, Passage,
)  # fmt: skip

AnyRow = Union[ROWS]  # noqa: UP007

TABLES: dict[str, type[Row]] = {kind.__struct_config__.tag: kind for kind in ROWS}
"""Table name -> row type."""


def table(row: Row) -> str:
    """The name of the table that a row belongs to."""
    return type(row).__struct_config__.tag


def fingerprint(rows: Iterable[Row]) -> str:
    """One digest of rows, whatever their order: equal for the same workshop in memory, on disk and folded afresh."""
    lines = sorted(msgspec.json.encode(row, order="deterministic") for row in rows)
    return hashlib.sha256(b"\n".join(lines)).hexdigest()
