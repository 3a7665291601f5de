"""Our scripts and styles without their comments and indentation: phones pay for every byte, readers don't."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"^[ ]*/\*.*?\*/[ ]*\n|^[ ]*//[^\n]*\n", re.MULTILINE | re.DOTALL)
_INDENTATION = re.compile(r"^[ ]+|^\n", re.MULTILINE)


def lean(source: str) -> str:
    """A script or style without the comments that stand on lines of their own, empty lines and indentation.

    Only for sources of the house, where no text runs over several lines but in htm's templates, which ignore it.
    """
    return _INDENTATION.sub("", _COMMENT.sub("", source))
