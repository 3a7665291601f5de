"""A machine's translations: only where they are allowed, never over a person's, never of words that have changed."""

import pytest

from app.domain import grammar
from app.domain.cards import Card, Translation
from app.domain.core import Meta, Principal, Refused
from app.domain.translating import KeepTranslations, Made, Permission, TranslateCards, Translated
from app.ledger.base import without
from tests.domain.room import LEAD, ORGANISER, PLAN, SERVER, Room


@pytest.fixture
def room():
    room = Room().drawn()
    room.ask("AllowTranslation", ORGANISER, on=True)
    return room


def request(room, lang="fr"):
    """What the worker would get."""
    return TranslateCards(session="one", lang=lang).request(room.state, Meta("ask", LEAD, 0))


def keep(room, lang="fr", asked=None, unknown=(), **texts):
    """The machine's translations come back, by card."""
    rows = {card: room.state.get(Card, card) for card in texts}
    made = tuple(Made(card=c, text=t, of=rows[c].text_seq, source=rows[c].lang) for c, t in texts.items())
    command = KeepTranslations(session="one", lang=lang, texts=made, asked=asked or len(made), unknown=unknown)
    return room.do(command, Principal("server", "lead"))


def text(room, card, lang="fr"):
    row = room.state.get(Translation, f"{card}.{lang}")
    return row and row.text


def test_without_the_organisers_permission_no_card_is_given_to_a_machine():
    room = Room().drawn()
    room.card()
    for _ in range(2):
        with pytest.raises(Refused, match="translation-off"):
            request(room)
        room.ask("AllowTranslation", ORGANISER, on=True)
        assert request(room)
        room.ask("AllowTranslation", ORGANISER, on=False)


def test_only_an_organiser_allows_it_and_no_facilitator_brings_it_back_by_undoing(room):
    for who in (LEAD, SERVER, room.people[0]):
        with pytest.raises(Refused, match="not-allowed"):
            room.ask("AllowTranslation", who, on=False)
    change = room.ask("AllowTranslation", ORGANISER, on=False)
    with pytest.raises(Refused, match="cannot-undo"):
        room.ask("Undo", event=change.seq)
    assert not room.state.get(Permission, "translation").on


def test_preparing_the_workshop_again_leaves_the_permission_as_it_is(room):
    room.ask("Prepare", ORGANISER, plan={**PLAN, "title": "Wells"})
    assert room.state.get(Permission, "translation").on


def test_cards_are_sent_that_lack_an_up_to_date_text_in_the_language_with_nothing_but_their_words(room):
    plain, french, by_hand, made, stale = (room.card(text=f"The pump breaks {n}") for n in range(5))
    elsewhere = room.card("one.B", "The well is dry")
    room.ask("SetLanguage", card=french, lang="fr")
    room.ask("TranslateCard", card=by_hand, lang="fr", text="mots")
    room.ask("EditCard", card=by_hand, text="changed since", seen=room.state.head)
    keep(room, **{made: "fait", stale: "vieux"})
    room.ask("EditCard", card=stale, text="The pump is new", seen=room.state.head)
    room.ask("TakeCard", card=room.card(text="parked"), to="parked")
    sent = request(room)["cards"]
    assert {card["id"] for card in sent} == {plain, stale, elsewhere}
    assert set(sent[0]) == {"id", "lang", "text", "of"}


def test_with_nothing_to_translate_or_no_such_session_the_ask_is_refused(room):
    with pytest.raises(Refused, match="nothing-to-translate"):
        request(room)
    with pytest.raises(Refused, match="not-found"):
        TranslateCards(session="none", lang="fr").request(room.state, Meta("ask", LEAD, 0))
    room.card()
    room.ask("EndWorkshop")
    with pytest.raises(Refused, match="workshop-ended"):
        request(room)


def test_the_answer_becomes_one_ask_that_keeps_what_fits_and_says_what_is_left(room):
    first, second = room.card(), room.card(text="The well is dry")
    asked = request(room)
    result = {"texts": {first: " La pompe casse\x00 ", "unknown": "of no card"}, "unknown": ["sw"]}
    command = TranslateCards(session="one", lang="fr").command(asked, result)
    change = room.do(command, Principal("server", "lead"))
    row = room.state.get(Translation, f"{first}.fr")
    assert (row.text, row.by, row.of) == ("La pompe casse", "machine", room.state.get(Card, first).text_seq)
    assert row.audience == room.state.get(Card, first).audience and text(room, second) is None
    told = room.state.get(Translated, "one")
    assert (told.lang, told.cards, told.left, told.unknown, told.audience) == ("fr", 1, 1, ("sw",), "lead")
    room.ask("Undo", event=change.seq)
    assert text(room, first) is None and {c["id"] for c in request(room)["cards"]} == {first, second}
    assert room.folds()


def test_what_changed_while_the_machine_worked_is_left_as_it_is(room):
    cards = [room.card(text=f"The pump breaks {n}") for n in range(7)]
    edited, gone, by_hand, own, other, blank, long = cards
    of = {card: room.state.get(Card, card).text_seq for card in cards}
    room.ask("EditCard", card=edited, text="The well is dry", seen=room.state.head)
    room.ask("ForgetCard", card=gone)
    room.ask("TranslateCard", card=by_hand, lang="fr", text="de ma main")
    room.ask("SetLanguage", card=own, lang="fr")
    room.ask("SetLanguage", card=other, lang="es")
    texts = {**dict.fromkeys(cards, "x"), blank: " \u200b", long: "x" * 1001}
    made = tuple(Made(card=card, text=text, of=of[card], source="en") for card, text in texts.items())
    room.do(KeepTranslations(session="one", lang="fr", texts=made, asked=7), SERVER)
    assert [row.text for row in room.state.all(Translation)] == ["de ma main"]
    assert room.state.get(Translated, "one").left == 7


def test_nothing_is_kept_once_the_organiser_has_forbidden_it(room):
    card = room.card()
    room.ask("AllowTranslation", ORGANISER, on=False)
    with pytest.raises(Refused, match="translation-off"):
        keep(room, **{card: "La pompe casse"})


def test_a_persons_translation_takes_the_place_of_a_machines_even_with_the_same_words(room):
    card = room.card()
    keep(room, **{card: "La pompe casse"})
    room.ask("TranslateCard", card=card, lang="fr", text="La pompe casse")
    assert room.state.get(Translation, f"{card}.fr").by == "person"
    keep(room, **{card: "autre chose"})
    assert text(room, card) == "La pompe casse"


def test_a_card_that_was_taken_for_another_language_is_translated_again(room):
    card = room.card()
    keep(room, **{card: "La pompe casse"})
    room.ask("TranslateCard", card=card, lang="es", text="de una persona")
    change = room.ask("SetLanguage", card=card, lang="sw")
    assert [row.text for row in room.state.all(Translation)] == ["de una persona"]
    assert [sent["lang"] for sent in request(room)["cards"]] == ["sw"]
    room.ask("Undo", event=change.seq)
    assert text(room, card) == "La pompe casse"
    assert room.folds()


def test_a_variant_of_a_language_needs_no_translation_into_it(room):
    room.ask("SetLanguage", card=room.card(), lang="fr-CH")
    with pytest.raises(Refused, match="nothing-to-translate"):
        request(room)


def test_what_a_forgotten_card_said_is_in_no_machines_translation_either_and_the_others_stay(room):
    card, other = room.card(text="hushed one"), room.card(text="not this one")
    keep(room, **{card: "hushed deux", other: "pas celle-ci"})
    forgotten = room.ask("ForgetCard", card=card)
    changed, state = without(room.journal(), forgotten.event)
    silent = {entry.seq: entry for entry in changed}
    journal = b"".join(grammar.write(silent.get(e.seq, e).event) for e in room.journal())
    assert b"hushed" not in journal + b"".join(grammar.write(row) for row in state.rows())
    assert state.get(Translation, f"{other}.fr").text == "pas celle-ci"


def test_a_worker_that_was_stopped_is_said_as_a_service_that_is_too_slow():
    job = TranslateCards(session="one", lang="fr")
    assert job.refusal({}, {"code": "worker-failed", "facts": {}})["facts"] == {"reason": "too-slow"}
    assert job.refusal({}, {"code": "busy", "facts": {}})["code"] == "busy"
