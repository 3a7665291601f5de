"""3,000 runs of phones that are cut off at any packet, with moves and report backs: in the end everybody knows exactly
what they may know, nobody more. And each rule that this rests on is needed."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from app.domain.audiences import Viewer, catch_up, shown
from app.phones.five_way import seen
from app.phones.tables import Tables
from tests.sync.network import started, viewers

RUNS = 3000
STEPS = 60
ROOT = Path(__file__).resolve().parents[2]


def wrong(network) -> list[str]:
    """The phones that don't know exactly what they may know."""
    rows = list(network.room.state.rows())
    looks = viewers(network)
    return [p.name for p in network.phones if p.tables.rows != seen(rows, looks[p.name])]


def run(seed, **rules):
    network = started(seed, **rules)
    for _ in range(STEPS):
        network.step()
    network.settle()
    return network


@pytest.mark.parametrize("part", range(10))
def test_whoever_was_cut_off_at_any_packet_knows_what_they_may_know_and_no_more(part):
    failures = [seed for seed in range(part * RUNS // 10, (part + 1) * RUNS // 10) if wrong(run(seed))]
    assert failures == []


class CursorPastTheLast(Tables):
    """Rule one broken: `since` is exclusive."""

    def joined(self, reply):
        whole = super().joined(reply)
        self.cursor = reply["seq"] + 1
        return whole

    def delta(self, delta, joined=True):
        super().delta(delta, joined)
        if joined:
            self.cursor = max(self.cursor, delta["seq"] + 1)


class CursorBeforeTheJoin(Tables):
    """Rule two broken: the cursor moves before the answer to `join` was merged."""

    def delta(self, delta, joined=True):
        super().delta(delta, True)


class NothingIsLeft(Tables):
    """Rule three broken: rows of audiences that `me` no longer names are kept."""

    def _leave(self, audiences):
        pass


def without_entering(state, viewer, since):
    """Rule four broken: only newer rows are owed, not those of an audience entered since."""
    return catch_up(state, Viewer(viewer.role, dict.fromkeys(viewer.audiences, 0)), since)


def without_tombstones(state, viewer, since):
    """Rule five broken: who lost a row isn't told."""
    return [row for row in catch_up(state, viewer, since) if not isinstance(row, dict)]


@pytest.mark.parametrize(
    "rules",
    [
        {"tables": CursorPastTheLast},
        {"tables": CursorBeforeTheJoin},
        {"tables": NothingIsLeft},
        {"catch": without_entering},
        {"catch": without_tombstones},
    ],
    ids=lambda rules: next(iter(rules.values())).__name__,
)
def test_each_rule_of_catching_up_is_needed(rules):
    assert any(wrong(run(seed, **rules)) for seed in range(400))


def test_the_browsers_tables_end_with_the_same_rows():
    runs = []
    for seed in range(300):
        network = run(seed)
        rows, looks = list(network.room.state.rows()), viewers(network)
        for phone in network.phones:
            expected = sorted(seen(rows, looks[phone.name]).items())
            runs.append({"name": f"{seed} {phone.name}", "heard": phone.heard, "expected": [r for _, r in expected]})
    node = shutil.which("node")
    done = subprocess.run(
        [node, str(ROOT / "tests/sync/merge.mjs")], input=json.dumps(runs), capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stdout.strip()) == (0, f"{len(runs)} equal"), done.stdout + done.stderr


def test_no_client_ever_holds_a_reference_to_a_row_that_it_may_not_see():
    for seed in range(300):
        network = run(seed)
        rows = [row for row in network.room.state.rows() if not row.gone]
        for name, looks in viewers(network).items():
            visible = {row.id for row in rows if looks.sees(row)}
            known = {row.id for row in rows}
            for row in rows:
                if looks.sees(row):
                    hidden = [r for r in references(row) if r in known and r not in visible]
                    assert hidden == [], f"{seed}: {name} sees {shown(row)}"


def references(row):
    """The ids that a row names: every text in its fields, but for what people wrote."""
    for field in row.__struct_fields__:
        if field in ("id", "audience", "was", "text", "title", "name", "audiences", "label"):
            continue
        value = getattr(row, field)
        for text in value if isinstance(value, tuple) else [value]:
            if isinstance(text, str):
                yield text
