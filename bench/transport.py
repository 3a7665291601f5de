"""The transport beside stock Flask-SocketIO, both on eventlet and storing nothing: processor time for each delivery.

    python bench/transport.py --people 200 --repeat 5

Cards are posted faster than either server can pass them on; one card seen by one member of its room is a delivery. The
servers take turns, and medians are told. Processor time can be trusted on a busy machine, wall time can't.
"""

import argparse
import os
import selectors
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SERVERS = ("stock", "ours")
TICKS = os.sysconf("SC_CLK_TCK")


def serve(kind: str) -> None:
    """Be the server of one kind: `join` enters the room of a number, `card` goes to everybody in it."""
    import eventlet

    eventlet.monkey_patch()
    sys.path.insert(0, str(ROOT))
    import flask

    rooms = {}
    app = flask.Flask(__name__)
    if kind == "ours":
        from app.live.transport import Transport

        transport = Transport("eventlet", queue_bytes=100_000_000)
        transport.socketio(app)

        def join(sid, room, answer):
            rooms[sid] = f"room {room}"
            transport.enter(sid, rooms[sid])
            answer(True)

        transport.on("join", join)
        transport.on("card", lambda sid, card, answer: transport.emit(rooms[sid], "card", card))
        transport.serve(app, "127.0.0.1", 0, ready=lambda port: print(port, flush=True))
    else:
        import eventlet.wsgi
        import flask_socketio

        io = flask_socketio.SocketIO(app, async_mode="eventlet")

        @io.on("join")
        def join(room):
            rooms[flask.request.sid] = f"room {room}"
            flask_socketio.join_room(rooms[flask.request.sid])
            return True

        @io.on("card")
        def card(card):
            io.emit("card", card, to=rooms[flask.request.sid])

        listening = eventlet.listen(("127.0.0.1", 0))
        print(listening.getsockname()[1], flush=True)
        eventlet.wsgi.server(listening, app, max_size=4000, log_output=False)


def measure(kind: str, people: int, room: int, cards: int) -> dict[str, float]:
    """One run: deliveries for each second of the server's processor, and kB for each connection."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", __file__, "--serve", kind], stdout=subprocess.PIPE, text=True
    )
    try:
        port = int(process.stdout.readline())
        before = _memory(process.pid)
        phones = [_connect(port, number // room) for number in range(people)]
        memory = (_memory(process.pid) - before) / people
        expected = sum(min(room, people - number % people // room * room) for number in range(cards))
        size = len(_frame(b'42["card",{"id":"000000","text":"%s"}]' % (b"x" * 80))) - 4  # without the mask
        with selectors.DefaultSelector() as waiting:
            for phone in phones:
                waiting.register(phone, selectors.EVENT_READ)
            began = _processor(process.pid)
            for number in range(cards):
                card = b'42["card",{"id":"%06d","text":"%s"}]' % (number, b"x" * 80)
                phones[number % people].sendall(_frame(card))
            missing = expected * size
            while missing > 0:
                for key, _ in waiting.select(10) or sys.exit(f"{kind} lost {missing / size:.0f} deliveries"):
                    missing -= len(key.fileobj.recv(1 << 20))
            spent = _processor(process.pid) - began
        for phone in phones:
            phone.close()
        return {"deliveries": expected / spent, "memory": memory}
    finally:
        process.kill()
        process.wait()


def _connect(port: int, room: int) -> socket.socket:
    phone = socket.create_connection(("127.0.0.1", port))
    phone.sendall(
        f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nOrigin: http://127.0.0.1:{port}\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    _until(phone, b'"maxPayload"')
    phone.sendall(_frame(b"40"))
    _until(phone, b"40{")
    phone.sendall(_frame(b'420["join",%d]' % room))
    _until(phone, b"430[true]")
    return phone


def _until(phone: socket.socket, words: bytes) -> None:
    heard = b""
    while words not in heard:
        heard += phone.recv(65536)


def _frame(payload: bytes) -> bytes:
    """A client's frame under a mask of noughts."""
    size = len(payload)
    length = bytes((128 | size,)) if size < 126 else bytes((254,)) + size.to_bytes(2)
    return b"\x81" + length + b"\0\0\0\0" + payload


def _processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1000


def main() -> None:
    """Measure and print the table."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--people", type=int, default=200)
    asked.add_argument("--repeat", type=int, default=5)
    asked.add_argument("--serve", choices=SERVERS, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.serve:
        return serve(given.serve)
    print("| room | server | deliveries for a second of processor | kB for a connection |\n|---|---|---|---|")
    for room, cards in ((6, 20_000), (given.people, 3000)):
        runs = {kind: [] for kind in SERVERS}
        for _ in range(given.repeat):
            for kind in SERVERS:
                runs[kind].append(measure(kind, given.people, room, cards))
        rates = {kind: statistics.median(run["deliveries"] for run in runs[kind]) for kind in SERVERS}
        for kind in SERVERS:
            memory = statistics.median(run["memory"] for run in runs[kind])
            print(f"| {room} | {kind} | {rates[kind]:,.0f} ({rates[kind] / rates['stock']:.1f} x) | {memory:.0f} |")


if __name__ == "__main__":
    started = time.monotonic()
    main()
    print(f"\n{time.monotonic() - started:.0f} s", file=sys.stderr)
