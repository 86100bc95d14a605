"""Pictures of answers, and costs at somebody's own prices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import psasim
from psasim.cli import main
from tests.analysis.conftest import run

from .reading import Element, read

Page = Callable[[str], Path]
PRICES = """currency: £m
department_month: {money: 0.4, posts: 50}
levers:
  delivery_unit: {money: 3, posts: 40}
"""


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    file = tmp_path / "prices.yaml"
    file.write_text(PRICES, encoding="utf-8")
    return file


def _section(root: Element, key: str) -> Element:
    return next(item for item in root.all("section") if item.attributes.get("id") == key)


def _figure(root: Element, key: str, name: str) -> Element:
    """A picture of a section, by name."""
    figures = {item.attributes["id"]: item for item in _section(root, key).all("figure")}
    return figures[f"figure-{name}"]


def test_effort_and_worth_are_drawn_in_their_sections(page: Page) -> None:
    folder = page("one")
    root = read(folder / "report.html")
    results = psasim.open_results(folder.parent)
    shares = results.effort().set_index(["package", "line"])["share"]["departmental"]
    said = _figure(root, "effort", "waterfall").all("h3")[0].text
    assert f"own agenda ({shares['own']:.1%} under departmental" in said.partition("; ")[0]
    assert "beaten by no other" in _figure(root, "worth", "front").all("h3")[0].text
    drawn = pd.read_csv(folder / "waterfall.csv")
    own = results.effort().set_index(["package", "line"])["share"]
    assert set(drawn["package"]) == {"departmental", "new_psa"}
    for row in drawn.itertuples():
        assert row.share == pytest.approx(own[row.package, row.line], abs=1e-12)


def test_several_scenarios_have_a_picture_each(page: Page) -> None:
    root = read(page("scenarios") / "report.html")
    for number in (1, 2):
        assert _figure(root, "worth", f"front_{number}").all("svg")


def test_what_drives_the_answer_is_drawn(tmp_path: Path) -> None:
    folder = run(tmp_path, {
        "presets": ["departmental", "new_psa"],
        "uncertainties": {"design": "latin_hypercube", "points": 24,
                          "over": ["urgency", "inertia"]},
    }, worlds=2)
    assert main(["report", str(folder)]) == 0
    figure = _figure(read(folder / "report" / "report.html"), "drivers", "indices")
    found = psasim.open_results(folder).drivers()
    assert figure.all("h3")[0].text == found.attrs["sentence"].rstrip(".").split("; ")[0]
    drawn = pd.read_csv(folder / "report" / "indices.csv")
    assert set(drawn["factor"]) == {"urgency", "inertia"} and set(drawn["index"]) == {"ratio"}
    assert drawn["value"].is_monotonic_decreasing


def test_costs_are_told_at_prices_that_are_given_later(
    copied: Path, prices: Path, capsys: pytest.CaptureFixture
) -> None:
    assert main(["report", str(copied), "--prices", str(prices)]) == 0
    place = copied / "report"
    cost = pd.read_csv(place / "cost.csv").set_index("package")
    worth = psasim.open_results(copied).worth(prices).set_index("package")
    assert list(cost.columns) == ["scenario", "gain", "money", "posts"] and len(cost)
    for name in cost.index:
        assert cost.loc[name, "money"] == pytest.approx(worth.loc[name, "money"])
        assert cost.loc[name, "posts"] == pytest.approx(worth.loc[name, "posts"])
    root = read(place / "report.html")
    assert "£m" in _section(root, "cost").text and "index" not in _section(root, "cost").text
    assert "Posts (on average)" in _section(root, "changes").text
    given = pd.read_csv(place / "prices.csv")
    assert list(given["money (£m)"]) == [0.4, 3.0] and list(given["posts"]) == [50, 40]
    # without them costs are the index again, and what prices added goes
    assert main(["report", str(copied)]) == 0
    assert not (place / "prices.csv").exists()
    assert list(pd.read_csv(place / "cost.csv").columns)[-2:] == ["burden", "cost"]


def test_prices_that_are_wrong_write_nothing(
    copied: Path, prices: Path, capsys: pytest.CaptureFixture
) -> None:
    prices.write_text(PRICES.replace("delivery_unit", "delivery_unt"), encoding="utf-8")
    assert main(["report", str(copied), "--prices", str(prices)]) == 2
    said = capsys.readouterr().err
    assert "did you mean 'delivery_unit'" in said and "prices.yaml" in said
    assert not (copied / "report").exists()
