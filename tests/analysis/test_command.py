"""`psasim analyse`, and the same from Python."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

import psasim
from psasim.analysis.questions import QUESTIONS
from psasim.cli import main
from psasim.errors import Unanswerable
from tests.analysis.conftest import run


@pytest.fixture
def said(capsys: pytest.CaptureFixture):
    def ask(*arguments: object) -> str:
        capsys.readouterr()
        assert main(["analyse", *map(str, arguments)]) == 0
        return capsys.readouterr().out

    return ask


def test_every_question_is_answered_or_says_what_would(one_future: Path, said) -> None:
    text = said(one_future)
    for question in QUESTIONS.values():
        rest = text.partition(f"{question.words}\n---")[2]
        answer = rest.partition("?\n---")[0]
        assert "From 72 runs." in answer or "No answer: " in answer, question.words
    assert max(map(len, text.splitlines())) <= 80


def test_one_question(futures: Path, said) -> None:
    text = said(futures, "ranking")
    assert QUESTIONS["ranking"].words in text and QUESTIONS["worth"].words not in text
    assert "of 8 futures" in text and "From 48 runs." in text
    assert "8 futures are few" in text


def test_what_a_design_does_not_support_is_said_and_is_no_failure(futures: Path, said) -> None:
    text = " ".join(said(futures, "best").split())
    assert "No answer: 3 worlds are too few" in text and "worlds=20" in text
    with pytest.raises(Unanswerable, match="worlds=20"):
        psasim.open_results(futures).best()


def test_slips_are_named(futures: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["analyse", str(futures), "rankin"]) == 2
    assert "did you mean 'ranking'" in capsys.readouterr().err
    assert main(["analyse", str(futures), "ranking", "--headline", "overshoot"]) == 2
    assert "headline" in capsys.readouterr().err
    assert main(["analyse", str(futures / "no")]) == 3


def test_tables_are_written_whole_and_over_nothing(
    one_future: Path, tmp_path: Path, said, capsys: pytest.CaptureFixture
) -> None:
    said(one_future, "changes", "ranking", "--csv", tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"changes.csv", "changes-by_outcome.csv", "ranking.csv", "ranking-sources.csv"} <= names
    table = pd.read_csv(tmp_path / "out" / "changes.csv")
    assert set(table["scenario"]) == {"teaching"}
    mine = tmp_path / "out" / "changes.csv"
    mine.write_text("mine", encoding="utf-8")
    assert main(["analyse", str(one_future), "changes", "--csv", str(tmp_path / "out")]) == 2
    assert "changes.csv is there already" in capsys.readouterr().err
    assert mine.read_text(encoding="utf-8") == "mine"


def test_frames_carry_sentence_units_and_runs(one_future: Path) -> None:
    results = psasim.open_results(one_future)
    for name in ("changes", "effort", "ranking", "best", "worth", "join", "evidence"):
        frame = getattr(results, name)()
        assert len(frame) and frame.attrs["sentence"].endswith("."), name
        assert frame.attrs["runs"] == 72
        assert set(frame.attrs["units"]) <= set(frame.columns)


def test_differences_are_those_of_the_runs(one_future: Path) -> None:
    results = psasim.open_results(one_future)
    runs = results.to_frame()
    wide = runs.pivot(index="world", columns="package", values="attainment")
    own = (wide["new_psa"] - wide["departmental"]).mean()
    for frame in (results.changes(), results.worth()):
        row = frame[frame["package"] == "new_psa"].iloc[0]
        found = row["mean"] if "mean" in row else row["attainment"]
        assert found == pytest.approx(own, abs=1e-12)
    best = results.best().set_index("package")
    assert best.loc["new_psa", "mean"] == pytest.approx(wide["new_psa"].mean(), abs=1e-12)
    outcomes = results.outcomes()
    mean = outcomes[outcomes["package"] == "new_psa"]["mean"].mean()
    uncut = runs.pivot(index="world", columns="package", values="attainment_uncut")
    assert mean == pytest.approx((uncut["new_psa"] - uncut["departmental"]).mean(), abs=1e-9)


def test_an_indifferent_choice_is_called_so(one_future: Path) -> None:
    frame = psasim.open_results(one_future).best(indifference=10.0)
    assert frame["contends"].sum() == 1 and len(frame) == 3
    assert "choose by what they take" in frame.attrs["sentence"]
    sure = psasim.open_results(one_future).best(indifference=1e-9)
    assert "choose by what they take" not in sure.attrs["sentence"]


def test_the_ledger_ends_at_what_is_realised(one_future: Path) -> None:
    frame = psasim.open_results(one_future).effort()
    for _, own in frame.groupby("package"):
        assert own.iloc[-1]["line"] == "realised"
        assert own.iloc[-1]["share"] == pytest.approx(own.iloc[-1]["left"], abs=1e-9)


def test_prices_make_money_and_posts_of_burden_and_levers(
    one_future: Path, tmp_path: Path, said, capsys: pytest.CaptureFixture
) -> None:
    prices = {"currency": "£m", "department_month": {"money": 2.0, "posts": 10},
              "levers": {"delivery_unit": {"money": 12.0, "posts": 40}}}
    results = psasim.open_results(one_future)
    frame = results.changes(prices).set_index(["measure", "package"])["mean"]
    package = results.packages["new_psa"]
    capacity = sum(d.capacity for d in results.scenario.departments)
    burden = frame["burden", "new_psa"]
    unit = package.strength("delivery_unit")
    assert frame["money", "new_psa"] == pytest.approx(
        burden * capacity * 3 * 2.0 + unit * 12.0 * 3 / 12)
    assert frame["posts", "new_psa"] == pytest.approx(burden * capacity * 10 + unit * 40)
    worth = results.worth(prices).set_index("package")
    assert worth.loc["new_psa", "money"] == pytest.approx(frame["money", "new_psa"])
    file = tmp_path / "prices.yaml"
    file.write_text(yaml.safe_dump(prices, allow_unicode=True), encoding="utf-8")
    assert "£m" in said(one_future, "changes", "--prices", file)
    file.write_text("department_month: {mony: 1}", encoding="utf-8")
    assert main(["analyse", str(one_future), "changes", "--prices", str(file)]) == 2
    assert "did you mean 'money'" in capsys.readouterr().err


def test_rows_that_meet_futures_of_their_own_have_no_ranking(tmp_path: Path, said) -> None:
    folder = run(tmp_path, {"points": {"design": "latin_hypercube", "points": 4,
                                       "over": ["sanctions", "inertia"]}})
    text = " ".join(said(folder, "ranking", "best", "worth").split())
    assert text.count("No answer: packages did not meet the same futures") == 3


def test_several_scenarios_come_one_after_the_other(tmp_path: Path, said) -> None:
    folder = run(tmp_path, {"presets": ["departmental", "new_psa"],
                            "scenarios": ["teaching", "child_obesity"]}, worlds=2)
    text = said(folder, "changes")
    assert "(teaching)" in text and "(child_obesity)" in text
    results = psasim.open_results(folder)
    frame = results.changes()
    assert list(dict.fromkeys(frame["scenario"])) == ["teaching", "child_obesity"]
    assert frame.attrs["sentence"].startswith("teaching: ")
    assert list(results.sources()["scenarios"]) == [2]


def test_values_are_the_runs(futures: Path) -> None:
    results = psasim.open_results(futures)
    values = results.values("attainment")
    frame = results.to_frame(["point", "world", "attainment"])
    assert np.array_equal(values.ravel(), frame["attainment"].to_numpy())


def test_levers_that_need_each_other(tmp_path: Path, said) -> None:
    over = ["lead", "data_sharing", "sanctions"]
    folder = run(tmp_path, {"levers": {"design": "subsets", "over": over}}, worlds=6, months=12)
    results = psasim.open_results(folder)
    frame = results.levers()
    assert list(frame["levers"]) == [1, 1, 1, 2, 2, 2]
    runs = results.to_frame(["package", "attainment"])
    has = runs["package"].str.contains("lead")
    effect = runs.loc[has, "attainment"].mean() - runs.loc[~has, "attainment"].mean()
    assert frame.set_index("term").loc["lead", "mean"] == pytest.approx(effect, abs=1e-12)
    with pytest.raises(Unanswerable, match="nothing uncertain was varied"):
        results.backfire()
    shares = results.shares()
    assert set(shares["lever"]) == set(over)
    whole = "departmental+" + "+".join(over)
    levels = results.levels()["attainment"]
    assert shares["mean"].sum() == pytest.approx(levels[whole] - levels["departmental"], abs=1e-12)
    assert "levers move attainment" in " ".join(said(folder, "levers").split())


def test_no_design_over_levers_says_which_would(one_future: Path, said) -> None:
    text = " ".join(said(one_future, "levers").split())
    assert "No answer" in text and "design: subsets" in text
    with pytest.raises(Unanswerable, match="departmental with lead alone, as new_psa has it"):
        psasim.open_results(one_future).shares("new_psa")


def test_shares_from_levers_alone_and_left_out(tmp_path: Path) -> None:
    three = ("lead", "data_sharing", "sanctions")
    sets = {"whole": three, **{f"only {name}": (name,) for name in three},
            **{f"no {name}": tuple(other for other in three if other != name) for name in three}}
    packages = {name: {lever: {"strength": 1} for lever in own} for name, own in sets.items()}
    folder = run(tmp_path, {"presets": ["departmental"], "packages": packages}, months=12)
    frame = psasim.open_results(folder).shares("whole")
    assert len(frame) == 3, "three levers have eight subsets, and all were run"
    levels = psasim.open_results(folder).levels()["attainment"]
    assert frame["mean"].sum() == pytest.approx(levels["whole"] - levels["departmental"], abs=1e-12)


def test_one_package_is_told_and_not_counted(futures: Path, said) -> None:
    text = " ".join(said(futures, "changes").split())
    assert "of 1 package" not in text
    assert "new_psa does better than departmental in attainment (of target): +" in text
