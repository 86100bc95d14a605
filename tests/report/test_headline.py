"""Everything that is said of a comparison follows one measure, named before it was run."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import psasim as ps
from psasim.cli import main
from psasim.config import defaults, run_config
from psasim.errors import InputError
from psasim.experiment.folder.reader import open_results
from psasim.report import findings, table
from psasim.report.figures import forest_chart
from psasim.report.names import by_headline
from psasim.results.measures import MEASURES
from psasim.results.places import places
from psasim.results.results import Results

ADDED = "departmental+lead"
FEW = ["scenario=teaching", "worlds=3", "months=6", "governance=new_psa"]


def asked(**changes: Any) -> dict[str, Any]:
    """Settings that say what is compared."""
    settings = defaults() | changes
    settings["scenario"]["name"] = "teaching"
    settings["experiment"] |= {"name": "one", "presets": ["new_psa"]}
    return settings


def test_places_of_equals_are_shared() -> None:
    """Over a column: 0.3 beats two that tie, and what a sum's rounding moves is no difference."""
    values = np.array([[0.2, 1.0], [0.3, 1.0], [0.1 + 0.1, 1.0], [0.1, 0.0]])
    values[2, 0] += 1e-15
    place, sharing = places(values, 1)
    assert place.tolist() == [[2, 1], [1, 1], [2, 1], [4, 4]]
    assert sharing.tolist() == [[2, 3], [1, 3], [2, 3], [1, 1]]
    assert places(values, -1)[0].tolist() == [[2, 2], [4, 2], [2, 2], [1, 1]]


@pytest.mark.parametrize("name, said", [
    ("attainmnt", "did you mean 'attainment'?"),
    ("slack", "neither more nor less of it is declared to be better"),
    (3, "is not the name of a measure"),
])
def test_what_is_no_headline_is_refused(name: object, said: str) -> None:
    for ask in (lambda: ps.compare(["new_psa"], headline=name),
                lambda: run_config(asked(headline=name))):
        with pytest.raises(InputError, match="headline"):
            ask()
    with pytest.raises(InputError) as refused:
        ps.simulate("teaching", headline=name)
    assert said in str(refused.value)


def test_order_table_findings_and_figure_follow_it(
    results: Results, plant: Callable[..., Results]
) -> None:
    """Time to target is better the less; attainment says the reverse."""
    both = plant(replace(plant(results, new_psa=0.2, **{ADDED: 0.1}), headline="time_to_target"),
                 new_psa=3.0, **{ADDED: -3.0})
    assert by_headline(both) == [ADDED, "departmental", "new_psa"]
    assert by_headline(replace(both, headline="attainment")) == ["new_psa", ADDED, "departmental"]
    assert "\nTime to target: " in table(both)
    said = findings(both)
    assert f"{ADDED} is lowest in time to target (months), -3.000" in said
    assert "1 does better than departmental, 1 worse" in said
    assert forest_chart(both).title.startswith(f"{ADDED} is lowest in time to target (months)")


@pytest.mark.parametrize("level, end", [(0.0, "floor"), (1.0, "ceiling")])
def test_packages_at_an_end_of_it_are_told(results: Results, level: float, end: str) -> None:
    """Attainment is the same for all; the uncut one tells them apart."""
    flat = np.full(results.worlds, level)
    parts = {
        name: replace(part, measures={
            **part.measures, "attainment": flat, "attainment_uncut": flat * (1.0 + 0.1 * i) - i})
        for i, (name, part) in enumerate(results.parts.items())
    }
    said = findings(replace(results, parts=parts))
    assert f"Warning: all 3 packages sit at the {end} of attainment (of target)" in said
    assert "attainment_uncut" in said
    assert "Warning" not in findings(results)


def test_attainment_uncut_counts_what_is_above_the_target() -> None:
    runs = ps.compare(["departmental", "new_psa"], scenario="teaching", worlds=6)
    frame = runs.to_frame()
    assert (frame["attainment_uncut"] >= frame["attainment"] - 1e-12).any()
    np.testing.assert_allclose(frame["attainment_uncut"], frame["attainment"] + frame["overshoot"],
                               atol=1e-12)
    assert MEASURES["attainment_uncut"].good == 1


def test_the_record_keeps_it_and_no_number_moves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    run = ["run", *FEW, f"hydra.run.dir={folder}"]
    assert main([*run, "headline=worst_outcome"]) == 0
    assert json.loads((folder / "record.json").read_text("utf-8"))["config"]["headline"] == (
        "worst_outcome")
    runs = {p.name: p.read_bytes() for p in (folder / "runs.parquet").iterdir()}
    capsys.readouterr()
    assert main(["results", str(folder)]) == 0
    assert "in worst outcome (of target)" in " ".join(capsys.readouterr().out.split())
    assert main(["results", str(folder), "--headline", "trust"]) == 0
    assert "in trust (fraction)" in " ".join(capsys.readouterr().out.split())
    assert main(run) == 0
    assert {p.name: p.read_bytes() for p in (folder / "runs.parquet").iterdir()} == runs
    assert open_results(folder).headline == "attainment"
    with pytest.raises(InputError, match="neither more nor less"):
        open_results(folder, "slack")


def test_precision_follows_it_unless_told_otherwise() -> None:
    settings = asked(headline="trust", precision={"width": 0.1})
    assert run_config(settings).precision.measures == ("trust",)
    settings["precision"]["measures"] = ["targets_met_real"]
    assert run_config(settings).precision.measures == ("targets_met_real",)
    assert run_config(settings).settings()["headline"] == "trust"
