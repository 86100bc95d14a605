"""The page in a real browser: accessible in both themes and at every width, offline, and
printable."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = (1920, 1280, 390)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; fails, never skips, where it is missing."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    assert path is not None, "chromium is needed for the tests of pages (-m browser)"
    with sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["one", "odd", "both", "stopped"])
def test_axe_finds_nothing(
    browser: Any, page: Callable[[str], Path], kind: str, theme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with browser.new_context(color_scheme=theme, bypass_csp=True, offline=True) as context:
        shown = context.new_page()
        shown.goto((page(kind) / "report.html").as_uri())
        for details in shown.locator("details").all():
            details.evaluate("item => { item.open = true }")
        for width in WIDTHS:
            shown.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(shown).response
            assert found["passes"]
            assert [(item["id"], item["nodes"][0]["html"]) for item in found["violations"]] == []
            assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_nothing_is_asked_for_or_refused(browser: Any, page: Callable[[str], Path]) -> None:
    with browser.new_context() as context:
        shown = context.new_page()
        asked: list[str] = []
        said: list[str] = []
        shown.on("request", lambda request: asked.append(request.url))
        shown.on("console", lambda message: said.append(message.text))
        address = (page("odd") / "report.html").as_uri()
        shown.goto(address)
        assert asked == [address] and said == []
        assert shown.evaluate("getComputedStyle(document.body).maxWidth") == "992px"


def test_a_keyboard_reaches_the_answer_and_every_table(
    browser: Any, page: Callable[[str], Path]
) -> None:
    with browser.new_context() as context:
        shown = context.new_page()
        shown.goto((page("one") / "report.html").as_uri())
        shown.keyboard.press("Tab")
        assert shown.evaluate("document.activeElement.className") == "skip"
        shown.keyboard.press("Enter")
        assert shown.evaluate("document.activeElement.id") == "answer"
        stops = set()
        for _ in range(300):
            shown.keyboard.press("Tab")
            stops.add(shown.evaluate("document.activeElement.getAttribute('aria-label') || ''"))
        labels = shown.eval_on_selector_all(
            ".scroll, .drawing",
            "all => all.filter(i => i.checkVisibility()).map(i => i.ariaLabel)")
        assert labels and set(labels) <= stops


def test_it_prints(browser: Any, page: Callable[[str], Path], tmp_path: Path) -> None:
    with browser.new_context(color_scheme="dark") as context:
        shown = context.new_page()
        shown.goto((page("one") / "report.html").as_uri())
        content = shown.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
        assert content.startswith(b"%PDF") and len(content) > 10_000
        shown.emulate_media(media="print")
        assert shown.evaluate("getComputedStyle(document.body).color") == "rgb(34, 34, 34)"
        assert shown.evaluate(
            "[...document.querySelectorAll('.scroll')].every(i => i.scrollWidth <= i.clientWidth)")


def test_the_first_page_prints_on_one_sheet(browser: Any, page: Callable[[str], Path]) -> None:
    with browser.new_context(viewport={"width": 680, "height": 1000}) as context:  # A4 less margins
        shown = context.new_page()
        shown.goto((page("both") / "report.html").as_uri())
        shown.emulate_media(media="print")
        bottom = shown.evaluate("document.querySelector('.first').getBoundingClientRect().bottom")
        assert 300 < bottom <= 1039  # 275 mm
