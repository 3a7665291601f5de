"""Is the virtual environment there and the right one? Asked at every start, so only os, sys and hashlib.

A stamp is written into the environment last, when it is complete: the digest of the lock file, the Python
version, the platform and the base interpreter. Whatever differs makes the environment stale.
"""

import hashlib
import os
import sys

NAME = "baraza-stamp"


def places(root):
    """Where the environment of a checkout may lie: in it, else in the user's cache folder."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    name = hashlib.sha256(root.encode()).hexdigest()[:16]
    return [os.path.join(root, ".venv"), os.path.join(cache, "baraza", name)]


def current(requirements, places):
    """The Python of the first environment that is complete and made from this lock file, or None."""
    wanted = digest(requirements)
    for place in places:
        try:
            with open(os.path.join(place, NAME), encoding="ascii") as file:
                if file.read() == wanted:
                    return python_of(place)
        except OSError:
            continue
    return None


def digest(requirements):
    """What the stamp must say, in hex."""
    with open(requirements, "rb") as file:
        lock = file.read()
    facts = [sys.version, sys.platform, os.path.realpath(base_python())]
    return hashlib.sha256(lock + "\0".join(facts).encode()).hexdigest()


def base_python():
    """The interpreter that environments are made from, also when this process runs inside one."""
    return getattr(sys, "_base_executable", None) or sys.executable


def python_of(place):
    """The path of an environment's interpreter."""
    return os.path.join(place, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))


def inside(python):
    """Whether this process runs in the environment of that interpreter."""
    return os.path.realpath(sys.prefix) == os.path.realpath(os.path.dirname(os.path.dirname(python)))
