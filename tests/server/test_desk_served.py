"""The desk on the real server, through gate and sockets' transport, in each mode."""

import http.cookiejar
import json
import re
import urllib.parse
import urllib.request

import pytest

from app.phones.server import ServerProcess
from app.web.plans import ORDER


@pytest.fixture(scope="module", params=["eventlet", "gevent", "threading"])
def server(request, tmp_path_factory):
    """A server in one mode."""
    made = ServerProcess(tmp_path_factory.mktemp(request.param), {"BARAZA_ASYNC_MODE": request.param})
    yield made
    assert made.stop() == 0
    assert "bug" not in made.said, made.said


@pytest.fixture
def visit(server):
    """visit(path, **form): the page, as an organiser's browser gets it."""
    jar = http.cookiejar.CookieJar(http.cookiejar.DefaultCookiePolicy(strict_ns_domain=0))
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def get(path, **form):
        sent = None
        headers = {"Origin": server.address}
        if form:
            form["form"] = re.search(r'name="form" value="(\w+)"', get("/desk"))[1]
            sent = urllib.parse.urlencode(form, doseq=True).encode()
        request = urllib.request.Request(server.address + path, data=sent, headers=headers)
        with browser.open(request, timeout=20) as answer:
            return answer.read().decode()

    secret = json.dumps({"secret": server.organiser}).encode()
    request = urllib.request.Request(
        f"{server.address}/api/exchange", data=secret, headers={"Origin": server.address}, method="POST"
    )
    assert json.load(browser.open(request, timeout=20))["page"] == "/desk"
    return get


def test_a_workshop_from_template_to_deletion(visit):
    page = visit("/desk/new/three-sessions", title="Water", languages=["en", "fr"])
    workshop = re.search(r"/desk/([\w-]{22})/agenda", page)[1]
    sections = ["", "/edit", "/agenda", "/agenda/session-1", "/links", "/report", "/report/aims", "/downloads", "/end"]
    for part in sections:
        assert "Water" in visit(f"/desk/{workshop}{part}")
    assert "/f#" in visit(f"/desk/{workshop}/links", role="stage", label="Hall")
    assert json.loads(visit(f"/desk/{workshop}/downloads", format="json", level="full", lang="fr"))["title"] == "Water"
    visit(f"/desk/{workshop}/end", sure="1")
    assert "Water" not in visit(f"/desk/{workshop}/delete", title="Water")


@pytest.mark.parametrize("template", ORDER)
def test_every_template_can_be_looked_at(visit, template):
    assert f"/desk/new/{template}" in visit(f"/desk/new/{template}")
