"""Themes that people said came up in several sessions stand in every format, and nothing that they didn't say."""

import io
import json
import zipfile

import pytest

from app.domain.summary import summary
from app.domain.lines import LEVELS
from app.exports.formats import FORMATS, render
from tests.domain.room import Room


@pytest.fixture
def room():
    """Two sessions with a confirmed theme each."""
    room = Room().drawn(6)
    room.themes = []
    for session in ("one", "two"):
        if session == "two":
            room.ask("RevealGroups", session="two")
            room.open("two/work")
        cards = [room.card(f"{session}.{label}", f"Water {session} {label}") for label in "ABC"]
        made = room.ask("NewTheme", session=session, cards=cards, title=f"Water in {session}")
        room.ask("DecideTheme", theme=made.event.theme, state="confirmed")
        room.themes.append(made.event.theme)
    return room


def test_what_nobody_said_is_in_no_file(room):
    for format in FORMATS:
        assert b"Across sessions" not in render(summary(room.state, "full", "en"), format)[2]


@pytest.mark.parametrize("level", LEVELS)
def test_what_people_said_is_in_every_file(room, level):
    first, second = room.themes
    room.ask("SaySame", a=first, b=second, same=True)
    report = summary(room.state, level, "en")
    assert report.across == [[first, second]]
    markdown = render(report, "markdown")[2].decode()
    part = markdown.partition("## Across sessions")[2].partition("\n## ")[0]
    assert "In 2 of 2 sessions" in part and "one: Water in one (A, B, C)" in part and "two: Water in two" in part
    assert "Across sessions" in render(report, "html")[2].decode()
    assert json.loads(render(report, "json")[2])["across_sessions"] == [[first, second]]
    with zipfile.ZipFile(io.BytesIO(render(report, "csv")[2])) as tables:
        assert "1,two,Water in two,common,A B C" in tables.read("across-sessions.csv").decode()


def test_a_theme_that_was_opened_again_is_not_printed_across_sessions(room):
    first, second = room.themes
    room.ask("SaySame", a=first, b=second, same=True)
    room.ask("DecideTheme", theme=second, state="proposed")
    assert summary(room.state, "full", "en").across == []
