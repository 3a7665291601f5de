"""One server for one data directory."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.front import running

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys, pathlib
from app.front import running
data = pathlib.Path(sys.argv[1])
claim = running.claim(data)
if len(sys.argv) > 2:
    running.announce(data, running.Server("127.0.0.1", int(sys.argv[2])))
print("claimed", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Starts another process that holds the directory; all of them have ended afterwards."""
    started = []

    def start(*port: str) -> subprocess.Popen:
        command = [sys.executable, "-c", HOLDER, str(tmp_path), *port]
        other = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(other)
        assert other.stdout.readline() == "claimed\n"
        return other

    yield start
    for other in started:
        other.kill()
        other.communicate()


def test_a_second_server_is_kept_out_and_a_killed_one_is_not_in_the_way(tmp_path, holder):
    other = holder()
    with pytest.raises(running.Occupied):
        running.claim(tmp_path)
    other.kill()
    other.wait()
    running.claim(tmp_path)


def test_commands_find_the_server_that_runs_and_not_one_that_ran(tmp_path, holder):
    assert running.find(tmp_path) is None
    other = holder("8081")
    assert running.find(tmp_path) == running.Server("127.0.0.1", 8081)
    other.kill()
    other.wait()
    assert running.find(tmp_path) is None


def test_while_a_command_has_the_directory_no_server_starts(tmp_path):
    with running.access(tmp_path) as server:
        assert server is None
        with pytest.raises(running.Occupied):
            running.claim(tmp_path)
    running.claim(tmp_path)


def test_a_server_waits_for_a_command_that_only_looks(tmp_path):
    claim = running.claim(tmp_path)
    threading.Timer(0.1, os.close, [claim]).start()
    running.claim(tmp_path, patience=5)


def test_only_the_owner_can_look_into_the_directory_and_the_note(tmp_path):
    data = tmp_path / "new"
    running.claim(data)
    running.announce(data, running.Server("127.0.0.1", 8081))
    assert data.stat().st_mode & 0o777 == 0o700
    assert (data / running.NOTE).stat().st_mode & 0o777 == 0o600


def test_whoever_looks_for_the_server_finds_a_whole_note(tmp_path):
    here = running.Server("127.0.0.1", 8080)
    running.announce(tmp_path, here)
    claimed = running.claim(tmp_path)
    done = threading.Event()

    def announce_again() -> None:
        while not done.is_set():
            running.announce(tmp_path, here)

    announcing = threading.Thread(target=announce_again)
    announcing.start()
    try:
        assert {running.find(tmp_path) for _ in range(500)} == {here}
    finally:
        done.set()
        announcing.join()
        os.close(claimed)
