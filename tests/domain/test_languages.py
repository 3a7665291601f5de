"""The language of a card: guessed when it is written, put right by people."""

import pytest

from app.domain.boards import may_be_known
from app.domain.cards import Card, Translation
from app.domain.core import Refused
from tests.domain.room import PLAN, Room

FRENCH = "Il n'y a pas assez de places pour les enfants dans le quartier"


@pytest.fixture
def room():
    return Room().drawn()


def lang(room, card):
    return room.state.get(Card, card).lang


def test_words_that_are_clearly_of_another_language_than_the_phone_make_the_card_one_of_it(room):
    assert lang(room, room.card(text=FRENCH)) == "fr"
    assert lang(room, room.card(text="La pompe")) == "en"
    assert lang(room, room.card(text="缺水")) == "zh"
    assert room.changes[-1].event.lang == "zh"


def test_an_edited_card_is_looked_at_again(room):
    card = room.card(text="La pompe")
    room.ask("EditCard", card=card, text=FRENCH, seen=room.state.head)
    assert lang(room, card) == "fr"


def test_what_a_person_said_of_a_cards_language_survives_every_edit_of_its_words(room):
    card = room.card(text=FRENCH)
    room.ask("SetLanguage", card=card, lang="sw")
    room.ask("EditCard", card=card, text=f"{FRENCH} !", seen=room.state.head)
    assert lang(room, card) == "sw"


def test_its_writer_an_interpreter_who_sees_it_and_facilitators_say_a_cards_language(room):
    writer, other = room.of("one.A")[:2]
    stranger = room.of("one.B")[0]
    card = room.card(who=writer)
    for who in (other, stranger):
        with pytest.raises(Refused, match="not-allowed"):
            room.ask("SetLanguage", who, card=card, lang="fr")
        room.ask("SetInterpreter", person=who.id, on=True)
    with pytest.raises(Refused, match="not-allowed"):
        room.ask("SetLanguage", stranger, card=card, lang="fr")
    for n, who in enumerate((writer, other, None)):
        room.ask("SetLanguage", *([who] if who else []), card=card, lang=("fr", "es", "sw")[n])
        assert lang(room, card) == ("fr", "es", "sw")[n]


def test_the_language_that_a_card_has_already_is_no_event_and_a_code_that_is_none_is_malformed(room):
    card = room.card()
    assert room.ask("SetLanguage", card=card, lang="en") is None
    with pytest.raises(ValueError, match="lang"):
        room.ask("SetLanguage", card=card, lang="Français!")
    with pytest.raises(Refused, match="not-found"):
        room.ask("SetLanguage", card="x" * 22, lang="fr")


def test_a_translation_into_what_is_now_the_cards_own_language_is_gone_and_undo_brings_it_back(room):
    card = room.card()
    room.ask("TranslateCard", card=card, lang="fr", text="La pompe casse")
    room.ask("TranslateCard", card=card, lang="es", text="La bomba se rompe")
    of = room.state.get(Translation, f"{card}.es").of
    change = room.ask("SetLanguage", card=card, lang="fr")
    assert [row.lang for row in room.state.all(Translation)] == ["es"]
    assert of == room.state.get(Card, card).text_seq, "the other one is of the same words still"
    room.ask("Undo", event=change.seq)
    assert lang(room, card) == "en"
    assert {row.lang for row in room.state.all(Translation)} == {"fr", "es"}
    assert room.folds()


def test_where_nobody_is_to_be_known_the_journal_doesnt_say_who_set_a_language():
    room = Room(plan={**PLAN, "authors": "nobody"}).drawn()
    writer = room.of("one.A")[0]
    change = room.ask("SetLanguage", writer, card=room.card(who=writer), lang="fr")
    assert not may_be_known(room.state, change.event)
