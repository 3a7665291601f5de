"""Concepts and the words for them in several languages, so that cards in different languages can meet.

A glossary is a CSV file: the first line names languages, each other line is a concept, each cell the words for it,
separated by `|`. A word may be several words ("human rights"). A column named `field` says what the concept is about,
so that *teacher* and *classroom* are nearer to each other than to *river*.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib import resources

from .wording.scripts import fold, plain, split, unspaced
from .wording.stops import stop_words
from .wording.words import base_language, stem


class BadGlossary(ValueError):
    """The text is no glossary; the message says which line and why."""


Phrase = tuple[str, ...]
FIELD = "field"


@dataclass
class Lexicon:
    """The words of one language: phrases as written and as stems -> concept, and letters of an unspaced script.

    Function words count in phrases ("out of work"), never alone.
    """

    written: dict[Phrase, int] = field(default_factory=dict)
    stemmed: dict[Phrase, int] = field(default_factory=dict)
    runs: dict[str, int] = field(default_factory=dict)

    @cached_property
    def longest(self) -> int:
        """The most words of a phrase."""
        return max(map(len, self.written), default=0)

    @cached_property
    def longest_run(self) -> int:
        """The most letters of an entry of an unspaced script."""
        return max(map(len, self.runs), default=0)

    def concepts(self, text: str, lang: str) -> list[int]:
        """The concepts that a text names, in their order, the longest phrase first, each as often as it is named."""
        tokens = [fold(token) for token in split(text, lang)]
        found = self._in_words([token for token in tokens if not unspaced(token)], lang)
        return found + [concept for token in tokens if unspaced(token) for concept in self._in_run(token)]

    def _in_words(self, tokens: Sequence[str], lang: str) -> list[int]:
        stems, found, at = [stem(token, lang) for token in tokens], [], 0
        while at < len(tokens):
            for end in range(min(len(tokens), at + self.longest), at, -1):
                concept = self.written.get(tuple(tokens[at:end]), self.stemmed.get(tuple(stems[at:end])))
                if concept is not None and (end - at > 1 or plain(tokens[at]) not in stop_words(lang)):
                    found.append(concept)
                    break
            else:
                end = at + 1
            at = end
        return found

    def _in_run(self, run: str) -> list[int]:
        found, at = [], 0
        while at < len(run):
            ends = range(min(len(run), at + self.longest_run), at, -1)
            end = next((end for end in ends if run[at:end] in self.runs), None)
            if end is not None:
                found.append(self.runs[run[at:end]])
            at = end or at + 1
        return found


@dataclass
class Glossary:
    """The lexicon of each language, and the field of each concept that has one."""

    lexicons: dict[str, Lexicon] = field(default_factory=dict)
    fields: dict[int, str] = field(default_factory=dict)

    def concepts(self, text: str, lang: str) -> list[int]:
        """The concepts that a text in a language names; none in a language without a lexicon."""
        return self.lexicons[lang].concepts(text, lang) if lang in self.lexicons else []


@lru_cache(maxsize=4)
def parse(texts: tuple[str, ...], languages: frozenset[str]) -> Glossary:
    """A glossary of the concepts of several CSV texts, in some languages only: stemming all would take a second.

    A word stands for the last concept that lists it, other forms of it for the first whose words share their stem. A
    concept of a later text that shares words with an earlier text joins the one it shares most with, and takes its
    words along: so `this word = that word` is a line of two cells. Raises BadGlossary.
    """
    glossary, number = Glossary(), 0
    for text in texts:
        earlier = {lang: dict(known.written | known.runs) for lang, known in glossary.lexicons.items()}
        for about, entries in _lines(text):
            number += 1
            keys = [(lang, key) for lang, word in entries if lang in languages and (key := phrase(word, lang))]
            shared = Counter(c for lang, key in keys if (c := earlier.get(lang, {}).get(key)) is not None)
            concept = max(shared, key=lambda c: (shared[c], -c)) if shared else number
            if about:
                glossary.fields.setdefault(concept, about)
            for lang, key in keys:
                lexicon = glossary.lexicons.setdefault(lang, Lexicon())
                if isinstance(key, str):
                    lexicon.runs[key] = concept
                else:
                    lexicon.written[key] = concept
                    lexicon.stemmed.setdefault(tuple(stem(token, lang) for token in key), concept)
    return glossary


def phrase(word: str, lang: str) -> str | Phrase:
    """An entry of a cell as letters of an unspaced script or as folded words; empty if there are none."""
    folded = tuple(fold(token) for token in split(word, lang))
    return "".join(folded) if folded and all(map(unspaced, folded)) else folded


def _lines(text: str) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """The concepts as (field or nothing, [(language, word)])."""
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    columns = [name.strip() for name in next(lines, [])]
    languages = [base_language(name) for name in columns if name != FIELD]
    if not languages or not all(name.isalpha() and len(name) <= 3 for name in languages):
        raise BadGlossary("line 1 of a glossary names its languages, such as en,fr,sw")
    for cells in lines:
        if len(cells) > len(columns):
            raise BadGlossary(f"line {lines.line_num} has {len(cells)} cells for {len(columns)} columns")
        named = dict(zip(columns, cells, strict=False))
        about = named.pop(FIELD, "").strip()
        entries = [(base_language(name), word.strip()) for name, cell in named.items() for word in cell.split("|")]
        yield about, [(lang, word) for lang, word in entries if word]


@cache
def shipped_text() -> str:
    """The CSV that comes with Baraza."""
    return resources.files(__package__).joinpath("data/glossary.csv").read_text(encoding="utf-8")
