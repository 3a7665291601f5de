"""The ledger in memory: for tests and rehearsals. It keeps bytes, as the others do, so that nothing is shared."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.domain.core import Change, Event, Past, Row, State
from app.domain.grammar import read_event, read_row, read_rows, write

from .base import Entry, Loaded, NotSaved


class MemoryLedger:
    """Keeps a workshop as long as this object lives."""

    def __init__(self) -> None:
        self._journal: list[tuple[int, str, int, str, bytes, bytes | None]] = []
        self._rows: dict[tuple[type[Row], str], bytes] = {}
        self._epoch = secrets.token_urlsafe(16)
        self._forgotten: tuple[Event, ...] = ()

    def load(self) -> Loaded:
        """What was appended so far."""
        state = State()
        for row in self.rows():
            state.put(row)
        for seq, _, _, who, _, before in self._journal:
            state.head = seq
            if before is not None:
                state.past[seq] = Past(who, read_rows(before))
        at = self._journal[-1][2] if self._journal else 0
        return Loaded(state, self._epoch, at, {ask: seq for seq, ask, *_ in self._journal}, self._forgotten)

    def append(self, head: int, changes: Sequence[Change]) -> None:
        """Keep changes, all or none."""
        if head != len(self._journal):
            raise NotSaved(f"the journal is at {len(self._journal)}, not {head}")
        asks = {ask for _, ask, *_ in self._journal}
        if any(change.ask in asks for change in changes) or len({c.ask for c in changes}) < len(changes):
            raise NotSaved("an ask is in the journal already")
        self._forgotten += tuple(change.event for change in changes if change.event.erases)
        for change in changes:
            past = change.past()
            before = None if past is None else write(past.before)
            self._journal.append((change.seq, change.ask, change.at, change.who, write(change.event), before))
            for _, row in change.rows:
                self._rows[type(row), row.id] = write(row)

    def read(self, since: int) -> Iterable[Entry]:
        """The journal from `since` on."""
        for seq, ask, at, who, event, _ in self._journal[max(0, since - 1) :]:
            yield Entry(seq, ask, at, who, read_event(event))

    def rows(self) -> Iterable[Row]:
        """The rows in the order in which they first came."""
        return [read_row(row) for row in self._rows.values()]

    def rebuild(self, state: State) -> str:
        """Replace the rows by those of a state folded afresh, under a new epoch."""
        self._rows = {(type(row), row.id): write(row) for row in state.rows()}
        self._epoch = secrets.token_urlsafe(16)
        return self._epoch

    def erase(self, entries: Sequence[Entry], state: State) -> str:
        """Rewrite lines and rows."""
        for entry in entries:
            seq, ask, at, *_ = self._journal[entry.seq - 1]
            self._journal[entry.seq - 1] = (seq, ask, at, entry.who, write(entry.event), None)
        self._journal = [(*line[:5], None) for line in self._journal]
        self._forgotten = ()
        return self.rebuild(state)

    def backup(self, path: str) -> None:
        """The journal as one line of JSON each."""
        Path(path).write_bytes(b"\n".join(write(entry) for entry in self.read(1)))

    def close(self) -> None:
        """Nothing to let go of."""
