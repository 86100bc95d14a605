"""The documents that are generated from the declarations, and those parts of `model.md`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from psasim.documents import (
    assumptions,
    calibration,
    data_log,
    findings,
    levers,
    measures,
    model,
    model_map,
    parameters,
)

PAGES: Mapping[str, Callable[[], str]] = MappingProxyType({
    "assumptions.md": assumptions.page,
    "calibration.md": calibration.page,
    "data_log.md": data_log.page,
    "findings.md": findings.page,
    "levers.md": levers.page,
    "measures.md": measures.page,
    "model_map.svg": model_map.svg,
    "parameters.md": parameters.page,
})


def documents(folder: Path) -> dict[Path, str]:
    """Text of every generated document by its path in `folder`.

    `model.md` is read from `folder`: only what stands between its markers is generated.
    """
    texts = {folder / name: page() for name, page in PAGES.items()}
    text = (folder / "model.md").read_text(encoding="utf-8")
    return {**texts, folder / "model.md": model.filled(text)}
