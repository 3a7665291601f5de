"""`run.py demo`: a server, and the bundled event played live by pretend phones, slowly enough to watch."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from app.commands import Refused
from app.phones import event
from app.phones.house import House
from app.phones.phone import Lost
from app.phones.play import Play
from app.phones.server import NotReady, ServerProcess
from app.settings import Settings

EVENT = Path(event.__file__).with_name("reference-event.json")
SECONDS = {
    "join": 6.0,
    "joined": 0.5,
    "step": 3.0,
    "drawn": 4.0,
    "revealed": 8.0,
    "card": 1.5,
    "present": 2.0,
    "themes": 2.0,
    "proposed": 8.0,
    "decided": 6.0,
    "proposal": 3.0,
}
UNHURRIED = {"BARAZA_ASK_RATE": "1000", "BARAZA_ASK_BURST": "1000"}


def run(settings: Settings, pace: float = 1.0) -> int:
    """Serve on the settings' port and data, play, and go on serving until Ctrl+C. `pace` multiplies the pauses."""
    environment = {
        **UNHURRIED,
        "HOST": settings.host,
        "BARAZA_ADDRESS": settings.address,
        "BARAZA_HOSTS": ",".join(settings.hosts),
        "BARAZA_ASYNC_MODE": settings.async_mode,
    }
    try:
        server = ServerProcess(settings.data, environment, out=sys.stdout, port=settings.port)
    except NotReady as problem:
        raise Refused(str(problem).splitlines()[-1] if str(problem) else "The server didn't start.") from problem
    try:
        play(server, pace)
        print("The demonstration is over; the workshop stays open for you. Stop: Ctrl+C", flush=True)
        server.wait()
    except KeyboardInterrupt:
        pass
    except Lost as problem:
        raise Refused(f"The demonstration broke off: {problem}") from problem
    finally:
        server.stop()
    return 0


def play(server: ServerProcess, pace: float) -> Play:
    """Play the bundled event on a running server."""
    bundled = event.read(EVENT)
    house = House(server.address, server.organiser)
    house.make(bundled.plan())
    print("\n    The demonstration has begun. Open the stage, and join with a phone of your own:\n")
    print(f"    Stage:    {house.links['stage']}")
    print(f"    Console:  {house.links['facilitator']}\n", flush=True)
    quiet = threading.Event()
    played = Play(bundled, house, "demo", 0.3, lambda what: quiet.wait(SECONDS.get(what, 0) * pace) and None)
    played.run()
    return played
