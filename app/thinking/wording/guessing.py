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

LEAD = 2
"""How many more different function words another language needs than the one that was told, and than any other."""

BLIND = 4
"""The same where the language that was told has no list, so that none of its words can speak for it."""


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
    found = {lang: len(words & stop_words(lang)) for lang in tags if lang not in _WRITTEN_IN}
    best = max(found, key=found.__getitem__)
    lead = found[best] - max((n for lang, n in found.items() if lang != best), default=0)
    clear = lead >= (LEAD if own in _WRITTEN_IN or stop_words(own) else BLIND)
    return tags[best] if clear and best != own else told
