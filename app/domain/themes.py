"""Themes: cards of several groups that say the same thing, and what follows from the cards that a theme holds."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

import msgspec

from . import boards
from .cards import Card, cards_on, widened
from .core import PERSONAL, Changed, Row, State, follows

Lane = Literal["common", "shared", "unique"]
LANES = ("common", "shared", "unique")
Title = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Theme(Row, tag="themes"):
    """Cards that say the same thing. `state` is proposed, confirmed or dropped; only confirmed ones count.

    `title` is null while it is simply the words of `title_card`. `lane` and `groups` follow from the members;
    `overruled` is the lane that a person chose instead. `why` says what set a confirmed theme back to proposed.
    `confidence` is how alike its cards were when the program proposed it, from 0 to 1.
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
    confidence: float = 0.0
    keywords: tuple[str, ...] = ()
    order: int = 0


class Member(Row, tag="members"):
    """A card's place in a theme; id = the card's. `by` is the program or a person; `fit` how well the program thinks it
    fits, and 0 or less where that is doubtful."""

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


def theme_id(words: str) -> str:
    """An id for a theme that the program makes, from words that differ for each."""
    return base64.urlsafe_b64encode(hashlib.sha256(words.encode()).digest()[:16]).decode().rstrip("=")
