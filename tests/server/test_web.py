"""Pages and calls: who gets in, by what, and what an answer gives away."""

import threading

import pytest

from app.domain.core import Refused
from app.web import tokens
from app.web.tokens import Attempts


def opened(web, **plan):
    """A workshop with open doors: its id and the doors' row."""
    workshop, _ = web.make(**plan)
    assert web.ask(workshop, kind="OpenDoors")["ok"]
    return workshop, web.row(workshop, "doors")


def test_the_server_says_that_it_is_there(web):
    assert web.browser().get("/healthz").json["ok"] is True


def test_an_old_page_gets_the_current_file_and_does_not_keep_it(web):
    browser, static = web.browser(), web.baraza.flask.extensions["house"].static
    current = browser.get(static.url("css/tokens.css"))
    old = browser.get("/static/0000000000000000/css/tokens.css")
    assert current.data == old.data
    assert current.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert old.headers["Cache-Control"] == "no-store"


def test_packed_files_say_the_same(web):
    url = web.baraza.flask.extensions["house"].static.url("vendor/preact.js")
    packed = web.browser().get(url, headers={"Accept-Encoding": "gzip"})
    plain = web.browser().get(url, headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2


@pytest.mark.parametrize("path", ["/static/x/../../app/settings.py", "/static/x/%2e%2e/run.py", "/static/x/nothing"])
def test_static_files_are_only_those_of_the_folder(web, path):
    assert web.browser().get(path).status_code == 404


def test_somebody_joins_by_code_and_by_qr(web):
    workshop, doors = opened(web)
    by_code = web.browser().post("/api/join", json={"code": doors["code"], "name": "Calm Lake"}).json
    by_qr = web.browser().post("/api/join", json={"secret": doors["secret"]}).json
    assert by_code["workshop"] == by_qr["workshop"] == workshop
    assert by_code["token"] != by_qr["token"] and web.row(workshop, "room")["people"] == 2


@pytest.mark.parametrize("zero", ["0", "٠", "۰", "०", "০", "０"])
def test_a_code_may_be_typed_in_the_digits_of_any_script(zero):
    shifted = "".join(chr(ord(zero) + int(digit)) for digit in "48291370")
    assert tokens.digits(f" {shifted[:4]} {shifted[4:]}\n") == "48291370"


def test_no_such_code_closed_doors_and_a_full_workshop_look_the_same(web):
    workshop, doors = opened(web, expected=1)
    for _ in range(20):
        assert web.browser().post("/api/join", json={"code": doors["code"]}).json["ok"]
    answers = [web.browser().post("/api/join", json={"code": doors["code"]})]
    answers.append(web.browser().post("/api/join", json={"code": f"{(int(doors['code']) + 1) % 10**8:08d}"}))
    web.ask(workshop, kind="CloseDoors")
    answers.append(web.browser().post("/api/join", json={"code": doors["code"]}))
    assert {(a.status_code, a.data) for a in answers} == {(404, answers[0].data)}
    assert answers[0].json["error"]["code"] == "unknown-code"


def test_a_closed_code_opens_no_join_page(web):
    workshop, doors = opened(web)
    assert 'id="join"' in web.browser().post("/", data={"code": doors["code"]}).text
    web.ask(workshop, kind="CloseDoors")
    assert web.browser().post("/", data={"code": doors["code"]}).status_code == 404


class Waiting:
    """A transport that counts how long it was made to wait, and lets no time pass."""

    def __init__(self):
        self.slept, self.locks = 0.0, []

    def lock(self):
        self.locks.append(threading.Lock())
        return self.locks[-1]

    def sleep(self, seconds):
        self.slept += seconds


def wrong_code(attempts):
    with attempts.one() as failed:
        failed()


def test_sixty_wrong_codes_a_minute_are_answered_at_once_and_then_none():
    now, transport = [0.0], Waiting()
    attempts = Attempts(transport, lambda: now[0])
    for _ in range(60):
        wrong_code(attempts)
    assert transport.slept == 0
    wrong_code(attempts)
    assert transport.slept == 2.0
    now[0] = 61.0
    wrong_code(attempts)
    assert transport.slept == 2.0


def test_a_right_code_never_waits_for_its_own_answer():
    transport = Waiting()
    attempts = Attempts(transport, lambda: 0.0)
    for _ in range(60):
        wrong_code(attempts)
    with attempts.one():
        pass
    assert transport.slept == 0


def test_a_thousand_guesses_at_once_get_no_further_than_one_after_the_other():
    transport = Waiting()
    attempts = Attempts(transport, lambda: 0.0)
    for _ in range(60):
        wrong_code(attempts)
    turn = transport.locks[0]
    turn.acquire()
    unseen, looked_up, refused = [], [], threading.Semaphore(0)

    def guess():
        try:
            with attempts.one() as failed:
                looked_up.append(1)
                failed()
        except Refused as refusal:
            unseen.append(refusal.code)
            refused.release()

    guesses = [threading.Thread(target=guess) for _ in range(1000)]
    for thread in guesses:
        thread.start()
    assert all(refused.acquire(timeout=20) for _ in range(992))
    turn.release()
    for thread in guesses:
        thread.join()
    assert set(unseen) == {"too-fast"} and len(looked_up) == 8
    assert transport.slept == 16.0


def test_each_link_opens_its_own_page_and_no_other(web):
    _, secrets = web.make()
    browser = web.browser()
    pages = {role: browser.post("/api/exchange", json={"secret": secrets[role]}).json["page"] for role in secrets}
    assert browser.get(pages["facilitator"]).status_code == browser.get(pages["stage"]).status_code == 200
    assert browser.get(pages["stage"].replace("/stage/", "/console/")).status_code == 403
    assert web.browser().get(pages["facilitator"]).status_code == 403
    assert web.browser().post("/api/exchange", json={"secret": "x" * 27}).json["error"]["code"] == "unknown-link"


def test_a_cookie_is_for_this_site_only_and_hidden_from_scripts(web):
    _, secrets = web.make()
    cookie = web.browser().post("/api/exchange", json={"secret": secrets["stage"]}).headers["Set-Cookie"]
    assert cookie.startswith("b-") and {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert "Max-Age=604800" in cookie and "Domain" not in cookie


def test_participants_have_no_cookie(web):
    _, doors = opened(web)
    browser = web.browser()
    for answer in (
        browser.get("/"),
        browser.get("/j"),
        browser.post("/j", data={"secret": doors["secret"]}),
        browser.post("/api/join", json={"secret": doors["secret"]}),
        browser.get("/p/anything"),
    ):
        assert "Set-Cookie" not in answer.headers


def test_a_revoked_link_opens_nothing(web):
    workshop, secrets = web.make()
    browser = web.browser()
    page = browser.post("/api/exchange", json={"secret": secrets["facilitator"]}).json["page"]
    assert web.ask(workshop, kind="RevokeLink", link=page.rpartition("/")[2])["ok"]
    assert browser.get(page).status_code == 403
    assert browser.post("/api/exchange", json={"secret": secrets["facilitator"]}).status_code == 403


def test_a_cookie_alone_changes_nothing(web):
    workshop, secrets = web.make()
    browser = web.browser()
    link = browser.post("/api/exchange", json={"secret": secrets["facilitator"]}).json["page"].rpartition("/")[2]
    body = {"id": "A" * 22, "do": {"kind": "OpenDoors"}}
    address = f"/api/workshops/{workshop}/asks"
    assert browser.post(address, json=body, headers={"X-Baraza-As": link}).status_code == 403
    assert browser.post(address, json=body, headers={"X-Baraza-As": link, "X-Baraza": "1"}).json["ok"]
    assert web.organiser().browser.post("/api/workshops", json={"title": "x"}).status_code == 403


def test_a_link_of_one_workshop_is_nobody_in_another(web):
    _, secrets = web.make()
    other, _ = web.make()
    headers = {"Authorization": f"Bearer {secrets['facilitator']}"}
    assert web.browser().get(f"/api/workshops/{other}/rows", headers=headers).status_code == 403


def test_each_secret_sees_over_http_what_its_owner_sees_live(web):
    workshop, doors = opened(web)
    person = web.browser().post("/api/join", json={"secret": doors["secret"]}).json
    headers = {"Authorization": f"Bearer {person['token']}"}
    seen = web.browser().get(f"/api/workshops/{workshop}/rows", headers=headers).json
    assert seen["role"] == "person" and seen["id"] == person["person"]
    assert not {"doors", "links", "keys", "tokens"} & {row["table"] for row in seen["rows"]}
    refused = web.browser().post(
        f"/api/workshops/{workshop}/asks", json={"id": "A" * 22, "do": {"kind": "OpenDoors"}}, headers=headers
    )
    assert (refused.status_code, refused.json["error"]["code"]) == (403, "not-allowed")


def test_the_same_ask_twice_over_http_gives_the_same_answer(web):
    workshop, _ = web.make()
    first = web.ask(workshop, id="B" * 22, kind="OpenDoors")
    assert first == web.ask(workshop, id="B" * 22, kind="OpenDoors")


def test_the_qr_is_for_the_stage_and_changes_with_the_doors(web):
    workshop, secrets = web.make()
    browser = web.browser()
    link = browser.post("/api/exchange", json={"secret": secrets["stage"]}).json["page"].rpartition("/")[2]
    address = f"/api/workshops/{workshop}/qr.svg"
    assert browser.get(f"{address}?as={link}").json["error"]["code"] == "doors-closed"
    web.ask(workshop, kind="OpenDoors")
    code = browser.get(f"{address}?as={link}")
    assert code.mimetype == "image/svg+xml" and code.data.startswith(b"<?xml")
    assert web.browser().get(f"{address}?as={link}").status_code == 403


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x", "colour": 1}, ""),
        ({"title": "x", "agenda": [{"id": "a", "day": 99}]}, "agenda[0].day"),
    ],
)
def test_a_wrong_plan_is_refused_where_it_is_wrong(web, plan, field):
    answer = web.browser().post("/api/workshops", json=plan, headers=web.bearer)
    assert (answer.status_code, answer.json["error"]["code"]) == (422, "invalid-plan")
    assert answer.json["error"].get("field", "") == field
    assert web.baraza.workshops.ids() == []


@pytest.mark.parametrize("body", [b"", b"[", b"null", b'{"code": 1}', b'{"other": "x"}', b"\xff"])
def test_what_is_no_join_is_malformed(web, body):
    answer = web.browser().post("/api/join", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "malformed")


def test_a_body_that_is_too_large_is_refused(web):
    answer = web.browser().post("/api/join", data=b"x" * 70_000, content_type="application/json")
    assert (answer.status_code, answer.json["error"]["code"]) == (413, "too-large")


def test_a_bug_is_told_by_an_id_and_nothing_else(web, monkeypatch):
    told = []
    monkeypatch.setattr(web.baraza.transport.faults, "_write", told.append)

    def broken(*_):
        raise ZeroDivisionError("the words of somebody")

    web.baraza.workshops.by_secret = broken
    answer = web.browser().post("/api/join", json={"secret": "the words of somebody"})
    error = answer.json["error"]
    assert answer.status_code == 500 and error["code"] == "bug" and error["id"]
    assert error["id"] in told[0] and "ZeroDivisionError" in told[0] and "words" not in told[0] + answer.text


def test_a_bug_in_a_look_at_the_state_leaves_the_writer_alive(web):
    workshop, _ = web.make()
    house = web.baraza.flask.extensions["house"]
    with pytest.raises(Refused) as told:
        house.read(workshop, lambda state: 1 / 0)
    assert told.value.code == "bug"
    assert web.ask(workshop, kind="OpenDoors")["ok"]


@pytest.mark.parametrize("path", ["/", "/j", "/f", "/p/x", "/desk", "/console/x", "/stage/x", "/nowhere"])
def test_pages_say_nothing_of_a_workshop_in_their_title_and_run_nothing_inline(web, path):
    page = web.browser().get(path).text
    assert "<title>Workshop</title>" in page
    assert "style=" not in page and "<script>" not in page and "onclick" not in page


def test_pages_speak_the_language_of_the_browser(web):
    assert '<html lang="fr"' in web.browser().get("/", headers={"Accept-Language": "fr-CH,fr;q=0.9"}).text
    assert '<html lang="en"' in web.browser().get("/", headers={"Accept-Language": "xx"}).text
