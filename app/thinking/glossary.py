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
from os.path import commonprefix
from pathlib import Path

from .wording.scripts import fold, plain, split, unspaced, without_article
from .wording.stops import stop_words
from .wording.words import base_language, stem


class BadGlossary(ValueError):
    """A text is no glossary, or its file can't be read; `line` is the number of the line that is wrong, if one is."""

    def __init__(self, message: str, line: int | None = None):
        super().__init__(message)
        self.line = line


Phrase = tuple[str, ...]
FIELD = "field"
SHORT_ENDINGS = frozenset(("ca", "de", "en", "es", "fr", "it", "nl", "pt"))
LOSES_PREFIXES = frozenset(("ar", "sw"))
ENDINGS = ("", "s", "es", "x", "ed", "ing")


@dataclass
class Lexicon:
    """The words of one language: phrase -> concept, and for scripts without spaces run of letters -> concept.

    Function words count in phrases ("out of work"), never alone.
    """

    lang: str
    written: dict[Phrase, int] = field(default_factory=dict)
    runs: dict[str, int] = field(default_factory=dict)
    _stemmed: dict[str, dict[Phrase, list[Phrase]]] = field(default_factory=dict)

    @cached_property
    def longest(self) -> int:
        """The most words of a phrase."""
        return max(map(len, self.written), default=0)

    @cached_property
    def longest_run(self) -> int:
        """The most letters of an entry of an unspaced script."""
        return max(map(len, self.runs), default=0)

    @cached_property
    def begins(self) -> dict[str, list[Phrase]]:
        """The phrases by their beginning, so that only those are stemmed that may share a stem with a word at hand."""
        phrases: dict[str, list[Phrase]] = {}
        for known in self.written:
            phrases.setdefault(self._beginning(known), []).append(known)
        return phrases

    def concepts(self, text: str) -> list[int]:
        """The concepts that a text names, in their order, the longest phrase first, each as often as it is named."""
        tokens = _tokens(text, self.lang)
        found = self._in_words([token for token in tokens if not unspaced(token)])
        return found + [concept for token in tokens if unspaced(token) for concept in self._in_run(token)]

    def _in_words(self, tokens: Sequence[str]) -> list[int]:
        found, at = [], 0
        while at < len(tokens):
            for end in range(min(len(tokens), at + self.longest), at, -1):
                concept = self._named(tuple(tokens[at:end]))
                if concept is not None and (end - at > 1 or plain(tokens[at]) not in stop_words(self.lang)):
                    found.append(concept)
                    break
            else:
                end = at + 1
            at = end
        return found

    def _named(self, tokens: Phrase) -> int | None:
        """The concept of a phrase as written, else of the one that begins most like it among those of its stems."""
        if tokens in self.written:
            return self.written[tokens]
        same_stems = self._of_stems(tokens)
        akin = {known: _shared(tokens, known) for known in same_stems if _akin(tokens, known, self.lang)}
        nearest = max(akin, key=lambda known: (akin[known], -len("".join(known))), default=None)
        return self.written.get(nearest)

    def _of_stems(self, tokens: Phrase) -> list[Phrase]:
        beginning = self._beginning(tokens)
        if beginning not in self.begins:
            return []
        if beginning not in self._stemmed:
            group: dict[Phrase, list[Phrase]] = {}
            for known in self.begins[beginning]:
                group.setdefault(self._stems(known), []).append(known)
            self._stemmed[beginning] = group
        return self._stemmed[beginning].get(self._stems(tokens), [])

    def _stems(self, tokens: Phrase) -> Phrase:
        return tuple(stem(token, self.lang) for token in tokens)

    def _beginning(self, tokens: Phrase) -> str:
        return "" if self.lang in LOSES_PREFIXES else plain(tokens[0])[:3]

    def _in_run(self, run: str) -> list[int]:
        found, at = [], 0
        while at < len(run):
            ends = range(min(len(run), at + self.longest_run), at, -1)
            end = next((end for end in ends if run[at:end] in self.runs), None)
            if end is not None:
                found.append(self.runs[run[at:end]])
            at = end or at + 1
        return found


def _shared(tokens: Phrase, known: Phrase) -> int:
    return len(commonprefix((" ".join(tokens), " ".join(known))))


def _akin(tokens: Phrase, known: Phrase, lang: str) -> bool:
    """Whether a word that shares its stem with a known one is likely the same word with another ending.

    In languages with short endings stems run together what is not the same: *part* and *birth* in Spanish (parte,
    parto), *about* and *environment* in French (environ, environnement). There a word with one of
    ENDINGS is the same, or one that begins alike for five letters and ends in one other, or begins alike for six and
    ends in up to five others.
    """
    if lang not in SHORT_ENDINGS or len(tokens) > 1:
        return True
    shorter, longer = sorted((plain(tokens[0]), plain(known[0])), key=len)
    if longer.removeprefix(shorter) in ENDINGS:
        return True
    alike = _shared(tokens, known)
    tails = len(tokens[0]) - alike, len(known[0]) - alike
    return (alike >= 5 and max(tails) <= 1) or (alike >= 6 and max(tails) <= 5)


@dataclass
class Glossary:
    """The lexicon of each language, and the field of each concept that has one."""

    lexicons: dict[str, Lexicon] = field(default_factory=dict)
    fields: dict[int, str] = field(default_factory=dict)

    def concepts(self, text: str, lang: str) -> list[int]:
        """The concepts that a text in a language names; none in a language without a lexicon."""
        return self.lexicons[lang].concepts(text) if lang in self.lexicons else []


@lru_cache(maxsize=4)
def parse(texts: tuple[str, ...], languages: frozenset[str]) -> Glossary:
    """A glossary of the concepts of several CSV texts, in some languages only, to save time.

    A word stands for the last concept that lists it. A concept of a later text that shares words with an earlier text
    joins the one it shares most with, and takes its words along: so `this word = that word` is a line of two cells.
    Raises BadGlossary.
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
                lexicon = glossary.lexicons.setdefault(lang, Lexicon(lang))
                if isinstance(key, str):
                    lexicon.runs[key] = concept
                else:
                    lexicon.written[key] = concept
    return glossary


def phrase(word: str, lang: str) -> str | Phrase:
    """An entry of a cell as letters of an unspaced script or as folded words; empty if there are none."""
    folded = tuple(_tokens(word, lang))
    return "".join(folded) if folded and all(map(unspaced, folded)) else folded


def _tokens(text: str, lang: str) -> list[str]:
    folded = map(fold, split(text, lang))
    return [without_article(token) for token in folded] if lang == "ar" else list(folded)


def _lines(text: str) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """The concepts as (field or nothing, [(language, word)])."""
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        columns = [name.strip() for name in next(lines, [])]
        languages = [base_language(name) for name in columns if name != FIELD]
        if not languages or not all(name.isalpha() and len(name) <= 3 for name in languages):
            raise BadGlossary("line 1 of a glossary names its languages, such as en,fr,sw", 1)
        for cells in lines:
            if len(cells) > len(columns):
                message = f"line {lines.line_num} has {len(cells)} cells for {len(columns)} columns"
                raise BadGlossary(message, lines.line_num)
            named = dict(zip(columns, cells, strict=False))
            about = named.pop(FIELD, "").strip()
            entries = [(base_language(name), word.strip()) for name, cell in named.items() for word in cell.split("|")]
            yield about, [(lang, word) for lang, word in entries if word]
    except csv.Error as fault:
        raise BadGlossary(f"line {lines.line_num} isn't CSV: {fault}", lines.line_num) from fault


@cache
def shipped_text() -> str:
    """The CSV that comes with Baraza."""
    return resources.files(__package__).joinpath("data/glossary.csv").read_text(encoding="utf-8")


def text_of(path: str) -> str:
    """The text of a glossary's file; one that can't be read raises BadGlossary too."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadGlossary(str(fault)) from fault
