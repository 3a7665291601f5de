"""Passages: what the organiser wrote over the generated text of the report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from .core import LEADS, PERSONAL, Command, Event, Lang, Meta, Row, State

PassageKey = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_./-]{1,120}$")]
Words = Annotated[str, msgspec.Meta(max_length=20_000)]


class Passage(Row, tag="passages"):
    """An edited part of the report in one language; `of` is the digest of the generated text it replaces, so that a
    newer one can be shown beside it. Id = key, then the language."""

    key: str
    lang: str
    text: Annotated[str | None, PERSONAL]
    of: str


class WritePassage(Command, tag="WritePassage"):
    """Put one's own Markdown in the place of a generated part; null goes back to the generated text."""

    by = LEADS
    key: PassageKey
    lang: Lang
    text: Words | None
    of: str = ""

    def decide(self, state: State, meta: Meta) -> Event | None:
        now = state.get(Passage, f"{self.key}.{self.lang}")
        if self.text is None and now is None:
            return None
        if now and (now.text, now.of) == (self.text, self.of):
            return None
        return PassageWritten(key=self.key, lang=self.lang, text=self.text, of=self.of)


class PassageWritten(Event, tag="PassageWritten"):
    """A part of the report was edited, or given back to the program (`text` null)."""

    key: str
    lang: str
    text: Annotated[str | None, PERSONAL]
    of: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        row = Passage(
            id=f"{self.key}.{self.lang}",
            audience="lead",
            key=self.key,
            lang=self.lang,
            text=self.text,
            of=self.of,
        )
        yield msgspec.structs.replace(row, gone=True) if self.text is None else row
