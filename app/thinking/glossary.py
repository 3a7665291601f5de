"""Concepts and the words for them in several languages, so that cards in different languages can meet.

A glossary is a CSV file: the first line names languages, each other line is a concept, each cell the words for it,
separated by `|`. A word may be several words ("human rights").
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from .wording.scripts import fold, split, unspaced
from .wording.words import base_language, words


class BadGlossary(ValueError):
    """The text is no glossary; the message says which line and why."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """For each language the concepts behind its words.

    `spelled`: first stem of a phrase -> [(all its stems, concept)], the longest first.
    `unspaced`: a run of letters of a script without spaces -> concept.
    """

    spelled: dict[str, dict[str, list[tuple[tuple[str, ...], int]]]]
    unspaced: dict[str, dict[str, int]]

    @property
    def languages(self) -> set[str]:
        """The languages it has words of."""
        return set(self.spelled) | set(self.unspaced)

    def concepts(self, text: str, lang: str) -> list[int]:
        """The concepts that a text names, in their order, the longest phrase first, each as often as it is named."""
        return self._in_runs(text, lang) + self._in_stems([w.stem for w in words(text, lang) if w.spelled], lang)

    def _in_stems(self, stems: Sequence[str], lang: str) -> list[int]:
        phrases, found, at = self.spelled.get(lang, {}), [], 0
        while at < len(stems):
            for phrase, concept in phrases.get(stems[at], ()):
                if tuple(stems[at : at + len(phrase)]) == phrase:
                    found.append(concept)
                    at += len(phrase)
                    break
            else:
                at += 1
        return found

    def _in_runs(self, text: str, lang: str) -> list[int]:
        runs, found = self.unspaced.get(lang), []
        if not runs:
            return found
        longest = max(map(len, runs))
        for token in filter(unspaced, map(fold, split(text, lang))):
            at = 0
            while at < len(token):
                ends = range(min(len(token), at + longest), at, -1)
                end = next((end for end in ends if token[at:end] in runs), None)
                if end is not None:
                    found.append(runs[token[at:end]])
                at = end or at + 1
        return found


def parse(*texts: str) -> Glossary:
    """A glossary of the concepts of several CSV texts.

    A concept of a later text that shares words with earlier ones joins the one it shares most words with, and takes
    its words along: so `this word = that word` is a line of two cells. Raises BadGlossary.
    """
    known: dict[tuple[str, tuple[str, ...]], int] = {}
    for number, entries in enumerate(_lines(texts)):
        keys = [key for lang, word in entries if (key := _key(word, lang))]
        shared = Counter(known[key] for key in keys if key in known)
        concept = max(shared, key=lambda c: (shared[c], -c)) if shared else number
        known |= dict.fromkeys(keys, concept)
    glossary = Glossary({}, {})
    for (lang, phrase), concept in sorted(known.items(), key=lambda entry: (-len(entry[0][1]), entry[0])):
        if unspaced(phrase[0]):
            glossary.unspaced.setdefault(lang, {})["".join(phrase)] = concept
        else:
            glossary.spelled.setdefault(lang, {}).setdefault(phrase[0], []).append((phrase, concept))
    return glossary


def _key(word: str, lang: str) -> tuple[str, tuple[str, ...]] | None:
    folded = tuple(fold(token) for token in split(word, lang))
    if folded and all(map(unspaced, folded)):
        return lang, folded
    phrase = tuple(w.stem for w in words(word, lang) if w.spelled)
    return (lang, phrase) if phrase else None


def _lines(texts: Iterable[str]) -> Iterable[list[tuple[str, str]]]:
    """The concepts as lists of (language, word)."""
    for text in texts:
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
