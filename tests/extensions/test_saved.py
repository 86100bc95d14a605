"""Results in memory are saved with all that they rest on, own rules too."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import psasim as ps
from psasim.errors import StoreError
from tests.extensions import rules

GIVEN = {"scenario": "teaching", "worlds": 3, "months": 4}


class Counts(ps.Rule):
    """Remembers how often it was asked."""

    def begin(self):
        self.asked = np.zeros((1, self.runs))

    def allocate(self, outlook):
        self.asked = self.asked + 1.0
        return super().allocate(outlook)

    def memory(self):
        return {"asked": self.asked}


def test_the_whole_record_is_there(tmp_path: Path) -> None:
    results = ps.compare({"led": {"lead": 1}}, **GIVEN, extensions=[Counts],
                         parameters_of={"led": {"inertia": 0.1}})
    place = ps.save(results, tmp_path / "out", command="python paper.py")
    record = json.loads((place / "record.json").read_text(encoding="utf-8"))
    assert record["digest"] == results.digest and record["command"] == "python paper.py"
    assert record["config"]["parameters_of"]["led"]["inertia"] == 0.1
    assert record["config"]["extensions"][0]["name"] == "Counts"
    assert {"versions", "commit", "bit_fingerprint", "sources"} <= set(record)
    runs = pd.read_parquet(place / "runs.parquet")
    assert np.array_equal(np.sort(runs["attainment"]), np.sort(results.to_frame()["attainment"]))
    assert np.load(place / "beside" / "memory.npz")["led/asked"].tolist() == [[4.0] * 3]
    text = (place / "beside" / "extensions.txt").read_text(encoding="utf-8")
    assert "class Counts(ps.Rule)" in text and record["config"]["extensions"][0]["source"] in text
    scenario = json.loads((place / "beside" / "scenario.json").read_text(encoding="utf-8"))
    assert scenario["name"] == "teaching" and scenario["contributions"]
    assert "@software{psasim" in (place / "beside" / "sources.bib").read_text(encoding="utf-8")


def test_it_saves_again_and_not_over_what_is_not_its_own(tmp_path: Path) -> None:
    results = ps.compare(["new_psa"], **GIVEN)
    ps.save(results, tmp_path / "out")
    ps.save(results, tmp_path / "out")
    assert not (tmp_path / "out" / "beside" / "extensions.txt").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "record.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ps.InputError):
        ps.save(results, tmp_path / "mine")


@pytest.mark.parametrize("other", [None, ps.Rule], ids=["gone", "another"])
def test_text_that_is_not_what_ran_is_said_to_be_lacking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: type | None
) -> None:
    results = ps.simulate("teaching", worlds=2, months=2, extensions=[Counts])
    if other is None:
        monkeypatch.delattr("tests.extensions.test_saved.Counts")
    else:
        monkeypatch.setattr("tests.extensions.test_saved.Counts", other)
    place = ps.save(results, tmp_path / "out")
    assert "its text is not what it was" in (place / "beside" / "extensions.txt").read_text()


def test_a_folder_of_results_in_memory_is_told_from_an_experiments(tmp_path: Path) -> None:
    place = ps.save(ps.simulate("teaching", worlds=2, months=2), tmp_path / "out")
    with pytest.raises(StoreError, match="saved from memory"):
        ps.open_results(place)


def test_rules_of_a_module_are_found() -> None:
    from psasim.extensions import Extensions, as_extensions
    from psasim.extensions.text import text_of

    kinds = [item for item in vars(rules).values()
             if isinstance(item, type) and issubclass(item, ps.Rule) and item is not ps.Rule]
    own: Extensions = as_extensions(kinds[:1])
    assert text_of(own.origins[0]) == Path(rules.__file__).read_text(encoding="utf-8")
