"""Which files there are, and the one way to make them."""

from __future__ import annotations

import importlib

from app.domain.lines import LEVELS, Summary

__all__ = ["FORMATS", "LEVELS", "Format", "name_of", "render"]


class Format:
    """One format: its file's ending, its media type, what it is for, and the module whose `write` makes it."""

    def __init__(self, ending: str, mimetype: str, module: str, purpose: str):
        self.ending, self.mimetype, self._module, self.purpose = ending, mimetype, module, purpose

    def write(self, report: Summary) -> bytes:
        """The file's bytes."""
        return importlib.import_module(f"app.exports.{self._module}").write(report)


FORMATS = {
    "markdown": Format("md", "text/markdown; charset=utf-8", "as_markdown", "Plain text with headings"),
    "html": Format("html", "text/html; charset=utf-8", "as_html", "One file that opens without internet"),
    "json": Format("json", "application/json", "as_json", "Everything, for other programs"),
    "csv": Format("zip", "application/zip", "as_csv", "Tables of cards, themes, groups and proposals"),
}


def name_of(format: str, level: str, lang: str) -> str:
    """The file's name. It tells neither title nor date: it may lie in somebody's downloads."""
    return f"workshop-{level}-{lang}.{FORMATS[format].ending}"


def render(report: Summary, format: str) -> tuple[str, str, bytes]:
    """File name, media type and bytes."""
    made = FORMATS[format]
    return name_of(format, report.level, report.lang), made.mimetype, made.write(report)
