"""Forms whose fields are named by their place: `sections.2.title.fr` is what `{"sections": [.., .., {..}]}` holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.datastructures import MultiDict

DEEPEST = 6
LONGEST = 2000


def nested(form: MultiDict[str, str], lists: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of a form by their place. Dictionaries whose keys are all numbers become lists in the order of the
    numbers; *lists* are fields that may be sent several times."""
    tree: dict[str, Any] = {}
    several = set(lists)
    for name in list(form)[:LONGEST]:
        place = name.split(".")
        if len(place) > DEEPEST:
            continue
        inner = tree
        for part in place[:-1]:
            inner = inner.setdefault(part, {})
            if not isinstance(inner, dict):
                break
        if isinstance(inner, dict):
            inner[place[-1]] = form.getlist(name) if name in several else form[name].replace("\r\n", "\n")
    return _listed(tree)


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isascii() and key.isdigit() for key in value):
        return [_listed(value[key]) for key in sorted(value, key=int)]
    return {key: _listed(inner) for key, inner in value.items()}


def rows(value: Any) -> list[dict]:
    """The rows of a list in a form, whatever was sent in its place."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def words(value: Any) -> dict[str, str]:
    """A text by language in a form, whatever was sent in its place."""
    return {k: v for k, v in value.items() if isinstance(v, str)} if isinstance(value, dict) else {}


def number(value: Any) -> int | str | None:
    """A number that was typed, in any script's digits; None for nothing, and what was typed if it is no number."""
    typed = str(value or "").strip()
    if not typed:
        return None
    return int(typed) if typed.isdecimal() and len(typed) < 10 else typed


def said(row: dict) -> bool:
    """True when a row has any words in its title."""
    return any(text.strip() for text in words(row.get("title")).values())
