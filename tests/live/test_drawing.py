"""The draw over the wire: previews that change nothing, clashes in the words of people, receipts over HTTP."""

import urllib.error

import pytest

from app.phones.phone import Lost
from app.thinking import grouping


def test_a_preview_is_told_and_changes_nothing(workshop):
    here = workshop().drawn(7)
    a, b = here.of("one.A")[0], here.of("one.B")[0]
    before = here.console.must("SetMix", mix=0)["seq"]
    answer = here.console.must("PreviewSeats", session="one", seats={a.id: "one.B", b.id: "one.A"})
    assert answer["told"].keys() == {"repeats", "imbalance", "breaks"}
    assert answer["seq"] == before == here.console.must("SetMix", mix=0)["seq"]
    assert here.console.ask("PreviewSeats", session="nowhere", seats={a.id: None})["error"]["code"] == "not-found"
    assert a.ask("PreviewSeats", session="one", seats={b.id: "one.A"})["error"]["code"] == "not-allowed"


def test_rules_that_clash_are_answered_with_the_people_they_are_about(workshop):
    here = workshop().people(6)
    pair = [phone.id for phone in here.phones[:2]]
    here.console.must("AddRule", rule="together", people=pair)
    here.console.must("AddRule", rule="apart", people=pair)
    error = here.console.ask("DrawGroups")["error"]
    assert error["code"] == "rules-clash"
    assert [sorted(clash["people"]) for clash in error["facts"]["clashes"]] == [sorted(pair)]
    assert not here.console.tables.all("groups")


def test_somebody_of_the_workshop_gets_the_receipt_and_nobody_else(workshop):
    here = workshop().drawn(6)
    number = here.phones[0].must("AddLuck", draw=2, luck="123456")["ok"]
    assert number
    path = f"/api/workshops/{here.workshop}/receipts"

    def asked(phone, what):
        return here._send("GET", f"{path}/{what}", None, {"Authorization": f"Bearer {phone._token}"})[0]

    told = asked(here.phones[0], 1)
    assert told["you"] and "secret" not in told["receipt"]
    assert asked(here.phones[0], "next")["luck"] == "123456"
    assert asked(here.phones[1], "next")["luck"] == ""
    here.console.must("RevealGroups", session="two")
    told = asked(here.phones[0], 1)
    assert grouping.verify(told["receipt"])["ok"]
    assert any(told["you"] in group for group in told["receipt"]["rounds"][0])
    other = workshop().people(1)
    for phone, what in ((other.phones[0], 1), (here.phones[0], 7)):
        with pytest.raises((Lost, urllib.error.HTTPError)):
            asked(phone, what)


def test_a_small_group_is_joined_with_others_and_its_people_get_the_other_board(workshop):
    here = workshop().drawn(6)
    here.of("one.C")[0].must("AddCard", board="one.C", section="one/ideas", text="kept")
    plan = here.console.must("PreviewMerge", session="one", least=3)["told"]
    assert plan["dissolved"] and all(group in ("one.A", "one.B", "one.C") for group in plan["seats"].values())
    moved = [phone for phone in here.phones if phone.id in plan["seats"]]
    here.console.must("SeatPeople", session="one", **plan)
    for phone in moved:
        phone.wait(lambda t, phone=phone: here.board(t) == plan["seats"][phone.id])
