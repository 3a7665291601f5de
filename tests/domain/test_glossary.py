"""Words that mean the same, said by facilitators or brought by the organiser."""

import pytest

from app.domain.core import Refused
from app.domain.finding import FindThemes
from app.domain.glossary import Concept, as_csv, concepts_of
from app.domain.themes import Member
from app.thinking import glossary
from tests.domain.room import Room


@pytest.fixture
def room():
    """Three groups that say the same in words that no glossary knows to be the same."""
    room = Room().drawn(6)
    room.said = [
        room.card("one.A", "Zilk spoils our plans"),
        room.card("one.B", "Le brouf nous manque"),
        room.card("one.C", "Zilk everywhere"),
    ]
    room.ask("NewTheme", session="one", cards=room.said)
    return room


def words(room):
    return [concept.words for concept in room.state.all(Concept)]


def test_words_that_mean_the_same_are_in_every_question_to_the_program(room):
    room.ask("AddWords", words={"fr": ["brouf"], "en": [" zilk ", "zilk"]})
    assert words(room) == [{"en": ("zilk",), "fr": ("brouf",)}]
    asked = FindThemes(session="one").request(room.state, None)
    assert asked["words"].splitlines() == ["en,fr", "zilk,brouf"]
    known = glossary.parse((asked["words"],), frozenset({"en", "fr"}))
    assert known.concepts("our zilk", "en") == known.concepts("le brouf", "fr") != []


def test_they_bring_cards_together_that_nothing_else_does():
    room = Room().drawn(6)
    french = [room.ask("AddCard", room.of(f"one.{g}")[0], board=f"one.{g}", section="one/ideas", text=text, lang="fr")
              for g, text in zip("AB", ["brouf fatigue", "toujours brouf"], strict=True)]  # fmt: skip
    english = [room.card("one.C", "zilk"), room.card("one.A", "zilk zilk")]
    for n in range(4):
        room.card("one.B", f"Something else {n * 7919}")
    room.ask("AddWords", words={"fr": ["brouf"], "en": ["zilk"]})
    room.ask("FindThemes", session="one")
    themes = {m.theme for c in french if (m := room.state.get(Member, c.event.card))}
    assert themes & {m.theme for c in english if (m := room.state.get(Member, c))}


def test_the_same_words_are_said_once_and_can_be_taken_back_and_brought_again(room):
    said = room.ask("AddWords", words={"fr": ["brouf"], "en": ["zilk"]})
    assert room.ask("AddWords", words={"en": ["zilk"], "fr": ["brouf"]}) is None
    concept = next(iter(said.event.concepts))
    dropped = room.ask("DropWords", concept=concept)
    assert (words(room), as_csv(room.state)) == ([], "")
    room.ask("Undo", event=dropped.seq)
    assert words(room) == [{"en": ("zilk",), "fr": ("brouf",)}]
    assert room.folds()


def test_a_glossary_that_is_brought_adds_what_is_not_there(room):
    room.ask("AddWords", words={"fr": ["brouf"], "en": ["zilk"]})
    table = [["field", "en", "fr"], ["x", "zilk", "brouf"], ["", "hand | arm", ""], [], ["", "", ""]]
    room.ask("LoadWords", concepts=concepts_of(table))
    assert words(room)[1:] == [{"en": ("hand", "arm")}]
    assert room.ask("LoadWords", concepts=concepts_of(table)) is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"en": ["zilk"]}, "one-word"),
        ({"en": ["zilk", " zilk"]}, "one-word"),
        ({}, "one-word"),
        ({"en": ["a|b", "c"]}, "bad-word"),
        ({"en": ["=1+1", "c"]}, "bad-word"),
        ({"en": ["zilk", "  "]}, "empty"),
    ],
)
def test_what_says_nothing_is_refused(room, given, code):
    with pytest.raises(Refused, match=code):
        room.ask("AddWords", words=given)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ([], "no-languages"),
        ([["word", "other"], ["a", "b"]], "no-languages"),
        ([["en", "fr"], ["alone", ""]], "lone-word"),
        ([["en", "fr"]], "one-word"),
    ],
)
def test_a_file_that_is_no_glossary_is_refused(table, code):
    with pytest.raises(Refused, match=code):
        concepts_of(table)


def test_the_program_suggests_words_of_several_languages_that_people_put_together():
    room = Room().drawn(6)
    cards = [room.card("one.A", "zilk zilk now"), room.card("one.C", "more zilk please")]
    for group, text in (("B", "brouf partout"), ("A", "encore brouf")):
        said = room.ask("AddCard", room.of(f"one.{group}")[0], board=f"one.{group}", section="one/ideas", text=text,
                        lang="fr")  # fmt: skip
        cards.append(said.event.card)
    assert room.ask("SuggestWords", session="one")["pairs"] == []
    theme = room.ask("NewTheme", session="one", cards=cards).event.theme
    told = room.ask("SuggestWords", session="one")
    assert told["pairs"] == [{"theme": theme, "words": {"en": "zilk", "fr": "brouf"}}]
    room.ask("AddWords", words={lang: [word] for lang, word in told["pairs"][0]["words"].items()})
    assert room.ask("SuggestWords", session="one")["pairs"] == []
