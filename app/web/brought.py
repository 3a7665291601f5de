"""The table that a form of the desk brings: a file, or the table that came from one."""

from __future__ import annotations

import sys

import msgspec
from flask import request

from app.domain.core import Refused
from app.live.transport import ProcessFailed

from . import tables
from .house import house
from .tables import Table

SECONDS = 20.0
MOST_ANSWER = 8 * 1024 * 1024


def brought() -> Table:
    """The rows of the form's `file`, read in a process of its own, or else those of its field `table`; raises Refused
    like `tables.rows_of`."""
    file = request.files.get("file")
    if file is None:
        given = msgspec.json.decode(request.form.get("table", ""), type=Table)
        return house.transport.in_thread(tables.bounded, given)
    argv = [sys.executable, "-m", tables.__name__]
    try:
        said = house.transport.run_process(argv, file.read(), SECONDS, MOST_ANSWER)
    except ProcessFailed as failure:
        raise Refused("not-a-table", "file") from failure
    answer = msgspec.json.decode(said)
    if "error" in answer:
        raise Refused(answer["error"]["code"], "file", **answer["error"]["facts"])
    return answer["rows"]
