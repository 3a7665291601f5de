"""Translating cards: for interpreters and facilitators, on every card they may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from .audiences import viewer
from .cards import Card, CardText, Translation
from .core import PERSON, PERSONAL, WRITERS, Command, Event, Id, Lang, Meta, Refused, Row, State, said
from .people import Person


class TranslateCard(Command, tag="TranslateCard"):
    """Write or change a card's translation into a language."""

    by = WRITERS
    card: Id
    lang: Lang
    text: CardText

    def decide(self, state: State, meta: Meta) -> Event | None:
        card = state.need(Card, self.card, "card")
        if meta.who.role == PERSON:
            person = state.get(Person, meta.who.id)
            if person is None or not person.interpreter or not viewer(state, meta.who).sees(card):
                raise Refused("not-allowed")
        text = said(self.text, "text")
        if self.lang == card.lang:
            raise Refused("same-language", "lang")
        now = state.get(Translation, f"{card.id}.{self.lang}")
        if now and (now.text, now.of) == (text, card.text_seq):
            return None
        return CardTranslated(card=card.id, lang=self.lang, text=text, of=card.text_seq)


class CardTranslated(Event, tag="CardTranslated"):
    """A card can be read in another language."""

    content = True

    card: str
    lang: str
    text: Annotated[str | None, PERSONAL]
    of: int

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield Translation(
            id=f"{self.card}.{self.lang}",
            audience=state.get(Card, self.card).audience,
            card=self.card,
            lang=self.lang,
            text=self.text,
            of=self.of,
        )
