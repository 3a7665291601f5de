"""Who met whom as inline SVG: a square for each two people, darker and with a larger dot the more often they met."""

from __future__ import annotations

from html import escape

from app.domain.meetings import Meetings

CELL = 10
DARKEST = 3


def matrix(meetings: Meetings, told: str) -> str:
    """The picture; `told` is what it shows, in words."""
    n = len(meetings.matrix or [])
    size = n * CELL + 1
    squares = []
    for a, row in enumerate(meetings.matrix or []):
        for b, times in enumerate(row):
            if a == b:
                continue
            x, y, dark = b * CELL, a * CELL, min(times, DARKEST)
            squares.append(f'<rect class="m{dark}" x="{x + 0.5}" y="{y + 0.5}" width="{CELL}" height="{CELL}"/>')
            if dark:
                squares.append(f'<circle class="d{dark}" cx="{x + 5.5}" cy="{y + 5.5}" r="{dark}"/>')
    names = "".join(f"<li>{escape(name)}</li>" for name in meetings.names)
    return (
        f'<figure><svg class="matrix" viewBox="0 0 {size} {size}" role="img" aria-label="{escape(told)}">'
        f"{''.join(squares)}</svg><figcaption>{escape(told)}</figcaption></figure>\n"
        + (f'<ol class="small columns">{names}</ol>\n' if names else "")
    )
