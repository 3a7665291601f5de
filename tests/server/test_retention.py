"""Workshops are deleted on their day, and not before."""

from datetime import UTC, datetime

import pytest

from app.domain.agenda import Workshop
from app.domain.retention import DAY_MS, due
from app.live.retention import Retention
from app.live.retention import due as due_on_disk

EVENT = int(datetime(2026, 3, 14, 12, tzinfo=UTC).timestamp() * 1000)


def workshop(**facts):
    return Workshop(id="workshop", audience="all", title="Water", **facts)


@pytest.mark.parametrize("days", [0, 1, 7, 30, 90])
def test_an_ended_workshop_is_kept_as_long_as_was_chosen(days):
    assert due(workshop(keep_days=days, ended_at=EVENT, ends="2030-01-01"), EVENT, True) == EVENT + days * DAY_MS


@pytest.mark.parametrize("days", [0, 1, 7])
def test_one_that_nobody_ended_is_kept_for_a_week_at_least(days):
    assert due(workshop(keep_days=days), EVENT, True) == EVENT + 7 * DAY_MS


def test_a_printed_day_only_ever_postpones():
    later, earlier = workshop(ends="2026-03-20"), workshop(ends="2026-03-01")
    assert due(later, EVENT, True) - due(earlier, EVENT, True) == 7 * DAY_MS
    assert due(earlier, EVENT, True) == due(workshop(ends="in spring"), EVENT, True) == EVENT + 30 * DAY_MS


def test_one_in_which_nothing_happened_is_kept():
    assert due(workshop(), EVENT, False) is None


def test_what_is_due_goes_and_the_rest_stays(web):
    ended, running, prepared = (web.make(agenda=[{"id": "all", "kind": "plenary"}], keep_days=1)[0] for _ in range(3))
    assert web.ask(ended, kind="EndWorkshop")["ok"]
    assert web.ask(running, kind="OpenStep", step="all/work", **{"from": None})["ok"]
    day = due_on_disk(web.baraza.workshops, ended)
    now = [day - 1]
    retention = Retention(web.baraza.transport, web.baraza.workshops, lambda: now[0])
    retention.sweep()
    assert set(web.baraza.workshops.ids()) == {ended, running, prepared}
    now[0] = day
    retention.sweep()
    assert set(web.baraza.workshops.ids()) == {running, prepared}
    now[0] = due_on_disk(web.baraza.workshops, running)
    retention.sweep()
    assert web.baraza.workshops.ids() == [prepared]


def test_the_desk_says_when(web):
    workshop, _ = web.make(agenda=[{"id": "all", "kind": "plenary"}])
    desk = web.organiser()
    assert "Will be deleted" not in desk.get("/desk?lang=en")
    web.ask(workshop, kind="EndWorkshop")
    assert "Will be deleted" in desk.get("/desk?lang=en")
