"""Makes one file in a process of its own: `python -m app.exports.worker FORMAT`, report on stdin, file on stdout."""

from __future__ import annotations

import sys

from app.domain.lines import read

from .formats import render


def main() -> None:
    """One report, one file."""
    _, _, content = render(read(sys.stdin.buffer.read()), sys.argv[1])
    sys.stdout.buffer.write(content)


if __name__ == "__main__":
    main()
