"""What the transport promises in every mode."""

import os
import time

import pytest
import socketio

from app.live.transport import Transport
from tests.server.servers import MODES, Phone, Server, until


@pytest.fixture(scope="module", params=MODES)
def server(request):
    with Server(request.param) as running:
        yield running
        code, seconds = running.terminate()
        assert (code, running.errors[-1:]) == (0, []) or running.errors[-1].startswith("bug ")


@pytest.fixture
def phone(server):
    phone = server.phone()
    yield phone
    phone.close()


def test_an_answer_may_come_later_and_from_another_task(phone):
    assert phone.ask(do="later", value=7) == {"ok": True, "value": 7}


def test_many_asks_at_once_are_answered_in_order_without_waiting_for_each_other(phone):
    for number in range(500):
        phone.ask(wait=False, do="later", value=number)
    answers = [phone.answer(number + 1)["value"] for number in range(500)]
    assert answers == list(range(500))


def test_events_reach_everybody_in_the_room_in_order_and_nobody_else(server, phone):
    inside, outside = server.phone(), server.phone()
    inside.ask(do="enter", room="group")
    phone.ask(do="enter", room="group")
    outside.ask(do="enter", room="other")
    phone.ask(wait=False, do="tell", room="group", times=200, size=20)
    for member in (inside, phone):
        assert [value["seq"] for _, value in member.events(200)] == list(range(200))
    outside.ask(wait=False, do="tell", room="other", times=1, size=3)
    assert outside.events(1) == [("delta", {"seq": 0, "text": "xxx"})]
    inside.close()
    outside.close()


def test_who_left_the_room_hears_nothing_more_of_it(phone):
    phone.ask(do="enter", room="first")
    phone.ask(do="enter", room="second")
    phone.ask(do="leave", room="first")
    phone.ask(wait=False, do="tell", room="first", times=1, size=1)
    phone.ask(wait=False, do="tell", room="second", times=1, size=2)
    assert phone.events(1) == [("delta", {"seq": 0, "text": "xx"})]


def test_nothing_is_kept_of_who_is_gone(server, phone):
    before = phone.ask(do="rooms")
    others = [server.phone() for _ in range(5)]
    for number, other in enumerate(others):
        other.ask(do="enter", room=f"room {number}")
    assert phone.ask(do="rooms")["rooms"] == before["rooms"] + 5
    for other in others:
        other.close()
    until(lambda: phone.ask(do="rooms") == before)


def test_who_is_cut_is_gone_and_may_come_back(server, phone):
    sid = phone.ask(do="who")
    phone.ask(wait=False, do="cut")
    assert phone.hear() in (None, 1000)
    until(lambda: f"gone {sid}" in server.said)
    assert server.phone().ask(do="echo") == {"do": "echo"}


def test_a_bug_is_answered_with_an_id_and_told_without_its_message(server, phone):
    answer = phone.ask(do="bug")
    assert answer["ok"] is False and answer["error"]["code"] == "bug"
    until(lambda: any(answer["error"]["id"] in line for line in server.errors))
    line = next(line for line in server.errors if answer["error"]["id"] in line)
    assert "LookupError at __main__:" in line and "secret" not in line
    assert phone.ask(do="echo") == {"do": "echo"}


def test_a_bug_in_a_page_is_a_bare_500(server):
    status, _, body = server.request(path="/bug")
    assert (status, body) == (500, b"")
    assert not any("secret" in line for line in server.errors)


@pytest.mark.parametrize("transports", [["websocket"], ["polling"], ["polling", "websocket"]], ids="+".join)
def test_the_usual_client_connects_asks_and_hears(server, transports):
    client = socketio.Client()
    heard = []
    client.on("delta", heard.append)
    client.connect(f"http://localhost:{server.port}", transports=transports)
    client.call("ask", {"do": "enter", "room": "usual"})
    client.call("ask", {"do": "tell", "room": "usual", "times": 15, "size": 10})
    assert client.call("ask", {"do": "later", "value": "é ✓"}) == {"ok": True, "value": "é ✓"}
    until(lambda: len(heard) == 15)
    assert [value["seq"] for value in heard] == list(range(15))
    assert client.transport() == transports[-1]
    client.disconnect()


def test_a_long_stay_in_a_thread_keeps_nobody_waiting(server, phone):
    other = server.phone()
    number = phone.ask(wait=False, do="thread", seconds=0.5)
    began = time.monotonic()
    assert other.ask(do="echo") == {"do": "echo"}
    assert time.monotonic() - began < 0.4
    assert phone.answer(number) is None
    other.close()


def test_a_program_gets_its_input_politely_and_its_output_comes_back(phone):
    program = "import os,sys; print(os.nice(0), os.getpgid(0) == os.getpid(), len(sys.stdin.read()))"
    answer = phone.ask(do="process", argv=["python3", "-c", program], stdin="x", times=300_000, timeout=10, most=100)
    nice, own_group, size = answer["out"].split()
    assert (int(nice), own_group, int(size)) == (min(os.nice(0) + 10, 19), "True", 300_000)


def test_a_program_that_takes_too_long_is_killed_with_all_it_started(phone, tmp_path):
    file = tmp_path / "pid"
    script = f"sleep 60 & echo $! > {file}; sleep 60"
    began = time.monotonic()
    answer = phone.ask(do="process", argv=["sh", "-c", script], stdin="", timeout=0.5, most=100)
    assert answer == {"why": "timeout", "code": None} and time.monotonic() - began < 5
    until(lambda: not _runs(int(file.read_text())))


def test_a_program_that_says_too_much_or_fails_gives_no_result(phone):
    assert phone.ask(do="process", argv=["yes"], stdin="", timeout=10, most=1000)["why"] == "too-much"
    failed = phone.ask(do="process", argv=["sh", "-c", "exit 3"], stdin="unread", timeout=10, most=10)
    assert failed == {"why": "exit", "code": 3}


def test_a_call_put_off_is_made_unless_it_is_cancelled(phone):
    assert phone.ask(do="two-timers") == ["kept"]


@pytest.mark.parametrize("mode", MODES)
def test_when_it_must_stop_the_phones_hear_of_it_and_it_ends_within_a_second(mode):
    with Server(mode) as server:
        phones = [server.phone() for _ in range(20)]
        for phone in phones:
            phone.ask(do="enter", room="all")
        code, seconds = server.terminate()
        assert code == 0 and seconds < 2  # a second, and what a busy machine needs to notice
        for phone in phones:
            assert phone.events(1) == [("signal", {"kind": "closing"})]
            assert phone.hear() is None
        until(lambda: server.said[-1:] == ["stopped"])
        assert server.errors == []


@pytest.mark.parametrize("mode", MODES)
def test_it_ends_in_time_even_if_something_hangs(mode):
    with Server(mode, stopping_takes=60) as server:
        server.phone()
        code, seconds = server.terminate()
        assert code == 0 and seconds < 2


@pytest.mark.parametrize("mode", MODES)
def test_who_never_says_that_it_connects_is_cut(mode):
    with Server(mode, connect_within=0.5) as server:
        mute = server.phone(connect=False)
        upgrade = server.phone(sid=server.poll())
        phone = server.phone()
        for idle in (mute, upgrade):
            idle.socket.settimeout(3)
            assert idle.hear() is None
        assert phone.ask(do="echo") == {"do": "echo"}


def test_who_says_goodbye_is_gone(server, phone):
    sid = phone.ask(do="who")
    phone.send("41")
    assert phone.hear() in (None, 1000)
    until(lambda: f"gone {sid}" in server.said)


@pytest.mark.parametrize("mode", MODES)
def test_a_phone_that_doesnt_answer_pings_is_gone_and_one_that_does_stays(mode):
    with Server(mode, ping=[1, 1]) as server:
        silent, lively = server.phone(), server.phone()
        client = socketio.Client()
        client.connect(f"http://localhost:{server.port}", transports=["polling"])
        number = lively.ask(wait=False, do="thread", seconds=3)
        assert lively.answer(number) is None  # pings are answered meanwhile
        assert server.gone() == 1 and client.connected
        silent.socket.settimeout(5)
        assert Phone.hear(_Deaf(silent)) is None
        client.disconnect()


@pytest.mark.parametrize("room", [None, "", [], ["room"], 0])
def test_emit_without_a_room_is_refused(room):
    with pytest.raises(ValueError, match="room"):
        Transport("threading").emit(room, "delta", {})


def test_an_unknown_mode_is_refused():
    with pytest.raises(ValueError, match="eventlet, gevent, threading"):
        Transport("twisted")


class _Deaf:
    """A phone that reads what came before the end."""

    def __init__(self, phone):
        self._phone = phone

    def _frame(self):
        return self._phone._frame()

    def send(self, text):
        """Say nothing."""


def _runs(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
