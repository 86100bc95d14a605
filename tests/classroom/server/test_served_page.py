"""The page from the server in Chromium: the file's numbers, and nothing its policies refuse."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

import psasim
from tests.classroom.playing import FLAGS, settled

pytestmark = pytest.mark.browser


def test_the_served_page_has_the_analyst_s_digest_and_complains_of_nothing() -> None:
    from playwright.sync_api import sync_playwright

    path = os.environ.get("PSASIM_CHROMIUM") or shutil.which("chromium")
    assert path is not None, "chromium is needed for the tests of pages (-m browser)"
    command = [sys.executable, "-m", "psasim", "classroom", "scenario=teaching", "--port", "0",
               "--no-browser"]
    server = subprocess.Popen(command, encoding="utf-8", stdout=subprocess.PIPE)
    said: list[str] = []
    try:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found
        with sync_playwright() as running:
            browser = running.chromium.launch(executable_path=path, args=FLAGS)
            tab = browser.new_page()
            tab.on("pageerror", lambda error: said.append(str(error)))
            tab.on("console", lambda message: said.append(message.text))
            tab.goto(f"{found[0]}#sandbox&teaching&new_psa")
            settled(tab)
            digest = tab.locator("#digest").text_content()
            assert len(tab.workers) == 1
            tab.goto(f"{found[0]}#sandbox&teaching&no_such_package")
            tab.get_by_role("alert").filter(has_text="was not taken").wait_for()
            browser.close()
    finally:
        server.kill()
        server.communicate()
    assert digest == psasim.compare(["new_psa"], scenario="teaching", worlds=200).digest
    assert said == []
