"""Who met whom is counted from the groups that everybody knows."""

from app.domain.meetings import meetings
from app.domain.summary import summary
from app.exports.formats import FORMATS
from tests.domain.room import PLAN, Room


def revealed(people=4):
    room = Room(plan={**PLAN, "expected": 60, "agenda": [{**s, "groups": 2} for s in PLAN["agenda"][1:3]]})
    for n in range(people):
        room.join(name=f"Somebody {n}")
    room.ask("DrawGroups")
    return room


def test_pairs_are_counted_by_how_often_they_sat_together_in_revealed_groups_only():
    room = revealed()
    assert meetings(room.state) is None
    room.ask("RevealGroups", session="one")
    counted = meetings(room.state)
    assert (counted.people, counted.pairs, counted.times, counted.met, counted.least) == (4, 6, [4, 2], 2, 1)
    assert sorted(sum(row) for row in counted.matrix) == [1, 1, 1, 1]
    room.ask("RevealGroups", session="two")
    a, b = room.of("one.A")
    assert meetings(room.state).times == [2, 4]  # two sessions of two pairs each, nobody meets again
    room.ask("ForgetPerson", person=a.id)
    counted = meetings(room.state)
    assert (counted.people, counted.pairs) == (3, 3)


def test_below_the_full_level_no_format_names_anybody_in_who_met_whom():
    room = revealed(6)
    room.ask("RevealGroups", session="one")
    for level in ("public", "team"):
        report = summary(room.state, level, "en")
        assert report.meetings.names == []
        for format, made in FORMATS.items():
            if format != "csv":
                written = made.write(report).decode()
                assert "Somebody" not in written and not any(p.id in written for p in room.people)
    full = summary(room.state, "full", "en")
    assert full.meetings.names == sorted(f"Somebody {n}" for n in range(6))
    assert "Who met whom" in FORMATS["html"].write(full).decode()


def test_a_matrix_of_very_many_people_is_left_out_but_the_numbers_stay():
    room = revealed(62)
    room.ask("RevealGroups", session="one")
    counted = meetings(room.state)
    assert counted.matrix is None and sum(counted.times) == counted.pairs == 62 * 61 // 2
    assert "People in groups" in FORMATS["markdown"].write(summary(room.state, "public", "en")).decode()
