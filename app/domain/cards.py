"""Cards: what people write on a board. The id of the ask that adds a card is the card's id."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Literal

import msgspec

from app.thinking.wording.guessing import guess

from . import boards
from .agenda import Section, Workshop
from .core import (
    PERSON,
    PERSONAL,
    WRITERS,
    Changed,
    Command,
    Event,
    Id,
    Lang,
    Meta,
    Name,
    Refused,
    Row,
    State,
    follows,
    said,
)
from .positions import between

CardText = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]


class Card(Row, tag="cards"):
    """One contribution in one language, `lang`: what the phone told unless the words clearly spoke against it, or what
    a person said since. `state` is `on` the board, `parked` or `withdrawn`; `pos` sorts a section;
    `text_seq` is the event that last changed the words."""

    index: ClassVar = ("board",)

    board: str
    section: str
    text: Annotated[str | None, PERSONAL]
    lang: str
    pos: str
    state: str = "on"
    text_seq: int = 0

    @property
    def stands(self) -> tuple[Any, str] | None:
        """The cards of one section on one board stand in line."""
        return None if self.gone or self.state != "on" else ((self.board, self.section), self.pos)


class Translation(Row, tag="translations"):
    """A card's words in another language; `of` is the `text_seq` it was made from: older than the card's = outdated.

    Its audience is the card's.
    """

    index: ClassVar = ("card",)

    card: str
    lang: str
    text: Annotated[str | None, PERSONAL]
    by: str = "person"
    of: int = 0


class Author(Row, tag="authors"):
    """Who wrote a card; id = the card's. There is none where nobody is to be known."""

    person: str


class Seal(Row, tag="seals"):
    """The seal that proves *mine*; id = the card's."""

    seal: str


@follows
def translations_follow(state: State, changed: Changed) -> Iterable[Row]:
    """A card's translations are for whom the card is for, and gone with it; so is one into the card's own language."""
    for _, row in changed.values():
        if isinstance(row, Card):
            yield from _translations(state, row)


def _translations(state: State, card: Card) -> Iterable[Row]:
    for translation in state.where(Translation, "card", card.id):
        gone = card.gone or translation.lang == card.lang
        if (translation.audience, translation.gone) != (card.audience, gone):
            yield msgspec.structs.replace(translation, audience=card.audience, gone=gone)


def widened(state: State, card: Card) -> Iterable[Row]:
    """A card and its translations, for all to see."""
    if card.audience != "all":
        card = msgspec.structs.replace(card, audience="all")
        yield card
    yield from _translations(state, card)


def audience_now(state: State, card: Card) -> str:
    """Whom a card is for that lies on its board again: for all if it was, whatever the reason, else for the board."""
    shown = card.audience == "all" and not card.gone
    return "all" if shown else boards.audience(state, card.board)


def cards_on(state: State, board: str) -> list[Card]:
    """The cards that lie on a board, in their order within sections."""
    return sorted((c for c in state.where(Card, "board", board) if c.state == "on"), key=lambda c: (c.pos, c.id))


def is_mine(state: State, card: str, meta: Meta) -> bool:
    """True when the asker's token sealed this card."""
    seal = state.get(Seal, card)
    return seal is not None and bool(meta.who.token) and seal.seal == meta.who.seal(card)


def _section(state: State, board: str, section: str) -> Section:
    row = state.need(Section, section, "section")
    if row.session != boards.session_of(state, board).id:
        raise Refused("not-found", "section")
    return row


def check_room(state: State, board: str, section: str, meta: Meta, card: str | None = None) -> None:
    """Refuses what would be one too many in a section with a limit: a new card, or `card`, whoever moves it."""
    row = _section(state, board, section)
    if row.limit is None:
        return
    there = [id for _, id in state.line(Card, (board, row.id))]
    if row.per == "person":
        there = _by_the_same(state, there, card, meta)
    if len(there) >= row.limit:
        raise Refused("section-full", "section", section=row.id, limit=row.limit, per=row.per)


def _by_the_same(state: State, cards: list[str], card: str | None, meta: Meta) -> list[str]:
    """Those of `cards` whose writer wrote `card` too (None: is about to write one), as far as that can be known."""
    author = state.get(Author, card)
    if author is not None:
        return [id for id in cards if (other := state.get(Author, id)) and other.person == author.person]
    mine = card is None or is_mine(state, card, meta)
    return [id for id in cards if is_mine(state, id, meta)] if mine else []


def _last(state: State, board: str, section: str) -> str:
    line = state.line(Card, (board, section))
    return between(line[-1][0] if line else "", "")


def language_of(state: State, text: str, told: str) -> str:
    """The language of a card with these words, where a phone told `told`."""
    return guess(text, told, state.get(Workshop, "workshop").working_languages)


class AddCard(Command, tag="AddCard"):
    """Write a card. `lang` is the language that its writer reads; where the words are clearly of another one, the card
    is too. A person needs a seat on the board now, or one that ended at most five minutes ago; a facilitator
    writes for people without a phone."""

    by = WRITERS
    board: Name
    section: Name
    text: CardText
    lang: Lang = "en"

    def decide(self, state: State, meta: Meta) -> Event | None:
        boards.may_write(state, self.board, meta)
        text = said(self.text, "text")
        if state.head >= boards.MOST_EVENTS:
            raise Refused("workshop-full", limit=boards.MOST_EVENTS)
        check_room(state, self.board, self.section, meta)
        return CardAdded(
            card=meta.ask,
            board=self.board,
            section=self.section,
            text=text,
            lang=language_of(state, text, self.lang),
            pos=_last(state, self.board, self.section),
            author=boards.author(state, meta),
            seal=meta.who.seal(meta.ask),
        )


class CardAdded(Event, tag="CardAdded"):
    """A card was written."""

    content = True

    card: str
    board: str
    section: str
    text: Annotated[str | None, PERSONAL]
    lang: str
    pos: str
    author: str | None = None
    seal: str | None = ""

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield Card(
            id=self.card,
            audience=boards.audience(state, self.board),
            board=self.board,
            section=self.section,
            text=self.text,
            lang=self.lang,
            pos=self.pos,
            text_seq=seq,
        )
        if self.author:
            authors = boards.authors_audience(state, self.board)
            yield Author(id=self.card, audience=authors, person=self.author)
        if self.seal:
            yield Seal(id=self.card, audience="nobody", seal=self.seal)


def _owned(state: State, card: str, meta: Meta) -> Card:
    row = state.need(Card, card, "card")
    if meta.who.role == PERSON and not is_mine(state, card, meta):
        raise Refused("not-yours", "card")
    boards.may_write(state, row.board, meta)
    return row


class EditCard(Command, tag="EditCard"):
    """Change one's card, saying which version was seen (`seen`: the card's seq); a facilitator may change any. The new
    words may show another language, except where somebody had said the language against what the old words show."""

    by = WRITERS
    card: Id
    text: CardText
    seen: int
    lang: Lang | None = None

    def decide(self, state: State, meta: Meta) -> Event | None:
        card = _owned(state, self.card, meta)
        text = said(self.text, "text")
        lang = self.lang or card.lang
        if language_of(state, card.text or "", card.lang) == card.lang:
            lang = language_of(state, text, lang)
        if (text, lang) == (card.text, card.lang):
            return None
        if card.text_seq > self.seen:
            raise Refused("card-changed", "text", text=card.text)
        return CardEdited(card=card.id, text=text, lang=lang)


class CardEdited(Event, tag="CardEdited"):
    """A card says something else."""

    content = True

    card: str
    text: Annotated[str | None, PERSONAL]
    lang: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        card = state.get(Card, self.card)
        yield msgspec.structs.replace(card, text=self.text, lang=self.lang, text_seq=seq)


class MoveCard(Command, tag="MoveCard"):
    """Put a card elsewhere on its board: into a section, behind another card (`after`; null = first)."""

    by = WRITERS
    card: Id
    section: Name
    after: Id | None = None

    def decide(self, state: State, meta: Meta) -> Event | None:
        card = state.need(Card, self.card, "card")
        boards.may_write(state, card.board, meta)
        if card.state == "withdrawn":
            raise Refused("card-withdrawn", "card")
        section = _section(state, card.board, self.section)
        if section.id != card.section or card.state != "on":
            check_room(state, card.board, section.id, meta, card.id)
        name = (card.board, section.id)
        line, before, n = state.line(Card, name), "", 0
        if self.after is not None:
            after = state.need(Card, self.after, "after")
            if after.id == card.id or after.stands != (name, after.pos):
                raise Refused("not-found", "after")
            before, n = after.pos, bisect_right(line, (after.pos, after.id))
        behind = next((pos for pos, id in line[n : n + 2] if id != card.id), "")
        return CardMoved(card=card.id, section=section.id, pos=between(before, behind))


class CardMoved(Event, tag="CardMoved"):
    """A card lies elsewhere on its board."""

    content = True

    card: str
    section: str
    pos: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        card = state.get(Card, self.card)
        audience = audience_now(state, card)
        yield msgspec.structs.replace(card, section=self.section, pos=self.pos, state="on", audience=audience)


class TakeCard(Command, tag="TakeCard"):
    """Take a card off the board: `withdrawn` (one's own) or `parked` (anybody of the group)."""

    by = WRITERS
    card: Id
    to: Literal["withdrawn", "parked"] = "withdrawn"

    def decide(self, state: State, meta: Meta) -> Event | None:
        card = state.need(Card, self.card, "card")
        if self.to == "withdrawn":
            _owned(state, self.card, meta)
        boards.may_write(state, card.board, meta)
        return None if card.state == self.to else CardTaken(card=card.id, state=self.to)


class CardTaken(Event, tag="CardTaken"):
    """A card was withdrawn or parked."""

    content = True

    card: str
    state: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Card, self.card), state=self.state)


class RestoreCard(Command, tag="RestoreCard"):
    """Bring a withdrawn or parked card back to its section, if there is room."""

    by = WRITERS
    card: Id

    def decide(self, state: State, meta: Meta) -> Event | None:
        card = state.need(Card, self.card, "card")
        if card.state == "withdrawn":
            _owned(state, self.card, meta)
        boards.may_write(state, card.board, meta)
        if card.state == "on":
            return None
        check_room(state, card.board, card.section, meta, card.id)
        return CardMoved(card=card.id, section=card.section, pos=card.pos)
