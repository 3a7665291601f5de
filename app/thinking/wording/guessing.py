"""In which language a card is written: by its script, then by its function words.

A phone tells the language that its owner reads, which is mostly, and not always, the one they write. What it told
stands unless the words say clearly something else: a card of three words is what the phone told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .scripts import base_language, fold, plain, split
from .stops import stop_words

GLOSSARY = ("en", "fr", "es", "pt", "ru", "ar", "sw", "zh")
"""The languages of the glossary that ships: they are looked for in every workshop."""

_SCRIPTS = {
    "arabic": (re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]"), "ar"),
    "cyrillic": (re.compile("[\u0400-\u052f]"), "ru"),
    "han": (re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]"), "zh"),
}
_WRITTEN_IN = {
    "ar": "arabic", "arz": "arabic", "ary": "arabic", "fa": "arabic", "ps": "arabic", "ur": "arabic", "ckb": "arabic",
    "sd": "arabic", "ug": "arabic", "ru": "cyrillic", "uk": "cyrillic", "be": "cyrillic", "bg": "cyrillic",
    "mk": "cyrillic", "sr": "cyrillic", "kk": "cyrillic", "ky": "cyrillic", "tg": "cyrillic", "mn": "cyrillic",
    "zh": "han", "yue": "han", "ja": "han",
}  # fmt: skip
_KANA_OR_HANGUL = re.compile("[\u3040-\u30ff\u1100-\u11ff\uac00-\ud7af]")

_LETTERS = {
    "es": "ñ¿¡", "pt": "ãõ", "fr": "èêëîïûùœæ", "de": "äöüß", "it": "ìò", "tr": "ğışİ",
}  # fmt: skip
"""Letters and signs by which a language that has words in Latin letters is known; one of them counts as a word."""

LEAD = 2
"""How many more different function words another language needs than the one that was told."""

APART = 1
"""How many more it needs than any other of the workshop's languages; one that isn't of them leads all by LEAD."""

SENTENCE = 4
"""In so many different words without a function word of the language told one of another language of the workshop is
enough."""

BLIND = 4
"""The lead where the language that was told has no list, so that none of its words can speak for it."""


def guess(text: str, told: str, languages: Sequence[str] = ()) -> str:
    """The language of a card, as one of `told`, the workshop's `languages` and those of the glossary.

    `told` (a tag such as `pt-BR`) is what the phone says; it comes back unchanged where the text doesn't clearly
    speak against it.
    """
    letters = sum(map(str.isalpha, text))
    for script, (pattern, usual) in _SCRIPTS.items():
        if letters and len(pattern.findall(text)) * 2 > letters:
            return told if _KANA_OR_HANGUL.search(text) else _of_script(script, usual, told, languages)
    return _by_words(text, told, languages)


def _of_script(script: str, usual: str, told: str, languages: Sequence[str]) -> str:
    """The language told if it is written so, else the workshop's first that is, else the glossary's."""
    return next((lang for lang in (told, *languages) if _WRITTEN_IN.get(base_language(lang)) == script), usual)


def _by_words(text: str, told: str, languages: Sequence[str]) -> str:
    own = base_language(told)
    tags = {base_language(lang): lang for lang in reversed((told, *languages, *GLOSSARY))}
    words = {plain(fold(word)) for word in split(text, own)}
    letters = set(text.lower())
    found = {
        lang: len(words & stop_words(lang)) + bool(letters & set(_LETTERS.get(lang, "")))
        for lang in tags
        if lang not in _WRITTEN_IN
    }
    known = {own, *map(base_language, languages)}
    best = max(found, key=lambda lang: (found[lang], lang in known))
    lead = {lang: found[best] - n for lang, n in found.items() if lang != best}
    over_told = lead.pop(own, LEAD) >= _enough(own, found.get(own, 0), len(words), best in known)
    others = [n for lang, n in lead.items() if best not in known or lang in known]
    clear = over_told and min(others, default=LEAD) >= (APART if best in known else LEAD)
    return tags[best] if clear and best != own else told


def _enough(own: str, spoken: int, words: int, expected: bool) -> int:
    """The lead over the language told, of which `spoken` function words were found among `words`; `expected`: whether
    the other one is of the workshop's."""
    if own not in _WRITTEN_IN and not stop_words(own):
        return BLIND
    return 1 if expected and not spoken and words >= SENTENCE else LEAD
