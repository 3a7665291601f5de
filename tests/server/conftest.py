"""The web over a real data directory, in threads: no ports, no sockets."""

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

import pytest

from app import create_app
from app.settings import Settings


@dataclasses.dataclass
class Web:
    """The application, and what a test asks of it again and again."""

    baraza: Any

    def browser(self):
        """A browser that has been nowhere."""
        return self.baraza.flask.test_client()

    @property
    def bearer(self) -> dict[str, str]:
        """The organiser's secret, as a script sends it."""
        return {"Authorization": f"Bearer {self.baraza.desk.first_secret}"}

    def organiser(self) -> "Organiser":
        """A browser that came in by the organiser's link."""
        browser = self.browser()
        said = browser.post("/api/exchange", json={"secret": self.baraza.desk.first_secret}).json
        assert said == {"ok": True, "page": "/desk"}
        return Organiser(browser)

    def make(self, **plan: Any) -> tuple[str, dict[str, str]]:
        """A workshop from a plan, and the secrets of its links by role."""
        said = self.browser().post("/api/workshops", json={"title": "Water", **plan}, headers=self.bearer).json
        assert said["ok"], said
        return said["workshop"], {role: url.partition("#")[2] for role, url in said["links"].items()}

    def ask(self, workshop: str, **do: Any) -> dict:
        """A command of the organiser's."""
        id = do.pop("id", None) or self.baraza.workshops.keys.token_hash(repr(sorted(do.items())))[:22]
        body = {"id": id, "do": do}
        return self.browser().post(f"/api/workshops/{workshop}/asks", json=body, headers=self.bearer).json

    def row(self, workshop: str, table: str) -> dict:
        """The first row of a table, as the organiser sees it."""
        rows = self.browser().get(f"/api/workshops/{workshop}/rows", headers=self.bearer).json["rows"]
        return next(row for row in rows if row["table"] == table)


@dataclasses.dataclass
class Organiser:
    """A browser at the desk: it sends each form with the token that the page gave it."""

    browser: Any

    def get(self, path: str) -> str:
        """A page's HTML."""
        answer = self.browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def post(self, path: str, follow_redirects: bool = True, **fields: Any):
        """Send a form; the answer to it, or the page that it leads to."""
        return self.browser.post(path, data={"form": self.token(), **fields}, follow_redirects=follow_redirects)

    def token(self) -> str:
        """The form token of this browser."""
        return re.search(r'name="form" value="(\w+)"', self.get("/desk"))[1]


@pytest.fixture
def web(tmp_path) -> Iterator[Web]:
    """A server's web on an empty data directory."""
    settings = Settings(data=tmp_path / "data", async_mode="threading")
    baraza = create_app(settings)
    yield Web(baraza)
    baraza.workshops.close()
    baraza.desk.close()
