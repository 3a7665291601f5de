"""The language of a card, and its words in others: for interpreters and facilitators, on every card they may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from .audiences import viewer
from .cards import Card, CardText, Translation, is_mine
from .core import PERSON, PERSONAL, WRITERS, Command, Event, Id, Lang, Meta, Refused, Row, State, said
from .people import Person


def _interprets(state: State, card: Card, meta: Meta) -> None:
    person = state.get(Person, meta.who.id)
    if person is None or not person.interpreter or not viewer(state, meta.who).sees(card):
        raise Refused("not-allowed")


class TranslateCard(Command, tag="TranslateCard"):
    """Write or change a card's translation into a language; it takes the place of a machine's."""

    by = WRITERS
    card: Id
    lang: Lang
    text: CardText

    def decide(self, state: State, meta: Meta) -> Event | None:
        card = state.need(Card, self.card, "card")
        if meta.who.role == PERSON:
            _interprets(state, card, meta)
        text = said(self.text, "text")
        if self.lang == card.lang:
            raise Refused("same-language", "lang")
        now = state.get(Translation, f"{card.id}.{self.lang}")
        if now and (now.text, now.of, now.by) == (text, card.text_seq, "person"):
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


class SetLanguage(Command, tag="SetLanguage"):
    """Say in which language a card is written: its writer, an interpreter who sees it, a facilitator any. Translations
    into that language are taken away, and a machine's, which took it for another; undoing brings them back."""

    by = WRITERS
    card: Id
    lang: Lang

    def decide(self, state: State, meta: Meta) -> Event | None:
        card = state.need(Card, self.card, "card")
        if meta.who.role == PERSON and not is_mine(state, card.id, meta):
            _interprets(state, card, meta)
        return None if card.lang == self.lang else LanguageSet(card=card.id, lang=self.lang)


class LanguageSet(Event, tag="LanguageSet"):
    """A card is in another language than was thought; its words and what people translated from them stay."""

    content = True

    card: str
    lang: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Card, self.card), lang=self.lang)
        for translation in state.where(Translation, "card", self.card):
            if translation.by == "machine":
                yield msgspec.structs.replace(translation, gone=True)
