"""What a report consists of: parts, each a heading and blocks. Every format draws the same blocks."""

from __future__ import annotations

from msgspec import Struct

from app.domain.meetings import Meetings
from app.domain.lines import CardLine, ProposalLine, ThemeLine


class Paragraph(Struct, frozen=True):
    """Words of the program."""

    text: str


class Heading(Struct, frozen=True):
    """A heading within a part; `level` 3 or 4."""

    text: str
    level: int = 3


class Items(Struct, frozen=True):
    """A list."""

    items: list[str]


class Facts(Struct, frozen=True):
    """Names and figures, side by side."""

    facts: list[tuple[str, str]]


class Themes(Struct, frozen=True):
    """The themes of one lane of a session, with the groups that raised them, of `of` that wrote."""

    themes: list[ThemeLine]
    of: int


class Proposals(Struct, frozen=True):
    """The joint proposals."""

    proposals: list[ProposalLine]


class Told(Struct, frozen=True):
    """A card with the label of its group, where nothing else tells it, and a note in which language it was written."""

    card: CardLine
    label: str
    note: str


class Cards(Struct, frozen=True):
    """Cards of one section of one board, or of one theme."""

    cards: list[Told]


class Table(Struct, frozen=True):
    """A table; the first row is its head."""

    head: list[str]
    rows: list[list[str]]


class Matrix(Struct, frozen=True):
    """Who met whom, as a small picture with a square for each two people; `mirrored` where one reads from the right."""

    meetings: Meetings
    mirrored: bool = False


class Written(Struct, frozen=True):
    """Markdown that the organiser wrote instead of the generated blocks."""

    markdown: str


Block = Paragraph | Heading | Items | Facts | Themes | Proposals | Cards | Table | Matrix | Written


class Part(Struct, frozen=True):
    """One part of the report; `key` is the passage that may replace it."""

    key: str
    title: str
    blocks: list[Block]
