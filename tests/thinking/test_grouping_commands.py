"""`run.py draw`, `run.py verify` and the worker: text in, text out, no traceback."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 9) | st.floats() | st.text(max_size=3) | st.sampled_from(["p000", "t"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "group", "round", "tag", "min", "attr", "weight", "attrs"]), inner)
    ),
    max_leaves=6,
)
FIELDS = [
    "participants", "groups", "rounds", "balance", "together", "apart", "pins", "min_count", "common_language",
    "history",
]  # fmt: skip


@given(st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=4))
@settings(max_examples=300, deadline=None)
def test_whatever_stands_in_an_instance_the_answer_is_a_plan_or_one_line(fields):
    code, out, err = draw_command(json.dumps({**workshop(5, 2, 1), **fields}), "s")
    assert code in (0, 1, 2)
    assert (code == 0) == (err == "")
    assert err.count("\n") == (code != 0)


@pytest.mark.parametrize("text", ["[]", "null", "{}", '{"participants": [], "groups": 2, "rounds": 1}'])
def test_what_is_not_an_instance_is_exit_2_and_one_line(text):
    code, out, err = draw_command(text)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_ids_of_any_letters_go_through_as_they_came():
    ids = ["Zoë", "محمد", "\ud800", "a\nb", "🙂"]
    instance = {
        "participants": [{"id": x, "attrs": {x: x}} for x in ids],
        "groups": 2,
        "rounds": 1,
        "balance": [ids[2]],
    }
    code, out, _ = draw_command(json.dumps(instance), "\ud801")
    assert code == 0
    assert sorted(x for g in json.loads(out)["rounds"][0] for x in g) == sorted(ids)


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
        (b"\xff", "malformed"),
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
