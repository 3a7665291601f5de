"""The receipt of a draw: what it may tell when, that it can be checked, and that nothing done by hand is missing."""

import hashlib
import json

import pytest

from app.domain.audiences import catch_up, viewer
from app.domain.core import Refused
from app.domain.lots import Commitment, Draw, Luck, Secret
from app.domain.people import Person
from app.domain.receipts import Entry, alias_of, receipt
from app.domain.seating import Group, Seat, groups_of, seat_of
from app.thinking import grouping
from tests.domain.room import LEAD, PLAN, Room


def drawn(people=9, words=""):
    room = Room(plan={**PLAN, "agenda": PLAN["agenda"][:3]})
    room.ask("OpenDoors")
    for n in range(people):
        room.join("north" if n % 2 else "south")
    room.ask("DrawGroups", words=words)
    return room


def revealed(**kwargs):
    room = drawn(**kwargs)
    room.ask("RevealGroups", session="one")
    room.ask("RevealGroups", session="two")
    return room


def checked(room, number=1):
    return grouping.verify(json.loads(json.dumps(receipt(room.state, number))))


def test_the_secret_of_a_draw_is_committed_to_before_anybody_is_on_the_list_and_the_next_one_with_it():
    room = drawn()
    first, second = sorted(room.state.all(Commitment), key=lambda c: c.number)
    assert (first.number, second.number) == (1, 2)
    assert first.seq < room.state.get(Draw, "draw-1").seq
    assert first.made_at < min(p.joined_at for p in room.state.all(Person))
    for commitment in (first, second):
        secret = room.state.get(Secret, commitment.id).secret
        assert commitment.digest == hashlib.sha256(secret.encode()).hexdigest()


def test_before_all_is_revealed_a_receipt_tells_no_seed_no_secret_and_no_hidden_group():
    room = drawn()
    room.ask("RevealGroups", session="one")
    told = receipt(room.state, 1)
    assert not told["complete"] and told["sessions"][1]["drawn"] is None and told["sessions"][0]["drawn"]
    text = json.dumps(told)
    kept = room.state.get(Secret, "draw-1")
    assert kept.secret not in text and kept.salt not in text
    assert not {"seed", "secret", "instance", "rounds"} & told.keys()
    assert not any(p.id in text for p in room.people)


def test_once_all_is_revealed_anybody_can_draw_it_again():
    room = revealed(words=" four  dice ")
    told = receipt(room.state, 1)
    assert told["complete"] and told["words"] == "four dice"
    assert checked(room) == {"ok": True, "first_difference": None}
    assert not any(p.id in json.dumps(told) for p in room.people)
    assert alias_of(room.state, 1, room.people[0].id) in json.dumps(told)


@pytest.mark.parametrize(
    "field", ["secret", "public", "seed", "commitment", "instance_digest", "digest", "number", "words"]
)
def test_a_receipt_that_was_tampered_with_is_found_out(field):
    told = receipt(revealed().state, 1)
    told[field] = told[field] + 1 if field == "number" else f"x{told[field][1:]}"
    assert not grouping.verify(told)["ok"]


def test_every_change_by_hand_is_an_entry_and_leads_from_the_draw_to_the_groups_as_they_are():
    room = revealed()
    a, b = room.of("one.A")[0], room.of("one.B")[0]
    room.ask("SeatPeople", session="one", seats={a.id: "one.B", b.id: "one.A"})
    moved = room.ask(
        "SeatPeople",
        session="two",
        seats={
            a.id: next(g.id for g in groups_of(room.state, "two") if g.id != seat_of(room.state, "two", a.id).group)
        },
    )
    room.ask("Undo", event=moved.seq)
    late = room.join()
    room.ask("ForgetPerson", person=b.id)
    entries = receipt(room.state, 1)["entries"]
    assert [e["what"] for e in entries if e["session"] == "one"] == ["moved", "moved", "came", "left"]
    assert [e["what"] for e in entries if e["session"] == "two"] == ["moved", "moved", "came", "left"]
    assert entries[2]["who"] == alias_of(room.state, 1, late.id)
    assert checked(room)["ok"]
    told = receipt(room.state, 1)
    told["entries"][0]["group"] = "C"
    assert "entry 1" in grouping.verify(told)["first_difference"]
    told = receipt(room.state, 1)
    told["seated"]["one"]["A"] = []
    assert "don't follow" in grouping.verify(told)["first_difference"]
    assert room.folds()


def test_entries_about_groups_that_nobody_knows_are_for_facilitators_until_the_reveal():
    room = drawn()
    person = room.people[0]
    other = next(g.id for g in groups_of(room.state, "two") if g.id != seat_of(room.state, "two", person.id).group)
    room.ask("SeatPeople", session="two", seats={person.id: other})
    assert {e.audience for e in room.state.all(Entry)} == {"lead"}
    assert receipt(room.state, 1)["entries"] == []
    room.ask("RevealGroups", session="one")
    room.ask("RevealGroups", session="two")
    assert {e.audience for e in room.state.all(Entry)} == {"all"}
    assert checked(room)["ok"]


def test_nobody_is_ever_sent_the_secret_or_the_receipt_itself():
    room = revealed()
    for who in (*room.people, LEAD, type(LEAD)("organiser", "o"), type(LEAD)("stage", "s")):
        tables = {row["table"] if isinstance(row, dict) else type(row).__struct_config__.tag
                  for row in catch_up(room.state, viewer(room.state, who), 0)}  # fmt: skip
        assert not {"secrets", "receipts"} & tables


def test_what_people_answered_cannot_be_read_from_the_receipt():
    told = json.dumps(receipt(revealed().state, 1)["instance"]["participants"])
    assert "north" not in told and "south" not in told


def test_a_draw_says_why_it_was_drawn():
    room = drawn()
    reasons = lambda: [d.reason for d in sorted(room.state.all(Draw), key=lambda d: d.number)]  # noqa: E731
    room.ask("DrawGroups")
    room.ask("AddRule", rule="apart", people=[p.id for p in room.people[:2]])
    room.ask("DrawGroups")
    room.join()
    room.ask("DrawGroups")
    room.ask("RevealGroups", session="one")
    room.ask("DrawGroups")
    assert reasons() == ["first", "again", "rules", "people", "later"]
    room.ask("RevealGroups", session="two")
    assert all(checked(room, n)["ok"] for n in range(1, 6))
    assert room.folds()


def test_a_draw_that_is_taken_back_stays_on_the_record_and_the_groups_of_the_one_before_are_back():
    room = drawn()
    before = {s.id: s.group for s in room.state.all(Seat)}
    again = room.ask("DrawGroups")
    undone = room.ask("Undo", event=again.seq)
    assert {s.id: s.group for s in room.state.all(Seat)} == before
    assert {g.draw for g in room.state.all(Group)} == {1}
    assert len(list(room.state.all(Draw))) == 2
    assert not list(room.state.all(Entry))
    room.ask("Undo", event=undone.seq)
    assert {g.draw for g in room.state.all(Group)} == {2}
    room.ask("DrawGroups")
    assert len(list(room.state.all(Draw))) == 3
    assert room.folds()


def test_each_phone_may_add_its_own_chance_once_and_only_to_a_draw_that_is_still_to_come():
    room = Room(plan={**PLAN, "agenda": PLAN["agenda"][:3]})
    for n in range(6):
        room.join("north" if n % 2 else "south")
    room.ask("AddLuck", room.people[0], draw=1, luck="123456")
    assert room.ask("AddLuck", room.people[0], draw=1, luck="999999") is None
    room.ask("AddLuck", room.people[1], draw=1, luck="042")
    room.ask("DrawGroups", words="a b")
    with pytest.raises(Refused, match="draw-over"):
        room.ask("AddLuck", room.people[2], draw=1, luck="7")
    room.ask("RevealGroups", session="one")
    room.ask("RevealGroups", session="two")
    told = receipt(room.state, 1)
    assert (told["luck"], told["public"]) == (["042", "123456"], "a b|042|123456")
    assert not any(p.id == row.id for row in room.state.all(Luck) for p in room.people)
    assert checked(room)["ok"]
