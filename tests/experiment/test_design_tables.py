"""Points of a user's own, in a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from psasim.config import RunConfig, defaults, run_config
from psasim.declared.levers import Governance
from psasim.declared.presets import preset
from psasim.errors import InputError


def _config(section: str, file: Path, **experiment: Any) -> RunConfig:
    settings = defaults()
    settings["scenario"]["name"] = "teaching"
    design = {"design": "table", "file": str(file)}
    settings["experiment"] |= {"name": "mine", section: design, **experiment}
    return run_config(settings)


@pytest.fixture
def table(tmp_path: Path):
    def write(*lines: str) -> Path:
        file = tmp_path / "mine.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file

    return write


def test_futures_of_ones_own(table) -> None:
    config = _config("uncertainties", table("inertia,parameters.urgency", "0.1,1", "0.2,3"),
                     presets=["new_psa"])
    assert len(config.points) == 4
    assert {(p.parameters["inertia"], p.parameters["urgency"]) for p in config.points} == {
        (0.1, 1), (0.2, 3),
    }


def test_what_a_spreadsheet_leaves_behind_does_no_harm(table) -> None:
    plain = _config("uncertainties", table("inertia,urgency", "0.1,1", "0.2,3"))
    left = table("\ufeff inertia , urgency ,,", "", ",,,", "0.1, 1,,", '"0.2",3,,', ",,,", "")
    assert list(_config("uncertainties", left).points) == list(plain.points)


def test_packages_of_ones_own(table) -> None:
    config = _config("levers", table("lead,lead.kind,sanctions", "1,two,0", "0.5,single,1"))
    assert list(config.packages) == ["departmental", "departmental-1", "departmental-2"]
    assert config.packages["departmental-1"] == Governance(lead={"strength": 1, "kind": "two"},
                                                           sanctions=0)


def test_whole_points_name_their_package_and_scenario(table) -> None:
    config = _config("points", table(
        "scenario,package,sanctions,inertia", "teaching,new_psa,0,0.1",
        "child_obesity,strict,1,0.1",
    ), scenarios=["teaching", "child_obesity"])
    found = [(p.scenario, p.package, p.governance, p.parameters["inertia"]) for p in config.points]
    assert found == [
        ("teaching", "departmental", preset("departmental"), 0.1),
        ("teaching", "new_psa", preset("new_psa"), 0.1),
        ("child_obesity", "departmental", preset("departmental"), 0.1),
        ("child_obesity", "strict", Governance(sanctions=1), 0.1),
    ]


def test_rows_added_are_points_added_at_the_end(table) -> None:
    """So that a results folder computes them alone."""
    rows = ["sanctions,inertia", "0.5,0.1", "1,0.1"]
    before = list(_config("points", table(*rows)).points)
    after = list(_config("points", table(*rows, "1,0.2")).points)
    assert [p.number for p in after] == list(range(len(before) + 2))
    assert after[: len(before)] == before


@pytest.mark.parametrize("lines, words", [
    (["inertia", "0.1", "4"],
     "mine.csv line 3, column parameters.inertia = 4 is above its upper bound 1 (per month)"),
    (["inertia", "0.1", "much"], "line 3, column parameters.inertia = 'much' is not a number"),
    (["inertia", "nan"], "line 2, column parameters.inertia = 'nan' is not a number"),
    (["inertia,urgency", "0.1,1", "0.1,"], "line 3, column parameters.urgency is empty"),
    (["inertia,urgency", "0.1"], "line 2: 1 cells under 2 columns, none for parameters.urgency"),
    (["inertai", "0.1"], "line 1: unknown name 'inertai'; did you mean 'inertia'?"),
    (["Inertia,urgency", "0.1,1"], "mine.csv line 1: unknown name 'Inertia'; did you mean 'iner"),
    (["inertia;urgency", "0.1;1"], "line 1: columns are separated by semicolons"),
    (["inertia\turgency", "0.1\t1"], "line 1: columns are separated by tabs"),
    (["inertia,urgency", "", "0,1,1"], "line 3: 3 cells under 2 columns"),
    (["inertia", '"0,1"'], "parameters.inertia = '0,1' is not a number (per month); write 0.1"),
    (["sanctions", "0.1"], "sanctions is varied in experiment.levers"),
    (["inertia,parameters.inertia", "0.1,0.1"], "column 'parameters.inertia' stands twice"),
    (["inertia"], "mine.csv: has a header but no rows"),
])
def test_refused(table, lines: list[str], words: str) -> None:
    with pytest.raises(InputError) as refused:
        _config("uncertainties", table(*lines), presets=["new_psa"])
    assert words in str(refused.value)


@pytest.mark.parametrize("lines, words", [
    (["package,sanctions", "new_psa,1"], "package new_psa is already another one"),
    (["package,sanctions", "a,1", "a,0.5"], "point 2: package a is already another one"),
    (["package,sanctions", "=a,1"], "line 2, column package = '=a' begins with =; begin with"),
    (["scenario,sanctions", "teachin,1"], "did you mean 'teaching'?"),
    (["sanctions.size,inertia", "0.5,0.1"], "governance.sanctions.size changes nothing"),
    (["lead,lead.kind", "1,tow"], "line 2, column governance.lead.kind = 'tow' is not one of"),
])
def test_whole_points_refused(table, lines: list[str], words: str) -> None:
    with pytest.raises(InputError) as refused:
        _config("points", table(*lines))
    assert words in str(refused.value)


def test_files_that_are_no_tables(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: no such file"):
        _config("points", tmp_path / "none.csv")
    empty, picture = tmp_path / "empty.csv", tmp_path / "picture.csv"
    empty.touch()
    picture.write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(InputError, match="is empty"):
        _config("points", empty)
    with pytest.raises(InputError, match="is not UTF-8"):
        _config("points", picture)
