"""`run.py serve`: one server for one data directory."""

import os
import sys
from collections.abc import Callable

from app import create_app
from app.commands import Refused
from app.front import address, running
from app.front.greeting import greet
from app.front.patching import without_numpy
from app.settings import Settings


def run(settings: Settings, ready: Callable = lambda baraza, port: None) -> int:
    """Serve until it is told to stop; `ready(baraza, port)` is called once people can come.

    Raises:
        Refused: another server has the data directory, it can't be written, or the port can't be had.
    """
    try:
        claim = running.claim(settings.data, patience=0.5)
        (settings.data / running.NOTE).unlink(missing_ok=True)
    except running.Occupied as problem:
        raise Refused(f"A server is already running on {settings.data}; stop it, or choose --data.") from problem
    except OSError as problem:
        raise Refused(f"{settings.data} can't be used: {problem.strerror}. BARAZA_DATA names another.") from problem
    try:
        baraza = without_numpy(lambda: create_app(settings))
        serve(baraza, settings, ready)
    finally:
        (settings.data / running.NOTE).unlink(missing_ok=True)
        os.close(claim)
    return 0


def serve(baraza, settings: Settings, ready: Callable) -> None:
    """Listen, greet, serve."""
    begun = False

    def listening(port: int) -> None:
        nonlocal begun
        begun = True
        running.announce(settings.data, running.Server(address.here(settings.host), port))
        links = address.links(settings.host, port, settings.address)
        greet(links, f"{links[0]}/f#{baraza.desk.first_secret}", settings.data)
        ready(baraza, port)

    try:
        baraza.transport.serve(baraza.app, settings.host, settings.port, listening)
    except OSError as problem:
        if begun:
            raise
        where = f"Port {settings.port} of {settings.host}"
        raise Refused(f"{where} can't be had: {problem.strerror}. PORT or --port names another.") from problem
    print("Baraza has stopped; everything is saved.", file=sys.stderr)
