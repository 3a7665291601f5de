"""Twenty thousand malformed packets, and one phone that must not notice."""

import contextlib
import random
import statistics
import threading
import time

import pytest

from app.live.transport import mends
from tests.server.servers import MODES, Phone, Server, masked

PACKETS = {"eventlet": 20_000, "gevent": 1_000, "threading": 1_000}
POLL = "/socket.io/?EIO=4&transport=polling"

SEEDS = [
    '42["ask",{"do":"echo"}]',
    '427["ask",{"do":"echo","deep":[[[[]]]],"text":"\\u00e9\\ud83d\\ude00"}]',
    '42["join",{"workshop":"x","since":0}]',
    '42["signal",{"kind":"typing"}]',
    '421234567890123456789["ask"]',
    '451-["ask",{"_placeholder":true,"num":0}]',
    '461-7["x"]',
    '4399["ok"]',
    "40",
    "40/admin,",
    '40{"token":"x"}',
    "41",
    "44",
    "47",
    "49",
    "2probe",
    "3probe",
    "5",
    "6",
    "1",
    "0{}",
    "bAAAA",
    "",
]
ODD = [
    "\x00",
    "\x1e",
    "\ufeff",
    "\U0001f469",
    "[" * 3000,
    "{" * 500,
    '"',
    "\\ud800",
    "9" * 400,
    "-",
    ",",
    "/",
    "null",
    "1e999",
]


def packet(chance):
    """A packet that has gone wrong in up to four places."""
    text = chance.choice(SEEDS)
    for _ in range(chance.randrange(5)):
        place = chance.randrange(len(text) + 1)
        match chance.randrange(4):
            case 0:
                text = text[:place] + chance.choice(ODD) + text[place:]
            case 1:
                text = text[:place] + text[place + chance.randrange(1, 6) :]
            case 2:
                text = text[:place] + chr(chance.randrange(32, 127)) + text[place + 1 :]
            case 3:
                text = text[:place] + chance.choice(SEEDS)
    return text


@pytest.mark.parametrize("mode", MODES)
def test_malformed_packets_end_their_own_connection_at_most(mode):
    chance = random.Random(20)
    with Server(mode) as server:
        good, stop, took = server.phone(), threading.Event(), []
        watch = threading.Thread(target=_echo, args=(good, stop, took))
        watch.start()
        attacker = server.phone()
        before = server.memory()
        for number in range(PACKETS[mode]):
            match number % 20:
                case 0:
                    _post(server, packet(chance))
                case 1:
                    _raw(server, chance)
                case 2:
                    attacker = _send(server, attacker, chance.randbytes(chance.randrange(60)))
                case _:
                    attacker = _send(server, attacker, masked(packet(chance).encode()))
        stop.set()
        watch.join()
        assert server.phone().ask(do="echo") == {"do": "echo"}
        assert server.memory() - before < 50_000_000
        assert server.terminate()[0] == 0
        assert server.errors == []
        assert len(took) > 20 and statistics.quantiles(took, n=100)[98] < 0.25


def test_no_packet_makes_the_server_raise_anything_but_malformed():
    chance = random.Random(21)
    server = _in_process()
    for number in range(20_000):
        server._handle_eio_connect(str(number), {})
        server._handle_eio_message(str(number), "0")
        text = packet(chance)
        with contextlib.suppress(mends.Malformed):
            mends.Channel.hear(_Hearing(server, str(number)), text)
        server._handle_eio_disconnect(str(number), "gone")
    assert server.manager.rooms == {}


def _echo(phone, stop, took):
    while not stop.is_set():
        began = time.monotonic()
        assert phone.ask(do="echo") == {"do": "echo"}
        took.append(time.monotonic() - began)
        stop.wait(0.02)


def _send(server, attacker, data):
    """Send bytes and then a probe; the same connection if it still answers, otherwise a new one."""
    try:
        attacker.socket.sendall(data + masked(b'42999["ask",{"do":"echo"}]'))
        attacker.socket.settimeout(0.05)  # some wait for more, or aren't connected any longer
        while isinstance(text := attacker.hear(), str):
            if text.startswith("43999"):
                return attacker
    except (OSError, AssertionError):
        pass
    attacker.close()
    return Phone(server)


def _post(server, text):
    sid = server.poll()
    status, _, _ = server.request("POST", f"{POLL}&sid={sid}", body=text.encode())
    assert status in (200, 400)


def _raw(server, chance):
    lines = [
        f"{chance.choice(['GET', 'POST', 'PUT', chr(0)])} {chance.choice([POLL, '/', '*', '/%00', '//'])} HTTP/1.1",
        f"Host: {chance.choice(['localhost', 'evil', ''])}",
        f"Content-Length: {chance.choice(['0', '5', '-1', 'x', '99999999999'])}",
        f"Transfer-Encoding: {chance.choice(['chunked', 'identity', 'x'])}" if chance.random() < 0.3 else "X: y",
        f"Connection: {chance.choice(['close', 'Upgrade', 'keep-alive'])}",
        f"Upgrade: {chance.choice(['websocket', 'h2c', ''])}",
    ]
    with server.connect() as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + chance.randbytes(chance.randrange(20)))


def _in_process():
    from flask import Flask

    from app.live.transport import Transport

    transport = Transport("threading")
    io = transport.socketio(Flask(__name__))
    transport.on("ask", lambda sid, value, answer: answer(value))
    io.server._send_packet = lambda eio_sid, packet: None
    return io.server


class _Hearing:
    """As much of a channel as hearing a packet needs."""

    def __init__(self, server, sid):
        self.server = server.eio
        self.sid = sid

    def close(self, reason):
        """It was told goodbye."""
