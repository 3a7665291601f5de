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
from itertools import product
from os.path import commonprefix
from pathlib import Path

from .wording.inflections import key, keys
from .wording.scripts import base_language, fold, plain, split, unspaced, without_article
from .wording.stops import stop_words


class BadGlossary(ValueError):
    """A text is no glossary, or its file can't be read; `line` is the number of the line that is wrong, if one is."""

    def __init__(self, message: str, line: int | None = None):
        super().__init__(message)
        self.line = line


Phrase = tuple[str, ...]
FIELD, NAMELESS = "field", "-"
NOTHING = 0


@dataclass
class Lexicon:
    """The words of one language: phrase -> concept, and for scripts without spaces run of letters -> concept.

    Function words count in phrases ("out of work"), never alone. Phrases that stand for NOTHING keep their words from
    being taken for something ("right now").
    """

    lang: str
    written: dict[Phrase, int] = field(default_factory=dict)
    runs: dict[str, int] = field(default_factory=dict)

    @cached_property
    def longest(self) -> int:
        """The most words of a phrase."""
        return max(map(len, self.written), default=0)

    @cached_property
    def longest_run(self) -> int:
        """The most letters of an entry of an unspaced script."""
        return max(map(len, self.runs), default=0)

    @cached_property
    def words(self) -> dict[str, list[str]]:
        """The words of all phrases by their keys."""
        words: dict[str, list[str]] = {}
        for word in sorted({word for known in self.written for word in known}):
            words.setdefault(key(word, self.lang), []).append(word)
        return words

    def concepts(self, text: str) -> list[int]:
        """The concepts that a text names, in their order, the longest phrase first, each as often as it is named."""
        tokens = _tokens(text, self.lang)
        found = self._in_words([token for token in tokens if not unspaced(token)])
        found += [concept for token in tokens if unspaced(token) for concept in self._in_run(token)]
        return [concept for concept in found if concept != NOTHING]

    def _in_words(self, tokens: Sequence[str]) -> list[int]:
        known, found, at = [self._known(token) for token in tokens], [], 0
        while at < len(tokens):
            for end in range(min(len(tokens), at + self.longest), at, -1):
                concept = self._named(tuple(tokens[at:end]), known[at:end])
                if concept is not None and (end - at > 1 or plain(tokens[at]) not in stop_words(self.lang)):
                    found.append(concept)
                    break
            else:
                end = at + 1
            at = end
        return found

    def _known(self, token: str) -> list[str]:
        """The words of phrases that a token may be a form of."""
        return sorted({word for one in keys(token, self.lang) for word in self.words.get(one, ())})

    def _named(self, tokens: Phrase, known: Sequence[Sequence[str]]) -> int | None:
        """The concept of a phrase as written, else of the one in other forms of its words that begins most alike."""
        if tokens in self.written:
            return self.written[tokens]
        forms = [phrase for phrase in product(*known) if phrase in self.written]
        nearest = max(forms, key=lambda phrase: (_shared(tokens, phrase), -len("".join(phrase))), default=None)
        return self.written.get(nearest)

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
    The words of the field NAMELESS stand for nothing. Raises BadGlossary.
    """
    glossary, number = Glossary(), 0
    for text in texts:
        earlier = {lang: dict(known.written | known.runs) for lang, known in glossary.lexicons.items()}
        for about, entries in _lines(text):
            number += 1
            phrases = [(lang, known) for lang, word in entries if lang in languages and (known := phrase(word, lang))]
            shared = Counter(c for lang, known in phrases if (c := earlier.get(lang, {}).get(known)))
            concept = max(shared, key=lambda c: (shared[c], -c)) if shared else number
            if about == NAMELESS:
                concept = NOTHING
            elif about:
                glossary.fields.setdefault(concept, about)
            for lang, known in phrases:
                lexicon = glossary.lexicons.setdefault(lang, Lexicon(lang))
                if isinstance(known, str):
                    lexicon.runs[known] = concept
                else:
                    lexicon.written[known] = concept
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
