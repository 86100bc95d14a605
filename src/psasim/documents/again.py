"""`python -m psasim.documents.again [--check] [STEP ...]`: make again what the model has outrun.

For a checkout, after a change of the model, in the order in which one thing rests on another.
A step is stale where the model's digest, or what it was made of, is not what it was; --check
says which are, and makes nothing.  Naming steps makes those, stale or not.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from psasim.calibration.shipped import plausible, record
from psasim.fingerprint import model_digest
from psasim.validation.ensemble import ensemble_digest

ROOT = Path(__file__).parents[3]
CALIBRATION = ROOT / "src" / "psasim" / "calibration"
ENSEMBLE, REPORT = "plausible.json", "calibration.json"
STUDIES = "experiments"
STAMP = "made_with.json"
PAGE = "classroom.html"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is made; stale: whether it must be again; make: makes it."""

    name: str
    what: str
    stale: Callable[[], bool]
    make: Callable[[], None]


def _run(*command: object) -> None:
    print("$", *command, flush=True)
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True)


def _python(*arguments: object) -> None:
    _run(sys.executable, *arguments)


def _fails(*arguments: object) -> bool:
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True).returncode != 0


def _json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _other_model(path: Path) -> bool:
    return _json(path).get("model") != model_digest()


def _bits_differ() -> bool:
    told = [sys.executable, "-m", "tests.bits.numbers"]
    found = subprocess.run(told, cwd=ROOT, capture_output=True, text=True).stdout.strip()
    return found != (ROOT / "tests" / "bits" / "hash.txt").read_text(encoding="utf-8").strip()


def _calibrate() -> None:
    folder = ROOT / "outputs" / f"calibration-{model_digest()}"
    _python("-m", "psasim", "calibrate", "--folder", folder)
    for name in (ENSEMBLE, REPORT):
        shutil.copyfile(folder / name, CALIBRATION / name)
    record.cache_clear()


def _validation_is_stale() -> bool:
    made = _json(ROOT / "docs" / "validation.json")
    sets = ensemble_digest(plausible())
    return made.get("model") != model_digest() or made.get("ensemble_digest") != sets


def _validate() -> None:
    folder = ROOT / "outputs" / f"validation-{model_digest()}"
    _python("-m", "psasim", "validate", "--folder", folder)


def _exported(folder: Path) -> bytes:
    """The classroom page of this model."""
    file = folder / PAGE
    _python("-m", "psasim", "classroom", "export", file)
    return file.read_bytes()


def _page_is_stale() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        made = _exported(Path(folder))
    copy = ROOT / "docs" / PAGE
    return not copy.is_file() or copy.read_bytes() != made


def _page() -> None:
    (ROOT / "docs" / PAGE).unlink(missing_ok=True)
    _exported(ROOT / "docs")


def _studies() -> list[Step]:
    """Each folder of experiments/ that has a study.py."""
    return [
        Step(f"study:{script.parent.name}", f"{STUDIES}/{script.parent.name}",
             partial(_other_model, script.parent / STAMP), partial(_study, script))
        for script in sorted((ROOT / STUDIES).glob("*/study.py"))
    ]


def _study(script: Path) -> None:
    """The study stamps itself."""
    _python("-m", f"{STUDIES}.{script.parent.name}.study")


def steps() -> list[Step]:
    """Every step, each after what it rests on."""
    return [
        Step("bits", "the committed hash of tests/bits", _bits_differ,
             lambda: _python("-m", "tests.bits.numbers", "--write")),
        Step("calibration", "the plausible parameter sets",
             partial(_other_model, CALIBRATION / REPORT), _calibrate),
        Step("validation", "docs/validation.md", _validation_is_stale, _validate),
        *_studies(),
        Step("requirements", "docs/requirements.md",
             lambda: _fails("-m", "tests.requirements.document", "--check"),
             lambda: _python("-m", "tests.requirements.document")),
        Step("documents", "pages from the declarations, the calibration and the scenarios",
             lambda: _fails("-m", "psasim.documents", "--check"),
             lambda: _python("-m", "psasim.documents")),
        Step("page", "docs/classroom.html, made by psasim classroom export", _page_is_stale, _page),
    ]


def main(arguments: Sequence[str]) -> int:
    """Exit code: 0 made or nothing stale, 1 stale with --check, 2 no such step."""
    parser = argparse.ArgumentParser(prog="python -m psasim.documents.again", description=__doc__)
    parser.add_argument("step", nargs="*", help="make these, stale or not")
    parser.add_argument("--check", action="store_true", help="say what is stale, make nothing")
    given = parser.parse_args(arguments)
    every = {step.name: step for step in steps()}
    unknown = [name for name in given.step if name not in every]
    if unknown:
        print(f"no step {unknown[0]}; there are {', '.join(every)}", file=sys.stderr)
        return 2
    stale = 0
    for step in every.values():
        if given.step:
            wanted = step.name in given.step
        else:
            wanted = step.stale()
            print(f"{step.name}: {'stale' if wanted else 'up to date'} ({step.what})", flush=True)
        stale += wanted
        if wanted and not given.check:
            step.make()
    return 1 if given.check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
