"""A checkout of the front door alone, with one tiny library locked, which is installed for real and offline."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FRONT = ["run.py", "app/__init__.py", "app/front"]
CLI = """
import sys

def main(arguments):
    if "--help" not in arguments:
        import tiny
        print("tiny", tiny.version, sys.prefix)
    return 0
"""


class Checkout:
    """A folder with run.py and what it needs, and a folder of wheels beside it.

    Its commands say which version of the library they found, and in which environment.
    """

    def __init__(self, folder: Path):
        self.root, self.wheels, self.cache = folder / "baraza", folder / "wheels", folder / "cache"
        for name in FRONT:
            target = self.root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, target)
        (self.root / "app/cli.py").write_text(CLI)
        self.lock("1.0")

    @property
    def venv(self) -> Path:
        """Where its environment usually lies."""
        return self.root / ".venv"

    def lock(self, version: str) -> Path:
        """Make the library's wheel in this version and lock it; the wheel."""
        self.wheels.mkdir(exist_ok=True)
        wheel = self.wheels / f"tiny-{version}-py3-none-any.whl"
        files = {
            "tiny.py": f"version = '{version}'\n",
            f"tiny-{version}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
            f"tiny-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        record = "".join(f"{name},sha256={digest(text)},{len(text)}\n" for name, text in files.items())
        with zipfile.ZipFile(wheel, "w") as file:
            for name, text in files.items():
                file.writestr(name, text)
            file.writestr(f"tiny-{version}.dist-info/RECORD", record + f"tiny-{version}.dist-info/RECORD,,\n")
        checksum = hashlib.sha256(wheel.read_bytes()).hexdigest()
        (self.root / "requirements.txt").write_text(f"tiny=={version} \\\n    --hash=sha256:{checksum}\n")
        return wheel

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen:
        """Start run.py, by default its `setup` with the wheels of this checkout."""
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "BARAZA_"))}
        surroundings |= {"BARAZA_WHEELS": str(self.wheels), "XDG_CACHE_HOME": str(self.cache), **environment}
        return subprocess.Popen(
            [sys.executable, str(self.root / "run.py"), *(arguments or ["setup"])],
            env={name: value for name, value in surroundings.items() if value},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        """Run it to its end: exit code, stdout, stderr."""
        process = self.start(*arguments, **environment)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err


def digest(text: str) -> str:
    """A digest as a wheel's RECORD writes it."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
