"""Reading the JSON of an instance: everything that isn't as it should be is a BadInput that says where."""

import json

from app.thinking.drawing.faults import BadInput

MOST_PEOPLE = 5_000
MOST_ROUNDS = 50
MOST_ATTRIBUTES = 8
MOST_PLACES = 5_000_000


def instance(raw) -> dict:
    """A checked copy with every field present: groups one number per round, balance and min_count as pairs."""
    if not isinstance(raw, dict):
        raise BadInput("instance", "must be an object")
    people = [_person(p, f"participants[{k}]") for k, p in enumerate(_list(raw, "participants"))]
    if not people:
        raise BadInput("participants", "must name at least one person")
    if len(people) > MOST_PEOPLE:
        raise BadInput("participants", f"must be at most {MOST_PEOPLE} people")
    rounds = _number(raw.get("rounds"), "rounds", 1, MOST_ROUNDS)
    groups = raw.get("groups")
    if isinstance(groups, list):
        if len(groups) != rounds:
            raise BadInput("groups", f"names {len(groups)} rounds, but there are {rounds}")
        groups = [_number(g, f"groups[{r}]", 1, MOST_PEOPLE) for r, g in enumerate(groups)]
    else:
        groups = [_number(groups, "groups", 1, MOST_PEOPLE)] * rounds
    if len(people) * sum(groups) > MOST_PLACES:
        raise BadInput("groups", "are too many for so many people and rounds")
    if sum(len(people) ** 2 // count for count in groups) > MOST_PLACES:
        raise BadInput("groups", "are too few for so many people and rounds")
    for person in people:
        person["absent"] = sorted({r for r in person["absent"] if r < rounds})
    known = {p["id"] for p in people}
    pins = [_pin(pin, f"pins[{k}]", known, rounds) for k, pin in enumerate(_list(raw, "pins"))]
    common = raw.get("common_language") or False
    if not isinstance(common, bool):
        raise BadInput("common_language", "must be true or false")
    return {
        "participants": people,
        "groups": groups,
        "balance": _balance(raw),
        "together": _sets(raw, "together", known),
        "apart": _sets(raw, "apart", known),
        "pins": list({json.dumps(pin, sort_keys=True): pin for pin in pins}.values()),
        "min_count": _min_counts(raw),
        "common_language": common,
        "history": _history(raw),
    }


def value_name(value) -> str:
    """An attribute's value as a text that sorts; nothing stated is the empty text."""
    return "" if value is None else json.dumps(value, ensure_ascii=True)


def _person(raw, field: str) -> dict:
    if not isinstance(raw, dict):
        raise BadInput(field, "must be an object with an id")
    attrs = raw.get("attrs") or {}
    if not isinstance(attrs, dict):
        raise BadInput(f"{field}.attrs", "must be an object")
    for name, value in attrs.items():
        if not isinstance(value, str | int | None):
            raise BadInput(f"{field}.attrs.{name}", "must be a text or a whole number")
    tags = raw.get("tags") or []
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise BadInput(f"{field}.tags", "must be a list of texts")
    absent = _list(raw, "absent", f"{field}.absent")
    absent = [_number(r, f"{field}.absent", 0, MOST_PEOPLE) for r in absent]
    return {
        "id": _id(raw.get("id"), f"{field}.id"),
        "attrs": dict(attrs),
        "tags": set(tags),
        "absent": absent,
    }


def _pin(raw, field: str, known: set, rounds: int) -> dict:
    if not isinstance(raw, dict):
        raise BadInput(field, "must be an object with an id and a group")
    pin = {"id": _known(raw.get("id"), f"{field}.id", known)}
    pin["group"] = _number(raw.get("group"), f"{field}.group", 0, 10**9)
    if raw.get("round") is not None:
        pin["round"] = _number(raw["round"], f"{field}.round", 0, rounds - 1)
    return pin


def _balance(raw: dict) -> list[tuple[str, int]]:
    weights = {}
    for k, item in enumerate(_list(raw, "balance")):
        field = f"balance[{k}]"
        name, weight = (item.get("attr"), item.get("weight", 1)) if isinstance(item, dict) else (item, 1)
        weights[_id(name, field)] = _number(weight, f"{field}.weight", 1, 100)
    if len(weights) > MOST_ATTRIBUTES:
        raise BadInput("balance", f"must be at most {MOST_ATTRIBUTES} attributes")
    return sorted(weights.items())


def _min_counts(raw: dict) -> list[tuple[str, int]]:
    least = {}
    for k, item in enumerate(_list(raw, "min_count")):
        field = f"min_count[{k}]"
        if not isinstance(item, dict):
            raise BadInput(field, "must be an object with a tag and a min")
        tag = _id(item.get("tag"), f"{field}.tag")
        least[tag] = max(least.get(tag, 0), _number(item.get("min"), f"{field}.min", 0, MOST_PEOPLE))
    return sorted((tag, count) for tag, count in least.items() if count)


def _sets(raw: dict, field: str, known: set) -> list[list[str]]:
    sets = []
    for k, item in enumerate(_list(raw, field)):
        if not isinstance(item, list):
            raise BadInput(f"{field}[{k}]", "must be a list of ids")
        sets.append(sorted({_known(x, f"{field}[{k}]", known) for x in item}))
    return [chosen for chosen in sets if len(chosen) > 1]


def _history(raw: dict) -> list[list[list[str]]]:
    history = []
    for r, past in enumerate(_list(raw, "history")):
        if not isinstance(past, list) or not all(isinstance(g, list) for g in past):
            raise BadInput(f"history[{r}]", "must be a list of groups, each a list of ids")
        groups = [sorted(_id(x, f"history[{r}][{k}]") for x in g) for k, g in enumerate(past)]
        everybody = [x for g in groups for x in g]
        if len(set(everybody)) < len(everybody):
            raise BadInput(f"history[{r}]", "names somebody twice")
        history.append([g for g in groups if g])
    return history


def _list(raw: dict, key: str, field: str = "") -> list:
    value = raw.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadInput(field or key, "must be a list")
    return value


def _id(value, field: str) -> str:
    if not isinstance(value, str) or not value:
        raise BadInput(field, "must be a text that isn't empty")
    return value


def _known(value, field: str, known: set) -> str:
    if _id(value, field) not in known:
        raise BadInput(field, f"{value} isn't among the participants")
    return value


def _number(value, field: str, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise BadInput(field, f"must be a whole number from {least} to {most}")
    return value
