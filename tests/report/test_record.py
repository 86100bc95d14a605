"""The record of a run names everything the numbers rest on, once."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from psasim import fingerprint
from psasim.declared.levers import LEVERS
from psasim.declared.parameters import PARAMETERS
from psasim.mechanisms import elementary, normal
from psasim.report.record import record
from psasim.results.results import Results


@pytest.fixture(scope="module")
def made(results: Results) -> dict:
    return record(results, None, "psasim run")


def test_keys_are_those_pinned(made: dict) -> None:
    assert list(made) == [
        "schema", "config", "seed", "versions", "commit", "bit_fingerprint", "digest", "sources",
        "created", "command",
    ]


def test_every_parameter_and_lever_rests_on_one_listed_basis(made: dict) -> None:
    sources = made["sources"]
    used = Counter(
        name for basis in (*sources["cited"], *sources["assumed"]) for name in basis["used_for"]
        if not name.startswith("scenario")
    )
    names = [f"parameters.{name}" for name in PARAMETERS]
    names += [f"governance.{name}" for name in LEVERS]
    assert used == dict.fromkeys(names, 1)


def test_each_basis_is_listed_once(made: dict) -> None:
    cited = [basis["key"] for basis in made["sources"]["cited"]]
    assumed = [basis["rationale"] + basis["impact"] + basis["quality"]
               for basis in made["sources"]["assumed"]]
    assert len(cited) == len(set(cited))
    assert len(assumed) == len(set(assumed))


def test_every_citation_of_the_scenario_is_listed(many: Results) -> None:
    listed = {basis["key"] for basis in record(many, None, "")["sources"]["cited"]}
    assert many.scenario.citations
    assert {key for key, _ in many.scenario.citations} <= listed


def test_settings_given_are_kept(results: Results) -> None:
    assert record(results, {"experiment": "packages"}, "")["config"] == {"experiment": "packages"}


def test_settings_of_the_results_say_what_was_run(made: dict, results: Results) -> None:
    config = made["config"]
    assert list(config["packages"]) == list(results.packages)
    assert config["worlds"] == results.worlds
    assert config["parameters"] == dict(results.parameters)


@pytest.mark.parametrize("module, function", [
    (elementary, "exp"), (elementary, "log"), (elementary, "log1p"), (elementary, "expm1"),
    (normal, "normal_quantile"), (np, "sqrt"),
])
def test_the_fingerprint_sees_a_last_bit(
    module: object, function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fingerprint.bit_fingerprint() == fingerprint.BITS
    exact = getattr(module, function)

    def off(*arguments: object) -> np.ndarray:
        values = exact(*arguments)
        values[7] = np.nextafter(values[7], np.inf)
        return values

    monkeypatch.setattr(module, function, off)
    assert fingerprint.bit_fingerprint.__wrapped__() != fingerprint.BITS
