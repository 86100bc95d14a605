"""The files of a validation, in its own folder and, in a checkout, in the documents."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from psasim.report.style import save, styled
from psasim.report.validation.figure import pattern_chart
from psasim.report.validation.page import FIGURES, page
from psasim.validation.verdict import Finding

DATA, PAGE = "validation.json", "validation.md"


def write_validation(folder: Path, findings: Sequence[Finding], made: Mapping[str, Any]) -> None:
    """Write `validation.json`, the page, and a figure for each pattern that was asked."""
    figures = folder / FIGURES
    shutil.rmtree(figures, ignore_errors=True)
    figures.mkdir(parents=True)
    with styled():
        for finding in findings:
            if finding.answers:
                save(pattern_chart(finding), figures)
    _write(folder, made)


def update_page(folder: Path, docs: Path, made: Mapping[str, Any]) -> None:
    """Bring the documents' page, its data and its figures (SVG) up to what `folder` holds."""
    figures = docs / FIGURES
    shutil.rmtree(figures, ignore_errors=True)
    figures.mkdir()
    for file in sorted((folder / FIGURES).glob("*.svg")):
        shutil.copyfile(file, figures / file.name)
    _write(docs, made)


def _write(folder: Path, made: Mapping[str, Any]) -> None:
    text = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
    (folder / DATA).write_text(text, encoding="utf-8", newline="\n")
    (folder / PAGE).write_text(page(made), encoding="utf-8", newline="\n")
