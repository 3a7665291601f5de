#!/usr/bin/env python3
"""Baraza's front door: `python3 run.py` makes what it needs on first use and serves; `--help` lists the rest.

This file and app/front/stamp.py run before anything is installed and on every start, so they import next to
nothing and parse on old Pythons, which get a sentence instead of a traceback.
"""

import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
NEEDS = (3, 11)


def main(arguments):
    """Run one command and return its exit code; first move into the virtual environment."""
    if sys.version_info < NEEDS:
        found = ".".join(map(str, sys.version_info[:3]))
        sys.stderr.write("Baraza needs Python 3.11 or later; this is " + found + ".\n")
        return 1
    if not {"-h", "--help", "--version"}.intersection(arguments):
        from app.front import stamp

        requirements, places = os.path.join(ROOT, "requirements.txt"), stamp.places(ROOT)
        python = stamp.current(requirements, places)
        if python is None:
            from app.front import environment

            python = environment.prepare(requirements, places)
            if python is None:
                return 1
        if not stamp.inside(python):
            return enter(python, arguments)
    from app import cli

    return cli.main(arguments)


def enter(python, arguments):
    """Go on in the virtual environment's Python, as the same process where the system can do that."""
    command = [python, os.path.join(ROOT, "run.py")] + arguments
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(python, command)
    import subprocess

    child = subprocess.Popen(command)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
