"""Lists at the desk: looked at, kept, forgotten; the groups as a file that comes back."""

import io

from app.domain.lists import Listed

SESSION = {"id": "one", "kind": "groups", "grouping": "hand", "groups": 2, "title": "Problems", "sections": ["notes"]}


def kept(web, workshop, session="one"):
    row = web.baraza.workshops.read(workshop, lambda state: state.get(Listed, session))
    return row and row.groups


def test_a_list_is_shown_before_it_is_kept_and_can_be_forgotten(web):
    workshop, _ = web.make(agenda=[SESSION])
    desk = web.organiser()
    where = f"/desk/{workshop}/lists/one"
    assert where in desk.get(f"/desk/{workshop}/agenda/one")
    page = desk.post(where, file=(io.BytesIO(b"Nom;Groupe\nAna;1\nBo;2\n"), "x.csv"))
    assert page.status_code == 200 and "Ana" in page.text and kept(web, workshop) is None
    table = '[["Nom","Groupe"],["Ana","1"],["Bo","2"]]'
    columns = {"column.0": "names", "column.1": "groups", "heading": "1"}
    desk.post(f"{where}/save", table=table, **columns)
    assert kept(web, workshop) == {"A": ["Ana"], "B": ["Bo"]}
    assert "Forget the list" in desk.get(where)
    desk.post(f"{where}/forget")
    assert kept(web, workshop) is None


def test_a_file_that_is_no_table_is_refused_in_words(web):
    workshop, _ = web.make(agenda=[SESSION])
    desk = web.organiser()
    for file, words in ((b"\x00\x01", "isn’t a table"), (b"name,shoe\nAna,38\n", "Which column holds the groups")):
        page = desk.post(f"/desk/{workshop}/lists/one", file=(io.BytesIO(file), "x.csv"))
        assert page.status_code == 422 and words in page.text


def test_who_has_met_before_is_kept_for_the_workshop_and_groups_go_out_as_they_are(web):
    workshop, _ = web.make(agenda=[SESSION])
    desk = web.organiser()
    where = f"/desk/{workshop}/lists/before"
    table = '[["name","group"],["Ana","red"],["Bo","red"]]'
    desk.post(f"{where}/save", table=table, **{"column.0": "names", "column.1": "groups", "heading": "1"})
    assert kept(web, workshop, "before") == {"red": ["Ana", "Bo"]}
    assert desk.get(f"/desk/{workshop}/groups.csv").lstrip("\ufeff").startswith("name")
    assert desk.browser.get(f"/desk/{workshop}/lists/nowhere").status_code == 404
