"""Several phones, a console and a stage on the real server, in each mode. Each ends with the five-way comparison."""

import json
import sqlite3
import threading

import pytest

from app.phones.phone import Lost, Phone, new_id


def heard(phone):
    """Everything that ever arrived at a phone, as one text."""
    return json.dumps([phone.heard, phone.signals], ensure_ascii=False)


def test_what_one_group_writes_reaches_its_phones_and_the_console_and_nobody_else(workshop):
    here = workshop().drawn()
    canaries = {}
    for board in ("one.A", "one.B", "one.C"):
        canaries[board] = f"canary-{board}-{new_id()}"
        writer = here.of(board)[0]
        writer.must("AddCard", board=board, section="one/ideas", text=canaries[board])
    for board, canary in canaries.items():
        for phone in [*here.of(board), here.console]:
            phone.wait(lambda t, canary=canary: any(c["text"] == canary for c in t.all("cards")))
    for board, canary in canaries.items():
        strangers = [phone for phone in here.phones if phone not in here.of(board)]
        for phone in [*strangers, here.stage]:
            assert canary not in heard(phone)


def test_nothing_of_one_workshop_reaches_another(workshop):
    first, second = workshop().drawn(), workshop().drawn()
    canary = f"canary-{new_id()}"
    writer = first.phones[0]
    card = writer.must("AddCard", board=first.board(writer.tables), section="one/ideas", text=canary)["id"]
    first.console.must("Present", session="one", board=first.board(writer.tables))
    for phone in [*first.phones, first.stage]:
        phone.wait(lambda t: t.get("cards", card) is not None)
    for phone in [*second.phones, second.console, second.stage]:
        assert canary not in heard(phone)
    answer = second.phones[0].ask("EchoCard", card=card)
    assert answer["error"]["code"] == "not-found"
    stranger = Phone(first.address, first.workshop, token=second.phones[0]._token)
    with pytest.raises(Lost, match="unknown-token"):
        stranger.connect()
    stranger.close()


def test_the_same_ask_sent_again_gets_the_same_answer_and_happens_once(workshop):
    here = workshop().drawn()
    writer = here.phones[0]
    board, id = here.board(writer.tables), new_id()
    first = writer.must("AddCard", id, board=board, section="one/ideas", text="once")
    again = [writer.must("AddCard", id, board=board, section="one/ideas", text="once") for _ in range(5)]
    assert {a["seq"] for a in again} == {first["seq"]}
    assert sum(c["text"] == "once" for c in writer.tables.all("cards")) == 1


def test_the_third_of_two_problems_is_refused_and_nothing_changes(workshop):
    here = workshop().drawn()
    writer = here.phones[0]
    board = here.board(writer.tables)
    for text in ("first", "second"):
        writer.must("AddCard", board=board, section="one/problems", text=text)
    answer = writer.ask("AddCard", board=board, section="one/problems", text="third")
    assert answer["error"] == {
        "code": "section-full",
        "field": "section",
        "facts": {"section": "one/problems", "limit": 2, "per": "group"},
    }


def test_who_comes_late_is_seated_in_a_smallest_group_and_sees_its_board(workshop):
    here = workshop().drawn(7)
    sizes = {g["id"]: g["size"] for g in here.console.tables.all("groups") if g["session"] == "one"}
    here.people(1)
    late = here.phones[-1]
    late.wait(lambda t: here.board(t) is not None)
    board = here.board(late.tables)
    assert sizes[board] == min(sizes.values())
    assert here.board(late.tables, "two") is None
    late.must("AddCard", board=board, section="one/ideas", text="I am late")


def test_who_is_moved_drops_the_old_board_and_gets_the_new_one(workshop):
    here = workshop().drawn()
    moved = here.of("one.A")[0]
    here.of("one.A")[1].must("AddCard", board="one.A", section="one/ideas", text="only A")
    here.of("one.B")[0].must("AddCard", board="one.B", section="one/ideas", text="only B")
    moved.wait(lambda t: any(c["text"] == "only A" for c in t.all("cards")))
    here.console.must("SeatPeople", session="one", seats={moved.id: "one.B"})
    moved.wait(lambda t: [c["text"] for c in t.all("cards")] == ["only B"])


def test_whoever_was_cut_off_while_things_moved_catches_up_in_one_join(workshop):
    here = workshop().drawn()
    cut = here.of("one.A")[0]
    cut.cut()
    here.of("one.A")[1].must("AddCard", board="one.A", section="one/ideas", text="missed")
    here.console.must("SeatPeople", session="one", seats={cut.id: "one.C"})
    here.console.must("Present", session="one", board="one.B")
    here.console.must("HideBoard", board="one.B")
    cut.connect()
    assert here.board(cut.tables) == "one.C"


def test_two_facilitators_at_once_move_the_step_once(workshop):
    here = workshop().drawn()
    other = here.link("facilitator")
    for step, before in (("one/report-back", "one/work"), ("one/themes", "one/report-back")):
        answers = []
        together = threading.Barrier(2)

        def press(console, step=step, before=before, answers=answers, together=together):
            together.wait(10)
            answers.append(console.ask("OpenStep", step=step, **{"from": before}))

        threads = [threading.Thread(target=press, args=(c,)) for c in (here.console, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert sorted(a["ok"] for a in answers) == [False, True]
        refused = next(a for a in answers if not a["ok"])
        assert refused["error"] == {"code": "step-moved", "facts": {"open": step}}
    other.close()


def test_a_link_that_was_ended_is_cut_at_once_and_does_not_come_back(workshop):
    here = workshop()
    stage = here.link("stage")
    here.console.must("RevokeLink", link=here.stage.id)
    for gone in (here.stage, stage):
        with pytest.raises(Lost):
            gone.wait(lambda t: False, 0.1)
    with pytest.raises(Lost, match="unknown-link"):
        here.stage.afresh().connect()
    with pytest.raises(Lost, match="unknown-link"):
        here.link("stage")
    here.links["stage"] = (
        f"{here.address}{here.post(f'/api/workshops/{here.workshop}/links', {'role': 'stage'})['url']}"
    )
    here.stage = here.link("stage")
    stage.close()


def test_the_stage_reads_and_may_do_nothing(workshop):
    here = workshop()
    answer = here.stage.ask("OpenDoors")
    assert answer["error"]["code"] == "not-allowed"


def test_once_the_workshop_has_ended_nobody_writes_and_tokens_are_dead(workshop):
    here = workshop().drawn()
    writer = here.phones[0]
    board = here.board(writer.tables)
    here.console.must("EndWorkshop")
    assert writer.ask("AddCard", board=board, section="one/ideas", text="late")["error"]["code"] == "workshop-ended"
    with pytest.raises(Lost, match="workshop-ended"):
        writer.afresh().connect()
    for phone in here.phones:
        phone.close()
    here.phones = []


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"id": "short", "do": {"kind": "OpenDoors"}}, "malformed"),
        ({"id": new_id(), "do": {"kind": "NoSuchThing"}}, "malformed"),
        ({"id": new_id(), "do": {"kind": "OpenDoors", "more": 1}}, "malformed"),
        ({"id": new_id(), "do": {"kind": "OpenStep", "step": "nowhere", "from": None}}, "not-found"),
        ({"id": new_id()}, "malformed"),
        ("words", "malformed"),
        (None, "malformed"),
        (
            {
                "id": new_id(),
                "do": {
                    "kind": "ApplyDraw",
                    "number": 1,
                    "seats": {},
                    "rapporteurs": {},
                    "secret": "",
                    "salt": "",
                    "public": "",
                    "words": "",
                    "luck": [],
                    "mix": 0,
                    "instance": {},
                    "list_digest": "",
                    "seed": "",
                    "digest": "",
                    "rounds": [],
                    "hosts": [],
                },
            },
            "not-allowed",
        ),
    ],
)
def test_a_malformed_ask_gets_a_reason_and_harms_nobody(server, house, message, code):
    answer = house.console._call("ask", message)
    assert (answer["ok"], answer["error"]["code"]) == (False, code)
    assert house.console.ask("OpenDoors")["ok"]


@pytest.fixture(scope="module")
def house(server):
    """A workshop for questions that change nothing."""
    from tests.live.conftest import Workshop

    made = Workshop(server)
    yield made
    made.console.close()
    made.stage.close()


def test_a_socket_is_nobody_before_its_join(house):
    import socketio

    client = socketio.Client(reconnection=False, handle_sigint=False)
    client.connect(house.address, transports=["websocket"])
    assert client.call("ask", {"id": new_id(), "do": {"kind": "OpenDoors"}})["error"]["code"] == "not-joined"
    for join in ({"workshop": "x" * 22}, {"workshop": house.workshop}, {"workshop": house.workshop, "as": "x" * 22}):
        assert client.call("join", join)["error"]["code"] in ("unknown-workshop", "unknown-token", "unknown-link")
    assert client.call("join", {"workshop": house.workshop, "as": house.console.id})["error"]["code"] == "unknown-link"
    client.disconnect()


def test_what_is_forgotten_is_in_no_file_and_on_no_phone(workshop):
    here = workshop().drawn()
    writer, mate = here.of("one.A")[:2]
    secret = f"secret {new_id()}"
    card = writer.must("AddCard", board="one.A", section="one/ideas", text=secret)["id"]
    mate.wait(lambda t: t.get("cards", card) is not None)
    epoch = writer.tables.epoch
    writer.must("ForgetCard", card=card)
    for phone in (*here.phones, here.console, here.stage):
        phone.wait(lambda t: t.epoch not in (None, epoch) and t.all("groups") and t.get("cards", card) is None)
    for file in here.server.data.glob(f"{here.workshop}*"):
        assert secret.encode() not in file.read_bytes()


def test_a_vote_is_secret_on_every_wire_and_on_the_disk_and_counted_when_it_is_closed(workshop):
    here = workshop().drawn()
    cards = [phone.must("AddCard", board=here.board(phone.tables), section="one/ideas", text="Water")["id"]
             for phone in here.phones]  # fmt: skip
    themes = [here.console.must("NewTheme", session="one", cards=[card])["id"] for card in cards[:3]]
    for theme in themes:
        here.console.must("DecideTheme", theme=theme, state="confirmed")
    here.console.must("ShowThemes", session="one")
    vote = here.console.must("OpenVote", session="one", dots=5, choices=themes)["id"]
    first, second, third = here.phones[:3]
    first.must("CastBallot", vote=vote, dots={themes[0]: 5})
    second.must("CastBallot", vote=vote, dots={themes[0]: 1, themes[1]: 1})
    third.must("CastBallot", vote=vote, dots={themes[2]: 4})
    first.must("CastBallot", vote=vote, dots={themes[0]: 2, themes[1]: 3})
    third.must("CastBallot", vote=vote, dots={})
    for screen in (here.console, here.stage):
        screen.wait(lambda t: [row["voted"] for row in t.all("turnouts")] == [2])
    first.cut()
    first.connect()
    assert first.mine["ballots"] == {vote: {themes[0]: 2, themes[1]: 3}}
    assert third.mine["ballots"] == {}
    for phone in (*here.phones, here.console, here.stage):
        assert '"table": "ballots"' not in heard(phone) and '"totals": {' not in heard(phone)
    for level in ("public", "team", "full"):
        assert json.loads(here.download("json", level, "en")[1])["sessions"][0]["votes"] == []
    with sqlite3.connect(f"file:{here.server.data / here.workshop}.db?mode=ro", uri=True) as db:
        cast = db.execute("SELECT who, before FROM journal WHERE event LIKE '%BallotCast%'").fetchall()
    assert cast == [("", None)] * 5
    here.console.must("CloseVote", vote=vote)
    totals = {themes[0]: 3, themes[1]: 4, themes[2]: 0}
    for phone in (*here.phones, here.console, here.stage):
        phone.wait(lambda t: [(v["totals"], v["voted"]) for v in t.all("votes")] == [(totals, 2)])
    assert second.ask("CastBallot", vote=vote, dots={themes[0]: 1})["error"]["code"] == "vote-closed"


def test_who_is_forgotten_is_cut_and_does_not_come_back(workshop):
    here = workshop().drawn()
    gone, epoch = here.phones.pop(0), here.console.tables.epoch
    gone.ask("ForgetPerson")
    for phone in (*here.phones, here.console, here.stage):
        phone.wait(lambda t: t.epoch not in (None, epoch) and t.all("groups"))
    with pytest.raises(Lost, match="unknown-token"):
        gone.afresh().connect()
    here.console.wait(lambda t: len(t.all("people")) == 5)
    gone.close()
