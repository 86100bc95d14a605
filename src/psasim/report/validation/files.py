"""The files of a validation, in its own folder and, in a checkout, in the documents."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from psasim.errors import PsasimError
from psasim.experiment.folder.claim import check_ours
from psasim.experiment.folder.durable import (
    make_folder,
    plain_bytes,
    remove,
    write_whole,
)
from psasim.report.style import save_or_say
from psasim.report.validation.figure import pattern_chart
from psasim.report.validation.page import FIGURES, NOTICE, page
from psasim.validation.shipped import FILE, condensed
from psasim.validation.verdict import Finding

DATA, PAGE = "validation.json", "validation.md"
SHIPPED = Path("src", "psasim", "validation", FILE)
"""Verdicts that findings speak of, in a checkout."""
STAMP = "made_for"
STAMPED = b"validation"


def claim(folder: Path) -> None:
    """Make the folder a validation's; raises `InputError` where it holds other files."""
    check_ours(folder, STAMP, _is_stamped, " with --folder")
    make_folder(folder)
    write_whole(folder / STAMP, STAMPED)


def is_page(docs: Path) -> bool:
    """Whether the documents have a page that an earlier validation wrote."""
    try:
        return NOTICE.encode() in plain_bytes(docs / PAGE)
    except (OSError, PsasimError):
        return False


def write_validation(
    folder: Path, findings: Sequence[Finding], made: Mapping[str, Any]
) -> dict[str, str]:
    """Write `validation.json`, the page, and a figure for each pattern that was asked.

    Returns, by pattern, why its figure could not be drawn.
    """
    charts = {f.pattern.id: partial(pattern_chart, f) for f in findings if f.answers}
    with tempfile.TemporaryDirectory(prefix=".psasim-writing-", dir=folder) as aside:
        failed = save_or_say(charts, Path(aside))[1]
        figures = {path.name: path.read_bytes() for path in sorted(Path(aside).iterdir())}
    _write(folder, made, figures)
    return failed


def update_page(folder: Path, docs: Path, made: Mapping[str, Any]) -> None:
    """Bring the documents' page, its data and its figures (SVG), and the verdicts that are
    shipped, up to what `folder` holds."""
    figures = {f"{name}.svg": folder / FIGURES / f"{name}.svg" for name in _patterns(folder)}
    _write(docs, made, {
        name: plain_bytes(path) for name, path in figures.items() if path.exists()
    })
    shipped = docs.parent / SHIPPED
    if shipped.is_file():  # the documents of a checkout
        write_whole(shipped, condensed(made).encode())


def _write(folder: Path, made: Mapping[str, Any], figures: Mapping[str, bytes]) -> None:
    """File by file; what else is there stays, but for figures of patterns no longer asked."""
    make_folder(folder / FIGURES)
    for pattern in _patterns(folder):
        for name in (f"{pattern}.{ending}" for ending in ("svg", "png", "csv")):
            if name not in figures:
                remove(folder / FIGURES / name)
    for name, content in figures.items():
        write_whole(folder / FIGURES / name, content)
    text = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
    write_whole(folder / DATA, text.encode())
    write_whole(folder / PAGE, page(made).encode())


def _patterns(folder: Path) -> list[str]:
    """Ids of the patterns whose findings a folder holds."""
    try:
        found = json.loads(plain_bytes(folder / DATA))["patterns"]
        return [item["id"] for item in found if item["id"].isalnum()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, PsasimError):
        return []


def _is_stamped(path: Path) -> bool:
    try:
        return plain_bytes(path) == STAMPED
    except (OSError, PsasimError):
        return False
