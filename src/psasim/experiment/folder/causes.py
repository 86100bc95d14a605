"""Why runs are missing: each cause once, with the runs it took."""

from __future__ import annotations

from typing import Any

from psasim.experiment.folder.reader import StoredResults

CAUSE = ("origin", "error", "traceback")


def causes(results: StoredResults) -> list[dict[str, Any]]:
    """Origin, error and traceback, JSON-ready, each with its number of runs and its points:
    point, scenario, package, and the first and last world of every stretch of worlds."""
    found: dict[tuple[str, ...], dict[int, tuple[dict[str, Any], list[int]]]] = {}
    for record in results.failures():
        points = found.setdefault(tuple(record[name] for name in CAUSE), {})
        points.setdefault(record["point"], (record, []))[1].append(record["world"])
    return [
        {
            "runs": sum(len(worlds) for _, worlds in points.values()),
            **dict(zip(CAUSE, cause, strict=True)),
            "points": [
                {"point": number, "scenario": record["scenario"], "package": record["package"],
                 "worlds": stretches(sorted(worlds))}
                for number, (record, worlds) in sorted(points.items())
            ],
        }
        for cause, points in found.items()
    ]


def stretches(numbers: list[int]) -> list[list[int]]:
    """First and last of each stretch of numbers that follow each other: 1 2 3 7 is 1-3, 7-7."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found
