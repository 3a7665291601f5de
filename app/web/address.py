"""The address that phones can use, as a text and as a QR code."""

from __future__ import annotations

import io
from itertools import groupby

import segno
from flask import Response, request

from app.front import address

from .house import house

QUIET = 4


def joining_address() -> str:
    """Where phones find this server: the address that was set, the one that this page was opened by unless it only
    works on this machine, or the machine's own on the local network."""
    if house.settings.address:
        return house.settings.address.rstrip("/")
    name, port = _name_and_port()
    if name != "localhost" and not _local_only(name):
        return request.host_url.rstrip("/")
    return address.links(house.settings.host, port)[0]


def _name_and_port() -> tuple[str, int]:
    name, _, port = request.host.rpartition(":")
    if port.isdigit() and name:
        return name.strip("[]"), int(port)
    return request.host.strip("[]"), 443 if request.scheme == "https" else 80


def _local_only(name: str) -> bool:
    try:
        return address.local_only(name)
    except ValueError:
        return False


def qr(text: str) -> Response:
    """A QR code as a file: black on white with the quiet zone that cameras need, level M."""
    file = io.BytesIO()
    _code(text).save(file, kind="svg", border=QUIET, dark="#000", light="#fff", omitsize=True)
    return Response(file.getvalue(), mimetype="image/svg+xml")


def qr_path(text: str) -> tuple[int, str]:
    """A QR code to draw within a page: its side with the quiet zone in modules, and the path of the dark ones."""
    rows = list(_code(text).matrix_iter(border=QUIET))
    path = ""
    for y, row in enumerate(rows):
        x = 0
        for module, run in groupby(row):
            wide = len(list(run))
            path += f"M{x} {y}h{wide}v1h-{wide}z" if module else ""
            x += wide
    return len(rows), path


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False)
