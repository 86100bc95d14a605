"""The exported page in Chromium, driven without a library by `browser.cjs`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

DRIVER = Path(__file__).with_name("browser.cjs")
NAMES = ("chromium", "chromium-browser", "google-chrome")

EARLY = "Page.addScriptToEvaluateOnNewDocument"
READY = """
await page.until("document.readyState === 'complete'");
const settled = () => page.until("document.body.getAttribute('aria-busy') === 'false'");
const text = (id) => page.value(`document.getElementById("${id}").textContent`);
await settled();
"""


def visit(
    file: Path, task: str, folder: Path, link: str = "", before: str = ""
) -> dict[str, Any]:
    """What `task` puts into `output` once the page has opened and settled.

    link: what follows # in its address; before: what its window runs before any script.
    It finds `page` (value, until, key, send), `text(id)` and `settled()`; what the browser
    complained of is in `said`.  Fails, never skips, where Node or Chromium is missing.
    """
    node = shutil.which("node")
    found = (os.environ.get("PSASIM_CHROMIUM"), *map(shutil.which, NAMES))
    browser = next(filter(None, found), None)
    assert node and browser, "Node 20 and Chromium are needed for the tests of the page"
    script, out = folder / "task.js", folder / "output.json"
    address = f"{file.as_uri()}{'#' if link else ''}{link}"
    first = f"await page.send({json.dumps(EARLY)}, {json.dumps({'source': before})});\n"
    text = f"{first}await page.open({json.dumps(address)});\n{READY}{task}"
    script.write_text(text, encoding="utf-8")
    done = subprocess.run([node, str(DRIVER), str(script), str(out)], capture_output=True,
                          text=True, encoding="utf-8", timeout=180,
                          env={**os.environ, "PSASIM_CHROMIUM": browser})
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(out.read_text(encoding="utf-8"))
