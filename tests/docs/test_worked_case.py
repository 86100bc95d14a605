"""Every command of the worked case in docs/analysis.md works, on the files of its folder."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from psasim import open_results
from psasim.cli import main
from psasim.report.page.standing import Standing
from psasim.scenario import load_scenario

ROOT = Path(__file__).parents[2]
CASE = ROOT / "experiments" / "rough_sleeping"
SMALL = ["worlds=20", "months=6", "backend=serial"]
FEW = "experiment.uncertainties.points=24"


def section() -> str:
    text = (ROOT / "docs" / "analysis.md").read_text(encoding="utf-8")
    return text.partition("## A case from blank page to sent report")[2].partition("\n## ")[0]


def commands() -> list[list[str]]:
    return [shlex.split(line)[1:] for line in re.findall(r"^    (psasim .*)$", section(), re.M)]


def test_every_command_from_the_blank_page_to_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As they stand, in fewer months and futures; first a scenario is written, then the case's."""
    monkeypatch.chdir(tmp_path)
    asked = commands()
    assert [command[0] for command in asked] == [
        "new", "run", "design", "run", "analyse", "report"]
    for command in asked:
        whole = "experiment=experiment.yaml" in command
        more = [*SMALL, *([FEW] if whole else [])] if command[0] in ("run", "design") else []
        more = [item for item in more if item.split("=")[0] not in str(command)]
        given = ["parameters=default" if x == "parameters=plausible" else x for x in command]
        assert main([*given, *more]) == 0, command
        if command[0] == "new":
            for file in ("rough_sleeping.yaml", "experiment.yaml"):
                shutil.copyfile(CASE / file, tmp_path / file)
    page = (tmp_path / "answer" / "report" / "report.html").read_text(encoding="utf-8")
    results = open_results("answer")
    table = results.ranking().set_index("package")
    first = table["first_alone"] + table["first_tied"]
    often = set(first.index[first >= 0.1]) - {"departmental"}
    assert often and often <= set(Standing(results).contenders())
    assert "does best on average" in page or "none is shown to do better" in page
    said = capsys.readouterr().out
    assert "Does the ranking survive?" in said and "No answer" not in said


def test_what_the_page_shows_of_its_files_stands_in_them() -> None:
    """Keys and ends of the excerpts are those of the files."""
    experiment = (CASE / "experiment.yaml").read_text(encoding="utf-8")
    for line in re.findall(r"^  (.*)$", section().split("```yaml")[2].split("```")[0], re.M):
        assert line.strip() in experiment, line
    ranges = {fact.path: (fact.low, fact.high) for fact in load_scenario(
        CASE / "rough_sleeping.yaml").facts if fact.low is not None}
    assert ranges["outcomes.RoughSleeping.technology"] == (-3.0, 0.5)
    assert "low: -3, high: 0.5" in section()


def test_every_number_of_the_case_has_an_origin() -> None:
    scenario = load_scenario(CASE / "rough_sleeping.yaml")
    told = {fact.path for fact in scenario.facts}
    assert {f"departments.{d.key}.capacity" for d in scenario.departments} <= told
    for name in ("technology", "planned_effort", "target_month", "stretch", "drift"):
        assert f"outcomes.RoughSleeping.{name}" in told
    assert all(fact.note for fact in scenario.facts if fact.source == "assumption")
