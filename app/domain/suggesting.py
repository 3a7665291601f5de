"""Help while people sort: what the program would change, told first; a place for cards that came late."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Struct

from .agenda import Session, running
from .core import LEADS, SERVER, Command, Event, Id, Job, Meta, Name, Question, Refused, Row, State
from .finding import (
    FINENESSES,
    USUAL,
    Cluster,
    Comparison,
    among,
    asked,
    cluster_of,
    new_cards,
    proposed,
    still_free,
    touched_by_people,
)
from .themes import Member, Theme, changed, member_rows, theme_id


def _decided(theme: Theme) -> bool:
    return theme.state == "confirmed"


def _finer(state: State, session: str) -> float:
    sought = state.get(Comparison, session)
    return FINENESSES[sought.finer if sought else USUAL]


class SuggestMoves(Question, tag="SuggestMoves"):
    """What the program would change: moves of cards that no person has placed and that no confirmed theme holds, and
    new themes of cards that none holds. Nothing changes by asking.

    Told: {moves: [{card, from, to, times}], new: [{cards: {card: fit}, title_card, keywords, strength, confidence}]}.
    """

    by = LEADS
    session: Name

    def request(self, state: State, meta: Meta) -> dict:
        running(state)
        session = state.need(Session, self.session, "session")
        return asked(state, [session.id], "suggest", _decided) | {"finer": _finer(state, session.id)}

    def told(self, request: dict, result: dict) -> dict:
        return {"moves": result["moves"], "new": msgspec.to_builtins([cluster_of(theme) for theme in result["new"]])}


class Move(Struct, frozen=True):
    """A card that goes into a theme."""

    card: Id
    to: Id


class TakeSuggestions(Command, tag="TakeSuggestions"):
    """Do what was suggested, or a part of it: a moved card then counts as placed by a person. Cards that somebody has
    placed meanwhile, and themes that have gone, are left out."""

    by = LEADS
    session: Name
    moves: Annotated[list[Move], msgspec.Meta(max_length=1000)] = []
    new: Annotated[list[Cluster], msgspec.Meta(max_length=200)] = []

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        state.need(Session, self.session, "session")
        moves = {move.card: move.to for move in self.moves if self._fits(state, move)}
        clusters, taken = {}, set(moves)
        for n, cluster in enumerate(self.new):
            free = {id for id in cluster.cards if id not in taken and still_free(state, id, self.session)}
            if (cluster := among(cluster, free)) is not None:
                clusters[theme_id(f"{meta.ask}|theme|{n}")] = cluster
                taken |= cluster.cards.keys()
        if not moves and not clusters:
            raise Refused("changed-since", "moves", table="members")
        return SuggestionsTaken(session=self.session, moves=moves, clusters=clusters)

    def _fits(self, state: State, move: Move) -> bool:
        theme = state.get(Theme, move.to)
        there = theme is not None and theme.session == self.session and theme.state != "dropped"
        return there and still_free(state, move.card, self.session)


class SuggestionsTaken(Event, tag="SuggestionsTaken"):
    """A person agreed to what the program suggested."""

    session: str
    moves: dict[str, str]
    clusters: dict[str, Cluster]

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        cards = [*self.moves, *(card for cluster in self.clusters.values() for card in cluster.cards)]
        left = {m.theme for card in cards if (m := state.get(Member, card))}
        for id in sorted({*self.moves.values(), *filter(None, left)}):
            yield changed(state.get(Theme, id))
        for card, theme in self.moves.items():
            yield from member_rows(state, card, state.get(Theme, theme))
        last = max((t.order for t in state.where(Theme, "session", self.session)), default=-1)
        for order, (id, cluster) in enumerate(self.clusters.items(), last + 1):
            yield from proposed(state, self.session, id, cluster, order)


class PlaceNewCards(Job, tag="PlaceNewCards"):
    """Let the program put the cards that came since into the themes that they are near; no other card moves, and one
    that is near none stays to be sorted."""

    by = LEADS
    session: Name

    def request(self, state: State, meta: Meta) -> dict:
        running(state)
        session = state.need(Session, self.session, "session")
        late = new_cards(state, session.id)
        if not late:
            raise Refused("no-cards", "session")
        more = {"late": late, "session": session.id, "head": state.head}
        return asked(state, [session.id], "place", _decided) | more

    def command(self, request: dict, result: dict) -> Command:
        placed = {found["card"]: Near(found["theme"], found["near"]) for found in result["placed"]}
        return AddNewCards(session=request["session"], placed=placed, head=request["head"])


class Near(Struct, frozen=True):
    """A theme that a card is near, and how near."""

    theme: str
    near: float


class AddNewCards(Command, tag="AddNewCards"):
    """The worker's places for new cards come back; cards and themes that have changed since are left out."""

    by = frozenset({SERVER})
    session: Name
    placed: dict[str, Near]
    head: int

    def decide(self, state: State, meta: Meta) -> Event | None:
        state.need(Session, self.session, "session")
        placed = {
            card: near
            for card, near in self.placed.items()
            if (theme := state.get(Theme, near.theme))
            and theme.state != "dropped"
            and state.get(Member, card) is None
            and still_free(state, card, self.session)
        }
        return NewCardsPlaced(session=self.session, placed=placed, head=self.head)


class NewCardsPlaced(Event, tag="NewCardsPlaced"):
    """The program put cards that came late into themes."""

    session: str
    placed: dict[str, Near]
    head: int

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        for id in sorted({near.theme for near in self.placed.values()}):
            yield changed(state.get(Theme, id))
        for card, near in self.placed.items():
            yield from member_rows(state, card, state.get(Theme, near.theme), "program", near.near)
        if (sought := state.get(Comparison, self.session)) is not None:
            yield msgspec.structs.replace(sought, head=self.head)


class FindMerges(Question, tag="FindMerges"):
    """Which themes of a session may be one. Told: {pairs: [{themes: [id, id], alike}]}, the likeliest first."""

    by = LEADS
    session: Name

    def request(self, state: State, meta: Meta) -> dict:
        running(state)
        session = state.need(Session, self.session, "session")
        return asked(state, [session.id], "merges", _decided)

    def told(self, request: dict, result: dict) -> dict:
        return {"pairs": result["pairs"]}


class SuggestWords(Question, tag="SuggestWords"):
    """Which words may mean the same, from themes that people put together of cards in several languages.
    Told: {pairs: [{theme, words: {language: word}}]}."""

    by = LEADS
    session: Name

    def request(self, state: State, meta: Meta) -> dict:
        running(state)
        session = state.need(Session, self.session, "session")
        request = asked(state, [session.id], "words", _decided)
        touched = [t for t in request["themes"] if touched_by_people(state, state.get(Theme, t["id"]))]
        return request | {"themes": touched}

    def told(self, request: dict, result: dict) -> dict:
        return {"pairs": result["pairs"]}


class ProposeSplit(Question, tag="ProposeSplit"):
    """How a theme could be split. Told: {parts: [{cards: {card: fit}, title_card, …}], left: [card]}, where `left` are
    single cards; one part at most says that it doesn't fall apart."""

    by = LEADS
    theme: Id

    def request(self, state: State, meta: Meta) -> dict:
        running(state)
        theme = state.need(Theme, self.theme, "theme")
        request = asked(state, [theme.session], "split", _decided)
        held = next((t["card_ids"] for t in request["themes"] if t["id"] == theme.id), [])
        if len(held) < 2:
            raise Refused("no-cards", "theme")
        return request | {"card_ids": held, "finer": _finer(state, theme.session)}

    def told(self, request: dict, result: dict) -> dict:
        parts = [cluster_of(theme) for theme in result["themes"]]
        return {"parts": msgspec.to_builtins(parts), "left": result["tray"]}
