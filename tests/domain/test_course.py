"""The course of a workshop: prepared, opened, timed, presented, echoed, proposed, undone."""

import json

import msgspec
import pytest

from app.domain import grammar
from app.domain.agenda import Session, Step, Workshop
from app.domain.audiences import viewer
from app.domain.cards import Card
from app.domain.core import Refused
from app.domain.doors import Doors
from app.domain.echoes import Tally
from app.domain.mine import mine
from app.domain.passages import Passage
from app.domain.people import Named
from app.domain.presenting import Presenting
from app.domain.proposals import Proposal
from app.domain.seating import Group, Seat
from app.domain.steps import Timer
from app.domain.themes import Theme
from tests.domain.room import ORGANISER, PLAN, Room


def refused(room, code, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        room.ask(*args, **kwargs)
    assert caught.value.code == code
    return caught.value


def prepared(room, **plan):
    return room.ask("Prepare", ORGANISER, plan={**PLAN, **plan})


def test_preparing_again_changes_only_what_is_different():
    room = Room()
    change = prepared(room, place="Kisumu")
    assert [type(row) for _, row in change.rows] == [Workshop]


def test_what_was_worked_on_cannot_be_prepared_away():
    room = Room().drawn()
    room.card()
    agenda = PLAN["agenda"]
    assert refused(room, "already-drawn", "Prepare", ORGANISER, plan={**PLAN, "agenda": agenda[:1]}).facts
    fewer = [agenda[0], {**agenda[1], "sections": ["problems"]}, *agenda[2:]]
    refused(room, "cards-written", "Prepare", ORGANISER, plan={**PLAN, "agenda": fewer})
    other = [agenda[0], {**agenda[1], "groups": 2}, *agenda[2:]]
    refused(room, "already-drawn", "Prepare", ORGANISER, plan={**PLAN, "agenda": other})
    refused(room, "cards-written", "Prepare", ORGANISER, plan={**PLAN, "authors": "nobody"})
    assert prepared(room, agenda=[*agenda, {"id": "more", "sections": ["ideas"]}])
    assert room.state.get(Session, "more").kind == "plenary"


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        ({"title": " "}, "empty"),
        ({"balance": ["shoe size"]}, "unknown-attribute"),
        ({"agenda": [{"id": "a"}, {"id": "a"}]}, "twice"),
        ({"agenda": [{"id": "before"}]}, "taken"),
        ({"agenda": [{"id": "a", "kind": "groups"}]}, "number-of-groups"),
        ({"agenda": [{"id": "a", "kind": "groups", "grouping": "none"}]}, "groups-without-grouping"),
        ({"agenda": [{"id": "a", "kind": "plenary", "grouping": "random", "groups": 2}]}, "grouping-without-groups"),
        ({"agenda": [{"id": "a", "kind": "groups", "grouping": "same"}]}, "no-groups-before"),
        ({"agenda": [{"id": "a", "kind": "groups", "grouping": "attribute", "attribute": "x"}]}, "unknown-attribute"),
        ({"agenda": [{"id": "a", "sections": ["s", "s"]}]}, "twice"),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused_with_the_place_and_the_reason(plan, reason):
    error = refused(Room(), "invalid-plan", "Prepare", ORGANISER, plan={**PLAN, **plan})
    assert error.facts["reason"] == reason
    assert error.field


@pytest.mark.parametrize("wrong", [{"titel": "Water"}, {"agenda": [{"id": "a", "minuts": 5}]}, {"keep_days": 31}])
def test_an_unknown_key_or_a_value_that_cannot_be_is_an_error_that_names_it(wrong):
    with pytest.raises(msgspec.ValidationError) as caught:
        grammar.read_ask(json.dumps({"kind": "Prepare", "plan": {**PLAN, **wrong}}))
    name = next(iter(wrong))
    assert name in str(caught.value) or "minuts" in str(caught.value)


def test_one_step_is_open_at_a_time_and_the_second_to_press_is_told():
    room = Room().drawn()
    assert [s.id for s in room.state.all(Step) if s.state == "open"] == ["one/work"]
    error = refused(room, "step-moved", "OpenStep", step="one/themes", **{"from": "hello/work"})
    assert error.facts == {"open": "one/work"}
    room.ask("OpenStep", step="one/themes", **{"from": "one/work"})
    assert [s.id for s in room.state.all(Step) if s.state == "open"] == ["one/themes"]
    refused(room, "step-moved", "CloseStep", step="one/work")


def test_undoing_a_step_opens_the_one_before_and_redo_goes_forward_again():
    room = Room().drawn()
    opened = room.open("one/report-back")
    undone = room.ask("Undo", event=opened.seq)
    assert room.state.get(Step, "one/work").state == "open"
    room.ask("Undo", event=undone.seq)
    assert room.state.get(Step, "one/report-back").state == "open"
    assert room.folds()


def test_several_changes_are_undone_one_after_the_other():
    room = Room().drawn()
    seqs = [room.open("one/report-back").seq, room.open("one/themes").seq]
    for seq in reversed(seqs):
        room.ask("Undo", event=seq)
    assert room.state.get(Step, "one/work").state == "open"


def test_what_somebody_has_changed_since_is_not_undone():
    room = Room().drawn()
    added = room.ask("AddCard", board="one.A", section="one/ideas", text="by the facilitator")
    room.ask("MoveCard", room.of("one.A")[0], card=added.event.card, section="one/problems")
    refused(room, "changed-since", "Undo", event=added.seq)
    refused(room, "cannot-undo", "Undo", event=1000)


def test_a_timer_counts_down_pauses_and_takes_more_time():
    room = Room().drawn()

    def timer():
        return room.state.get(Timer, "one/work")

    room.ask("StartTimer", step="one/work", length_ms=60_000)
    assert timer().left(room.at + 10_000) == 50_000
    room.at += 9000
    room.ask("PauseTimer", step="one/work", running=False)
    assert timer().left(room.at + 99_000) == 50_000
    room.ask("PauseTimer", step="one/work", running=True)
    room.at += 100_000
    room.ask("AddTime", step="one/work", ms=60_000)
    assert timer().left(room.at) == 60_000
    refused(room, "step-not-open", "StartTimer", step="one/themes", length_ms=60_000)


def test_a_presented_board_is_for_all_and_may_be_hidden_again():
    room = Room().drawn()
    card, parked = room.card("one.A"), room.card("one.A")
    room.ask("TakeCard", card=parked, to="parked")
    room.ask("Present", session="one", board="one.A", card=card)
    assert room.state.get(Card, card).audience == "all"
    assert room.state.get(Card, parked).audience == "board:one.A"
    assert room.state.get(Card, room.card("one.A")).audience == "all"
    room.ask("HideBoard", board="one.A")
    assert room.state.get(Card, card).audience == "board:one.A"
    assert room.state.get(Presenting, "one").board is None


def test_the_order_of_groups_is_drawn_once_kept_or_chosen():
    room = Room().drawn()
    room.ask("OrderBoards", session="one")
    order = room.state.get(Presenting, "one").order
    assert sorted(order) == ["one.A", "one.B", "one.C"]
    room.ask("Present", session="one", board=order[0])
    room.ask("Present", session="one", board=order[1])
    now = room.state.get(Presenting, "one")
    assert (now.order, now.done, now.board) == (order, (order[0],), order[1])
    refused(room, "not-found", "OrderBoards", session="one", order=["one.A", "one.B"])
    refused(room, "not-found", "Present", session="one", board="two.A")


def test_an_echo_is_one_for_each_person_counted_replaced_and_taken_back():
    room = Room().drawn()
    card, own = room.card("one.A"), room.card("one.B")
    who, mate = room.of("one.B")[0], room.of("one.C")[0]
    refused(room, "not-presented", "EchoCard", who, card=card)
    room.ask("Present", session="one", board="one.A")
    room.ask("EchoCard", who, card=card)
    room.ask("EchoCard", who, card=card, own_card=own)
    room.ask("EchoCard", mate, card=card)
    assert room.state.get(Tally, card).echoes == 2
    assert mine(room.state, viewer(room.state, who), who) == {"cards": [own], "echoes": [card], "ballots": {}}
    room.ask("TakeBackEcho", who, card=card)
    assert room.state.get(Tally, card).echoes == 1
    assert mine(room.state, viewer(room.state, who), who) == {"cards": [own], "echoes": [], "ballots": {}}
    refused(room, "own-group", "EchoCard", room.of("one.A")[0], card=card)
    refused(room, "not-found", "EchoCard", who, card=card, own_card=card)
    for step in ("report-back", "themes"):
        room.open(f"one/{step}")
    room.ask("CloseStep", step="one/themes")
    refused(room, "echoes-closed", "EchoCard", who, card=card)


def test_a_proposal_rests_on_themes_and_showing_it_shows_them():
    room = Room().drawn()
    theme = room.ask("NewTheme", session="one", cards=[room.card()]).event.theme
    written = room.ask("WriteProposal", statement="Water for all", rationale=["We all said so"], themes=[theme])
    id = written.event.proposal
    assert room.state.get(Proposal, id).audience == room.state.get(Theme, theme).audience == "lead"
    room.ask("ShowProposals")
    assert room.state.get(Proposal, id).audience == room.state.get(Theme, theme).audience == "all"
    refused(room, "proposal-changed", "WriteProposal", proposal=id, statement="Other", seen=1)
    seen = room.state.get(Proposal, id).text_seq
    assert room.ask("WriteProposal", proposal=id, statement="Water for everybody", themes=[theme], seen=seen)
    refused(room, "not-found", "WriteProposal", statement="On nothing", themes=["x" * 22])


def test_a_passage_is_written_over_the_generated_text_and_given_back():
    room = Room()
    room.ask("WritePassage", key="summary", lang="en", text="Our words", of="digest")
    assert room.state.get(Passage, "summary.en").text == "Our words"
    room.ask("WritePassage", key="summary", lang="en", text=None)
    assert room.state.get(Passage, "summary.en") is None


def test_opening_the_doors_makes_a_new_code_and_closing_keeps_people():
    room = Room()
    room.ask("OpenDoors")
    first = room.state.get(Doors, "doors")
    room.ask("CloseDoors")
    assert not room.state.get(Doors, "doors").open
    room.ask("OpenDoors")
    second = room.state.get(Doors, "doors")
    assert second.open and (second.code, second.secret) != (first.code, first.secret)
    assert len(second.code) == 8 and second.code.isdigit()


def test_twice_as_many_people_as_expected_is_full():
    room = Room(plan={**PLAN, "expected": 3})
    for _ in range(20):
        room.join()
    with pytest.raises(Refused, match="workshop-full"):
        room.join()


def test_an_answer_that_was_not_offered_is_refused():
    with pytest.raises(Refused, match="unknown-answer"):
        Room().join("west")


def other_agenda(**sessions):
    """The plan with some sessions changed, or left out (None)."""
    agenda = [{**s, **(sessions.get(s["id"]) or {})} for s in PLAN["agenda"] if sessions.get(s["id"], {}) is not None]
    return {**PLAN, "agenda": agenda}


@pytest.mark.parametrize("two", [None, {"groups": 2}, {"grouping": "hand"}, {"kind": "plenary", "groups": None}])
def test_groups_that_nobody_has_seen_go_when_their_session_is_to_have_others(two):
    room = Room().drawn()
    room.ask("Prepare", ORGANISER, plan=other_agenda(two=two))
    assert {g.session for g in room.state.all(Group)} == {s.session for s in room.state.all(Seat)} == {"one"}
    for person in room.people:
        room.ask("ForgetPerson", person=person.id)
    assert room.folds()


def test_groups_stay_when_something_else_is_prepared_otherwise():
    room = Room().drawn()
    before = list(room.state.all(Seat))
    room.ask("Prepare", ORGANISER, plan=other_agenda(two={"title": "Second"}))
    assert list(room.state.all(Seat)) == before


def test_preparing_is_not_undone_but_done_again():
    room = Room()
    refused(room, "cannot-undo", "Undo", event=1)
    assert room.state.get(Workshop, "workshop")


def test_a_session_with_cards_stays_what_it_is():
    room = Room().drawn()
    room.ask("AddCard", board="hello", section="hello/hopes", text="Water")
    plan = other_agenda(hello={"kind": "groups", "groups": 2})
    refused(room, "cards-written", "Prepare", ORGANISER, plan=plan)


def test_names_leave_the_stage_when_it_may_not_show_them_any_more():
    room = Room(plan={**PLAN, "names_on_stage": True}).drawn()
    assert {row.audience for kind in (Named, Seat) for row in room.state.all(kind)} == {"all", "lead"}
    room.ask("Prepare", ORGANISER, plan=PLAN)
    assert {row.audience for row in room.state.all(Named)} == {"people"}
    assert {s.audience for s in room.state.all(Seat)} == {"board:one.A", "board:one.B", "board:one.C", "lead"}
    room.ask("Prepare", ORGANISER, plan={**PLAN, "names_on_stage": True})
    assert {row.audience for kind in (Named, Seat) for row in room.state.all(kind)} == {"all", "lead"}


def test_a_link_is_not_made_over_another_one_nor_over_one_that_was_ended():
    room = Room()
    link = {"link": room.new_id(), "role": "stage", "hash": "a" * 43}
    room.ask("MakeLink", **link)
    refused(room, "not-allowed", "MakeLink", **{**link, "role": "facilitator"})
    room.ask("RevokeLink", link=link["link"])
    refused(room, "not-allowed", "MakeLink", **link)


def test_a_step_in_which_the_room_was_shown_something_is_not_undone_by_accident():
    room = Room()
    for _ in range(7):
        room.join()
    drawing = room.open("one/draw")
    room.ask("DrawGroups")
    room.ask("RevealGroups", session="one")
    refused(room, "changed-since", "Undo", event=drawing.seq)
    room.open("one/work")
    card = room.card()
    reporting = room.open("one/report-back")
    again = room.ask("Undo", event=room.ask("Undo", event=reporting.seq).seq)
    room.ask("Present", session="one", board="one.A")
    refused(room, "changed-since", "Undo", event=reporting.seq)
    refused(room, "changed-since", "Undo", event=again.seq)
    sorting = room.open("one/themes")
    room.ask("NewTheme", session="one", cards=[card])
    room.ask("ShowThemes", session="one")
    refused(room, "changed-since", "Undo", event=sorting.seq)


def test_what_was_changed_after_an_undo_is_not_undone_with_what_came_before_it():
    room = Room().drawn()
    id = room.card(text="first")
    added = room.changes[-1]
    edited = room.ask("EditCard", card=id, text="second", seen=1000)
    room.ask("Undo", event=edited.seq)
    room.ask("EditCard", room.of("one.A")[0], card=id, text="third", seen=1000)
    refused(room, "changed-since", "Undo", event=added.seq)
    assert room.state.get(Card, id).text == "third"
