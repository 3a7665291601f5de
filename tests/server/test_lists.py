"""Lists at the desk: looked at, kept, forgotten; what the draw makes of them; the groups as a file that comes back."""

import csv
import html
import io
import json
import re

import openpyxl
import pytest

from app.domain.lists import Listed
from app.web import catalogues

SESSION = {"id": "one", "kind": "groups", "grouping": "hand", "groups": 2, "title": "Problems", "sections": ["notes"]}
TWO = {**SESSION, "id": "two", "title": {"en": "Actions", "fr": "Suites"}}
PLENARY = {"id": "all", "kind": "plenary", "title": "Together", "sections": ["notes"]}
COLUMNS = {"column.0": "names", "column.1": "groups", "heading": "1"}


def kept(web, workshop, session="one"):
    """The list that is kept, or None."""
    row = web.baraza.workshops.read(workshop, lambda state: state.get(Listed, session))
    return row and row.groups


def bring(desk, workshop, content, session="one"):
    """Send a file to the page of a list; the answer."""
    return desk.post(f"/desk/{workshop}/lists/{session}", file=(io.BytesIO(content), "list.csv"))


def form_of(page, action):
    """The hidden fields of the form of a page that is sent to an address with this end, its token left out."""
    form = re.search(rf'<form[^>]* action="[^"]*{action}".*?</form>', page, re.DOTALL)[0]
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in fields if name != "form"}


def save(desk, page, workshop, session="one"):
    """Press *Save the list* on the page that shows it."""
    return desk.post(f"/desk/{workshop}/lists/{session}/save", **form_of(page.text, "/save"))


def join(web, workshop, *names):
    """People who come in, the doors being opened first."""
    web.ask(workshop, kind="OpenDoors")
    secret = web.row(workshop, "doors")["secret"]
    for name in names:
        assert web.browser().post("/api/join", json={"secret": secret, "name": name}).json["ok"]


def seated(web, workshop, session="one"):
    """Label -> names, as the organiser's screens have it."""
    rows = web.browser().get(f"/api/workshops/{workshop}/rows", headers=web.bearer).json["rows"]
    here = [row for row in rows if not row.get("gone")]
    names = {row["id"]: row["name"] for row in here if row["table"] == "names"}
    groups = {row["id"]: [] for row in here if row["table"] == "groups" and row["session"] == session}
    for row in here:
        if row["table"] == "seats" and row["session"] == session:
            groups[row["group"]].append(names[row["person"]])
    return {id.rpartition(".")[2]: sorted(people) for id, people in groups.items()}


def below(page, heading):
    """The names below a heading of the page."""
    found = re.search(rf'<h3>{heading}</h3>\s*<ul class="named">(.*?)</ul>', page, re.DOTALL)
    return re.findall(r'<li dir="auto">(.*?)</li>', found[1])


def test_a_list_is_shown_before_it_is_kept_and_can_be_forgotten(web):
    workshop, _ = web.make(agenda=[SESSION])
    desk = web.organiser()
    where = f"/desk/{workshop}/lists/one"
    assert where in desk.get(f"/desk/{workshop}/agenda/one")
    page = bring(desk, workshop, b"Nom;Groupe\nAna;1\nBo;2\n")
    assert page.status_code == 200 and "Ana" in page.text and kept(web, workshop) is None
    save(desk, page, workshop)
    assert kept(web, workshop) == {"A": ["Ana"], "B": ["Bo"]}
    assert "Forget the list" in desk.get(where)
    desk.post(f"{where}/forget")
    assert kept(web, workshop) is None and "Forget the list" not in desk.get(where)


def test_a_spreadsheet_seats_who_is_there_and_who_comes_later(web):
    workshop, _ = web.make(agenda=[SESSION])
    desk = web.organiser()
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (["Participants"], [], ["姓名", "组"], ["Ana Núñez", 2], ["Bo", 1], ["Cy", 2]):
        book.active.append(row)
    book.save(file)
    save(desk, bring(desk, workshop, file.getvalue()), workshop)
    join(web, workshop, "ANA  nunez", "Di")
    assert web.ask(workshop, kind="MakeGroups", session="one")["ok"]
    assert seated(web, workshop) == {"A": [], "B": ["ANA  nunez"]}
    join(web, workshop, "bo")
    assert seated(web, workshop) == {"A": ["bo"], "B": ["ANA  nunez"]}


def test_names_are_held_against_those_who_have_joined(web):
    workshop, _ = web.make(agenda=[SESSION])
    desk = web.organiser()
    assert "Nobody has joined yet" in bring(desk, workshop, b"name,group\nAna,A\n").text
    join(web, workshop, "ána", "Bo", "bo", "Cy")
    page = bring(desk, workshop, b"name,group\nAna,A\nBo,A\nDi,B\n")
    for seen in (page.text, save(desk, page, workshop).text):
        assert below(seen, "Nobody who has joined is called so") == ["Di"]
        assert below(seen, "Have joined, but stand in no line") == ["Cy"]
        assert below(seen, "Several are called so, and none of them counts") == ["Bo"]


def test_columns_that_no_heading_tells_are_chosen_on_the_page(web):
    workshop, _ = web.make(agenda=[SESSION])
    desk = web.organiser()
    page = bring(desk, workshop, b"Who,From,Team\nAna,North,x\nBo,South,y\nCy,North,x\n")
    assert page.status_code == 422 and "Which column holds the names" in page.text and "/save" not in page.text
    assert all(f'name="column.{n}">' in page.text for n in range(3))
    table = form_of(page.text, "/lists/one")["table"]
    chosen = {"column.0": "names", "column.1": "", "column.2": "groups"}
    page = desk.post(f"/desk/{workshop}/lists/one", table=table, heading="on", **chosen)
    assert page.status_code == 200
    save(desk, page, workshop)
    assert kept(web, workshop) == {"A": ["Ana", "Cy"], "B": ["Bo"]}
    page = desk.post(f"/desk/{workshop}/lists/one", table=table, **chosen)
    save(desk, page, workshop)
    assert kept(web, workshop) == {"A": ["Who"], "B": ["Ana", "Cy"], "C": ["Bo"]}


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"\x00\x01", "isn’t a table"),
        (b"", "nothing in this file"),
        (b"name,shoe\nAna,38\n", "Which column holds the groups"),
        (b'name,group\n"Ana,A\n', "from line 2 on"),
        (b"a,b\n" * 5001, "at most 5000 lines"),
        (b"x" * (1024 * 1024 + 1), "too large"),
        ("name,group\nAna,A\nBo,B\nÁNA,B\n".encode(), "\u2068Ana\u2069 (2, 4)"),
        (b"PK\x03\x04" + bytes(300), "isn’t a table"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words_and_nothing_is_kept(web, file, words):
    workshop, _ = web.make(agenda=[SESSION])
    desk = web.organiser()
    page = bring(desk, workshop, file)
    assert page.status_code == 422 and '<p class="note bad" role="alert">' in page.text
    assert words in page.text and "/save" not in page.text and kept(web, workshop) is None


@pytest.mark.parametrize(
    "table",
    ["", "[]", "{}", '[["Ana", 1]]', '[["x"], "y"]', "[[]]", json.dumps([["a"] * 61]), json.dumps([["a"]] * 5001)],
)
def test_a_form_that_nobody_was_shown_keeps_nothing(web, table):
    workshop, _ = web.make(agenda=[SESSION])
    desk = web.organiser()
    for end in ("", "/save"):
        answer = desk.post(f"/desk/{workshop}/lists/one{end}", table=table, **COLUMNS)
        assert 400 <= answer.status_code < 500
    assert kept(web, workshop) is None


def test_only_sessions_in_groups_have_a_list(web):
    workshop, _ = web.make(agenda=[SESSION, PLENARY])
    desk = web.organiser()
    assert "/lists/" not in desk.get(f"/desk/{workshop}/agenda/all")
    for session in ("all", "nowhere"):
        assert desk.browser.get(f"/desk/{workshop}/lists/{session}").status_code == 404
        table = '[["name","group"],["Ana","A"]]'
        assert desk.post(f"/desk/{workshop}/lists/{session}/save", table=table, **COLUMNS).status_code == 404


def test_the_page_says_what_stands_between_the_list_and_the_groups(web):
    workshop, _ = web.make(agenda=[{**SESSION, "grouping": "random"}, TWO])
    desk = web.organiser()
    assert "aren’t made by hand" in desk.get(f"/desk/{workshop}/lists/one")
    page = desk.get(f"/desk/{workshop}/lists/two")
    assert "aren’t made by hand" not in page and "are made already" not in page
    three = bring(desk, workshop, b"name,group\nAna,A\nBo,B\nCy,C\n", "two").text
    assert "As many groups are made as the file has: 3. The agenda says 2." in three
    join(web, workshop, "Ana")
    web.ask(workshop, kind="MakeGroups", session="two")
    assert "are made already" in desk.get(f"/desk/{workshop}/lists/two")
    web.ask(workshop, kind="RevealGroups", session="two")
    assert "are out already" in desk.get(f"/desk/{workshop}/lists/two")


def test_a_workshop_that_has_ended_takes_no_list_but_forgets_one(web):
    workshop, _ = web.make(agenda=[SESSION])
    desk = web.organiser()
    page = bring(desk, workshop, b"name,group\nAna,A\n")
    save(desk, page, workshop)
    web.ask(workshop, kind="EndWorkshop")
    assert 'type="file"' not in desk.get(f"/desk/{workshop}/lists/one")
    assert save(desk, page, workshop).status_code == 409
    desk.post(f"/desk/{workshop}/lists/one/forget")
    assert kept(web, workshop) is None


def test_who_has_met_before_comes_from_several_sessions_of_one_file(web):
    workshop, _ = web.make(agenda=[SESSION])
    desk = web.organiser()
    assert f"/desk/{workshop}/lists/before" in desk.get(f"/desk/{workshop}")
    page = bring(desk, workshop, b"name,group: May,group: June\nAna,red,A\nBo,red,B\nCy,,A\n", "before")
    save(desk, page, workshop, "before")
    assert kept(web, workshop, "before") == {"May · red": ["Ana", "Bo"], "June · A": ["Ana", "Cy"], "June · B": ["Bo"]}
    assert kept(web, workshop) is None


def test_the_groups_go_out_as_a_file_that_can_come_back_here_and_elsewhere(web):
    workshop, _ = web.make(agenda=[SESSION, TWO, PLENARY], working_languages=["en", "fr"])
    desk = web.organiser()
    assert "groups.csv" not in desk.get(f"/desk/{workshop}/lists/one")
    names = ["=1+1", "@Ana", 'Bo; "B", Jr', "محمد"]
    for session, groups in (("one", "ABAB"), ("two", "ABBA")):
        table = json.dumps([["name", "group"], *map(list, zip(names, groups, strict=True))])
        desk.post(f"/desk/{workshop}/lists/{session}/save", table=table, **COLUMNS)
    join(web, workshop, *names, "Late")
    for session in ("one", "two"):
        web.ask(workshop, kind="MakeGroups", session=session)
    before = {session: seated(web, workshop, session) for session in ("one", "two")}
    assert before["one"] == {"A": sorted([names[0], names[2]]), "B": sorted([names[1], names[3]])}
    assert "groups.csv" in desk.get(f"/desk/{workshop}/lists/one")
    file = desk.browser.get(f"/desk/{workshop}/groups.csv")
    assert file.mimetype == "text/csv" and "Problems" not in file.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))
    assert rows[0] == ["name", "group: Problems", "group: Actions"]
    assert ["'=1+1", "A", "A"] in rows and ["Late", "", ""] in rows
    for session, groups in before.items():
        desk.post(f"/desk/{workshop}/lists/{session}/forget")
        save(desk, bring(desk, workshop, file.data, session), workshop, session)
        assert {label: sorted(names) for label, names in kept(web, workshop, session).items()} == groups
    other, _ = web.make(agenda=[SESSION])
    save(desk, bring(desk, other, file.data, "before"), other, "before")
    assert sorted(kept(web, other, "before")["Problems · A"]) == before["one"]["A"]
    assert len(kept(web, other, "before")) == 4


def test_sessions_that_are_called_the_same_are_told_apart_in_the_file(web):
    workshop, _ = web.make(agenda=[SESSION, {**TWO, "title": "Problems"}])
    desk = web.organiser()
    join(web, workshop, "Ana")
    for session in ("one", "two"):
        web.ask(workshop, kind="MakeGroups", session=session)
    head = desk.browser.get(f"/desk/{workshop}/groups.csv").data.decode("utf-8-sig").splitlines()[0]
    assert head == "name,group: one,group: two"


def test_lists_are_the_organisers(web):
    workshop, secrets = web.make(agenda=[SESSION])
    browser = web.browser()
    browser.post("/api/exchange", json={"secret": secrets["facilitator"]})
    for path in ("lists/one", "lists/before", "groups.csv"):
        assert browser.get(f"/desk/{workshop}/{path}").status_code == 403
    table = '[["name","group"],["Ana","A"]]'
    for one in (browser, web.organiser().browser):
        answer = one.post(f"/desk/{workshop}/lists/one/save", data={"table": table, **COLUMNS})
        assert answer.status_code == 403
    assert kept(web, workshop) is None


def test_the_pages_are_there_in_every_language(web):
    workshop, _ = web.make(agenda=[SESSION])
    desk = web.organiser()
    for known in catalogues.languages():
        for session in ("one", "before"):
            page = desk.get(f"/desk/{workshop}/lists/{session}?lang={known.code}")
            assert f'<html lang="{known.code}"' in page and "style=" not in page
