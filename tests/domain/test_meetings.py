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


def by_hand(*sessions):
    """A room in which A to E sit as given, by their names: each session's groups as words of letters."""
    agenda = [{"id": f"s{n}", "kind": "groups", "grouping": "hand", "groups": 2} for n, _ in enumerate(sessions)]
    room = Room(plan={**PLAN, "agenda": agenda})
    people = {name: room.join(name=name) for name in "EBCDA"}
    for n, groups in enumerate(sessions):
        room.ask("MakeGroups", session=f"s{n}")
        seats = {people[name].id: f"s{n}.{label}" for label, names in zip("AB", groups, strict=True) for name in names}
        room.ask("SeatPeople", session=f"s{n}", seats=seats)
        room.ask("RevealGroups", session=f"s{n}")
    return room, people


def test_every_figure_is_what_one_counts_by_hand():
    room, _ = by_hand(("ABC", "DE"), ("AB", "CDE"))
    counted = summary(room.state, "full", "en").meetings
    assert (counted.people, counted.pairs, counted.met, counted.times, counted.least) == (5, 10, 6, [4, 4, 2], 2)
    assert counted.names == list("ABCDE")
    assert counted.matrix == [
        [0, 2, 1, 0, 0],
        [2, 0, 1, 0, 0],
        [1, 1, 0, 1, 1],
        [0, 0, 1, 0, 2],
        [0, 0, 1, 2, 0],
    ]


def test_who_was_forgotten_is_neither_counted_nor_named():
    room, people = by_hand(("ABC", "DE"), ("AB", "CDE"))
    room.ask("ForgetPerson", person=people["C"].id)
    counted = summary(room.state, "full", "en").meetings
    assert counted.names == list("ABDE")
    assert (counted.times, counted.least) == ([4, 0, 2], 1)


def test_a_row_without_names_stands_where_no_id_says():
    """Phones know everybody's id: were the order the ids' or their digests', a row would be as good as a name."""
    places = set()
    for one, other in (("AB", "DE"), ("AD", "BE"), ("AE", "BD"), ("BD", "AE"), ("DE", "AB")):
        room, _ = by_hand((f"{one}C", other), (one, f"{other}C"))
        counted = meetings(room.state)
        met = [sum(times > 0 for times in row) for row in counted.matrix]
        assert sorted(met) == [2, 2, 2, 2, 4] and counted.names == []
        places.add(met.index(4))
    assert len(places) > 1


def test_a_matrix_of_very_many_people_is_left_out_but_the_numbers_stay():
    room = revealed(62)
    room.ask("RevealGroups", session="one")
    counted = meetings(room.state)
    assert counted.matrix is None and sum(counted.times) == counted.pairs == 62 * 61 // 2
    assert "People in groups" in FORMATS["markdown"].write(summary(room.state, "public", "en")).decode()
