"""What a pretend phone knows: the same merge as the browser's `tables.js`, newer row wins."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]


class Tables:
    """Rows by table and id. `cursor` is where the next `join` asks from, `epoch` the server's."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Row] = {}
        self.cursor = 0
        self.epoch: str | None = None
        self._gone: dict[tuple[str, str], int] = {}

    def joined(self, reply: dict) -> bool:
        """Merge the answer to `join`, then move the cursor; False when everything must be asked for anew."""
        if self.epoch not in (None, reply["epoch"]):
            self.__init__()
            return False
        self.epoch = reply["epoch"]
        self._merge(reply["rows"])
        self.cursor = max(self.cursor, reply["seq"])
        return True

    def delta(self, delta: dict, joined: bool = True) -> None:
        """Merge a delta; the cursor moves only once the answer to `join` has been merged."""
        if self.epoch not in (None, delta["epoch"]):
            return
        self._merge(delta["rows"])
        if joined:
            self.cursor = max(self.cursor, delta["seq"])

    def _merge(self, rows: list[Row]) -> None:
        for row in rows:
            key = row["table"], row["id"]
            if max(self.rows.get(key, {}).get("seq", 0), self._gone.get(key, 0)) > row["seq"]:
                continue
            if row.get("gone"):
                self.rows.pop(key, None)
                self._gone[key] = row["seq"]
                continue
            self.rows[key] = row
            if row["table"] == "me":
                self._leave(row["audiences"])

    def _leave(self, audiences: dict[str, int]) -> None:
        for key, row in list(self.rows.items()):
            if row["audience"] not in audiences:
                del self.rows[key]

    def all(self, table: str) -> list[Row]:
        """The rows of a table, by id."""
        # A copy first: deltas come in another thread.
        rows = self.rows.copy()
        return [rows[key] for key in sorted(rows) if key[0] == table]

    def get(self, table: str, id: str) -> Row | None:
        """A row, if it is known."""
        return self.rows.get((table, id))
