"""The report of a workshop: to read, to write over part by part, and to take home in every format."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import g, render_template, request
from werkzeug.wrappers import Response

from app.domain.core import Refused
from app.domain.lines import LEVELS, Summary
from app.domain.passages import WritePassage
from app.domain.summary import digest, summary
from app.exports import as_markdown
from app.exports.blocks import Part
from app.exports.formats import FORMATS
from app.exports.report import edited, parts
from app.exports.words import right_to_left
from app.exports.words import words as report_words

from . import markdown
from .desk import About, about, back, desk
from .exports import Wanted, exported
from .house import house

MOST_WORDS = 20_000


def report_of(workshop: str, level: str, lang: str) -> Summary:
    """The report as data."""
    return house.read(workshop, lambda state: summary(state, level, lang))


def _wanted(seen: About) -> tuple[str, str]:
    """The level and the language that the address asks for; `public` and the first working language otherwise."""
    level, lang = request.values.get("level", ""), request.values.get("lang", "")
    return level if level in LEVELS else LEVELS[0], lang if lang in seen.languages else seen.languages[0]


def generated(workshop: str, key: str, lang: str) -> tuple[Part, str, Summary]:
    """What the program writes for a part, as Markdown: at the lowest level that has this part."""
    for level in LEVELS:
        report = report_of(workshop, level, lang)
        for part in parts(report):
            if part.key == key:
                return part, as_markdown.markdown(part, report_words(lang)), report
    raise Refused("not-found", "key")


@desk.get("/<workshop>/report")
def report(workshop: str) -> str:
    """The report as it is now."""
    seen = about(workshop)
    level, lang = _wanted(seen)
    made = report_of(workshop, level, lang)
    say = report_words(lang)
    own = {part.key: digest(as_markdown.markdown(part, say)) for part in parts(made)} if made.passages else {}
    newer = {key for key, passage in made.passages.items() if key in own and passage.of != own[key]}
    return render_template(
        "desk/report.html",
        about=seen,
        page="report",
        level=level,
        levels=LEVELS,
        written_in=lang,
        direction="rtl" if right_to_left(lang) else "ltr",
        report=made,
        chapters=edited(made),
        newer=newer if level == LEVELS[0] else set(),
        draw=lambda part: markdown.part(part, lang),
    )


@desk.get("/<workshop>/report/<path:key>")
def passage(workshop: str, key: str) -> str:
    """One part of the report as Markdown, with what it looks like beside it."""
    seen = about(workshop)
    _, lang = _wanted(seen)
    part, text, made = generated(workshop, key, lang)
    passage = made.passages.get(key)
    return render_template(
        "desk/passage.html",
        about=seen,
        page="report",
        part=part,
        written_in=lang,
        direction="rtl" if right_to_left(lang) else "ltr",
        text=passage.text if passage else text,
        generated=text if passage else None,
        of=digest(text),
        newer=bool(passage) and passage.of != digest(text),
        preview=markdown.part(next(p for p in edited(made) if p.key == key), lang),
        most=MOST_WORDS,
    )


@desk.post("/<workshop>/report/<path:key>")
def save_passage(workshop: str, key: str) -> Response:
    """Keep what the organiser wrote, or go back to what the program writes."""
    seen = about(workshop)
    _, lang = _wanted(seen)
    text = None if "generated" in request.form else request.form.get("text", "").replace("\r\n", "\n")[:MOST_WORDS]
    house.ask(workshop, WritePassage(key=key, lang=lang, text=text, of=request.form.get("of", "")[:64]), g.who)
    return back(f"/{workshop}/report?lang={lang}#{key}")


@desk.post("/preview")
def preview() -> dict:
    """What Markdown looks like, as elements to build."""
    return {"elements": markdown.tree(request.form.get("text", "")[:MOST_WORDS])}


@desk.get("/<workshop>/downloads")
def downloads(workshop: str) -> str:
    """The files that can be made."""
    seen = about(workshop)
    level, lang = _wanted(seen)
    return render_template(
        "desk/downloads.html", about=seen, page="downloads", level=level, levels=LEVELS, chosen=lang, formats=FORMATS
    )


@desk.post("/<workshop>/downloads")
def download(workshop: str) -> FlaskResponse:
    """One file."""
    level, lang = _wanted(about(workshop))
    return exported(workshop, Wanted(format=request.form.get("format", ""), level=level, lang=lang))
