"""Forgetting cards and people: their words are in no event, and the journal still folds."""

import pytest

from app.domain import grammar
from app.domain.agenda import Workshop
from app.domain.cards import Author, Card, Seal, Translation
from app.domain.core import Refused
from app.domain.forgetting import personal
from app.domain.people import Named, Person, Token
from app.domain.people import Room as Here
from app.domain.rows import ROWS
from app.domain.seating import groups_of
from app.domain.themes import Theme
from app.ledger.base import without
from tests.domain.room import Room


def test_what_a_forgotten_card_said_is_in_no_event_and_no_row():
    room = Room().drawn()
    writer = room.of("one.A")[0]
    id = room.card(text="hushed one", who=writer)
    room.ask("EditCard", writer, card=id, text="hushed two", seen=10**6)
    room.ask("TranslateCard", card=id, lang="fr", text="hushed trois")
    moved = room.ask("MoveCard", card=id, section="one/problems")
    room.ask("Undo", event=moved.seq)
    other = room.card(text="not this one")
    forgotten = room.ask("ForgetCard", writer, card=id)
    assert room.state.get(Card, id) is None
    assert not list(room.state.all(Translation))
    changed, state = without(room.journal(), forgotten.event)
    assert len(changed) == 4
    silent = {e.seq: e for e in changed}
    journal = [silent.get(entry.seq, entry) for entry in room.journal()]
    assert b"hushed" not in b"".join(grammar.write(entry.event) for entry in journal)
    assert b"hushed" not in b"".join(grammar.write(row) for row in state.rows())
    assert state.get(Card, other).text == "not this one"


def test_who_is_forgotten_leaves_their_cards_as_nobodys():
    room = Room()
    who = room.join(name="Amina Secret")
    for _ in range(5):
        room.join()
    room.ask("DrawGroups")
    room.ask("RevealGroups", session="one")
    room.open("one/work")
    room.ask("Rename", who, name="Secret Amina")
    board = next(g.id for g in groups_of(room.state, "one") if who in room.of(g.id))
    id = room.card(board, "stays", who=who)
    sizes = sum(g.size for g in groups_of(room.state, "one"))
    forgotten = room.ask("ForgetPerson", who)
    assert room.state.get(Person, who.id) is None
    assert room.state.get(Here, "room").people == 5
    assert sum(g.size for g in groups_of(room.state, "one")) == sizes - 1
    changed, state = without(room.journal(), forgotten.event)
    silent = {e.seq: e for e in changed}
    for entry in (silent.get(e.seq, e) for e in room.journal()):
        assert b"Secret" not in grammar.write(entry.event)
        assert entry.who != who.id
    assert state.get(Card, id).text == "stays"
    assert state.get(Author, id) is None
    assert state.get(Named, who.id) is None
    assert state.tables[Token][who.id].hash is None
    assert {g.id: g.size for g in groups_of(state, "one")} == {g.id: g.size for g in groups_of(room.state, "one")}


def test_only_ones_own_card_and_oneself_unless_one_leads():
    room = Room().drawn()
    writer, other = room.of("one.A")[:2]
    id = room.card(who=writer)
    for kind, do in (("ForgetCard", {"card": id}), ("ForgetPerson", {"person": writer.id})):
        with pytest.raises(Refused):
            room.ask(kind, other, **do)
    assert room.ask("ForgetPerson", person=writer.id)
    assert room.ask("ForgetCard", card=id)


def test_every_field_with_peoples_words_is_marked_as_theirs():
    """A new event or row with a `text`, `name`, `title` or `statement` has to say whether it is somebody's."""
    organisers = {
        "Workshop",
        "Session",
        "Section",
        "Group",
        "Link",
        "LinkMade",
        "GroupPlaced",
        "Prepared",
        "GroupsMade",
    }
    for kind in (*grammar.EVENTS, *ROWS):
        written = {"text", "name", "title", "statement", "rationale"} & set(kind.__struct_fields__)
        if kind.__name__ not in organisers:
            assert written <= set(personal(kind)), kind.__name__


def test_a_theme_takes_its_words_from_another_card_or_is_gone():
    room = Room().drawn()
    first, second = room.card("one.A"), room.card("one.B")
    theme = room.ask("NewTheme", session="one", cards=[first, second]).event.theme
    room.ask("ForgetCard", card=first)
    assert room.state.get(Theme, theme).title_card == second
    room.ask("ForgetCard", card=second)
    assert room.state.get(Theme, theme) is None


def test_who_is_forgotten_is_no_author_of_a_card_that_was_taken_back_and_brought_again():
    room = Room().drawn()
    writer = room.of("one.A")[0]
    room.card(who=writer)
    room.ask("Undo", event=room.ask("Undo", event=room.changes[-1].seq).seq)
    forgotten = room.ask("ForgetPerson", writer)
    _, state = without(room.journal(), forgotten.event)
    assert not [author for author in state.tables.get(Author, {}).values() if author.person == writer.id]
    assert not any(seal.seal == writer.seal(seal.id) for seal in state.all(Seal))


def test_after_the_end_nothing_in_the_journal_links_a_phone_to_a_person_or_a_card():
    room = Room().drawn()
    card = room.card(text="stays", who=room.of("one.A")[0])
    room.ask("Undo", event=room.changes[-1].seq)
    room.ask("Undo", event=room.changes[-1].seq)
    ended = room.ask("EndWorkshop")
    changed, state = without(room.journal(), ended.event)
    silent = {e.seq: e for e in changed}
    written = b"".join(grammar.write(silent.get(e.seq, e).event) for e in room.journal())
    written += b"".join(grammar.write(row) for row in state.rows())
    for person in room.people:
        assert f"hash {person.token}".encode() not in written
        assert person.seal(card).encode() not in written
    assert state.get(Card, card).text == "stays"
    assert state.get(Workshop, "workshop").ended_at
