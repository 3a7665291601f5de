"""`run.py list`: the workshops of a data directory."""

import json

import msgspec

from app.settings import Settings

from . import kept

COLUMNS = ("id", "starts", "people", "cards", "kept", "title")


def run(settings: Settings, as_json: bool) -> int:
    """Print them, the newest first."""
    found = kept.workshops(settings.data)
    if as_json:
        print(json.dumps([msgspec.to_builtins(workshop) for workshop in found], ensure_ascii=False, indent=2))
        return 0
    if not found:
        print(f"There are no workshops in {settings.data}.")
        return 0
    rows = [COLUMNS, *(shown(workshop) for workshop in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS) - 1)]
    for row in rows:
        print("  ".join([*(cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True)), row[-1]]))
    return 0


def shown(workshop: kept.Listed) -> tuple[str, ...]:
    """One line of the table; an id is unmistakable long before its end."""
    keep = f"{workshop.keep_days} days" + (" from its end" if not workshop.ended_at else "")
    counts = (str(workshop.people), str(workshop.cards))
    return (workshop.id[:8], workshop.starts[:10], *counts, keep, kept.title(workshop))
