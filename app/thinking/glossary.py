"""Concepts and the words for them in several languages, so that cards in different languages can meet.

A glossary is a CSV file: the first line names languages, each other line is a concept, each cell the words for it,
separated by `|`. A word may be several words ("human rights").
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources

from .wording.scripts import fold, plain, split, unspaced
from .wording.stops import stop_words
from .wording.words import base_language, stem


class BadGlossary(ValueError):
    """The text is no glossary; the message says which line and why."""


Phrase = tuple[str, ...]


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


class Glossary(dict[str, Lexicon]):
    """Language -> lexicon."""

    def concepts(self, text: str, lang: str) -> list[int]:
        """The concepts that a text in a language names; none in a language without a lexicon."""
        return self[lang].concepts(text, lang) if lang in self else []


def parse(*texts: str) -> Glossary:
    """A glossary of the concepts of several CSV texts.

    A word stands for the last concept that lists it, other forms of it for the first whose words share their stem. A
    concept of a later text that shares words with an earlier text joins the one it shares most with, and takes its
    words along: so `this word = that word` is a line of two cells. Raises BadGlossary.
    """
    glossary, number = Glossary(), 0
    for text in texts:
        earlier = {lang: dict(known.written | known.runs) for lang, known in glossary.items()}
        for entries in _lines(text):
            number += 1
            keys = [(lang, key) for lang, word in entries if (key := phrase(word, lang))]
            shared = Counter(c for lang, key in keys if (c := earlier.get(lang, {}).get(key)) is not None)
            concept = max(shared, key=lambda c: (shared[c], -c)) if shared else number
            for lang, key in keys:
                lexicon = glossary.setdefault(lang, Lexicon())
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


def _lines(text: str) -> Iterable[list[tuple[str, str]]]:
    """The concepts as lists of (language, word)."""
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    languages = [base_language(name.strip()) for name in next(lines, [])]
    if not languages or not all(name.isalpha() and len(name) <= 3 for name in languages):
        raise BadGlossary("line 1 of a glossary names its languages, such as en,fr,sw")
    for cells in lines:
        if len(cells) > len(languages):
            raise BadGlossary(f"line {lines.line_num} has {len(cells)} cells for {len(languages)} languages")
        pairs = zip(languages, cells, strict=False)
        yield [(lang, word.strip()) for lang, cell in pairs for word in cell.split("|") if word.strip()]


@cache
def shipped_text() -> str:
    """The CSV that comes with Baraza."""
    return resources.files(__package__).joinpath("data/glossary.csv").read_text(encoding="utf-8")


@cache
def shipped() -> Glossary:
    """The glossary that comes with Baraza."""
    return parse(shipped_text())
