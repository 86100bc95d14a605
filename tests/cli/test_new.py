"""`psasim new scenario` writes what runs, and never over anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from psasim.scenario import load_scenario


@pytest.mark.parametrize("name, files", [
    ("mine.yaml", ["mine.yaml"]),
    ("mine.YML", ["mine.YML"]),
    ("a case", ["a case/scenario.yaml"]),
    ("deep/er/mine.yaml", ["deep/er/mine.yaml"]),
])
def test_what_is_written_loads_and_runs(psasim, name: str, files: list[str]) -> None:
    said = psasim("new", "scenario", name)
    assert said.code == 0
    assert f"wrote {Path(files[0])}" in said.out
    assert [str(p.as_posix()) for p in Path().rglob("*.*") if p.is_file()] == files
    (command,) = [line for line in said.out.splitlines() if line.startswith("try it: ")]
    quoted = command.removeprefix("try it: psasim run ").rpartition(" worlds=")[0].strip('"')
    assert psasim("run", quoted, "governance=new_psa", "worlds=2", "months=2").code == 0


def test_with_the_tables_beside_it(psasim) -> None:
    assert psasim("new", "scenario", "mine", "--csv").code == 0
    assert len(list(Path("mine").glob("*.csv"))) == 5
    assert load_scenario("mine").name == "mine"
    told = Path("mine/scenario.yaml").read_text(encoding="utf-8")
    assert "departments: departments.csv" in told


@pytest.mark.parametrize("there", ["mine.yaml", "departments.csv"])
def test_nothing_is_overwritten_and_nothing_half_written(psasim, there: str) -> None:
    Path(there).write_text("mine\n", encoding="utf-8")
    said = psasim("new", "scenario", "mine.yaml", "--csv")
    assert said.code == 2
    assert f"{there} is there already, and nothing is overwritten" in said.err
    assert [path.name for path in Path().iterdir()] == [there]
    assert Path(there).read_text(encoding="utf-8") == "mine\n"


def test_a_link_is_not_followed(psasim, tmp_path: Path) -> None:
    Path("mine.yaml").symlink_to(tmp_path / "elsewhere")
    assert psasim("new", "scenario", "mine.yaml").code == 2
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("arguments, words", [
    (["scenari", "x.yaml"], "new: unknown name 'scenari'; did you mean 'scenario'?"),
    (["scenario"], "required: FILE"),
    (["scenario", "x.csv"], "name a .yaml file, or a folder for scenario.yaml"),
    (["scenario", ""], "name a .yaml file"),
    (["scenario", "=x.yaml"], "the name, from the path, = '=x' begins with ="),
    (["scenario", "a\0b.yaml"], "holds '\\x00'"),
    (["scenario", "there/x.yaml"], "there: "),
])
def test_refused(psasim, arguments: list[str], words: str) -> None:
    Path("there").touch()
    said = psasim("new", *arguments)
    assert said.code == 2
    assert words in said.err
