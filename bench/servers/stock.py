"""Stock Flask-SocketIO on eventlet, as its documentation shows it: cards go to the room and are stored nowhere."""

import eventlet

eventlet.monkey_patch()

import flask  # noqa: E402
import flask_socketio  # noqa: E402

app = flask.Flask(__name__)
io = flask_socketio.SocketIO(app, async_mode="eventlet")
rooms = {}


@io.on("join")
def join(who):
    """Enter a room; the answer is its state, of which there is none."""
    rooms[flask.request.sid] = who["room"]
    flask_socketio.join_room(who["room"])
    return []


@io.on("card")
def card(written):
    """Pass a card on to everybody in the room of its author."""
    io.emit("card", written, to=rooms[flask.request.sid])


listening = eventlet.listen(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
eventlet.wsgi.server(listening, app, max_size=4000, log_output=False)
