"""The same seed gives the same plan everywhere, and a receipt proves it."""

import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from app.thinking import grouping
from app.thinking.drawing.chance import Chance
from app.thinking.drawing.instance import parse
from app.thinking.drawing.search import GUMBEL
from tests.thinking.judge import quickest, reference_event, workshop

GOLDEN = Path(__file__).parents[1] / "fixtures" / "grouping" / "digests.json"
ROOT = Path(__file__).parents[2]


def examples():
    """One workshop for every kind of start and rule."""
    everything = workshop(
        30,
        [6, 5, 6],
        3,
        values={"region": [12, 10, 8], "gender": [13, 17]},
        together=[["p000", "p001"]],
        apart=[["p002", "p003"]],
        pins=[{"id": "p004", "group": 0}],
        min_count=[{"tag": "lang:fr", "min": 1}],
        common_language=True,
        history=[[["p000", "p007", "gone"], ["p008", "p009"]]],
    )
    for k, person in enumerate(everything["participants"]):
        person["tags"] = ["lang:fr", "lang:en"] if k % 2 else ["lang:en"]
    everything["participants"][9]["absent"] = [2]
    values = {"region": [28, 24, 20, 16, 12], "gender": [52, 45, 3], "work": [40, 35, 25]}
    return {
        "event": reference_event(),
        "design": workshop(32, 8, 9),
        "grown design": workshop(26, 6, 3),
        "annealed": workshop(18, 6, 8),
        "hundred": workshop(100, 12, 6, values=values),
        "everything": everything,
    }


def record(instance, seed="s", **more):
    """A receipt as the server publishes it."""
    return {**grouping.plan(instance, seed).as_json(), "instance": instance, **more}


@pytest.mark.parametrize("name", examples())
def test_the_digests_are_the_ones_kept_from_the_first_day(name):
    plan = grouping.plan(examples()[name], "golden")
    assert {"instance": plan.instance_digest, "plan": plan.digest} == json.loads(GOLDEN.read_text())[name]


def test_the_order_of_the_input_never_matters():
    instance = examples()["everything"]
    plan = grouping.plan(instance, "s")
    rng = random.Random(1)
    for _ in range(3):
        mixed = dict(rng.sample(list(instance.items()), len(instance)))
        for field in ("participants", "together", "apart", "pins", "min_count", "balance"):
            mixed[field] = rng.sample(mixed[field], len(mixed[field]))
        mixed["history"] = [[rng.sample(g, len(g)) for g in rng.sample(past, len(past))] for past in mixed["history"]]
        mixed["participants"] = [{**p, "tags": p["tags"][::-1]} for p in mixed["participants"]]
        again = grouping.plan(mixed, "s")
        assert (again.rounds, again.digest, again.instance_digest) == (plan.rounds, plan.digest, plan.instance_digest)


@pytest.mark.parametrize("hash_seed", ["0", "1", "4242"])
def test_the_hash_seed_of_python_never_matters(hash_seed):
    code = (
        "import json,sys; from app.thinking import grouping; i=json.load(sys.stdin); print(grouping.plan(i,'s').digest)"
    )
    instance = examples()["everything"]
    out = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(instance),
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert out.stdout.strip() == grouping.plan(instance, "s").digest


def test_another_seed_gives_another_plan():
    assert len({grouping.plan(reference_event(), f"{k}").digest for k in range(20)}) == 20


def test_what_no_rule_uses_stands_in_no_receipt():
    instance = reference_event()
    for person in instance["participants"]:
        person["attrs"]["faith"] = "secret"
        person["tags"] = ["lang:en"]
    plan = grouping.plan(instance, "s")
    assert plan.digest == grouping.plan(reference_event(), "s").digest


def test_chance_is_the_stream_that_is_documented():
    key = hashlib.sha256(hashlib.sha256(b"gw-1|seed").digest() + b"|label").digest()
    blocks = [hashlib.sha256(key + counter.to_bytes(8, "big")).digest() for counter in (0, 1)]
    words = [int.from_bytes(block[at : at + 4], "big") for block in blocks for at in range(0, 32, 4)]
    chance = Chance("seed", "label")
    assert [chance.word() for _ in words] == words
    assert sorted(Chance("s", "l").shuffled(range(50))) == list(range(50))


def test_the_noise_of_the_search_is_far_from_any_rounding_edge():
    assert all(abs(z * 10_000 - round(z * 10_000)) < 1e-6 for z in GUMBEL)
    assert sum(GUMBEL) / len(GUMBEL) == pytest.approx(0.5772, abs=0.01)


def test_a_receipt_is_confirmed_and_quickly():
    instance = workshop(1000, 100, 5, values={"gender": [500, 500]})
    receipt = json.loads(json.dumps(record(instance)))
    assert grouping.verify(receipt) == {"ok": True, "first_difference": None}
    assert quickest(lambda: grouping.verify(receipt), tries=1) < 5


def bound_receipt():
    """A receipt whose seed comes from a secret that was committed to."""
    instance = reference_event()
    digest = grouping.plan(instance, "any").instance_digest
    seed = grouping.seed_of("secret", "dice 3 1 6", digest, 2)
    entries = grouping.chained([], {"kind": "late", "id": "p017", "seats": [[1, 2]]})
    entries = grouping.chained(entries, {"kind": "swap", "ids": ["p001", "p002"], "round": 1})
    more = {"secret": "secret", "public": "dice 3 1 6", "number": 2, "commitment": grouping.commitment("secret")}
    return record(instance, seed, entries=entries, **more)


def test_a_receipt_with_secret_public_part_and_later_changes_is_confirmed():
    assert grouping.verify(bound_receipt())["ok"]


def change_person(receipt):
    receipt["instance"]["participants"][3]["attrs"]["region"] = "elsewhere"


def change_group(receipt):
    a, b = receipt["rounds"][1][0], receipt["rounds"][1][1]
    a[0], b[0] = b[0], a[0]


def change_entry(receipt):
    receipt["entries"][0]["seats"] = [[1, 0]]


def drop_entry(receipt):
    del receipt["entries"][0]


@pytest.mark.parametrize(
    ("tamper", "word"),
    [
        (change_person, "the list of people"),
        (change_group, "session 2, group"),
        (change_entry, "entry 1 of the later changes"),
        (drop_entry, "entry 1 of the later changes"),
        (lambda r: r.update(secret="other"), "the secret"),
        (lambda r: r.update(public="dice 6 6 6"), "the seed"),
        (lambda r: r.update(number=1), "the seed"),
        (lambda r: r.update(algo="older"), "older"),
        (lambda r: r.update(digest="0" * 64), "the digest"),
        (lambda r: r["hosts"][0].reverse(), "the hosts"),
        (lambda r: r["rounds"].append([]), "more sessions"),
    ],
)
def test_whatever_is_tampered_with_is_named(tamper, word):
    receipt = bound_receipt()
    tamper(receipt)
    verdict = grouping.verify(receipt)
    assert not verdict["ok"]
    assert word in verdict["first_difference"]


@pytest.mark.parametrize("receipt", [None, [], {}, {"algo": "gw-1"}])
def test_what_is_no_receipt_is_refused(receipt):
    with pytest.raises(grouping.BadInput):
        grouping.verify(receipt)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("entries", "none"),
        ("entries", [1]),
        ("secret", 7),
        ("number", "two"),
        ("public", None),
        ("instance", []),
        ("seed", 3),
        ("objective", "luck"),
    ],
)
def test_a_receipt_with_something_else_in_a_field_is_refused(field, value):
    with pytest.raises(grouping.BadInput):
        grouping.verify({**record(workshop(4, 2, 1)), field: value})


@pytest.mark.parametrize("claimed", [None, 3, {}, [3], [[3]], [[["p000", 7], {}]], [[[[]]]]])
def test_nonsense_in_the_place_of_groups_is_a_difference(claimed):
    assert not grouping.verify({**record(workshop(4, 2, 1)), "rounds": claimed})["ok"]


def test_a_receipt_of_impossible_rules_is_a_difference():
    receipt = record(workshop(4, 2, 1))
    receipt["instance"] = {**receipt["instance"], "together": [["p000", "p001", "p002"]]}
    receipt["instance_digest"] = parse(receipt["instance"]).digest
    assert "can't be drawn" in grouping.verify(receipt)["first_difference"]
