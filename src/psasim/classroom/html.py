"""One HTML file of a script, its styles and its data, whose policy lets it load nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from html import escape

from psasim.classroom.given import compact
from psasim.classroom.script import PAGE, script

WORDS = ("language", "title", "unscripted")
"""What of a page's texts stands in its HTML."""


def document(
    entry: str, given: object, data: Mapping[str, object], words: Mapping[str, str],
    styles: str, connect: bool = False,
) -> str:
    """The whole file.

    entry: module whose `begin` is called; given: what the script reads as `GIVEN`; data: by the
    id of the element that holds it; words: with `WORDS`; connect: whether the page may ask the
    server it came from, and no other.
    """
    program = f"{script(entry, compact(given))}psasim.begin();\n"
    parts = {
        "policy": _policy(program, styles, connect),
        "style": styles,
        **{name: escape(words[name]) for name in WORDS},
        "data": "\n".join(f'<script type="application/json" id="{name}">{compact(value)}</script>'
                          for name, value in data.items()),
        "program": program,
    }
    template = PAGE.joinpath("page.html").read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], template)


def _policy(program: str, styles: str, connect: bool) -> str:
    """Only this script, this style, and workers made of the script's own text."""
    asks = "connect-src 'self'; " if connect else ""
    return (f"default-src 'none'; script-src {_hash(program)}; style-src {_hash(styles)}; "
            f"{asks}worker-src blob:; base-uri 'none'; form-action 'none'")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
