"""Cards: given a board, when somebody asks, then an event or a refusal."""

import random

import pytest

from app.domain.cards import Author, Card, Seal
from app.domain.core import GRACE_MS, Refused, retreat
from app.domain.people import Named
from tests.domain.room import LEAD, PLAN, Room


def refused(room, code, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        room.ask(*args, **kwargs)
    assert caught.value.code == code
    return caught.value


def card(room, id):
    return room.state.get(Card, id)


def test_the_fourth_of_three_problems_is_refused_and_says_the_limit():
    room = Room().drawn()
    for text in ("one", "two", "three"):
        room.card(text=text, section="problems")
    who = room.of("one.A")[0]
    error = refused(room, "section-full", "AddCard", who, board="one.A", section="one/problems", text="four")
    assert error.facts == {"section": "one/problems", "limit": 3, "per": "group"}
    assert room.card("one.B", "other group's first", "problems")


def test_restoring_and_moving_into_a_full_section_is_refused_like_adding():
    room = Room().drawn()
    first = room.card(section="problems")
    who = room.of("one.A")[0]
    room.ask("TakeCard", who, card=first)
    for text in ("one", "two", "three"):
        room.card(text=text, section="problems")
    refused(room, "section-full", "RestoreCard", who, card=first)
    elsewhere = room.card(section="ideas")
    refused(room, "section-full", "MoveCard", who, card=elsewhere, section="one/problems")
    refused(room, "section-full", "MoveCard", LEAD, card=elsewhere, section="one/problems")


def test_a_limit_per_person_counts_each_person_by_their_seal():
    room = Room().drawn()
    first, second = room.of("one.A")[:2]
    room.card(section="own", who=first)
    refused(room, "section-full", "AddCard", first, board="one.A", section="one/own", text="again")
    assert room.card(section="own", who=second)


def test_only_who_wrote_a_card_may_change_or_withdraw_it_but_the_group_may_move_it():
    room = Room().drawn()
    writer, other = room.of("one.A")[:2]
    id = room.card(who=writer)
    seen = card(room, id).text_seq
    refused(room, "not-yours", "EditCard", other, card=id, text="mine now", seen=seen)
    refused(room, "not-yours", "TakeCard", other, card=id)
    room.ask("MoveCard", other, card=id, section="one/problems")
    room.ask("EditCard", writer, card=id, text="The pump broke again", seen=seen)
    room.ask("EditCard", LEAD, card=id, text="The pump breaks often", seen=card(room, id).text_seq)
    assert card(room, id).text == "The pump breaks often"


def test_changing_a_card_that_somebody_else_changed_meanwhile_is_refused_with_the_newer_words():
    room = Room().drawn()
    writer = room.of("one.A")[0]
    id = room.card(who=writer)
    seen = card(room, id).text_seq
    room.ask("EditCard", LEAD, card=id, text="newer", seen=seen)
    assert refused(room, "card-changed", "EditCard", writer, card=id, text="older", seen=seen).facts == {
        "text": "newer"
    }


def test_moving_a_card_is_no_change_of_its_words():
    room = Room().drawn()
    writer = room.of("one.A")[0]
    id = room.card(who=writer)
    seen = card(room, id).text_seq
    room.ask("MoveCard", writer, card=id, section="one/problems")
    assert room.ask("EditCard", writer, card=id, text="newer", seen=seen)


def test_nobody_writes_on_another_groups_board():
    room = Room().drawn()
    stranger = room.of("one.B")[0]
    refused(room, "not-your-board", "AddCard", stranger, board="one.A", section="one/ideas", text="hello")
    id = room.card("one.A")
    refused(room, "not-your-board", "MoveCard", stranger, card=id, section="one/ideas")


def test_a_late_card_is_taken_for_five_minutes_after_the_work_and_then_no_more():
    room = Room().drawn()
    room.open("one/report-back")
    room.at += GRACE_MS - 2000
    assert room.card()
    room.at += 2000
    who = room.of("one.A")[0]
    refused(room, "board-closed", "AddCard", who, board="one.A", section="one/ideas", text="too late")
    assert room.card(who=LEAD)


def test_who_was_moved_may_finish_a_card_on_the_old_board_for_five_minutes():
    room = Room().drawn()
    who = room.of("one.A")[0]
    room.ask("SeatPeople", session="one", seats={who.id: "one.B"})
    assert room.card("one.A", who=who)
    room.at += GRACE_MS
    refused(room, "not-your-board", "AddCard", who, board="one.A", section="one/ideas", text="too late")
    assert room.card("one.B", who=who)


def test_reordering_changes_the_one_card_that_moved():
    room = Room().drawn()
    who = room.of("one.A")[0]
    ids = [room.card(text=text) for text in "abcd"]
    change = room.ask("MoveCard", who, card=ids[3], section="one/ideas", after=ids[0])
    assert [new.id for _, new in change.rows] == [ids[3]]
    order = sorted(ids, key=lambda id: card(room, id).pos)
    assert order == [ids[0], ids[3], ids[1], ids[2]]


def lying(room, section):
    """The cards that lie in a section of group A, in order."""
    on = [c for c in room.state.all(Card) if (c.board, c.section, c.state) == ("one.A", section, "on")]
    return [c.id for c in sorted(on, key=lambda c: (c.pos, c.id))]


def test_cards_stand_in_line_whatever_is_added_moved_taken_restored_undone_and_not_saved():
    agenda = [{"id": "one", "kind": "groups", "groups": 3, "sections": ["ideas", "risks"]}]
    room, chance = Room(plan={**PLAN, "agenda": agenda}).drawn(), random.Random(1)
    for _ in range(400):
        section = chance.choice(("one/ideas", "one/risks"))
        id = chance.choice([c.id for c in room.state.all(Card)] or [room.card()])
        match chance.choice(("add", "move", "take", "restore", "undo", "lose")):
            case "add":
                room.card(section=section.partition("/")[2])
            case "move" if card(room, id).state != "withdrawn":
                after = chance.choice([None, *(c for c in lying(room, section) if c != id)])
                room.ask("MoveCard", card=id, section=section, after=after)
            case "take":
                room.ask("TakeCard", card=id, to=chance.choice(("withdrawn", "parked")))
            case "restore":
                room.ask("RestoreCard", card=id)
            case "undo" if card(room, id).seq in room.state.past:
                room.ask("Undo", event=card(room, id).seq)
            case "lose":
                retreat(room.state, room.changes.pop())
        for section in ("one/ideas", "one/risks"):
            assert [id for _, id in room.state.line(Card, ("one.A", section))] == lying(room, section)


@pytest.mark.parametrize(
    ("do", "code"),
    [
        ({"board": "nowhere", "section": "one/ideas"}, "not-found"),
        ({"board": "one.A", "section": "two/ideas"}, "not-found"),
        ({"board": "one.A", "section": "one/ideas", "text": "   "}, "empty"),
    ],
)
def test_what_makes_no_sense_is_refused(do, code):
    room = Room().drawn()
    refused(room, code, "AddCard", room.of("one.A")[0], **{"text": "words", **do})


def test_where_nobody_is_to_be_known_no_author_is_kept_and_the_seal_still_proves_mine():
    room = Room(plan={**PLAN, "authors": "nobody"}).drawn()
    writer, other = room.of("one.A")[:2]
    id = room.card(who=writer)
    assert room.state.get(Author, id) is None
    assert writer.id not in str(room.changes[-1].event)
    assert writer.token not in room.state.get(Seal, id).seal
    refused(room, "not-yours", "TakeCard", other, card=id)
    assert room.ask("TakeCard", writer, card=id)


def test_a_workshop_that_has_ended_takes_nothing_more():
    room = Room().drawn()
    room.ask("EndWorkshop")
    refused(room, "workshop-ended", "AddCard", room.of("one.A")[0], board="one.A", section="one/ideas", text="late")
    refused(room, "workshop-ended", "AddCard", LEAD, board="one.A", section="one/ideas", text="late")
    assert room.folds()


def test_words_lose_what_no_screen_shows_and_are_none_without_the_rest():
    room = Room().drawn()
    written = room.card(text="a\x00b\x1b[31m\x9bc \u202egnp.exe 👩\u200d🔧 \u200fנכון")
    assert card(room, written).text == "ab[31mc gnp.exe 👩\u200d🔧 \u200fנכון"
    who = room.of("one.A")[0]
    for blank in ("\u200b\u2060", "\u2066 \u2069", "\x85", "\ufeff\n\u3000"):
        refused(room, "empty", "AddCard", who, board="one.A", section="one/ideas", text=blank)
        refused(room, "empty", "Rename", who, name=blank)
    called = {room.join(name=name).id: name for name in ("\u202eAmi\x1bna", "\u200b\u200d")}
    assert [room.state.get(Named, id).name for id in called] == ["Amina", None]
