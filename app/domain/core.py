"""The grammar of a workshop: commands are decided into events, events evolve into rows.

A command says what somebody asks for, an event what has happened, a row what is shown. All three are msgspec
structs; each noun's file defines its own. Nothing here or beside it reads a clock, chance, the disk or the network:
`Meta` brings these in as values.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Annotated, Any, ClassVar, TypeVar

import msgspec
from msgspec import Struct

Text = str | dict[str, str]
"""Words of the organiser: one string (in the workshop's first language) or one for each language."""

Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{22}$")]
"""128 random bits in base64url, made by whoever creates the thing."""

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
"""The id of something that the agenda names (a session, a step, a group) or that a row carries."""

Lang = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]

PERSONAL = msgspec.Meta(extra={"personal": True})
"""Marks a field that holds somebody's words or name: erasing sets exactly these to null."""

GRACE_MS = 5 * 60 * 1000
"""How long after a step or a seat has ended a card is still taken on the board it was written for."""


CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e]")
"""Control characters, and the two that turn the direction of letters round whatever the letters are."""

UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def said(text: str, field: str) -> str:
    """What somebody wrote, without space around it and without control characters.

    Refused `empty` where nobody would see anything: spaces, joiners and marks of direction alone.
    """
    text = CONTROL.sub("", text.replace("\r\n", "\n")).strip()
    if all(unicodedata.category(character) in UNSEEN for character in text):
        raise Refused("empty", field)
    return text


class Refused(Exception):
    """A command that cannot be: a code that is a fact in kebab-case, the field it is about, and facts.

    The sentence for it stands in the catalogues, never here.
    """

    def __init__(self, code: str, field: str | None = None, **facts: Any):
        super().__init__(code)
        self.code, self.field, self.facts = code, field, facts

    def as_error(self) -> dict:
        """The one shape of an error: {code, field?, facts}."""
        error = {"code": self.code, "facts": self.facts}
        return {**error, "field": self.field} if self.field else error


class Principal(Struct, frozen=True):
    """Who asks: a person, a link (facilitator, stage), an organiser, or the server on somebody's behalf.

    `id` is the person's or the link's; `token` is a person's secret, in memory only and never stored.
    """

    role: str
    id: str = ""
    token: str = ""

    def seal(self, thing: str) -> str:
        """SHA-256(token, thing): proves *mine* without saying who."""
        return sealed(self.token, thing) if self.token else ""


def sealed(token: str, thing: str) -> str:
    """The seal of `token` over `thing`, 43 characters of base64url."""
    digest = hashlib.sha256(f"{token}\0{thing}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class Meta(Struct, frozen=True):
    """What is impure, as values: the ask's id, who asks, the workshop clock in ms, fresh chance."""

    ask: str
    who: Principal
    at: int
    chance: str = ""

    def draw(self, label: str) -> int:
        """A number of 128 bits from this ask's chance, another one for each label."""
        return int.from_bytes(hashlib.sha256(f"{self.chance}|{label}".encode()).digest()[:16], "big")


class Row(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="table"):
    """One thing as one audience sees it. Replaced whole, never patched; never deleted, only marked `gone`.

    `seq` is the event that last touched it; `was` are audiences that lost it; `as_of` is the event whose version an
    undo brought back, 0 otherwise.
    """

    index: ClassVar[tuple[str, ...]] = ()
    """Fields by which `State.where` finds rows of this table."""

    lasting: ClassVar[bool] = False
    """True for a record of what has happened: undoing the event that wrote it leaves it as it is."""

    leads: ClassVar[bool] = False
    """True for a table of which nobody but facilitators and organisers ever gets a row."""

    id: str
    audience: str
    seq: int = 0
    gone: bool = False
    was: tuple[str, ...] = ()
    as_of: int = 0

    @property
    def stands(self) -> tuple[Any, str] | None:
        """The name of the line in which this row stands and its place there (see `State.line`); None in no line."""
        return None


R = TypeVar("R", bound=Row)


class Event(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Something that has happened. `evolve` says which rows it changes."""

    irreversible: ClassVar[str | None] = None
    """Why it cannot be undone, or None when it can."""

    content: ClassVar[bool] = False
    """True for what people write: where nobody is to be known as author, the journal then holds no `who`."""

    restores: ClassVar[bool] = False
    """True when the rows come as an earlier event had left them, and say so (`as_of`); all others are new."""

    erases: ClassVar[bool] = False
    """True when this event also takes somebody's words out of earlier entries of the journal (see `erased`)."""

    on_screens: ClassVar[bool] = True
    """False when what it erases was on nobody's screen, so that nobody has to start anew."""

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        """The rows as they are after this event, without their `seq`."""
        raise NotImplementedError


class Command(Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True):
    """Something that somebody asks for. `decide` answers with one event, None (nothing to do), or `Refused`."""

    by: ClassVar[frozenset[str]] = frozenset()
    """The roles that may ask it at all."""

    def decide(self, state: State, meta: Meta) -> Event | None:
        """The event that follows, or None; raises Refused."""
        raise NotImplementedError


class Job(Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True):
    """A command that needs slow work first: `request` is what the worker gets, `command` what its answer becomes."""

    by: ClassVar[frozenset[str]] = frozenset()

    def request(self, state: State, meta: Meta) -> dict:
        """The worker's request, taken from the state as it is now; raises Refused."""
        raise NotImplementedError

    def command(self, request: dict, result: dict) -> Command:
        """The ordinary command that carries the worker's result back."""
        raise NotImplementedError

    def refusal(self, request: dict, error: dict) -> dict:
        """The worker's error as the asker gets it."""
        return error


class Question(Job):
    """Something to know before deciding: worked out like a job, answered as `told`, and stored nowhere."""

    def told(self, request: dict, result: dict) -> dict:
        """What the asker gets to know."""
        raise NotImplementedError


PERSON, FACILITATOR, STAGE, ORGANISER, SERVER = "person", "facilitator", "stage", "organiser", "server"
ROLES = (PERSON, FACILITATOR, STAGE, ORGANISER, SERVER)
LEADS = frozenset({FACILITATOR, ORGANISER})
WRITERS = LEADS | {PERSON}


class Past(Struct, frozen=True):
    """What a reversible event replaced: who did it, and each touched row as it was (new rows marked gone)."""

    who: str
    before: tuple[Row, ...]


PAST_KEPT = 300


class State:
    """A workshop as it is now: rows by table, the number of the last event, and what can still be undone."""

    def __init__(self) -> None:
        self.head = 0
        self.tables: dict[type[Row], dict[str, Row]] = {}
        self.indexes: dict[tuple[type[Row], str], dict[Any, dict[str, None]]] = {}
        self.lines: dict[tuple[type[Row], Any], list[tuple[str, str]]] = {}
        self.past: dict[int, Past] = {}

    def get(self, kind: type[R], id: str | None) -> R | None:
        """The row, unless it is gone or was never there."""
        row = self.tables.get(kind, {}).get(id)
        return row if row is not None and not row.gone else None

    def need(self, kind: type[R], id: str, field: str) -> R:
        """The row; Refused `not-found` naming `field` otherwise."""
        row = self.get(kind, id)
        if row is None:
            raise Refused("not-found", field)
        return row

    def all(self, kind: type[R]) -> Iterator[R]:
        """Every row of a table that isn't gone, in the order in which they first came."""
        return (row for row in self.tables.get(kind, {}).values() if not row.gone)

    def where(self, kind: type[R], field: str, value: Any) -> Iterator[R]:
        """Rows of a table whose indexed `field` has `value`, those gone left out."""
        table = self.tables.get(kind, {})
        return (table[id] for id in self.indexes.get((kind, field), {}).get(value, ()) if not table[id].gone)

    def line(self, kind: type[Row], name: Any) -> list[tuple[str, str]]:
        """Who stands in a line, as sorted (place, id); it stays the state's own and must not be changed."""
        return self.lines.get((kind, name), [])

    def known(self, audiences: Collection[str]) -> Iterator[Row]:
        """Every row, gone ones too, that one of these audiences has or once had."""
        for kind, table in self.tables.items():
            index = self.indexes[kind, "audience"]
            ids = dict.fromkeys(id for audience in audiences for id in index.get(audience, ()))
            yield from map(table.__getitem__, ids)

    def rows(self) -> Iterator[Row]:
        """Every row there is, gone ones too."""
        for table in self.tables.values():
            yield from table.values()

    def put(self, row: Row) -> Row | None:
        """Set a row; the one it replaces, or None."""
        kind = type(row)
        table = self.tables.setdefault(kind, {})
        old = table.get(row.id)
        table[row.id] = row
        for field in kind.index:
            value = getattr(row, field)
            if old is not None and (was := getattr(old, field)) != value:
                self.indexes[kind, field][was].pop(row.id, None)
            self.indexes.setdefault((kind, field), {}).setdefault(value, {})[row.id] = None
        index = self.indexes.setdefault((kind, "audience"), {})
        for audience in (row.audience, *row.was):
            index.setdefault(audience, {})[row.id] = None
        if old is None or old.stands != row.stands:
            self._leave_line(old)
            if row.stands is not None:
                name, place = row.stands
                insort(self.lines.setdefault((kind, name), []), (place, row.id))
        return old

    def drop(self, row: Row) -> None:
        """Take a row out again that a failed transaction had added."""
        kind = type(row)
        del self.tables[kind][row.id]
        for field in kind.index:
            self.indexes[kind, field][getattr(row, field)].pop(row.id, None)
        for audience in (row.audience, *row.was):
            self.indexes[kind, "audience"][audience].pop(row.id, None)
        self._leave_line(row)

    def _leave_line(self, row: Row | None) -> None:
        if row is not None and row.stands is not None:
            name, place = row.stands
            line = self.lines[type(row), name]
            del line[bisect_left(line, (place, row.id))]


class Change(Struct, frozen=True):
    """One event with its number, and the rows that it changed: each as it was (None if new) and as it is."""

    seq: int
    ask: str
    at: int
    who: str
    event: Event
    rows: tuple[tuple[Row | None, Row], ...]

    def past(self) -> Past | None:
        """What undoing it would bring back; None for what cannot be undone."""
        touched = [(old, new) for old, new in self.rows if not new.lasting]
        if self.event.irreversible or not touched:
            return None
        return Past(self.who, tuple(old or msgspec.structs.replace(new, gone=True, seq=0) for old, new in touched))


Changed = dict[tuple[type[Row], str], tuple[Row | None, Row]]
"""What an event has changed so far: each row as it was and as it is."""

FOLLOWERS: list[Callable[[State, Changed], Iterable[Row]]] = []
"""Functions that derive rows from the rows that an event has changed (a count, a theme's lane); run after each."""


def follows(function: Callable[[State, Changed], Iterable[Row]]) -> Callable[[State, Changed], Iterable[Row]]:
    """Registers a function that derives rows from changed ones."""
    FOLLOWERS.append(function)
    return function


def decide(state: State, command: Command, meta: Meta) -> Event | None:
    """What `command` leads to: the event, or None; raises Refused, `not-allowed` for a wrong role."""
    if meta.who.role not in command.by:
        raise Refused("not-allowed")
    return command.decide(state, meta)


def advance(state: State, event: Event, *, ask: str, who: str, at: int) -> Change:
    """The only door by which state changes: number the event, evolve it, put its rows."""
    seq = state.head + 1
    changed: Changed = {}
    _put(state, list(event.evolve(state, seq, at)), seq, changed, event.restores)
    for follow in FOLLOWERS:
        _put(state, list(follow(state, changed)), seq, changed, event.restores)
    state.head = seq
    change = Change(seq, ask, at, who, event, tuple(changed.values()))
    if (past := change.past()) is not None:
        state.past[seq] = past
        if len(state.past) > PAST_KEPT:
            del state.past[next(iter(state.past))]
    return change


def _put(state: State, rows: list[Row], seq: int, changed: Changed, restored: bool) -> None:
    for row in rows:
        key = type(row), row.id
        old = changed[key][0] if key in changed else state.tables.get(type(row), {}).get(row.id)
        row = msgspec.structs.replace(row, seq=seq, was=_was(old, row), as_of=row.as_of if restored else 0)
        state.put(row)
        changed[key] = (old, row)


def retreat(state: State, change: Change) -> None:
    """Take the newest change back, after a transaction that failed."""
    for old, row in reversed(change.rows):
        state.put(old) if old is not None else state.drop(row)
    state.past.pop(change.seq, None)
    state.head = change.seq - 1


def _was(old: Row | None, new: Row) -> tuple[str, ...]:
    if old is None:
        return ()
    lost = (*old.was, old.audience) if old.audience != new.audience else old.was
    return tuple(dict.fromkeys(audience for audience in lost if audience != new.audience))
