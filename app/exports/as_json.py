"""JSON: everything of a level, so that somebody else can check it card by card."""

from __future__ import annotations

import json

from app.domain.lines import SessionLine, Summary

from .report import parts

SCHEMA = "baraza/report/1"


def write(report: Summary) -> bytes:
    """The report as JSON; what the level may not show is left out."""
    value = {
        "schema": SCHEMA,
        "level": report.level,
        "lang": report.lang,
        "title": report.title,
        "place": report.place,
        "starts": report.starts,
        "ends": report.ends,
        "working_languages": report.languages,
        "objectives": report.objectives,
        "people": report.people,
        "answers": {title: {a.title: a.people for a in found} for title, found in report.answers.items()},
        "sessions": [_session(report, session) for session in report.sessions],
        "across_sessions": report.across,
        "proposals": [
            {
                "statement": proposal.statement,
                "rationale": proposal.rationale,
                "audience": proposal.to,
                "themes": proposal.themes,
            }
            for proposal in report.proposals
        ],
        "draws": [
            {
                "number": d.number,
                "sessions": d.sessions,
                "reason": d.reason,
                "commitment": d.commitment,
                "seed": d.seed or None,
                "digest": d.digest,
                "changes": d.changes,
            }
            for d in report.draws
        ],
        "meetings": _meetings(report),
        "passages": {p.key: report.passages[p.key].text for p in parts(report) if p.key in report.passages},
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _meetings(report: Summary) -> dict | None:
    counted = report.meetings
    if counted is None:
        return None
    kept = ("people", "pairs", "met", "times", "least", "matrix", *(["names"] if counted.names else []))
    return {name: getattr(counted, name) for name in kept}


def _session(report: Summary, session: SessionLine) -> dict:
    full, written = report.level == "full", report.level != "public"
    value = {
        "id": session.id,
        "title": session.title,
        "kind": session.kind,
        "day": session.day,
        "questions": session.questions,
        "groups": {g.label: [report.names.get(p, p) for p in g.people] if full else g.size for g in session.groups},
        "themes": [
            {
                "id": theme.id,
                "title": theme.title,
                "lane": theme.lane,
                "groups": theme.groups,
                "cards": theme.card_ids if written else sum(theme.cards.values()),
            }
            for theme in session.themes
        ],
        "votes": [
            {"voted": vote.voted, "points": vote.dots, "totals": {total.theme: total.dots for total in vote.totals}}
            for vote in session.votes
        ],
    }
    if written:
        value["cards"] = [
            {
                "id": card.id,
                "group": card.group or None,
                "section": card.section.partition("/")[2],
                "lang": card.lang,
                "text": card.text,
                "translations": card.translations,
                "translated_by": card.translators,
                "theme": card.theme,
                "echoes": card.echoes,
                **({"author": report.names.get(card.author, card.author)} if full and card.author else {}),
            }
            for card in session.cards
        ]
    return value
