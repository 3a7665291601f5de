"""Who met whom in every format: in figures, as a picture that needs no colour, without names below the full level."""

import io
import json
import re
import zipfile

import pytest

from app.domain.summary import summary
from app.domain.lines import LEVELS
from app.exports import words
from app.exports.blocks import Facts, Heading, Matrix, Table
from app.exports.formats import FORMATS, render
from app.exports.matrix import matrix
from app.exports.meetings import OFTEN, who_met_whom
from tests.domain.room import PLAN, Room
from tests.exports.test_formats import Opened, cells


def revealed(people=6, sessions=("one", "two")):
    room = Room(plan={**PLAN, "expected": 60})
    for n in range(people):
        room.join(name=f"Somebody <{n}>")
    room.ask("DrawGroups")
    for session in sessions:
        room.ask("RevealGroups", session=session)
    return room


def written(report, format):
    """The file as text, whatever it is packed in."""
    content = render(report, format)[2]
    if format != "csv":
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


@pytest.mark.parametrize("format", FORMATS)
def test_below_the_full_level_nobody_is_told_by_name_or_id(format):
    room = revealed()
    for level in ("public", "team"):
        text = written(summary(room.state, level, "en"), format)
        assert "Somebody" not in text and not any(person.id in text for person in room.people)
    assert "Somebody" in written(summary(room.state, "full", "en"), format)


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_is_told_before_groups_are_revealed(level):
    report = summary(revealed(sessions=()).state, level, "en")
    assert report.meetings is None
    assert "Who met whom" not in written(report, "html") + written(report, "markdown")
    assert json.loads(written(report, "json"))["meetings"] is None
    assert "meetings" not in {name.removesuffix(".csv") for name, _ in cells(render(report, "csv")[2])}


def test_json_and_csv_have_the_figures_and_the_matrix():
    report = summary(revealed().state, "public", "en")
    counted = report.meetings
    value = json.loads(written(report, "json"))["meetings"]
    assert value.keys() == {"people", "pairs", "met", "times", "least", "matrix"}
    assert (value["people"], value["pairs"], value["met"]) == (6, 15, sum(value["times"][1:]))
    tables = dict(cells(render(report, "csv")[2]))
    assert tables["meetings.csv"][1:] == [[str(n), str(pairs)] for n, pairs in enumerate(counted.times)]
    matrix = [row[1:] for row in tables["who-met-whom.csv"][1:]]
    assert [[cell or "0" for cell in row] for row in matrix] == [[str(n) for n in row] for row in counted.matrix]
    assert [matrix[n][n] for n in range(6)] == [""] * 6


def test_very_many_people_have_figures_but_no_picture():
    report = summary(revealed(62).state, "full", "en")
    assert [type(block) for block in who_met_whom(report, words.words("en"))] == [Heading, Facts, Table]
    tables = {name for name, _ in cells(render(report, "csv")[2])}
    assert "meetings.csv" in tables and "who-met-whom.csv" not in tables
    assert report.meetings.names == []


def test_markdown_has_a_table_of_at_most_twenty_people():
    for people, rows in ((20, 20), (21, 0)):
        text = written(summary(revealed(people).state, "full", "en"), "markdown").partition("### Who met whom")[2]
        assert len(re.findall(r"^\| \d+ Somebody", text, re.M)) == rows


def test_the_picture_has_a_square_for_each_two_people_and_a_dot_for_each_time_they_met():
    report = summary(revealed(7).state, "team", "en")
    page = Opened(render(report, "html")[2])
    assert ("svg", "role", "img") in page.attributes
    figure = written(report, "html").partition('class="matrix"')[2].partition("</svg>")[0]
    drawn = re.findall(r' d="([^"]*)"', figure)
    squares = sum(path.count("z") for path in drawn)
    dots = sum(path.count("h.01") for path in drawn)
    assert squares == 7 * 6
    assert dots == 2 * sum(n * pairs for n, pairs in enumerate(report.meetings.times))
    label = next(value for tag, name, value in page.attributes if name == "aria-label" and "Never" in value)
    assert label.startswith(f"Who met whom. Never: {report.meetings.times[0]}. Once: {report.meetings.times[1]}.")


def test_the_picture_reads_from_the_right_where_words_do():
    room = revealed()
    firsts = {}
    for lang in ("en", "ar"):
        figure = written(summary(room.state, "full", lang), "html").partition('class="matrix"')[2]
        firsts[lang] = re.findall(r'<text x="([\d.]+)"[^>]*>(\d+)</text>', figure)
    columns = {lang: [float(x) for x, _ in found[::2]] for lang, found in firsts.items()}
    assert columns["en"] == sorted(columns["en"]) and columns["ar"] == sorted(columns["ar"], reverse=True)


@pytest.mark.parametrize("lang", ["fr", "es", "pt", "ru", "ar", "sw", "zh"])
def test_all_that_is_said_of_meetings_is_there_in_eight_languages(lang):
    report = summary(revealed().state, "full", lang)
    english = []

    def say(sentence, **facts):
        told = words.words(lang)(sentence, **facts)
        if told == sentence.format(**facts):
            english.append(sentence)
        return told

    blocks = who_met_whom(report, say)
    matrix(report.meetings, False, say)
    assert [type(block) for block in blocks] == [Heading, Facts, Table, Matrix]
    assert {*english, *(often for often in OFTEN if words.words(lang)(often) == often)} == set()
