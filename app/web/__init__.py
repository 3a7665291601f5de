"""The pages and calls over HTTP: ordinary Flask. Everything that happens in a workshop goes through `Workshops`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from app.ledger.desk import Desk
    from app.live.workshops import Workshops
    from app.settings import Settings

LARGEST_BODY = 64 * 1024


def web(workshops: Workshops, kept: Desk, settings: Settings, transport: Any) -> Flask:
    """The Flask application over running workshops; it keeps nothing itself and sets no session cookie."""
    from flask import Flask

    from app.live.clock import Clock
    from app.live.limits import Limits
    from app.settings import ROOT

    from . import (  # noqa: F401 - all pages
        api,
        desk,
        desk_agenda,
        desk_edit,
        desk_glossary,
        desk_links,
        desk_lists,
        desk_new,
        desk_report,
        desk_translation,
        errors,
        histories,
        pages,
        receipts,
        words,
    )
    from .house import House
    from .static import Static
    from .tokens import Attempts

    flask = Flask("app", root_path=str(ROOT), static_folder=None, template_folder="templates")
    flask.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, MAX_FORM_MEMORY_SIZE=None)
    flask.jinja_env.trim_blocks = flask.jinja_env.lstrip_blocks = True
    flask.extensions["house"] = House(
        workshops=workshops,
        desk=kept,
        settings=settings,
        transport=transport,
        static=Static(ROOT / "static"),
        attempts=Attempts(transport),
        limits=Limits(settings.ask_rate, settings.ask_burst, Clock()),
    )
    errors.install(flask)
    words.install(flask)
    flask.register_blueprint(pages.pages)
    flask.register_blueprint(api.api)
    flask.register_blueprint(desk.desk)
    return flask
