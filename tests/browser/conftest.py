"""A real server and a real browser; every page is watched: errors, foreign requests, accessibility."""

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from app.phones.server import ServerProcess

ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (Path(__file__).resolve().parents[1] / "vendor/axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "reduced_motion": "reduce"}
PATIENCE_MS = 15_000


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS, headless=True)
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path):
    """The real server, which must have no bug to tell of in the end."""
    made = ServerProcess(tmp_path / "data")
    yield made
    assert made.stop() == 0
    assert "bug" not in made.said, made.said


class Watch:
    """Opens pages and notes what none of them may do."""

    def __init__(self, browser):
        self._browser = browser
        self.contexts = []
        self.faults = []
        self.hosts = set()

    def context(self, **options):
        """A browser of its own: another phone, or another laptop."""
        context = self._browser.new_context(**{"locale": "en-GB", **options})
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", self._page)
        self.contexts.append(context)
        return context

    def page(self, **options):
        """A page in a browser of its own."""
        return self.context(**options).new_page()

    def _page(self, page):
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2].partition(":")[0]))
        page.on("console", self._said)

    def _said(self, message):
        if any(word in message.text for word in ("Content Security Policy", "Permissions-Policy", "Trusted")):
            self.faults.append(message.text)

    def accessible(self, page, name):
        """No violation of WCAG 2.2 AA or of best practice on this screen."""
        page.evaluate(AXE)
        found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
        wrong = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found["violations"]]
        assert wrong == [], f"{name}: {wrong}"


@pytest.fixture
def watch(chromium):
    """Pages that are watched: in the end no error on any of them, and no request to anybody else."""
    watched = Watch(chromium)
    yield watched
    for context in watched.contexts:
        context.close()
    assert watched.faults == []
    assert watched.hosts <= {"127.0.0.1"}
