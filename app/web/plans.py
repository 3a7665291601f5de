"""Plans as the desk works with them: workshop JSON whose texts are {language: words}, from templates and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from app.domain.agenda import (
    Section,
    SectionPlan,
    Session,
    SessionPlan,
    Step,
    Workshop,
    WorkshopPlan,
    grouping_of,
    sections_of,
    steps_of,
)
from app.domain.core import State, Text

FOLDER = Path(__file__).resolve().parents[1] / "agendas"
ORDER = ("reference", "three-sessions", "problem-priority-action", "what-worked", "world-cafe", "one-two-four-all",
         "retrospective", "open-consultation")  # fmt: skip

Words = dict[str, str]
Plan = dict[str, Any]
"""A WorkshopPlan as JSON's own types, every text spread over languages and every default written out."""


def plan_of(state: State) -> WorkshopPlan:
    """The plan that a workshop stands at."""
    workshop = state.get(Workshop, "workshop")
    shared = {
        name: _thawed(getattr(workshop, name))
        for name in WorkshopPlan.__struct_fields__
        if name in Workshop.__struct_fields__
    }
    sessions = sorted(state.all(Session), key=lambda s: s.pos)
    return WorkshopPlan(**shared, agenda=[_session(state, session) for session in sessions])


def _thawed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _session(state: State, row: Session) -> SessionPlan:
    sections = sorted(state.where(Section, "session", row.id), key=lambda s: s.pos)
    steps = sorted(state.where(Step, "session", row.id), key=lambda s: s.pos)
    return SessionPlan(
        id=row.id,
        kind=row.kind,
        title=row.title,
        day=row.day,
        minutes=row.minutes,
        grouping=row.grouping,
        attribute=row.attribute,
        groups=row.groups or None,
        questions=list(row.questions),
        sections=[
            SectionPlan(id=s.id.removeprefix(f"{row.id}/"), title=s.title, limit=s.limit, per=s.per) for s in sections
        ],
        assignments=dict(row.assignments),
        steps=[s.step for s in steps],
    )


def spread(text: Text | None, languages: list[str]) -> Words:
    """A text by language; a plain string is English if that is a working language, else in the first."""
    if isinstance(text, dict):
        return dict(text)
    return {"en" if "en" in languages else languages[0]: text} if text else {}


def gathered(words: Words, languages: list[str]) -> Text:
    """A text as it is kept: a plain string where there is only one language."""
    said = {lang: text.strip() for lang, text in words.items() if text and text.strip()}
    if not said:
        return ""
    return said[languages[0]] if list(said) == languages[:1] == languages else said


def opened(plan: WorkshopPlan) -> Plan:
    """A plan for forms: every text spread, every default filled in."""
    languages = plan.working_languages

    def words(text: Text | None) -> Words:
        return spread(text, languages)

    raw: Plan = {name: getattr(plan, name) for name in WorkshopPlan.__struct_fields__}
    raw |= {"title": words(plan.title), "place": words(plan.place), "objectives": [words(o) for o in plan.objectives]}
    raw["attributes"] = [
        {
            "id": a.id,
            "title": words(a.title) or words(a.id),
            "values": [{"id": v.id, "title": words(v.title) or words(v.id)} for v in a.values],
        }
        for a in plan.attributes
    ]
    raw["agenda"] = [_opened_session(s, words) for s in plan.agenda]
    return raw


def _opened_session(session: SessionPlan, words) -> Plan:
    return {
        "id": session.id,
        "kind": session.kind,
        "title": words(session.title),
        "day": session.day,
        "minutes": session.minutes,
        "grouping": grouping_of(session),
        "attribute": session.attribute,
        "groups": session.groups,
        "questions": [words(q) for q in ([session.question] if session.question else session.questions)],
        "sections": [
            {"id": s.id, "title": words(s.title or s.id), "limit": s.limit, "per": s.per} for s in sections_of(session)
        ],
        "assignments": {label: words(text) for label, text in session.assignments.items()},
        "steps": list(steps_of(session)),
    }


def closed(plan: Plan) -> WorkshopPlan:
    """The plan that a form's stands for; raises msgspec.ValidationError naming the place."""
    languages = plan["working_languages"]

    def close(value: Any, key: str = "") -> Any:
        if key in ("title", "place"):
            return gathered(value, languages)
        if key in ("objectives", "questions"):
            return [text for words in value if (text := gathered(words, languages))]
        if key == "assignments":
            return {label: text for label, words in value.items() if (text := gathered(words, languages))}
        if isinstance(value, dict):
            return {k: close(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [close(v) for v in value]
        return value

    return msgspec.convert(close(plan), WorkshopPlan)


def fresh_id(wanted: str, taken: Iterable[str]) -> str:
    """An id of letters, digits and dashes that says what it is for and isn't taken."""
    base = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")[:40] or "part"
    taken = set(taken)
    if base not in taken:
        return base
    return next(name for n in range(1, len(taken) + 2) if (name := f"{base}-{n}") not in taken)


def in_languages(plan: WorkshopPlan, languages: list[str]) -> WorkshopPlan:
    """A plan for other working languages: texts in these only, and as they were where there are none."""

    def only(value: Any) -> Any:
        if isinstance(value, dict) and value and all(isinstance(v, str) for v in value.values()) and _is_text(value):
            kept = {lang: value[lang] for lang in languages if lang in value}
            return kept or value
        if isinstance(value, dict):
            return {k: only(v) for k, v in value.items()}
        if isinstance(value, list):
            return [only(v) for v in value]
        return value

    raw = only(msgspec.to_builtins(plan)) | {"working_languages": languages}
    return msgspec.convert(raw, WorkshopPlan)


def _is_text(value: dict) -> bool:
    return all(re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", key) for key in value)


@cache
def shipped() -> dict[str, WorkshopPlan]:
    """The templates that come with the program, by id."""
    return {id: read((FOLDER / f"{id}.json").read_bytes()) for id in ORDER}


def read(file: bytes) -> WorkshopPlan:
    """The plan in a workshop JSON; raises msgspec.DecodeError."""
    return msgspec.json.decode(file, type=WorkshopPlan)


def own(templates: dict[str, dict]) -> dict[str, WorkshopPlan]:
    """One's own templates as plans; those that can't be read any more are left out."""
    plans = {}
    for id, raw in templates.items():
        try:
            plans[id] = msgspec.convert(raw, WorkshopPlan)
        except msgspec.ValidationError:
            continue
    return plans


def kept(plan: WorkshopPlan) -> dict:
    """A plan to keep as a template: without its dates."""
    return json.loads(msgspec.json.encode(msgspec.structs.replace(plan, starts="", ends="")))


def minutes(plan: WorkshopPlan | Plan, day: int | None = None) -> int:
    """How long the sessions of a day, or all, take together, as far as the plan says."""
    sessions = plan["agenda"] if isinstance(plan, dict) else [msgspec.structs.asdict(s) for s in plan.agenda]
    return sum(s["minutes"] or 0 for s in sessions if day in (None, s["day"]))
