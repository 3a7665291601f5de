"""Help while people sort: what people did is never undone, and nothing moves by itself."""

import json
from pathlib import Path

import pytest

from app.thinking.themes import merges, place, propose, split, suggest, word_pairs

FIXTURES = Path(__file__).parent.parent / "fixtures/themes"
CARDS = [
    card
    for session in json.loads((FIXTURES / "reference-event-cards.json").read_text(encoding="utf-8")).values()
    for card in session
]


def card(n, group, text):
    return {"id": n, "group": group, "lang": "en", "text": text}


WATER = [
    card("w1", "A", "The borehole pump is broken"),
    card("w2", "B", "Repair the pump of the borehole"),
    card("w3", "C", "A new pump for the borehole water"),
]
SCHOOL = [
    card("s1", "A", "Not enough teachers at the school"),
    card("s2", "B", "The school needs more teachers"),
    card("s3", "C", "Train teachers of the primary school"),
]


@pytest.fixture
def sorted_board():
    answer = propose({"cards": CARDS})
    return [{"id": f"t{n}", "card_ids": theme["card_ids"]} for n, theme in enumerate(answer["themes"])]


def test_pinned_cards_are_never_suggested(sorted_board):
    pins = [theme["card_ids"][-1] for theme in sorted_board]
    moves = suggest({"cards": CARDS, "themes": sorted_board, "pins": pins})["moves"]
    assert moves
    assert not {move["card"] for move in moves} & set(pins)


def test_a_card_taken_out_of_a_theme_is_never_suggested_for_it_again(sorted_board):
    request = {"cards": CARDS, "themes": sorted_board, "pins": []}
    apart = []
    for _ in range(len(sorted_board) + 1):
        moves = suggest({**request, "apart": apart})["moves"]
        assert not {(move["card"], move["to"]) for move in moves} & set(map(tuple, apart))
        apart += [[move["card"], move["to"]] for move in moves]
    assert moves == []


def test_a_card_in_the_wrong_theme_is_suggested_for_the_right_one():
    themes = [{"id": "water", "card_ids": ["w1", "w2", "s3"]}, {"id": "school", "card_ids": ["s1", "s2", "w3"]}]
    moves = suggest({"cards": WATER + SCHOOL, "themes": themes, "pins": ["w1", "w2", "s1", "s2"]})["moves"]
    assert {(move["card"], move["from"], move["to"]) for move in moves} == {
        ("s3", "water", "school"),
        ("w3", "school", "water"),
    }


def test_cards_of_the_tray_that_go_together_are_offered_as_a_new_theme():
    themes = [{"id": "water", "card_ids": ["w1", "w2", "w3"]}]
    answer = suggest({"cards": WATER + SCHOOL, "themes": themes, "pins": ["w1"]})
    assert [sorted(theme["card_ids"]) for theme in answer["new"]] == [["s1", "s2", "s3"]]


def test_a_late_card_goes_to_its_theme_and_one_like_nothing_to_the_tray():
    themes = [{"id": "water", "card_ids": ["w1", "w2"]}, {"id": "school", "card_ids": ["s1", "s2"]}]
    stranger = card("x", "C", "Dance every evening")
    answer = place({"cards": [*WATER, *SCHOOL, stranger], "themes": themes, "late": ["w3", "s3", "x"]})
    assert {(put["card"], put["theme"]) for put in answer["placed"]} == {("w3", "water"), ("s3", "school")}
    assert answer["tray"] == ["x"]


def test_a_late_card_is_not_put_where_a_person_took_it_out():
    themes = [{"id": "water", "card_ids": ["w1", "w2"]}]
    answer = place({"cards": WATER, "themes": themes, "late": ["w3"], "apart": [["w3", "water"]]})
    assert answer == {"placed": [], "tray": ["w3"]}


def test_an_echo_places_a_late_card_in_any_language():
    late = {"id": "f", "group": "C", "lang": "fr", "text": "Réparer le forage"}
    themes = [{"id": "water", "card_ids": ["w1", "w2"]}, {"id": "school", "card_ids": ["s1", "s2"]}]
    request = {"cards": [*WATER, *SCHOOL, late], "themes": themes, "late": ["f"], "glossary": False}
    assert place({**request, "echoes": [["f", "w1"]]})["placed"][0]["theme"] == "water"


def test_splitting_a_mixed_theme_gives_its_two_halves():
    answer = split({"cards": WATER + SCHOOL, "card_ids": [c["id"] for c in WATER + SCHOOL], "finer": 1.0})
    assert sorted(sorted(theme["card_ids"]) for theme in answer["themes"]) == [
        ["s1", "s2", "s3"],
        ["w1", "w2", "w3"],
    ]


def test_splitting_keeps_every_card(sorted_board):
    for theme in sorted_board:
        answer = split({"cards": CARDS, "card_ids": theme["card_ids"]})
        kept = [i for part in answer["themes"] for i in part["card_ids"]] + answer["tray"]
        assert sorted(kept) == sorted(theme["card_ids"])


def test_two_halves_of_a_theme_are_the_first_pair_to_merge_until_a_person_says_no():
    cards = [*WATER, *SCHOOL, card("w4", "A", "Water from the borehole pump is dirty")]
    themes = [
        {"id": "a", "card_ids": ["w1", "w2"]},
        {"id": "b", "card_ids": ["w3", "w4"]},
        {"id": "c", "card_ids": ["s1", "s2", "s3"]},
    ]
    assert merges({"cards": cards, "themes": themes})["pairs"][0]["themes"] == ["a", "b"]
    rejected = merges({"cards": cards, "themes": themes, "kept_apart": [["b", "a"]]})["pairs"]
    assert ["a", "b"] not in [pair["themes"] for pair in rejected]


def test_echoes_make_a_merge_likelier():
    themes = [{"id": "water", "card_ids": ["w1", "w2"]}, {"id": "school", "card_ids": ["s1", "s2"]}]
    request = {"cards": WATER[:2] + SCHOOL[:2], "themes": themes}
    before = merges(request)["pairs"][0]["alike"]
    after = merges({**request, "echoes": [["w1", "s2"]]})["pairs"][0]["alike"]
    assert after == pytest.approx(before + 0.5, abs=1e-3)


def test_words_that_two_languages_share_in_a_theme_are_offered_as_a_pair_and_then_known():
    cards = [
        card("e1", "A", "The tukrik stand blocks the gate"),
        card("e2", "A", "Every tukrik overloads"),
        {"id": "f1", "group": "B", "lang": "fr", "text": "Le zanmobil va trop vite"},
        {"id": "f2", "group": "B", "lang": "fr", "text": "Un casque pour chaque zanmobil"},
    ]
    themes = [{"id": "riders", "card_ids": ["e1", "e2", "f1", "f2"]}]
    found = word_pairs({"cards": cards, "themes": themes})["pairs"]
    assert found == [{"theme": "riders", "words": {"en": "tukrik", "fr": "zanmobil"}}]
    words = "en,fr\ntukrik,zanmobil\n"
    assert word_pairs({"cards": cards, "themes": themes, "words": words})["pairs"] == []
    answer = propose({"cards": cards, "words": words})
    assert {"A", "B"} in [set(theme["groups"]) for theme in answer["themes"]]
