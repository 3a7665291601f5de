"""Tables that somebody brings: read whatever wrote them, refused in words when they can't be."""

import io
import zipfile

import openpyxl
import pytest

from app.domain.core import Refused
from app.web.lists import found, labels, recognised
from app.web.tables import rows_of


def sheet(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(file, **options):
    table = rows_of(file)
    return found(table, recognised(table), **options).groups


@pytest.mark.parametrize(
    "file",
    [
        b"Name,Group\nAna,A\nBo,B\n",
        "\ufeffNom;Groupe\r\nAna;1\r\nBo;2\r\n".encode(),
        "nombre\tgrupo\nAna\tGrupo 1\nBo\tGrupo 2\n".encode("utf-16"),
        "sep=;\nimię;имя;группа\nx;Ana;A\ny;Bo;B\n".encode(),
        "الاسم,مجموعة\nAna,أ\nBo,ب\n".encode(),
        "姓名,组\nAna,组1\nBo,组2\n".encode(),
        b"Our workshop\n\nname,group\nAna,red\nBo,blue\n",
        sheet(["Name", "Group"], ["Ana", "A"], ["Bo", "B"]),
        sheet(["name", "group"], ["Ana", 1], ["Bo", 2.0]),
    ],
    ids=range(9),
)
def test_a_list_is_read_whoever_wrote_it(file):
    assert read(file) == {"A": ["Ana"], "B": ["Bo"]}


def test_old_windows_letters_are_read_too():
    assert read("nom;groupe\nZoé;A\n".encode("cp1252")) == {"A": ["Zoé"]}


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    return file.getvalue()


def entities():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>')
    return file.getvalue()


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", "table-empty"),
        (b"\n\n,,\n", "table-empty"),
        (b"\x00\x01\x02rubbish", "not-a-table"),
        (b"PK\x03\x04rubbish", "not-a-table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "old-spreadsheet"),
        (b"x" * 2_000_000, "too-large"),
        (b"a,b\n" * 6_000, "table-too-long"),
        ((",x" * 100_000).encode(), "table-too-wide"),
        (bomb(), "too-large"),
        (entities(), "not-a-table"),
        (b"name,shoe\nAna,38\n", "no-group-column"),
        (b"shoe,group\n38,A\n", "no-name-column"),
        (b"name,group\n,A\n", "no-names"),
        (b"name,group\nAna,A\n ana ,B\n", "person-twice"),
    ],
)
def test_what_cannot_be_read_says_why(file, code):
    with pytest.raises(Refused) as refused:
        read(file)
    assert refused.value.code == code


def test_who_stands_there_twice_is_named_with_the_lines():
    with pytest.raises(Refused) as refused:
        read(b"name,group\nAna,A\nBo,B\nANA,B\n")
    assert "Ana" in refused.value.facts["people"] and "2, 4" in refused.value.facts["people"]


def test_labels_keep_letters_and_count_numbers_and_names():
    assert labels(["Group B", "Group A"]) == {"Group B": "B", "Group A": "A"}
    assert labels(["2", "1"]) == {"2": "B", "1": "A"}
    assert labels(["red", "blue"]) == {"red": "A", "blue": "B"}
    assert labels(["A", "red"]) == {"A": "A", "red": "B"}


def test_a_formula_is_text_that_is_never_worked_out():
    assert read(b"name,group\n=1+1,A\n") == {"A": ["=1+1"]}


def test_groups_of_earlier_workshops_keep_their_names_and_may_hold_the_same_people():
    groups = read(b"name,group: May,group: June\nAna,red,A\nBo,red,B\n", before=True)
    assert sorted(map(sorted, groups.values())) == [["Ana"], ["Ana", "Bo"], ["Bo"]]
