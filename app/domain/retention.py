"""How long a workshop is kept: there is no *for ever*."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from .agenda import Workshop

DAY_MS = 24 * 3600 * 1000
LEAST_DAYS = 7
"""How long one that nobody ended is kept in any case."""


def due(workshop: Workshop, last: int, used: bool) -> int | None:
    """When a workshop is to be deleted, in ms since 1970, or None for one in which no step was ever opened.

    It counts from the end, if an organiser ended it; else from the last event (`last`, ms) or the printed last day,
    whichever is later: a printed day only ever postpones.
    """
    if workshop.ended_at:
        return workshop.ended_at + workshop.keep_days * DAY_MS
    if not used:
        return None
    return max(last, _over(workshop.ends)) + max(workshop.keep_days, LEAST_DAYS) * DAY_MS


def _over(day: str) -> int:
    """When an ISO date is over everywhere on earth, in ms since 1970; 0 for what is no date."""
    try:
        after = date.fromisoformat(day[:10]) + timedelta(days=1)
    except (ValueError, OverflowError):
        return 0
    return int(datetime(after.year, after.month, after.day, 12, tzinfo=UTC).timestamp() * 1000)
