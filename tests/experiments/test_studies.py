"""Every study says what its extracts say, and they what the model does."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
import yaml

from experiments.studying import END, STAMP, Study
from psasim.documents.again import steps

ROOT = Path(__file__).parents[2]
OWN_TESTS = {"governance_packages"}
NAMES = sorted({path.parent.name for path in (ROOT / "experiments").glob("*/study.py")} - OWN_TESTS)
SMALL, FUTURES = ("teaching", "child_obesity"), 16


@pytest.fixture(params=NAMES)
def study(request: pytest.FixtureRequest) -> Study:
    return import_module(f"experiments.{request.param}.study").STUDY


def small(study: Study) -> list[str]:
    """Settings by which its command takes seconds: default parameters, or few futures."""
    few = "experiment.uncertainties.points=8"
    return ["worlds=2", "months=6", "parameters=default",
            *([few] if "uncertainties" in (study.folder / "experiment.yaml").read_text() else [])]


def test_there_are_studies_and_each_is_made_again() -> None:
    assert NAMES
    assert {f"study:{name}" for name in NAMES} <= {step.name for step in steps()}


def test_the_readme_is_what_the_extracts_say(study: Study) -> None:
    assert study.filled(study.kept()) == study.readme()


def test_another_number_is_another_finding(study: Study) -> None:
    """In whichever extract: none is kept that nothing rests on."""
    for name in study.kept():
        tables = study.kept()
        table = tables[name]
        real = table.select_dtypes("float").columns.difference(["low", "high"])
        whole = table.select_dtypes("int").columns.difference(["futures", "worlds"])
        table[real] += 0.011
        table[whole] += 0 if table[real].notna().any(axis=None) else 1
        assert study.filled(tables) != study.readme(), name


def test_the_parts_that_a_reader_looks_for_are_there(study: Study) -> None:
    text = study.readme()
    for head in ("In one paragraph", "Question", "Experiment", "Run it", "Finding",
                 "What it does not show"):
        assert text.count(f"\n## {head}\n") == 1, head
    assert all(END.format(name=name) in text for name in ("paragraph", "finding", "time"))
    assert "95 %" in text.partition("## Question")[0]
    pictures = [file.name for file in study.folder.glob("*.svg")]
    assert pictures and all(f"]({name})" in text for name in pictures)
    assert set(json.loads((study.folder / STAMP).read_text())) == {"model", "runs", "seconds"}


def test_its_command_gives_what_is_kept_and_told(study: Study, tmp_path: Path) -> None:
    """In few worlds and months: the same tables, and words and pictures for whatever comes out."""
    results = study.run(tmp_path / "out", *small(study))
    tables = study.extract(results)
    kept = study.kept()
    assert set(tables) == set(kept)
    for name, table in tables.items():
        assert list(table) == list(kept[name])
        if len(table) < len(kept[name]):  # a row a future, of which there are few here
            kept[name] = kept[name].head(len(table))
        words = [column for column in table if kept[name][column].dtype == object]
        assert table[words].fillna("").equals(kept[name][words].fillna("")), name
    assert study.filled(tables) != study.readme()
    assert study.draw(tables)


def part(study: Study) -> list[str]:
    """A small setting or two of several, or the first futures of one: a Sobol' sequence begins
    with them."""
    text = (study.folder / "experiment.yaml").read_text(encoding="utf-8")
    if scenarios := yaml.safe_load(text).get("experiment", {}).get("scenarios"):
        small = [name for name in SMALL if name in scenarios] or scenarios[-1:]
        return [f"experiment.scenarios=[{','.join(small)}]"]
    return [f"experiment.uncertainties.points={FUTURES}"] if "design: sobol" in text else []


@pytest.mark.slow
def test_extracts_are_what_the_model_does(study: Study, tmp_path: Path) -> None:
    """In a part, to the last digit kept.  If this fails the model has moved: make it again."""
    results = study.run(tmp_path / "out", *part(study))
    for name, table in study.extract(results).items():
        kept = study.kept()[name]
        if "future" in kept:
            table, kept = table.head(FUTURES), kept.head(FUTURES)
        elif "scenario" in kept:
            kept = kept[kept["scenario"].isin(table["scenario"])].reset_index(drop=True)
        else:
            continue
        words = [column for column in table if table[column].dtype == object
                 or pd.api.types.is_string_dtype(table[column])]
        table, kept = (each.assign(**{w: each[w].fillna("").astype(str) for w in words})
                       for each in (table, kept))
        pd.testing.assert_frame_equal(table, kept, atol=6e-7, rtol=0.0, check_dtype=False)
