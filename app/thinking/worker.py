"""One slow job in a process of its own: JSON on stdin, JSON on stdout, then the end.

    {"job": "plan", "instance": {…}, "seed": "…" or {"secret", "public", "number"}, "objective"?, "effort"?,
     "balance_vs_mix"?} -> {"ok": true, "plan": {…}}, or code infeasible {clashes}, unresolved {plan, broken_rules},
        bad-instance
    {"job": "move", "instance", "rounds", "round", "moves": {id: group or null}} -> {"ok": true, "move": {…}}
    {"job": "dissolve", "instance", "rounds", "round", "least", "most", "seed"}
        -> {"ok": true, "dissolve": {"moved": {id: group}, "groups": [[id]]}}: groups of fewer than `least` are joined
    {"job": "verify", "record": {…}} -> {"ok": true, "verify": {ok, first_difference}}
    {"job": "themes" | "suggest" | "place" | "split" | "merges" | "words", "cards": […], …} -> {"ok": true, JOB: …}:
        `propose`, `suggest`, `place`, `split`, `merges`, `word_pairs` of `app.thinking.themes` get the request as it
        is; or code bad-glossary {message, line?}

What goes wrong has the one shape {"ok": false, "error": {code, facts}}. Each job imports what it needs by
itself, so a draw never loads numpy. Run as `python -m app.thinking.worker`.
"""

import json
import sys
from collections.abc import Callable


def plan(request: dict) -> dict:
    """Draws groups."""
    from app.thinking import grouping

    options = {key: request[key] for key in ("objective", "effort", "balance_vs_mix") if key in request}
    try:
        seed = request.get("seed") or grouping.seed_for(
            request["instance"], request["secret"], request["public"], request["number"]
        )
        drawn = grouping.plan(request["instance"], seed, **options)
    except grouping.BadInput as fault:
        return refusal("bad-instance", fault.facts)
    except grouping.Infeasible as fault:
        return refusal("infeasible", {"clashes": fault.clashes})
    except grouping.Unresolved as fault:
        facts = {"plan": fault.best_plan.as_json(), "broken_rules": fault.broken_rules}
        return refusal("unresolved", facts)
    return {"ok": True, "plan": drawn.as_json()}


def move(request: dict) -> dict:
    """What seating people elsewhere would cost."""
    from app.thinking import grouping

    try:
        cost = grouping.preview(request["instance"], request["rounds"], request["round"], request["moves"])
    except grouping.BadInput as fault:
        return refusal("bad-instance", fault.facts)
    return {"ok": True, "move": cost}


def dissolve(request: dict) -> dict:
    """How groups that are too small are joined with others."""
    from app.thinking import grouping

    where = request["round"]
    try:
        moved, rounds = grouping.merge_small(
            request["instance"], request["rounds"], where, request["least"], request["most"], request["seed"]
        )
    except grouping.BadInput as fault:
        return refusal("bad-instance", fault.facts)
    return {"ok": True, "dissolve": {"moved": moved, "groups": rounds[where]}}


def verify(request: dict) -> dict:
    """Runs the draw of a receipt again."""
    from app.thinking import grouping

    try:
        return {"ok": True, "verify": grouping.verify(request["record"])}
    except grouping.BadInput as fault:
        return refusal("bad-receipt", fault.facts)


def of_themes(function: str) -> Callable[[dict], dict]:
    """The job that calls a function of `app.thinking.themes`."""

    def job(request: dict) -> dict:
        from app.thinking import themes
        from app.thinking.glossary import BadGlossary

        try:
            return {"ok": True, request["job"]: getattr(themes, function)(request)}
        except BadGlossary as fault:
            return refusal("bad-glossary", {"message": str(fault)} | ({"line": fault.line} if fault.line else {}))

    return job


JOBS = {
    "plan": (plan, ("instance", "seed")),
    "move": (move, ("instance", "rounds", "round", "moves")),
    "dissolve": (dissolve, ("instance", "rounds", "round", "least", "most", "seed")),
    "verify": (verify, ("record",)),
    "themes": (of_themes("propose"), ("cards",)),
    "suggest": (of_themes("suggest"), ("cards", "themes")),
    "place": (of_themes("place"), ("cards", "themes", "late")),
    "split": (of_themes("split"), ("cards", "card_ids")),
    "merges": (of_themes("merges"), ("cards", "themes")),
    "words": (of_themes("word_pairs"), ("cards", "themes")),
}
"""Each job, and what its request can't do without."""


def refusal(code: str, facts: dict) -> dict:
    """The one shape of what goes wrong."""
    return {"ok": False, "error": {"code": code, "facts": facts}}


def answer(text: str | bytes) -> dict:
    """The answer to one request."""
    try:
        request = json.loads(text)
    except (ValueError, RecursionError):
        return refusal("malformed", {"message": "the request isn't JSON"})
    job = request.get("job") if isinstance(request, dict) else None
    if not isinstance(job, str) or job not in JOBS:
        return refusal("malformed", {"message": "no such job", "jobs": sorted(JOBS)})
    run, needed = JOBS[job]
    if job == "plan" and "secret" in request:
        needed = ("instance", "secret", "public", "number")
    missing = [key for key in needed if key not in request]
    if missing:
        return refusal("malformed", {"message": "something is missing", "missing": missing})
    return run(request)


if __name__ == "__main__":
    json.dump(answer(sys.stdin.buffer.read()), sys.stdout)
