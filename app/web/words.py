"""The language of a page, and what its template may say in it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from babel import UnknownLocaleError
from babel.dates import format_date, format_interval
from flask import Flask, g, request

from . import catalogues
from .house import house

DATES = {"en": "en_GB"}
"""Whose way of writing dates is used, where a language has several."""

LANGUAGE_COOKIE = "lang"
"""Set on the desk only: participants have no cookie."""


def lang() -> str:
    """The language of this request: the one asked for (`?lang=`), the desk's choice, or the browser's."""
    if "lang" not in g:
        wanted = request.args.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
        g.lang = catalogues.choose(wanted, request.headers.get("Accept-Language"))
    return g.lang


def speak_first(language: str) -> None:
    """Answer this request in a language, unless it asks for another itself (`?lang=`)."""
    g.lang = catalogues.choose(request.args.get("lang") or language, None)


def say(sentence: str, **facts: Any) -> str:
    """A sentence in the language of this request."""
    return catalogues.catalogue(lang()).gettext(sentence, **facts)


def many(one: str, other: str, n: int, **facts: Any) -> str:
    """A sentence about `n` things."""
    return catalogues.catalogue(lang()).ngettext(one, other, n, **facts)


def refusal(error: dict) -> str:
    """The sentence for an error {code, facts}."""
    return catalogues.catalogue(lang()).refusal(error)


def pick(text: str | dict[str, str] | None, *languages: str) -> str:
    """A text of the organiser in the language of this request, else in one of *languages*, else in any."""
    if not isinstance(text, dict):
        return text or ""
    for wanted in (lang(), *languages):
        if text.get(wanted):
            return text[wanted]
    return next((t for t in text.values() if t), "")


def name_of(code: str) -> str:
    """A language's own name; its code when it has none here."""
    try:
        return catalogues.language(code).name
    except (ValueError, UnknownLocaleError):
        return code


def day(when: int | str, in_lang: str = "") -> str:
    """A day in words, from milliseconds since 1970 or from an ISO date; what is neither stays as it is."""
    spoken = in_lang or lang()
    try:
        date = datetime.fromisoformat(when) if isinstance(when, str) else datetime.fromtimestamp(when / 1000)
    except (ValueError, OverflowError, OSError):
        return str(when)
    return format_date(date, "long", locale=DATES.get(spoken, spoken.replace("-", "_")))


def between(starts: str, ends: str, in_lang: str = "") -> str:
    """One day or several, as ISO dates, in words."""
    if not starts or not ends or starts == ends:
        return day(starts or ends, in_lang) if starts or ends else ""
    try:
        first, last = datetime.fromisoformat(starts), datetime.fromisoformat(ends)
    except ValueError:
        return f"{starts} – {ends}"
    spoken = in_lang or lang()
    return format_interval(first, last, "yMMMMd", locale=DATES.get(spoken, spoken.replace("-", "_")))


def install(app: Flask) -> None:
    """Give the templates of *app* their words."""
    app.jinja_env.globals.update(
        _=say, ngettext=many, refusal=refusal, pick=pick, name_of=name_of, date=day, between=between
    )

    @app.context_processor
    def around() -> dict:
        here = lang()
        there = catalogues.languages()
        return {
            "lang": here,
            "dir": next((known.direction for known in there if known.code == here), "ltr"),
            "languages": there,
            "static_url": house.static.url,
            "words": lambda *areas: json.dumps(catalogues.words(here, areas), ensure_ascii=False),
        }
