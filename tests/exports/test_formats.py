"""Each format on an empty, an ordinary and a hostile workshop, opened again with something else."""

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser

import pytest
from markdown import Markdown

from app.domain.cards import Card
from app.domain.summary import summary
from app.domain.lines import LEVELS, as_json, read
from app.exports import report, words
from app.exports.formats import FORMATS, render
from app.exports.passages import rendered
from tests.domain.room import PLAN, Room

HOSTILE = [
    '<script>alert(1)</script><img src="https://evil.example/x.png" onerror=alert(1)>',
    '=HYPERLINK("https://evil.example","x")',
    "\u00a0 +1+1",
    "first line\n=cmd|' /C calc'!A0",
    "![x](https://evil.example/x.png) [y](javascript:alert(1)) | a | b |\n|---|---|",
    "# heading\n- item\n1. one `code` **bold** _em_ <b>",
    "[" * 900,
    "\u202eright to left \u0000 null",
    "مرحبا بالعالم",
    "@SUM(A1)",
]


def empty():
    return Room(plan={"title": "Nothing yet"})


def ordinary(texts=("The pump breaks", "Roads flood", "Pumps break often"), **plan):
    room = Room(plan={**PLAN, "objectives": ["To listen"], "place": "Kisumu", **plan}).drawn(6)
    for n, text in enumerate(texts):
        room.card(f"one.{'ABC'[n % 3]}", text)
    cards = [c.id for c in room.state.all(Card)]
    theme = room.ask("NewTheme", session="one", cards=cards[:3], title=texts[0].strip()[:200] or "t").event.theme
    room.ask("DecideTheme", theme=theme, state="confirmed")
    room.ask("NewTheme", session="one", cards=[room.card("one.A", "Never confirmed")])
    room.ask("WriteProposal", statement=texts[0], rationale=[texts[1]], to=["funders"], themes=[theme])
    return room


def hostile():
    return ordinary(HOSTILE, title=HOSTILE[0], place=HOSTILE[1])


ROOMS = {"empty": empty, "ordinary": ordinary, "hostile": hostile}


@pytest.fixture(scope="module", params=ROOMS)
def room(request):
    return ROOMS[request.param]()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("lang", ["en", "fr", "ar", "zh", "de"])
@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_written_at_every_level_in_every_language(room, format, level, lang):
    name, mimetype, content = render(summary(room.state, level, lang), format)
    assert name == f"workshop-{level}-{lang}.{FORMATS[format].ending}"
    assert content and mimetype


class Opened(HTMLParser):
    """What a browser would find in the file."""

    def __init__(self, content):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text = [], [], []
        self.feed(content.decode())

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attributes]

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize("level", LEVELS)
def test_a_page_runs_nothing_and_fetches_nothing(room, level):
    page = Opened(render(summary(room.state, level, "en"), "html")[2])
    assert not {"script", "img", "iframe", "link", "object", "form"} & set(page.tags)
    for tag, name, value in page.attributes:
        assert not name.startswith("on")
        if name in ("src", "href"):
            assert value.startswith("#"), (tag, name, value)


def test_a_page_says_what_people_wrote_to_the_letter():
    page = "".join(Opened(render(summary(hostile().state, "team", "en"), "html")[2]).text)
    for text in HOSTILE:
        said = text.translate({0: None, 0x202E: None}).strip()
        assert said in page, text


def test_a_page_in_arabic_reads_from_the_right():
    page = Opened(render(summary(ordinary().state, "public", "ar"), "html")[2])
    assert ("html", "dir", "rtl") in page.attributes
    assert "ملخّص" in "".join(page.text)


def test_markdown_means_no_more_than_the_program_meant():
    text = render(summary(hostile().state, "team", "en"), "markdown")[2].decode()
    html = Markdown(extensions=["tables"]).convert(text)
    assert not re.search(r"<(script|img|a|b)\b", html)
    assert html.count("<h1>") == 1


def cells(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            rows = list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
            yield name, rows


@pytest.mark.parametrize("level", LEVELS)
def test_no_cell_begins_like_a_formula(room, level):
    for name, rows in cells(render(summary(room.state, level, "en"), "csv")[2]):
        assert len({len(row) for row in rows}) == 1, name
        for cell in (cell for row in rows for cell in row):
            for line in re.split(r"[\r\n]", cell):
                assert not re.match(r"[\s\u00a0\ufeff]*[=+\-@|%]", line), (name, cell)


def test_json_has_every_card_and_no_other():
    room = ordinary()
    value = json.loads(render(summary(room.state, "full", "en"), "json")[2])
    session = next(s for s in value["sessions"] if s["id"] == "one")
    on = {c.id: c for c in room.state.all(Card)}
    assert {c["id"]: (c["text"], c["group"], c["section"]) for c in session["cards"]} == {
        c.id: (c.text, c.board[-1], c.section.partition("/")[2]) for c in on.values()
    }
    assert value["people"] == 6
    assert sorted(len(people) for people in session["groups"].values()) == [2, 2, 2]
    assert [theme["lane"] for theme in session["themes"]] == ["common"]
    assert value["proposals"][0]["themes"] == [session["themes"][0]["id"]]


def test_what_was_withdrawn_parked_or_not_confirmed_is_not_printed():
    room = ordinary()
    card = room.card("one.B", "A secret thought")
    room.ask("TakeCard", card=card)
    for level in LEVELS:
        made = summary(room.state, level, "en")
        assert "A secret thought" not in json.dumps(json.loads(render(made, "json")[2]))
        assert [t.title for s in made.sessions for t in s.themes] == ["The pump breaks"]
        assert sum(s.unconfirmed for s in made.sessions) == 1


def test_below_the_full_level_nobody_is_named_and_few_people_are_not_counted():
    room = Room(plan=PLAN)
    for n in range(6):
        room.join("north" if n < 4 else "south", name=f"Called {n}")
    room.ask("DrawGroups")
    room.ask("RevealGroups", session="one")
    room.open("one/work")
    room.card("one.A", who=room.of("one.A")[0])
    for level in ("public", "team"):
        for format in FORMATS:
            content = render(summary(room.state, level, "en"), format)[2]
            texts = [str(list(cells(content)))] if format == "csv" else [content.decode()]
            for text in texts:
                assert "Called" not in text
                assert not any(person.id in text for person in room.people)
        counts = {a.title: a.people for a in summary(room.state, level, "en").answers["region"]}
        assert counts == {"north": 4, "south": None}
    room.ask("MakeGroups", session="regions")
    room.ask("RevealGroups", session="regions")
    sizes = {level: [g.size for g in summary(room.state, level, "en").sessions[3].groups] for level in LEVELS}
    assert sizes == {"public": [4, None], "team": [4, None], "full": [4, 2]}
    full = summary(room.state, "full", "en")
    assert {a.title: a.people for a in full.answers["region"]} == {"north": 4, "south": 2}
    assert "Called 0" in render(full, "json")[2].decode()


def test_cards_are_not_in_the_public_report():
    room = ordinary()
    for format in ("markdown", "html", "json"):
        assert "Roads flood" in render(summary(room.state, "team", "en"), format)[2].decode()
        public = render(summary(room.state, "public", "en"), format)[2].decode()
        assert "Pumps break often" not in public


def test_a_passage_stands_in_the_place_of_what_the_program_wrote_in_its_language_only():
    room = ordinary()
    room.ask("WritePassage", key="summary", lang="en", text="We **met** and <b>said</b>", of="x")
    english = render(summary(room.state, "team", "en"), "html")[2].decode()
    assert "<strong>met</strong>" in english
    assert "We <strong>met</strong>" not in render(summary(room.state, "team", "fr"), "html")[2].decode()


@pytest.mark.parametrize(
    "text", HOSTILE + ["[a](https://ok.example)", "<details open ontoggle=alert(1)>", "&lt;script&gt;"]
)
def test_a_passage_runs_nothing_and_fetches_nothing(text):
    page = Opened(rendered(text).encode())
    assert not {"script", "img", "iframe", "details"} & set(page.tags)
    for tag, name, value in page.attributes:
        assert (tag, name) in {("a", "href"), ("a", "rel"), ("th", "scope")}
        assert name != "href" or value.startswith(("http://", "https://", "mailto:"))


def test_the_report_travels_to_the_worker_unchanged():
    made = summary(hostile().state, "full", "en")
    assert read(as_json(made)) == made


def test_every_heading_of_a_report_is_there_in_eight_languages():
    room = ordinary()
    for lang in ("fr", "es", "pt", "ru", "ar", "sw", "zh"):
        assert words.has(lang)
        titles = [part.title for part in report.parts(summary(room.state, "full", lang))]
        english = [part.title for part in report.parts(summary(room.state, "full", "en"))]
        same = {"Introduction"} if lang == "fr" else set()
        assert {t for t, e in zip(titles, english, strict=True) if t == e} <= same | {"one", "hello", "two", "regions"}
    assert not words.has("de")
    assert "English" in render(summary(room.state, "public", "de"), "markdown")[2].decode()
