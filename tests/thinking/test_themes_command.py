"""`run.py themes` as a function of text."""

import json

import pytest

from app.commands.themes import themes_command

CARDS = [
    {"id": "1", "group": "A", "lang": "en", "text": "The pump is broken"},
    {"id": "2", "group": "B", "lang": "en", "text": "Repair the pump"},
]


def test_a_request_is_answered_with_themes():
    code, out, err = themes_command(json.dumps({"cards": CARDS}))
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert answer["themes"][0].keys() >= {"label", "keywords", "card_ids", "groups", "lane", "strength"}


def test_no_cards_give_no_themes():
    code, out, _ = themes_command('{"cards": []}')
    assert code == 0
    assert json.loads(out)["themes"] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"cards": [{"id": "1"}]}',
        '{"cards": 3}',
        json.dumps({"cards": CARDS, "glossary": True}),
        json.dumps({"cards": CARDS, "finer": 0}),
        json.dumps({"cards": [CARDS[0], CARDS[0]]}),
        "[" * 100_000,
    ],
)
def test_what_is_no_request_is_refused_in_one_line(text):
    code, out, err = themes_command(text)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_a_missing_or_broken_glossary_is_refused_in_one_line(tmp_path):
    broken = tmp_path / "broken.csv"
    broken.write_text("en,fr\nwater,eau,agua\n", encoding="utf-8")
    for path, word in ((tmp_path / "none.csv", "none.csv"), (broken, "line 2"), (tmp_path, str(tmp_path))):
        code, out, err = themes_command(json.dumps({"cards": CARDS, "glossary": str(path)}))
        assert (code, out) == (1, "")
        assert word in err
        assert err.count("\n") == 1
