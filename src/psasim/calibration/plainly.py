"""What calibration found, in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def plainly(found: Mapping[str, Any]) -> list[str]:
    """How much the evidence rules out, and what it says nothing of; found: as of
    `shipped_report`."""
    at_prior, every = len(found["at_prior"]), len(found["parameters"])
    left = found["waves"][-1]["left"] / found["waves"][0]["sets"]
    said = [
        "The model is hardly calibrated.",
        f"Public evidence rules out {1 - left:.0%} of the parameter sets drawn over the declared "
        f"ranges; {at_prior} of {every} parameters stay where they were assumed to be.",
        "No evidence speaks to the size of any lever.",
    ]
    missed = [f"`{band['key']}`" for band in found["bands"] if band["missed"]]
    if missed:
        said.append(f"The model misses {', '.join(missed)} whatever its parameters, which is a "
                    "fault of the model or of how the case is laid on it.")
    return said
