"""Across sessions: themes of several sessions that people said are the same, and which may be."""

from __future__ import annotations

from .agenda import Session, running
from .core import LEADS, Meta, Question, Refused, State
from .finding import asked
from .themes import Theme
from .verdicts import Verdict

OFFERED = 8
"""So many pairs are offered at once."""


def confirmed_by_session(state: State) -> dict[str, list[Theme]]:
    """The confirmed themes of each session that has some, in the order of the agenda."""
    sessions = sorted(state.all(Session), key=lambda session: session.pos)
    found = {s.id: [t for t in state.where(Theme, "session", s.id) if t.state == "confirmed"] for s in sessions}
    return {id: sorted(themes, key=lambda t: (t.order, t.id)) for id, themes in found.items() if themes}


def across(state: State) -> list[list[Theme]]:
    """The confirmed themes that came up in several sessions: each with those that it is the same as, directly or by way
    of others, in the order of the agenda; those of most sessions first."""
    themes = [theme for found in confirmed_by_session(state).values() for theme in found]
    place = {theme.id: n for n, theme in enumerate(themes)}
    first = list(range(len(themes)))
    for said in state.all(Verdict):
        if said.same and said.a in place and said.b in place:
            low, high = sorted((first[place[said.a]], first[place[said.b]]))
            first = [low if n == high else n for n in first]
    chains: dict[int, list[Theme]] = {}
    for theme, n in zip(themes, first, strict=True):
        chains.setdefault(n, []).append(theme)
    several = [chain for chain in chains.values() if len({theme.session for theme in chain}) > 1]
    return sorted(several, key=lambda chain: -len({theme.session for theme in chain}))


class FindAcross(Question, tag="FindAcross"):
    """Which confirmed themes of different sessions may be the same. Told: {pairs: [{themes: [id, id], alike}]}, the
    likeliest first; pairs that somebody has decided on are left out."""

    by = LEADS

    def request(self, state: State, meta: Meta) -> dict:
        running(state)
        sessions = confirmed_by_session(state)
        if len(sessions) < 2:
            raise Refused("no-themes")
        request = asked(state, list(sessions), "merges", lambda theme: True)
        there = {theme.id: theme.session for themes in sessions.values() for theme in themes}
        ids = sorted(there)
        within = [[a, b] for a in ids for b in ids if a < b and there[a] == there[b]]
        return request | {
            "themes": [theme for theme in request["themes"] if theme["id"] in there],
            "kept_apart": request["kept_apart"] + within,
            "most": OFFERED,
        }

    def told(self, request: dict, result: dict) -> dict:
        return {"pairs": result["pairs"]}
