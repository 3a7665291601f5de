"""Everything that can be asked, everything that can have happened, and how both are read from JSON."""

from __future__ import annotations

from typing import Union

import msgspec

from . import (
    across,
    agenda,
    audiences,
    boards,
    cards,
    deciding,
    doors,
    draws,
    echoes,
    finding,
    forgetting,
    glossary,
    joining,
    latecomers,
    lists,
    lots,
    making,
    moving,
    passages,
    people,
    preparing,
    presenting,
    proposals,
    receipts,
    rows,
    rules,
    seating,
    sorting,
    steps,
    suggesting,
    themes,
    translating,
    translations,
    undo,
    verdicts,
    voting,
)  # fmt: skip
from .core import Command, Event, Job, Question

NOUNS = (
    agenda, preparing, steps, doors, people, joining, latecomers, seating, moving, lists,
    rules, lots, draws, making, receipts, boards, cards, translations, presenting,
    echoes, forgetting, themes, verdicts, glossary, finding, sorting, deciding, suggesting, across, voting,
    translating, proposals, passages, undo, audiences, rows,
)  # fmt: skip
"""The files of the domain in the order in which one reads them."""


def _subclasses(kind: type) -> tuple[type, ...]:
    found = [found for found in _below(kind) if found is not Question]
    order = {module.__name__: n for n, module in enumerate(NOUNS)}
    return tuple(sorted(found, key=lambda c: order[c.__module__]))


def _below(kind: type) -> list[type]:
    return [found for child in kind.__subclasses__() for found in (child, *_below(child))]


COMMANDS: tuple[type[Command], ...] = _subclasses(Command)
JOBS: tuple[type[Job], ...] = _subclasses(Job)
EVENTS: tuple[type[Event], ...] = _subclasses(Event)

AnyAsk = Union[COMMANDS + JOBS]  # noqa: UP007
AnyEvent = Union[EVENTS]  # noqa: UP007

read_ask = msgspec.json.Decoder(AnyAsk).decode
"""JSON bytes -> Command or Job; raises msgspec.ValidationError."""

read_event = msgspec.json.Decoder(AnyEvent).decode
read_row = msgspec.json.Decoder(rows.AnyRow).decode
read_rows = msgspec.json.Decoder(tuple[rows.AnyRow, ...]).decode
write = msgspec.json.Encoder().encode
"""A command, event, row or any value of JSON's own types -> bytes."""


def kind_of(thing: Command | Job | Event) -> str:
    """The name under which a command or an event goes over the wire."""
    return type(thing).__struct_config__.tag
