"""Whether a ranking survives the futures: counted, printed, and asked in SQL."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from psasim.cli import main
from psasim.experiment.folder.reader import StoredResults, open_results
from psasim.experiment.folder.spread import spread
from psasim.report import head, spread_table, survival_table

DOCUMENT = Path(__file__).parents[2] / "docs" / "designs.md"
VALUES = (0.05, 0.1, 0.15)
MET = "attainment"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> StoredResults:
    """Four packages under three futures that can be run and one that is refused."""
    folder = tmp_path_factory.mktemp("futures") / "out"
    futures = "{design:grid,over:{inertia:[" + ",".join(map(str, VALUES)) + ",0.5]}}"
    assert main([
        "run", "scenario=csr2007", "worlds=3", "months=36", "experiment.each_lever_on=null",
        f"+experiment.uncertainties={futures}", f"hydra.run.dir={folder}",
    ]) == 0
    return open_results(folder)


@pytest.fixture(scope="module")
def means(results: StoredResults) -> pd.DataFrame:
    """The headline by inertia and package, straight from the files."""
    runs = pd.read_parquet(results.folder / "runs.parquet").query("status == 'ok'")
    inertia = {point.number: point.parameters["inertia"] for point in results.points}
    return runs.groupby([runs["point"].map(inertia), "package"])[MET].mean().unstack()


def test_counts_are_those_of_the_runs(results: StoredResults, means: pd.DataFrame) -> None:
    rows = spread(results, (MET,)).set_index("package")
    assert set(rows["sets"]) == {len(VALUES)}
    first = means.eq(means.max(axis=1), axis=0).sum()
    for package, row in rows.iterrows():
        against = means[package] - means["departmental"]
        assert round((row["first_alone"] + row["first_tied"]) * row["sets"]) == first[package]
        assert round(row["better"] * row["sets"]) == (against > 0).sum()
        assert row["worst"] == pytest.approx(against.min(), abs=1e-12)
        assert against[VALUES[row["worst_future"]]] == pytest.approx(against.min(), abs=1e-12)


def test_the_report_says_how_many_futures_and_what_became_of_them(
    results: StoredResults, means: pd.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    assert head(results).startswith("4 futures (settings of what is uncertain)")
    assert "1 of 4 futures refused: parameters.inertia = 0.5 is above" in head(results)
    (line,) = [line for line in survival_table(results).splitlines() if line.startswith("new_psa")]
    first = int(means.eq(means.max(axis=1), axis=0)["new_psa"].sum())
    worst = (means["new_psa"] - means["departmental"]).min()
    assert re.match(rf"new_psa +3 +0 +{first} +0 +\d: \+{worst:.3f}$", line)
    assert main(["results", str(results.folder)]) == 0
    said = capsys.readouterr().out
    assert survival_table(results) in said
    assert spread_table(results) in said
    assert max(map(len, said.splitlines()[1:])) <= 80


def test_the_query_of_the_document(results: StoredResults, means: pd.DataFrame) -> None:
    (query,) = re.findall(r"```sql\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    found = results.sql(query).df().set_index("package")
    places = means.rank(axis=1, ascending=False, method="min")
    assert not found["first_tied"].any()
    assert dict(found["first_alone"]) == dict((places == 1).sum())
    assert dict(found["worst_place"]) == dict(places.max())
    assert set(found["futures"]) == {len(VALUES)}


def test_points_have_the_number_of_their_future(results: StoredResults) -> None:
    points = results.sql("SELECT DISTINCT future, \"parameters.inertia\" AS i FROM points").df()
    assert dict(zip(points["future"], points["i"], strict=True)) == dict(enumerate((*VALUES, 0.5)))


def test_what_ties_shares_a_place_and_is_said_to(tmp_path: Path) -> None:
    """No outcome of `teaching` is beyond ten goals: that lever is the baseline in every future."""
    folder = tmp_path / "out"
    assert main([
        "run", "scenario=teaching", "worlds=3", "months=12", "experiment.each_lever_on=null",
        "experiment.presets=[departmental]",
        "+experiment.packages={idle:{number_of_goals:{strength:1}},slow:{reorganisation:"
        "{strength:1}}}",
        "+experiment.uncertainties={design:grid,over:{inertia:[0.05,0.1]}}",
        f"hydra.run.dir={folder}",
    ]) == 0
    rows = spread(open_results(folder)).set_index(["measure", "package"]).loc[MET]
    assert list(rows.loc["idle", ["better", "equal", "first_alone", "first_tied"]]) == [0, 1, 0, 1]
    assert list(rows.loc["slow", ["better", "equal", "rank_median"]]) == [0, 0, 3]
    lines = {line.split()[0]: line.split()[1:] for line in
             survival_table(open_results(folder)).splitlines() if line}
    assert lines["idle"][:4] == ["0", "2", "0", "2"]
