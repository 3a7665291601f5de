"""What can be set, by the environment, by `baraza.toml` beside `run.py`, or on the command line.

The command line wins over the environment, which wins over the file. docs/running.md lists the same settings.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


class BadSetting(Exception):
    """A setting that can't be used; the message is one line that names it."""


def setting(default, variable: str, says: str):
    """A field of Settings: its default, its environment variable, and what it means in one sentence."""
    return field(default=default, metadata={"variable": variable, "says": says})


@dataclass(frozen=True)
class Settings:
    """What a person who runs Baraza may decide; in `baraza.toml` a setting has its field's name."""

    host: str = setting("0.0.0.0", "HOST", "The address to listen on; the default is every IPv4 address.")
    port: int = setting(8080, "PORT", "The port to listen on.")
    data: Path = setting(
        ROOT / "sessions", "BARAZA_DATA", "The folder of workshops, keys and backups; one server each."
    )
    async_mode: str = setting(
        "eventlet", "BARAZA_ASYNC_MODE", "What drives the sockets: eventlet, gevent or threading."
    )
    address: str = setting(
        "",
        "BARAZA_ADDRESS",
        "The address that phones use, such as https://talk.example.org, when a proxy serves it.",
    )
    hosts: tuple[str, ...] = setting(
        (),
        "BARAZA_HOSTS",
        "Names, separated by commas, under which the server may be called besides its addresses.",
    )
    ask_rate: float = setting(2.0, "BARAZA_ASK_RATE", "Asks a second that a person may send; facilitators ten times.")
    ask_burst: int = setting(30, "BARAZA_ASK_BURST", "Asks that a person may send at once before the rate counts.")
    queue_bytes: int = setting(
        1_000_000,
        "BARAZA_QUEUE_BYTES",
        "Bytes that may wait for a slow phone before it is cut and catches up.",
    )
    translate: str = setting(
        "",
        "BARAZA_TRANSLATE",
        "A translation service with LibreTranslate’s interface, such as http://127.0.0.1:5000, that workshops may use.",
    )
    translate_key: str = setting("", "BARAZA_TRANSLATE_KEY", "The key that this service asks for, if it does.")

    def __post_init__(self):
        if not 0 <= self.port <= 65535:
            raise BadSetting(f"port must be between 0 and 65535, not {self.port}")
        if self.async_mode not in ("eventlet", "gevent", "threading"):
            raise BadSetting(f"async_mode must be eventlet, gevent or threading, not {self.async_mode}")
        if self.address and not self.address.startswith(("http://", "https://")):
            raise BadSetting(f"address must begin with http:// or https://, not {self.address}")
        if self.translate and not is_address(self.translate):
            raise BadSetting(f"translate must be an address that begins with http:// or https://, not {self.translate}")
        for name in ("ask_rate", "ask_burst", "queue_bytes"):
            if getattr(self, name) <= 0:
                raise BadSetting(f"{name} must be more than 0, not {getattr(self, name)}")


def is_address(url: str) -> bool:
    """True for http(s) with a host, and a port if any, and nothing behind the path."""
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return named and parts.scheme in ("http", "https") and not (parts.query or parts.fragment or parts.username)


def load(environment: Mapping[str, str] = os.environ, file: Path = ROOT / "baraza.toml", **given) -> Settings:
    """The settings in force; `given` are those of the command line, None where it says nothing.

    Raises:
        BadSetting: a value can't be read or used, or the file has a name that isn't a setting.
    """
    written = read(file)
    known = {entry.name: entry for entry in fields(Settings)}
    for name in written:
        if name not in known:
            raise BadSetting(f"{file.name} has a setting that isn't one: {name}")
    values = {}
    for name, entry in known.items():
        variable = entry.metadata["variable"]
        if given.get(name) is not None:
            values[name] = parsed(name, given[name], name)
        elif environment.get(variable):
            values[name] = parsed(name, environment[variable], variable)
        elif name in written:
            values[name] = parsed(name, written[name], f"{name} in {file.name}", file.parent)
    return Settings(**values)


def read(file: Path) -> dict:
    """The file's values by name; none when there is no file."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as problem:
        raise BadSetting(f"{file.name} can't be read: {problem}") from problem


def parsed(name: str, value, source: str, folder: Path | None = None):
    """The value in its field's type; relative folders belong to `folder`, else to where the command runs."""
    default = Settings.__dataclass_fields__[name].default
    try:
        if isinstance(default, Path):
            return Path(folder or Path.cwd(), Path(value).expanduser())
        if isinstance(default, tuple):
            names = value.split(",") if isinstance(value, str) else value
            return tuple(part.strip() for part in names if part.strip())
        return type(default)(value)
    except (TypeError, ValueError, AttributeError) as problem:
        raise BadSetting(f"{source} can't be {value!r}") from problem
