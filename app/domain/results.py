"""What came of the votes, for the report."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from .core import State
from .voting import Vote


class TotalLine(Struct, frozen=True):
    """The dots that a confirmed theme was given."""

    theme: str
    title: str
    dots: int


class VoteLine(Struct, frozen=True):
    """A closed vote in which somebody voted: how many people, how many dots each could give, and the themes, those with
    most dots first. Fewer people than the small-cell number are None below the full level, and their dots left out."""

    voted: int | None
    dots: int
    totals: list[TotalLine]


def votes_of(state: State, session: str, titles: Mapping[str, str], fewest: int) -> list[VoteLine]:
    """The closed votes of a session, in their order. `titles` {id: title} are the themes that are printed; of fewer
    people than `fewest` nothing is told."""
    return [_line(vote, titles, fewest) for vote in state.where(Vote, "session", session) if vote.voted]


def _line(vote: Vote, titles: Mapping[str, str], fewest: int) -> VoteLine:
    if vote.voted < fewest:
        return VoteLine(None, vote.dots, [])
    totals = [TotalLine(id, titles[id], vote.totals[id]) for id in vote.choices if id in titles]
    return VoteLine(vote.voted, vote.dots, sorted(totals, key=lambda total: -total.dots))
