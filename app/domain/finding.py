"""Finding themes: what the program is asked about a session's cards, and what becomes of its proposal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Struct

from . import boards
from .agenda import Session, Workshop, running
from .cards import Card, Translation
from .core import LEADS, SERVER, Command, Event, Job, Meta, Name, Refused, Row, State
from .echoes import Echo
from .glossary import as_csv
from .themes import Member, Theme, audience_of, member_rows, session_cards, theme_id
from .verdicts import Verdict

FINENESSES = (1.0, 1.5, 2.0, 3.0, 4.5, 6.0)
"""From few themes to many."""

USUAL = 3


class Comparison(Row, tag="comparisons"):
    """How a session's cards were compared last; id = the session's.

    `language`: the one they were compared in. `compared`: whether all languages were, `uncovered` those that weren't.
    `head`: the last event that was taken into account: what was written since is new. `finer`: which of FINENESSES.
    `stacks`: cards that say nearly the same, lists of ids.
    """

    leads: ClassVar = True

    language: str | None
    compared: bool
    themes: int
    cards: int
    uncovered: tuple[str, ...] = ()
    head: int = 0
    finer: int = USUAL
    stacks: tuple[tuple[str, ...], ...] = ()


def touched_by_people(state: State, theme: Theme) -> bool:
    """True when people have decided on a theme, named it, put a card into it or taken one out, or told it apart from
    another: no new proposal replaces it."""
    decided = theme.state != "proposed" or theme.why
    edited = decided or theme.title is not None or theme.overruled is not None
    placed = any(m.by == "person" for m in state.where(Member, "theme", theme.id))
    return edited or placed or any(theme.id in (said.a, said.b) for said in state.all(Verdict))


def asked(state: State, sessions: list[str], job: str, stays: Callable[[Theme], bool]) -> dict:
    """What the worker gets to know of the cards of some sessions for a `job` about themes.

    `stays(theme)`: whether all its cards count as placed by people. Themes that were dropped are none; their cards
    stay where they are.
    """
    cards = [card for session in sessions for card in session_cards(state, session)]
    here = {card.id for card in cards}
    themes = {t.id: t for session in sessions for t in state.where(Theme, "session", session)}
    held = {id: [m.id for m in state.where(Member, "theme", id) if m.id in here] for id in themes}
    members = [m for card in cards if (m := state.get(Member, card.id))]
    pins = [
        m.id
        for m in members
        if m.by == "person" or (m.theme in themes and (themes[m.theme].state == "dropped" or stays(themes[m.theme])))
    ]
    said = list(state.all(Verdict))
    return {
        "job": job,
        "languages": list(state.get(Workshop, "workshop").working_languages),
        "cards": [
            {
                "id": card.id,
                "group": card.board,
                "lang": card.lang,
                "text": card.text or "",
                "translations": {
                    t.lang: t.text for t in state.where(Translation, "card", card.id) if t.text is not None
                },
            }
            for card in cards
        ],
        "echoes": [[e.card, e.own_card] for e in state.all(Echo) if e.own_card in here and e.card in here],
        "themes": [{"id": id, "card_ids": held[id]} for id, t in themes.items() if t.state != "dropped"],
        "pins": pins,
        "must": [[v.a, v.b] for v in said if v.same and v.a in here and v.b in here],
        "cannot": [[v.a, v.b] for v in said if not v.same and v.a in here and v.b in here],
        "apart": [[v.a, v.b] if v.a in here else [v.b, v.a] for v in said if _apart(v, here, themes)],
        "words": as_csv(state),
        "kept_apart": [[v.a, v.b] for v in said if v.a in themes and v.b in themes],
    }


def _apart(said: Verdict, cards: set[str], themes: dict[str, Theme]) -> bool:
    return not said.same and any(a in cards and b in themes for a, b in ((said.a, said.b), (said.b, said.a)))


class Cluster(Struct, frozen=True):
    """One proposed theme: its cards with their fit, the card whose words stand for it, keywords, how sure."""

    cards: dict[str, float]
    title_card: str
    keywords: list[str] = []
    strength: Literal["strong", "probable"] = "probable"
    confidence: float = 0.0


def cluster_of(theme: dict) -> Cluster:
    """A theme as the worker describes it."""
    return Cluster(
        cards={id: float(theme["fits"].get(id, 0)) for id in theme["card_ids"]},
        title_card=theme["medoid"],
        keywords=list(theme["keywords"])[:3],
        strength=theme["strength"],
        confidence=theme["confidence"],
    )


def proposed(state: State, session: str, id: str, cluster: Cluster, order: int) -> Iterable[Row]:
    """A theme that the program proposes, with its cards; shown to all where its session's themes are."""
    theme = Theme(
        id=id,
        audience=audience_of(state, session),
        session=session,
        title_card=cluster.title_card,
        # A default is left out of a row's JSON only if it is the very string, so a word that came as JSON won't do.
        strength="strong" if cluster.strength == "strong" else "probable",
        confidence=cluster.confidence,
        keywords=tuple(cluster.keywords),
        order=order,
    )
    yield theme
    for card, fit in cluster.cards.items():
        yield from member_rows(state, card, theme, "program", fit)


def among(cluster: Cluster, free: set[str]) -> Cluster | None:
    """A cluster of those of its cards that are still free; None if that is no theme any more."""
    cards = {id: fit for id, fit in cluster.cards.items() if id in free}
    if len(cards) < 2:
        return None
    title = cluster.title_card if cluster.title_card in cards else max(cards, key=lambda c: (cards[c], c))
    return msgspec.structs.replace(cluster, cards=cards, title_card=title)


class FindThemes(Job, tag="FindThemes"):
    """Let the program propose themes over all cards of a session. What people have touched stays as it is; a card that
    would go with it is left to be sorted. `finer`: from 0, few themes, to 5, many."""

    by = LEADS
    session: Name
    finer: Annotated[int, msgspec.Meta(ge=0, le=5)] = USUAL

    def request(self, state: State, meta: Meta) -> dict:
        running(state)
        session = state.need(Session, self.session, "session")
        if not session_cards(state, session.id):
            raise Refused("no-cards", "session")
        request = asked(state, [session.id], "themes", lambda theme: touched_by_people(state, theme))
        kept = [t for t in request["themes"] if touched_by_people(state, state.get(Theme, t["id"]))]
        return request | {
            "themes": kept,
            "finer": FINENESSES[self.finer],
            "session": session.id,
            "head": state.head,
        }

    def command(self, request: dict, result: dict) -> Command:
        return ProposeThemes(
            session=request["session"],
            clusters=[cluster_of(theme) for theme in result["themes"] if theme["id"] is None],
            language=result["language"],
            compared=result["compared"],
            uncovered=result["uncovered"],
            head=request["head"],
            finer=FINENESSES.index(request["finer"]),
            stacks=result["stacks"],
        )


class ProposeThemes(Command, tag="ProposeThemes"):
    """The worker's proposal comes back: cards that have gone since are left out, themes touched by people stay."""

    by = frozenset({SERVER})
    session: Name
    clusters: list[Cluster]
    language: str | None = None
    compared: bool = True
    uncovered: list[str] = []
    head: int = 0
    finer: int = USUAL
    stacks: list[list[str]] = []

    def decide(self, state: State, meta: Meta) -> Event | None:
        state.need(Session, self.session, "session")
        kept = {t.id for t in state.where(Theme, "session", self.session) if touched_by_people(state, t)}
        free = {card.id for card in session_cards(state, self.session) if _free(state.get(Member, card.id), kept)}
        clusters = {
            theme_id(f"{meta.chance}|theme|{n}"): kept_cluster
            for n, cluster in enumerate(self.clusters)
            if (kept_cluster := among(cluster, free)) is not None
        }
        return ThemesProposed(
            session=self.session,
            clusters=clusters,
            language=self.language,
            compared=self.compared,
            uncovered=tuple(self.uncovered),
            head=self.head,
            finer=self.finer,
            stacks=tuple(tuple(stack) for stack in self.stacks),
        )


def _free(member: Member | None, kept: set[str]) -> bool:
    return member is None or (member.by == "program" and member.theme not in kept)


class ThemesProposed(Event, tag="ThemesProposed"):
    """The program proposed themes; what it had proposed before and nobody touched is gone."""

    session: str
    clusters: dict[str, Cluster]
    language: str | None = None
    compared: bool = True
    uncovered: tuple[str, ...] = ()
    head: int = 0
    finer: int = USUAL
    stacks: tuple[tuple[str, ...], ...] = ()

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        placed = {card for cluster in self.clusters.values() for card in cluster.cards}
        for theme in state.where(Theme, "session", self.session):
            if not touched_by_people(state, theme):
                yield msgspec.structs.replace(theme, gone=True)
                for member in state.where(Member, "theme", theme.id):
                    if member.id not in placed:
                        yield msgspec.structs.replace(member, gone=True)
        for order, (id, cluster) in enumerate(self.clusters.items()):
            yield from proposed(state, self.session, id, cluster, order)
        yield Comparison(
            id=self.session,
            audience="lead",
            language=self.language,
            compared=self.compared,
            themes=len(self.clusters),
            cards=len(session_cards(state, self.session)),
            uncovered=self.uncovered,
            head=self.head,
            finer=self.finer,
            stacks=self.stacks,
        )


def new_cards(state: State, session: str) -> list[str]:
    """The cards that nobody has sorted and that were written, or changed, since the session's cards were compared."""
    sought = state.get(Comparison, session)
    head = sought.head if sought else 0
    free = (card for card in session_cards(state, session) if state.get(Member, card.id) is None)
    return [card.id for card in free if card.text_seq > head]


def still_free(state: State, id: str, session: str) -> bool:
    """True while a card lies on a board of the session, no person has placed it, and the theme that holds it, if one
    does, isn't decided on."""
    card, member = state.get(Card, id), state.get(Member, id)
    if card is None or card.state != "on" or boards.session_of(state, card.board).id != session:
        return False
    return member is None or (member.by == "program" and state.get(Theme, member.theme).state == "proposed")
