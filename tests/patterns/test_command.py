"""`psasim validate`: files, exit codes, going on after a stop, and the committed page."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from psasim.calibration.prior import prior_sample
from psasim.cli import main, validate
from psasim.experiment.computing.backends import Backend
from psasim.report.validation import DATA, PAGE, content, headline, page
from psasim.report.validation.page import NOTICE
from psasim.validation.carry_out import SEED, ask
from psasim.validation.patterns import PATTERNS
from psasim.validation.verdict import NOT_REPRODUCED, REPRODUCED, SILENT

DOCS = Path(__file__).parents[2] / "docs"
SMALL = ("--sets", "4", "--worlds", "4", "--parameters", "prior", "--backend", "serial")
FEW = ("Q7", "Q10", "Q5")
"""One that is asked as ever, one asked otherwise than before, and one made silent."""
FIELDS = {"id", "source", "seen", "asked", "statistic", "lo95", "hi95", "share_of_plausible",
          "verdict"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    silent = replace(PATTERNS["Q5"], arms=(), claims=(), silent="No such quantity.")
    monkeypatch.setattr(validate, "PATTERNS", {**PATTERNS, "Q5": silent})
    return tmp_path / "outputs" / "validation"


def committed() -> dict[str, Any]:
    return json.loads((DOCS / DATA).read_text(encoding="utf-8"))


def test_it_ends_well_whatever_the_verdicts(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", *FEW, *SMALL]) == 0
    said = capsys.readouterr().out
    made = json.loads((here / DATA).read_text(encoding="utf-8"))
    assert [p["id"] for p in made["patterns"]] == list(FEW)
    verdicts = [p["verdict"] for p in made["patterns"]]
    assert verdicts[2] == SILENT and set(verdicts[:2]) <= {REPRODUCED, NOT_REPRODUCED}
    for pattern in made["patterns"]:
        assert pattern.keys() >= FIELDS
        assert f"{pattern['id']:<3} {pattern['verdict']}" in said.replace("  ", " ")
    assert headline(made) in said
    assert said.splitlines()[-1] == "results: outputs/validation"
    assert (here / PAGE).read_text(encoding="utf-8") == page(made)
    assert {f.name for f in (here / "validation").glob("*.svg")} == {"Q7.svg", "Q10.svg"}


def test_a_stop_loses_nothing_and_the_same_command_gives_the_same_bytes(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = []
    ask = validate.ask

    def stops_at_the_second(*arguments: Any, **options: Any) -> Any:
        calls.append(arguments[0].id)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return ask(*arguments, **options)

    monkeypatch.setattr(validate, "ask", stops_at_the_second)
    assert main(["validate", *FEW, *SMALL]) == 130
    assert "goes on from there" in capsys.readouterr().err
    kept = sorted(here.glob("runs/*/runs.parquet/*"))
    assert kept and not (here / DATA).exists()
    times = [file.stat().st_mtime_ns for file in kept]
    assert main(["validate", *FEW, *SMALL]) == 0
    assert [file.stat().st_mtime_ns for file in kept] == times
    first = {f: f.read_bytes() for f in (here / DATA, here / PAGE, here / "validation" / "Q7.svg")}
    assert main(["validate", *FEW, *SMALL]) == 0
    assert {f: f.read_bytes() for f in first} == first


@pytest.mark.parametrize("arguments, said", [
    (["P44"], "did you mean"),
    (["--sets", "1"], "--sets 1 is below 2"),
    (["--sets", "100000"], "--sets 100000 is above"),
    (["--worlds", "0"], "--worlds 0 is below 2"),
])
def test_wrong_input_is_told(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["validate", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not here.exists()


def test_a_pattern_asked_otherwise_has_both_verdicts(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The former asking is that of the pattern asked alone as it was."""
    assert main(["validate", "Q10", "Q7", *SMALL]) == 0
    made = json.loads((here / DATA).read_text(encoding="utf-8"))
    new, other = made["patterns"]
    old = new["formerly"]
    assert other["formerly"] is None
    before = PATTERNS["Q10"].as_before
    assert before is not None
    alone = content(
        [ask(before, prior_sample(4, SEED), 4, here / "alone", backend=Backend("serial"))],
        ensemble="prior", sets=prior_sample(4, SEED), worlds=4,
    )["patterns"][0]
    shared = old.keys() & alone.keys()
    assert shared >= {"asked", "verdict", "statistic", "claims", "arms", "share_of_plausible"}
    assert {key: old[key] for key in shared} == {key: alone[key] for key in shared}
    assert old["statistic"] != new["statistic"]
    text = (here / PAGE).read_text(encoding="utf-8")
    assert f"(as asked before: {old['verdict']})" in text
    for said in (old["asked"], old["why"]):
        assert text.count(said) == 1
    assert "Asked otherwise than before: Q10;" in capsys.readouterr().out


def test_the_headline_counts_the_former_verdicts_too() -> None:
    def pattern(name: str, verdict: str, before: str | None) -> dict[str, Any]:
        return {"id": name, "title": "T", "verdict": verdict,
                "formerly": before and {"verdict": before}}

    hit, miss = "reproduced", "not reproduced"
    made = {"patterns": [pattern("A", hit, miss), pattern("B", hit, None),
                         pattern("C", miss, miss), pattern("D", miss, hit),
                         pattern("E", hit, miss)]}
    assert headline(made).startswith("3 of 5 patterns reproduced.")
    assert headline(made).endswith(" Asked otherwise than before: A, C, D, E; as asked then, 2 of "
                                   "5.")


def test_documents_are_brought_up_to_date_only_by_all_patterns(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / PAGE).write_text("old\n", encoding="utf-8")
    monkeypatch.setattr(validate, "PATTERNS", {name: validate.PATTERNS[name] for name in FEW})
    assert main(["validate", *SMALL]) == 0
    assert (docs / PAGE).read_text(encoding="utf-8") == "old\n"  # somebody's own
    (docs / PAGE).write_text(f"{NOTICE}\nold\n", encoding="utf-8")
    assert main(["validate", "Q7", *SMALL]) == 0
    assert (docs / PAGE).read_text(encoding="utf-8").endswith("old\n")
    assert main(["validate", *SMALL]) == 0
    assert (docs / PAGE).read_text(encoding="utf-8") == (here / PAGE).read_text(encoding="utf-8")
    assert {f.name for f in (docs / "validation").iterdir()} == {"Q7.svg", "Q10.svg"}


def stale(made: dict[str, Any], text: str) -> list[str]:
    """What of a page differs from its data, or its data from the declared patterns."""
    found = [] if text == page(made) else [PAGE]
    declared = {p.id: (p.title, p.seen, p.asked, p.evidence.citation, p.evidence.mark, p.basis,
                       [claim.says for claim in p.claims], p.formerly and p.formerly.asked)
                for p in PATTERNS.values()}
    told = {p["id"]: (p["title"], p["seen"], p["asked"], p["source"], p["source_mark"],
                      p["basis"], [claim["claim"] for claim in p["claims"]],
                      p["formerly"] and p["formerly"]["asked"])
            for p in made["patterns"]}
    return found + [name for name in declared | told if declared.get(name) != told.get(name)]


def test_the_committed_page_is_of_the_declared_patterns() -> None:
    made = committed()
    assert stale(made, (DOCS / PAGE).read_text(encoding="utf-8")) == [], "run psasim validate"
    figures = {file.stem for file in (DOCS / "validation").glob("*.svg")}
    assert figures == {p.id for p in PATTERNS.values() if not p.silent}


def test_a_stale_page_is_seen() -> None:
    made, text = committed(), (DOCS / PAGE).read_text(encoding="utf-8")
    changed = copy.deepcopy(made)
    changed["patterns"][0]["seen"] = "Something else."
    assert stale(changed, page(changed)) == [made["patterns"][0]["id"]]
    changed = copy.deepcopy(made)
    del changed["patterns"][3]
    assert stale(changed, page(changed)) == [made["patterns"][3]["id"]]
    assert stale(made, text.replace("not reproduced", "reproduced")) == [PAGE]


def test_the_headline_counts_every_pattern_and_names_the_misses() -> None:
    made = committed()
    said = headline(made)
    hits = [p for p in made["patterns"] if p["verdict"] == "reproduced"]
    assert said.startswith(f"{len(hits)} of {len(PATTERNS)} patterns reproduced.")
    for pattern in made["patterns"]:
        assert (f"({pattern['id']})" in said) == (pattern["verdict"] != "reproduced")


@pytest.mark.slow
def test_the_committed_numbers_are_those_of_this_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asked again in full; whoever changes the model runs `psasim validate` and reads it."""
    monkeypatch.chdir(tmp_path)
    old = committed()
    assert main(["validate", "--parameters", old["ensemble"], "--sets", str(old["sets"]),
                 "--worlds", str(old["worlds"])]) == 0
    new = json.loads((tmp_path / "outputs" / "validation" / DATA).read_text(encoding="utf-8"))
    for before, after in zip(old["patterns"], new["patterns"], strict=True):
        assert after["verdict"] == before["verdict"], before["id"]
        if before["statistic"] is not None:
            assert after["statistic"] == pytest.approx(before["statistic"], abs=0.01), before["id"]
