"""Votes with dots: a few for each person, ballots that nobody sees, totals that nobody sees before the end."""

import msgspec
import pytest

from app.domain import grammar
from app.domain.audiences import Viewer, catch_up, viewer
from app.domain.boards import may_be_known
from app.domain.core import FACILITATOR, ORGANISER, STAGE, Refused
from app.domain.mine import mine
from app.domain.summary import summary
from app.domain.voting import Ballot, Turnout, Vote
from app.ledger.base import without
from tests.domain.room import LEAD, PLAN, Room

EVERYBODY = [Viewer(role) for role in (FACILITATOR, ORGANISER, STAGE, "level:public", "level:team", "level:full")]


def made(room, *cards):
    theme = room.ask("NewTheme", session="one", cards=list(cards)).event.theme
    room.ask("DecideTheme", theme=theme, state="confirmed")
    return theme


def opened(room, **how):
    return room.ask("OpenVote", session="one", **how).event.vote


def vote(room, id):
    return room.state.get(Vote, id)


def seen(room):
    """Everything that anybody but the server can be told, as text."""
    told = [catch_up(room.state, looks, 0) for looks in EVERYBODY]
    told += [catch_up(room.state, viewer(room.state, person), 0) for person in room.people]
    told += [summary(room.state, level) for level in ("public", "team", "full")]
    return grammar.write(told).decode()


@pytest.fixture
def room():
    """Three groups whose three themes everybody sees: one of all groups, one of two, one of one."""
    room = Room().drawn(6)
    room.water = made(room, *(room.card(f"one.{label}", "Water") for label in "ABC"))
    room.school = made(room, room.card("one.A", "School"))
    room.roads = made(room, *(room.card(f"one.{label}", "Roads") for label in "AB"))
    room.ask("ShowThemes", session="one")
    return room


def test_a_vote_offers_the_confirmed_themes_in_the_order_of_their_lanes(room):
    room.ask("DecideTheme", theme=room.roads, state="dropped")
    assert vote(room, opened(room)).choices == (room.water, room.school)


def test_a_vote_offers_what_was_chosen_once_each_in_that_order(room):
    id = opened(room, choices=[room.roads, room.water, room.roads], dots=5)
    assert (vote(room, id).choices, vote(room, id).dots, vote(room, id).open) == ((room.roads, room.water), 5, True)


@pytest.mark.parametrize("how", [{"choices": ["x" * 22]}, {"session": "three"}])
def test_what_is_not_there_cannot_be_voted_on(room, how):
    with pytest.raises(Refused, match="not-found"):
        room.ask("OpenVote", **{"session": "one", **how})


def test_a_dropped_theme_and_one_of_another_session_cannot_be_chosen(room):
    room.ask("DecideTheme", theme=room.roads, state="dropped")
    for session, theme in (("one", room.roads), ("two", room.water)):
        with pytest.raises(Refused, match="not-found"):
            room.ask("OpenVote", session=session, choices=[theme])


def test_without_a_confirmed_theme_there_is_nothing_to_vote_on(room):
    with pytest.raises(Refused, match="no-themes"):
        room.ask("OpenVote", session="two")


def test_themes_must_be_shown_first():
    room = Room().drawn(6)
    made(room, room.card("one.A"))
    with pytest.raises(Refused, match="not-shown"):
        opened(room)


def test_one_vote_is_open_at_a_time_and_another_comes_after(room):
    first = opened(room)
    with pytest.raises(Refused, match="vote-open"):
        opened(room)
    room.ask("CloseVote", vote=first)
    assert vote(room, opened(room)).open and not vote(room, first).open


def test_the_dots_of_everybody_are_counted_when_the_vote_is_closed(room):
    id = opened(room)
    room.ask("CastBallot", room.people[0], vote=id, dots={room.water: 2, room.roads: 1})
    room.ask("CastBallot", room.people[1], vote=id, dots={room.water: 1, room.school: 0})
    assert room.state.get(Turnout, id).voted == 2
    room.ask("CloseVote", vote=id)
    assert vote(room, id).totals == {room.water: 3, room.roads: 1, room.school: 0}
    assert (vote(room, id).voted, vote(room, id).open) == (2, False)
    assert room.folds()


def test_a_ballot_is_one_for_each_person_and_may_be_changed_and_taken_back(room):
    id, person = opened(room), room.people[0]
    for dots in ({room.water: 3}, {room.roads: 1, room.school: 1}):
        room.ask("CastBallot", person, vote=id, dots=dots)
        assert [ballot.dots for ballot in room.state.all(Ballot)] == [dots]
        assert mine(room.state, viewer(room.state, person), person)["ballots"] == {id: dots}
    assert room.ask("CastBallot", person, vote=id, dots={room.roads: 1, room.school: 1, room.water: 0}) is None
    assert room.state.get(Turnout, id).voted == 1
    room.ask("CastBallot", person, vote=id, dots={room.roads: 0})
    assert room.state.get(Turnout, id).voted == 0
    assert mine(room.state, viewer(room.state, person), person)["ballots"] == {}
    assert room.ask("CastBallot", person, vote=id, dots={}) is None


def test_more_dots_than_there_are_and_dots_for_something_else_are_refused(room):
    id, person = opened(room, choices=[room.water]), room.people[0]
    for dots, code in (({room.water: 4}, "too-many-dots"), ({room.roads: 1}, "not-found")):
        with pytest.raises(Refused) as caught:
            room.ask("CastBallot", person, vote=id, dots=dots)
        assert caught.value.code == code
    assert caught.value.field == "dots"
    with pytest.raises(msgspec.ValidationError):
        room.ask("CastBallot", person, vote=id, dots={room.water: -1})


def test_a_closed_vote_takes_no_ballot_and_closing_it_again_does_nothing(room):
    id = opened(room)
    room.ask("CloseVote", vote=id)
    with pytest.raises(Refused, match="vote-closed"):
        room.ask("CastBallot", room.people[0], vote=id, dots={room.water: 1})
    assert room.ask("CloseVote", vote=id) is None


def test_nobody_is_told_a_ballot_or_a_total_before_the_end(room):
    id = opened(room, dots=20)
    for person in room.people[:4]:
        room.ask("CastBallot", person, vote=id, dots={room.water: 17, room.roads: 2})
    ballots = {ballot.id for ballot in room.state.all(Ballot)}
    before = seen(room)
    assert len(ballots) == 4 and '"table":"ballots"' not in before
    assert not any(ballot in before for ballot in ballots)
    assert '"totals":null' in before and '"totals":{' not in before and '"votes":[{' not in before
    room.ask("CloseVote", vote=id)
    after = seen(room)
    assert not any(ballot in after for ballot in ballots) and f'"totals":{{"{room.water}":68' in after
    assert not list(room.state.all(Ballot)) and not any(b.dots for b in room.state.tables[Ballot].values())


def test_phones_do_not_hear_of_every_ballot_but_the_stage_and_the_facilitators_do(room):
    id = opened(room)
    change = room.ask("CastBallot", room.people[0], vote=id, dots={room.water: 1})
    told = [row for _, row in change.rows if viewer(room.state, room.people[1]).sees(row)]
    assert told == []
    assert [row.voted for _, row in change.rows if Viewer(STAGE).sees(row)] == [1]


@pytest.mark.parametrize("authors", ["group", "lead", "nobody"])
def test_whoever_may_be_known_as_author_the_journal_never_says_who_voted(authors):
    room = Room(plan={**PLAN, "authors": authors}).drawn(6)
    made(room, room.card("one.A"))
    room.ask("ShowThemes", session="one")
    id = opened(room)
    change = room.ask("CastBallot", room.people[0], vote=id, dots={vote(room, id).choices[0]: 1})
    assert not may_be_known(room.state, change.event)
    assert room.people[0].id not in grammar.write(change.event).decode()


def test_a_facilitator_cannot_take_somebodys_ballot_back(room):
    id = opened(room)
    cast = room.ask("CastBallot", room.people[0], vote=id, dots={room.water: 1})
    with pytest.raises(Refused, match="cannot-undo"):
        room.ask("Undo", event=cast.seq)


def test_opening_can_be_taken_back_while_nobody_has_voted(room):
    change = room.ask("OpenVote", session="one")
    undone = room.ask("Undo", event=change.seq)
    assert vote(room, change.event.vote) is None
    room.ask("Undo", event=undone.seq)
    room.ask("CastBallot", room.people[0], vote=change.event.vote, dots={room.water: 1})
    with pytest.raises(Refused, match="changed-since"):
        room.ask("Undo", event=room.changes[-2].seq)
    assert room.folds()


def test_a_vote_that_was_taken_back_does_not_come_back_beside_another(room):
    undone = room.ask("Undo", event=room.ask("OpenVote", session="one").seq)
    opened(room)
    with pytest.raises(Refused, match="vote-open"):
        room.ask("Undo", event=undone.seq)


def test_the_end_of_the_workshop_counts_the_open_vote_and_the_ballots_leave_the_journal(room):
    id = opened(room)
    for person in room.people[:3]:
        room.ask("CastBallot", person, vote=id, dots={room.water: 3})
    seals = {ballot.id for ballot in room.state.all(Ballot)}
    ended = room.ask("EndWorkshop")
    with pytest.raises(Refused, match="workshop-ended"):
        room.ask("CastBallot", room.people[4], vote=id, dots={room.water: 3})
    changed, state = without(room.journal(), ended.event)
    assert [type(e.event).__name__ for e in changed].count("BallotCast") == 3
    text = grammar.write([entry.event for entry in changed] + list(state.rows())).decode()
    assert not any(seal in text for seal in seals)
    counted = state.get(Vote, id)
    assert (counted.open, counted.voted, counted.totals[room.water]) == (False, 3, 9)


def test_who_is_forgotten_leaves_a_ballot_that_is_nobodys(room):
    id, gone = opened(room), room.people[0]
    room.ask("CastBallot", gone, vote=id, dots={room.water: 1})
    forgotten = room.ask("ForgetPerson", LEAD, person=gone.id)
    _, state = without(room.journal(), forgotten.event)
    assert [ballot.dots for ballot in state.all(Ballot)] == [{room.water: 1}]


def test_the_report_has_the_closed_votes_with_the_confirmed_themes_that_have_most_dots_first(room):
    id = opened(room)
    for person in room.people[:3]:
        room.ask("CastBallot", person, vote=id, dots={room.roads: 2, room.school: 1})
    assert session(room).votes == []
    room.ask("CloseVote", vote=id)
    [line] = session(room).votes
    assert (line.voted, line.dots) == (3, 3)
    assert [(t.title, t.dots) for t in line.totals] == [("Roads", 6), ("School", 3), ("Water", 0)]
    room.ask("DecideTheme", theme=room.school, state="dropped")
    room.ask("MergeThemes", theme=room.water, into=room.roads)
    assert [t.title for t in session(room).votes[0].totals] == []
    room.ask("DecideTheme", theme=room.roads, state="confirmed")
    assert [t.title for t in session(room).votes[0].totals] == ["Roads"]


def test_what_fewer_than_three_people_gave_is_printed_at_the_full_level_only(room):
    id = opened(room)
    for person in room.people[:2]:
        room.ask("CastBallot", person, vote=id, dots={room.roads: 1})
    room.ask("CloseVote", vote=id)
    for level in ("public", "team"):
        [line] = session(room, level).votes
        assert (line.voted, line.totals) == (None, [])
    assert session(room, "full").votes[0].totals[0].dots == 2


def test_a_vote_in_which_nobody_voted_is_not_printed(room):
    room.ask("CloseVote", vote=opened(room))
    assert session(room, "full").votes == []


def session(room, level="public"):
    return next(s for s in summary(room.state, level).sessions if s.id == "one")
