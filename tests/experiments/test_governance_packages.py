"""The study of governance packages says what its extracts say, and they what the model does."""

from __future__ import annotations

import csv
import re
import shlex
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import psasim
from psasim.cli import main

HERE = Path(__file__).parents[2] / "experiments" / "governance_packages"


@pytest.fixture
def study():
    from experiments.governance_packages import study

    return study


def readme() -> str:
    return (HERE / "README.md").read_text(encoding="utf-8")


def rows_of(table: str) -> dict[str, list[str]]:
    """Cells by package of the table whose first head begins with `table`."""
    lines = iter(readme().splitlines())
    next(line for line in lines if line.startswith(f"| {table}"))
    next(lines)
    cells = (line.strip("| ").split(" | ") for line in iter(lambda: next(lines), ""))
    return {first.strip("`"): rest for first, *rest in cells}


def means(measure: str, baseline: str) -> dict[tuple[str, str], float]:
    """Points by scenario and package, straight from the extract."""
    with (HERE / "contrasts.csv").open(encoding="utf-8") as file:
        return {
            (row["scenario"], row["package"]): 100.0 * float(row["mean"])
            for row in csv.DictReader(file)
            if (row["measure"], row["baseline"]) == (measure, baseline)
        }


def test_readme_has_the_finding_of_the_extracts(study) -> None:
    contrasts, ledger = study.kept()
    assert study.filled(readme(), contrasts, ledger) == readme()


def test_another_number_is_another_finding(study) -> None:
    contrasts, ledger = study.kept()
    contrasts.loc[contrasts["package"] == "new_psa", "mean"] += 0.01
    assert study.finding(contrasts, ledger) not in readme()
    assert study.paragraph(contrasts) not in readme()


def test_ranks_are_those_of_the_extract(study) -> None:
    points = means("attainment", "departmental")
    table = rows_of("place by attainment")
    assert len(table) == 28
    for package, cells in table.items():
        name = f"departmental{package}" if package.startswith("+") else package
        for setting, cell in zip(study.SETTINGS, cells, strict=True):
            place, shown = re.match(r"(\d+) \(([+-][\d.]+)\)", cell).groups()
            mine = points[setting, name]
            better = sum(
                round(value, 1) > round(mine, 1)
                for (where, _), value in points.items() if where == setting
            )
            assert (int(place), float(shown)) == (better + 1, pytest.approx(mine, abs=0.0501))


def test_parts_are_those_of_the_extract(study) -> None:
    points = means("targets_met_real", "new_psa")
    table = rows_of("`new_psa` without")
    assert set(table) == set(psasim.preset("new_psa").levers_on())
    for part, cells in table.items():
        for setting, cell in zip(study.SETTINGS, cells, strict=True):
            mine = points[setting, f"new_psa less {part}"]
            assert float(cell.split()[0]) == pytest.approx(mine, abs=0.0501)


def test_command_of_the_readme_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = next(line for line in readme().splitlines() if "psasim run experiment=exp" in line)
    _, *arguments = shlex.split(line)
    monkeypatch.chdir(HERE.parents[1])
    few = ["scenario=teaching", "worlds=2", f"hydra.run.dir={tmp_path / 'out'}"]
    assert main([*arguments, *few]) == 0
    assert (tmp_path / "out" / "contrasts.csv").exists()


def test_what_is_wrong_is_told_by_the_run_itself(
    study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "experiment.yaml").write_text("presets: [newpsa]\n", encoding="utf-8")
    monkeypatch.setattr(study, "HERE", tmp_path)
    with pytest.raises(SystemExit) as stopped:
        study.run("teaching", tmp_path / "out")
    assert stopped.value.code == 2
    assert "did you mean 'new_psa'?" in capfd.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("setting", ["teaching", "offences_to_justice"])
def test_extract_is_what_the_model_does(study, setting: str, tmp_path: Path) -> None:
    """If this fails the model has moved: run it again."""
    keys = ["package", "measure"]
    now = study.extract(setting, study.run(setting, tmp_path / setting)).set_index(keys)
    kept = study.kept()[0].query("scenario == @setting").set_index(keys)
    both = pd.concat({"now": now["mean"], "kept": kept["mean"]}, axis=1)
    np.testing.assert_allclose(both["now"], both["kept"], rtol=0.0, atol=2e-3)
