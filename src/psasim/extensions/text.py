"""The text of an extension, for a record of results in memory."""

from __future__ import annotations

import sys
from typing import Any

from psasim.extensions.given import core_of
from psasim.extensions.origin import Origin, content_of, source_of


def text_of(origin: Origin) -> str | None:
    """The text of an extension that this process has, a file's or, in a notebook, its own; None
    where it is not here any more, or has another."""
    item: Any = sys.modules.get(origin.module)
    for name in origin.qualname.split("."):
        item = getattr(item, name, None)
    item = core_of(item)
    if item is None or source_of(item) != origin.source:
        return None
    return content_of(item).decode("utf-8", errors="replace")
