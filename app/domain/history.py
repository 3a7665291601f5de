"""What has happened to a theme: told by folding the journal afresh, stored nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from .core import Change
from .themes import Member, Theme


class Deed(Struct, frozen=True, omit_defaults=True):
    """One event that changed a theme: when (workshop clock, ms) and who (a link's id, '' for the program).

    `came` and `went` are the cards that it put in and took out; `title`, `state` and `lane` are set where they changed;
    `begun` and `gone`: the theme was made, or is no more.
    """

    seq: int
    at: int
    who: str
    kind: str
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    title: str | None = None
    state: str | None = None
    lane: str | None = None
    begun: bool = False
    gone: bool = False


def deeds(changes: Iterable[Change], theme: str) -> list[Deed]:
    """What the changes of a journal did to a theme, the oldest first."""
    return [deed for change in changes if (deed := _deed(change, theme)) is not None]


def _deed(change: Change, theme: str) -> Deed | None:
    came, went, told = [], [], {}
    for old, new in change.rows:
        if isinstance(new, Member):
            was, now = (bool(row) and not row.gone and row.theme == theme for row in (old, new))
            (came if now else went).extend([new.id] if was != now else [])
        elif isinstance(new, Theme) and new.id == theme:
            told = _told(old, new)
    if not (came or went or told):
        return None
    kind = type(change.event).__struct_config__.tag
    return Deed(change.seq, change.at, change.who, kind, tuple(came), tuple(went), **told)


def _told(old: Theme | None, new: Theme) -> dict:
    if old is None or old.gone:
        return {"begun": True, "title": new.title} if not new.gone else {}
    if new.gone:
        return {"gone": True}
    return {name: now for name in ("title", "state", "lane") if (now := getattr(new, name)) != getattr(old, name)}
