"""The workshop's own words: which words mean the same, said while sorting or brought by the organiser."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, ClassVar

import msgspec

from .agenda import running
from .core import LEADS, Command, Event, Lang, Meta, Name, Refused, Row, State, said

MOST = 2000
"""Concepts of one workshop."""

WORD = re.compile(r"\w[^|\n]*")
"""So it can stand in a cell: the bar divides words there, and a sign at the beginning makes a formula of it."""

LANGUAGE = re.compile("[a-z]{2,3}")

Word = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Words = Annotated[dict[Lang, Annotated[list[Word], msgspec.Meta(max_length=40)]], msgspec.Meta(max_length=40)]


class Concept(Row, tag="concepts"):
    """Words that mean the same, by language; the id is the ask's, or made from it where one ask brings several."""

    leads: ClassVar = True

    words: dict[str, tuple[str, ...]]


class AddWords(Command, tag="AddWords"):
    """Say that words mean the same: two at least, of one language or of several. The next comparison knows."""

    by = LEADS
    words: Words

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        words = _several(self.words)
        if any(concept.words == words for concept in state.all(Concept)):
            return None
        _room(state, 1)
        return WordsAdded(concepts={meta.ask: words})


class LoadWords(Command, tag="LoadWords"):
    """Bring a glossary: for each concept its words by language. What is there already stays, and stays once."""

    by = LEADS
    concepts: Annotated[list[Words], msgspec.Meta(min_length=1, max_length=MOST)]

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        there = [concept.words for concept in state.all(Concept)]
        brought = {}
        for n, given in enumerate(self.concepts):
            words = _several(given)
            if words not in there:
                brought[f"{meta.ask}.{n}"] = words
                there.append(words)
        _room(state, len(brought))
        return WordsAdded(concepts=brought) if brought else None


class DropWords(Command, tag="DropWords"):
    """Take back that these words mean the same."""

    by = LEADS
    concept: Name

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        state.need(Concept, self.concept, "concept")
        return WordsDropped(concept=self.concept)


def _several(words: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Words without space around them, each once; raises Refused `one-word` if fewer than two are left, `bad-word` for
    one that doesn't begin with a letter or has a bar in it."""
    found = {}
    for lang, given in sorted(words.items()):
        clean = tuple(dict.fromkeys(said(word, "words") for word in given))
        if not all(WORD.fullmatch(word) for word in clean):
            raise Refused("bad-word", "words")
        if clean:
            found[lang] = clean
    if sum(map(len, found.values())) < 2:
        raise Refused("one-word", "words")
    return found


def _room(state: State, more: int) -> None:
    if sum(1 for _ in state.all(Concept)) + more > MOST:
        raise Refused("too-many-words", "words", most=MOST)


class WordsAdded(Event, tag="WordsAdded"):
    """People said of words that they mean the same."""

    concepts: dict[str, dict[str, tuple[str, ...]]]

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        for id, words in self.concepts.items():
            yield Concept(id=id, audience="lead", words=words)


class WordsDropped(Event, tag="WordsDropped"):
    """Words mean the same no more."""

    concept: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Concept, self.concept), gone=True)


def as_csv(state: State) -> str:
    """The workshop's own words as a glossary: languages in the first line, then a line a concept; '' without any."""
    concepts = [concept.words for concept in state.all(Concept)]
    languages = sorted({lang for words in concepts for lang in words})
    if not languages:
        return ""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(languages)
    lines.writerows(["|".join(words.get(lang, ())) for lang in languages] for words in concepts)
    return out.getvalue()


def concepts_of(table: list[list[str]]) -> list[dict[str, list[str]]]:
    """The concepts of a glossary's table; raises Refused `no-languages`, `lone-word {line}`, `one-word`."""
    head = [cell.strip().lower().partition("-")[0] for cell in table[0]] if table else []
    languages = {n: name for n, name in enumerate(head) if name != "field"}
    if not languages or not all(LANGUAGE.fullmatch(name) for name in languages.values()):
        raise Refused("no-languages", "file")
    found = []
    for number, cells in enumerate(table[1:], 2):
        named = {lang: cells[n].split("|") for n, lang in languages.items() if n < len(cells)}
        words = {lang: [word.strip() for word in given if word.strip()] for lang, given in named.items()}
        words = {lang: given for lang, given in words.items() if given}
        if sum(map(len, words.values())) == 1:
            raise Refused("lone-word", "file", line=number)
        if words:
            found.append(words)
    if not found:
        raise Refused("one-word", "file")
    return found
