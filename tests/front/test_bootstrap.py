"""The first start and every later one, whatever the machine is like."""

import ast
import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.front import environment, stamp

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("file", ["run.py", "app/__init__.py", "app/front/__init__.py", "app/front/stamp.py"])
def test_what_runs_first_can_be_read_by_python_3_8(file):
    ast.parse((ROOT / file).read_text(), feature_version=(3, 8))


def test_an_old_python_gets_one_sentence(monkeypatch, capsys):
    specification = importlib.util.spec_from_file_location("front_door", ROOT / "run.py")
    door = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(door)
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    assert door.main(["serve"]) == 1
    assert capsys.readouterr().err == "Baraza needs Python 3.11 or later; this is 3.8.18.\n"


def test_the_way_to_a_prepared_start_loads_next_to_nothing():
    program = "import sys; before = set(sys.modules); from app.front import stamp; print(*set(sys.modules) - before)"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True).stdout.split()
    assert {name for name in loaded if not name.startswith("_")} == {"app", "app.front", "app.front.stamp", "hashlib"}


def test_the_first_start_prepares_and_the_second_goes_straight_in(checkout):
    code, out, err = checkout.run()
    assert (code, err) == (0, "")
    assert out.startswith("Preparing Baraza in ") and out.endswith(f"tiny 1.0 {checkout.venv}\n")
    assert checkout.run() == (0, f"tiny 1.0 {checkout.venv}\n", "")


def test_help_needs_nothing_installed(checkout):
    assert checkout.run("--help") == (0, "", "")
    assert not checkout.venv.exists()


def test_a_changed_lock_makes_the_environment_anew(checkout):
    checkout.run()
    checkout.lock("2.0")
    _, out, _ = checkout.run()
    assert "Preparing" in out and out.endswith(f"tiny 2.0 {checkout.venv}\n")


def test_another_base_interpreter_makes_the_environment_stale(checkout, monkeypatch):
    requirements = str(checkout.root / "requirements.txt")
    checkout.run()
    assert stamp.current(requirements, [str(checkout.venv)])
    monkeypatch.setattr(sys, "_base_executable", "/somewhere/else/python3.11")
    assert stamp.current(requirements, [str(checkout.venv)]) is None


def test_a_start_that_was_killed_half_way_is_begun_again(checkout):
    first = checkout.start()
    assert first.stdout.readline().startswith("Preparing")
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert stamp.current(str(checkout.root / "requirements.txt"), [str(checkout.venv)]) is None
    code, out, _ = checkout.run()
    assert code == 0 and out.endswith(f"tiny 1.0 {checkout.venv}\n")


def test_two_starts_at_once_make_one_environment(checkout):
    both = [checkout.start(), checkout.start()]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert "".join(said).count("Preparing") == 1


def test_without_a_network_one_line_says_what_to_do(checkout):
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    code, _, err = checkout.run(BARAZA_WHEELS="", **nowhere)
    assert code == 1
    assert err.count("\n") == 1 and "`python3 run.py setup`" in err and "BARAZA_WHEELS" in err


def test_a_library_that_was_tampered_with_is_not_installed(checkout):
    wheel = checkout.wheels / "tiny-1.0-py3-none-any.whl"
    wheel.write_bytes(wheel.read_bytes() + b" ")
    code, _, err = checkout.run(BARAZA_WHEELS="", PIP_FIND_LINKS=str(checkout.wheels), PIP_NO_INDEX="1")
    assert (code, err.count("\n")) == (1, 1) and "hash" in err


def test_a_folder_without_the_wheels_is_named(checkout):
    (checkout.wheels / "tiny-1.0-py3-none-any.whl").unlink()
    code, _, err = checkout.run()
    assert (code, err.count("\n")) == (1, 1) and str(checkout.wheels) in err


def test_settings_of_pip_that_would_bend_the_environment_are_dropped(checkout):
    code, out, _ = checkout.run(PIP_TARGET=str(checkout.cache), PIP_USER="1", PYTHONPATH=str(checkout.cache))
    assert code == 0 and out.endswith(f"tiny 1.0 {checkout.venv}\n")


def test_a_checkout_that_cannot_be_written_uses_the_cache_folder(checkout):
    checkout.venv.write_text("a file where the folder should be")
    code, out, _ = checkout.run()
    assert code == 0 and str(checkout.cache) in out.splitlines()[-1]
    assert checkout.run()[1].startswith("tiny 1.0")


def test_somebody_elses_environment_is_left_alone(checkout):
    checkout.venv.mkdir()
    (checkout.venv / "pyvenv.cfg").write_text("theirs")
    _, out, _ = checkout.run()
    assert str(checkout.cache) in out.splitlines()[-1]
    assert (checkout.venv / "pyvenv.cfg").read_text() == "theirs"


def test_no_place_at_all_is_one_line(checkout):
    checkout.venv.write_text("")
    checkout.cache.write_text("")
    code, _, err = checkout.run()
    assert (code, err.count("\n")) == (1, 1) and str(checkout.venv) in err


def test_a_python_without_pip_is_told_how_to_get_it(monkeypatch):
    monkeypatch.setattr(environment, "wheels_of_pip", lambda: [])
    monkeypatch.setattr(environment, "has_pip", lambda python: False)
    with pytest.raises(environment.Unprepared, match="apt install python3-venv"):
        environment.pip_of("/nowhere/bin/python")
