"""A thousand mutated scenario files load, or are refused by file, row or key."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from psasim.results.simulate import compare
from psasim.scenario import load_scenario, scenario_names
from psasim.scenario.load import _SHIPPED
from psasim.scenario.tables import TABLES
from psasim.scenario.template import template, template_in_tables
from tests.fuzz.mutate import Texts, mutated
from tests.fuzz.support import Ended, tiny, write

CASES, WHOLE = 960, 40
FOLDER = "case"


def sources() -> list[Texts]:
    """The shipped scenarios and the template, small ones more often."""
    shipped = [{path.name: path.read_bytes() for path in (_SHIPPED / name).iterdir()
                if path.suffix in (".yaml", ".csv")} for name in scenario_names()]
    own = {name: text.encode() for name, text in template_in_tables("scenario.yaml").items()}
    small = [{"scenario.yaml": template("scenario.yaml").encode()}, own]
    return [*shipped, *small * 4]


def written(random: Random, sources: list[Texts], folder: Path) -> str:
    """A mutated scenario in `folder`; what shows it again."""
    texts = mutated(random, random.choice(sources))
    folder.mkdir()
    write(folder, texts)
    return f"{folder}"


def names(said: str) -> bool:
    return FOLDER in said or any(f"{name}." in said for name in TABLES)


@pytest.mark.slow
def test_scenario_files_are_taken_or_refused_by_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(arguments: list[str]) -> None:
        scenario = load_scenario(Path(arguments[0]))
        compare(["new_psa"], scenario=scenario, worlds=1, months=2)

    monkeypatch.setattr("psasim.cli.run.main", run)
    random, ended = Random(3), Ended(capsys)
    files = sources()
    for number in range(CASES):
        place = written(random, files, tmp_path / f"{FOLDER}{number}")
        ended.run([place], names, place)
    ended.show()
    assert min(ended.codes.values()) > 100


@pytest.mark.slow
def test_the_same_through_all_of_hydra(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("psasim.cli.run.carry_out", lambda config, *rest: tiny(config))
    monkeypatch.chdir(tmp_path)
    random, ended = Random(4), Ended(capsys)
    files = sources()
    for number in range(WHOLE):
        place = written(random, files, tmp_path / f"{FOLDER}{number}")
        ended.run([f"scenario={place}"], names, place)
    ended.show()
    assert min(ended.codes.values()) > 3
