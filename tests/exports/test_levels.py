"""What a level may not show is in none of its files, by no way round."""

import io
import zipfile

from app.domain.summary import summary
from app.domain.lines import LEVELS
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


def test_what_few_people_voted_is_in_no_file_below_the_full_level_and_an_open_vote_in_none():
    room = Room().drawn()
    theme = room.ask("NewTheme", session="one", cards=[room.card(text="Roads flood")]).event.theme
    room.ask("DecideTheme", theme=theme, state="confirmed")
    room.ask("ShowThemes", session="one")
    vote = room.ask("OpenVote", session="one", dots=20).event.vote
    for person in room.people[:2]:
        room.ask("CastBallot", person, vote=vote, dots={theme: 19})
    signs = {"markdown": b"| Roads flood | 38 |", "html": b"<td>38</td>", "json": f'"{theme}": 38'.encode()}

    def told():
        made = [[render(summary(room.state, level, "en"), f)[2] for f in signs] for level in LEVELS]
        return [[sign in file for sign, file in zip(signs.values(), files, strict=True)] for files in made]

    assert told() == [[False] * 3] * 3
    room.ask("CloseVote", vote=vote)
    assert told() == [[False] * 3, [False] * 3, [True] * 3]
    with zipfile.ZipFile(io.BytesIO(render(summary(room.state, "full", "en"), "csv")[2])) as tables:
        assert "one,1,2,20,Roads flood,38" in tables.read("votes.csv").decode()
    assert b"Fewer than 3 people voted" in render(summary(room.state, "public", "en"), "markdown")[2]
