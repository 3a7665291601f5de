"""When a workshop's data is deleted."""

import pytest

from app.domain.agenda import Workshop
from app.domain.retention import DAY_MS, due

NOW = 1_700_000_000_000


def workshop(**facts):
    return Workshop(id="workshop", audience="all", title="Water", **facts)


@pytest.mark.parametrize("days", [0, 1, 7, 30, 90])
def test_it_counts_from_when_the_organiser_ended_it(days):
    assert due(workshop(ended_at=NOW, keep_days=days, ends="2099-01-01"), NOW, True) == NOW + days * DAY_MS


@pytest.mark.parametrize(("days", "kept"), [(0, 7), (1, 7), (7, 7), (30, 30)])
def test_what_nobody_ended_is_kept_at_least_seven_days_after_the_last_event(days, kept):
    assert due(workshop(keep_days=days, ends="2001-01-01"), NOW, True) == NOW + kept * DAY_MS


def test_a_printed_end_postpones_and_nonsense_changes_nothing():
    late = due(workshop(keep_days=30, ends="2023-12-31"), NOW, True)
    assert late > NOW + 30 * DAY_MS
    assert due(workshop(keep_days=30, ends="next spring"), NOW, True) == NOW + 30 * DAY_MS


def test_what_never_began_is_not_deleted():
    assert due(workshop(keep_days=0, ends="2001-01-01"), NOW, False) is None
