"""One HTML file that opens without internet, on a screen and on paper."""

from __future__ import annotations

from html import escape
from pathlib import Path

from app.domain.lines import Summary

from . import blocks
from .blocks import Block, Part
from .matrix import matrix
from .passages import rendered
from .report import edited, notes
from .shapes import shape
from .words import Say, days, right_to_left, words

STYLE = Path(__file__).with_name("report.css")


def write(report: Summary) -> bytes:
    """The whole report."""
    say = words(report.lang)
    made = edited(report)
    direction = "rtl" if right_to_left(report.lang) else "ltr"
    contents = "".join(f'<li><a href="#p{n}">{escape(part.title)}</a></li>' for n, part in enumerate(made))
    where = " · ".join(escape(text) for text in (report.place, days(report.starts, report.ends, report.lang)) if text)
    return (
        f'<!doctype html>\n<html lang="{escape(report.lang)}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(report.title)}</title>\n<style>\n{STYLE.read_text()}</style>\n</head>\n<body>\n"
        f'<header><h1>{escape(report.title)}</h1><p>{where}</p></header>\n'
        f'<nav aria-label="{escape(say("Contents"))}"><ol>{contents}</ol></nav>\n<main>\n'
        + "".join(_section(n, part, say) for n, part in enumerate(made))
        + "</main>\n</body>\n</html>\n"
    ).encode()  # fmt: skip


def _section(n: int, part: Part, say: Say) -> str:
    return f'<section id="p{n}">\n<h2>{escape(part.title)}</h2>\n{html(part, say)}</section>\n'


def html(part: Part, say: Say) -> str:
    """A part without its heading."""
    return "".join(_block(block, say) for block in part.blocks)


def _block(block: Block, say: Say) -> str:
    match block:
        case blocks.Paragraph(text):
            return f"<p>{escape(text)}</p>\n"
        case blocks.Heading(text, level):
            return f"<h{level}>{escape(text)}</h{level}>\n"
        case blocks.Items(items):
            return "<ul>" + "".join(f'<li dir="auto">{escape(item)}</li>' for item in items) + "</ul>\n"
        case blocks.Facts(facts):
            rows = (f'<div><dt>{escape(k)}</dt><dd><bdi>{escape(v)}</bdi></dd></div>' for k, v in facts)
            return f"<dl>{''.join(rows)}</dl>\n"
        case blocks.Table(head, rows):
            top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
            body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
            return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>\n"
        case blocks.Themes(themes, of):
            return '<ol class="themes">' + "".join(_theme(theme, of, say) for theme in themes) + "</ol>\n"
        case blocks.Proposals(proposals):
            return '<ol class="proposals">' + "".join(_proposal(p, say) for p in proposals) + "</ol>\n"
        case blocks.Cards(cards):
            return '<ul class="cards">' + "".join(_card(card) for card in cards) + "</ul>\n"
        case blocks.Matrix(meetings, mirrored):
            return matrix(meetings, mirrored, say)
        case blocks.Written(markdown):
            return rendered(markdown) + "\n"
    raise TypeError(type(block).__name__)


def _theme(theme, of: int, say: Say) -> str:
    bars = "".join(
        f'<span class="bar g{escape(label[:1] or "0")} n{min(n, 12)}">{shape(label)}<b>{n}</b></span>'
        for label, n in theme.cards.items()
    )
    quote = f'<p class="quote" dir="auto">“{escape(theme.quote)}”</p>' if theme.quote not in ("", theme.title) else ""
    small = "".join(f'<p class="small">{escape(note)}</p>' for note in notes(theme, say))
    raised = escape(say("Groups: {k} of {n}", k=len(theme.groups), n=of))
    bars = f'<div class="bars">{bars}<span class="small">{raised}</span></div>'
    return f'<li><h4 dir="auto">{escape(theme.title)}</h4>{bars}{quote}{small}</li>'


def _proposal(proposal, say: Say) -> str:
    to = "".join(f"<span class='to'>{escape(name)}</span>" for name in proposal.to)
    reasons = "".join(f'<li dir="auto">{escape(reason)}</li>' for reason in proposal.rationale)
    rests = "; ".join(escape(title) for title in proposal.theme_titles)
    return (
        f'<li><h3 dir="auto">{escape(proposal.statement)}</h3>'
        + (f"<p class='small'>{escape(say('To'))}: {to}</p>" if to else "")
        + (f"<ul>{reasons}</ul>" if reasons else "")
        + (f"<p class='small'>{escape(say('Rests on'))}: {rests}</p>" if rests else "")
        + "</li>"
    )


def _card(told: blocks.Told) -> str:
    card, own, note = told.card, "", ""
    if card.shown != card.text:
        own = f'<p class="small" lang="{escape(card.lang)}" dir="auto">{escape(card.text)}</p>'
    if told.note:
        note = f'<p class="small">{escape(told.note)}</p>'
    words = f'<p lang="{escape(card.shown_lang)}" dir="auto">{escape(card.shown)}</p>'
    return f"<li>{shape(told.label)}{words}{own}{note}</li>"
