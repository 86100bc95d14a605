"""What a folder's runs were given, in full: scenarios, design points, and
what these were drawn from.

The manifest has their digests.  Points may be added at the end, so of theirs it has the
digest of so many as it counts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.errors import StoreError
from psasim.experiment.design.points import Design, Point
from psasim.experiment.folder.durable import check_plain, plain_bytes
from psasim.experiment.folder.part import Block
from psasim.experiment.folder.plain import from_plain
from psasim.extensions import recalled
from psasim.results.measures import recall_measures
from psasim.scenario.family import member_like
from psasim.scenario.schema import Member, Scenario

INPUTS = "inputs"
POINTS, SCENARIOS = f"{INPUTS}/points.jsonl", f"{INPUTS}/scenarios.json"
DESIGNS = f"{INPUTS}/designs.json"


@dataclass(frozen=True, slots=True)
class Counted:
    """So many design points, and the digest of their lines."""

    number: int
    digest: str


def digest(content: bytes) -> str:
    """Content hash, 16 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()[:16]


def json_line(content: Any) -> str:
    """JSON whose bytes depend on the content alone."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False)


def point_lines(points: Iterable[Point]) -> Iterator[bytes]:
    """A line of JSON for each point."""
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
            **({"facts": dict(point.facts)} if point.facts else {}),
        }
        # factors in the design's order
        yield json.dumps(content, ensure_ascii=False).encode() + b"\n"


def counted(lines: Iterable[bytes], number: int | None = None) -> Counted:
    """The first `number` lines, or all, counted and hashed."""
    seen = hashlib.sha256()
    count = 0
    for line in lines:
        if count == number:
            break
        seen.update(line)
        count += 1
    return Counted(count, seen.hexdigest()[:16])


def whole_files(design: Design) -> dict[str, bytes]:
    """Inputs but for the points, by name."""
    scenarios = {name: asdict(item) for name, item in design.scenarios.items()}
    designs = json.dumps(dict(design.designs), indent=1, ensure_ascii=False)
    return {
        SCENARIOS: json.dumps(scenarios, ensure_ascii=False).encode(), DESIGNS: designs.encode(),
    }


def counted_file(folder: Path, number: int | None = None) -> Counted | None:
    """The first points in a folder's file, or all; None where there is none."""
    try:
        check_plain(folder / POINTS)
    except FileNotFoundError:
        return None
    with (folder / POINTS).open("rb") as lines:
        return counted(lines, number)


class Stamps:
    """What the parts of a study say of themselves.

    kept: what of the manifest is fixed, from which it can be made again; lines: gives the
    lines of some points.
    """

    def __init__(
        self, kept: Mapping[str, Any], lines: Callable[[range], Iterable[bytes]]
    ) -> None:
        self._kept = kept
        self._settings = cache(lambda points: counted(lines(points)).digest)

    def of(self, block: Block) -> bytes:
        """The stamp of the part that holds a block."""
        points, worlds = block.points, block.worlds
        return json_line({
            **self._kept, "points": [points.start, points.stop],
            "worlds": [worlds.start, worlds.stop], "settings": self._settings(points),
        }).encode()


def read_files(
    folder: Path, points: Counted, files: Mapping[str, str]
) -> tuple[dict[str, bytes], list[bytes]]:
    """Inputs by name, and the lines of the points; raises `StoreError` where they are not
    those of the manifest."""
    found = {name: _checked(folder / name, expected) for name, expected in files.items()}
    lines = _bytes(folder / POINTS).splitlines(keepends=True)[: points.number]
    if counted(lines) != points:
        raise _damaged(folder / POINTS)
    return found, lines


def design_of(
    study: Mapping[str, Any], files: Mapping[str, bytes], lines: Sequence[bytes]
) -> Design:
    """The design that inputs tell of; raises what their content makes Python raise."""
    scenarios = json.loads(files[SCENARIOS])
    own = recalled(study.get("extensions", {}))
    recall_measures(own.measures)  # and levers, before points that set them are read
    return Design(
        study["design"],
        {name: _scenario(item) for name, item in scenarios.items()},
        [_point(json.loads(line)) for line in lines],
        study["baseline"],
        json.loads(files[DESIGNS]),
        own,
    )


def _scenario(content: dict[str, Any]) -> Scenario:
    """As it is stored; a member of the family only if the same structure still makes it."""
    if "structure" not in content:
        return from_plain(Scenario, content)
    stored = from_plain(Member, content)
    if replace(stored, facts=()) != member_like(stored, stored.structure):
        raise ValueError(f"another version of psasim made another {stored.name} of the structure")
    return stored


def _checked(path: Path, expected: str) -> bytes:
    content = _bytes(path)
    if digest(content) != expected:
        raise _damaged(path)
    return content


def _bytes(path: Path) -> bytes:
    try:
        return plain_bytes(path)
    except FileNotFoundError:
        raise _damaged(path) from None


def _damaged(path: Path) -> StoreError:
    return StoreError(f"{path} is damaged or lost (the manifest has another digest of it); give "
                      "the command of the folder's record.json again, which writes it anew")


def _point(content: dict[str, Any]) -> Point:
    governance = Governance(**content.pop("governance"))
    parameters = Parameters(**content.pop("parameters"))
    return Point(governance=governance, parameters=parameters, **content)
