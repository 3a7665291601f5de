"""How the parts are put together; called by `create_app`."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from app.ledger.desk import Desk
from app.live.backups import Backups
from app.live.clock import Clock
from app.live.keys import Keys
from app.live.limits import Limits
from app.live.retention import Retention
from app.live.sockets import Sockets
from app.live.transport import Transport
from app.live.workshops import Workshops
from app.settings import Settings
from app.web import web
from app.web.gate import Gate


class Baraza(Struct):
    """The whole application: `app` is what the transport serves."""

    app: Any
    flask: Any
    transport: Transport
    workshops: Workshops
    desk: Desk
    sockets: Sockets


def build(settings: Settings) -> Baraza:
    """Everything, ready to be served by `transport.serve(app, …)`."""
    clock = Clock()
    transport = Transport(settings.async_mode, settings.queue_bytes)
    desk = Desk(settings.data)
    translation = {"url": settings.translate, "key": settings.translate_key} if settings.translate else None
    workshops = Workshops(settings.data, transport, Keys(desk.key), clock, translation)
    flask = web(workshops, desk, settings, transport)
    transport.socketio(flask)
    sockets = Sockets(transport, workshops, Limits(settings.ask_rate, settings.ask_burst, clock))
    Backups(transport, workshops)
    Retention(transport, workshops, clock)
    transport.on_stop(workshops.close)
    return Baraza(Gate(flask, settings.hosts, settings.address), flask, transport, workshops, desk, sockets)
