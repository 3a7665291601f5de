"""Lists of names that somebody brings: who sits in which group of a session, and who has met before."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Annotated, ClassVar

import msgspec

from .agenda import Session, running
from .core import LEADS, PERSONAL, Command, Event, Meta, Name, Refused, Row, State
from .people import Named

Groups = dict[
    Annotated[str, msgspec.Meta(min_length=1, max_length=80)],
    Annotated[list[Annotated[str, msgspec.Meta(min_length=1, max_length=200)]], msgspec.Meta(max_length=5000)],
]
"""Label -> names."""

BEFORE = "before"
"""In the place of a session: the groups of earlier workshops."""


class Listed(Row, tag="lists"):
    """The groups that were brought for a session, or of earlier workshops; id = the session's, or `before`."""

    leads: ClassVar = True

    groups: Annotated[Groups | None, PERSONAL]


def folded(name: str) -> str:
    """A name as names are compared: without capitals, accents and the space that it has too much."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def _named(state: State) -> dict[str, str]:
    """Folded name -> person; of two who are called the same nobody."""
    found: dict[str, list[str]] = {}
    for row in state.all(Named):
        if row.name:
            found.setdefault(folded(row.name), []).append(row.id)
    return {name: ids[0] for name, ids in found.items() if len(ids) == 1}


def people_listed(state: State, session: str) -> dict[str, list[str]]:
    """Label -> the people of the workshop who are called as its list says; empty without a list."""
    listed = state.get(Listed, session)
    if listed is None or listed.groups is None:
        return {}
    people = _named(state)
    return {
        label: sorted({people[n] for name in names if (n := folded(name)) in people})
        for label, names in listed.groups.items()
    }


def label_of_name(state: State, session: str, name: str | None, person: str) -> str:
    """The group for which a session's list names somebody; '' for none, and where others are called the same."""
    listed = state.get(Listed, session)
    if not name or listed is None or listed.groups is None:
        return ""
    if any(row.id != person and row.name and folded(row.name) == folded(name) for row in state.all(Named)):
        return ""
    return next((label for label, names in listed.groups.items() if folded(name) in map(folded, names)), "")


class ListGroups(Command, tag="ListGroups"):
    """Bring the names of a session's groups, or (`before`) of groups that sat together at earlier workshops. It takes
    the place of the list that was there."""

    by = LEADS
    session: Name
    groups: Annotated[Groups, msgspec.Meta(max_length=500)]

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        if self.session != BEFORE and state.need(Session, self.session, "session").kind != "groups":
            raise Refused("nothing-to-draw", "session")
        names = [folded(name) for names in self.groups.values() for name in names]
        if self.session != BEFORE and len(set(names)) < len(names):
            raise Refused("named-twice", "groups", name=max(names, key=names.count))
        return GroupsListed(session=self.session, groups=self.groups)


class GroupsListed(Event, tag="GroupsListed"):
    """There is a list of names by group."""

    irreversible = "forget the list instead"

    session: str
    groups: Annotated[Groups | None, PERSONAL]

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield Listed(id=self.session, audience="lead", groups=self.groups)


class ForgetList(Command, tag="ForgetList"):
    """Erase a list of names, for ever. Groups that were made from it stay."""

    by = LEADS
    session: Name

    def decide(self, state: State, meta: Meta) -> Event | None:
        return ListForgotten(session=state.need(Listed, self.session, "session").id)


class ListForgotten(Event, tag="ListForgotten"):
    """A list of names was erased."""

    irreversible = "what is erased is nowhere any more"
    erases = True
    on_screens = False

    session: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Listed, self.session), groups=None, gone=True)
