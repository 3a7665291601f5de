"""`run.py draw` and `run.py verify`: plans and receipts from the shell, without a server.

Both are plain functions from text to (exit code, stdout, stderr): 0 done, 1 refused in one line, 2 not JSON or
not an instance.
"""

import json
import secrets

from app.thinking import grouping

Answer = tuple[int, str, str]


def draw_command(stdin_text: str, seed: str | None = None) -> Answer:
    """Draws the instance on stdin; without a seed a fresh one is made, and the report names it.

    stdout: {"rounds", "hosts", "report"}, or {"infeasible": [{kind, hint, …}]}, or {"unresolved": [{kind, …}]}
    with the best plan found beside it.
    """
    try:
        instance = json.loads(stdin_text)
    except (ValueError, RecursionError):
        return 2, "", "The instance isn't JSON.\n"
    try:
        plan = grouping.plan(instance, seed if seed is not None else secrets.token_hex(16))
    except grouping.BadInput as fault:
        return 2, "", f"This isn't an instance. {_line(fault)}\n"
    except grouping.Infeasible as fault:
        return 1, _json({"infeasible": fault.clashes}), f"{_line(fault)}\n"
    except grouping.Unresolved as fault:
        answer = {"unresolved": fault.broken_rules, **_shown(fault.best_plan)}
        return 1, _json(answer), f"No plan was found that keeps every rule: {_line(fault)}.\n"
    return 0, _json(_shown(plan)), ""


def verify_command(record_text: str) -> Answer:
    """Runs the draw of a receipt again and says *the same* or the first difference."""
    try:
        record = json.loads(record_text)
    except (ValueError, RecursionError):
        return 2, "", "The receipt isn't JSON.\n"
    try:
        verdict = grouping.verify(record)
    except grouping.BadInput as fault:
        return 2, "", f"This isn't a receipt. {_line(fault)}\n"
    if verdict["ok"]:
        return 0, "The same: the draw comes out of its seed exactly as the receipt says.\n", ""
    return 1, "", f"Different: {_line(verdict['first_difference'])}\n"


def _shown(plan: grouping.Plan) -> dict:
    report = {"algo": plan.algo, "seed": plan.seed, "digest": plan.digest, **plan.report}
    return {"rounds": plan.rounds, "hosts": plan.hosts, "report": report}


def _line(fault: object) -> str:
    return " ".join(str(fault).split())


def _json(value: dict) -> str:
    return json.dumps(value) + "\n"
