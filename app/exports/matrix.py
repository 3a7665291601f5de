"""Who met whom as inline SVG: a square for each two people, darker and with more dots the more often they met."""

from __future__ import annotations

from html import escape

from app.domain.meetings import Meetings

from .meetings import SQUARES, tones
from .words import Say

CELL = 10
MARGIN = 11
"""Room for the numbers of rows and columns, where names stand below."""

LARGEST_CELL = 16
LARGEST = 640
"""How large a square, and the picture, is shown, in CSS pixels."""

# how dark a square is, and its dots; all in the ink of the page, so that they can be told apart in black and white too
TONES = (
    (0, ()),
    (0.12, ((4.5, 4.5),)),
    (0.32, ((2.75, 2.75), (6.25, 6.25))),
    (0.55, ((2, 2), (4.5, 4.5), (7, 7))),
)


def matrix(meetings: Meetings, mirrored: bool, say: Say) -> str:
    """The picture with what it means in words, and who is who where there are names."""
    n, margin = len(meetings.matrix or []), MARGIN if meetings.names else 0
    size = n * CELL + margin
    left = [(n - 1 - at) * CELL if mirrored else margin + at * CELL for at in range(n)]
    top = [margin + at * CELL for at in range(n)]
    squares: list[list[tuple[int, int]]] = [[] for _ in TONES]
    for a, row in enumerate(meetings.matrix or []):
        for b, times in enumerate(row):
            if a != b:
                squares[min(times, len(TONES) - 1)].append((left[b], top[a]))
    drawn = "".join(_squares(places, tone) for tone, places in enumerate(squares) if places)
    if margin:
        beside = size - margin / 2 if mirrored else margin / 2
        drawn += "".join(_number(left[at] + 4.5, 7, at) + _number(beside, top[at] + 6.5, at) for at in range(n))
    shown = min(size * LARGEST_CELL // CELL, LARGEST)
    told = f"{say('Who met whom')}. " + " ".join(f"{words}: {pairs}." for words, pairs in tones(meetings, say))
    names = "".join(f"<li><bdi>{escape(name)}</bdi></li>" for name in meetings.names)
    box = f'viewBox="-1 -1 {size + 1} {size + 1}" width="{shown}" height="{shown}"'
    caption = f'<figcaption class="small">{escape(say(SQUARES))}<br>{_key(meetings, say)}</figcaption>'
    return (
        f'<figure><svg class="matrix" {box} role="img" aria-label="{escape(told)}">{drawn}</svg>\n{caption}</figure>\n'
        + (f'<ol class="small columns">{names}</ol>\n' if names else "")
    )


def _squares(places: list[tuple[int, int]], tone: int) -> str:
    """All squares of one tone as one path and their dots as another: sixty people make 3540 squares."""
    dark, dots = TONES[tone]
    squares = "".join(f"M{x} {y}h9v9h-9z" for x, y in places)
    edge = 'stroke="currentColor" stroke-opacity=".3" stroke-width=".5"'
    drawn = f'<path fill="currentColor" fill-opacity="{dark}" {edge} d="{squares}"/>'
    if dots:
        points = "".join(f"M{x + dx:g} {y + dy:g}h.01" for x, y in places for dx, dy in dots)
        drawn += f'<path fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" d="{points}"/>'
    return drawn


def _number(x: float, y: float, at: int) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="6" text-anchor="middle" fill="currentColor">{at + 1}</text>'


def _key(meetings: Meetings, say: Say) -> str:
    """The tones that occur, each a square and its words."""
    signs = (
        f'<svg class="key" viewBox="-1 -1 11 11" width="{LARGEST_CELL}" height="{LARGEST_CELL}" aria-hidden="true">'
        f"{_squares([(0, 0)], tone)}</svg> {escape(words)}"
        for tone, (words, _) in enumerate(tones(meetings, say))
    )
    return " · ".join(signs)
