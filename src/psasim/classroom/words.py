"""The page's words and styles, which stand apart from its code: one file of each to a folder."""

from __future__ import annotations

import re
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from psasim.classroom.script import PAGE

TEXTS, STYLE = "texts.yaml", "style.css"
SERVED = "served"


def texts() -> dict[str, Any]:
    """The words of each folder of `view` by its name, those of `view` itself as "view".

    Every one is a text, also what looks like a number: YAML's plain strings.
    """
    return {folder.name: _words(folder) for folder in _folders() if (folder / TEXTS).is_file()}


def served_texts() -> dict[str, Any]:
    """The words of the pages of a room, which a page from a file has not: by page."""
    return _words(PAGE / SERVED)


def style() -> str:
    """The styles of `view` and of its folders, in this order, without the spaces between."""
    return "\n".join(
        re.sub(r"\s*([{};])\s*", r"\1", file.read_text(encoding="utf-8"))
        for folder in _folders() if (file := folder / STYLE).is_file()
    )


def served_style() -> str:
    """The styles of the pages of a room."""
    return f"{style()}\n{(PAGE / SERVED / STYLE).read_text(encoding='utf-8')}"


def _words(folder: Traversable) -> Any:
    return yaml.load((folder / TEXTS).read_text(encoding="utf-8"), yaml.BaseLoader)


def _folders() -> list[Traversable]:
    view = PAGE / "view"
    return [view, *sorted((item for item in view.iterdir() if item.is_dir()),
                          key=lambda item: item.name)]
