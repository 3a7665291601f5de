"""Baraza, software for participatory workshops. Nothing is imported here: the parts stay usable alone."""

VERSION = "0.1.0"


def create_app(settings):
    """Build the whole application, a `app.wiring.Baraza`, from `app.settings.Settings`."""
    from app import wiring

    return wiring.build(settings)
