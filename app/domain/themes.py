"""Themes: cards of several groups that say the same thing. The program proposes, people decide."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Struct

from . import boards
from .agenda import Session, Workshop, running
from .cards import Card, Translation, cards_on, widened
from .core import (
    LEADS,
    PERSONAL,
    SERVER,
    Changed,
    Command,
    Event,
    Job,
    Meta,
    Name,
    Refused,
    Row,
    State,
    follows,
)
from .echoes import Echo

Lane = Literal["common", "shared", "unique"]
LANES = ("common", "shared", "unique")
Title = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Theme(Row, tag="themes"):
    """Cards that say the same thing. `state` is proposed, confirmed or dropped; only confirmed ones count.

    `title` is null while it is simply the words of `title_card`. `lane` and `groups` follow from the members;
    `overruled` is the lane that a person chose instead. `why` says what set a confirmed theme back to proposed.
    """

    index: ClassVar = ("session",)

    session: str
    title: Annotated[str | None, PERSONAL] = None
    title_card: str | None = None
    state: str = "proposed"
    why: str = ""
    lane: str = "unique"
    overruled: str | None = None
    overruled_by: str = ""
    groups: tuple[str, ...] = ()
    strength: str = "probable"
    keywords: tuple[str, ...] = ()
    order: int = 0


class Member(Row, tag="members"):
    """A card's place in a theme; id = the card's. `by` is the program or a person; `fit` how well the program thinks
    it fits."""

    index: ClassVar = ("theme",)

    theme: str
    by: str = "person"
    fit: float = 0.0


def members_of(state: State, theme: str) -> list[Member]:
    """The members of a theme whose cards lie on a board."""
    rows = [m for m in state.where(Member, "theme", theme) if (c := state.get(Card, m.id)) and c.state == "on"]
    return sorted(rows, key=lambda m: (-m.fit, m.id))


def session_cards(state: State, session: str) -> list[Card]:
    """Every card that lies on one of a session's boards."""
    return [card for board in boards.boards_of(state, session) for card in cards_on(state, board)]


def writing_groups(state: State, session: str) -> list[str]:
    """The boards of a session on which at least one card lies: the groups that "every group" means."""
    ids = boards.boards_of(state, session)
    return [board for board in ids if any(card.state == "on" for card in state.where(Card, "board", board))]


def lane_of(groups: int, of: int) -> Lane:
    """The lane of a theme that `groups` of `of` writing groups raised."""
    if groups == of and of > 1:
        return "common"
    return "shared" if groups > 1 else "unique"


def groups_counted(state: State, members: list[Member]) -> tuple[str, ...]:
    """The groups that raised a theme with these `members_of`: each with a card placed by a person, or one that fits
    well; at least one."""
    counted = [m for m in members if m.by == "person" or m.fit > 0] or members[:1]
    return tuple(sorted({state.get(Card, m.id).board for m in counted}))


@follows
def themes_follow(state: State, touched_rows: Changed) -> Iterable[Row]:
    """Lane, groups and title card of every theme whose session's cards or members changed; a theme without cards is
    gone; a confirmed theme whose own cards changed is to be confirmed again, unless the event itself has decided on
    it; a card that lies on its board again is shown where its theme is."""
    sessions: set[str] = set()
    touched: set[str] = set()
    for old, new in touched_rows.values():
        if isinstance(new, Theme):
            sessions.add(new.session)
        elif isinstance(new, Member):
            touched |= {new.theme} | ({old.theme} if old else set())
        elif isinstance(new, Card) and (old is None or (old.state, old.gone) != (new.state, new.gone)):
            sessions.add(boards.session_of(state, new.board).id)
            if (member := state.get(Member, new.id)) is not None:
                touched.add(member.theme)
                theme = state.get(Theme, member.theme)
                if new.gone:
                    yield msgspec.structs.replace(member, gone=True)
                elif new.state == "on" and theme and theme.audience != member.audience:
                    yield from member_rows(state, new.id, theme, member.by, member.fit)
    sessions |= {theme.session for id in touched if (theme := state.get(Theme, id))}
    for session in sorted(sessions):
        themes = list(state.where(Theme, "session", session))
        of = len(writing_groups(state, session)) if themes else 0
        for theme in themes:
            own = theme.id in touched or (Theme, theme.id) in touched_rows
            if not own and theme.lane == (theme.overruled or lane_of(len(theme.groups), of)):
                continue
            if not any(state.get(Card, m.id) for m in state.where(Member, "theme", theme.id)):
                yield msgspec.structs.replace(theme, gone=True)
                continue
            members = members_of(state, theme.id)
            groups, title = groups_counted(state, members), _title_card(theme, members)
            lane = theme.overruled or lane_of(len(groups), of)
            new = msgspec.structs.replace(theme, groups=groups, lane=lane, title_card=title)
            if theme.id in touched and (Theme, theme.id) not in touched_rows and theme.state == "confirmed":
                new = msgspec.structs.replace(new, state="proposed", why="cards-changed")
            if new != theme:
                yield new


def _title_card(theme: Theme, members: list[Member]) -> str | None:
    """The title card while it lies on a board as a member of its theme; else the one that fits best, if there is."""
    ids = [member.id for member in members]
    return theme.title_card if theme.title_card in ids else next(iter(ids), None)


def audience_of(state: State, session: str) -> str:
    """Who sees the themes of a session: facilitators until they are shown, then all."""
    shown = any(theme.audience == "all" for theme in state.where(Theme, "session", session))
    return "all" if shown else "lead"


def member_rows(state: State, card: str, theme: Theme, by: str = "person", fit: float = 0.0) -> Iterable[Row]:
    """A card's place in a theme; where the theme is shown to all, the card is too, unless it was taken off."""
    row = state.get(Card, card)
    audience = theme.audience if row.state == "on" else "lead"
    yield Member(id=card, audience=audience, theme=theme.id, by=by, fit=fit)
    if audience == "all":
        yield from widened(state, row)


def changed(theme: Theme) -> Theme:
    """A theme whose cards a person has changed: to be confirmed again."""
    why = "cards-changed" if theme.state == "confirmed" else theme.why
    return msgspec.structs.replace(theme, state="proposed", why=why)


class Cluster(Struct, frozen=True):
    """One proposed theme: its cards with their fit, the card whose words stand for it, keywords, how sure."""

    cards: dict[str, float]
    title_card: str
    keywords: list[str] = []
    strength: str = "probable"


class FindThemes(Job, tag="FindThemes"):
    """Let the program propose themes over all cards of a session. What people have touched stays as it is."""

    by = LEADS
    session: Name

    def request(self, state: State, meta: Meta) -> dict:
        running(state)
        session = state.need(Session, self.session, "session")
        cards = session_cards(state, session.id)
        if not cards:
            raise Refused("no-cards", "session")
        here = {card.id for card in cards}
        return {
            "job": "themes",
            "session": session.id,
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
        }

    def command(self, request: dict, result: dict) -> Command:
        clusters = [
            Cluster(
                cards={id: float(theme["fits"].get(id, 0)) for id in theme["card_ids"]},
                title_card=theme["medoid"],
                keywords=list(theme["keywords"])[:3],
                strength=theme["strength"],
            )
            for theme in result["themes"]
        ]
        return ProposeThemes(
            session=request["session"],
            clusters=clusters,
            language=result.get("language"),
            compared=bool(result.get("compared", True)),
        )


class ProposeThemes(Command, tag="ProposeThemes"):
    """The worker's proposal comes back: cards that have gone since are left out, themes touched by people stay."""

    by = frozenset({SERVER})
    session: Name
    clusters: list[Cluster]
    language: str | None = None
    compared: bool = True

    def decide(self, state: State, meta: Meta) -> Event | None:
        state.need(Session, self.session, "session")
        kept = {t.id for t in state.where(Theme, "session", self.session) if _touched(state, t)}
        free = {
            card.id
            for card in session_cards(state, self.session)
            if (m := state.get(Member, card.id)) is None or m.theme not in kept
        }
        clusters = {}
        for n, cluster in enumerate(self.clusters):
            cards = {id: fit for id, fit in cluster.cards.items() if id in free}
            if len(cards) < 2:
                continue
            title = cluster.title_card if cluster.title_card in cards else max(cards, key=lambda c: (cards[c], c))
            id = _theme_id(f"{meta.chance}|theme|{n}")
            clusters[id] = msgspec.structs.replace(cluster, cards=cards, title_card=title)
        return ThemesProposed(session=self.session, clusters=clusters, language=self.language, compared=self.compared)


def _touched(state: State, theme: Theme) -> bool:
    decided = theme.state != "proposed" or theme.why
    edited = decided or theme.title is not None or theme.overruled is not None
    return edited or any(m.by == "person" for m in state.where(Member, "theme", theme.id))


def _theme_id(words: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(words.encode()).digest()[:16]).decode().rstrip("=")


class Comparison(Row, tag="comparisons"):
    """In which language a session's cards were compared, and whether all of them could be; id = the session's."""

    language: str | None
    compared: bool
    themes: int
    cards: int


class ThemesProposed(Event, tag="ThemesProposed"):
    """The program proposed themes; what it had proposed before and nobody touched is gone."""

    session: str
    clusters: dict[str, Cluster]
    language: str | None = None
    compared: bool = True

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        placed = {card for cluster in self.clusters.values() for card in cluster.cards}
        for theme in state.where(Theme, "session", self.session):
            if not _touched(state, theme):
                yield msgspec.structs.replace(theme, gone=True)
                for member in state.where(Member, "theme", theme.id):
                    if member.id not in placed:
                        yield msgspec.structs.replace(member, gone=True)
        audience = audience_of(state, self.session)
        for order, (id, cluster) in enumerate(self.clusters.items()):
            theme = Theme(
                id=id,
                audience=audience,
                session=self.session,
                title_card=cluster.title_card,
                strength=cluster.strength,
                keywords=tuple(cluster.keywords),
                order=order,
            )
            yield theme
            for card, fit in cluster.cards.items():
                yield from member_rows(state, card, theme, "program", fit)
        yield Comparison(
            id=self.session,
            audience="lead",
            language=self.language,
            compared=self.compared,
            themes=len(self.clusters),
            cards=len(session_cards(state, self.session)),
        )
