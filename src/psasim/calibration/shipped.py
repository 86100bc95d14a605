"""The shipped ensemble of parameter sets that the evidence does not rule out."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from psasim.declared.parameters import PARAMETERS, Parameters

FILE = "plausible.json"


@cache
def record() -> dict[str, Any]:
    """The shipped file: how it was made, and the values, one row a set."""
    text = (files("psasim.calibration") / FILE).read_text(encoding="utf-8")
    return json.loads(text)


def plausible() -> list[Parameters]:
    """The plausible parameter sets, in the order of the file."""
    made = record()
    return [
        Parameters(**{
            name: int(value) if PARAMETERS[name].integer else value
            for name, value in zip(made["parameters"], row, strict=True)
        })
        for row in made["sets"]
    ]
