"""What goes out to phones is small: scripts and styles without their comments and indentation, pages by gzip."""

from __future__ import annotations

import gzip
import re

from flask import Response, request

_COMMENT = re.compile(r"^[ ]*/\*.*?\*/[ ]*\n|^[ ]*//[^\n]*\n", re.MULTILINE | re.DOTALL)
_INDENTATION = re.compile(r"^[ ]+|^\n", re.MULTILINE)


def lean(source: str) -> str:
    """A script or style without the comments that stand on lines of their own, empty lines and indentation.

    Only for sources of the house, where no text runs over several lines but in htm's templates, which ignore it.
    """
    return _INDENTATION.sub("", _COMMENT.sub("", source))


def squeezed(page: str) -> Response:
    """A page by gzip where the browser takes it. Only for pages that are the same for whoever asks: with a secret of
    the visitor's in it, a length could tell of it."""
    response = Response(page, mimetype="text/html")
    response.headers["Vary"] = "Accept-Encoding"
    if "gzip" in request.accept_encodings:
        response.set_data(gzip.compress(page.encode(), 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
