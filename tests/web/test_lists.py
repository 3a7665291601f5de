"""Tables that somebody brings: read whatever wrote them, refused in words when they can't be."""

import io
import zipfile

import openpyxl
import pytest

from app.domain.core import Refused
from app.web.lists import Columns, found, headed, labels, recognised
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


@pytest.mark.parametrize(
    "heads",
    [
        "name;group",
        "Nom;Groupe",
        "NOMBRE;Grupo",
        "Nome ;GRUPO",
        "Имя;Группа",
        "الاسم;المجموعة",
        "Jina;Kikundi",
        "姓名;小组",
    ],
)
def test_headings_are_known_in_every_language_that_reports_have_wherever_they_stand(heads):
    name, group = heads.split(";")
    table = [["List of May"], [], ["N°", group, "Region", name], ["1", "A", "North", "Ana"]]
    assert recognised(table) == Columns((3,), (1,), 3)


def test_headings_that_say_nothing_are_left_to_the_organiser():
    assert recognised([["Who", "Where"], ["Ana", "A"], ["Bo", "A"]]) == Columns((), (), 1)
    assert recognised([["Ana", "A"], ["Bo", "A"]]) == Columns((), (), 0)


def test_the_column_of_a_session_is_the_one_that_is_called_like_it():
    heads = ["name", headed("Problems"), headed("Ação 2"), "group 3", "Group leader"]
    table = [heads, ["Ana", "A", "B", "C", "yes"]]
    assert recognised(table).groups == (1, 2, 3)
    assert recognised(table, ["acao 2", "two"]).groups == (2,)
    assert recognised(table, ["Problems and more"]).groups == ()
    long = "a title " * 40
    assert recognised([["name", headed(long), headed("x")], ["Ana", "A", "B"]], [long]).groups == (1,)
    assert recognised([["name", "group", headed("x")], ["Ana", "A", "B"]], ["other"]).groups == (1,)


def test_first_and_last_names_are_put_together():
    table = [["Prénom", "Groupe", "Nom de famille"], ["Ana", "A", "Silva"], ["Bo", "B", ""]]
    assert found(table, Columns((0, 2), (1,), 1)).groups == {"A": ["Ana Silva"], "B": ["Bo"]}


def test_lines_that_are_left_out_are_told():
    said = found([["name", "group"], ["Ana", "A"], [], ["", "B"], ["Bo"], ["\u0301", "C"]], Columns((0,), (1,), 1))
    assert said.groups == {"A": ["Ana"]}
    assert (said.nameless, said.groupless) == ([4, 6], [(5, "Bo")])


def test_what_the_file_calls_a_group_is_told_beside_our_letter():
    said = found([["Ana", "blue  square"], ["Bo", "Red"], ["Cy", "BLUE SQUARE"]], Columns((0,), (1,), 0))
    assert said.groups == {"A": ["Ana", "Cy"], "B": ["Bo"]}
    assert said.called == {"A": "blue square", "B": "Red"}


@pytest.mark.parametrize(
    ("called", "expected"),
    [
        ("C A B", "C A B"),
        ("b,Group A,groupe c", "B A C"),
        ("A2 B2 H3", "A2 B2 H3"),
        ("A H", "A H"),
        ("A I A2", "A B C"),
        ("H I J", "A B C"),
        ("Y A X", "C A B"),
        ("8 2", "H B"),
        ("3 1 9", "B A C"),
        ("0 1", "A B"),
        ("102 9 101", "C A B"),
        ("٣ ١", "C A"),
        ("Ｂ Ａ", "B A"),
        ("Table 2,Table 1", "B A"),
        ("组2,组1", "B A"),
        ("B组,A 组", "B A"),
        ("المجموعة 2,المجموعة 1", "B A"),
        ("Б А В", "B A C"),
        ("乙 甲", "A B"),
        ("1 01", "A B"),
        ("Group red,Group", "A B"),
        ("group", "A"),
        ("A red 1", "A B C"),
    ],
)
def test_labels_are_given_in_a_way_that_can_be_foreseen(called, expected):
    values = called.split(",") if "," in called else called.split()
    assert list(labels(values).values()) == expected.split()


def test_five_hundred_groups_get_as_many_labels():
    assert len({*labels([f"group {n} of many" for n in range(500)]).values()}) == 500


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        (Columns((), (1,), 0), "no-name-column"),
        (Columns((0,), (), 0), "no-group-column"),
        (Columns((0,), (1, 2), 0), "several-group-columns"),
        (Columns((40,), (1,), 0), "no-names"),
        (Columns((0,), (1,), 9), "no-names"),
    ],
)
def test_columns_that_make_no_list_are_refused(columns, code):
    with pytest.raises(Refused) as refused:
        found([["Ana", "A", "B"]], columns)
    assert refused.value.code == code


def test_who_has_no_group_in_one_line_and_one_in_another_stands_there_twice():
    with pytest.raises(Refused) as refused:
        found([["Ána"], ["ana", "A"]], Columns((0,), (1,), 0))
    assert refused.value.code == "person-twice"


def test_earlier_groups_come_session_by_session_under_the_names_of_both():
    table = [["name", headed("Problems"), "Groupe 2"], ["Ana", "A", "x"], ["Bo", "", "X"], ["ana", "B", ""]]
    said = found(table, recognised(table), before=True)
    assert said.groups == {"Problems · A": ["Ana"], "Problems · B": ["ana"], "Groupe 2 · x": ["Ana", "Bo"]}
    long = found([["Ana", "x" * 200]], Columns((0,), (1,), 0), before=True)
    assert [len(label) for label in long.groups] == [80]
