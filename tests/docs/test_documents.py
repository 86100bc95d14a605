"""The generated documents are in step with the declarations, whole, and hang together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from psasim.declared.declare import Assumption, Quantity, Source
from psasim.declared.levers import LEVERS
from psasim.declared.parameters import PARAMETERS
from psasim.declared.presets import preset_names
from psasim.declared.settings import SETTINGS
from psasim.documents import PAGES, documents
from psasim.documents.__main__ import main
from psasim.documents.model import filled
from psasim.errors import InputError
from psasim.month.state import State
from psasim.results.measures import MEASURES
from psasim.scenario.tables import OTHER_GOALS, TABLES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LINKED = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_committed_documents_are_in_step() -> None:
    for path, made in documents(DOCS).items():
        assert path.read_text(encoding="utf-8") == made, f"run python -m psasim.documents: {path}"


def test_drift_is_told_and_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In each page a generated name is spoiled; only what is generated comes back."""
    spoiled = {"assumptions.md": "inertia", "calibration.md": "met_sr2004",
               "data_log.md": "csr2007", "findings.md": "worlds", "levers.md": "sanctions",
               "measures.md": "burden", "model_map.svg": "Own agenda", "parameters.md": "inertia",
               "model.md": "planned_yield"}
    assert spoiled.keys() == {*PAGES, "model.md"}
    for name, word in spoiled.items():
        stale = text(name).replace(f"| `{word}`", "| `spoiled`").replace(f">{word}<", "><")
        stale = stale.replace(word, "spoiled") if name == "findings.md" else stale
        (tmp_path / name).write_text(stale.replace(f", `{word}`", ", `spoiled`"), encoding="utf-8")
    assert main(["--check", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert all(f"{name} differs from the declarations" in told for name in spoiled)
    assert main([str(tmp_path)]) == 0
    for name in spoiled:
        assert (tmp_path / name).read_text(encoding="utf-8") == text(name)
    assert main(["--check", str(tmp_path)]) == 0


def test_a_folder_without_the_model_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--check", str(tmp_path)]) == 2
    assert "model.md" in capsys.readouterr().err


@pytest.mark.parametrize("change", [
    lambda model: model.replace("<!-- generated: draws -->", ""),
    lambda model: model.replace("generated: draws", "generated: draw"),
    lambda model: model + "\n<!-- generated: draws -->\n<!-- end -->\n",
])
def test_each_generated_part_has_one_place(change) -> None:
    with pytest.raises(InputError, match="generated parts are"):
        filled(change(text("model.md")))


def named(name: str) -> set[str]:
    """Names in code in a document."""
    return set(re.findall(r"`([\w.]+)`", text(name)))


@pytest.mark.parametrize("page, declared", [
    ("parameters.md", {*PARAMETERS, *SETTINGS}),
    ("levers.md", {*LEVERS, *preset_names(),
                   *(f"{lever}.{f.name}" for lever, item in LEVERS.items() for f in item.fields)}),
    ("measures.md", set(MEASURES)),
    ("model.md", {*PARAMETERS, *MEASURES, *(field.name for field in fields(State))}),
])
def test_everything_declared_is_in_its_document(page: str, declared: set[str]) -> None:
    assert declared
    assert declared - named(page) == set()


def test_everything_that_is_assumed_is_in_the_log() -> None:
    assumed = {name for name, q in PARAMETERS.items() if isinstance(q.basis, Assumption)}
    facts = {
        f"{table.name}.{column.name}"
        for table in TABLES.values() for column in table.columns.values() if column.quantity
    }
    choices = {name for name, item in SETTINGS.items() if isinstance(item, Quantity)}
    fields_of = {
        f"{lever}.{f.name}"
        for lever, item in LEVERS.items() for f in item.fields if isinstance(f, Quantity)
    }
    assert {*assumed, *LEVERS, *fields_of, *choices, *facts} - named("assumptions.md") == set()
    log = text("assumptions.md")
    for q in PARAMETERS.values():
        if isinstance(q.basis, Assumption):
            assert q.basis.rationale in log


def test_every_source_that_is_cited_is_listed() -> None:
    sources = {q.basis for q in PARAMETERS.values() if isinstance(q.basis, Source)}
    assert sources
    for source in sources:
        assert f"| `{source.key}` | {source.citation} |" in text("parameters.md")


def equations() -> str:
    """The model's text without its generated parts."""
    return re.sub(r"<!-- generated.*?<!-- end -->", "", text("model.md"), flags=re.DOTALL)


def unused(words: set[str], names: Mapping[str, set[str]]) -> set[str]:
    return {name for name, known in names.items() if not known & words}


def test_every_parameter_and_lever_is_in_an_equation() -> None:
    """By its name, or by its letter."""
    words = set(re.findall(r"[A-Za-z_][\w']*", equations()))
    letters = {name: {name, q.letter} for name, q in PARAMETERS.items()}
    assert unused(words, letters) == set()
    assert unused(words - {"inertia", "lambda"}, letters) == {"inertia"}
    levers = set(re.findall(r"<(\w+(?:[.:]\w+)?)>", equations()))
    clauses = {f"delivery_agreement:{f.name}" for f in LEVERS["delivery_agreement"].fields}
    for name, lever in LEVERS.items():
        known = {item.partition(".")[0].partition(":")[0] for item in levers}
        assert name in known, name
        for field in lever.fields:
            place = {f"{name}.{field.name}", f"{name}:{field.name}"}
            assert place & levers, place
    assert clauses & levers


def test_the_model_says_which_numbers_are_whole() -> None:
    paragraph = text("model.md").partition("**Whole numbers** are")[2].partition("Other numbers")[0]
    declared = {
        **PARAMETERS,
        **{f"{lever}.{field.name}": field for lever, item in LEVERS.items()
           for field in item.fields},
        **{f"{table}.{name}": column.quantity for table, item in TABLES.items()
           for name, column in item.columns.items()},
        "other_goals": OTHER_GOALS.quantity,
    }
    whole = {name for name, item in declared.items()
             if isinstance(item, Quantity) and item.integer}
    assert set(re.findall(r"`([\w.]+)`", paragraph)) == whole


def links(path: Path) -> list[str]:
    return re.findall(r"\[[^\]]+\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))


def anchors(path: Path) -> set[str]:
    """Anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(path: Path) -> list[str]:
    """Links of a page that lead nowhere within the repository."""
    out = []
    for link in links(path):
        place, _, anchor = link.partition("#")
        if "://" in place:
            continue
        target = (path.parent / place).resolve() if place else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            out.append(link)
    return out


def test_every_link_resolves() -> None:
    assert sum(len(links(path)) for path in LINKED) > 10
    assert {path.name: broken(path) for path in LINKED if broken(path)} == {}


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Title\n[a](nowhere.md) [b](#no-such) [c](#title)\n", encoding="utf-8")
    assert broken(page) == ["nowhere.md", "#no-such"]


def test_planted_faults_name_tests_that_are_there() -> None:
    files = [*(ROOT / "tests").rglob("test_*.py")]
    there = {file.stem for file in files} | {
        name for file in files
        for name in re.findall(r"def (test_\w+)", file.read_text(encoding="utf-8"))
    }
    named_there = set(re.findall(r"`(test_\w+)", text("planted_faults.md")))
    assert len(named_there) > 80 and named_there - there == set()
