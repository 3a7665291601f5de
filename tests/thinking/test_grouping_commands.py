"""`run.py draw`, `run.py verify` and the worker: text in, text out, no traceback."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.commands.draw import draw_command, verify_command
from app.thinking import worker
from tests.thinking.judge import faults, reference_event, workshop

ROOT = Path(__file__).parents[2]
RING = [[f"p00{k}", f"p00{(k + 1) % 5}"] for k in range(5)]


def test_draw_answers_with_rounds_hosts_and_report():
    instance = reference_event()
    code, out, err = draw_command(json.dumps(instance), "seven")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert set(answer) == {"rounds", "hosts", "report"}
    assert answer["report"]["seed"] == "seven"
    assert faults(instance, answer["rounds"]) == []
    assert draw_command(json.dumps(instance), "seven") == (code, out, err)


def test_without_a_seed_a_fresh_one_is_made_and_named():
    seeds = {json.loads(draw_command(json.dumps(workshop(4, 2, 1)))[1])["report"]["seed"] for _ in range(5)}
    assert len(seeds) == 5


def test_rules_that_clash_are_exit_1_and_a_sentence():
    code, out, err = draw_command(json.dumps(workshop(3, 4, 1)), "s")
    assert code == 1
    assert json.loads(out)["infeasible"][0]["kind"] == "too_few_people"
    assert err.endswith(".\n") and err.count("\n") == 1


def test_a_plan_that_breaks_a_rule_is_shown_as_unresolved():
    code, out, err = draw_command(json.dumps(workshop(6, 2, 1, apart=RING)), "s")
    assert code == 1
    assert json.loads(out)["unresolved"][0]["kind"] == "apart"
    assert "No plan" in err


@pytest.mark.parametrize("text", ["", "{", "[1", "nonsense", "[" * 100_000])
def test_what_is_not_json_is_exit_2_and_one_line(text):
    for command in (draw_command, verify_command):
        code, out, err = command(text)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1


@pytest.mark.parametrize("text", ["[]", "null", "{}", '{"participants": [], "groups": 2, "rounds": 1}'])
def test_what_is_not_an_instance_is_exit_2_and_one_line(text):
    code, out, err = draw_command(text)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_verify_says_the_same_or_the_first_difference():
    instance = reference_event()
    answer = worker.answer(json.dumps({"job": "plan", "instance": instance, "seed": "s"}))
    receipt = {**answer["plan"], "instance": instance}
    assert verify_command(json.dumps(receipt))[0] == 0
    receipt["hosts"][0].reverse()
    code, out, err = verify_command(json.dumps(receipt))
    assert (code, out) == (1, "")
    assert "hosts" in err
    assert verify_command("{}")[0] == 2


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ("{", "malformed"),
        ('"plan"', "malformed"),
        ('{"job": "dance"}', "malformed"),
        ('{"job": ["plan"]}', "malformed"),
        ('{"job": "plan", "seed": "s"}', "malformed"),
        (json.dumps({"job": "plan", "seed": "s", "instance": {}}), "bad-instance"),
        (json.dumps({"job": "plan", "seed": "s", "instance": workshop(3, 4, 1)}), "infeasible"),
        (json.dumps({"job": "plan", "seed": "s", "instance": workshop(6, 2, 1, apart=RING)}), "unresolved"),
        (json.dumps({"job": "verify", "record": {}}), "bad-receipt"),
    ],
)
def test_the_worker_answers_faults_in_the_one_shape(request_, code):
    answer = worker.answer(request_)
    assert answer["ok"] is False
    assert set(answer["error"]) == {"code", "facts"}
    assert answer["error"]["code"] == code


def test_the_worker_draws_in_a_process_that_loads_no_numpy():
    code = (
        "import sys, runpy; sys.argv = ['worker']; runpy.run_module('app.thinking.worker', run_name='__main__');"
        "sys.exit(any(m in sys.modules for m in ('numpy', 'flask', 'eventlet', 'msgspec')))"
    )
    request = {"job": "plan", "instance": reference_event(), "seed": "s"}
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(request), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert faults(reference_event(), json.loads(done.stdout)["plan"]["rounds"]) == []


def test_the_worker_confirms_a_receipt():
    instance = workshop(6, 2, 2)
    plan = worker.answer(json.dumps({"job": "plan", "instance": instance, "seed": "s"}))["plan"]
    answer = worker.answer(json.dumps({"job": "verify", "record": {**plan, "instance": instance}}))
    assert answer == {"ok": True, "verify": {"ok": True, "first_difference": None}}
