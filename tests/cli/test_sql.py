"""`psasim results --sql`: asks the tables of the folder, and reaches nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.experiment import sweep


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    sweep.run(folder, 2)
    (folder / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("query", [
    "SELECT package, avg(attainment) AS mean FROM runs GROUP BY package",
    "select count(*) as mean from RUNS join Points using (point)",
    "WITH a AS (SELECT 1 AS mean) SELECT * FROM a",
])
def test_answered(psasim, folder: Path, query: str) -> None:
    said = psasim("results", str(folder), "--sql", query)
    assert (said.code, said.err) == (0, "")
    assert "mean" in said.out


@pytest.mark.parametrize("query, words", [
    ("SELECT CAST(package AS INTEGER) FROM runs", "Could not convert string"),  # while it computes
    ("SELECT error('no')", "no"),
    ("SELECT 'x'::INTEGER", "Could not convert"),
    ("SELECT nothing FROM runs", "nothing"),
    ("SELECT * FROM nowhere", "nowhere"),
    ("SELEC 1", "syntax error"),
    ("", "asks for no table"),
    ("SELECT \x00", "--sql"),
    ("SELECT DATE '290000-01-01' FROM range(1", "syntax error"),
])
def test_what_cannot_be_answered(psasim, folder: Path, query: str, words: str) -> None:
    said = psasim("results", str(folder), "--sql", query)
    assert said.code == 2, said
    assert said.err.startswith("psasim: --sql: ")
    assert words in said.err
    assert said.out == ""


@pytest.mark.parametrize("query", [
    "SELECT * FROM read_csv('{folder}/secret.csv')",
    "SELECT * FROM '{folder}/secret.csv'",
    "SELECT content FROM read_text('{folder}/manifest.json')",
    "SELECT * FROM glob('{folder}/*')",
    "COPY runs TO '{folder}/out.csv'",
    "COPY (SELECT 1) TO '{folder}/out.parquet'",
    "EXPORT DATABASE '{folder}/out'",
    "ATTACH '{folder}/out.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SELECT * FROM read_csv('https://example.org/x.csv')",
    "SET enable_external_access = true; SELECT * FROM '{folder}/secret.csv'",
    "SET lock_configuration = false",
    "SET temp_directory = '{folder}/out'",
    "SELECT * FROM tables",  # a name of psasim's own Python
    "SELECT getenv('HOME')",
])
def test_nothing_else_is_reached(psasim, folder: Path, query: str) -> None:
    before = sorted(folder.rglob("*"))
    said = psasim("results", str(folder), "--sql", query.format(folder=folder))
    assert said.code == 2, said
    assert said.err.startswith("psasim: --sql: ")
    assert sorted(folder.rglob("*")) == before
