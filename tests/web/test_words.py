"""The sentences of pages, the names that are suggested, and scripts as they are sent."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app.domain.core import PERSON
from app.domain.grammar import COMMANDS
from app.web import catalogues
from app.web.lean import joined, lean, lean_style
from app.web.pseudonyms import WORDS, suggest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
SCRIPTS = [*(STATIC / "js").rglob("*.js")]


@pytest.mark.parametrize(
    ("wanted", "accepted", "chosen"),
    [
        (None, None, "en"),
        (None, "fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        (None, "en;q=0.3, fr;q=0.7", "fr"),
        (None, "fr;q=0, en", "en"),
        (None, "tlh, *;q=0.5", "en"),
        ("fr", "en", "fr"),
        ("tlh", "fr", "fr"),
        ("../../etc", "en;q=nonsense", "en"),
    ],
)
def test_the_language_is_the_one_asked_for_or_the_browsers_best_or_english(wanted, accepted, chosen):
    assert catalogues.choose(wanted, accepted) == chosen


def test_languages_name_themselves_english_first():
    names = [(language.code, language.name, language.direction) for language in catalogues.languages()]
    assert names[:2] == [("en", "English", "ltr"), ("fr", "Français", "ltr")]
    assert catalogues.language("ar") == catalogues.Language("ar", "العربية", "rtl")


def test_plural_forms_follow_the_language():
    english, french = (catalogues.catalogue(lang) for lang in ("en", "fr"))
    counted = [english.ngettext("{n} card", "{n} cards", n) for n in (0, 1, 2)]
    assert counted == ["0 cards", "1 card", "2 cards"]
    assert [french.ngettext("{n} card", "{n} cards", n) for n in (0, 1, 2)] == ["0 carte", "1 carte", "2 cartes"]


def test_in_french_no_line_ends_before_a_sign_that_stands_apart():
    french = catalogues.catalogue("fr")
    sentences = [*french.sentences.values(), *(form for forms in french.plurals.values() for form in forms.values())]
    assert any("\u00a0?" in sentence for sentence in sentences)
    assert [sentence for sentence in sentences if re.search(r" [?!:;»]|« ", sentence)] == []


def test_a_refusal_is_a_sentence_with_its_facts_never_a_code():
    english = catalogues.catalogue("en")
    full = {"code": "section-full", "facts": {"section": "s", "limit": 3, "per": "group"}}
    assert english.refusal(full).startswith("This section takes 3 cards.")
    assert english.refusal({**full, "facts": {"limit": 1}}).startswith("This section takes 1 card.")
    assert english.refusal({"code": "never-heard-of"}) == english.refusal({"code": "bug", "facts": {}})


def test_words_of_people_are_put_into_a_sentence_as_they_are():
    said = catalogues.catalogue("en").refusal({"code": "card-changed", "facts": {"text": "{text} \\1 {limit}"}})
    assert "“{text} \\1 {limit}”" in said


def test_scripts_get_every_plural_category_of_their_language():
    words = catalogues.words("fr", ["common", "refusals"])
    assert words["{n} card"]["one"] == "{n} carte"
    assert words["{n} card"]["other"] == words["{n} card"]["many"] == "{n} cartes"
    assert words["refused.empty"]


@pytest.mark.parametrize("lang", WORDS)
def test_suggested_names_differ_and_are_always_the_same_for_a_workshop(lang):
    names = [suggest("workshop", number, lang) for number in range(1000)]
    assert len(set(names)) == 1000
    assert names == [suggest("workshop", number, lang) for number in range(1000)]
    assert names[:50] != [suggest("another", number, lang) for number in range(50)]
    assert suggest("workshop", 0, lang, taken={names[0], names[1]}) == names[2]


def test_a_suggested_name_fits_where_names_are_written():
    assert all(len(suggest("workshop", n, lang)) <= 40 for lang in WORDS for n in range(300))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(STATIC).as_posix())
def test_lean_scripts_lose_comments_and_spaces_and_nothing_else(path, tmp_path):
    source = path.read_text(encoding="utf-8")
    out = lean(source)
    assert "/**" not in out and lean(out) == out
    kept = ["".join(line.split()) for line in source.splitlines()]
    assert all(any(line.startswith("".join(text.split())) for line in kept) for text in out.splitlines())
    said = [f'say("{sentence}"' for sentence in catalogues.words("fr", catalogues.AREAS)]
    assert [words for words in said if words in source and words not in out] == []
    if shutil.which("node"):
        copy = tmp_path / "lean.mjs"
        for text in (out, joined(out)):
            copy.write_text(text, encoding="utf-8")
            subprocess.run(["node", "--check", copy], check=True)


def test_what_a_style_says_stays():
    source = """
/* Why. */
@layer a, b;
@media (width < 9px) {
  .a :is(.b, .c):hover > p { --x-1: calc(1px - 2px); content: "· ·" }
}
"""
    sent = '@layer a,b;@media (width < 9px){.a :is(.b,.c):hover > p{--x-1:calc(1px - 2px);content:"· ·"}}'
    assert lean_style(source) == sent


def test_phones_have_a_sentence_for_every_refusal_that_people_can_meet():
    asked = [command for command in COMMANDS if PERSON in command.by]
    files = {f"app/domain/{command.__module__.rpartition('.')[2]}.py" for command in asked} | {"app/domain/boards.py"}
    codes = {code for file in files for code in re.findall(r'Refused\(\s*"([a-z-]+)"', (ROOT / file).read_text())}
    leading = {"no-themes", "not-shown", "vote-open"}
    there = catalogues.words("en", ["refusals"])
    assert {code for code in codes - leading if f"refused.{code}" not in there} == set()
