"""Whole events through the real server: the reference event, and one of another size and kind."""

import json
import subprocess
import sys
from itertools import combinations

import pytest

from app.phones.event import BadEvent, read
from app.phones.server import ENTER
from app.settings import ROOT

EVENT = ROOT / "app/phones/reference-event.json"

OTHER = {
    "title": "Market day",
    "working_languages": ["sw", "en"],
    "attributes": [{"id": "stall", "values": [{"id": "food"}, {"id": "cloth"}]}],
    "balance": ["stall"],
    "participants": [
        {"id": f"v{n}", "name": f"Trader {n}", "attributes": {"stall": "food" if n % 3 else "cloth", "language": "sw"}}
        for n in range(9)
    ],
    "agenda": [
        {"id": "open", "kind": "talk", "title": "Welcome"},
        {"id": "hopes", "kind": "plenary", "sections": ["hopes"]},
        {"id": "stalls", "kind": "groups", "grouping": "attribute", "attribute": "stall", "sections": ["worries"]},
        {"id": "drawn", "kind": "groups", "groups": 4, "sections": [{"id": "needs", "limit": 1}]},
        {"id": "again", "kind": "groups", "grouping": "same", "sections": ["steps"]},
        {"id": "hand", "kind": "groups", "grouping": "hand", "groups": 2, "sections": ["steps"]},
    ],
    "plenary_boards": {
        "hopes": [{"lang": "sw", "text": "Soko safi"}, {"author": "v3", "lang": "en", "text": "Shade"}],
        "stalls": {"food": [{"text": "Nyama", "lang": "sw"}], "cloth": [{"text": "Rain", "lang": "en"}]},
    },
    "sessions": {
        "drawn": {
            "themes": {"water": "Water at the market", "alone": "A bank"},
            "cards": [
                {
                    "group": "A",
                    "section": "needs",
                    "lang": "en",
                    "text": "Water taps near stalls",
                    "theme": "water",
                },
                {"group": "B", "section": "needs", "lang": "en", "text": "More water taps at stalls", "theme": "water"},
                {
                    "group": "C",
                    "section": "needs",
                    "lang": "en",
                    "text": "A bank open on Sunday",
                    "theme": "alone",
                },
                {"group": "D", "section": "needs", "lang": "sw", "text": "Maji karibu", "theme": "water"},
            ],
        },
        "again": {"themes": {}, "cards": []},
    },
    "proposals": [{"statement": "Taps for all", "from_themes": ["water"], "audience": ["council"]}],
}


def replay(event, out, *more):
    argv = [sys.executable, "-c", ENTER, "replay", str(event), "--out", str(out), *more]
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300)


@pytest.fixture
def other(tmp_path):
    path = tmp_path / "other.json"
    path.write_text(json.dumps(OTHER))
    return path


def test_the_reference_event_is_held_from_the_first_phone_to_the_report(tmp_path):
    done = replay(EVENT, tmp_path, "--formats", "json,markdown")
    assert done.returncode == 0, done.stdout + done.stderr
    event, result = json.loads(EVENT.read_text()), json.loads((tmp_path / "result.json").read_text())
    assert (result["people"], result["lost"], result["doubled"], result["five_way"]) == (17, 0, 0, "equal")
    assert result["skipped"] == ["agreement", "minority_notes"]
    full = json.loads((tmp_path / "full/en/json.json").read_text())
    met, proposed = {}, 0
    for played in (s for s in result["sessions"] if s["id"] in event["sessions"]):
        truth = event["sessions"][played["id"]]
        assert sorted(len(people) for people in played["groups"].values()) == [5, 6, 6]
        for people in played["groups"].values():
            for pair in combinations(sorted(people), 2):
                met[pair] = met.get(pair, 0) + 1
        gold = [card["theme"] for card in truth["cards"]]
        for theme in (t for t in played["proposed"]["themes"] if t["lane"] == "common"):
            labels = [gold[card] for card in theme["cards"]]
            most = max(set(labels), key=labels.count)
            assert most in truth["common_to_all"] and labels.count(most) * 2 >= len(labels)
            proposed += 1
        printed = next(s for s in full["sessions"] if s["id"] == played["id"])
        common = [theme["title"] for theme in printed["themes"] if theme["lane"] == "common"]
        assert sorted(common) == sorted(truth["themes"][label] for label in truth["common_to_all"])
        assert sorted(c["text"] for c in printed["cards"]) == sorted(c["text"] for c in truth["cards"])
    assert max(met.values()) == 2
    assert proposed >= 15
    for export in result["exports"]:
        content = (tmp_path / export["path"]).read_text()
        assert export["format"] == "json" or "Community-led organisations need flexible" in content
        if export["format"] == "json":
            assert [p["statement"] for p in json.loads(content)["proposals"]] == [
                p["statement"] for p in event["proposals"]
            ]


def test_an_event_of_another_size_language_and_kind_is_played_too(tmp_path, other):
    done = replay(other, tmp_path / "out", "--formats", "json,csv", "--echoes", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads((tmp_path / "out/result.json").read_text())
    groups = {s["id"]: [len(p) for p in s["groups"].values()] for s in result["sessions"]}
    assert sorted(groups["drawn"]) == [2, 2, 2, 3]
    assert (groups["again"], sorted(groups["hand"])) == (groups["drawn"], [4, 5])
    assert sorted(groups["stalls"]) == [3, 6]
    decided = next(s for s in result["sessions"] if s["id"] == "drawn")["decided"]["themes"]
    assert sorted((t["label"], t["lane"]) for t in decided) == [("A bank", "unique"), ("Water at the market", "shared")]
    assert {e["lang"] for e in result["exports"]} == {"sw", "en"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"participants": []}, "participants"),
        ({"surprise": 1}, "surprise"),
        ({"sessions": {"nowhere": {"cards": []}}}, "nowhere"),
        ({"sessions": {"drawn": {"cards": [{"group": "A", "section": "no", "text": "x"}]}}}, "no"),
        ({"sessions": {"drawn": {"cards": [{"group": "A", "section": "needs", "text": "x", "theme": "t"}]}}}, "t"),
        ({"plenary_boards": {"hopes": {"food": []}}}, "hopes"),
        ({"plenary_boards": {"hopes": [{"text": "x", "author": "nobody"}]}}, "nobody"),
        ({"proposals": [{"statement": "x", "from_themes": ["ghost"]}]}, "ghost"),
        ({"agenda": "none"}, "agenda"),
    ],
)
def test_a_broken_event_is_refused_in_one_line_that_says_where(tmp_path, change, says):
    path = tmp_path / "broken.json"
    path.write_text(json.dumps({**OTHER, **change}))
    with pytest.raises(BadEvent) as caught:
        read(path)
    assert says in str(caught.value) and "\n" not in str(caught.value)


def test_what_is_no_event_at_all_ends_with_one_line_and_exit_1(tmp_path):
    path = tmp_path / "no.json"
    path.write_bytes(b"\xff not json")
    for event in (path, tmp_path / "missing.json", tmp_path):
        done = replay(event, tmp_path / "out")
        assert done.returncode == 1
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert replay(EVENT, tmp_path / "out", "--formats", "docx9").returncode == 2
    assert replay(EVENT, tmp_path / "out", "--echoes", "7").returncode == 2


def test_an_event_whose_groups_cannot_be_is_refused_with_the_reason(tmp_path):
    path = tmp_path / "few.json"
    few = {**OTHER, "participants": OTHER["participants"][:2], "plenary_boards": {}}
    path.write_text(json.dumps(few))
    done = replay(path, tmp_path / "out")
    assert done.returncode == 1
    assert "too-few-people" in done.stderr and "Traceback" not in done.stderr
