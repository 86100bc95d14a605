"""The exported page in Chromium, as a trainer has it: from a file, without network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def opened(file: Path, link: str = "", width: int = 1280, height: int = 900, **context: Any
           ) -> Iterator[Any]:
    """A tab in which the page has settled; fails where it complained, or Chromium is missing."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("PSASIM_CHROMIUM") or shutil.which("chromium")
    assert path is not None, "chromium is needed for the tests of pages (-m browser)"
    said: list[str] = []
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=FLAGS)
        tab = browser.new_context(viewport={"width": width, "height": height}, offline=True,
                                  **context).new_page()
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("console", lambda message: said.append(message.text))
        tab.goto(f"{file.as_uri()}{'#' if link else ''}{link}")
        settled(tab)
        yield tab
        browser.close()
    assert said == []


def settled(tab: Any) -> None:
    """Waits until the page has worked out what it was asked for."""
    tab.locator("body[aria-busy=false]").wait_for()
