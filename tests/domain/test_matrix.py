"""Every role with every command: made from the commands themselves, so a new one without a rule fails."""

import itertools

import msgspec
import pytest

from app.domain import grammar
from app.domain.core import FACILITATOR, ORGANISER, PERSON, ROLES, SERVER, STAGE, Refused
from tests.domain.room import LEAD, Principal, Room

ID = "x" * 22

LEADERS = {FACILITATOR, ORGANISER}
WRITERS = LEADERS | {PERSON}
ALLOWED = {
    "Prepare": {ORGANISER, SERVER},
    "Enrol": {SERVER},
    "ApplyDraw": {SERVER},
    "ProposeThemes": {SERVER},
    "KeepTranslations": {SERVER},
    "AllowTranslation": {ORGANISER},
    "AddNewCards": {SERVER},
    "EchoCard": {PERSON},
    "AddLuck": {PERSON},
    "CastBallot": {PERSON},
    "TakeBackEcho": {PERSON},
    **dict.fromkeys(
        ("AddCard", "EditCard", "MoveCard", "TakeCard", "RestoreCard", "TranslateCard", "SetLanguage"), WRITERS
    ),
    **dict.fromkeys(("Rename", "Describe", "ForgetPerson", "ForgetCard"), WRITERS),
}

SAMPLES = {
    "plan": {"title": "T"},
    "attributes": {},
    "rapporteurs": {},
    "luck": [],
    "mix": 0,
    "instance": {},
    "rounds": [],
    "hosts": [],
    "draw": 9,
    "groups": {"A": ["Amina"]},
    "grouping": "hand",
    "clusters": [],
    "placed": {},
    "parts": [[ID]],
    "same": False,
    "concepts": [{"en": ["hands", "arms"]}],
    "dots": {},
    "cards": [ID],
    "state": "confirmed",
    "role": "stage",
    "view": "auto",
    "lang": "en",
    "seen": 0,
    "number": 2,
    "event": 1,
    "on": True,
    "texts": [],
    "away": True,
    "running": True,
    "length_ms": 60_000,
    "ms": 60_000,
    "from": None,
    "hash": "h" * 43,
    "lane": None,
    "text": "words",
    "of": "",
    "to": "parked",
}


WHOLE = {
    "AddNewCards": {"head": 1},
    "AddWords": {"words": {"en": ["hands"], "fr": ["bras"]}},
    "WriteProposal": {"statement": "words"},
    "AddRule": {"rule": "language"},
    "AddLuck": {"luck": "7"},
    "SpreadBy": {"attributes": ["language"]},
}


def sample(kind):
    """A well-formed ask of one kind, about nothing that exists."""
    tag = kind.__struct_config__.tag
    do = {"kind": tag}
    for field in msgspec.structs.fields(kind):
        if field.required:
            do[field.encode_name] = SAMPLES.get(field.encode_name, ID)
    do |= WHOLE.get(tag, {})
    if "seats" in do:
        do["seats"] = {} if tag == "ApplyDraw" else {ID: None}
    return do


WHO = {
    FACILITATOR: LEAD,
    ORGANISER: Principal(ORGANISER, "organiser"),
    STAGE: Principal(STAGE, "stage"),
    SERVER: Principal(SERVER, "lead"),
}


@pytest.fixture(scope="module")
def room():
    return Room().drawn()


@pytest.mark.parametrize(
    ("kind", "role"),
    list(itertools.product(grammar.COMMANDS + grammar.JOBS, ROLES)),
    ids=lambda v: getattr(v, "__name__", v),
)
def test_a_command_is_allowed_for_its_roles_only(room, kind, role):
    do = sample(kind)
    who = room.people[0] if role == PERSON else WHO[role]
    allowed = role in ALLOWED.get(do["kind"], LEADERS)
    before = room.state.head
    try:
        room.ask(do.pop("kind"), who, **do)
        code = "accepted"
    except Refused as refused:
        code = refused.code
    assert (code != "not-allowed") == allowed, code
    if not allowed:
        assert room.state.head == before


def test_a_person_may_not_speak_for_another():
    room = Room().drawn()
    first, second = room.people[:2]
    for kind, do in (("Rename", {"name": "Somebody"}), ("Describe", {"lang": "fr"})):
        with pytest.raises(Refused) as caught:
            room.ask(kind, first, person=second.id, **do)
        assert caught.value.code == "not-allowed"


def test_a_person_without_the_right_translates_nothing_and_an_interpreter_only_what_they_see():
    room = Room().drawn()
    own, other = room.card("one.A"), room.card("one.B")
    person = room.of("one.A")[0]
    with pytest.raises(Refused, match="not-allowed"):
        room.ask("TranslateCard", person, card=own, lang="fr", text="mots")
    room.ask("SetInterpreter", person=person.id, on=True)
    assert room.ask("TranslateCard", person, card=own, lang="fr", text="mots")
    with pytest.raises(Refused, match="not-allowed"):
        room.ask("TranslateCard", person, card=other, lang="fr", text="mots")
    room.ask("Present", session="one", board="one.B")
    assert room.ask("TranslateCard", person, card=other, lang="fr", text="mots")


def test_every_event_can_be_undone_or_says_why_not():
    for event in grammar.EVENTS:
        assert event.irreversible is None or len(event.irreversible) > 10
        assert event.__doc__, event
    for command in grammar.COMMANDS + grammar.JOBS:
        assert command.by, command
        assert command.__doc__, command
