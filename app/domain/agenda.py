"""The workshop and its agenda: what the organiser prepares, as one JSON read the same way everywhere."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Struct

from .core import Lang, Name, Refused, Row, State, Text

StepKind = Literal["lobby", "draw", "work", "report-back", "themes", "proposals", "vote", "sign-off"]
Grouping = Literal["none", "random", "attribute", "hand", "same"]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=24 * 60)]
Count = Annotated[int, msgspec.Meta(ge=1, le=500)]
Key = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,60}$")]

STEPS: dict[str, tuple[StepKind, ...]] = {
    "plenary": ("work", "themes"),
    "groups": ("draw", "work", "report-back", "themes"),
    "talk": ("lobby",),
}


class Plan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of the structs of the workshop JSON: an unknown key is an error that names it."""


class Value(Plan):
    """One answer to an attribute."""

    id: Name
    title: Text = ""


class Attribute(Plan):
    """Something asked of everybody who joins, in one tap; groups may be balanced by it."""

    id: Key
    title: Text = ""
    values: list[Value] = []


class SectionPlan(Plan):
    """A heading of a session's boards, with an optional limit per group or per person."""

    id: Key
    title: Text = ""
    limit: Count | None = None
    per: Literal["group", "person"] = "group"


class SessionPlan(Plan):
    """One entry of the agenda."""

    id: Key
    kind: Literal["plenary", "groups", "talk"] = "plenary"
    title: Text = ""
    day: Annotated[int, msgspec.Meta(ge=1, le=60)] = 1
    minutes: Minutes | None = None
    grouping: Grouping | None = None
    attribute: str | None = None
    groups: Count | None = None
    question: Text | None = None
    questions: list[Text] = []
    sections: list[str | SectionPlan] = []
    assignments: dict[str, Text] = {}
    steps: list[StepKind] | None = None


class WorkshopPlan(Plan):
    """The workshop JSON: for the API, templates, imports and events alike."""

    title: Text
    schema: str | None = None
    place: Text = ""
    starts: str = ""
    ends: str = ""
    working_languages: Annotated[list[Lang], msgspec.Meta(min_length=1, max_length=12)] = msgspec.field(
        default_factory=lambda: ["en"]
    )
    objectives: list[Text] = []
    attributes: list[Attribute] = []
    balance: list[str] = []
    authors: Literal["group", "lead", "nobody"] = "group"
    keep_days: Literal[0, 1, 7, 30, 90] = 30
    expected: Annotated[int, msgspec.Meta(ge=1, le=2000)] = 20
    names_on_stage: bool = False
    agenda: Annotated[list[SessionPlan], msgspec.Meta(max_length=100)] = []


class Workshop(Row, tag="workshop"):
    """The workshop itself; one row, id `workshop`, for all."""

    title: Text
    place: Text = ""
    starts: str = ""
    ends: str = ""
    working_languages: tuple[str, ...] = ("en",)
    objectives: tuple[Text, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    balance: tuple[str, ...] = ()
    authors: str = "group"
    keep_days: int = 30
    expected: int = 20
    names_on_stage: bool = False
    made_at: int = 0
    ended_at: int = 0


class Session(Row, tag="sessions"):
    """One entry of the agenda. `drawn` is true once its groups have been revealed."""

    title: Text
    day: int
    kind: str
    pos: int
    grouping: str = "none"
    attribute: str | None = None
    groups: int = 0
    minutes: int | None = None
    questions: tuple[Text, ...] = ()
    assignments: dict[str, Text] = {}
    drawn: bool = False


class Step(Row, tag="steps"):
    """A moment of a session: `waiting`, `open` or `done`; id `session/kind`. At most one in the workshop is open."""

    index: ClassVar = ("session",)

    session: str
    step: str
    pos: int
    state: str = "waiting"
    closed_at: int = 0


class Section(Row, tag="sections"):
    """A heading of a session's boards; id `session/section`."""

    index: ClassVar = ("session",)

    session: str
    title: Text
    pos: int
    limit: int | None = None
    per: str = "group"


def grouping_of(plan: SessionPlan) -> Grouping:
    """How a session's groups come about; a session in groups is drawn at random unless it says otherwise."""
    return plan.grouping or ("random" if plan.kind == "groups" else "none")


def steps_of(plan: SessionPlan) -> tuple[StepKind, ...]:
    """The steps of a session: its own, or its kind's."""
    return tuple(dict.fromkeys(plan.steps)) if plan.steps is not None else STEPS[plan.kind]


def sections_of(plan: SessionPlan) -> list[SectionPlan]:
    """The sections of a session's boards; one unnamed `ideas` where cards are written and none is given."""
    sections = [SectionPlan(id=s) if isinstance(s, str) else s for s in plan.sections]
    return sections or ([SectionPlan(id="ideas")] if plan.kind != "talk" else [])


def touched(state: State) -> list[Step]:
    """The open step, to be touched by what is shown in it: taking its opening back is then refused `changed-since`,
    where it would send the whole room back behind something that everybody has seen."""
    return [step for step in state.all(Step) if step.state == "open"]


def running(state: State) -> Workshop:
    """The workshop's row; Refused `workshop-ended` when it is over."""
    workshop = state.need(Workshop, "workshop", "workshop")
    if workshop.ended_at:
        raise Refused("workshop-ended")
    return workshop
