"""The words of a report: its headings in the language that it is made in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_interval
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parents[2] / "translations"

Say = Callable[..., str]


@lru_cache
def _catalogue(lang: str) -> dict[str, str]:
    path = FOLDER / lang / "report.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id and message.string}


def has(lang: str) -> bool:
    """True when there are headings in this language."""
    return lang == "en" or bool(_catalogue(lang))


def words(lang: str) -> Say:
    """say(sentence, **facts) in a language; in English where that language has no headings."""
    found = _catalogue(lang)

    def say(sentence: str, **facts: object) -> str:
        return found.get(sentence, sentence).format(**facts)

    return say


def days(starts: str, ends: str, lang: str) -> str:
    """A span of ISO dates as it is written in a language; as it was typed where it isn't dates."""
    try:
        first, last = date.fromisoformat(starts[:10]), date.fromisoformat((ends or starts)[:10])
        return format_interval(first, last, "yMMMMd", locale=lang.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return " – ".join(dict.fromkeys(text for text in (starts, ends) if text))


def right_to_left(lang: str) -> bool:
    """True when this language is written from right to left."""
    try:
        return Locale.parse(lang, sep="-").text_direction == "rtl"
    except (UnknownLocaleError, ValueError):
        return False


def name_of(lang: str, in_lang: str) -> str:
    """A language's name, in another one's words."""
    try:
        return Locale.parse(lang, sep="-").get_display_name(in_lang.replace("-", "_")) or lang
    except (UnknownLocaleError, ValueError):
        return lang
