"""The sentences that people read, in every language that is complete: for templates, and for the scripts of a page.

One .po file for each area and language, `translations/<language>/<area>.po`. The id of a sentence is its English
wording with {placeholders}; refusals are `refused.<code>`, in English too: in `leading` those that only people who lead
or prepare can meet, since phones have no room for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path

from babel import Locale
from babel.core import negotiate_locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parents[2] / "translations"
AREAS = ("common", "phone", "receipt", "stage", "console", "desk", "report", "refusals", "leading")
FIRST = "en"
SOME = (*range(200), 1000, 10_000, 1_000_000)
"""Numbers that show every plural category that a language has for whole numbers."""

Forms = dict[str, str]
"""Plural category (one, few, other …) -> sentence."""


@dataclass(frozen=True)
class Language:
    """A language that the screens speak: its code, its name in itself, `ltr` or `rtl`."""

    code: str
    name: str
    direction: str


def language(code: str) -> Language:
    """The language of a code; ValueError or babel's UnknownLocaleError for none."""
    locale = Locale.parse(code, sep="-")
    name = locale.get_display_name() or code
    return Language(code, name[0].upper() + name[1:], "rtl" if locale.text_direction == "rtl" else "ltr")


@cache
def languages() -> tuple[Language, ...]:
    """The languages of the screens, English first; where there are only a report's headings there are no screens."""
    codes = sorted(folder.name for folder in FOLDER.iterdir() if (folder / "refusals.po").exists())
    return tuple(language(code) for code in sorted(codes, key=lambda code: (code != FIRST, code)))


def choose(wanted: str | None, accepted: str | None) -> str:
    """The language for a visitor: the one asked for, or the best of an Accept-Language header, or English."""
    there = [language.code for language in languages()]
    ranked = []
    for n, part in enumerate((accepted or "").split(",")):
        code, _, rest = part.strip().partition(";")
        quality = re.fullmatch(r"\s*q=([01](?:\.\d{1,3})?)\s*", rest)
        ranked.append((-float(quality[1]) if quality else -1.0, n, code))
    asked = [wanted or "", *(code for weight, _, code in sorted(ranked) if weight)]
    return negotiate_locale([code for code in asked if code], there, sep="-") or FIRST


@dataclass(frozen=True)
class Catalogue:
    """The sentences of one language. `plural` is false for those that have one form."""

    lang: str
    sentences: dict[str, str]
    plurals: dict[str, Forms]

    def gettext(self, sentence: str, **facts: object) -> str:
        """A sentence with its {facts}."""
        return put(self.sentences.get(sentence) or sentence, facts)

    def ngettext(self, one: str, other: str, n: int, **facts: object) -> str:
        """A sentence about `n` things."""
        category = Locale.parse(self.lang, sep="-").plural_form(n)
        forms = self.plurals.get(one) or {"one": one, "other": other}
        return put(forms.get(category) or forms["other"], {"n": n, **facts})

    def refusal(self, error: dict) -> str:
        """The sentence for an error {code, facts}: what is so, and what to do; plural by the first number in it."""
        code, facts = f"refused.{error['code']}", error.get("facts", {})
        if code in self.plurals:
            number = next((fact for fact in facts.values() if isinstance(fact, int)), 0)
            return self.ngettext(code, code, number, **facts)
        return put(self.sentences.get(code) or self.sentences["refused.bug"], facts)


def put(sentence: str, facts: dict) -> str:
    """A sentence with its {facts}; a placeholder without a fact stays as it is."""
    return re.sub(r"\{(\w+)\}", lambda found: str(facts.get(found[1], found[0])), sentence)


@cache
def catalogue(lang: str, areas: tuple[str, ...] = AREAS) -> Catalogue:
    """The sentences of some areas in a language. For English only those that are no sentences yet: refusals."""
    sentences: dict[str, str] = {}
    plurals: dict[str, Forms] = {}
    for area in areas:
        path = FOLDER / lang / f"{area}.po"
        if not path.exists():
            continue
        with path.open("rb") as file:
            entries = read_po(file, locale=lang.replace("-", "_"))
        for message in entries:
            if not message.id or not message.string:
                continue
            if message.pluralizable:
                forms = _forms(entries, message.string)
                plurals[message.id[0]] = {category: together(lang, form) for category, form in forms.items()}
            else:
                sentences[message.id] = together(lang, message.string)
    return Catalogue(lang, sentences, plurals)


def together(lang: str, sentence: str) -> str:
    """A sentence in which no line ends before a sign that French sets off with a space."""
    return re.sub(r" (?=[?!:;»])|(?<=«) ", "\u00a0", sentence) if lang == "fr" else sentence


def _forms(entries: Catalog, strings: tuple[str, ...]) -> Forms:
    """Plural category -> sentence, from a .po file's numbered forms."""
    number = _plural_rule(entries.plural_expr)
    category = Locale.parse(entries.locale or FIRST).plural_form
    return {category(n): strings[number(n)] for n in reversed(SOME)}


@cache
def _plural_rule(expression: str):
    return c2py(expression)


def words(lang: str, areas: Iterable[str]) -> dict[str, str | Forms]:
    """What the scripts of a page need (`lib/say.js`): sentence -> translation, or its plural forms."""
    found = catalogue(lang, tuple(areas))
    return {**found.sentences, **found.plurals}
