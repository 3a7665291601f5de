"""The commands of the house, on real files, without a server."""

import json
import os
import socket

import msgspec
import pytest

from app import cli
from app.domain.agenda import WorkshopPlan
from app.front import running
from app.ledger.sqlite import SqliteLedger
from app.live.keys import Keys
from app.live.transport import Transport
from app.live.workshops import Workshops

PLAN = {"title": "Water", "agenda": [{"id": "hello", "kind": "plenary", "sections": ["hopes"]}]}


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("BARAZA_DATA", str(tmp_path / "sessions"))
    monkeypatch.setenv("HOST", "127.0.0.1")
    return tmp_path / "sessions"


@pytest.fixture
def workshop(data):
    """The id of a workshop called Water."""
    workshops = Workshops(data, Transport("threading"), Keys(b"key"))
    id, _ = workshops.make(msgspec.convert(PLAN, WorkshopPlan))
    workshops.close()
    return id


@pytest.fixture
def run(capsys):
    """Runs a command: exit code, stdout, stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_list_shows_workshops_as_a_table_or_as_json(run, data, workshop):
    code, out, _ = run("list")
    assert code == 0 and workshop[:8] in out and "Water" in out
    (listed,) = json.loads(run("list", "--json")[1])
    assert (listed["id"], listed["title"], listed["people"]) == (workshop, "Water", 0)


def test_listing_makes_no_folder(run, data):
    assert run("list")[0] == 0
    assert not data.exists()


def test_an_invited_organiser_can_be_sent_away_again(run, data):
    code, out, _ = run("invite", "Amina")
    assert code == 0 and out.startswith("http://127.0.0.1:8080/f#")
    beginning = out.split("--revoke ")[1].split("`")[0]
    assert run("invite", "--revoke", beginning) == (0, "The link of Amina has ended.\n", "")
    assert run("invite", "--revoke", beginning)[0] == 1


def test_a_backup_comes_back_as_it_was_under_a_new_epoch(run, data, workshop, tmp_path):
    before = kept(data, workshop)
    assert run("backup", "--out", str(tmp_path / "safe"))[0] == 0
    assert run("purge", workshop, "--yes")[0] == 0
    assert run("restore", str(tmp_path / "safe" / f"{workshop}.db"))[0] == 0
    after = kept(data, workshop)
    assert after["rows"] == before["rows"] and after["epoch"] != before["epoch"]


def kept(data, workshop) -> dict:
    """The rows and the epoch in a workshop's file."""
    ledger = SqliteLedger(data / f"{workshop}.db")
    found = {"rows": {row.id: row for row in ledger.rows()}, "epoch": ledger.load().epoch}
    ledger.close()
    return found


def test_a_backup_of_everything_holds_the_keys_that_phones_are_known_by(run, data, workshop, tmp_path):
    run("invite", "Amina")
    run("backup", "--out", str(tmp_path / "safe"))
    assert {path.name for path in (tmp_path / "safe").iterdir()} == {f"{workshop}.db", "desk.db"}


def test_restoring_over_a_workshop_needs_to_be_said(run, data, workshop, tmp_path):
    run("backup", workshop, "--out", str(tmp_path))
    code, _, err = run("restore", str(tmp_path / f"{workshop}.db"))
    assert code == 1 and "--replace" in err
    assert run("restore", str(tmp_path / f"{workshop}.db"), "--replace")[0] == 0


def test_what_is_no_whole_copy_is_not_restored(run, data, workshop, tmp_path):
    (tmp_path / "torn.db").write_bytes((data / f"{workshop}.db").read_bytes()[:5000])
    (tmp_path / "text.db").write_text("not a database at all" * 100)
    for name in ("torn", "text"):
        code, _, err = run("restore", str(tmp_path / f"{name}.db"))
        assert (code, err.count("\n")) == (1, 1) and "isn't a whole copy" in err
    assert sorted(path.name for path in data.glob("*.db*")) == [f"{workshop}.db"]


def test_rebuilding_finds_the_rows_as_they_were(run, data, workshop):
    assert run("rebuild", workshop[:6]) == (0, "Folded again: the rows are the same.\n", "")


def test_purging_leaves_nothing_and_asks_first(run, data, workshop):
    code, _, err = run("purge", workshop[:6])
    assert code == 1 and "--yes" in err and (data / f"{workshop}.db").exists()
    assert run("purge", "", "--yes")[0] == 1 and (data / f"{workshop}.db").exists()
    assert run("purge", workshop[:6], "--yes")[0] == 0
    assert not list(data.glob(f"{workshop}*"))


@pytest.mark.parametrize("command", ["rebuild", "purge", "backup"])
def test_a_workshop_that_is_not_there_is_one_line(run, data, command):
    code, out, err = run(command, "nosuch", *(["--out", str(data)] if command == "backup" else []))
    assert (code, out, err) == (1, "", "No workshop has an id beginning nosuch.\n")


@pytest.mark.parametrize("command", [["rebuild", "W"], ["restore", "W.db"]])
def test_what_needs_the_files_to_itself_is_refused_while_a_server_runs(run, data, workshop, command, tmp_path):
    run("backup", workshop, "--out", str(tmp_path))
    claim = running.claim(data)
    running.announce(data, running.Server("127.0.0.1", 9))
    names = {"W": workshop, "W.db": str(tmp_path / f"{workshop}.db")}
    code, _, err = run(*(names.get(word, word) for word in command))
    assert (code, err) == (1, "A server is running on this data; stop it first.\n")
    os.close(claim)


def test_the_doctor_finds_what_is_wrong(run, data, monkeypatch):
    code, out, _ = run("doctor", "--json")
    assert code == 1 and [found["name"] for found in json.loads(out) if not found["well"]] == ["phones"]
    data.chmod(0o755)
    assert "LOOK  data" in run("doctor")[1]


def test_a_port_that_is_taken_is_found(run, data):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert f"port {port} can't be had" in run("doctor", "--port", str(port))[1]
