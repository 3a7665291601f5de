"""`run.py doctor`: is everything in place for a workshop on this machine?"""

import json
import os
import shutil
import socket
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from app.front import address, running
from app.settings import ROOT, Settings

ROOM_MB = 500
OLDEST_SQLITE = (3, 35)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: its name, whether it is well, and a sentence."""

    name: str
    well: bool
    says: str


def run(settings: Settings, as_json: bool) -> int:
    """Print what was found; 1 if something isn't well."""
    findings = list(examine(settings))
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            print(f"{'ok  ' if finding.well else 'LOOK'}  {finding.name:<8} {finding.says}")
    return 0 if all(finding.well for finding in findings) else 1


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at one thing after the other."""
    yield Finding("python", True, f"{sys.version.split()[0]}, libraries in {sys.prefix}")
    version = sqlite3.sqlite_version
    yield Finding("sqlite", sqlite3.sqlite_version_info >= OLDEST_SQLITE, version)
    yield disk(settings)
    yield clock()
    yield files()
    taken, well = port(settings)
    yield well
    yield phones(settings, taken)


def disk(settings: Settings) -> Finding:
    """Can the data directory be written, and is there room?"""
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        free = shutil.disk_usage(settings.data).free // 1_000_000
    except OSError as problem:
        return Finding("data", False, f"{settings.data} can't be used: {problem.strerror}")
    if not os.access(settings.data, os.W_OK):
        return Finding("data", False, f"{settings.data} can't be written")
    if settings.data.stat().st_mode & 0o077:
        return Finding("data", False, f"others on this machine can look into {settings.data}; `chmod 700` ends that")
    return Finding("data", free >= ROOM_MB, f"{free:,} MB free in {settings.data}")


def clock() -> Finding:
    """Is the clock behind the program's own files? Days on which data is deleted are counted with it."""
    newest = (ROOT / "requirements.txt").stat().st_mtime
    now = time.strftime("%Y-%m-%d %H:%M %Z")
    return Finding("clock", time.time() > newest, now if time.time() > newest else f"{now} can't be right")


def files() -> Finding:
    """How many files and connections may be open?"""
    try:
        import resource
    except ImportError:
        return Finding("files", True, "the system sets no limit on open files")
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    enough = hard == resource.RLIM_INFINITY or hard >= 2048
    return Finding("files", enough, f"{'unlimited' if hard == resource.RLIM_INFINITY else hard} may be open")


def port(settings: Settings) -> tuple[int, Finding]:
    """The port that is or would be served; can it be had, or does our own server have it?"""
    wanted = settings.port
    try:
        server = running.find(settings.data)
    except (running.Occupied, OSError):
        return wanted, Finding("port", False, f"another command is at work on {settings.data}; try again")
    if server:
        return server.port, Finding("port", True, f"a server is running on port {server.port}")
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as problem:
            return wanted, Finding("port", False, f"port {settings.port} can't be had: {problem.strerror}")
    return wanted, Finding("port", True, f"port {wanted} is free")


def phones(settings: Settings, port: int) -> Finding:
    """Which address will phones use?"""
    links = address.links(settings.host, port, settings.address)
    if "//127." in links[0]:
        return Finding("phones", False, "no network, so phones can't come: join the Wi-Fi or open a hotspot")
    return Finding("phones", True, f"they use {', or '.join(links)}")
