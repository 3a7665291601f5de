"""What a level may not show is in none of its files, by no way round."""

from app.domain.summary import LEVELS, summary
from app.exports.formats import FORMATS, render
from tests.domain.room import Room


def test_a_passage_over_what_a_level_may_not_show_is_not_in_its_file():
    room = Room().drawn()
    room.card(text="Roads flood")
    room.ask("WritePassage", key="cards", lang="en", text="Every card: roads flood")
    for format in FORMATS:
        assert b"roads flood" not in render(summary(room.state, "public", "en"), format)[2], format
    assert b"roads flood" in render(summary(room.state, "team", "en"), "json")[2]


def test_a_seed_is_printed_once_all_groups_that_it_tells_are_known():
    room = Room().drawn()
    told = lambda level: bool(summary(room.state, level, "en").draws[0].seed)  # noqa: E731
    assert [told(level) for level in LEVELS] == [False, False, True]
    room.ask("RevealGroups", session="two")
    assert [told(level) for level in LEVELS] == [True, True, True]
