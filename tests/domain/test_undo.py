"""Undo: what comes back still fits what has happened since, however the two touch."""

import pytest

from app.domain.agenda import Step
from app.domain.cards import Card, Translation
from app.domain.core import Refused
from tests.domain.room import Room


@pytest.fixture
def room():
    return Room().drawn()


def test_undoing_never_leaves_two_steps_open(room):
    closed = room.ask("CloseStep", step="one/work")
    room.ask("OpenStep", step="one/report-back", **{"from": None})
    with pytest.raises(Refused, match="step-moved"):
        room.ask("Undo", event=closed.seq)
    assert [s.id for s in room.state.all(Step) if s.state == "open"] == ["one/report-back"]
    room.ask("CloseStep", step="one/report-back")
    assert room.ask("Undo", event=closed.seq)
    assert [s.id for s in room.state.all(Step) if s.state == "open"] == ["one/work"]


@pytest.mark.parametrize("how", ["withdrawn", "moved", "redone"])
def test_undoing_into_a_full_section_is_refused_like_restoring(room, how):
    first, *_ = [room.card(section="problems") for _ in range(3)]
    if how == "moved":
        change = room.ask("MoveCard", card=first, section="one/ideas")
    else:
        change = room.ask("TakeCard", card=first)
    if how == "redone":
        restored = room.ask("RestoreCard", card=first)
        change = room.ask("Undo", event=restored.seq)
    fourth = room.card(section="problems")
    with pytest.raises(Refused, match="section-full"):
        room.ask("Undo", event=change.seq)
    room.ask("TakeCard", card=fourth)
    assert room.ask("Undo", event=change.seq)
    assert room.folds()


def test_a_card_that_comes_back_to_a_presented_board_is_for_all_like_the_others(room):
    card = room.card()
    room.ask("TranslateCard", card=card, lang="fr", text="La pompe casse")
    parked = room.ask("TakeCard", card=card, to="parked")
    room.ask("Present", session="one", board="one.A")
    undone = room.ask("Undo", event=parked.seq)
    assert room.state.get(Card, card).audience == "all"
    assert room.state.get(Translation, f"{card}.fr").audience == "all"
    room.ask("Undo", event=undone.seq)
    assert room.state.get(Card, card).state == "parked"
    assert room.folds()


def test_a_card_that_comes_back_to_a_hidden_board_is_for_its_group_only(room):
    room.ask("Present", session="one", board="one.A")
    card = room.card()
    added = room.changes[-1]
    undone = room.ask("Undo", event=added.seq)
    room.ask("HideBoard", board="one.A")
    room.ask("Undo", event=undone.seq)
    assert room.state.get(Card, card).audience == "board:one.A"


def test_undoing_a_card_takes_its_translations_along_and_redo_brings_them_back(room):
    card = room.card()
    added = room.changes[-1]
    room.ask("TranslateCard", card=card, lang="fr", text="La pompe casse")
    undone = room.ask("Undo", event=added.seq)
    assert not list(room.state.all(Translation))
    room.ask("Undo", event=undone.seq)
    assert room.state.get(Translation, f"{card}.fr").text == "La pompe casse"
    assert room.folds()
