"""The workshop's own words at the desk: brought, shown, taken home, taken out."""

import io

import pytest

from app.domain.glossary import as_csv


def kept(web, workshop):
    """The words that are kept, as a file."""
    return web.baraza.workshops.read(workshop, as_csv)


def bring(desk, workshop, text):
    """Send a file with this text."""
    return desk.post(f"/desk/{workshop}/glossary", file=(io.BytesIO(text.encode()), "words.csv"))


def test_words_are_brought_shown_taken_home_and_taken_out(web):
    workshop, _ = web.make()
    desk = web.organiser()
    assert bring(desk, workshop, "en;fr;sw\nborehole | well;forage;kisima\nward;;kata\n").status_code == 200
    page = desk.get(f"/desk/{workshop}/glossary")
    assert "borehole / well" in page and "kisima" in page
    file = desk.get(f"/desk/{workshop}/glossary.csv")
    assert file.splitlines() == ["en,fr,sw", "borehole|well,forage,kisima", "ward,,kata"]
    other, _ = web.make()
    assert bring(desk, other, file).status_code == 200
    assert kept(web, other) == file
    concept = page.partition("/drop")[0].rpartition("/")[2]
    desk.post(f"/desk/{workshop}/glossary/{concept}/drop")
    assert kept(web, workshop).splitlines() == ["en,sw", "ward,kata"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("word,other\na,b\n", "first line"),
        ("en,fr\nalone,\n", "Line 2"),
        ("en,fr\n=HYPERLINK(1),x\n", "begin with a letter"),
        (f"en,fr\n{'long ' * 20},x\n", "60"),
        ("", "nothing in this file"),
    ],
)
def test_a_file_that_is_no_glossary_is_refused_with_a_sentence_and_nothing_is_kept(web, text, words):
    workshop, _ = web.make()
    answer = bring(web.organiser(), workshop, text)
    assert answer.status_code == 422
    assert words in answer.text
    assert kept(web, workshop) == ""


def test_only_organisers_come_to_this_page(web):
    workshop, _ = web.make()
    assert web.browser().get(f"/desk/{workshop}/glossary").status_code == 403
    assert web.browser().get(f"/desk/{workshop}/glossary.csv").status_code == 403
