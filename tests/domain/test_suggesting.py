"""What people did with themes binds the program: pins, cards told apart, cut threads. It tells what it would do."""

import json

import pytest

from app.domain.core import Refused
from app.domain.echoes import Echo, Tally
from app.domain.finding import FINENESSES, Comparison, FindThemes, new_cards
from app.domain.suggesting import AddNewCards, Near, PlaceNewCards, SuggestMoves
from app.domain.themes import Member, Theme
from app.domain.verdicts import Verdict
from app.thinking import themes as engine
from tests.domain.room import SERVER, Room


@pytest.fixture
def room():
    """Three groups with a card each on water, roads and schools."""
    room = Room().drawn(6)
    room.water = [room.card(f"one.{label}", "The water pump breaks often") for label in "ABC"]
    room.roads = [room.card(f"one.{label}", "Roads flood in the rain") for label in "ABC"]
    room.schools = [room.card(f"one.{label}", "Schools lack teachers") for label in "ABC"]
    return room


def theme_of(room, card):
    member = room.state.get(Member, card)
    return room.state.get(Theme, member.theme) if member else None


def made(room, *cards):
    return room.ask("NewTheme", session="one", cards=list(cards)).event.theme


def request(room, job, **do):
    return job(session="one", **do).request(room.state, None)


def test_the_slider_has_the_steps_of_the_engine():
    assert FINENESSES == engine.FINENESSES
    assert FINENESSES[FindThemes(session="one").finer] == engine.FINENESS


def test_finer_is_remembered_and_gives_no_fewer_themes(room):
    counts = []
    for finer in (0, 5):
        room.ask("FindThemes", session="one", finer=finer)
        sought = room.state.get(Comparison, "one")
        assert sought.finer == finer
        counts.append(sought.themes)
    assert counts[0] <= counts[1]
    assert request(room, SuggestMoves)["finer"] == FINENESSES[5]


def test_a_proposal_says_how_alike_its_cards_are_and_which_say_nearly_the_same(room):
    room.ask("FindThemes", session="one")
    assert all(theme.confidence > 0.5 for theme in room.state.all(Theme))
    stacks = {frozenset(stack) for stack in room.state.get(Comparison, "one").stacks}
    assert stacks == {frozenset(room.water), frozenset(room.roads), frozenset(room.schools)}


def test_a_card_that_was_taken_out_is_never_proposed_for_that_theme_again(room):
    room.ask("FindThemes", session="one")
    water = theme_of(room, room.water[0])
    room.ask("PlaceCards", cards=[room.water[0]], theme=None)
    assert [room.water[0], water.id] in request(room, SuggestMoves)["apart"]
    room.ask("FindThemes", session="one")
    assert theme_of(room, room.water[1]).id == water.id
    assert theme_of(room, room.water[0]) is None
    told = room.ask("SuggestMoves", session="one")
    assert all((move["card"], move["to"]) != (room.water[0], water.id) for move in told["moves"])
    room.ask("PlaceCards", cards=[room.water[0]], theme=water.id)
    assert not any(room.state.all(Verdict))
    assert room.folds()


def test_several_cards_go_into_a_theme_at_once_and_come_back_with_one_undo(room):
    theme, other = made(room, *room.water), made(room, *room.roads)
    change = room.ask("PlaceCards", cards=room.roads[:2] + room.schools[:1], theme=theme)
    assert len(list(room.state.where(Member, "theme", theme))) == 6
    room.ask("Undo", event=change.seq)
    assert {m.id for m in room.state.where(Member, "theme", other)} == set(room.roads)
    assert theme_of(room, room.schools[0]) is None
    assert not any(room.state.all(Verdict))
    assert room.folds()


def test_what_stands_in_a_theme_that_people_touched_is_left_alone_by_suggestions(room):
    kept = made(room, room.water[0], room.roads[0])
    room.ask("DecideTheme", theme=kept, state="confirmed")
    told = room.ask("SuggestMoves", session="one")
    assert not {room.water[0], room.roads[0]} & {move["card"] for move in told["moves"]}
    assert room.state.head == room.changes[-1].seq


def test_suggestions_are_done_as_far_as_nobody_was_quicker(room):
    theme = made(room, room.water[0])
    told = room.ask("SuggestMoves", session="one")
    moves = [{"card": move["card"], "to": move["to"]} for move in told["moves"]]
    assert {move["card"] for move in moves} >= set(room.water[1:])
    elsewhere = made(room, room.water[2])
    change = room.ask("TakeSuggestions", session="one", moves=moves, new=told["new"])
    assert theme_of(room, room.water[1]).id == theme
    assert theme_of(room, room.water[2]).id == elsewhere
    assert room.state.get(Member, room.water[1]).by == "person"
    for cluster in told["new"]:
        assert len({theme_of(room, card).id for card in cluster["cards"]}) == 1
        assert {room.state.get(Member, card).by for card in cluster["cards"]} == {"program"}
    room.ask("Undo", event=change.seq)
    assert theme_of(room, room.water[1]) is None
    assert room.folds()
    with pytest.raises(Refused, match="changed-since"):
        room.ask("TakeSuggestions", session="one", moves=[{"card": room.water[2], "to": theme}])


def test_a_late_card_goes_where_it_is_near_and_moves_no_other(room):
    room.ask("FindThemes", session="one")
    before = {m.id: (m.theme, m.seq) for m in room.state.all(Member)}
    assert new_cards(room.state, "one") == []
    near, far = room.card("one.A", "A water pump breaks"), room.card("one.B", "Zebras")
    assert set(new_cards(room.state, "one")) == {near, far}
    water = theme_of(room, room.water[0])
    room.ask("DecideTheme", theme=water.id, state="confirmed")
    room.ask("PlaceNewCards", session="one")
    assert theme_of(room, near).id == water.id
    assert (theme_of(room, near).state, theme_of(room, near).why) == ("proposed", "cards-changed")
    assert theme_of(room, far) is None
    assert new_cards(room.state, "one") == []
    assert {m.id: (m.theme, m.seq) for m in room.state.all(Member) if m.id != near} == before
    with pytest.raises(Refused, match="no-cards"):
        room.ask("PlaceNewCards", session="one")
    assert room.folds()


def test_a_card_written_while_the_program_compared_is_a_new_one(room):
    do = FindThemes(session="one")
    asked = do.request(room.state, None)
    during = room.card("one.A", "Nobody repairs the water pump")
    result = engine.propose(asked)
    room.do(do.command(asked, result), SERVER)
    assert new_cards(room.state, "one") == [during]


def test_a_late_card_that_a_person_was_quicker_with_stays_there(room):
    room.ask("FindThemes", session="one")
    late = room.card("one.A", "A water pump breaks")
    asked = request(room, PlaceNewCards)
    theme = made(room, late)
    placed = {late: Near(theme_of(room, room.water[0]).id, 0.9), "gone": Near("gone", 1.0)}
    room.do(AddNewCards(session="one", placed=placed, head=asked["head"]), SERVER)
    assert theme_of(room, late).id == theme


def test_a_theme_is_split_after_a_preview_and_put_together_by_one_undo(room):
    theme = made(room, *room.water, *room.roads)
    told = room.ask("ProposeSplit", theme=theme)
    parts = [list(part["cards"]) for part in told["parts"]]
    assert {frozenset(part) for part in parts} == {frozenset(room.water), frozenset(room.roads)}
    change = room.ask("SplitTheme", theme=theme, parts=parts[1:])
    assert {m.id for m in room.state.where(Member, "theme", theme)} == set(parts[0])
    assert len({theme_of(room, card).id for card in parts[1]}) == 1
    assert {room.state.get(Member, card).by for card in parts[1]} == {"person"}
    room.ask("Undo", event=change.seq)
    assert len(list(room.state.where(Member, "theme", theme))) == 6
    assert room.folds()


@pytest.mark.parametrize("parts", ["all", "twice", "foreign"])
def test_a_split_that_leaves_nothing_or_takes_what_is_not_there_is_refused(room, parts):
    theme = made(room, *room.water)
    cards = {"all": [room.water], "twice": [room.water[:1], room.water[:1]], "foreign": [room.roads[:1]]}[parts]
    with pytest.raises(Refused, match="changed-since" if parts == "foreign" else "no-cards"):
        room.ask("SplitTheme", theme=theme, parts=cards)


def test_merges_are_offered_until_somebody_says_that_the_two_are_not_the_same(room):
    first, second = made(room, room.water[0]), made(room, room.water[1])
    pair = {first, second}
    assert pair in [set(found["themes"]) for found in room.ask("FindMerges", session="one")["pairs"]]
    room.ask("SaySame", a=first, b=second, same=False)
    assert pair not in [set(found["themes"]) for found in room.ask("FindMerges", session="one")["pairs"]]
    room.ask("SaySame", a=second, b=first, same=None)
    assert pair in [set(found["themes"]) for found in room.ask("FindMerges", session="one")["pairs"]]


def echoed(room):
    """A card of group A, a card of group B, and two echoes from B to A, one of them without pointing."""
    room.ask("Present", session="one", board="one.A")
    first, second = room.of("one.B")[:2]
    room.ask("EchoCard", first, card=room.water[0], own_card=room.roads[1])
    room.ask("EchoCard", second, card=room.water[0])
    return room.water[0], room.roads[1]


def test_a_thread_that_is_cut_is_gone_and_ties_the_two_cards_no_more(room):
    card, own = echoed(room)
    assert room.state.get(Tally, card).echoes == 2
    assert request(room, FindThemes)["echoes"] == [[card, own]]
    change = room.ask("SaySame", a=own, b=card, same=False)
    assert room.state.get(Tally, card).echoes == 1
    asked = request(room, FindThemes)
    assert (asked["echoes"], [sorted(pair) for pair in asked["cannot"]]) == ([], [sorted((card, own))])
    room.ask("Undo", event=change.seq)
    assert len([echo for echo in room.state.all(Echo) if echo.own_card]) == 1
    assert room.folds()


def test_everybody_knows_how_many_threads_there_are_each_pair_of_cards_counted_once(room):
    card, own = echoed(room)
    third = room.of("one.C")[0]
    room.ask("EchoCard", third, card=card, own_card=room.water[2])
    room.ask("Present", session="one", board="one.B")
    room.ask("EchoCard", room.of("one.A")[0], card=own, own_card=card)
    tallies = {tally.id: (tally.audience, tally.threads) for tally in room.state.all(Tally)}
    assert sum(threads for _, threads in tallies.values()) == 2
    assert {audience for audience, _ in tallies.values()} == {"all"}
    room.ask("SaySame", a=card, b=own, same=False)
    assert sum(tally.threads for tally in room.state.all(Tally)) == 1
    assert room.folds()


def test_a_thread_that_a_facilitator_confirmed_keeps_the_two_cards_together(room):
    card, own = echoed(room)
    room.ask("SaySame", a=card, b=own, same=True)
    assert [sorted(pair) for pair in request(room, FindThemes)["must"]] == [sorted((card, own))]
    room.ask("FindThemes", session="one")
    assert theme_of(room, card).id == theme_of(room, own).id


def test_only_facilitators_see_what_was_said_of_two_things(room):
    room.ask("SaySame", a=room.water[0], b=room.roads[0], same=False)
    assert {row.audience for row in room.state.all(Verdict)} == {"lead"}


@pytest.mark.parametrize(
    ("a", "b", "same", "code"),
    [
        ("card", "card", True, "other-session"),
        ("card", "theme", True, "not-found"),
        ("card", "x" * 22, True, "not-found"),
    ],
)
def test_what_cannot_be_the_same_is_refused(room, a, b, same, code):
    ids = {"card": room.water[0], "theme": made(room, room.water[1])}
    with pytest.raises(Refused, match=code):
        room.ask("SaySame", a=ids.get(a, a), b=ids.get(b, b), same=same)


def test_a_card_of_a_theme_that_was_confirmed_meanwhile_stays_where_it_is(room):
    room.ask("FindThemes", session="one")
    water, roads = theme_of(room, room.water[0]), theme_of(room, room.roads[0])
    room.ask("DecideTheme", theme=water.id, state="confirmed")
    for moves in ([{"card": room.water[0], "to": roads.id}], [{"card": room.roads[0], "to": "x" * 22}]):
        with pytest.raises(Refused, match="changed-since"):
            room.ask("TakeSuggestions", session="one", moves=moves)
    room.ask("DecideTheme", theme=water.id, state="dropped")
    with pytest.raises(Refused, match="changed-since"):
        room.ask("TakeSuggestions", session="one", moves=[{"card": room.roads[0], "to": water.id}])


def test_taking_a_card_out_of_a_dropped_theme_leaves_it_dropped_and_putting_one_in_opens_it(room):
    theme, other = made(room, *room.water), made(room, *room.roads)
    room.ask("DecideTheme", theme=theme, state="dropped")
    room.ask("PlaceCards", cards=[room.water[0]], theme=other)
    assert room.state.get(Theme, theme).state == "dropped"
    room.ask("PlaceCards", cards=[room.schools[0]], theme=theme)
    assert room.state.get(Theme, theme).state == "proposed"
    assert room.folds()


def test_a_suggestion_that_says_only_its_cards_folds_as_it_was(room):
    new = [{"cards": dict.fromkeys(room.water, 0.5), "title_card": "nowhere"}]
    room.ask("TakeSuggestions", session="one", new=new)
    theme = theme_of(room, room.water[0])
    assert (theme.title_card in room.water, theme.strength) == (True, "probable")
    assert room.folds()


def test_a_proposal_that_came_as_json_folds_as_it_was(room):
    do = FindThemes(session="one")
    asked = do.request(room.state, None)
    result = engine.propose(asked)
    for theme in result["themes"]:
        theme["strength"] = "probable"
    room.do(do.command(asked, json.loads(json.dumps(result))), SERVER)
    assert {theme.strength for theme in room.state.all(Theme)} == {"probable"}
    assert room.folds()
