"""Markdown: plain text with headings."""

from __future__ import annotations

import re

from app.domain.lines import Summary

from . import blocks
from .blocks import Block, Part
from .meetings import SQUARES
from .report import edited, notes
from .words import Say, words

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")

MOST_COLUMNS = 20
"""A wider table of numbers is left out."""


def write(report: Summary) -> bytes:
    """The whole report."""
    say = words(report.lang)
    lines = [f"# {plain(report.title)}", ""]
    for part in edited(report):
        lines += [f"## {plain(part.title)}", "", markdown(part, say), ""]
    return ("\n".join(lines).rstrip() + "\n").encode()


def markdown(part: Part, say: Say) -> str:
    """A part without its heading: what the organiser may edit."""
    return "\n\n".join(text for block in part.blocks if (text := _block(block, say)))


def plain(text: str) -> str:
    """Words on one line, in which nothing means anything to Markdown."""
    text = SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return re.sub(r"^(\d+)([.)])(?= )", r"\1\\\2", re.sub(r"^([-+=])", r"\\\1", text))


def _block(block: Block, say: Say) -> str:
    match block:
        case blocks.Paragraph(text):
            return plain(text)
        case blocks.Heading(text, level):
            return f"{'#' * level} {plain(text)}"
        case blocks.Items(items):
            return "\n".join(f"- {plain(item)}" for item in items)
        case blocks.Facts(facts):
            return "\n".join(f"- **{plain(name)}:** {plain(value)}" for name, value in facts)
        case blocks.Table(head, rows):
            return "\n".join([_row(head), "|---" * len(head) + "|", *map(_row, rows)])
        case blocks.Themes(themes, of):
            return "\n".join(_theme(theme, of, say) for theme in themes)
        case blocks.Proposals(proposals):
            return "\n\n".join(_proposal(n, proposal, say) for n, proposal in enumerate(proposals, 1))
        case blocks.Cards(cards):
            return "\n".join(_card(card) for card in cards)
        case blocks.Matrix(meetings):
            return _matrix(meetings, say)
        case blocks.Written(text):
            return text.strip()
    raise TypeError(type(block).__name__)


def _matrix(meetings, say: Say) -> str:
    """A table of numbers; nothing where it would be wider than a page."""
    if len(meetings.matrix) > MOST_COLUMNS:
        return ""
    numbers = [str(n + 1) for n in range(meetings.people)]
    who = [f"{n} {name}" for n, name in zip(numbers, meetings.names, strict=True)] if meetings.names else numbers
    rows = [[who[n], *("·" if m == n else str(t) for m, t in enumerate(row))] for n, row in enumerate(meetings.matrix)]
    head = ["", *numbers]
    return "\n".join([plain(say(SQUARES)), "", _row(head), "|---" * len(head) + "|", *map(_row, rows)])


def _row(cells: list[str]) -> str:
    return "".join(f"| {plain(cell)} " for cell in cells) + "|"


def _theme(theme, of: int, say: Say) -> str:
    counts = ", ".join(f"{label or '·'} {n}" for label, n in theme.cards.items())
    raised = say("Groups: {k} of {n}", k=len(theme.groups), n=of)
    lines = [f"- **{plain(theme.title)}**  ", f"  {raised} · {plain(counts)}"]
    if theme.quote and theme.quote != theme.title:
        lines[-1] += "  "
        lines.append(f"  “{plain(theme.quote)}”")
    for note in notes(theme, say):
        lines[-1] += "  "
        lines.append(f"  {plain(note)}")
    return "\n".join(lines)


def _proposal(n: int, proposal, say: Say) -> str:
    lines = [f"### {n}\\. {plain(proposal.statement)}", ""]
    if proposal.to:
        lines += [f"**{say('To')}:** {plain(', '.join(proposal.to))}", ""]
    lines += [f"- {plain(reason)}" for reason in proposal.rationale]
    if proposal.theme_titles:
        lines += ["", f"**{say('Rests on')}:**", "", *(f"- {plain(title)}" for title in proposal.theme_titles)]
    return "\n".join(lines).rstrip()


def _card(told: blocks.Told) -> str:
    card, label = told.card, f"**{plain(told.label)}** " if told.label else ""
    own = f" ({card.lang}: {plain(card.text)})" if card.shown != card.text else ""
    note = f" – {plain(told.note)}" if told.note else ""
    return f"- {label}{plain(card.shown)}{own}{note}"
