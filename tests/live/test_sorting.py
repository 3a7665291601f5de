"""Two facilitators sort the same themes while people write, on the real server, in each mode."""

import json
import urllib.error
import urllib.request

import pytest

from app.phones.house import House

WORDS = {"water": "The water pump breaks often", "roads": "Roads flood in the rain"}


@pytest.fixture
def written(workshop):
    """Three groups with a card each on water and on roads, and the program's proposal."""
    here = workshop().drawn()
    here.cards = {}
    for name, text in WORDS.items():
        for board in ("one.A", "one.B", "one.C"):
            here.cards[name, board[-1]] = here.of(board)[0].must("AddCard", board=board, section="one/ideas", text=text)
    seq = here.console.must("FindThemes", session="one")["seq"]
    here.console.wait(lambda t: t.cursor >= seq)
    return here


def theme_of(console, card):
    return console.tables.get("members", card["id"])["theme"]


def history(here, theme, link, cookie):
    path = f"/api/workshops/{here.workshop}/themes/{theme}/history?as={link}"
    request = urllib.request.Request(here.address + path, headers={"Cookie": cookie, "X-Baraza": "1"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)["deeds"]


def test_two_facilitators_sort_at_once_and_see_the_same(written):
    first, second = written.console, written.link("facilitator")
    water, roads = (theme_of(first, written.cards[name, "A"]) for name in WORDS)
    first.must("RenameTheme", theme=water, title="Water")
    second.must("PlaceCards", cards=[written.cards["roads", "B"]["id"]], theme=water)
    first.must("DecideTheme", theme=water, state="confirmed")
    seq = second.must("PlaceCards", cards=[written.cards["roads", "B"]["id"]], theme=roads)["seq"]
    for console in (first, second):
        console.wait(lambda t: t.cursor >= seq)
        assert console.tables.get("themes", water)["why"] == "cards-changed"
        assert theme_of(console, written.cards["roads", "B"]) == roads
    assert written.compared() == []
    second.close()


def test_what_a_person_moved_is_not_moved_back_by_somebody_elses_undo(written):
    first, second = written.console, written.link("facilitator")
    water = theme_of(first, written.cards["water", "A"])
    card = written.cards["roads", "B"]["id"]
    moved = first.must("PlaceCards", cards=[card], theme=water)["seq"]
    second.must("PlaceCards", cards=[card], theme=None)
    answer = first.ask("Undo", event=moved)
    assert answer["error"]["code"] == "changed-since"
    assert written.compared() == []
    second.close()


def test_a_suggestion_is_told_to_who_asked_and_changes_nothing(written):
    before = written.console.tables.cursor
    told = written.console.must("SuggestMoves", session="one")["told"]
    assert set(told) == {"moves", "new"}
    merges = written.console.must("FindMerges", session="one")["told"]["pairs"]
    assert all(set(pair) == {"themes", "alike"} for pair in merges)
    assert written.phones[0].ask("SuggestMoves", session="one")["error"]["code"] == "not-allowed"
    assert written.console.tables.cursor == before
    assert written.compared() == []


def test_late_cards_wait_until_they_are_sorted_in_and_no_other_moves(written):
    here = written
    places = {m["id"]: m["theme"] for m in here.console.tables.all("members")}
    late = here.of("one.A")[0].must("AddCard", board="one.A", section="one/ideas", text="Our water pump breaks")
    assert late["id"] not in {m["id"] for m in here.console.tables.all("members")}
    seq = here.console.must("PlaceNewCards", session="one")["seq"]
    here.console.wait(lambda t: t.cursor >= seq)
    now = {m["id"]: m["theme"] for m in here.console.tables.all("members")}
    assert now == places | {late["id"]: places[here.cards["water", "A"]["id"]]}
    assert here.compared() == []


def test_the_history_of_a_theme_is_for_facilitators_and_names_who_did_what(written):
    here: House = written
    water = theme_of(here.console, here.cards["water", "A"])
    here.console.must("RenameTheme", theme=water, title="Water")
    link, cookie = here.cookie("facilitator")
    told = history(here, water, link, cookie)
    assert [(deed["kind"], deed["who"]) for deed in told] == [("ThemesProposed", link), ("ThemeRenamed", link)]
    assert told[1]["title"] == "Water"
    with pytest.raises(urllib.error.HTTPError, match="403"):
        history(here, water, *here.cookie("stage"))
    with pytest.raises(urllib.error.HTTPError, match="404"):
        history(here, "x" * 22, link, cookie)
