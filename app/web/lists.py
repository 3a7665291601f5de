"""Names and groups in a table that somebody brought: which columns hold them, and which of our groups each is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from app.domain.core import Refused
from app.domain.lists import folded
from app.domain.seating import label_of
from app.exports.as_csv import plain

from .tables import Table

HEADINGS = 10
"""Among how many first rows the headings are looked for: some lists begin with a title."""

LONGEST_LABEL = 80
MOST_NAMED = 12
"""How many of those who stand there twice are named at once."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(sorted(map(folded, text.split("|")), key=len, reverse=True))


NAMES = _words(
    "name|names|full name|nom|noms|nom complet|nombre|nombres|nombre completo|nome|nomes|nome completo"
    "|имя|имена|фио|الاسم|اسم|الاسم الكامل|jina|majina|jina kamili|姓名|名字"
)
GROUPS = _words("group|groups|groupe|groupes|grupo|grupos|группа|группы|المجموعة|مجموعة|kikundi|vikundi|kundi")
GLUED = _words("小组|小組|组别|組別|组|組")
"""Words for a group that no space parts from what it is called."""

_SPACED = "|".join(map(re.escape, GROUPS))
_GLUED = "|".join(GLUED)
HEADED = re.compile(rf"(?:{_SPACED}|{_GLUED}) ?(?:[:·] ?(.+)|(\d+))?")
BEFORE_IT = re.compile(rf"^(?:(?:{_SPACED})(?![^\W\d_])|{_GLUED})[\W_]*")
BEHIND_IT = re.compile(rf"[\W_]*(?:(?<![^\W\d_])(?:{_SPACED})|{_GLUED})$")


class Columns(Struct, frozen=True):
    """Which columns of a table hold names (several are put together) and groups, counted from 0, and the first row
    below the headings."""

    names: tuple[int, ...]
    groups: tuple[int, ...]
    begins: int


class Found(Struct, frozen=True):
    """What a table says: names by label, what the file calls each label, and the lines, counted from 1, that were left
    out: those without a name, and the names without a group."""

    groups: dict[str, list[str]]
    called: dict[str, str]
    nameless: list[int]
    groupless: list[tuple[int, str]]


def heading(table: Table) -> int:
    """The row that holds the headings, if any does: the one with most words for names and groups, else the first that
    isn't empty."""
    there = [n for n, row in enumerate(table) if row][:HEADINGS]
    return max(there, key=lambda n: (sum(_is_name(c) or _group_of(c) is not None for c in table[n]), -n))


def recognised(table: Table, titles: Iterable[str] | None = None) -> Columns:
    """The columns by their headings; empty where none, or none alone, is called so.

    *titles* are what the session is called whose groups are wanted, None if every column of groups is. Of several
    the one counts that is called as the session is. Where none is known, the first row is taken for headings unless
    anything in it comes again below.
    """
    row = table[at := heading(table)]
    names = [n for n, cell in enumerate(row) if _is_name(cell)][:1]
    groups = {n: rest for n, cell in enumerate(row) if (rest := _group_of(cell)) is not None}
    if titles is not None and len(groups) > 1:
        known = {_group_of(headed(title)) for title in titles}
        own = [n for n, rest in groups.items() if rest in known] or [n for n, rest in groups.items() if not rest]
        groups = dict.fromkeys(own if len(own) == 1 else [], "")
    again = any(cell and cell in row[n : n + 1] for row in table[at + 1 :] for n, cell in enumerate(table[at]))
    return Columns(tuple(names), tuple(groups), at + 1 if names or groups or not again else at)


def _is_name(cell: str) -> bool:
    return folded(cell).strip(" .:*") in NAMES


def _group_of(cell: str) -> str | None:
    """Which session a column of groups is headed with, as in `group: Problems` or `Groupe 2`; None for another one."""
    found = HEADED.fullmatch(folded(cell))
    return (found[1] or found[2] or "") if found else None


def headed(title: str) -> str:
    """The heading of a column of groups, as `recognised` knows it again."""
    return f"group: {title[:LONGEST_LABEL]}"


def found(table: Table, columns: Columns, before: bool = False) -> Found:
    """Who is in which group. Groups of a session get its letters, the others (*before*) stay called as they are.

    Raises Refused: `no-name-column`, `no-group-column`, `several-group-columns`, `person-twice` {people} in a session,
    `no-names`.
    """
    if not columns.names:
        raise Refused("no-name-column", "names")
    if not columns.groups:
        raise Refused("no-group-column", "groups")
    if len(columns.groups) > 1 and not before:
        raise Refused("several-group-columns", "groups")
    nameless: list[int] = []
    groupless: list[tuple[int, str]] = []
    named: list[tuple[int, str, list[str]]] = []
    for line, row in enumerate(table[columns.begins :], columns.begins + 1):
        name = " ".join(filter(None, (_cell(row, n) for n in columns.names)))
        groups = [_said(table, columns, n, value) if (value := _cell(row, n)) else "" for n in columns.groups]
        if not folded(name):
            nameless += [line] if any(groups) else []
        elif any(groups):
            named.append((line, name, groups))
        else:
            groupless.append((line, name))
    if not named:
        raise Refused("no-names", "names")
    if not before:
        _once([(line, name) for line, name, _ in named] + groupless)
    by_column = zip(*(groups for _, _, groups in named), strict=True)
    values = list(dict.fromkeys(value for column in by_column for value in column if value))
    label = {v: folded(v) for v in values} if before else labels(values)
    called: dict[str, str] = {}
    for value in values:
        called.setdefault(label[value], value)
    by_label: dict[str, dict[str, str]] = {key: {} for key in called}
    for _, name, groups in named:
        for group in filter(None, groups):
            by_label[label[group]].setdefault(folded(name), name)
    order = list(called) if before else sorted(called, key=lambda key: (len(key), key))
    shown = {key: called[key] if before else key for key in order}
    return Found(
        groups={shown[key]: list(by_label[key].values()) for key in order},
        called={shown[key]: called[key] for key in order},
        nameless=nameless,
        groupless=groupless,
    )


def _cell(row: list[str], n: int) -> str:
    return " ".join(plain(row[n]).split()) if n < len(row) else ""


def _said(table: Table, columns: Columns, column: int, value: str) -> str:
    """What a group is called: by its column, too, where there are several."""
    if len(columns.groups) > 1:
        head = _cell(table[columns.begins - 1], column) if columns.begins else ""
        head = head.partition(":")[2].strip() or head
        value = f"{head or column + 1} · {value}"
    return value[:LONGEST_LABEL].rstrip()


def _once(people: list[tuple[int, str]]) -> None:
    lines: dict[str, list[tuple[int, str]]] = {}
    for line, name in sorted(people):
        lines.setdefault(folded(name), []).append((line, name))
    twice = [where for where in lines.values() if len(where) > 1]
    if twice:
        named = [f"\u2068{w[0][1]}\u2069 ({', '.join(str(n) for n, _ in w)})" for w in twice[:MOST_NAMED]]
        raise Refused("person-twice", "names", people="; ".join(named + ["…"] * (len(twice) > MOST_NAMED)))


def labels(values: Iterable[str]) -> dict[str, str]:
    """Our label for each group of a file.

    A to H, A2 … and 1 to 8 keep their places, whatever word for a group stands with them: `Group B`, `2`, `组2` is B.
    Other letters and numbers are labelled in their own order, all else in the order in which it comes.
    """
    bare = {value: _bare(folded(value)) for value in values}
    if len({*bare.values()}) > 1 and len({text.partition(" ")[0] for text in bare.values()}) == 1:
        bare = {value: text.partition(" ")[2] for value, text in bare.items()}
    distinct = list(dict.fromkeys(bare.values()))
    places = _places(distinct)
    if len({*places}) < len(distinct):
        places = list(range(len(distinct)))
    place = dict(zip(distinct, places, strict=True))
    return {value: label_of(place[text]) for value, text in bare.items()}


def _bare(value: str) -> str:
    return BEHIND_IT.sub("", BEFORE_IT.sub("", value)) or value


def _places(values: list[str]) -> list[int]:
    """Which label each gets, counted from 0; the same twice where two mean one."""
    if all(re.fullmatch(r"[a-h](?:[2-9]|[1-9]\d{1,2})?", value) for value in values):
        return [ord(v[0]) - ord("a") + 8 * (int(v[1:] or 1) - 1) for v in values]
    if all(value.isdecimal() for value in values):
        numbers = [int(value) for value in values]
        ordered = sorted(numbers)
        return [n - 1 for n in numbers] if ordered[0] >= 1 and ordered[-1] <= 8 else [*map(ordered.index, numbers)]
    if all(len(value) == 1 and value.upper() != value for value in values):
        return [*map(sorted(values).index, values)]
    return list(range(len(values)))
