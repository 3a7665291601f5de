"""A little server on the transport and behind the gate, for the tests of both.

`python little.py MODE [OPTIONS as JSON]`. It prints its port, then one line for whatever the tests want to know.
"""

import json
import sys

mode = sys.argv[1]
options = json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}
if mode == "eventlet":
    import eventlet

    eventlet.monkey_patch()
elif mode == "gevent":
    import gevent.monkey

    gevent.monkey.patch_all()

import os  # noqa: E402 - after the patching, as in run.py
import resource  # noqa: E402
import socket  # noqa: E402
import time  # noqa: E402

import flask  # noqa: E402

from app.live.transport import ProcessFailed, Transport, channel, listening, mends  # noqa: E402
from app.web.gate import Gate  # noqa: E402

mends.PING_EVERY, mends.PING_PATIENCE = options.get("ping", (8, 6))
channel.TO_CONNECT = options.get("connect_within", 10)
listening.CONNECTIONS = options.get("connections", 4000)
listening.PATIENCE = options.get("patience", 15)

app = flask.Flask(__name__)
transport = Transport(mode, queue_bytes=options.get("queue_bytes", 1_000_000))
transport.socketio(app)
inbox = transport.inbox()


def say(*words):
    """One line for the tests."""
    print(*words, flush=True)


@app.route("/", methods=["GET", "POST"])
def page():
    """A page that says how much was posted to it."""
    return str(len(flask.request.get_data()))


@app.get("/bug")
def bug():
    """A page with a bug, whose message must stay here."""
    raise LookupError("secret words")


app.config["PROPAGATE_EXCEPTIONS"] = True


def writer():
    """Answers from the inbox, in order, after a stay in a real thread: as the writer of a workshop does."""
    while True:
        batch = inbox.take()
        transport.in_thread(time.sleep, 0.002)
        for value, answer in batch:
            answer({"ok": True, "value": value})


def ask(sid, value, answer):
    """Do what the test asks for."""
    match value:
        case {"do": "echo"}:
            answer(value)
        case {"do": "later", "value": later}:
            inbox.put((later, answer))
        case {"do": "enter", "room": room}:
            transport.enter(sid, room)
            answer(True)
        case {"do": "leave", "room": room}:
            transport.leave(sid, room)
            answer(True)
        case {"do": "tell", "room": room, "times": times, "size": size}:
            for number in range(times):
                transport.emit(room, "delta", {"seq": number, "text": "x" * size})
            answer(True)
        case {"do": "cut"}:
            transport.cut(sid)
        case {"do": "bug"}:
            raise LookupError("secret words")
        case {"do": "thread", "seconds": seconds}:
            transport.spawn(lambda: answer(transport.in_thread(time.sleep, seconds)))
        case {"do": "process", "argv": argv, "stdin": stdin, "timeout": timeout, "most": most, **more}:
            transport.spawn(process, answer, argv, stdin * more.get("times", 1), timeout, most)
        case {"do": "two-timers"}:
            fired = []
            transport.later(0.05, lambda: fired.append("kept"))
            transport.later(0.05, lambda: fired.append("cancelled")).cancel()
            transport.later(0.2, lambda: answer(fired))
        case {"do": "set-the-clock", "seconds": seconds}:
            real = time.time
            time.time = lambda: real() + seconds
            answer(True)
        case {"do": "no-delay"}:
            phone = next(iter(transport._server.eio.sockets.values()))
            answer(phone.out.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        case {"do": "run-out-of-descriptors"}:
            with open(os.devnull) as lowest:
                most = lowest.fileno() + 5
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
            answer(True)
        case {"do": "break-in-the-hub"}:
            eventlet.spawn_n(lambda: [][1])
            answer(True)
        case {"do": "who"}:
            answer(sid)
        case {"do": "counts"}:
            answer(transport.counts())
        case {"do": "rooms"}:
            answer({"rooms": len(transport._rooms), "places": len(transport._places)})


def process(answer, argv, stdin, timeout, most):
    """Answer with what a program wrote, or why it failed."""
    try:
        answer({"out": transport.run_process(argv, stdin.encode(), timeout, most).decode()})
    except ProcessFailed as failure:
        answer({"why": failure.why, "code": failure.code})


transport.on("ask", ask)
transport.on("join", lambda sid, value, answer: answer({"rows": []}))
transport.on_new(lambda sid, environ: say("new", environ["PATH_INFO"]))
transport.on_gone(lambda sid: say("gone", sid))
transport.on_stop(lambda: transport.emit("all", "signal", {"kind": "closing"}))
transport.on_stop(lambda: transport.sleep(options.get("stopping_takes", 0)))
transport.spawn(writer)
transport.serve(Gate(app, hosts=["talk.example.org"]), "127.0.0.1", 0, ready=say)
say("stopped")
