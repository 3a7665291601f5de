"""Steps and their timers: what is open now, and how long it still runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec

from .agenda import Step, running
from .core import LEADS, Command, Event, Meta, Name, Refused, Row, State

Length = Annotated[int, msgspec.Meta(ge=10_000, le=24 * 3600 * 1000)]


class Timer(Row, tag="timers"):
    """How long a step runs: `left_ms` at workshop time `set_at`, counting down while `running`; id = the step's.

    A timer that has run out changes nothing by itself.
    """

    length_ms: int
    left_ms: int
    running: bool
    set_at: int

    def left(self, at: int) -> int:
        """Milliseconds left at workshop time `at`; below zero once it has run out."""
        return self.left_ms - (at - self.set_at if self.running else 0)


def open_step(state: State) -> Step | None:
    """The one step of the workshop that is open, or None."""
    return next((step for step in state.all(Step) if step.state == "open"), None)


class OpenStep(Command, tag="OpenStep"):
    """Open a step and close the one that is open. `from_` is the step that the asker sees open: if it isn't, somebody
    else was quicker and the command is refused `step-moved`."""

    by = LEADS
    step: Name
    from_: str | None = msgspec.field(name="from")

    def decide(self, state: State, meta: Meta) -> Event | None:
        running(state)
        state.need(Step, self.step, "step")
        now = open_step(state)
        if (now.id if now else None) != self.from_:
            raise Refused("step-moved", open=now.id if now else None)
        if now and now.id == self.step:
            return None
        return StepOpened(step=self.step)


class CloseStep(Command, tag="CloseStep"):
    """Close the step that is open, without opening another."""

    by = LEADS
    step: Name

    def decide(self, state: State, meta: Meta) -> Event | None:
        step = state.need(Step, self.step, "step")
        if step.state != "open":
            now = open_step(state)
            raise Refused("step-moved", open=now.id if now else None)
        return StepClosed(step=self.step)


class StepOpened(Event, tag="StepOpened"):
    """A step was opened; the one before it closed."""

    step: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        for step in state.all(Step):
            if step.state == "open":
                yield msgspec.structs.replace(step, state="done", closed_at=at)
        yield msgspec.structs.replace(state.get(Step, self.step), state="open", closed_at=0)


class StepClosed(Event, tag="StepClosed"):
    """The open step was closed."""

    step: str

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield msgspec.structs.replace(state.get(Step, self.step), state="done", closed_at=at)


class StartTimer(Command, tag="StartTimer"):
    """Start the open step's timer anew, with this length."""

    by = LEADS
    step: Name
    length_ms: Length

    def decide(self, state: State, meta: Meta) -> Event | None:
        _needs_open(state, self.step)
        return TimerSet(step=self.step, length_ms=self.length_ms, left_ms=self.length_ms, running=True)


class PauseTimer(Command, tag="PauseTimer"):
    """Stop the timer where it is, or let it go on."""

    by = LEADS
    step: Name
    running: bool

    def decide(self, state: State, meta: Meta) -> Event | None:
        timer = state.need(Timer, self.step, "step")
        if timer.running == self.running:
            return None
        return TimerSet(step=self.step, length_ms=timer.length_ms, left_ms=timer.left(meta.at), running=self.running)


class AddTime(Command, tag="AddTime"):
    """More time, or less (negative milliseconds); counted from now if the timer had run out."""

    by = LEADS
    step: Name
    ms: Annotated[int, msgspec.Meta(ge=-3_600_000, le=3_600_000)]

    def decide(self, state: State, meta: Meta) -> Event | None:
        timer = state.need(Timer, self.step, "step")
        left = max(0, timer.left(meta.at)) + self.ms
        if left < 0:
            left = 0
        return TimerSet(
            step=self.step,
            length_ms=max(timer.length_ms + self.ms, left),
            left_ms=left,
            running=timer.running,
        )


class TimerSet(Event, tag="TimerSet"):
    """A timer was started, paused, resumed, or given more time."""

    step: str
    length_ms: int
    left_ms: int
    running: bool

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield Timer(
            id=self.step,
            audience="all",
            length_ms=self.length_ms,
            left_ms=self.left_ms,
            running=self.running,
            set_at=at,
        )


def _needs_open(state: State, step: str) -> None:
    if state.need(Step, step, "step").state != "open":
        raise Refused("step-not-open", "step")


class ShowOnStage(Command, tag="ShowOnStage"):
    """What the projector shows: what the open step asks for (`auto`), or one thing chosen by hand."""

    by = LEADS
    view: Literal["auto", "join", "question", "groups", "report", "themes", "vote", "proposals", "blank"]
    contrast: bool = False

    def decide(self, state: State, meta: Meta) -> Event | None:
        return StageSet(view=self.view, contrast=self.contrast)


class StageSet(Event, tag="StageSet"):
    """The projector was told what to show."""

    view: str
    contrast: bool = False

    def evolve(self, state: State, seq: int, at: int) -> Iterable[Row]:
        yield Stage(id="stage", audience="stage", view=self.view, contrast=self.contrast)


class Stage(Row, tag="stage"):
    """What the projector shows; one row, id `stage`."""

    view: str = "auto"
    contrast: bool = False
