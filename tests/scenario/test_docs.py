"""The examples of docs/scenarios.md work."""

from __future__ import annotations

import re
from pathlib import Path

from psasim.scenario import load_scenario, scenario_names

TEXT = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")


def test_the_examples_make_one_scenario(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    assert len(blocks) == 3
    file = tmp_path / "mine.yaml"
    file.write_text(blocks[0], encoding="utf-8")
    assert len(load_scenario(file).contributions) == 2
    file.write_text("".join(blocks), encoding="utf-8")
    scenario = load_scenario(file)
    assert scenario.name == "mine"
    assert len(scenario.bodies) == 2
    assert len(scenario.facts) == 4


def test_the_table_names_every_shipped_scenario() -> None:
    assert tuple(sorted(re.findall(r"^\| `(\w+)`", TEXT, re.MULTILINE))) == scenario_names()
