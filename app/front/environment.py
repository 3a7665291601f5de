"""Make the virtual environment: from the locked, hashed requirements and nothing else.

Runs before anything is installed: standard library only. pip comes from the wheel that Python carries for
ensurepip. Two starts at once wait for each other on a lock that pip inherits, so that a killed start doesn't
leave a half-made environment to a second one while its pip still writes.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from app.front import lock, stamp

KEPT = ("INDEX", "PROXY", "CERT", "TRUSTED", "FIND_LINKS", "TIMEOUT", "RETRIES", "CACHE_DIR", "CONFIG_FILE")
NO_NETWORK = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeout|ProxyError|Failed to establish|name resolution"
    r"|from versions: none|Connection (?:refused|reset|broken)|Network is unreachable|No route to host|Read timed out|"
    r"SSLError|looks? like a network"
)


class Unprepared(Exception):
    """The environment can't be made; the message is one line for the person at the terminal."""


def prepare(requirements: str, places: list[str]) -> str | None:
    """Make an environment and return its Python, or say why not and return None.

    Args:
        requirements: the lock file, hashes included.
        places: folders to try, the best first; one that holds somebody else's environment is left alone.
    """
    descriptor = os.open(requirements, os.O_RDONLY)
    try:
        if not lock.take(descriptor, wait=False):
            print("Another start is preparing Baraza; waiting for it.", flush=True)
            lock.take(descriptor, wait=True)
        return stamp.current(requirements, places) or build(Path(requirements), usable(places), descriptor)
    except Unprepared as problem:
        print(problem, file=sys.stderr)
    except OSError as problem:
        print(f"Baraza's libraries could not be installed: {problem.strerror or problem}.", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped; the next start begins again.", file=sys.stderr)
    finally:
        os.close(descriptor)
    return None


def usable(places: list[str]) -> Path:
    """The first of these folders that is empty or ours, and can be written; it exists then and is marked."""
    for place in places:
        mark = Path(place, stamp.NAME)
        try:
            os.makedirs(place, exist_ok=True)
            if mark.exists() or not os.listdir(place):
                mark.write_text("")
                return Path(place)
        except OSError:
            continue
    raise Unprepared(f"Baraza needs a place for its libraries; it can't write {' nor '.join(places)}.")


def build(requirements: Path, folder: Path, descriptor: int) -> str:
    """Empty the folder, make an environment in it, install, and stamp it last."""
    print(f"Preparing Baraza in {folder} (only once; needs the network and about 100 MB).", flush=True)
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != stamp.NAME:
            path.unlink()
    venv.create(folder, symlinks=os.name != "nt")
    python = stamp.python_of(str(folder))
    install(requirements, python, descriptor)
    Path(folder, stamp.NAME).write_text(stamp.digest(requirements), encoding="ascii")
    return python


def pip_of(python: str) -> list[str]:
    """The command that runs pip for that environment, which has none of its own yet."""
    wheels, base = wheels_of_pip(), stamp.base_python()
    if wheels:
        return [python, "-I", str(wheels[-1] / "pip")]
    if has_pip(base):
        return [base, "-I", "-m", "pip", "--python", python]
    raise Unprepared(f"{base} comes without pip; on Debian and Ubuntu `apt install python3-venv` adds it.")


def wheels_of_pip() -> list[Path]:
    """The wheels of pip that came with this Python: its own or, where a system moved them, the system's."""
    places = [sysconfig.get_config_var("WHEEL_PKG_DIR"), Path(os.__file__).parent / "ensurepip/_bundled"]
    return [wheel for place in places if place for wheel in sorted(Path(place).glob("pip-*.whl"))]


def has_pip(python: str) -> bool:
    """Whether that interpreter has a pip of its own."""
    return subprocess.run([python, "-I", "-m", "pip", "--version"], capture_output=True).returncode == 0


def install(requirements: Path, python: str, descriptor: int) -> None:
    """Run pip on the lock file, counting the packages as it goes."""
    options = ["--require-hashes", "--only-binary", ":all:", "--no-compile", "--progress-bar", "off"]
    wheels = os.environ.get("BARAZA_WHEELS")
    if wheels:
        options += ["--no-index", "--find-links", os.path.abspath(wheels)]
    pip = subprocess.Popen(
        [*pip_of(python), "install", "-r", str(requirements), *options],
        env=surroundings(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **({} if os.name == "nt" else {"pass_fds": (descriptor,)}),
    )
    try:
        said = counted(pip.stdout, len(re.findall(r"^[A-Za-z0-9]", requirements.read_text(), re.MULTILINE)))
    except KeyboardInterrupt:
        pip.kill()
        raise
    finally:
        pip.wait()
    if pip.returncode:
        raise Unprepared(why(said, wheels))


def surroundings() -> dict[str, str]:
    """The user's environment without what would bend pip, but with how to reach a package index."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PIP_", "PYTHON")) or any(part in name for part in KEPT)
    }
    return {
        "PIP_RETRIES": "2",
        **kept,
        "PIP_USER": "0",
        "PIP_NO_INPUT": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def counted(lines, expected: int) -> list[str]:
    """Print pip's progress, a bar on a terminal and a few lines elsewhere; return what pip said."""
    said, found, bar = [], 0, sys.stdout.isatty()
    for line in lines:
        said.append(line)
        expected -= line.startswith("Ignoring ")
        fresh = line.startswith(("Collecting ", "Processing "))
        found += fresh
        if fresh and bar:
            filled = round(30 * found / max(expected, 1))
            print(f"\r  [{'#' * filled:<30}] {found} of {expected}", end="", flush=True)
        elif fresh and found % 10 == 0:
            print(f"  {found} of {expected} packages", flush=True)
        elif line.startswith("Installing "):
            print("\r" * bar + f"  {found} of {expected} packages found; installing them".ljust(60), flush=True)
    return said


def why(said: list[str], wheels: str | None) -> str:
    """One line about why pip failed, from all that it said."""
    text = "".join(said)
    if wheels:
        return f"{wheels} doesn't hold every wheel of requirements.txt for this Python and platform."
    if "DO NOT MATCH THE HASHES" in text:
        return "A package isn't the one that requirements.txt locks (its hash differs); nothing was installed."
    if NO_NETWORK.search(text):
        return (
            "The package index can't be reached. Run `python3 run.py setup` where there is a network,"
            " or set BARAZA_WHEELS to a folder of wheels."
        )
    errors = [line.strip() for line in said if line.startswith("ERROR")]
    return f"The libraries could not be installed: {(errors or [text.strip()[-200:]])[0]}"
