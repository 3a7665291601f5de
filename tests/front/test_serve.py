"""The real `run.py serve`, as a person at a terminal sees it."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start(tmp_path):
    """Starts `run.py` with a command, on a folder of its own; all that were started have ended afterwards."""
    started = []

    def start(*arguments: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "run.py", *arguments],
            cwd=ROOT,
            env={**os.environ, "BARAZA_DATA": str(tmp_path / "sessions"), "HOST": "127.0.0.1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def greeting(process: subprocess.Popen) -> str:
    """What a server that has started says, to its last line."""
    said = []
    while not said or "Ctrl+C" not in said[-1]:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        said.append(line)
    return "".join(said)


def after(label: str, text: str) -> str:
    """The word that follows a label."""
    return text.split(label)[1].split()[0]


def health(address: str) -> dict:
    """What the server says of its health."""
    with urllib.request.urlopen(f"{address}/healthz", timeout=10) as answer:
        return json.load(answer)


def test_it_serves_where_the_greeting_says_and_ends_when_told(start):
    server = start("serve", "--port", "0")
    assert health(after("Phones:", greeting(server)))["ok"]
    server.send_signal(signal.SIGTERM)
    assert server.wait(10) == 0
    assert server.stderr.read() == "Baraza has stopped; everything is saved.\n"


def test_the_organisers_link_is_the_same_at_each_start(start):
    links = []
    for _ in range(2):
        server = start("serve", "--port", "0")
        links.append(after("Organiser:", greeting(server)).partition("#")[2])
        server.send_signal(signal.SIGINT)
        assert server.wait(10) == 0
    assert links[0] == links[1] and len(links[0]) >= 27


def test_a_second_server_on_the_same_data_is_refused_in_one_line(start):
    greeting(start("serve", "--port", "0"))
    second = start("serve", "--port", "0")
    said = second.communicate(timeout=30)
    assert (second.returncode, said[0], said[1].count("\n")) == (1, "", 1)
    assert "already running" in said[1]


def test_a_server_that_was_killed_is_not_in_the_way_of_the_next(start):
    first = start("serve", "--port", "0")
    greeting(first)
    first.kill()
    first.wait()
    assert health(after("Phones:", greeting(start("serve", "--port", "0"))))["ok"]


def test_a_port_that_is_taken_is_one_line(start):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = start("serve", "--port", str(taken.getsockname()[1]))
        out, err = server.communicate(timeout=30)
    assert (server.returncode, out, err.count("\n")) == (1, "", 1)
    assert "can't be had" in err


def test_a_running_server_takes_an_invited_organiser_and_lets_them_go(start):
    address = after("Phones:", greeting(start("serve", "--port", "0")))
    invited = start("invite", "Amina").communicate(timeout=30)[0]
    link = invited.split()[0]
    assert link.startswith(f"{address}/f#") and enters(link)
    start("invite", "--revoke", after("--revoke", invited).strip("`")).communicate(timeout=30)
    assert not enters(link)


def enters(link: str) -> bool:
    """Whether the secret of an organiser's link is let in."""
    try:
        return post(link, "/api/organisers", {"label": ""})["ok"]
    except urllib.error.HTTPError:
        return False


def post(link: str, path: str, value: dict) -> dict:
    """Call the API with the secret of an organiser's link."""
    address, _, secret = link.partition("/f#")
    request = urllib.request.Request(f"{address}{path}", json.dumps(value).encode())
    request.add_header("Authorization", f"Bearer {secret}")
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def test_a_workshop_is_purged_under_a_running_server_and_its_file_is_gone(start, tmp_path):
    organiser = after("Organiser:", greeting(start("serve", "--port", "0")))
    workshop = post(organiser, "/api/workshops", {"title": "Water"})["workshop"]
    assert list((tmp_path / "sessions").glob(f"{workshop}*"))
    assert "Water is deleted" in start("purge", workshop, "--yes").communicate(timeout=30)[0]
    assert not list((tmp_path / "sessions").glob(f"{workshop}*"))


@pytest.mark.parametrize("command", ["draw", "themes"])
def test_what_does_not_serve_loads_nothing_that_serves(command):
    program = f"import sys; from app import cli; cli.main(['{command}']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, input="{}", capture_output=True, text=True)
    assert {"eventlet", "gevent", "flask", "socketio"} & set(done.stdout.split()) == set()
    assert "app.cli" in done.stdout
