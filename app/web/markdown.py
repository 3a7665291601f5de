"""The one place where HTML that was made elsewhere enters a page: parts of the report, written Markdown, signs."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from markupsafe import Markup

from app.exports import as_html, passages, shapes
from app.exports.blocks import Part
from app.exports.words import words

ALONE = {"br", "hr"}


def part(made: Part, lang: str) -> Markup:
    """A part of the report without its heading, escaped or cleaned by who writes the HTML export."""
    return Markup(as_html.html(made, words(lang)))


def sign(label: str) -> Markup:
    """The sign of a group: letter, shape and colour."""
    return Markup(shapes.shape(label))


def tree(text: str) -> list[Any]:
    """Markdown as what a script builds elements of: words, or [tag, {attribute: value}, children]."""
    reader = _Tree()
    reader.feed(passages.rendered(text))
    reader.close()
    return reader.top


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top: list[Any] = []
        self._open: list[list[Any]] = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = [tag, {name: value or "" for name, value in attrs}, []]
        self._open[-1].append(element)
        if tag not in ALONE:
            self._open.append(element[2])

    def handle_endtag(self, tag: str) -> None:
        if tag not in ALONE and len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].append(data)
