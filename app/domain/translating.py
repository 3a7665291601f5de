"""Letting a machine translate cards: only where the organiser has allowed it, since the words leave this server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar

import msgspec
from msgspec import Struct

from .agenda import Session, running
from .cards import Card, Translation
from .core import (
    LEADS,
    ORGANISER,
    PERSONAL,
    SERVER,
    Command,
    Event,
    Job,
    Lang,
    Meta,
    Name,
    Refused,
    Row,
    State,
    said,
)
from .themes import session_cards

LONGEST = 1000
"""The most characters of a translation, as of a card; a longer one is no translation and is left out."""


class Permission(Row, tag="permissions"):
    """Whether cards of this workshop may be sent to the translation service of this server; one row, id `translation`.
    Without it they may not."""

    leads: ClassVar = True
    lasting = True

    on: bool


class Translated(Row, tag="translated"):
    """What came of the last time that a machine translated a session's cards; id = the session's. `unknown` are
    languages of cards that it doesn't know, `left` cards that it didn't translate, for these or other reasons."""

    leads: ClassVar = True

    lang: str
    cards: int
    left: int
    unknown: tuple[str, ...]


def check_allowed(state: State) -> None:
    """Refuses `translation-off` unless the organiser has allowed it."""
    permission = state.get(Permission, "translation")
    if permission is None or not permission.on:
        raise Refused("translation-off")


class AllowTranslation(Command, tag="AllowTranslation"):
    """Allow that cards of this workshop are sent to the translation service that the server's owner has named, or
    forbid it again."""

    by = frozenset({ORGANISER})
    on: bool

    def decide(self, state: State, meta: Meta) -> Event | None:
        now = state.get(Permission, "translation")
        return None if (now is not None and now.on) == self.on else TranslationAllowed(on=self.on)


class TranslationAllowed(Event, tag="TranslationAllowed"):
    """The organiser allowed that a machine translates, or forbade it."""

    irreversible = "only an organiser may switch it, at the desk"

    on: bool

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield Permission(id="translation", audience="lead", on=self.on)


class TranslateCards(Job, tag="TranslateCards"):
    """Let the server's translation service translate a session's cards into a language: those that aren't in it and
    that no person has translated, unless what it made before is of the card as it is."""

    by = LEADS
    session: Name
    lang: Lang

    def request(self, state: State, meta: Meta) -> dict:
        running(state)
        check_allowed(state)
        session = state.need(Session, self.session, "session")
        cards = [card for card in session_cards(state, session.id) if lacks(state, card, self.lang)]
        if not cards:
            raise Refused("nothing-to-translate", "session")
        return {
            "job": "translate",
            "session": session.id,
            "lang": self.lang,
            "cards": [{"id": card.id, "lang": card.lang, "text": card.text, "of": card.text_seq} for card in cards],
        }

    def command(self, request: dict, result: dict) -> Command:
        asked = {card["id"]: card for card in request["cards"]}
        return KeepTranslations(
            session=request["session"],
            lang=request["lang"],
            texts=tuple(
                Made(card=id, text=text, of=asked[id]["of"], source=asked[id]["lang"])
                for id, text in result["texts"].items()
                if id in asked
            ),
            asked=len(asked),
            unknown=tuple(result["unknown"]),
        )

    def refusal(self, request: dict, error: dict) -> dict:
        stopped = error["code"] == "worker-failed"
        return {"code": "translation-failed", "facts": {"reason": "too-slow"}} if stopped else error


def lacks(state: State, card: Card, lang: str) -> bool:
    """True for a card that a machine may translate into `lang`, and hasn't since the card was changed."""
    if not card.text or _base(card.lang) == _base(lang):
        return False
    now = state.get(Translation, f"{card.id}.{lang}")
    return now is None or (now.by == "machine" and now.of < card.text_seq)


def _base(lang: str) -> str:
    return lang.partition("-")[0].lower()


class Made(Struct, frozen=True):
    """A card's words as a machine translated them, taking them for `source`; `of` is their `text_seq`."""

    card: str
    text: Annotated[str | None, PERSONAL]
    of: int
    source: str


class KeepTranslations(Command, tag="KeepTranslations"):
    """The machine's translations come back: of cards that were changed, erased or translated by a person meanwhile none
    is kept, and nothing at all if the organiser has forbidden it since."""

    by = frozenset({SERVER})
    session: Name
    lang: Lang
    texts: tuple[Made, ...]
    asked: int = 0
    unknown: tuple[str, ...] = ()

    def decide(self, state: State, meta: Meta) -> Event | None:
        check_allowed(state)
        texts = tuple(kept for made in self.texts if (kept := self._kept(state, made)) is not None)
        left = max(self.asked - len(texts), 0)
        return CardsTranslated(session=self.session, lang=self.lang, texts=texts, left=left, unknown=self.unknown)

    def _kept(self, state: State, made: Made) -> Made | None:
        card = state.get(Card, made.card)
        if card is None or (card.text_seq, card.lang) != (made.of, made.source) or not lacks(state, card, self.lang):
            return None
        try:
            text = said(made.text or "", "text")
        except Refused:
            return None
        return msgspec.structs.replace(made, text=text) if len(text) <= LONGEST else None


class CardsTranslated(Event, tag="CardsTranslated"):
    """A machine translated cards of a session."""

    session: str
    lang: str
    texts: tuple[Made, ...]
    left: int = 0
    unknown: tuple[str, ...] = ()

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        for made in self.texts:
            yield Translation(
                id=f"{made.card}.{self.lang}",
                audience=state.get(Card, made.card).audience,
                card=made.card,
                lang=self.lang,
                text=made.text,
                by="machine",
                of=made.of,
            )
        yield Translated(
            id=self.session,
            audience="lead",
            lang=self.lang,
            cards=len(self.texts),
            left=self.left,
            unknown=self.unknown,
        )
