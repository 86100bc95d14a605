"""Every design that docs/designs.md shows can be asked for as it stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from psasim.config import defaults, run_config
from psasim.experiment.design.designs import PLANS

DOCUMENT = Path(__file__).parents[2] / "docs" / "designs.md"


def _blocks() -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)


def _experiments() -> list[dict[str, Any]]:
    """Whole files, and single lines of those blocks that list alternatives."""
    found = []
    for block in _blocks():
        keys = re.findall(r"^(\w+):", block, re.MULTILINE)
        alternatives = len(set(keys)) < len(keys)
        for text in block.splitlines() if alternatives else [block]:
            content = yaml.safe_load(text)
            experiment = content.get("experiment", content)
            found.append({"scenario": content.get("scenario", "teaching"), **experiment})
    return found


def test_every_design_is_shown() -> None:
    shown = {
        section["design"] for experiment in _experiments() for section in experiment.values()
        if isinstance(section, dict) and "design" in section
    }
    assert shown == {*PLANS, "table"}


@pytest.mark.parametrize("experiment", _experiments(), ids=str)
def test_example(experiment: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "futures.csv").write_text("inertia\n0.1\n0.2\n", encoding="utf-8")
    for section in experiment.values():
        if isinstance(section, dict) and "file" in section:
            section["file"] = str(tmp_path / section["file"])
    settings = defaults()
    rest = {key: value for key, value in experiment.items() if key != "scenario"}
    settings["scenario"]["name"] = experiment["scenario"]
    settings["experiment"] |= {"name": "shown", "presets": ["new_psa"], **rest}
    assert len(run_config(settings).points) > 1
