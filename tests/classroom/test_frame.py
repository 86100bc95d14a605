"""The page's frame in a browser: its places, its type, and its test of itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from psasim.classroom.export import page
from psasim.scenario import load_scenario
from tests.classroom.playing import opened, settled

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(page({"teaching": load_scenario("teaching")}), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def shown(file: Path) -> Iterator[Any]:
    with opened(file) as tab:
        yield tab


def test_places_are_reached_by_keyboard_and_named_in_the_address(shown: Any) -> None:
    assert shown.title().startswith("Lesson")
    assert shown.locator("h1").count() == 1
    here = shown.locator("nav a[aria-current=page]")
    assert here.inner_text() == "Lesson"
    shown.keyboard.press("Tab")
    shown.keyboard.press("Tab")
    shown.keyboard.press("Enter")
    shown.get_by_role("heading", name="What comes of it").wait_for()
    settled(shown)
    assert shown.evaluate("document.activeElement.textContent") == "Choose"
    assert here.inner_text() == "Sandbox" and shown.title().startswith("Sandbox")
    assert "#sandbox&teaching&departmental" in shown.url
    shown.get_by_role("slider", name="Joint targets").press("ArrowRight")
    shown.go_back()
    shown.get_by_role("heading", name="How silos form").wait_for()
    assert here.inner_text() == "Lesson"
    assert not shown.locator("#sandbox").is_visible()
    shown.get_by_role("link", name="Sandbox").click()
    assert shown.get_by_role("slider", name="Joint targets").input_value() == "0.05"


def test_a_place_that_is_not_there_is_told(file: Path) -> None:
    with opened(file, "nowhere") as tab:
        assert "no place nowhere" in tab.get_by_role("alert").inner_text()
        assert tab.locator("nav a[aria-current=page]").inner_text() == "Lesson"


def test_type_grows_for_a_projector_and_stays_so(shown: Any) -> None:
    def height() -> float:
        return shown.evaluate(
            "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")

    before = height()
    shown.get_by_label("Type size").select_option("Projector")
    assert height() > 1.5 * before
    shown.reload()
    assert height() > 1.5 * before


def test_its_numbers_are_held_to_python_s_on_opening(file: Path, tmp_path: Path) -> None:
    with opened(file) as tab:
        tab.get_by_text("numbers are those of psasim").wait_for()
    text = file.read_text(encoding="utf-8")
    at = text.index('"digest":"') + len('"digest":"')
    other = tmp_path / "other.html"
    other.write_text(f"{text[:at]}{'0' * 16}{text[at + 16:]}", encoding="utf-8")
    with opened(other) as tab:
        told = tab.get_by_text("does not work out the model's numbers")
        told.wait_for()
        assert told.get_attribute("role") == "alert" and text[at : at + 16] in told.inner_text()
