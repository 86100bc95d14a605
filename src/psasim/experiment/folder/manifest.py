"""What a results folder holds: the study it belongs to, and everything needed to go on.

`manifest.json` has the content hash and the bit fingerprint; `inputs/` the scenarios
and the design points in full.  Points may be added at the end of a design; anything
else that is changed is another study, and another folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import psasim
from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.errors import StoreError
from psasim.experiment.design.points import Design, Point
from psasim.experiment.folder.durable import make_folder, plain_bytes, write_whole
from psasim.experiment.folder.plain import from_plain
from psasim.fingerprint import bit_fingerprint, model_digest
from psasim.scenario.schema import Scenario

SCHEMA = 1
MANIFEST, INPUTS, RUNS = "manifest.json", "inputs", "runs.parquet"
POINTS, SCENARIOS = f"{INPUTS}/points.jsonl", f"{INPUTS}/scenarios.json"
DESIGNS = f"{INPUTS}/designs.json"


@dataclass(frozen=True, slots=True)
class Shape:
    """Points and worlds of a part, fixed when the folder is made."""

    points: int
    worlds: int


def shape_of(points: int) -> Shape:
    """Parts of some 2,000 runs: long enough to be worth sending, short enough to lose.

    Points share a block so that the worlds drawn for it serve many; large designs have
    larger blocks, so that there are thousands of files rather than millions.
    """
    size = 1 << (points - 1).bit_length()
    block = min(max(size // 256, 8), 1024, size)
    return Shape(block, min(max(2048 // block, 8), 512))


@dataclass(frozen=True, slots=True)
class Manifest:
    """study: what decides the numbers, by name; shape: of the parts."""

    study: Mapping[str, Any]
    shape: Shape
    fingerprint: str

    def text(self) -> str:
        content = {
            "schema": SCHEMA,
            "content": digest(_line(self.study)),
            "study": self.study,
            "block": asdict(self.shape),
            "bit_fingerprint": self.fingerprint,
        }
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def digest(text: str) -> str:
    """Content hash of a text, 16 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def study_of(design: Design, seed: int, months: int) -> dict[str, Any]:
    """What decides the numbers of a design, but for its points."""
    return {
        "design": design.name,
        "baseline": design.baseline,
        "seed": seed,
        "months": months,
        "version": psasim.__version__,
        "model": model_digest(),
        "scenarios": {
            name: digest(_line(asdict(item))) for name, item in design.scenarios.items()
        },
    }


def create_or_check(folder: Path, design: Design, seed: int, months: int) -> Manifest:
    """The folder's manifest, written if there is none.

    Raises `StoreError` where the folder belongs to another study, or holds the bits of
    a machine that rounds otherwise.
    """
    study = study_of(design, seed, months)
    if not (folder / MANIFEST).exists():
        if any((folder / RUNS).glob("*")):
            raise StoreError(f"{folder / RUNS} holds runs that no {MANIFEST} tells the study of; "
                             "restore it, or choose another folder with hydra.run.dir=")
        _write_inputs(folder, design)
        manifest = Manifest(study, shape_of(len(design.points)), bit_fingerprint())
        write_whole(folder / MANIFEST, manifest.text().encode())
        return manifest
    manifest = read_manifest(folder)
    _check_study(folder, manifest.study, study)
    if manifest.fingerprint != bit_fingerprint():
        raise StoreError(
            f"{folder} holds numbers of bit fingerprint {manifest.fingerprint}, and this "
            f"computer gives {bit_fingerprint()}: one of the two rounds otherwise than any machine "
            "psasim was tried on, and one folder never mixes bits; go on where it was begun, or "
            "choose another folder with hydra.run.dir="
        )
    if _check_points(folder, design) or _designs(folder) != _plain(design.designs):
        _write_inputs(folder, design)
    return manifest


def is_manifest(path: Path) -> bool:
    """Whether a file is the manifest of a results folder, or the runs beside it are psasim's."""
    try:
        return {"schema", "bit_fingerprint"} <= json.loads(plain_bytes(path)).keys()
    except (OSError, ValueError, AttributeError):
        return any((path.parent / RUNS).glob("p*_w*_*.parquet"))


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a results folder; raises `StoreError` if it is not one."""
    path = folder / MANIFEST
    try:
        content = json.loads(plain_bytes(path))
        return Manifest(content["study"], Shape(**content["block"]), content["bit_fingerprint"])
    except FileNotFoundError:
        raise StoreError(f"{folder} holds no results of psasim: there is no {MANIFEST}") from None
    except (ValueError, KeyError, TypeError):
        raise StoreError(f"{path} cannot be read; restore it, or choose another folder") from None


def read_design(folder: Path, manifest: Manifest) -> Design:
    """The design a results folder was computed for."""
    scenarios = json.loads((folder / SCENARIOS).read_text(encoding="utf-8"))
    with (folder / POINTS).open(encoding="utf-8") as lines:
        points = [_point(json.loads(line)) for line in lines]
    return Design(
        manifest.study["design"],
        {name: from_plain(Scenario, item) for name, item in scenarios.items()},
        points,
        manifest.study["baseline"],
        _designs(folder),
    )


def _write_inputs(folder: Path, design: Design) -> None:
    make_folder(folder / INPUTS)
    scenarios = {name: asdict(item) for name, item in design.scenarios.items()}
    text = json.dumps(scenarios, ensure_ascii=False)
    write_whole(folder / SCENARIOS, text.encode())
    designs = json.dumps(_plain(design.designs), indent=1, ensure_ascii=False)
    write_whole(folder / DESIGNS, designs.encode())
    write_whole(folder / POINTS, "".join(_lines(design.points)).encode())


def _lines(points: Iterable[Point]) -> Iterator[str]:
    for point in points:
        content = {
            "number": point.number,
            "scenario": point.scenario,
            "package": point.package,
            "governance": point.governance.settings(),
            "parameters": point.parameters.changed(),
            "factors": dict(point.factors),
            "future": point.future,
            **({} if point.row is None else {"row": point.row}),
        }
        yield json.dumps(content, ensure_ascii=False) + "\n"  # factors in the design's order


def _point(content: dict[str, Any]) -> Point:
    governance = Governance(**content.pop("governance"))
    parameters = Parameters(**content.pop("parameters"))
    return Point(governance=governance, parameters=parameters, **content)


def _designs(folder: Path) -> Mapping[str, Any]:
    """What the points of a folder were drawn from, factors in their order."""
    path = folder / DESIGNS
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _plain(designs: Mapping[str, Any]) -> Any:
    """As JSON keeps it, which has no tuples."""
    return json.loads(json.dumps(dict(designs)))


def _line(content: Any) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False)


def _check_study(folder: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Raise where the folder belongs to another study, saying what differs."""
    differs = [name for name in new if old.get(name) != new[name]]
    if differs:
        said = "; ".join(f"{name} {_short(old.get(name))} there, {_short(new[name])} asked"
                         for name in differs)
        raise StoreError(f"{folder} holds results of another study: {said}. They are left as they "
                         "are; choose another folder with hydra.run.dir=")


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def _check_points(folder: Path, design: Design) -> bool:
    """Whether the design adds points to those of the folder; raises where it changes any."""
    added = False
    with (folder / POINTS).open(encoding="utf-8") as lines:
        for number, (old, new) in enumerate(zip_longest(lines, _lines(design.points))):
            added |= old is None
            if old is not None and old != new:
                what = "is not asked for" if new is None else "is another"
                raise StoreError(
                    f"{folder} holds results of another design: its point {number} {what}, and "
                    "points can be added at the end alone. They are left as they are; choose "
                    "another folder with hydra.run.dir="
                )
    return added
