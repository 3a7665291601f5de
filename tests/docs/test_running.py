"""docs/running.md names every setting and every command as they are."""

from dataclasses import fields
from pathlib import Path

import pytest

from app import cli
from app.settings import ROOT, Settings

RUNNING = (ROOT / "docs/running.md").read_text()


def default_of(entry) -> str:
    """A default as the table shows it."""
    if isinstance(entry.default, Path):
        return f"`{entry.default.relative_to(ROOT)}/`"
    value = ",".join(entry.default) if isinstance(entry.default, tuple) else entry.default
    return f"`{value}`" if value != "" else ""


@pytest.mark.parametrize("entry", fields(Settings), ids=lambda entry: entry.name)
def test_every_setting_stands_in_the_table(entry):
    facts = [f"`{entry.name}`", f"`{entry.metadata['variable']}`", default_of(entry), entry.metadata["says"]]
    assert f"| {' | '.join(facts)} |".replace("|  |", "| |") in RUNNING


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_stands_in_the_table(name):
    entry = cli.COMMANDS[name]
    assert f"| `run.py {entry.example}` | {entry.says} |" in RUNNING


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself_with_an_example(name, capsys):
    assert cli.main([name, "--help"]) == 0
    said = capsys.readouterr().out
    assert f"python3 run.py {cli.COMMANDS[name].example}" in said and cli.COMMANDS[name].says in " ".join(said.split())


def test_what_is_no_command_is_bad_usage(capsys):
    assert cli.main(["sever"]) == 2
    assert "invalid choice: 'sever'" in capsys.readouterr().err
