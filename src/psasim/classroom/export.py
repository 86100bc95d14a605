"""One HTML file that holds the page, the model and the scenarios, and opens by a double click."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from html import escape

from psasim import __version__
from psasim.classroom.arrays import scenario_arrays
from psasim.classroom.check import check
from psasim.classroom.given import compact, given
from psasim.classroom.script import PAGE, script
from psasim.classroom.words import style, texts
from psasim.fingerprint import model_digest
from psasim.scenario.schema import Scenario

ENTRY = "view/main.js"


def page(scenarios: Mapping[str, Scenario]) -> str:
    """The whole file, which loads nothing, and whose policy lets it load nothing.

    scenarios: by how an analyst would name them, a shipped one's name or a path.
    """
    program = f"{script(ENTRY, compact(given()))}psasim.begin();\n"
    styles, words = style(), texts()["view"]
    parts = {
        "policy": _policy(program, styles),
        "style": styles,
        **{name: escape(words[name]) for name in ("language", "title", "unscripted")},
        "made": compact({"version": __version__, "model": model_digest(),
                         "check": check(next(iter(scenarios.values())))}),
        "scenarios": compact([
            {**scenario_arrays(scenario), "given": given_as}
            for given_as, scenario in scenarios.items()
        ]),
        "program": program,
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], _text("page.html"))


def _policy(program: str, styles: str) -> str:
    """Only this script, this style, and workers made of the script's own text."""
    return (f"default-src 'none'; script-src {_hash(program)}; style-src {_hash(styles)}; "
            "worker-src blob:; base-uri 'none'; form-action 'none'")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _text(name: str) -> str:
    return PAGE.joinpath(name).read_text(encoding="utf-8")
