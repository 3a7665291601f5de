"""Who met whom, as the annex tells it."""

from __future__ import annotations

from app.domain.meetings import Meetings
from app.domain.lines import Summary

from . import blocks
from .blocks import Block
from .words import Say, right_to_left

OFTEN = ("Never", "Once", "Twice", "Three times or more")
"""What the squares of the picture say; its last tone is for everything above."""

SQUARES = "One row and one column for each person; a square says how often two people sat together."


def who_met_whom(report: Summary, say: Say) -> list[Block]:
    """The figures, and the picture where there is one; nothing before two people sat in groups that all know of."""
    counted = report.meetings
    if counted is None:
        return []
    facts = [
        (say("People in groups"), str(counted.people)),
        (say("Pairs that sat together at least once"), say("{k} of {n}", k=counted.met, n=counted.pairs)),
        (say("Other people that everybody met, at least"), str(counted.least)),
    ]
    rows = [[str(n), str(pairs)] for n, pairs in enumerate(counted.times)]
    found: list[Block] = [
        blocks.Heading(say("Who met whom")),
        blocks.Facts(facts),
        blocks.Table([say("Times together"), say("Pairs of people")], rows),
    ]
    return [*found, blocks.Matrix(counted, right_to_left(report.lang))] if counted.matrix else found


def tones(counted: Meetings, say: Say) -> list[tuple[str, int]]:
    """Each tone that the picture has: its words, and how many pairs have it."""
    last = len(OFTEN) - 1
    pairs = [*counted.times[:last], *([sum(counted.times[last:])] if len(counted.times) > last else [])]
    return [(say(words), n) for words, n in zip(OFTEN, pairs, strict=False)]
