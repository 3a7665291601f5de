"""Tables that somebody brings: many kinds of files, as programs write them, and hostile ones."""

import io
import struct
import subprocess
import sys
import zipfile

import msgspec
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core import Refused
from app.web import tables
from app.web.tables import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, rows_of

TABLE = [["Nom", "Groupe"], ["Zoé Ångström", "A"], ["Ana", "B"]]
SEMICOLONS = "\r\n".join(";".join(row) for row in TABLE)


def xlsx(rows, title="Sheet"):
    """A spreadsheet as bytes; its second sheet holds something else."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.create_sheet("Other").append(["elsewhere"])
    return saved(book)


def saved(book):
    """A workbook's bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(file, change):
    """The archive with each entry as `change(name, content)` says."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
    return out.getvalue()


def refusal(file):
    """What reading a file is refused with: its code and facts."""
    with pytest.raises(Refused) as refused:
        rows_of(file)
    assert refused.value.field == "file"
    return refused.value.code, refused.value.facts


@pytest.mark.parametrize(
    "file",
    [
        SEMICOLONS.encode(),
        SEMICOLONS.encode("utf-8-sig"),
        SEMICOLONS.encode("cp1252"),
        SEMICOLONS.replace(";", "\t").encode("utf-16"),
        b"\xfe\xff" + SEMICOLONS.replace(";", "\t").encode("utf-16-be"),
        SEMICOLONS.replace(";", ",").encode(),
        SEMICOLONS.replace("\r\n", "\n").encode() + b"\n\n\n",
        SEMICOLONS.replace("\r\n", "\r").encode(),
        b"sep=;\r\n" + SEMICOLONS.encode(),
        SEMICOLONS.replace("Ana", '"Ana"').replace("\r\n", ";;\r\n").encode(),
        xlsx(TABLE),
        xlsx([[*row, None, None] for row in TABLE]),
    ],
)
def test_the_same_table_is_read_however_it_was_written(file):
    assert rows_of(file) == TABLE


def test_quoted_cells_hold_delimiters_quotation_marks_and_line_ends():
    file = b'name,group\n"Doe, ""JD"" John","a\nb"\nO\'Neil "Shaq",B\n'
    assert rows_of(file) == [["name", "group"], ['Doe, "JD" John', "a\nb"], ['O\'Neil "Shaq"', "B"]]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("name;group\nDoe, John;A\nRoe, Jane;B", ["Doe, John", "A"]),
        ("name,notes,group\nAna,likes; dances,A", ["Ana", "likes; dances", "A"]),
        ("Doe, John;A\nRoe, Jane;B", ["Doe, John", "A"]),
        ("name\tgroup\nDoe, J; K\tA", ["Doe, J; K", "A"]),
        ("Ana\nBo", ["Bo"]),
    ],
)
def test_the_delimiter_is_the_one_that_divides_the_lines_alike(text, row):
    assert row in rows_of(text.encode())


def test_lines_keep_their_numbers_and_cells_their_beginning():
    file = f"name;group\n\n;\n{'x' * 300};A\n".encode()
    assert rows_of(file) == [["name", "group"], [], [], ["x" * 200, "A"]]


def test_cells_of_a_spreadsheet_are_what_they_show():
    book = [["Ana", 1], ["Bo", 2.0], ["Cy", 2.5], ["Di", " A "], ["محمد", "١"], ["Ed\nEdson", "x" * 300]]
    assert [row[1] for row in rows_of(xlsx(book))] == ["1", "2", "2.5", "A", "١", "x" * 200]


def test_a_formula_is_never_evaluated():
    counted = xlsx([["Ana", "=1+1"], ["=2+2", "B"]])
    assert rows_of(counted) == [["Ana"], ["", "B"]]
    known = rewritten(counted, lambda _, content: content.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>7</v>"))
    assert known != counted and rows_of(known) == [["Ana", "7"], ["", "B"]]
    assert rows_of(b"=1+1;A\n@SUM(A1);B") == [["=1+1", "A"], ["@SUM(A1)", "B"]]


def test_what_a_sheet_says_of_its_own_size_does_not_count():
    def small(name, content):
        return content.replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1:A1"')

    file = rewritten(xlsx(TABLE), small)
    assert file != xlsx(TABLE) and rows_of(file) == TABLE


@pytest.mark.parametrize(
    "file",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        bytes(range(256)),
        "name;group\nAna;A".encode("utf-16-le"),
        "name;group".encode("utf-16") + b"\x00",
        b"\xff\xfe\x00",
        b"\x81\x8d;\x8f",
        b"PK\x03\x04" + b"rubbish" * 50,
        xlsx(TABLE)[:400],
        xlsx(TABLE)[:-30],
    ],
)
def test_rubbish_is_no_table(file):
    assert refusal(file) == ("not-a-table", {})


def test_an_archive_of_something_else_is_no_table():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    assert refusal(out.getvalue()) == ("not-a-table", {})


@pytest.mark.parametrize("file", [b"", b"\n\n", b" ; ;\n", b"\xef\xbb\xbf", xlsx([]), xlsx([[None, " "]])])
def test_nothing_is_no_table_either(file):
    assert refusal(file) == ("table-empty", {})


def test_an_old_spreadsheet_is_told_apart():
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == ("old-spreadsheet", {})


def test_a_quotation_mark_that_never_ends_is_named_by_its_line():
    assert refusal(b'name;group\nAna;A\n"Bo;B\nCy;A\n') == ("table-broken", {"line": 3})
    assert refusal(b"name;group\n" + b'"' + b"x" * 200_000) == ("table-broken", {"line": 2})


def test_tables_have_bounds():
    rows = [["n", "g"]] * MOST_ROWS
    assert len(rows_of("\n".join(map(";".join, rows)).encode())) == MOST_ROWS
    assert refusal("\n".join(map(";".join, [*rows, ["n", "g"]])).encode()) == ("table-too-long", {"rows": MOST_ROWS})
    assert refusal(b"\n" * MOST_ROWS + b"Ana;A") == ("table-too-long", {"rows": MOST_ROWS})
    assert refusal(b"a;" * 100_000 + b"b") == ("table-too-wide", {"columns": MOST_COLUMNS})
    assert len(rows_of(b"a;" * (MOST_COLUMNS - 1) + b"b")[0]) == MOST_COLUMNS
    assert refusal(b"a" * (MOST_BYTES + 1)) == ("too-large", {})


def test_a_spreadsheet_has_the_same_bounds_wherever_its_cells_stand():
    book = openpyxl.Workbook()
    book.active["A1"] = "Ana"
    book.active["XFD1"] = "far"
    assert refusal(saved(book)) == ("table-too-wide", {"columns": MOST_COLUMNS})
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A90000"] = "Ana", "deep"
    assert refusal(saved(book)) == ("table-too-long", {"rows": MOST_ROWS})
    assert refusal(xlsx([["x" * 200] * 50] * 200)) == ("too-large", {})


def test_a_bomb_is_not_unpacked():
    sheet = b"<worksheet>" + b" " * 21 * 1024 * 1024
    bomb = rewritten(xlsx(TABLE), lambda name, content: sheet if name.endswith("sheet1.xml") else content)
    assert len(bomb) < 100_000 and refusal(bomb) == ("too-large", {})
    many = io.BytesIO(xlsx(TABLE))
    with zipfile.ZipFile(many, "a") as archive:
        for n in range(200):
            archive.writestr(f"{n}", "")
    assert refusal(many.getvalue()) == ("too-large", {})


def test_a_bomb_that_says_it_is_small_is_not_unpacked_either():
    sheet = b"<worksheet>" + b" " * 21 * 1024 * 1024
    bomb = rewritten(xlsx(TABLE), lambda name, content: sheet if name.endswith("sheet1.xml") else content)
    lying = bomb.replace(struct.pack("<L", len(sheet)), struct.pack("<L", 4000))
    assert lying != bomb and refusal(lying) == ("not-a-table", {})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_document_type_is_refused_before_its_entities_are(part, encoding):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY e0 "ha">{entities}]><worksheet>&e9;</worksheet>'
    file = rewritten(xlsx(TABLE), lambda name, content: bomb.encode(encoding) if name == part else content)
    assert refusal(file) == ("not-a-table", {})


def test_a_document_type_is_refused_however_harmless():
    def change(name, content):
        if name.endswith("sheet1.xml"):
            content = content.replace(b"<worksheet", b'<!DOCTYPE worksheet [<!ENTITY e "ha">]><worksheet', 1)
        return content

    assert refusal(rewritten(xlsx(TABLE), change)) == ("not-a-table", {})


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b'"', b"sep=;\n"]))
def test_whatever_comes_is_a_table_or_refused(rest, start):
    try:
        table = rows_of(start + rest)
    except Refused as refused:
        assert refused.field == "file"
    else:
        assert table and table[-1] and all(cell == cell.strip() for row in table for cell in row)


def test_the_process_beside_the_server_answers_in_json():
    def answer(file):
        argv = [sys.executable, "-m", tables.__name__]
        return msgspec.json.decode(subprocess.run(argv, input=file, capture_output=True, check=True).stdout)

    assert answer(xlsx(TABLE)) == {"rows": TABLE}
    assert answer(b"") == {"error": {"code": "table-empty", "field": "file", "facts": {}}}
