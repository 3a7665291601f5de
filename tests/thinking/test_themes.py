"""What a proposal promises, on the reference event and on boards made at random."""

import json
import os
import random
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.thinking.themes import FINENESSES, propose

HERE = Path(__file__).parent
FIXTURES = HERE.parent / "fixtures/themes"
SESSIONS = json.loads((FIXTURES / "reference-event-cards.json").read_text(encoding="utf-8"))
WORKSHOP = json.loads((FIXTURES / "mix_workshop_en_fr_es_sw.json").read_text(encoding="utf-8"))
DEMO_GLOSSARY = str(FIXTURES / "glossary_demo.csv")

WORDS = ["water", "pump", "school", "teachers", "road", "flooded", "the", "of", "clinic", "market", "night", "jobs"]
boards = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)), max_size=30
).map(lambda cards: [{"id": f"c{n}", "group": g, "lang": "en", "text": text} for n, (g, text) in enumerate(cards)])


def common_labels(cards):
    groups = defaultdict(set)
    for card in cards:
        groups[card["theme"]].add(card["group"])
    everyone = {card["group"] for card in cards}
    return {label for label, wrote in groups.items() if wrote == everyone}


def majority(cards, ids):
    label, count = Counter(card["theme"] for card in cards if card["id"] in ids).most_common(1)[0]
    return label if count >= len(ids) / 2 else None


def test_the_reference_event_shows_most_of_its_common_themes_and_no_wrong_one():
    found, wrong = 0, 0
    for cards in SESSIONS.values():
        claims = [t["card_ids"] for t in propose({"cards": cards})["themes"] if t["lane"] == "common"]
        right = {majority(cards, ids) for ids in claims} & common_labels(cards)
        found += len(right)
        wrong += len(claims) - len(right)
    assert found >= 15
    assert wrong == 0


@pytest.mark.parametrize("session", SESSIONS)
def test_common_themes_that_are_not_proposed_are_one_merge_away(session):
    cards = SESSIONS[session]
    group = {card["id"]: card["group"] for card in cards}
    answer = propose({"cards": cards})
    lumps = [set(theme["card_ids"]) for theme in answer["themes"]] + [{card} for card in answer["tray"]]
    whole = [lump for lump in lumps if {group[i] for i in lump} == set(group.values())]
    unions = [a | b for a, b in combinations(lumps, 2) if {group[i] for i in a | b} == set(group.values())]
    within_reach = {majority(cards, lump) for lump in [*whole, *unions]}
    assert common_labels(cards) <= within_reach


@given(boards)
@settings(max_examples=60, deadline=None)
def test_every_card_is_in_one_theme_or_in_the_tray(cards):
    answer = propose({"cards": cards, "glossary": False})
    placed = [i for theme in answer["themes"] for i in theme["card_ids"]] + answer["tray"]
    assert sorted(placed) == sorted(card["id"] for card in cards)
    for theme in answer["themes"]:
        assert len(theme["card_ids"]) > 1
        assert theme["medoid"] in theme["card_ids"]
        assert set(theme["fits"]) == set(theme["card_ids"])
        wrote = {card["group"] for card in cards if card["id"] in theme["card_ids"]}
        assert set(theme["groups"]) <= wrote
        assert (theme["lane"] == "common") == (
            len(theme["groups"]) > 1 and set(theme["groups"]) == {card["group"] for card in cards}
        )


@given(boards, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_arrival_changes_nothing(cards, chance):
    shuffled = chance.sample(cards, len(cards))
    assert propose({"cards": cards, "glossary": False}) == propose({"cards": shuffled, "glossary": False})


def test_the_order_of_arrival_changes_nothing_with_echoes_either():
    cards = SESSIONS["session-1"]
    by_group = defaultdict(list)
    for card in cards:
        by_group[card["group"]].append(card["id"])
    echoes = [[a, b] for a, b in zip(by_group["A"], by_group["B"], strict=False)]
    chance = random.Random(7)
    answers = []
    for _ in range(5):
        request = {"cards": chance.sample(cards, len(cards)), "echoes": chance.sample(echoes, len(echoes))}
        answers.append(propose(request))
    assert all(answer == answers[0] for answer in answers)


def test_the_hash_seed_changes_nothing():
    script = "import json, sys; from app.thinking.themes import propose; print(propose(json.load(sys.stdin)))"
    request = json.dumps({"cards": WORKSHOP["cards"], "glossary": DEMO_GLOSSARY})
    answers = {
        subprocess.run(
            [sys.executable, "-c", script],
            input=request,
            capture_output=True,
            text=True,
            check=True,
            cwd=HERE.parent.parent,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(answers) == 1


def test_without_a_glossary_nothing_is_claimed_across_languages():
    answer = propose({"cards": WORKSHOP["cards"], "glossary": False})
    assert not answer["compared"]
    assert answer["uncovered"] == ["en", "es", "fr", "sw"]
    assert not [theme for theme in answer["themes"] if theme["lane"] == "common"]
    group = {card["id"]: card["group"] for card in WORKSHOP["cards"]}
    for theme in answer["themes"]:
        assert {group[i] for i, fit in theme["fits"].items() if fit > 0} == set(theme["groups"])


def test_an_echo_is_ground_to_claim_a_theme_across_languages():
    cards = [
        {"id": "e", "group": "A", "lang": "en", "text": "The borehole pump breaks down"},
        {"id": "s", "group": "B", "lang": "sw", "text": "Kisima kimeharibika"},
    ]
    alone = propose({"cards": cards, "glossary": False})
    together = propose({"cards": cards, "glossary": False, "echoes": [["e", "s"]]})
    assert alone["themes"] == []
    assert [(theme["lane"], theme["groups"]) for theme in together["themes"]] == [("common", ["A", "B"])]


def test_a_glossary_lets_cards_of_four_languages_meet():
    answer = propose({"cards": WORKSHOP["cards"], "glossary": DEMO_GLOSSARY})
    gold = WORKSHOP["gold"]
    claims = [theme for theme in answer["themes"] if theme["lane"] == "common"]
    best = {Counter(gold[i] for i in theme["card_ids"]).most_common(1)[0][0] for theme in claims}
    assert answer["compared"]
    assert {"water", "road", "school"} <= best


@pytest.mark.parametrize(
    "name",
    [
        "mix_harbour_en_pt_sw_ar",
        "mix_tenants_fr_es_ru_zh",
        "mix_household_fr_pt_sw_ru",
        "mix_library_en_ar_zh_es",
        "mix_radio_en_ar_es_ru",
    ],
)
def test_the_shipped_glossary_compares_workshops_in_four_languages_and_claims_little_that_is_wrong(name):
    workshop = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    cards = [{**card, "theme": workshop["gold"][card["id"]]} for card in workshop["cards"]]
    answer = propose({"cards": cards})
    claims = [theme["card_ids"] for theme in answer["themes"] if theme["lane"] == "common"]
    right = {majority(cards, ids) for ids in claims} & (common_labels(cards) - {None})
    assert answer["compared"]
    assert len(right) >= 4
    assert len(claims) - len(right) <= 2


def test_cards_are_compared_in_the_language_that_most_of_them_have():
    cards = [
        {"id": "1", "group": "A", "lang": "fr", "text": "Plus d'eau", "translations": {"en": "More clean water"}},
        {"id": "2", "group": "B", "lang": "es", "text": "Agua limpia", "translations": {"en": "Clean water"}},
        {"id": "3", "group": "C", "lang": "en", "text": "Clean water for all"},
        {"id": "4", "group": "C", "lang": "en", "text": "Repair the road"},
        {"id": "5", "group": "A", "lang": "en", "text": "The road is broken"},
    ]
    answer = propose({"cards": cards, "glossary": False})
    assert (answer["language"], answer["compared"]) == ("en", True)
    common = [theme for theme in answer["themes"] if theme["lane"] == "common"]
    assert [sorted(theme["card_ids"]) for theme in common] == [["1", "2", "3"]]


def test_of_languages_with_equally_many_cards_the_workshops_first_is_taken():
    cards = [
        {"id": "1", "group": "A", "lang": "fr", "text": "eau"},
        {"id": "2", "group": "B", "lang": "es", "text": "agua"},
    ]
    assert propose({"cards": cards, "languages": ["fr", "es"]})["language"] == "fr"
    assert propose({"cards": cards, "languages": ["es", "fr"]})["language"] == "es"
    assert propose({"cards": cards, "language": "fr", "languages": ["es"]})["language"] == "fr"


def test_cards_that_say_nearly_the_same_are_one_stack_and_count_for_each_group():
    cards = [
        {"id": "1", "group": "A", "lang": "en", "text": "Repair the borehole pump"},
        {"id": "2", "group": "B", "lang": "en", "text": "repair the borehole pump!"},
        {"id": "3", "group": "A", "lang": "en", "text": "Teachers are paid late"},
        {"id": "4", "group": "B", "lang": "en", "text": "Dark streets at night"},
    ]
    answer = propose({"cards": cards, "glossary": False})
    assert [sorted(stack) for stack in answer["stacks"]] == [["1", "2"]]
    assert answer["themes"][0]["groups"] == ["A", "B"]


def test_the_slider_goes_from_fewer_to_more_themes():
    cards = [card for session in SESSIONS.values() for card in session]
    parts = []
    for finer in FINENESSES:
        answer = propose({"cards": cards, "finer": finer})
        parts.append(len(answer["themes"]) + len(answer["tray"]))
    assert parts == sorted(parts)
    assert parts[0] < parts[-1]


@pytest.mark.parametrize("finer", FINENESSES)
def test_every_group_means_the_groups_that_wrote_a_card_of_the_request(finer):
    cards = SESSIONS["session-2"]
    groups = sorted({card["group"] for card in cards})
    for chosen in combinations(groups, 2):
        some = [card for card in cards if card["group"] in chosen]
        themes = propose({"cards": some, "finer": finer})["themes"]
        assert [theme for theme in themes if theme["lane"] == "common"]
        for theme in themes:
            assert (theme["lane"] == "common") == (set(theme["groups"]) == set(chosen))
    alone = propose({"cards": [card for card in cards if card["group"] == groups[0]], "finer": finer})["themes"]
    assert {theme["lane"] for theme in alone} == {"unique"}


def test_groups_of_several_sessions_are_groups_of_their_own():
    cards = [{**card, "group": f"{name}/{card['group']}"} for name in SESSIONS for card in SESSIONS[name]]
    everyone = {card["group"] for card in cards}
    group = {card["id"]: card["group"] for card in cards}
    themes = propose({"cards": cards, "finer": 1.0})["themes"]
    for theme in themes:
        counted = {group[i] for i, fit in theme["fits"].items() if fit > 0}
        assert set(theme["groups"]) == counted
        assert (theme["lane"] == "common") == (counted == everyone)
    assert max(len(theme["groups"]) for theme in themes) > len(everyone) / len(SESSIONS)
