"""The page as one HTML file: nothing is fetched, and nothing in it runs."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

import psasim
from psasim.report.page.content import Page
from psasim.report.page.figures import inline
from psasim.report.page.text import cell, is_number, within, words

TEMPLATES = "templates"
MOST_ROWS = 400
"""Rows at most of a picture's data on the page; its file has them all."""


def html(page: Page) -> str:
    """The file's text."""
    style = _style()
    environment = Environment(
        loader=PackageLoader("psasim.report.page", TEMPLATES), autoescape=True,
        undefined=StrictUndefined, finalize=words, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"within": within, "cell": cell}
    environment.tests["number"] = is_number
    return environment.get_template("report.html").render(
        page=page, drawing=inline, style=Markup(style), policy=_policy(style),
        version=psasim.__version__, most=MOST_ROWS,
    )


def _style() -> str:
    return (files("psasim.report.page") / TEMPLATES / "report.css").read_text(encoding="utf-8")


def _policy(style: str) -> str:
    """No source at all but this very style."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
            "form-action 'none'")
