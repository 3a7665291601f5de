"""The house's own proof: after whatever was played, five things say the same.

The journal folded afresh, the rows on disk, the state in memory, what a fresh phone receives, and what a phone has that
was cut off and came back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import msgspec

from app.domain.audiences import Viewer, shown, viewer
from app.domain.core import Principal, Row, State, advance
from app.domain.rows import fingerprint
from app.ledger.base import Entry, Ledger

Known = dict[tuple[str, str], dict]


def folded(entries: Iterable[Entry]) -> State:
    """The state that a journal leads to."""
    state = State()
    for entry in entries:
        advance(state, entry.event, ask=entry.ask, who=entry.who, at=entry.at)
    return state


def seen(rows: Iterable[Row], looks: Viewer) -> Known:
    """What a viewer of these rows has to know, as JSON values by table and id."""
    visible = [json.loads(msgspec.json.encode(shown(row))) for row in rows if not row.gone and looks.sees(row)]
    return {(row["table"], row["id"]): row for row in visible}


def differences(ledger: Ledger, memory: str, phones: Mapping[str, tuple[Principal, Known]]) -> list[str]:
    """Where the five differ, in words; empty when they are equal.

    `memory` is the fingerprint of the state in memory; `phones` names what fresh and cut phones know, and as whom.
    """
    state = folded(ledger.read(1))
    found = []
    if fingerprint(state.rows()) != fingerprint(ledger.rows()):
        found.append(f"the journal folded afresh differs from the rows on disk: {_first(state, ledger)}")
    if fingerprint(state.rows()) != memory:
        found.append("the journal folded afresh differs from the state in memory")
    for name, (who, known) in phones.items():
        expected = seen(state.rows(), viewer(state, who))
        if known != expected:
            keys = sorted(k for k in {*known, *expected} if known.get(k) != expected.get(k))
            found.append(f"{name} differs in {len(keys)} rows, first {keys[0]}: {known.get(keys[0])}")
    return found


def _first(state: State, ledger: Ledger) -> str:
    kept = {(type(row).__name__, row.id): row for row in ledger.rows()}
    new = {(type(row).__name__, row.id): row for row in state.rows()}
    return str(next((key for key in {**kept, **new} if kept.get(key) != new.get(key)), None))
