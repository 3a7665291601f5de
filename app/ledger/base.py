"""What every ledger promises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec
from msgspec import Struct

from app.domain.core import Change, Event, Row, State, advance
from app.domain.forgetting import erased


class NotSaved(Exception):
    """A transaction failed and left nothing behind; the same changes may be appended again later."""


class Unknown(Exception):
    """Nobody can say whether the transaction was committed: close, open and load again."""


class Entry(Struct, frozen=True):
    """One line of the journal."""

    seq: int
    ask: str
    at: int
    who: str
    event: Event


class Loaded(Struct, frozen=True):
    """A workshop as it was kept: its state, epoch, the time of its last event, the answer to every ask, and what was
    forgotten but may still stand in the journal, because nobody lived to erase it."""

    state: State
    epoch: str
    at: int
    answers: dict[str, int]
    forgotten: tuple[Event, ...] = ()


class Ledger(Protocol):
    """Keeps one workshop. Calls come from one writer, one at a time; each may block."""

    def load(self) -> Loaded:
        """Everything that is kept."""

    def append(self, head: int, changes: Sequence[Change]) -> None:
        """Keep changes that follow event `head`, all or none, on disk when it returns.

        Raises NotSaved (nothing was kept, also when another writer has appended meanwhile) or Unknown.
        """

    def read(self, since: int) -> Iterable[Entry]:
        """The journal from event `since` on, in order."""

    def rows(self) -> Iterable[Row]:
        """The rows as they are kept, gone ones too."""

    def rebuild(self, state: State) -> str:
        """Replace all rows by those of `state` (the journal folded afresh); the new epoch."""

    def erase(self, entries: Sequence[Entry], state: State) -> str:
        """Rewrite these lines of the journal, replace all rows by those of `state`, forget what undoing would bring
        back, and leave no trace of what stood there before; the new epoch. From then on nothing is left to erase.
        Raises NotSaved: something is left, and it may be tried again."""

    def backup(self, path: str) -> None:
        """A consistent copy in a file of its own, while work goes on."""

    def close(self) -> None:
        """Let go of everything; the ledger isn't used any more."""


def folded(entries: Iterable[Entry]) -> Iterable[Change]:
    """The changes that a journal's lines made, one after the other."""
    state = State()
    for entry in entries:
        yield advance(state, entry.event, ask=entry.ask, who=entry.who, at=entry.at)


def without(entries: Iterable[Entry], *forgotten: Event) -> tuple[list[Entry], State]:
    """A journal without what these events took back: the lines that have to be rewritten, and the state it leads to."""
    changed, state = [], State()
    for entry in entries:
        silent = entry
        for event in forgotten:
            who = "" if entry.who == getattr(event, "person", None) else silent.who
            silent = msgspec.structs.replace(silent, event=erased(silent.event, event), who=who)
        if silent != entry:
            changed.append(silent)
        advance(state, silent.event, ask=silent.ask, who=silent.who, at=silent.at)
    state.past.clear()
    return changed, state
