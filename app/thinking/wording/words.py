"""From the text of a card to its words: what was written and the stem that stands for it."""

import re
from dataclasses import dataclass
from functools import cache
from sys import intern

import snowballstemmer

from . import swahili
from .scripts import bigrams, fold, latin, plain, split, unspaced, without_article
from .stops import stop_letters, stop_words

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


_PORTUGUESE_PLURAL = re.compile(r"(?<=\w{3})(?:ões|ães|ãos|oes)$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a card: as written, its stem without accents, and whether it is spelled (n-grams make sense)."""

    surface: str
    stem: str
    spelled: bool = True


@cache
def _stemmer(lang: str):
    return snowballstemmer.stemmer(_STEMMERS[lang]) if lang in _STEMMERS else None


@cache
def stem(token: str, lang: str) -> str:
    """The Snowball stem of a folded token, without accents; the token itself where the language has no stemmer."""
    if lang == "ar":
        token = without_article(token)
    if lang == "pt":
        token = _PORTUGUESE_PLURAL.sub("ão", token)
    if lang == "sw":
        return swahili.stem(token)
    stemmer = _stemmer(lang)
    return plain(stemmer.stemWord(token) if stemmer else token) or token


def words(text: str, lang: str) -> list[Word]:
    """The words of a text in their order, function words left out; unspaced scripts as pairs of letters."""
    stops, found = stop_words(lang), []
    for n, surface in enumerate(split(text, lang)):
        token = fold(surface)
        if n == 0 and surface.istitle() and lang != "de":
            surface = surface.lower()
        if unspaced(token):
            pattern = stop_letters(lang)
            for run in re.split(pattern, token) if pattern else [token]:
                found += [Word(pair, pair, spelled=False) for pair in (bigrams(run) if run else [])]
        elif plain(token) not in stops and (len(token) > 1 or token.isdigit()):
            found.append(Word(surface, stem(token, lang)))
    return found


@cache
def grams(stemmed: str) -> tuple[str, ...]:
    """Character 3- to 5-grams of `^stem$` in Latin letters."""
    marked = f"^{latin(stemmed)}$"
    return tuple(intern(marked[i : i + n]) for n in (3, 4, 5) for i in range(len(marked) - n + 1))
