"""What browser and server say to each other, written down from the structs: docs/protocol.md and static/js/protocol.js.

`python -m app.domain.protocol` writes both, `--check` refuses stale ones.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.inspect import Field, type_info

from .agenda import Plan
from .core import SERVER, Command, Event, Job, Name, Question, Row
from .grammar import COMMANDS, EVENTS, JOBS, NOUNS
from .rows import TABLES

NAME_LENGTH = type_info(Name).max_length
"""The length of ids, which no screen has to watch."""

PLANS = Plan.__subclasses__()
"""What an organiser's JSON is made of."""

ROOT = Path(__file__).resolve().parents[2]

INTRO = """\
# The protocol

Written by `python -m app.domain.protocol`; change the docstrings in `app/domain` instead.

Four messages over Socket.IO, and the same JSON over HTTP:

* `join {workshop, since, token | as}`: attach this connection. Answer `{ok, seq, at, epoch, role, id, rows, mine,
  reversible}`. `since` is inclusive; 0 asks for everything.
* `ask {id, do}`: ask for something. `id` is 22 characters made by the asker; asking again with it gives the same
  answer. `do` is one of the asks below, with its `kind`. Answer `{ok: true, seq}`, after it is on disk;
  a question's answer has `told` too.
* `signal {kind}`: something that isn't stored: `typing` from phones; `presence` and `closing` from the server.
* `delta {seq, at, epoch, rows}`: the rows that event `seq` changed, for whoever receives it.

A refusal is `{ok: false, error: {code, field?, facts}}`. A row is `{table, id, seq, audience, ...}`; a field that
has its default is left out; `{table, id, seq, gone: true}` says that a row is gone, or not for this viewer any
more. The newer row wins; when the row `me` is merged, every row goes whose audience it no longer names; the cursor
moves only after the answer to `join` was merged; a reply of another epoch drops everything.

## An example

A script that makes a workshop, opens its doors and a step, joins it, writes a card and reads the rows. `$SECRET` is
what stands behind `#` in the organiser's link.

```sh
A=http://127.0.0.1:8080
id() { head -c16 /dev/urandom | base64 | tr +/ -_ | tr -d =; }
post() { curl -s $A/api/$1 -H "Authorization: Bearer $2" -H "Content-Type: application/json" -d "$3"; }
value() { python3 -c "import json, sys; print(json.load(sys.stdin)$1)"; }
ask() { post workshops/$W/asks "$1" '{"id": "'$(id)'", "do": '"$2"'}'; }

W=$(post workshops $SECRET '{"title": "Water", "agenda":
  [{"id": "ideas", "day": 1, "kind": "plenary", "title": "Ideas", "sections": ["problems"]}]}' | value '["workshop"]')
ask $SECRET '{"kind": "OpenDoors"}'
ask $SECRET '{"kind": "OpenStep", "step": "ideas/work", "from": null}'

CODE=$(curl -s "$A/api/workshops/$W/rows?since=0" -H "Authorization: Bearer $SECRET" |
  value '["rows"]' | grep -o "'code': '[0-9]*'" | grep -o '[0-9]*')
TOKEN=$(post join "" '{"code": "'$CODE'", "name": "Amina"}' | value '["token"]')
ask $TOKEN '{"kind": "AddCard", "board": "ideas", "section": "ideas/problems", "text": "The pump breaks"}'
curl -s "$A/api/workshops/$W/rows?since=7" -H "Authorization: Bearer $TOKEN"
```

Each ask answers `{"ok": true, "seq": 7}`; the rows end with

```json
{"table": "cards", "board": "ideas", "section": "ideas/problems", "text": "The pump breaks", "lang": "en", "pos": "V",
 "text_seq": 7, "id": "EyfWPilg52pVBo5oqk5N-Q", "audience": "people", "seq": 7}
```

## Over HTTP

| | |
|---|---|
| `POST /api/workshops` | a plan, as an organiser: `{workshop, links: {facilitator, stage}}` |
| `POST /api/join` | `{code \\| secret, name?, attributes?, lang?}`: `{workshop, person, token}` |
| `POST /api/workshops/<id>/asks` | `ask` |
| `GET /api/workshops/<id>/rows?since=` | what `join` answers |
| `POST /api/workshops/<id>/exports` | `{format, level, lang}`, for whoever leads: the file |
| `GET /api/workshops/<id>/themes/<theme>/history` | `{deeds}`: what has happened to a theme, for whoever leads |
| `GET /api/workshops/<id>/receipts/<n>` | `{receipt, you}`: what may be known of draw n, and one's own id in it |
| `GET /api/workshops/<id>/receipts/next` | `{receipt, luck, groups}`: the next draw's seal, and what is one's own |
| `POST /api/workshops/<id>/links` | `{role, label?}`, for whoever leads: `{link, url}` |
| `POST /api/workshops/<id>/purge` | delete it, as an organiser |
| `POST /api/exchange` | `{secret}` of a link: its page, and a cookie |
| `GET /healthz` | `{ok, version}` |

`Authorization: Bearer` takes an organiser's, a facilitator's or the stage's secret, or a person's token. A refusal
over HTTP has a `message` too, in words.
"""


def event_of(command: type[Command]) -> type[Event] | None:
    """The event that a command is decided into, as its code names it; None if it names none."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(command)))
    named = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return next((event for event in EVENTS if event.__name__ in named), None)


def kind(struct: type[Struct]) -> str:
    """The name by which a struct goes over the wire."""
    return struct.__struct_config__.tag


def fields(struct: type[Struct]) -> Iterator[Field]:
    """The fields of a struct that go over the wire, those that every row has left out."""
    shared = set(Row.__struct_fields__)
    for field in type_info(struct).fields:
        if not (issubclass(struct, Row) and field.name in shared):
            yield field


def said(type_: msgspec.inspect.Type) -> str:
    """A type in words: `text, at most 40 characters`."""
    i = msgspec.inspect
    match type_:
        case i.Metadata():
            return said(type_.type)
        case i.StrType():
            if type_.pattern and "{22}" in type_.pattern:
                return "id"
            return f"text, at most {type_.max_length}" if type_.max_length else "text"
        case i.IntType():
            limits = [f"{word} {n}" for word, n in (("from", type_.ge), ("to", type_.le)) if n is not None]
            return " ".join(["number", *limits])
        case i.FloatType():
            return "fraction"
        case i.BoolType():
            return "yes or no"
        case i.NoneType():
            return "null"
        case i.AnyType():
            return "anything"
        case i.LiteralType():
            return " | ".join(f"`{value}`" for value in type_.values)
        case i.UnionType():
            return " or ".join(said(t) for t in type_.types)
        case i.ListType() | i.VarTupleType():
            return f"list of {said(type_.item_type)}"
        case i.DictType():
            return f"{{{said(type_.key_type)}: {said(type_.value_type)}}}"
        case i.StructType():
            return type_.cls.__name__
    raise TypeError(f"no words for {type_}")


def document() -> str:
    """docs/protocol.md."""
    out = [INTRO]
    for noun in NOUNS:
        here = [c for c in (*COMMANDS, *JOBS) if c.__module__ == noun.__name__ and c.by != {SERVER}]
        tables = [t for t in TABLES.values() if t.__module__ == noun.__name__]
        if here or tables:
            out.append(f"\n## {noun.__name__.rpartition('.')[2].capitalize()}\n\n{_text(noun.__doc__)}\n")
        out += [_ask(command) for command in here]
        out += [_shape(plan) for plan in PLANS if plan.__module__ == noun.__name__]
        out += [_row(table) for table in tables]
    return "".join(out)


def _ask(command: type[Command | Job]) -> str:
    who = ", ".join(sorted(command.by - {SERVER}))
    event = event_of(command) if issubclass(command, Command) else None
    lines = [f"\n### `{kind(command)}`\n\n{_text(command.__doc__)}\n\nAsked by: {who}."]
    if issubclass(command, Job):
        told = " Answered as `told`, when it is worked out; nothing changes." if issubclass(command, Question) else ""
        lines.append(told or " Answered when it is worked out.")
    if event and event.irreversible:
        lines.append(f" Cannot be undone: {event.irreversible}.")
    return "".join(lines) + "\n" + _fields(command)


def _shape(plan: type[Plan]) -> str:
    return f"\n### {plan.__name__}\n\n{_text(plan.__doc__)}\n" + _fields(plan)


def _row(table: type[Row]) -> str:
    return f"\n### Rows `{kind(table)}`\n\n{_text(table.__doc__)}\n" + _fields(table)


def _fields(struct: type[Struct]) -> str:
    lines = []
    for field in fields(struct):
        default = "" if field.required else f" (default {json.dumps(_default(field))})"
        lines.append(f"* `{field.encode_name}`: {said(field.type)}{default}\n")
    return "\n" + "".join(lines) if lines else ""


def _default(field: Field):
    value = field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
    return msgspec.to_builtins(value)


def _text(doc: str) -> str:
    return inspect.cleandoc(doc)


def script() -> str:
    """static/js/protocol.js: what screens need to know, no more."""
    asked = [c for c in COMMANDS if c.by != {SERVER}]
    irreversible = [kind(c) for c in asked if (event := event_of(c)) and event.irreversible]
    values = {
        "JOBS": [kind(j) for j in JOBS],
        "IRREVERSIBLE": irreversible,
        "LIMITS": {kind(c): limits for c in asked if (limits := _limits(c))},
        "DEFAULTS": _defaults_of([table for table in TABLES.values() if not table.leads]),
        "LEADS": _defaults_of([table for table in TABLES.values() if table.leads]),
    }
    words = {
        "JOBS": "Asks that are worked out first: the answer takes its time.",
        "IRREVERSIBLE": "Asks that cannot be undone.",
        "LIMITS": "The most characters of each text: {ask: {field: n}}.",
        "DEFAULTS": "The fields that a row lacks when they have this value: {table: {field: value}}.",
        "LEADS": "The same of the tables that only facilitators and organisers get.",
    }
    out = ["// Written by `python -m app.domain.protocol`.\n"]
    for name, value in values.items():
        out.append(f"\n/** {words[name]} */\nexport const {name} = {_js(value)};\n")
    return "".join(out)


def _limits(command: type[Command]) -> dict[str, int]:
    longest = {}
    for field in fields(command):
        for type_ in _inner(field.type):
            if isinstance(type_, msgspec.inspect.StrType) and type_.max_length not in (None, NAME_LENGTH):
                longest[field.encode_name] = type_.max_length
    return longest


def _inner(type_: msgspec.inspect.Type) -> list[msgspec.inspect.Type]:
    if isinstance(type_, msgspec.inspect.UnionType):
        return list(type_.types)
    return [type_.item_type] if isinstance(type_, msgspec.inspect.ListType) else [type_]


def _defaults_of(tables: list[type[Row]]) -> dict[str, dict]:
    return {kind(table): defaults for table in tables if (defaults := _defaults(table))}


def _defaults(table: type[Row]) -> dict:
    return {field.encode_name: _default(field) for field in fields(table) if not field.required}


def _js(value) -> str:
    return json.dumps(value, ensure_ascii=False).replace('": ', '":').replace(', "', ',"')


FILES = {"docs/protocol.md": document, "static/js/protocol.js": script}


def main(arguments: list[str]) -> int:
    """Write the files, or with --check say which are stale."""
    stale = 0
    for name, text in FILES.items():
        path = ROOT / name
        if path.exists() and path.read_text(encoding="utf-8") == text():
            continue
        if arguments == ["--check"]:
            print(f"{name} is stale: run `python -m app.domain.protocol`")
            stale = 1
        else:
            path.write_text(text(), encoding="utf-8")
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
