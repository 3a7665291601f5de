"""The worker's jobs for the board of themes: JSON in, the functions' own answers out, no traceback."""

import json

import pytest

from app.thinking import themes
from app.thinking.worker import answer

CARDS = [
    {"id": "w1", "group": "A", "lang": "en", "text": "The borehole pump is broken"},
    {"id": "w2", "group": "B", "lang": "en", "text": "Repair the pump of the borehole"},
    {"id": "w3", "group": "C", "lang": "en", "text": "A new pump for the borehole water"},
    {"id": "s1", "group": "A", "lang": "en", "text": "Not enough teachers at the school"},
    {"id": "s2", "group": "B", "lang": "en", "text": "The school needs more teachers"},
    {"id": "e1", "group": "A", "lang": "en", "text": "The tukrik stand blocks the gate"},
    {"id": "e2", "group": "C", "lang": "en", "text": "Every tukrik overloads"},
    {"id": "f1", "group": "B", "lang": "fr", "text": "Le zanmobil va trop vite"},
    {"id": "f2", "group": "C", "lang": "fr", "text": "Un casque pour chaque zanmobil"},
]
THEMES = [{"id": "water", "card_ids": ["w1", "w2", "e1", "e2", "f1", "f2"]}, {"id": "school", "card_ids": ["s1", "s2"]}]
JOBS = {
    "themes": (themes.propose, {"finer": 2.0}),
    "suggest": (themes.suggest, {"themes": THEMES, "pins": ["w1", "s1"], "apart": [["f1", "water"]]}),
    "place": (themes.place, {"themes": THEMES, "late": ["w3"]}),
    "split": (themes.split, {"card_ids": ["w1", "w2", "s1", "s2"]}),
    "merges": (themes.merges, {"themes": THEMES}),
    "words": (themes.word_pairs, {"themes": THEMES}),
}


@pytest.mark.parametrize("job", JOBS)
def test_a_job_answers_what_its_function_says_under_its_own_name(job):
    function, more = JOBS[job]
    request = {"cards": CARDS, **more}
    answered = answer(json.dumps({"job": job, "session": "one", **request}))
    assert answered == {"ok": True, job: json.loads(json.dumps(function(request)))}
    assert any(answered[job].values())


@pytest.mark.parametrize("job", JOBS)
def test_a_job_says_what_its_request_is_missing(job):
    for key in {"cards", *JOBS[job][1]} - {"finer", "pins", "apart"}:
        request = {"job": job, "cards": CARDS, **JOBS[job][1]}
        del request[key]
        facts = {"message": "something is missing", "missing": [key]}
        assert answer(json.dumps(request)) == {"ok": False, "error": {"code": "malformed", "facts": facts}}


@pytest.mark.parametrize("job", JOBS)
@pytest.mark.parametrize(
    ("words", "line"),
    [("en,fr\nwater,eau\nschool,école,shule\n", 3), ("water pump,eau\n", 1), ('en,fr\n"water,eau\n', 2), ("\n", 1)],
)
def test_a_bad_glossary_is_refused_with_its_line(job, words, line):
    answered = answer(json.dumps({"job": job, "cards": CARDS, **JOBS[job][1], "words": words}))
    assert (answered["ok"], answered["error"]["code"]) == (False, "bad-glossary")
    assert answered["error"]["facts"]["line"] == line
    assert f"line {line}" in answered["error"]["facts"]["message"]


def test_a_glossary_that_cannot_be_read_is_refused_without_a_line(tmp_path):
    (tmp_path / "latin.csv").write_bytes("en,fr\nschool,école\n".encode("latin-1"))
    for path in (tmp_path / "none.csv", tmp_path, tmp_path / "latin.csv"):
        answered = answer(json.dumps({"job": "themes", "cards": CARDS, "glossary": str(path)}))
        assert (answered["ok"], answered["error"]["code"]) == (False, "bad-glossary")
        assert set(answered["error"]["facts"]) == {"message"}


def test_cards_that_have_gone_since_are_left_out():
    gone = [{"id": "water", "card_ids": ["w1", "w2", "gone"]}, {"id": "empty", "card_ids": ["gone"]}]
    more = {"pins": ["gone"], "apart": [["gone", "water"]], "late": ["gone", "w3"], "card_ids": ["gone", "w1", "s1"]}
    for job in ("suggest", "place", "split", "merges", "words"):
        answered = answer(json.dumps({"job": job, "cards": CARDS, "themes": gone, **more}))
        assert answered["ok"]
        assert '"gone"' not in json.dumps(answered)
