"""What was shown and what wasn't: nobody is shown a withdrawn card, nobody is left with half a theme."""

import pytest

from app.domain.cards import Card, Translation
from app.domain.core import Refused
from app.domain.echoes import Echo, Tally
from app.domain.proposals import Proposal
from tests.domain.room import LEAD, ORGANISER, Room


@pytest.fixture
def room():
    return Room().drawn()


def card(room, id):
    return room.state.get(Card, id)


def test_hiding_a_board_leaves_what_shown_themes_and_proposals_rest_on(room):
    held, other, cited = (room.card(text=text) for text in ("held", "other", "cited"))
    room.ask("NewTheme", session="one", cards=[held, room.card("one.B")])
    room.ask("ShowThemes", session="one")
    room.ask("WriteProposal", statement="Mend the pump", cards=[cited])
    room.ask("ShowProposals")
    room.ask("Present", session="one", board="one.A")
    room.ask("HideBoard", board="one.A")
    assert [card(room, id).audience for id in (held, other, cited)] == ["all", "board:one.A", "all"]


def test_moving_a_card_that_everybody_sees_hides_it_from_nobody(room):
    held = room.card()
    room.ask("TranslateCard", card=held, lang="fr", text="La pompe casse")
    room.ask("NewTheme", session="one", cards=[held, room.card("one.B")])
    room.ask("ShowThemes", session="one")
    room.ask("MoveCard", card=held, section="one/problems")
    assert card(room, held).audience == room.state.get(Translation, f"{held}.fr").audience == "all"


def test_a_proposal_shows_nobody_a_card_that_was_withdrawn_meanwhile(room):
    cited = room.card()
    room.ask("WriteProposal", statement="Mend the pump", cards=[cited])
    room.ask("TakeCard", card=cited)
    room.ask("ShowProposals")
    assert card(room, cited).audience == "board:one.A"


def test_changing_a_withdrawn_proposal_does_not_bring_it_back(room):
    id = room.ask("WriteProposal", statement="Mend the pump").event.proposal
    room.ask("WithdrawProposal", proposal=id)
    room.ask("WriteProposal", statement="Mend both pumps", proposal=id, seen=room.state.head)
    assert room.state.get(Proposal, id).withdrawn
    assert room.folds()


def test_a_limit_per_person_holds_whoever_moves_the_card(room):
    writer, other = room.of("one.A")[:2]
    room.card(section="own", who=writer)
    second = room.card(who=writer)
    for who in (writer, other, LEAD):
        with pytest.raises(Refused, match="section-full"):
            room.ask("MoveCard", who, card=second, section="one/own")
    others = room.card(who=other)
    assert room.ask("MoveCard", writer, card=others, section="one/own")


def test_nobody_writes_for_a_group_that_is_not_revealed():
    room = Room()
    for _ in range(6):
        room.join()
    room.ask("DrawGroups")
    with pytest.raises(Refused, match="not-drawn"):
        room.ask("AddCard", board="one.A", section="one/ideas", text="Too early")


def test_the_count_of_echoes_is_for_whom_the_card_is_for_and_goes_with_it(room):
    id = room.card()
    room.ask("Present", session="one", board="one.A")
    room.ask("EchoCard", room.of("one.B")[0], card=id)
    room.ask("HideBoard", board="one.A")
    assert (room.state.get(Tally, id).echoes, room.state.get(Tally, id).audience) == (1, "board:one.A")
    room.ask("Present", session="one", board="one.A")
    assert room.state.get(Tally, id).audience == "all"
    room.ask("ForgetCard", card=id)
    assert not [*room.state.all(Echo), *room.state.all(Tally)]
    assert room.folds()


def test_tables_that_are_only_for_those_who_lead_have_rows_for_nobody_else(room):
    room.ask("AddRule", rule="language")
    room.ask("SetMix", mix=1)
    room.ask("MakeLink", ORGANISER, link="l" * 22, role="stage", hash="h" * 43)
    room.ask("Present", session="one", board="one.A")
    card, own = room.card("one.A"), room.card("one.B")
    room.ask("EchoCard", room.of("one.B")[0], card=card, own_card=own)
    room.ask("FindThemes", session="one")
    room.ask("ShowThemes", session="one")
    room.ask("SaySame", a=card, b=own, same=True)
    tables = {type(row) for row in room.state.rows() if type(row).leads}
    assert len(tables) >= 6
    assert {row.audience for row in room.state.rows() if type(row).leads} == {"lead"}
    assert not any(row.was for row in room.state.rows() if type(row).leads)
