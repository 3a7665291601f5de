"""Themes that came up in several sessions: offered by the program, said by people."""

import pytest

from app.domain.across import across
from app.domain.core import Refused
from tests.domain.room import Room

WATER, ROADS = "The water pump breaks often", "Roads flood in the rain"


@pytest.fixture
def room():
    """Two sessions with confirmed themes on water and on roads each."""
    room = Room().drawn(6)
    room.themes = {}
    for session in ("one", "two"):
        if session == "two":
            room.ask("RevealGroups", session="two")
            room.open("two/work")
        for text in (WATER, ROADS):
            cards = [room.card(f"{session}.{label}", f"{text} {label}") for label in "ABC"]
            theme = room.ask("NewTheme", session=session, cards=cards).event.theme
            room.ask("DecideTheme", theme=theme, state="confirmed")
            room.themes[session, text] = theme
    return room


def test_themes_of_different_sessions_are_offered_as_the_same_until_somebody_has_decided(room):
    told = room.ask("FindAcross")["pairs"]
    water = {room.themes["one", WATER], room.themes["two", WATER]}
    roads = {room.themes["one", ROADS], room.themes["two", ROADS]}
    assert [set(pair["themes"]) for pair in told[:2]] in ([water, roads], [roads, water])
    same_session = {room.themes["one", WATER], room.themes["one", ROADS]}
    assert same_session not in [set(pair["themes"]) for pair in told]
    room.ask("SaySame", a=room.themes["one", WATER], b=room.themes["two", WATER], same=True)
    room.ask("SaySame", a=room.themes["one", ROADS], b=room.themes["two", ROADS], same=False)
    offered = [set(pair["themes"]) for pair in room.ask("FindAcross")["pairs"]]
    assert water not in offered and roads not in offered


def test_what_people_said_is_the_same_came_up_across_sessions_as_long_as_it_is_confirmed(room):
    assert across(room.state) == []
    said = room.ask("SaySame", a=room.themes["two", WATER], b=room.themes["one", WATER], same=True)
    (chain,) = across(room.state)
    assert [theme.id for theme in chain] == [room.themes["one", WATER], room.themes["two", WATER]]
    room.ask("DecideTheme", theme=room.themes["one", WATER], state="proposed")
    assert across(room.state) == []
    room.ask("DecideTheme", theme=room.themes["one", WATER], state="confirmed")
    assert len(across(room.state)) == 1
    room.ask("Undo", event=said.seq)
    assert across(room.state) == []
    assert room.folds()


def test_themes_of_one_session_are_merged_not_tied(room):
    with pytest.raises(Refused, match="merge-instead"):
        room.ask("SaySame", a=room.themes["one", WATER], b=room.themes["one", ROADS], same=True)


def test_with_one_session_there_is_nothing_to_compare():
    room = Room().drawn(6)
    theme = room.ask("NewTheme", session="one", cards=[room.card("one.A")]).event.theme
    room.ask("DecideTheme", theme=theme, state="confirmed")
    with pytest.raises(Refused, match="no-themes"):
        room.ask("FindAcross")
