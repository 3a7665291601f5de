"""A table that somebody brings, CSV or XLSX, as rows of text: `python -m app.web.tables`, file in, JSON out.

It runs in a process of its own: such a file can be broken or hostile, and a thousand rows of XLSX take longer than a
server may stand still.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, Any
from xml.parsers import expat

import msgspec

from app.domain.core import CONTROL, Refused

MOST_BYTES = 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024
MOST_ENTRIES = 200
MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST = 200
"""Characters of a cell that are kept."""

ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How XLSX begins; how .xls does, and XLSX with a password."""

BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
DELIMITERS = "\t;,"
"""The likelier one first where several divide a file equally well: commas also stand inside of names."""

BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError),
    *(SyntaxError, KeyError, IndexError, AttributeError, TypeError, ValueError),
)
"""What openpyxl and what it stands on raise at a file that is none. Anything else ends the reader's process, which is
answered as `not-a-table` too."""

Table = list[list[str]]
"""The rows of a sheet from its first on, empty ones too; no row ends with an empty cell, no table with an empty row."""


def rows_of(file: bytes) -> Table:
    """The first sheet of an XLSX, or a CSV, whatever the file is called.

    Raises Refused: `not-a-table`, `old-spreadsheet`, `table-broken` {line}, `table-empty`, `too-large`,
    `table-too-long` {rows}, `table-too-wide` {columns}.
    """
    if len(file) > MOST_BYTES:
        raise Refused("too-large", "file")
    if file.startswith(OLD):
        raise Refused("old-spreadsheet", "file")
    return bounded(_sheet(file) if file.startswith(ZIP) else _lines(_text(file)))


def bounded(rows: Iterable[Iterable[Any]]) -> Table:
    """The cells of *rows* as text, as far as they may go; raises Refused like `rows_of`."""
    table: Table = []
    left = MOST_BYTES
    for n, values in enumerate(rows, 1):
        row = [_cell(value) for value in values]
        while row and not row[-1]:
            row.pop()
        if row and n > MOST_ROWS:
            raise Refused("table-too-long", "file", rows=MOST_ROWS)
        if len(row) > MOST_COLUMNS:
            raise Refused("table-too-wide", "file", columns=MOST_COLUMNS)
        left -= sum(map(len, row))
        if left < 0:
            raise Refused("too-large", "file")
        if n <= MOST_ROWS:
            table.append(row)
    while table and not table[-1]:
        table.pop()
    if not table:
        raise Refused("table-empty", "file")
    return table


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return CONTROL.sub("", str(value)).strip()[:LONGEST].rstrip()


def _text(file: bytes) -> str:
    marked = next((encoding for mark, encoding in MARKS.items() if file.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        try:
            text = file.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not BINARY.search(text):
            return text
    raise Refused("not-a-table", "file")


def _lines(text: str) -> Iterator[list[str]]:
    named = re.match(r"sep=([\t;,|])\r?\n", text)  # how Excel is told
    if named:
        text = text[named.end() :]
    delimiter = named[1] if named else _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        for before, row in enumerate(reader, 1):  # noqa: B007 - read where the next one fails
            yield row
    except csv.Error as error:
        raise Refused("table-broken", "file", line=before + 1) from error


def _delimiter(text: str) -> str:
    """What divides most of the first lines into equally many cells, more than one: a title may stand above."""

    def divided(delimiter: str) -> int:
        rows = []
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            while len(rows) < 50:
                rows += [row for row in [next(reader)] if row]
        except (StopIteration, csv.Error):
            pass
        widths = [len(row) for row in rows if len(row) > 1]
        return max(map(widths.count, widths), default=0)

    return max(DELIMITERS, key=divided)


def _sheet(file: bytes) -> Iterator[Iterable[Any]]:
    try:
        import openpyxl

        _check(file)
        book = openpyxl.load_workbook(io.BytesIO(file), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size may be wrong
        yield from sheet.iter_rows(values_only=True)
    except BROKEN as error:
        raise Refused("not-a-table", "file") from error


def _check(file: bytes) -> None:
    """Refuses an archive that unpacks to too much, and XML with a document type, which no spreadsheet has."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise Refused("too-large", "file")
        for entry in entries:
            with archive.open(entry) as part:
                _check_xml(part)


def _check_xml(part: IO[bytes]) -> None:
    begun: list[str] = []

    def refuse(*_: Any) -> None:
        raise Refused("not-a-table", "file")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, _: begun.append(name)
    try:
        while not begun and (chunk := part.read(4096)):
            parser.Parse(chunk)
    except expat.ExpatError:
        pass  # a picture, say


def main() -> None:
    """One file, one answer: {rows} or {error}."""
    sys.modules["numpy"] = None  # openpyxl would load it for nothing, which takes three times as long
    try:
        answer: dict[str, Any] = {"rows": rows_of(sys.stdin.buffer.read())}
    except Refused as refused:
        answer = {"error": refused.as_error()}
    sys.stdout.buffer.write(msgspec.json.encode(answer))


if __name__ == "__main__":
    main()
