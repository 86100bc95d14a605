"""The page: what it says of each kind of folder, and that nothing in it acts or is fetched."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from psasim.analysis.questions import QUESTIONS
from psasim.declared.levers import LEVERS
from psasim.declared.presets import preset
from psasim.errors import InputError, StoreError
from psasim.experiment.folder import look
from psasim.report.page import write_page
from psasim.report.page.answer import _in_single_futures
from psasim.report.page.reading import read as read_folder
from psasim.report.page.text import cell, within, words
from psasim.report.page.wording import in_words, meaning, names_in

from .conftest import KINDS, PACKAGE, TITLE, make
from .reading import Element, read

Page = Callable[[str], Path]


@pytest.fixture(params=KINDS)
def each(request: pytest.FixtureRequest, page: Page) -> Path:
    """The report of a folder of every kind."""
    return page(request.param)


def _section(root: Element, key: str) -> Element:
    return next(item for item in root.all("section") if item.attributes.get("id") == key)


def test_it_fetches_and_runs_nothing(each: Path) -> None:
    root = read(each / "report.html")
    beside = {path.name for path in each.iterdir()}
    for element in root.all():
        assert element.tag not in {"script", "iframe", "object", "embed", "link", "img", "base",
                                   "form", "image"}, element.tag
        for name, value in element.attributes.items():
            assert not name.startswith("on") and name != "style", (element.tag, name)
            if name in ("href", "src", "xlink:href", "srcset", "action"):
                assert value.startswith("#") or value in beside, value
    text = (each / "report.html").read_text(encoding="utf-8")
    assert "@import" not in text and not re.search(r"url\((?!#)", text)


def test_its_policy_allows_its_own_style_and_nothing_else(each: Path) -> None:
    root = read(each / "report.html")
    (policy,) = (item.attributes["content"] for item in root.all("meta")
                 if item.attributes.get("http-equiv") == "Content-Security-Policy")
    (style,) = root.all("style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert policy == (f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
                      "form-action 'none'")


def test_every_picture_has_a_message_an_alternative_a_table_and_a_file(each: Path) -> None:
    root = read(each / "report.html")
    ids = {item.attributes["id"]: item for item in root.all() if "id" in item.attributes}
    figures = root.all("figure")
    assert len(figures) == len(root.all("svg")) > 0
    for figure in figures:
        (drawing,) = figure.all("svg")
        message = figure.all("h2", "h3")[0].text.strip()
        assert message and drawing.attributes["role"] == "img"
        title, about = (ids[key] for key in drawing.attributes["aria-labelledby"].split())
        assert title.text == message and message in about.text and len(about.text) > len(message)
        (table,) = figure.all("table")
        assert len(table.all("tr")) > 1
        links = [item.attributes["href"] for item in figure.all("a")]
        assert any(link.endswith(".csv") and (each / link).is_file() for link in links)


def test_names_of_elements_are_their_own_and_lead_somewhere(each: Path) -> None:
    root = read(each / "report.html")
    ids = [item.attributes["id"] for item in root.all() if "id" in item.attributes]
    assert len(ids) == len(set(ids))
    for element in root.all():
        for name in ("aria-labelledby", "href", "xlink:href", "clip-path"):
            value = element.attributes.get(name, "")
            found = [value[5:-1]] if value.startswith("url(#") else value.split()
            if name != "aria-labelledby":
                found = [key.removeprefix("#") for key in found if "#" in value]
            assert set(found) <= set(ids), (name, value)


def test_tables_have_captions_and_heads_of_columns_and_rows(each: Path) -> None:
    for table in read(each / "report.html").all("table"):
        assert len(table.all("caption")) == 1
        assert all(head.attributes["scope"] in ("col", "row") for head in table.all("th"))
        for row in table.all("tr"):
            assert row.all("th") and len(row.all("th", "td")) == len(table.all("tr")[0].all("th"))


def test_there_is_one_heading_of_the_first_rank_and_none_is_skipped(each: Path) -> None:
    ranks = [int(item.tag[1]) for item in read(each / "report.html").all("h1", "h2", "h3")]
    assert ranks.count(1) == 1 and ranks[0] == 1
    assert all(after <= before + 1 for before, after in zip(ranks, ranks[1:], strict=False))


def test_the_answer_has_five_sentences_at_most_and_two_caveats(each: Path) -> None:
    answer = _section(read(each / "report.html"), "answer")
    said = answer.all("p")
    assert 1 <= len(said) <= 5 and all(item.text.strip().endswith(".") for item in said)
    assert len(answer.all("li")) == 2


def test_names_come_out_as_text(page: Page) -> None:
    root = read(page("odd") / "report.html")
    assert root.all("h1")[0].text == TITLE
    assert PACKAGE in _section(root, "answer").text
    assert not root.all("i", "b", "script")
    turned = {item.text for item in root.all("bdi")}
    assert "שלום עולם" in turned and "קבוצה" in turned


def test_the_same_folder_gives_the_same_bytes(
    page: Page, copied: Path
) -> None:
    again, first = write_page(copied), page("one")
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(path.name for path in again.iterdir()) and "tables.xlsx" in names
    for name in names:
        assert (first / name).read_bytes() == (again / name).read_bytes(), name


def test_what_a_design_does_not_answer_says_which_would(page: Page) -> None:
    one = read(page("one") / "report.html")
    assert "parameters=plausible" in _section(one, "ranking").text
    assert "scenarios:" in _section(one, "scenarios").text
    assert not _section(one, "ranking").all("table")
    futures = read(page("futures") / "report.html")
    assert _section(futures, "ranking").all("table")
    assert "parameters=plausible" not in _section(futures, "change").text
    assert "Monthly bands are kept" in _section(futures, "months").text
    several = read(page("scenarios") / "report.html")
    assert _section(several, "scenarios").all("table")
    assert not _section(one, "months").all("p")[0].text.startswith("Monthly bands are kept")
    assert "Monthly bands are kept" in _section(read(page("bandless") / "report.html"),
                                                "months").text


def test_the_first_page_names_numbers_in_plain_words(page: Page) -> None:
    change = _section(read(page("futures") / "report.html"), "change").text
    assert "structure." not in change  # the scenario is of no family
    weak = next(line for line in change.splitlines() if "weakly founded" in line)
    assert weak.count("(") == 3 and "typical value a department puts on an outcome" in weak


def test_a_factor_in_a_sentence_is_followed_by_what_it_is() -> None:
    said = in_words("What inertia adds is driven most by inertia (36% of it); inertia (3%)")
    told = meaning("inertia")
    assert said == (f"What inertia adds is driven most by inertia, “{told}” (36% of it); "
                    "inertia (3%)")


def test_numbers_that_sentences_name_are_told(page: Page) -> None:
    assert names_in(["driven by inertia (3%)", "parameters.discount moves nothing", "a fine day"]
                    ) == ["inertia", "discount"]
    words = _section(read(page("futures") / "report.html"), "words")
    cautions = _section(read(page("futures") / "report.html"), "cautions").text
    told = {head.text for head in words.all("th") if head.attributes["scope"] == "row"}
    assert set(names_in([cautions])) <= told and "mission_level" in told


def test_what_a_package_consists_of_is_told(page: Page) -> None:
    root = read(page("one") / "report.html")
    rows: dict[str, str] = {}
    for row in _section(root, "changes").all("tr"):
        rows[row.all("th")[0].text] = row.text
    for name in preset("new_psa").levers_on():
        assert name in rows["new_psa"] and LEVERS[name].description in rows[name]
    assert "none" in rows["departmental"]


def test_no_note_tells_of_a_column_that_is_not_there(each: Path) -> None:
    for section in read(each / "report.html").all("section"):
        for note in (item for item in section.all("p")
                     if item.attributes.get("class") == "files"):
            assert not re.search(r"sd_|lo95|p_holm|equal is|of its row", note.text), note.text


def test_who_does_worse_in_single_futures_is_told() -> None:
    rows = pd.DataFrame({"better": [0.5, 1.0], "equal": [0.25, 0.0], "sets": [4, 4]},
                        index=["a", "b"])
    said = _in_single_futures(SimpleNamespace(futures=rows))
    assert said == ", but a does so in 1 of 4 futures, b in none"


def test_every_question_has_a_section(page: Page) -> None:
    keys = {item.attributes.get("id") for item in read(page("one") / "report.html").all("section")}
    assert set(QUESTIONS) <= keys


def test_runs_that_are_not_whole_are_told_first(page: Page) -> None:
    def notices(kind: str) -> list[str]:
        return [item.text for item in read(page(kind) / "report.html").all("section")
                if item.attributes.get("class") == "notices"]

    assert "may not be whole" in notices("stopped")[0]
    assert not notices("one")


def test_a_folder_of_another_model_is_told(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "model_digest", lambda: "another")
    root = read(write_page(copied) / "report.html")
    assert "made by another version of the model" in root.text


def test_bands_that_were_changed_are_not_drawn(copied: Path) -> None:
    assert "trajectories" in read_folder(copied).charts
    with (copied / "trajectories.parquet").open("ab") as file:
        file.write(b"!")
    assert "trajectories" not in read_folder(copied).charts


def test_a_part_that_was_changed_is_refused(copied: Path) -> None:
    part = next((copied / "runs.parquet").glob("*.parquet"))
    part.write_bytes(part.read_bytes()[:-1] + b"!")
    with pytest.raises(StoreError, match=part.name):
        write_page(copied)
    assert not (copied / "report" / "report.html").exists()


def test_a_folder_of_somebody_else_is_left_alone(copied: Path) -> None:
    (copied / "report").mkdir()
    (copied / "report" / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match=r"mine\.txt"):
        write_page(copied)
    assert [path.name for path in (copied / "report").iterdir()] == ["mine.txt"]


def test_what_a_report_no_longer_has_goes_and_other_files_stay(
    copied: Path
) -> None:
    place = write_page(copied)
    (place / "mine.txt").write_text("mine")
    assert (place / "trajectories.csv").is_file()
    (copied / "trajectories.parquet").unlink()
    write_page(copied)
    assert not (place / "trajectories.csv").exists() and (place / "mine.txt").is_file()


def test_its_record_closes_every_file(each: Path) -> None:
    files = json.loads((each / "report.json").read_text(encoding="utf-8"))["files"]
    assert set(files) | {"report.json"} == {path.name for path in each.iterdir()}
    for name, digest in files.items():
        assert hashlib.sha256((each / name).read_bytes()).hexdigest() == digest


def test_a_folder_without_runs_says_so(tmp_path: Path) -> None:
    place = make("one", tmp_path / "out")
    for part in (place / "runs.parquet").iterdir():
        part.unlink()
    (place / "record.json").unlink()
    with pytest.raises(InputError, match="nothing to report"):
        write_page(place)


@pytest.mark.parametrize("text, shown", [
    ("a < b", "a &lt; b"),
    ("new_psa+lead", "new_<wbr>psa+<wbr>lead"),
    ("3 שלום 4", "3 <bdi>שלום</bdi> 4"),
    ("two\nlines\u202e", "two lines"),
])
def test_words_are_text(text: str, shown: str) -> None:
    assert words(text) == shown


def test_words_within_an_attribute_end_nowhere() -> None:
    assert within('"><b>') == "&#34;&gt;&lt;b&gt;"


@pytest.mark.parametrize("value, shown", [
    (float("nan"), "not available"), (float("inf"), "not finite"), (3.0, "3"), (True, "yes"),
    (0.123456, "0.1235"), (1e-9, "1.000e-09"), (12345, "12,345"), ("x", "x"),
])
def test_cells(value: object, shown: str) -> None:
    assert cell(value) == shown
