"""`python -m tests.bits.everywhere [PYTHON[:NUMPY] ...]`: the committed hash on other versions.

Each PYTHON is a command, such as `python3.12`, with the newest NumPy it takes, or a NumPy of
one's own after a colon, such as `python3.11:2.2.6`; each gets an environment of its own.  An
interpreter that is not there is said and left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bits.numbers import COMMITTED

ROOT = Path(__file__).parents[2]
USUAL = ("python3.11:2.2.6", "python3.11:2.3.5", "python3.12", "python3.13")


def hash_on(command: str, numpy: str, folder: Path) -> tuple[str, str]:
    """Versions of Python and NumPy, and the hash they give."""
    subprocess.run([command, "-m", "venv", str(folder)], check=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    wanted = [f"numpy=={numpy}"] if numpy else []
    install = [python, "-m", "pip", "install", "--quiet", "-e", str(ROOT), *wanted]
    subprocess.run(install, check=True)
    told = "import sys, numpy; print(sys.version.split()[0], numpy.__version__)"
    versions, found = (
        subprocess.run([python, "-W", "ignore", *arguments], cwd=ROOT, check=True, text=True,
                       capture_output=True).stdout.strip()
        for arguments in (["-c", told], ["-m", "tests.bits.numbers"])
    )
    return versions, found


def main(asked: list[str]) -> int:
    """0 where every version gives the committed hash, 1 where one does not."""
    committed = COMMITTED.read_text(encoding="utf-8").strip()
    differ = 0
    for each in asked or USUAL:
        command, _, numpy = each.partition(":")
        with tempfile.TemporaryDirectory() as folder:
            try:
                versions, found = hash_on(command, numpy, Path(folder))
            except FileNotFoundError:
                print(f"{command}: not there, left out")
                continue
        same = found == committed
        differ += not same
        print(f"Python, NumPy {versions}: {found} {'as committed' if same else 'OTHER BITS'}")
    return min(differ, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
