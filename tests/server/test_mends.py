"""What the stock stack does wrong, each with the proof that it is mended, and the private names that this rests on."""

import importlib.metadata
import inspect
import json
import resource
import socket
import threading
import time

import engineio
import engineio.base_server
import engineio.base_socket
import engineio.exceptions
import engineio.packet
import engineio.socket
import eventlet.hubs
import eventlet.wsgi
import flask_socketio
import gevent.pywsgi
import pytest
import socketio.base_manager
import socketio.base_server
import werkzeug.serving

from app.live.transport import websocket
from tests.server.servers import Phone, Server, masked, read_answer, until

POLL = "/socket.io/?EIO=4&transport=polling"


@pytest.fixture(scope="module")
def server():
    with Server("eventlet") as running:
        yield running
        running.terminate()
        assert running.errors == []


def test_the_versions_are_those_that_the_mends_were_written_for():
    """After an upgrade: read what changed in the names below, run everything here, then change the numbers."""
    written_for = {"eventlet": "0.41", "gevent": "26.9", "python-socketio": "5.18", "python-engineio": "4.15"}
    written_for["Flask-SocketIO"] = "5.7"
    for package, version in written_for.items():
        assert importlib.metadata.version(package).startswith(version + "."), package


@pytest.mark.parametrize(
    ("owner", "names"),
    [
        (engineio.Server, {"_handle_connect": "environ start_response transport jsonp_index"}),
        (engineio.base_server.BaseServer, {"_upgrades": "sid transport", "_ok": "packets headers jsonp_index"}),
        (engineio.base_server.BaseServer, {"_bad_request": "message", "generate_id": ""}),
        (engineio.socket.Socket, {"_upgrade_websocket": "environ start_response", "send": "pkt", "poll": ""}),
        (engineio.socket.Socket, {"close": "wait abort reason", "handle_post_request": "environ"}),
        (engineio.socket.Socket, {"handle_get_request": "environ start_response"}),
        (engineio.packet.Packet, {"encode": "b64"}),
        (socketio.Server, {"_engineio_server_class": "", "_handle_eio_message": "eio_sid data"}),
        (socketio.Server, {"_handle_event": "eio_sid namespace id data"}),
        (socketio.Server, {"_handle_connect": "eio_sid namespace data"}),
        (socketio.Server, {"_handle_disconnect": "eio_sid namespace reason"}),
        (socketio.Server, {"_send_eio_packet": "eio_sid eio_pkt"}),
        (socketio.base_manager.BaseManager, {"sid_from_eio_sid": "eio_sid namespace"}),
        (socketio.base_manager.BaseManager, {"eio_sid_from_sid": "sid namespace"}),
        (socketio.base_manager.BaseManager, {"is_connected": "sid namespace"}),
        (flask_socketio.SocketIO, {"init_app": "app"}),
        (gevent.pywsgi.WSGIHandler, {"handle_one_request": "", "get_environ": "", "log_request": ""}),
        (gevent.pywsgi.WSGIHandler, {"handle_error": "t v tb", "_handle_client_error": "ex"}),
        (werkzeug.serving.WSGIRequestHandler, {"make_environ": "", "send_header": "keyword value"}),
        (eventlet.wsgi.HttpProtocol, {"handle_one_request": "", "get_environ": "", "setup": ""}),
    ],
)
def test_the_names_that_are_overridden_or_called_still_take_the_same(owner, names):
    for name, takes in names.items():
        found = list(inspect.signature(getattr(owner, name)).parameters.values())[1:]
        ordinary = [entry.name for entry in found if entry.kind not in (entry.VAR_KEYWORD, entry.VAR_POSITIONAL)]
        assert ordinary == takes.split(), f"{owner.__name__}.{name}"


def test_the_attributes_that_the_mends_set_and_read_still_exist():
    stock = engineio.Server(async_mode="threading")
    assert stock.sockets == {} and stock.handlers == {}
    bare = engineio.base_socket.BaseSocket(stock, "sid")
    for name in ("queue", "connected", "upgrading", "upgraded", "closing", "closed"):
        assert hasattr(bare, name)
    assert not hasattr(eventlet.wsgi.HttpProtocol, "hang_up")
    assert eventlet.wsgi.WSGI_LOCAL is not None
    assert "already_handled" in inspect.getsource(eventlet.wsgi.HttpProtocol.handle_one_response)
    assert "close_connection" in inspect.getsource(eventlet.wsgi.HttpProtocol.handle_one_request)
    assert "debug_exceptions" in vars(eventlet.hubs.get_hub())
    source = inspect.getsource(flask_socketio.SocketIO.init_app)
    assert "self.server_options" in source and "self.sockio_mw" in source


@pytest.mark.parametrize("body", [b"0", b"9", b"", b"\xff", b"\x1e" * 20, b"4" * 40000])
def test_a_broken_post_holds_nobodys_place(body):
    with Server("eventlet", connections=20) as server:
        attackers = []
        for _ in range(40):
            sid = server.poll()
            attacker = server.connect()
            attacker.sendall(
                f"POST {POLL}&sid={sid} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            assert read_answer(attacker)[0] in (0, 400)
            attackers.append(attacker)
        assert server.phone().ask(do="echo") == {"do": "echo"}
        assert server.errors == []


def test_a_post_that_announces_too_much_holds_nobodys_place():
    with Server("eventlet", connections=20) as server:
        attackers = []
        for _ in range(40):
            sid = server.poll()
            attacker = server.connect()
            attacker.sendall(
                f"POST {POLL}&sid={sid} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\n".encode()
            )
            assert read_answer(attacker)[0] == 400
            attackers.append(attacker)
        assert server.phone().ask(do="echo") == {"do": "echo"}


def test_silent_connections_and_dripping_headers_make_room_again():
    with Server("eventlet", connections=20, patience=1) as server:
        inside = server.phone()
        silent = [server.connect() for _ in range(10)]
        dripping = [server.connect() for _ in range(20)]
        end = time.monotonic() + 10
        dripped = 0
        while dripping and time.monotonic() < end:
            for connection in list(dripping):
                try:
                    connection.sendall(b"G")
                except OSError:
                    dripping.remove(connection)
            dripped += 1
            time.sleep(0.05)
        assert not dripping and dripped > 5
        assert all(connection.recv(1) == b"" for connection in silent)
        assert inside.ask(do="echo") == {"do": "echo"}
        assert server.phone().ask(do="echo") == {"do": "echo"}


def test_more_than_a_thousand_and_twenty_four_are_served():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4096)), hard))
    try:
        with Server("eventlet") as server:
            crowd = [server.connect() for _ in range(1100)]
            assert server.phone().ask(do="echo") == {"do": "echo"}
            for connection in crowd:
                connection.close()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_running_out_of_file_descriptors_isnt_the_end():
    with Server("eventlet") as server:
        inside = server.phone()
        inside.ask(do="run-out-of-descriptors")
        crowd = [server.connect() for _ in range(20)]
        assert inside.ask(do="echo") == {"do": "echo"}
        for connection in crowd:
            connection.close()
        assert server.phone().ask(do="echo") == {"do": "echo"}


def test_one_big_frame_is_refused_at_its_header_and_holds_nobody_up(server):
    phone, attacker = server.phone(), server.phone()
    attacker.socket.sendall(masked(b"4" + b"x" * 1_000_000)[:200_000])
    began = time.monotonic()
    assert phone.ask(do="echo") == {"do": "echo"}
    assert time.monotonic() - began < 0.5
    assert attacker.hear() in (1009, None)


def test_the_largest_message_goes_through_and_one_byte_more_doesnt(server):
    phone = server.phone()
    frame = '421["ask",{"do":"echo","text":"%s"}]'
    room = 32768 - len(frame % "")
    phone.send(frame % ("x" * room))
    assert len(phone.answer(1)["text"]) == room
    phone.send(frame % ("x" * (room + 1)))
    assert phone.hear() == 1009


def test_unmasking_the_largest_message_costs_less_than_a_millisecond_or_so():
    payload = b"x" * 32768
    took = []
    for _ in range(20):
        began = time.perf_counter()
        websocket.unmask(payload, b"\x01\x02\x03\x04")
        took.append(time.perf_counter() - began)
    assert min(took) < 0.002


@pytest.mark.parametrize(
    ("says", "sent", "code"),
    [
        ("fragments without end", masked(b"4", final=False) + masked(b"x" * 30000, 0, final=False) * 2, 1009),
        ("a binary frame", masked(b"x", websocket.BINARY), 1003),
        ("an attachment is announced", masked(b'451-["ask",{"_placeholder":true,"num":0}]'), 1002),
        ("an answer to nothing", masked(b"4399[]"), 1002),
        ("another room of the house", masked(b"40/admin,"), 1002),
        ("an event without a name", masked(b"42[{}]"), 1002),
        ("an event of no kind", masked(b'42["unheard-of",1]'), 1002),
        ("an event with two values", masked(b'42["ask",1,2]'), 1002),
        ("a number without end", masked(b"42" + b"1" * 200 + b'["ask"]'), 1002),
        ("two thousand brackets", masked(b'42["ask",' + b"[" * 2000), 1002),
        ("not JSON", masked(b'42["ask",NaN]'), 1002),
        ("nothing", masked(b""), 1002),
    ],
)
def test_ends_the_connection_and_nothing_else(server, says, sent, code):
    attacker = server.phone()
    attacker.socket.sendall(sent)
    assert attacker.hear() == code, says
    assert attacker.hear() is None
    assert server.phone().ask(do="echo") == {"do": "echo"}


def test_a_phone_that_doesnt_read_is_cut_and_costs_a_bounded_amount():
    with Server("eventlet", queue_bytes=1_000_000) as server:
        reader = server.phone()
        reader.ask(do="enter", room="all")
        deaf = [server.phone() for _ in range(10)]
        for phone in deaf:
            phone.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            phone.ask(do="enter", room="all")
        before = server.memory()
        most = before
        for _ in range(100):  # 40 MB to each
            reader.ask(do="tell", room="all", times=100, size=4000)
            most = max(most, server.memory())
            if server.gone() == len(deaf):
                break
        assert server.gone() == len(deaf)
        assert most - before < 60_000_000
        assert reader.ask(do="echo") == {"do": "echo"}


def test_one_large_piece_is_always_delivered(server):
    phone = server.phone()
    phone.ask(do="enter", room="large")
    phone.ask(wait=False, do="tell", room="large", times=1, size=5_000_000)
    phone.ask(wait=False, do="tell", room="large", times=3, size=10)
    assert [len(value["text"]) for _, value in phone.events(4)] == [5_000_000, 10, 10, 10]


def test_what_waits_for_a_poll_is_bounded_too(server):
    sid = server.poll()
    enter = '421["ask",' + json.dumps({"do": "enter", "room": "polled"}) + "]"
    tell = '422["ask",' + json.dumps({"do": "tell", "room": "polled", "times": 400, "size": 4000}) + "]"
    assert server.request("POST", f"{POLL}&sid={sid}", body=enter.encode())[0] == 200
    server.request("POST", f"{POLL}&sid={sid}", body=tell.encode())
    assert server.request(path=f"{POLL}&sid={sid}")[0] == 400


def test_a_flood_from_one_phone_leaves_the_others_their_turn(server):
    flood, phone = server.phone(), server.phone()
    noise = masked(b'42["ask",{"do":"echo"}]') * 400
    stop = threading.Event()

    def pour():
        while not stop.is_set():
            flood.socket.sendall(noise)

    threading.Thread(target=pour, daemon=True).start()
    took = []
    try:
        for _ in range(20):
            began = time.monotonic()
            assert phone.ask(do="echo") == {"do": "echo"}
            took.append(time.monotonic() - began)
    finally:
        stop.set()
    assert max(took) < 1


def test_polling_connections_are_bounded_as_well():
    with Server("eventlet", connections=5) as server:
        sids = [server.poll() for _ in range(5)]
        assert server.request(path=POLL)[0] == 503
        assert server.request("POST", f"{POLL}&sid={sids[0]}", body=b"1")[0] == 200
        server.poll()


def test_what_went_wrong_is_counted_without_saying_whose_it_was():
    with Server("eventlet", queue_bytes=1000) as server:
        phone, malformed, deaf = (server.phone() for _ in range(3))
        malformed.send("nonsense")
        assert malformed.hear() == 1002
        deaf.ask(wait=False, do="enter", room="all")
        deaf.ask(wait=False, do="tell", room="all", times=100, size=100)
        until(lambda: server.gone() == 2)
        assert phone.ask(do="counts") == {"sockets": 1, "malformed": 1, "overfull": 1}


@pytest.mark.parametrize("seconds", [3600, -3600])
def test_setting_the_clock_cuts_nobody_who_is_there_and_keeps_nobody_who_is_gone(seconds):
    with Server("eventlet", ping=[1, 1]) as server:
        silent, phone = server.phone(), server.phone()
        phone.ask(do="set-the-clock", seconds=seconds)
        number = phone.ask(wait=False, do="thread", seconds=3)
        assert phone.answer(number) is None
        assert server.gone() == 1
        silent.close()


def test_a_dropped_connection_leaves_no_address_anywhere():
    with Server("eventlet") as server:
        for _ in range(30):
            phone = server.phone(source="127.0.0.77")
            phone.ask(wait=False, do="tell", room="nobody", times=1, size=1)
            phone.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            phone.close()  # a reset, not a goodbye
        until(lambda: server.gone() == 30)
        server.phone().ask(do="break-in-the-hub")
        server.terminate()
        assert server.errors == []


def test_compression_is_declined(server):
    phone = Phone(server, headers=["Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"])
    assert b"xtensions" not in phone.reply


def test_small_frames_leave_at_once(server):
    assert server.phone().ask(do="no-delay") == 1


def test_the_phone_is_told_what_holds(server):
    opening = server.phone().opening
    told = {name: opening[name] for name in ("pingInterval", "pingTimeout", "maxPayload", "upgrades")}
    assert told == {"pingInterval": 8000, "pingTimeout": 6000, "maxPayload": 32768, "upgrades": []}


def test_an_old_protocol_and_a_broken_upgrade_are_refused_quietly(server):
    upgrade = [("Upgrade", "websocket"), ("Origin", f"http://localhost:{server.port}")]
    for path, headers in [
        ("/socket.io/?EIO=3&transport=polling", []),
        ("/socket.io/?EIO=4&transport=websocket", []),
        ("/socket.io/?EIO=4&transport=websocket", upgrade),
        (f"{POLL}&sid=nobody", []),
    ]:
        assert server.request(path=path, headers=headers)[0] == 400
