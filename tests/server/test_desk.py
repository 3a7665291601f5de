"""The desk: only organisers, only their own forms, and what its forms make of a workshop."""

import io
import json

import pytest

from app.domain.core import Principal
from app.domain.preparing import check
from app.ledger.desk import Desk
from app.web import catalogues, forms, plans
from app.web.desk_agenda import moved
from app.web.desk_edit import REASONS

GROUPS = {"id": "one", "kind": "groups", "groups": 3, "title": "Problems", "sections": [{"id": "problems", "limit": 3}]}
PLAN = {
    "title": {"en": "Water", "fr": "Eau"},
    "working_languages": ["en", "fr"],
    "attributes": [{"id": "region", "title": "Region", "values": [{"id": "north"}, {"id": "south"}]}],
    "agenda": [GROUPS, {"id": "all", "kind": "plenary", "day": 2, "title": "Together", "sections": ["notes"]}],
}


def plan_of(web, workshop):
    """The plan as the desk's forms show it."""
    house = web.baraza.flask.extensions["house"]
    return plans.opened(house.read(workshop, plans.plan_of))


def fields(value, place=""):
    """What a browser sends of a form that shows a plan or a part of it."""
    if isinstance(value, dict):
        return {
            k: v for key, inner in value.items() for k, v in fields(inner, f"{place}.{key}" if place else key).items()
        }
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return fields({str(n): row for n, row in enumerate(value)}, place)
    return {} if value in (None, False, []) else {place: value if isinstance(value, list) else str(value)}


def test_the_desk_is_closed_without_the_organisers_link(web):
    workshop, secrets = web.make()
    browser = web.browser()
    browser.post("/api/exchange", json={"secret": secrets["facilitator"]})
    for path in ("/desk", "/desk/new", f"/desk/{workshop}", f"/desk/{workshop}/downloads", "/desk/organisers"):
        assert browser.get(path).status_code == 403
    assert browser.post(f"/desk/{workshop}/delete", data={"title": "Water"}).status_code == 403
    assert web.baraza.workshops.ids() == [workshop]


@pytest.mark.parametrize("token", [{}, {"form": ""}, {"form": "0" * 32}])
def test_a_form_that_another_website_sends_does_nothing(web, token):
    workshop, _ = web.make()
    browser = web.organiser().browser
    assert browser.post(f"/desk/{workshop}/delete", data={"title": "Water", **token}).status_code == 403
    assert web.baraza.workshops.ids() == [workshop]


def test_every_page_of_the_desk_is_there_in_every_language(web):
    workshop, _ = web.make(**PLAN)
    desk = web.organiser()
    pages = ["", "/edit", "/agenda", "/agenda/one", "/agenda/all", "/links", "/report", "/downloads", "/end", "/delete"]
    for known in catalogues.languages():
        for path in ["", "/new", "/new/reference", "/import", "/organisers", *(f"/{workshop}{page}" for page in pages)]:
            page = desk.get(f"/desk{path}?lang={known.code}")
            assert f'<html lang="{known.code}"' in page and "style=" not in page


@pytest.mark.parametrize("template", plans.ORDER)
def test_every_template_that_is_shipped_can_be_made_in_french_alone(web, template):
    check(plans.shipped()[template])
    desk = web.organiser()
    answer = desk.post(f"/desk/new/{template}", title="Essai", languages=["fr"], first="fr")
    assert "Essai" in answer.text
    plan = plan_of(web, web.baraza.workshops.ids()[0])
    assert plan["working_languages"] == ["fr"] and plan["title"] == {"fr": "Essai"}
    assert all(set(session["title"]) == {"fr"} for session in plan["agenda"])
    assert all(set(text) == {"fr"} for session in plan["agenda"] for text in session["questions"])


def test_a_title_that_was_left_as_it_is_keeps_its_translations(web):
    web.organiser().post("/desk/new/retrospective", title="Retrospective", languages=["en", "fr"])
    assert plan_of(web, web.baraza.workshops.ids()[0])["title"] == {"en": "Retrospective", "fr": "Rétrospective"}


@pytest.mark.parametrize("wrong", [{"title": ""}, {"languages": []}, {"more": "xx-unknown"}, {"more": "<b>"}])
def test_what_is_missing_is_asked_again_and_nothing_is_made(web, wrong):
    answer = web.organiser().post("/desk/new/what-worked", **{"title": "A", "languages": ["en"], **wrong})
    assert answer.status_code == 422 and 'class="wrong"' in answer.text
    assert web.baraza.workshops.ids() == []


@pytest.mark.parametrize("template", plans.ORDER)
def test_saving_every_form_as_it_is_changes_nothing(web, template):
    house = web.baraza.flask.extensions["house"]
    workshop, _ = house.workshops.make(plans.shipped()[template])
    desk, before = web.organiser(), plan_of(web, workshop)
    details = {key: value for key, value in before.items() if key not in ("agenda", "schema")}
    assert desk.post(f"/desk/{workshop}/edit", **fields(details)).status_code == 200
    for session in before["agenda"]:
        page = f"/desk/{workshop}/agenda/{session['id']}"
        assert desk.post(page, **fields(session)).status_code == 200
    assert plan_of(web, workshop) == before


def test_the_form_that_a_page_shows_is_the_form_that_it_takes(web):
    """Every field that the pages name is one that saving reads: nothing is typed for nothing."""
    workshop, _ = web.make(**PLAN)
    desk, plan = web.organiser(), plan_of(web, workshop)
    for path, shown in (("edit", plan), ("agenda/one", plan["agenda"][0])):
        page = desk.get(f"/desk/{workshop}/{path}")
        for name in fields({k: v for k, v in shown.items() if k not in ("agenda", "id", "schema", "attribute")}):
            assert f'name="{name}"' in page, name


def test_a_session_is_filled_in_in_both_languages(web):
    workshop, _ = web.make(**PLAN)
    desk = web.organiser()
    page = desk.post(f"/desk/{workshop}/agenda", kind="groups").request.path
    assert page == f"/desk/{workshop}/agenda/session-1"
    form = {
        "kind": "groups", "grouping": "hand", "groups": "٤", "day": "2", "minutes": "45",
        "title.en": "Actions", "title.fr": "Actions",
        "questions.0.en": "What next?", "questions.0.fr": "Et ensuite ?", "questions.1.en": "",
        "sections.0.id": "ideas", "sections.0.title.en": "Ideas", "sections.0.limit": "3", "sections.0.per": "person",
        "sections.1.title.en": "Más allá", "sections.2.title.en": " ",
        "assignments.A.en": "Money", "steps": ["draw", "work"],
    }  # fmt: skip
    assert desk.post(page, **form).status_code == 200
    made = next(s for s in plan_of(web, workshop)["agenda"] if s["id"] == "session-1")
    assert (made["groups"], made["day"], made["minutes"], made["grouping"]) == (4, 2, 45, "hand")
    assert made["questions"] == [{"en": "What next?", "fr": "Et ensuite ?"}]
    assert made["sections"] == [
        {"id": "ideas", "title": {"en": "Ideas"}, "limit": 3, "per": "person"},
        {"id": "m-s-all", "title": {"en": "Más allá"}, "limit": None, "per": "group"},
    ]
    assert made["assignments"] == {"A": {"en": "Money"}} and made["steps"] == ["draw", "work"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title.en": " ", "title.fr": ""}, "title"),
        ({"groups": ""}, "groups"),
        ({"groups": "many"}, "groups"),
        ({"groups": "501"}, "groups"),
        ({"minutes": "-5"}, "minutes"),
        ({"day": "61"}, "day"),
        ({"sections.0.limit": "0"}, "sections.0.limit"),
        ({"grouping": "attribute", "attribute": "colour"}, "attribute"),
        ({"grouping": "same"}, "grouping"),
        ({"kind": "dance"}, "kind"),
    ],
)
def test_an_error_stands_at_its_field_and_what_was_typed_stays(web, changed, field):
    workshop, _ = web.make(**PLAN)
    before = plan_of(web, workshop)
    form = {**fields(before["agenda"][0]), "questions.0.en": "What was typed", **changed}
    answer = web.organiser().post(f"/desk/{workshop}/agenda/one", **form)
    assert answer.status_code == 422
    assert f'id="wrong-{field}"' in answer.text and "What was typed" in answer.text
    assert plan_of(web, workshop) == before


def test_what_was_worked_on_stays_in_the_agenda(web):
    workshop, _ = web.make(**PLAN)
    web.ask(workshop, kind="OpenStep", step="all/work", **{"from": None})
    card = {"kind": "AddCard", "board": "all", "section": "all/notes", "text": "An idea"}
    assert web.ask(workshop, **card)["ok"]
    desk = web.organiser()
    answer = desk.post(f"/desk/{workshop}/agenda/all/remove")
    assert answer.status_code == 422 and 'class="note bad"' in answer.text
    form = {**fields(plan_of(web, workshop)["agenda"][1]), "sections.0.title.en": ""}
    assert desk.post(f"/desk/{workshop}/agenda/all", **form).status_code == 422
    assert len(plan_of(web, workshop)["agenda"]) == 2


def test_sessions_move_over_the_edge_of_a_day():
    agenda = [{"id": "a", "day": 1}, {"id": "b", "day": 1}, {"id": "c", "day": 2}]

    def after(n, by):
        return [(s["id"], s["day"]) for s in moved(agenda, n, by)]

    assert after(0, 1) == [("b", 1), ("a", 1), ("c", 2)]
    assert after(1, 1) == [("a", 1), ("b", 2), ("c", 2)]
    assert after(2, -1) == [("a", 1), ("b", 1), ("c", 1)]
    assert after(2, 1) == [("a", 1), ("b", 1), ("c", 3)]
    assert after(0, -1) == [("a", 1), ("b", 1), ("c", 2)]


def test_a_plan_that_was_downloaded_makes_the_same_workshop(web):
    workshop, _ = web.make(**PLAN)
    desk = web.organiser()
    file = desk.browser.get(f"/desk/{workshop}/plan.json")
    assert "Water" not in file.headers["Content-Disposition"]
    desk.post("/desk/import", file=(io.BytesIO(file.data), "plan.json"))
    other = next(id for id in web.baraza.workshops.ids() if id != workshop)
    assert plan_of(web, other) == plan_of(web, workshop)


@pytest.mark.parametrize(
    "file", [b"", b"[]", b'{"title": "x", "agenda": [{"id": "../x"}]}', b"\xff\xfe", b'{"title": " "}']
)
def test_a_file_that_is_no_workshop_makes_none(web, file):
    answer = web.organiser().post("/desk/import", file=(io.BytesIO(file), "x.json"))
    assert answer.status_code == 422 and web.baraza.workshops.ids() == []


def test_running_again_takes_the_plan_and_nobody(web):
    workshop, _ = web.make(**PLAN, starts="2026-03-14")
    web.ask(workshop, kind="OpenDoors")
    web.browser().post("/api/join", json={"secret": web.row(workshop, "doors")["secret"], "name": "Calm Lake"})
    web.organiser().post(f"/desk/{workshop}/again")
    other = next(id for id in web.baraza.workshops.ids() if id != workshop)
    assert {**plan_of(web, other), "starts": "2026-03-14"} == plan_of(web, workshop)
    rows = web.browser().get(f"/api/workshops/{other}/rows", headers=web.bearer).json["rows"]
    assert not {"people", "names", "doors"} & {row["table"] for row in rows}


def test_a_kept_plan_is_a_template_until_it_is_thrown_away(web):
    workshop, _ = web.make(**PLAN)
    desk = web.organiser()
    desk.post(f"/desk/{workshop}/template")
    (template,) = web.baraza.desk.templates()
    assert f"/desk/new/{template}" in desk.get("/desk/new")
    desk.post(f"/desk/templates/{template}/drop")
    assert web.baraza.desk.templates() == {}


def test_a_link_is_shown_once_works_and_ends(web):
    workshop, _ = web.make()
    desk = web.organiser()
    shown = desk.post(f"/desk/{workshop}/links", role="facilitator", label="Maria").text
    secret = shown.partition("/f#")[2].partition('"')[0]
    assert secret not in desk.get(f"/desk/{workshop}/links") and "Maria" in desk.get(f"/desk/{workshop}/links")
    page = web.browser().post("/api/exchange", json={"secret": secret}).json["page"]
    desk.post(f"/desk/{workshop}/links/{page.rpartition('/')[2]}/revoke")
    assert web.browser().post("/api/exchange", json={"secret": secret}).status_code == 403


def test_console_and_stage_open_from_the_desk_by_one_link_each(web):
    workshop, _ = web.make()
    desk = web.organiser()
    first, again = (desk.post(f"/desk/{workshop}/open/facilitator", follow_redirects=False).location for _ in range(2))
    stage = desk.post(f"/desk/{workshop}/open/stage", follow_redirects=False).location
    assert first == again and first.startswith("/console/") and stage.startswith("/stage/")
    assert desk.browser.get(first).status_code == desk.browser.get(stage).status_code == 200


@pytest.mark.parametrize("typed", ["", "Wat", "water and more", "eau "])
def test_a_workshop_is_deleted_by_its_title_alone(web, typed):
    workshop, _ = web.make(**PLAN)
    answer = web.organiser().post(f"/desk/{workshop}/delete", title=typed)
    assert (workshop in web.baraza.workshops.ids()) == (typed.strip() not in ("eau",))
    assert answer.status_code == (200 if typed.strip() == "eau" else 422)


def test_nothing_of_a_deleted_workshop_remains(web, tmp_path):
    workshop, secrets = web.make(title="Canary title", agenda=[{"id": "all", "kind": "plenary"}])
    web.ask(workshop, kind="OpenDoors")
    doors = web.row(workshop, "doors")
    web.browser().post("/api/join", json={"secret": doors["secret"], "name": "Canary name"})
    web.organiser().post(f"/desk/{workshop}/delete", title="canary  TITLE")
    left = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"Canary" not in left and not list(tmp_path.rglob(f"{workshop}*"))
    assert web.browser().post("/api/join", json={"code": doors["code"]}).status_code == 404
    assert web.browser().post("/api/exchange", json={"secret": secrets["stage"]}).status_code == 403
    assert web.organiser().browser.get(f"/desk/{workshop}").status_code == 404


def test_an_ended_workshop_is_read_and_not_changed(web):
    workshop, _ = web.make(**PLAN)
    desk = web.organiser()
    assert desk.post(f"/desk/{workshop}/end").status_code == 200
    assert desk.post(f"/desk/{workshop}/edit", **fields(plan_of(web, workshop))).status_code == 422
    assert desk.post(f"/desk/{workshop}/links", role="stage").status_code == 409
    for page in ("", "/edit", "/agenda", "/agenda/one", "/links", "/report", "/downloads"):
        desk.get(f"/desk/{workshop}{page}")


def test_a_passage_stands_in_the_report_until_the_program_writes_again(web):
    workshop, _ = web.make(**{**PLAN, "objectives": ["To agree"]})
    desk = web.organiser()
    page = f"/desk/{workshop}/report/aims?lang=fr"
    assert "To agree" in desk.get(page)
    desk.post(page, text="**Convenir** ![x](http://elsewhere.test/x.png) <script>alert(1)</script>")
    report = desk.get(f"/desk/{workshop}/report?lang=fr")
    assert "<strong>Convenir</strong>" in report and "<img" not in report and "alert(1)</script>" not in report
    assert "Convenir" not in desk.get(f"/desk/{workshop}/report?lang=en")
    desk.post(page, generated="1")
    assert "Convenir" not in desk.get(f"/desk/{workshop}/report?lang=fr")


def test_the_preview_is_elements_in_which_nothing_runs(web):
    answer = web.organiser().post("/desk/preview", text="# One\n\n[a](javascript:x) <b onclick=x>b</b>\n\n- *c*")
    assert answer.json["elements"][0] == ["h3", {}, ["One"]]
    assert "onclick" not in answer.text and "javascript" not in answer.text


@pytest.mark.parametrize("level", ["public", "team", "full"])
def test_downloads_carry_no_title_in_their_name(web, level):
    workshop, _ = web.make(**PLAN)
    answer = web.organiser().post(f"/desk/{workshop}/downloads", format="json", level=level, lang="fr")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="workshop-{level}-fr.json"'
    assert json.loads(answer.data)["title"] == "Eau"


def test_an_organiser_invites_another_and_ends_the_invitation(web):
    desk = web.organiser()
    secret = desk.post("/desk/organisers", label="Sam").text.partition("/f#")[2].partition('"')[0]
    other = web.browser()
    assert other.post("/api/exchange", json={"secret": secret}).json["page"] == "/desk"
    sam = next(o for o in web.baraza.desk.organisers() if o.label == "Sam")
    desk.post(f"/desk/organisers/{sam.id}/revoke")
    assert other.get("/desk").status_code == 403


def test_the_organisers_link_is_the_same_at_each_start_and_others_are_hashes(tmp_path):
    desk = Desk(tmp_path)
    made, secret = desk.invite("Sam")
    first, key = desk.first_secret, desk.key
    desk.close()
    assert (tmp_path / "desk.db").stat().st_mode & 0o777 == 0o600
    assert secret.encode() not in (tmp_path / "desk.db").read_bytes()
    again = Desk(tmp_path)
    assert (again.first_secret, again.key) == (first, key)
    assert again.by_secret(secret) == made and again.by_secret("") is None
    again.revoke("first")
    assert again.first_secret != first and again.by_secret(first) is None
    again.close()


def test_every_reason_against_a_plan_has_its_sentence_in_every_language():
    for known in catalogues.languages():
        if known.code != "en":
            there = catalogues.words(known.code, ["desk"])
            assert [reason for reason in REASONS.values() if reason not in there] == []


def test_fields_are_read_by_their_place_whatever_is_sent():
    from werkzeug.datastructures import MultiDict

    sent = MultiDict({"a.10.x": "late", "a.2.x": "early", "b": "1", "b.c": "2", "d.e.f.g.h.i.j": "deep", "": "none"})
    assert forms.nested(sent)["a"] == [{"x": "early"}, {"x": "late"}]
    assert forms.rows("text") == [] and forms.words(["x"]) == {} and forms.number("٣٠") == 30
    assert forms.number("3.5") == "3.5" and forms.number(" ") is None


def test_who_asks_is_a_principal_with_the_organisers_id(web):
    with web.baraza.flask.test_request_context(headers=web.bearer):
        assert web.baraza.flask.preprocess_request() is None
        from app.web.tokens import principal

        assert principal(web.make()[0]) == Principal("organiser", "first")


def test_long_words_are_kept_whole_in_any_script(web):
    workshop, _ = web.make(**{**PLAN, "objectives": ["To agree"]})
    desk, words = web.organiser(), "слово " * 3300
    desk.post(f"/desk/{workshop}/report/aims?lang=en", text=words)
    assert words.strip() in desk.get(f"/desk/{workshop}/report/aims?lang=en")


def test_a_large_file_is_read_and_a_larger_one_refused(web):
    desk = web.organiser()
    agenda = [{"id": f"s{n}", "title": "x" * 20_000} for n in range(90)]
    file = json.dumps({"title": "Long", "agenda": agenda}).encode()
    assert 1_500_000 < len(file) < 5_000_000
    assert desk.post("/desk/import", file=(io.BytesIO(file), "plan.json")).status_code == 200
    answer = desk.post("/desk/import", file=(io.BytesIO(b" " * 5_300_000), "plan.json"))
    assert answer.status_code == 413 and len(web.baraza.workshops.ids()) == 1


@pytest.mark.parametrize(
    "page", ["//evil.test", "/desk@evil.test", "/desk/..//evil.test", "/desk\r\nX-Evil: 1", "/deskevil"]
)
def test_the_choice_of_a_language_leads_back_to_a_page_of_the_desk_only(web, page):
    answer = web.organiser().post("/desk/language", follow_redirects=False, lang="fr", page=page)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk")
