"""From a theme to the cards behind it: group, session, language, translation and who made it, in every format."""

import csv
import io
import json
import re
import zipfile

import pytest

from app.domain.cards import Card
from app.domain.core import Principal
from app.domain.summary import summary
from app.domain.translating import KeepTranslations, Made
from app.exports import words
from app.exports.formats import FORMATS, render
from app.exports.report import ORIGINS
from tests.domain.room import ORGANISER, Room


@pytest.fixture(scope="module")
def room():
    """A theme of three groups: one card as written, one translated by a person, one by a machine; a Spanish one more."""
    room = Room().drawn()
    room.ask("AllowTranslation", ORGANISER, on=True)
    english = room.card("one.A", "The pump breaks")
    french, spanish = room.card("one.B", "La pompe casse"), room.card("one.C", "La bomba se rompe")
    alone = room.card("one.C", "Nadie la repara")
    for card, lang in ((french, "fr"), (spanish, "es"), (alone, "es")):
        room.ask("SetLanguage", card=card, lang=lang)
    room.ask("TranslateCard", card=french, lang="en", text="The pump broke")
    of = room.state.get(Card, spanish).text_seq
    made = (Made(card=spanish, text="The pump is breaking", of=of, source="es"),)
    room.do(KeepTranslations(session="one", lang="en", texts=made), Principal("server", "lead"))
    room.ask("TranslateCard", card=spanish, lang="fr", text="La pompe se casse")
    cards = [spanish, english, french, alone]
    theme = room.ask("NewTheme", session="one", cards=cards).event.theme
    room.ask("DecideTheme", theme=theme, state="confirmed")
    return room


def made(room, format, level="team", lang="en"):
    return render(summary(room.state, level, lang), format)[2]


def tables(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield name, list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))


def test_json_says_of_each_card_its_theme_language_and_translations_with_who_made_them(room):
    session = next(s for s in json.loads(made(room, "json"))["sessions"] if s["id"] == "one")
    cards = {card["id"]: card for card in session["cards"]}
    behind = [cards[id] for id in session["themes"][0]["cards"]]
    assert {(c["group"], c["lang"], c["text"]) for c in behind} == {
        ("A", "en", "The pump breaks"),
        ("B", "fr", "La pompe casse"),
        ("C", "es", "La bomba se rompe"),
        ("C", "es", "Nadie la repara"),
    }
    spanish = next(c for c in behind if c["text"] == "La bomba se rompe")
    assert spanish["translations"] == {"en": "The pump is breaking", "fr": "La pompe se casse"}
    assert spanish["translated_by"] == {"en": "machine", "fr": "person"}


def test_csv_has_a_row_for_each_card_of_each_theme_and_one_for_each_translation(room):
    found = dict(tables(made(room, "csv")))
    head, *rows = found["theme-cards.csv"]
    assert head == ["session", "theme", "lane", "group", "language", "text", "shown", "shown in", "translated by"]
    assert sorted(row[3:] for row in rows) == [
        ["A", "en", "The pump breaks", "The pump breaks", "en", ""],
        ["B", "fr", "La pompe casse", "The pump broke", "en", "person"],
        ["C", "es", "La bomba se rompe", "The pump is breaking", "en", "machine"],
        ["C", "es", "Nadie la repara", "Nadie la repara", "es", ""],
    ]
    assert {tuple(row[:1] + row[2:3]) for row in rows} == {("one", "common")}
    assert sorted(row[-3:] for row in found["translations.csv"][1:]) == [
        ["en", "The pump broke", "person"],
        ["en", "The pump is breaking", "machine"],
        ["fr", "La pompe se casse", "person"],
    ]
    head, *rows = found["cards.csv"]
    assert {(row[head.index("language")], row[head.index("translated by")]) for row in rows} == {
        ("en", ""),
        ("es", ""),
        ("fr", "person"),
        ("es", "machine"),
    }


def test_markdown_lists_the_cards_behind_a_theme_with_group_language_and_translator(room):
    text = made(room, "markdown").decode()
    annex = text.partition("## Annex: the cards behind each theme")[2].partition("\n## ")[0]
    assert "Cards without a note are written in the language of this report." in annex and "### one" in annex
    assert "- **A** The pump breaks\n" in annex
    assert "- **B** The pump broke (fr: La pompe casse) – Translated by a person from French\n" in annex
    assert "(es: La bomba se rompe) – Translated by a machine from Spanish\n" in annex
    assert "- **C** Nadie la repara – Spanish\n" in annex


def test_the_page_lists_them_too_with_the_signs_of_their_groups(room):
    page = made(room, "html").decode()
    annex = page.partition("<h2>Annex: the cards behind each theme</h2>")[2].partition("</section>")[0]
    cards = re.findall(r"<li>(.*?)</li>", annex)
    assert [re.search(r'aria-label="(\w)"', card)[1] for card in cards] == ["A", "B", "C", "C"]
    machine = next(card for card in cards if "The pump is breaking" in card)
    assert '<p class="small" lang="es" dir="auto">La bomba se rompe</p>' in machine
    assert "Translated by a machine from Spanish" in machine


def test_a_theme_called_by_a_machines_words_says_so_at_every_level(room):
    for level in ("public", "team", "full"):
        for format in ("html", "markdown"):
            assert "These words were translated by a machine." in made(room, format, level).decode()
            assert "translated by a machine" not in made(room, format, level, "es").decode()


@pytest.mark.parametrize("format", FORMATS)
def test_the_public_level_has_neither_cards_nor_translations(room, format):
    content = made(room, format, "public")
    said = str(list(tables(content))) if format == "csv" else content.decode()
    for text in ("The pump broke", "La pompe casse", "La bomba", "Nadie", "La pompe se casse", "Annex: the cards"):
        assert text not in said


def test_what_is_said_of_languages_is_there_in_eight_of_them(room):
    sentences = [ORIGINS["person"], ORIGINS["machine"], "Annex: the cards behind each theme"]
    sentences += [
        "These words were translated by a machine.",
        "Cards without a note are written in the language of this report.",
    ]
    for lang in ("fr", "es", "pt", "ru", "ar", "sw", "zh"):
        say = words.words(lang)
        for sentence in sentences:
            assert say(sentence, language="X") != sentence.format(language="X"), (lang, sentence)
            assert ("X" in say(sentence, language="X")) == ("{language}" in sentence)
