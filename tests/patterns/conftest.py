"""Patterns asked at a small size, in-process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from psasim.calibration.prior import prior_sample
from psasim.experiment.computing.backends import Backend
from psasim.validation.carry_out import ask
from psasim.validation.pattern import Pattern
from psasim.validation.verdict import Finding

Ask = Callable[..., Finding]


@pytest.fixture
def asked(tmp_path: Path) -> Ask:
    """Asks a pattern over a few sets of the prior."""

    def call(pattern: Pattern, sets: int = 8, worlds: int = 8) -> Finding:
        return ask(pattern, prior_sample(sets, 2007), worlds, tmp_path, backend=Backend("serial"))

    return call
