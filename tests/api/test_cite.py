"""What is cited is what a run used, and BibTeX can read it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import psasim as ps
from psasim.cli import main
from psasim.declared.references import REFERENCES, mentioned
from psasim.report.citing import called

SMALL = {"scenario": "teaching", "worlds": 2, "months": 14}


def _keys(text: str) -> list[str]:
    return re.findall(r"^@\w+\{(\w+),$", text, re.MULTILINE)


def test_mechanisms_of_levers_that_are_off_are_not_cited() -> None:
    without = ps.simulate(**SMALL)
    ratchet = ps.simulate(**SMALL, governance={"ratchet": 1, "public_reporting": 1})
    assert "ratchet.ratcheted" not in called(without)
    assert "ratchet.ratcheted" in called(ratchet)
    assert "Weitzman1980" not in _keys(ps.cite(without))
    assert "Weitzman1980" in _keys(ps.cite(ratchet))


def test_sources_of_the_scenario_are_cited() -> None:
    text = ps.cite(ps.simulate("child_obesity", worlds=1, months=3))
    scenario = ps.load_scenario("child_obesity")
    used = {fact.source for fact in scenario.facts} & dict(scenario.citations).keys()
    assert used
    for key in used:
        assert re.sub(r"[^A-Za-z0-9]", "", key) in _keys(text)


def test_a_source_of_ones_own_lever() -> None:
    @ps.lever(source=ps.Source("mine24", "Me & {others} (2024), 50 % of it."))
    def cited_lever(k, strength, layout):
        return {"trust_start": k["trust_start"]}

    text = ps.cite(ps.simulate(**SMALL, governance="new_psa", extensions=[cited_lever]))
    assert "mine24" not in _keys(text)
    text = ps.cite(ps.simulate(**SMALL, governance={"cited_lever": 1}, extensions=[cited_lever]))
    assert r"note = {Me \& others (2024), 50 \% of it.}" in text


def test_it_is_bibtex() -> None:
    text = ps.cite(ps.compare(["new_psa"], **SMALL))
    keys = _keys(text)
    assert len(keys) == len(set(keys))
    assert keys[0] == "psasim"
    for line in text.splitlines():
        assert re.fullmatch(r"@\w+\{\w+,|  \w+ = \{.*\},|\}", line), line
    assert text.count("{") == text.count("}")


def test_every_work_that_a_mechanism_names_is_declared() -> None:
    folder = Path(ps.__file__).parent / "mechanisms"
    for file in folder.glob("*.py"):
        text = " ".join(file.read_text(encoding="utf-8").split())
        known = list(mentioned(text))
        for name, year in re.findall(r"([A-Z]\w+(?: & [A-Z]\w+| et al\.)?) (1[89]\d\d|20\d\d)\)",
                                     text):
            assert any(work.authors == name and str(work.year) == year for work in known), (
                file.name, name, year)


def test_every_reference_is_named_somewhere() -> None:
    root = Path(ps.__file__).parents[2]
    texts = " ".join(
        " ".join(file.read_text(encoding="utf-8").split())
        for file in [*(root / "src/psasim/mechanisms").glob("*.py"), root / "docs/model.md",
                     *(root / "src/psasim/declared").glob("p*.py"),
                     root / "src/psasim/month/draws.py"])
    assert [work for work in REFERENCES if not work.mentioned.search(texts)] == []


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "scenario=teaching", "governance=new_psa", "worlds=2", "months=6",
                 "backend=serial", f"hydra.run.dir={tmp_path / 'out'}"]) == 0
    capsys.readouterr()
    assert main(["cite", str(tmp_path / "out")]) == 0
    assert _keys(capsys.readouterr().out) == _keys(ps.cite(ps.open_results(tmp_path / "out")))
