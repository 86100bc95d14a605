"""The study of delivery models: its rule finds what is there, and its README says what it kept."""

from __future__ import annotations

import csv
from collections import Counter

import numpy as np
import pandas as pd
import pytest
import yaml

from experiments.delivery_models.rule import LEAST, Leaf, Question, advice, find, leaves
from experiments.delivery_models.standing import (
    CIRCUMSTANCES,
    MODELS,
    cells,
    decisive,
    judged,
)
from experiments.delivery_models.study import STUDY

HERE = STUDY.folder


def _planted(rows: int, noise: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Model 2 is best where the first is high and the third low, model 1 elsewhere, by 1."""
    rng = np.random.default_rng(seed)
    given = rng.random((rows, 4))
    given[:, 2] = np.ceil(6 * given[:, 2])
    here = (given[:, 0] > 0.5) & (given[:, 2] <= 3)
    gains = np.zeros((rows, 3))
    gains[here, 2] = gains[~here, 1] = 1.0
    return given, gains + rng.normal(0.0, noise, gains.shape)


@pytest.mark.parametrize("noise", [0.0, 0.5, 1.0])
def test_a_planted_rule_is_found(noise: float) -> None:
    """Nearly always, with noise as large as what is at stake."""
    unseen, truth = _planted(2000, 0.0, 99)
    right = []
    for seed in range(20):
        tree = find(*_planted(256, noise, seed), depth=2)
        asked = {answer[0] for answers, _ in leaves(tree) for answer in answers}
        right.append(asked == {0, 2} and truth[np.arange(2000), advice(tree, unseen)].mean() > 0.9)
    assert sum(right) >= (20 if noise < 1.0 else 18)


def test_one_question_is_not_enough_for_two() -> None:
    given, gains = _planted(256, 0.0, 1)
    value = [gains[np.arange(256), advice(find(given, gains, depth), given)].mean()
             for depth in (0, 1, 2)]
    assert value[0] <= value[1] < value[2] - 0.05


def test_nothing_is_asked_where_one_model_is_best() -> None:
    given, gains = _planted(64, 0.0, 1)
    gains[:] = (0.0, 1.0, 0.5)
    assert find(given, gains, 2) == Leaf(1, 64)


def test_leaves_are_never_of_few_futures() -> None:
    for seed in range(5):
        tree = find(*_planted(100, 3.0, seed), depth=2)
        assert isinstance(tree, Question)
        assert min(leaf.futures for _, leaf in leaves(tree)) >= LEAST
        assert sum(leaf.futures for _, leaf in leaves(tree)) == 100


def _futures(gains: np.ndarray, **given: list[float]) -> pd.DataFrame:
    other = dict.fromkeys(CIRCUMSTANCES, 0.0) | given
    return pd.DataFrame(other, index=range(len(gains))).assign(
        **dict(zip(MODELS, gains.T, strict=True)))


def test_choices_are_judged_by_what_they_lose() -> None:
    gains = np.zeros((2, 7))
    gains[0, :2], gains[1, :2] = (0.5, 0.4), (0.2, 0.205)
    table = judged({"first": Leaf(0, 1), "second": Leaf(1, 1), "chance": None}, _futures(gains))
    assert table["regret"].tolist() == pytest.approx(
        [0.25, 5.0, (5 * 50 + 10) / 14 + (5 * 20.5 + 0.5) / 14])
    assert table["not_first"].tolist() == pytest.approx([0.5, 0.5, 6 / 7])
    assert table["far"].tolist() == pytest.approx([0.0, 0.5, (6 + 5) / 14])


def test_the_map_is_over_what_matters() -> None:
    rng = np.random.default_rng(3)
    owners, load = rng.integers(2, 7, 300).astype(float), rng.random(300)
    gains = rng.normal(0.0, 0.01, (300, 7))
    gains[:, 3] += np.where((owners > 4) & (load > 0.7), 0.5, -0.5)
    futures = _futures(gains, owners=list(owners), load=list(load), tiers=list(rng.random(300)))
    pair = decisive(futures)
    assert [CIRCUMSTANCES[place] for place in pair] == ["owners", "load"]
    places = list(cells(futures, pair))
    assert sum(cell.futures for cell in places) == 300
    (corner,) = (cell for cell in places if cell.place == (2, 2))
    assert MODELS[corner.winner] == "joint_unit" and not corner.tied and corner.first > 0.8
    assert all(MODELS[cell.winner] != "joint_unit" for cell in places if cell.place[0] == 0)


def test_every_lever_says_where_it_is_from() -> None:
    text = (HERE / "experiment.yaml").read_text(encoding="utf-8")
    packages = yaml.safe_load(text)["experiment"]["packages"]
    assert set(packages) | {"departmental"} == set(MODELS)
    lines = [line for line in text.splitlines() if "strength: 1" in line]
    assert len(lines) == sum(map(len, packages.values()))
    for line in lines:
        assert any(word in line.partition(" # ")[2] for word in (
            "HC ", "NAO 2001", "deck of 2007", "Delivery Unit", "the same", "assumed: ")), line
    for name, levers in packages.items():
        for lever in levers:
            assert f"| `{name}` | `{lever}: {{strength: 1" in STUDY.readme()


def test_shares_are_those_of_the_extract() -> None:
    with (HERE / "futures.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    first = Counter(max(MODELS, key=lambda model: float(row[model])) for row in rows)
    lines = [line.split(" | ") for line in STUDY.readme().splitlines()]
    told = {cells[0].strip("| `"): cells[1] for cells in lines if len(cells) == 10}
    assert len(rows) == 512
    for model in MODELS:
        assert told[model] == f"{first[model] / len(rows):.0%}"
