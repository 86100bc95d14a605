"""What a results folder holds: the study it belongs to, and the digests of its inputs.

`manifest.json` is the first file of a folder and says that it is psasim's.  Points may be
added at the end of a design; anything else that is changed is another study, and another
folder.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psasim
from psasim.errors import PsasimError, StoreError
from psasim.experiment.design.points import Design
from psasim.experiment.folder.durable import make_folder, plain_bytes, write_whole
from psasim.experiment.folder.inputs import (
    INPUTS,
    POINTS,
    Counted,
    Stamps,
    counted,
    counted_file,
    digest,
    json_line,
    point_lines,
    whole_files,
)
from psasim.experiment.folder.part import named_parts, sound_bytes, stamp_of
from psasim.extensions import told
from psasim.fingerprint import bit_fingerprint, model_digest
from psasim.results.measures import MEASURES

SCHEMA = 2
MANIFEST, RUNS = "manifest.json", "runs.parquet"
ELSEWHERE = "choose another folder with hydra.run.dir="


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
    """study: what decides the numbers, by name; shape: of the parts; points, files: digests
    of the inputs."""

    study: Mapping[str, Any]
    shape: Shape
    fingerprint: str
    points: Counted
    files: Mapping[str, str]

    def text(self) -> str:
        content = {
            "schema": SCHEMA,
            "content": self.content,
            "study": self.study,
            "block": asdict(self.shape),
            "bit_fingerprint": self.fingerprint,
            "points": asdict(self.points),
            "inputs": self.files,
        }
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"

    @property
    def content(self) -> str:
        """Digest of the study."""
        return digest(json_line(self.study).encode())

    @property
    def model(self) -> str:
        """Digest of the model that gave the numbers."""
        return str(self.study["model"])

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of the measures that its runs have: psasim's own, then those of one's own."""
        own = self.study.get("extensions", {}).get("measures", ())
        return (*MEASURES.shipped, *(item["name"] for item in own))

    def stamps(self, lines: Callable[[range], Iterable[bytes]]) -> Stamps:
        """What parts of this study say of themselves; lines: of some of its points."""
        return Stamps(
            {"study": self.content, "block": asdict(self.shape),
             "bit_fingerprint": self.fingerprint}, lines,
        )


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
            name: digest(json_line(asdict(item)).encode())
            for name, item in design.scenarios.items()
        },
        **({"extensions": own} if (own := told(design.extensions)) else {}),
    }


def design_stamps(manifest: Manifest, design: Design) -> Stamps:
    """What parts of a design say of themselves."""
    return manifest.stamps(lambda points: point_lines(design.points[points.start : points.stop]))


def settle(
    folder: Path, design: Design, seed: int, months: int
) -> tuple[Manifest, dict[str, str]]:
    """The folder's manifest and inputs, as this design has them, and what had to be mended.

    Raises `StoreError` where the folder belongs to another study, or holds the bits of
    a machine that rounds otherwise.
    """
    study = study_of(design, seed, months)
    mended: dict[str, str] = {}
    if _content(folder / MANIFEST) is not None:
        manifest = read_manifest(folder)
    else:
        manifest = _new(design, study, shape_of(len(design.points)), bit_fingerprint())
        if named_parts(folder / RUNS):
            manifest = _remade(folder, design, study)
            mended[MANIFEST] = "was lost and is made again of the command and the parts"
        write_whole(folder / MANIFEST, manifest.text().encode())
    _check_study(folder, manifest.study, study)
    if manifest.fingerprint != bit_fingerprint():
        raise StoreError(
            f"{folder} holds numbers of bit fingerprint {manifest.fingerprint}, and this "
            f"computer gives {bit_fingerprint()}: one of the two rounds otherwise than any machine "
            "psasim was tried on, and one folder never mixes bits; go on where it was begun, or "
            f"{ELSEWHERE}"
        )
    return _settle_inputs(folder, design, manifest, mended), mended


def is_manifest(path: Path) -> bool:
    """Whether a file is the manifest of a results folder, or the runs beside it are psasim's."""
    content = _content(path)
    return bool(content) or (content is None and bool(named_parts(path.parent / RUNS)))


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a results folder; raises `StoreError` if it is not one."""
    path = folder / MANIFEST
    content = _content(path)
    if not folder.exists():
        raise StoreError(f"{folder}: there is no such folder; check the spelling of the path")
    if content is None and not path.exists():
        saved = ("; its runs were saved from memory: pandas.read_parquet reads runs.parquet"
                 if (folder / "record.json").is_file() and (folder / RUNS).is_dir() else "")
        raise StoreError(f"{folder} holds no results of psasim: there is no {MANIFEST}{saved}")
    if not content:
        raise StoreError(f"{path} cannot be read; give the command that made the folder again, "
                         "which makes it anew where runs are kept, or choose another folder")
    _check_schema(path, content)
    try:
        manifest = Manifest(
            content["study"], Shape(**content["block"]), content["bit_fingerprint"],
            Counted(**content["points"]), content["inputs"],
        )
        assert manifest.measures
    except (AttributeError, KeyError, TypeError):
        raise StoreError(f"{path} lacks what a manifest has; restore it, or {ELSEWHERE}") from None
    if manifest.content != content.get("content"):
        raise StoreError(f"{path} was changed: its study has another digest; restore it, take it "
                         f"away and give the command that made the folder again, or {ELSEWHERE}")
    return manifest


def _content(path: Path) -> dict[str, Any] | None:
    """A manifest's JSON; none where it is lost or not whole, empty where it is not psasim's."""
    try:
        content = json.loads(plain_bytes(path))
    except (FileNotFoundError, ValueError):
        return None
    is_ours = isinstance(content, dict) and {"schema", "bit_fingerprint"} <= content.keys()
    return content if is_ours else {}


def _check_schema(path: Path, content: Mapping[str, Any]) -> None:
    schema = content["schema"]
    if schema != SCHEMA:
        study = content.get("study")
        version = study.get("version") if isinstance(study, dict) else None
        edition = "an earlier" if isinstance(schema, int) and schema < SCHEMA else "another"
        raise StoreError(
            f"{path} is of schema {str(schema)[:20]}, and this psasim reads {SCHEMA}: {edition} "
            f"edition{f', psasim {version},' if version else ''} made the folder, and reads it; "
            "record.json there has its commit, and the command that makes such runs with this one")


def _new(design: Design, study: Mapping[str, Any], shape: Shape, fingerprint: str) -> Manifest:
    files = {name: digest(content) for name, content in whole_files(design).items()}
    return Manifest(study, shape, fingerprint, counted(point_lines(design.points)), files)


def _remade(folder: Path, design: Design, study: Mapping[str, Any]) -> Manifest:
    """The manifest of a folder that lost it, where its parts are of this very study."""
    made: Manifest | None = None
    for part in named_parts(folder / RUNS):
        try:
            stamp = stamp_of(sound_bytes(part))
            told = json.loads(stamp or b"{}")
            made = made or _new(design, study, Shape(**told["block"]), told["bit_fingerprint"])
        except (PsasimError, KeyError, TypeError):
            continue  # damaged, and computed again if others tell the study
        if design_stamps(made, design).of(part.block) != stamp:
            made = None
            break
    if made is None:
        raise StoreError(f"{folder / RUNS} holds runs, and no {MANIFEST} tells their study, which "
                         f"is not this one; restore it, or {ELSEWHERE}")
    return made


def _settle_inputs(
    folder: Path, design: Design, manifest: Manifest, mended: dict[str, str]
) -> Manifest:
    """Inputs and their digests brought up to the design's."""
    first = counted(point_lines(design.points), manifest.points.number)
    if first != manifest.points:
        raise _another_design(folder, design, manifest)
    make_folder(folder / INPUTS)
    begun = bool(named_parts(folder / RUNS))
    now = _new(design, manifest.study, manifest.shape, manifest.fingerprint)
    if counted_file(folder, first.number) != first and begun:
        mended[POINTS] = "was damaged or lost and is written again"
    if counted_file(folder) != now.points:
        write_whole(folder / POINTS, b"".join(point_lines(design.points)))
    for name, content in whole_files(design).items():
        if not _holds(folder / name, content):
            if begun and manifest.files.get(name) == digest(content):
                mended[name] = "was damaged or lost and is written again"
            write_whole(folder / name, content)
    if now != manifest:
        write_whole(folder / MANIFEST, now.text().encode())
    return now


def _holds(path: Path, content: bytes) -> bool:
    try:
        return plain_bytes(path) == content
    except FileNotFoundError:
        return False


def _check_study(folder: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Raise where the folder belongs to another study, saying what differs."""
    differs = [name for name in {**new, **old} if old.get(name) != new.get(name)]
    if differs:
        said = "; ".join(f"{name} {_short(old.get(name))} there, {_short(new.get(name))} asked"
                         for name in differs)
        is_model = set(differs) <= {"version", "model"}
        what = "of another version of the model" if is_model else "of another study"
        raise StoreError(f"{folder} holds results {what}: {said}. They are left as they are, and "
                         f"`psasim results` reads them; {ELSEWHERE}")


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def _another_design(folder: Path, design: Design, manifest: Manifest) -> StoreError:
    """Points can be added at the end alone: what else was asked for."""
    said = f"its {POINTS} is damaged, and other points are asked for"
    if counted_file(folder, manifest.points.number) == manifest.points:
        with (folder / POINTS).open("rb") as old:
            lines = point_lines(design.points)
            number = next(n for n, line in enumerate(old) if line != next(lines, None))
        what = "is not asked for" if number >= len(design.points) else "is another"
        said = f"its point {number} {what}"
    return StoreError(f"{folder} holds results of another design: {said}, and points can be added "
                      f"at the end alone. They are left as they are; {ELSEWHERE}")
