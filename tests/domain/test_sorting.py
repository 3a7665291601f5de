"""Themes: proposed, placed, merged, confirmed, shown; only what people confirmed counts."""

import pytest

from app.domain.cards import Card
from app.domain.core import Refused
from app.domain.finding import Cluster, ProposeThemes
from app.domain.themes import Member, Theme
from tests.domain.room import SERVER, Room


def theme(room, id):
    return room.state.get(Theme, id)


def made(room, *cards, **kwargs):
    return room.ask("NewTheme", session="one", cards=list(cards), **kwargs).event.theme


@pytest.fixture
def room():
    """Three groups with two cards each: water and roads."""
    room = Room().drawn(6)
    room.water = [room.card(f"one.{label}", "The water pump breaks often") for label in "ABC"]
    room.roads = [room.card(f"one.{label}", "Roads flood in the rain") for label in "ABC"]
    return room


def test_the_lane_follows_from_the_groups_that_wrote(room):
    id = made(room, *room.water)
    assert (theme(room, id).lane, theme(room, id).groups) == ("common", ("one.A", "one.B", "one.C"))
    room.ask("PlaceCards", cards=[room.water[0]], theme=None)
    assert theme(room, id).lane == "shared"
    room.ask("PlaceCards", cards=[room.water[1]], theme=None)
    assert theme(room, id).lane == "unique"


def test_a_group_that_wrote_nothing_does_not_keep_a_theme_from_being_common():
    room = Room().drawn(6)
    id = made(room, room.card("one.A"), room.card("one.B"))
    assert theme(room, id).lane == "common"
    late = room.card("one.C")
    assert theme(room, id).lane == "shared"
    room.ask("TakeCard", card=late)
    assert theme(room, id).lane == "common"


def test_one_group_alone_is_never_common():
    room = Room().drawn(6)
    assert theme(room, made(room, room.card("one.A"), room.card("one.A"))).lane == "unique"


def test_the_program_proposes_and_a_proposal_is_not_confirmed(room):
    room.ask("FindThemes", session="one")
    found = list(room.state.all(Theme))
    assert {t.state for t in found} == {"proposed"}
    assert {t.lane for t in found} == {"common"}
    assert {t.audience for t in found} == {"lead"}
    assert all(m.by == "program" for m in room.state.all(Member))


def test_finding_again_leaves_alone_what_people_have_touched(room):
    room.ask("FindThemes", session="one")
    first, second = sorted(t.id for t in room.state.all(Theme))
    room.ask("DecideTheme", theme=first, state="confirmed")
    members = {m.id for m in room.state.where(Member, "theme", first)}
    room.ask("FindThemes", session="one")
    assert theme(room, first).state == "confirmed"
    assert {m.id for m in room.state.where(Member, "theme", first)} == members
    assert theme(room, second) is None
    assert len(list(room.state.all(Theme))) == 2


def test_a_change_of_its_cards_sets_a_confirmed_theme_back_and_a_new_title_does_not(room):
    id = made(room, *room.water)
    room.ask("DecideTheme", theme=id, state="confirmed")
    room.ask("RenameTheme", theme=id, title="Water")
    assert theme(room, id).state == "confirmed"
    for change in (
        lambda: room.ask("PlaceCards", cards=[room.roads[0]], theme=id),
        lambda: room.ask("TakeCard", card=room.water[0]),
        lambda: room.ask("RestoreCard", card=room.water[0]),
        lambda: room.ask("MergeThemes", theme=made(room, room.roads[1]), into=id),
    ):
        room.ask("DecideTheme", theme=id, state="confirmed")
        change()
        assert (theme(room, id).state, theme(room, id).why) == ("proposed", "cards-changed")


def test_undoing_such_a_change_brings_the_confirmation_back(room):
    id = made(room, *room.water)
    room.ask("DecideTheme", theme=id, state="confirmed")
    change = room.ask("PlaceCards", cards=[room.water[0]], theme=None)
    room.ask("Undo", event=change.seq)
    assert theme(room, id).state == "confirmed"
    assert theme(room, id).lane == "common"
    assert room.folds()


def test_merging_empties_one_theme_and_splitting_makes_another(room):
    water, roads = made(room, *room.water), made(room, *room.roads)
    room.ask("MergeThemes", theme=roads, into=water)
    assert theme(room, roads) is None
    assert len(list(room.state.where(Member, "theme", water))) == 6
    split = made(room, *room.roads)
    assert {m.id for m in room.state.where(Member, "theme", split)} == set(room.roads)
    assert {m.id for m in room.state.where(Member, "theme", water)} == set(room.water)


def test_a_theme_without_cards_is_gone(room):
    id = made(room, room.water[0])
    room.ask("PlaceCards", cards=[room.water[0]], theme=made(room, room.roads[0]))
    assert theme(room, id) is None


def test_the_title_is_the_card_until_somebody_edits_it_and_another_card_when_it_leaves(room):
    id = made(room, *room.water)
    assert (theme(room, id).title, theme(room, id).title_card) == (None, room.water[0])
    room.ask("PlaceCards", cards=[room.water[0]], theme=None)
    assert theme(room, id).title_card in room.water[1:]


def test_a_lane_can_be_overruled_and_given_back(room):
    id = made(room, room.water[0])
    room.ask("OverruleLane", theme=id, lane="common")
    assert (theme(room, id).lane, theme(room, id).overruled_by) == ("common", "lead")
    room.ask("PlaceCards", cards=[room.roads[0]], theme=id)
    assert theme(room, id).lane == "common"
    room.ask("OverruleLane", theme=id, lane=None)
    assert (theme(room, id).lane, theme(room, id).overruled_by) == ("unique", "")


def test_showing_themes_shows_the_cards_that_they_hold_and_no_others(room):
    made(room, room.water[0])
    room.ask("ShowThemes", session="one")
    assert {c.id for c in room.state.all(Card) if c.audience == "all"} == {room.water[0]}
    late = made(room, room.roads[0])
    assert theme(room, late).audience == "all"
    assert room.state.get(Card, room.roads[0]).audience == "all"


@pytest.mark.parametrize(
    ("kind", "do", "code"),
    [
        ("FindThemes", {"session": "two"}, "no-cards"),
        ("ShowThemes", {"session": "two"}, "no-themes"),
        ("MergeThemes", {"theme": "A", "into": "A"}, "other-session"),
        ("RenameTheme", {"theme": "A", "title": "  "}, "empty"),
        ("DecideTheme", {"theme": "A", "state": "perhaps"}, "not-found"),
        ("PlaceCards", {"cards": ["x" * 22], "theme": None}, "not-found"),
    ],
)
def test_what_makes_no_sense_is_refused(room, kind, do, code):
    id = made(room, room.water[0])
    do = {key: id if value == "A" else value for key, value in do.items()}
    with pytest.raises(Refused) as caught:
        room.ask(kind, **do)
    assert caught.value.code == code


def test_cards_of_another_session_belong_to_no_theme_of_this_one(room):
    room.ask("RevealGroups", session="two")
    room.open("two/work")
    other = room.card("two.A")
    with pytest.raises(Refused, match="other-session"):
        made(room, other)
    with pytest.raises(Refused, match="other-session"):
        room.ask("PlaceCards", cards=[other], theme=made(room, room.water[0]))


def test_a_theme_in_which_no_card_fits_well_still_has_the_group_of_its_best_card(room):
    cards = {room.water[0]: -0.2, room.water[1]: -0.1, room.roads[2]: -0.3}
    cluster = Cluster(cards=cards, title_card=room.water[0])
    room.do(ProposeThemes(session="one", clusters=[cluster]), SERVER)
    found = next(room.state.all(Theme))
    assert (found.groups, found.lane) == (("one.B",), "unique")


def test_a_withdrawn_card_is_no_themes_title_and_is_shown_to_nobody_by_it(room):
    id = made(room, *room.water)
    room.ask("TakeCard", card=room.water[0])
    assert theme(room, id).title_card in room.water[1:]
    room.ask("ShowThemes", session="one")
    room.ask("MergeThemes", theme=made(room, room.roads[0]), into=id)
    taken, member = room.state.get(Card, room.water[0]), room.state.get(Member, room.water[0])
    assert (taken.audience, member.audience) == ("board:one.A", "lead")
    room.ask("RestoreCard", card=room.water[0])
    taken, member = room.state.get(Card, room.water[0]), room.state.get(Member, room.water[0])
    assert (taken.audience, member.audience) == ("all", "all")
    assert room.folds()


def test_undoing_a_withdrawal_after_the_themes_were_shown_shows_the_card_too(room):
    made(room, *room.water)
    taken = room.ask("TakeCard", card=room.water[0])
    room.ask("ShowThemes", session="one")
    with pytest.raises(Refused, match="changed-since"):
        room.ask("Undo", event=taken.seq)
    alone = room.ask("TakeCard", card=room.roads[0])
    room.ask("PlaceCards", cards=[room.roads[1]], theme=made(room, room.roads[2]))
    room.ask("Undo", event=alone.seq)
    assert room.state.get(Card, room.roads[0]).audience == "board:one.A"


@pytest.mark.parametrize("decided", ["dropped", "confirmed and changed"])
def test_finding_again_leaves_alone_what_was_decided_on(room, decided):
    room.ask("FindThemes", session="one")
    id = next(t.id for t in room.state.all(Theme) if theme(room, t.id).title_card in room.water)
    if decided == "dropped":
        room.ask("DecideTheme", theme=id, state="dropped")
    else:
        room.ask("DecideTheme", theme=id, state="confirmed")
        room.ask("TakeCard", card=room.water[0])
    room.ask("FindThemes", session="one")
    assert theme(room, id) is not None
    assert sum(t.title_card in room.water for t in room.state.all(Theme)) == 1


def test_a_new_theme_has_a_title_or_none(room):
    with pytest.raises(Refused, match="empty"):
        made(room, room.water[0], title="  ")
