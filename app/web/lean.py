"""What goes out to phones is small: scripts and styles without their comments and indentation, pages by gzip."""

from __future__ import annotations

import gzip
import re

from flask import Response, request

_COMMENT = re.compile(r"^[ ]*/\*.*?\*/[ ]*\n|^[ ]*//[^\n]*\n|[ ]+//[ ][^\n]*$", re.MULTILINE | re.DOTALL)
_INDENTATION = re.compile(r"^[ ]+|^\n", re.MULTILINE)
_OPERATOR = re.compile(
    r" (=>|===|!==|>=|<=|&&|\|\||\?\?|[=?:+*<>]) |(?<=[{(\[]) | (?=[})\]])|(?<=\)) (?=\{|=>)|(?<=\bif) (?=\()"
)
_LINE = re.compile(r"(?<=[>,{;(])\n|\n(?=[<}])")
_ROUND = re.compile(r";?\s*(\})\s*|\s*([{;,])\s*|(?<=[{;\s])([\w-]+:)[ ]+")


def lean(source: str) -> str:
    """A script without comments, empty lines, indentation, and the spaces around what can be nothing but code.

    Only for sources of the house: no comment stands before code, no text runs over several lines but in htm's
    templates, which ignore it, and no sentence has spaces around an operator or within brackets.
    """
    return _OPERATOR.sub(r"\1", _INDENTATION.sub("", _COMMENT.sub("", source)))


def joined(source: str) -> str:
    """A lean script without the line breaks after or before what goes on anyway, in code and in htm's templates."""
    return _LINE.sub("", source)


def lean_style(source: str) -> str:
    """A stylesheet without comments and white space, but for the spaces that mean something.

    Only for sources of the house, where no string has a brace, a semicolon or a comma in it.
    """
    return _ROUND.sub(r"\1\2\3", _COMMENT.sub("", source)).strip()


def squeezed(page: str) -> Response:
    """A page by gzip where the browser takes it. Only for pages that are the same for whoever asks: with a secret of
    the visitor's in it, a length could tell of it."""
    response = Response(page, mimetype="text/html")
    response.headers["Vary"] = "Accept-Encoding"
    if "gzip" in request.accept_encodings:
        response.set_data(gzip.compress(page.encode(), 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
