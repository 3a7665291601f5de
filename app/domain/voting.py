"""Voting with dots: everybody has a few, and gives them to what matters most. A ballot is secret for ever, the totals
until the vote is closed.

What is voted on is a kind of row with ids; `_choices` says which of them a vote may offer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Struct

from .agenda import Session, running
from .core import LEADS, PERSON, Command, Event, Id, Meta, Name, Refused, Row, State
from .themes import LANES, Theme

MOST_DOTS = 20
Dots = Annotated[int, msgspec.Meta(ge=1, le=MOST_DOTS)]
Given = Annotated[dict[Id, Annotated[int, msgspec.Meta(ge=0, le=MOST_DOTS)]], msgspec.Meta(max_length=100)]
Chosen = Annotated[list[Id], msgspec.Meta(min_length=1, max_length=100)]
Kind = Literal["themes"]


class Vote(Row, tag="votes"):
    """A vote of everybody; id = the ask's that opened it. `choices` are ids of rows of the table `kind`, as they are
    offered in their order; `dots` is how many each person may give.

    `totals` {choice: dots} is null and `voted`, the number of people who voted, 0 until it is closed.
    """

    index: ClassVar = ("session",)

    session: str
    kind: str
    choices: tuple[str, ...]
    dots: int
    open: bool
    voted: int
    totals: dict[str, int] | None


class Turnout(Row, tag="turnouts"):
    """How many people have voted while a vote is open; id = the vote's."""

    voted: int


class Ballot(Row, tag="ballots"):
    """One person's dots {choice: n}; the id is the person's seal over the vote, so that there is one each. It is gone
    when it was taken back, and once it is counted."""

    index: ClassVar = ("vote",)

    vote: str
    dots: dict[str, int]


def ballot_id(vote: str, meta: Meta) -> str:
    """The id of the asker's ballot in a vote."""
    return meta.who.seal(f"vote:{vote}")


def open_vote(state: State) -> Vote | None:
    """The one vote of the workshop that is open, or None."""
    return next((vote for vote in state.all(Vote) if vote.open), None)


class OpenVote(Command, tag="OpenVote"):
    """Let everybody give `dots` points to themes: to those named in `choices`, or to the session's confirmed ones. The
    vote's id is the ask's."""

    by = LEADS
    session: Name
    of: Kind = "themes"
    dots: Dots = 3
    choices: Chosen | None = None

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        state.need(Session, self.session, "session")
        if open_vote(state):
            raise Refused("vote-open")
        choices = _choices(state, self.session, self.choices)
        return VoteOpened(vote=meta.ask, session=self.session, of=self.of, choices=choices, dots=self.dots)


def _choices(state: State, session: str, chosen: list[str] | None) -> list[str]:
    """The themes to vote on, which everybody must be able to see: those chosen, or all that are confirmed."""
    there = {theme.id: theme for theme in state.where(Theme, "session", session) if theme.state != "dropped"}
    if chosen is None:
        themes = [theme for theme in there.values() if theme.state == "confirmed"]
        themes.sort(key=lambda theme: (LANES.index(theme.lane), theme.order, theme.id))
    elif any(id not in there for id in chosen):
        raise Refused("not-found", "choices")
    else:
        themes = [there[id] for id in dict.fromkeys(chosen)]
    if not themes:
        raise Refused("no-themes", "session")
    if any(theme.audience != "all" for theme in themes):
        raise Refused("not-shown", "choices")
    return [theme.id for theme in themes]


class VoteOpened(Event, tag="VoteOpened"):
    """A vote is open."""

    vote: str
    session: str
    of: str
    choices: list[str]
    dots: int

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield Vote(
            id=self.vote,
            audience="all",
            session=self.session,
            kind=self.of,
            choices=tuple(self.choices),
            dots=self.dots,
            open=True,
            voted=0,
            totals=None,
        )
        yield Turnout(id=self.vote, audience="stage", voted=0)


class CastBallot(Command, tag="CastBallot"):
    """Give one's dots, {choice: n}; again until the vote is closed, which replaces them. None takes them back."""

    by = frozenset({PERSON})
    vote: Id
    dots: Given

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        vote = state.need(Vote, self.vote, "vote")
        if not vote.open:
            raise Refused("vote-closed", "vote")
        dots = {choice: n for choice, n in self.dots.items() if n}
        if not dots.keys() <= set(vote.choices):
            raise Refused("not-found", "dots")
        if sum(dots.values()) > vote.dots:
            raise Refused("too-many-dots", "dots", dots=vote.dots)
        id = ballot_id(vote.id, meta)
        now = state.get(Ballot, id)
        if dots == (now.dots if now else {}):
            return None
        return BallotCast(vote=vote.id, ballot=id, dots=dots)


class BallotCast(Event, tag="BallotCast"):
    """Somebody has voted, or voted anew, or taken it back. Who and what is null once the workshop has ended."""

    irreversible = "a ballot is its voter's own"
    secret = True

    vote: str
    ballot: str | None
    dots: dict[str, int] | None

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        if self.ballot is None:
            return
        ballot = Ballot(id=self.ballot, audience="nobody", gone=not self.dots, vote=self.vote, dots=self.dots)
        yield ballot
        turnout = state.get(Turnout, self.vote)
        voted = sum(other.id != ballot.id for other in state.where(Ballot, "vote", self.vote)) + bool(self.dots)
        if voted != turnout.voted:
            yield msgspec.structs.replace(turnout, voted=voted)


class CloseVote(Command, tag="CloseVote"):
    """Close a vote: everybody gets to know the totals."""

    by = LEADS
    vote: Id

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        vote = state.need(Vote, self.vote, "vote")
        return VoteClosed(count=counted(state, vote)) if vote.open else None


class Count(Struct, frozen=True):
    """How many people voted, and the dots of every choice, 0 where it has none."""

    vote: str
    voted: int
    totals: dict[str, int]


class VoteClosed(Event, tag="VoteClosed"):
    """The dots of a vote are counted."""

    irreversible = "what everybody has seen cannot be unseen"

    count: Count

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield from closed(state, self.count)


def counted(state: State, vote: Vote) -> Count:
    """The count of a vote, as its ballots are now."""
    ballots = list(state.where(Ballot, "vote", vote.id))
    given: Counter[str] = Counter()
    for ballot in ballots:
        given.update(ballot.dots)
    return Count(vote=vote.id, voted=len(ballots), totals={choice: given[choice] for choice in vote.choices})


def closed(state: State, count: Count) -> Iterable[Row]:
    """The rows of a vote that is counted: its ballots have served."""
    vote = state.get(Vote, count.vote)
    yield msgspec.structs.replace(vote, open=False, voted=count.voted, totals=count.totals)
    yield msgspec.structs.replace(state.get(Turnout, vote.id), gone=True)
    for ballot in list(state.where(Ballot, "vote", vote.id)):
        yield msgspec.structs.replace(ballot, gone=True, dots={})
