"""What Python gives the page: constants, declarations and scenarios, JSON-ready."""

from __future__ import annotations

import json

from psasim.classroom.declarations import declarations
from psasim.classroom.mechanisms import mechanisms
from psasim.classroom.words import texts
from psasim.mechanisms import elementary, normal


def given() -> dict[str, object]:
    """What the model's script reads as `GIVEN`."""
    return {**constants(), "declarations": declarations(), "mechanisms": mechanisms(),
            "texts": texts()}


def constants() -> dict[str, object]:
    """Tables of the elementary functions and coefficients of the normal quantile, as they are."""
    e = elementary
    return {
        "elementary": {
            "root": e._ROOT.tolist(),
            "rootLow": e._ROOT_LOW.tolist(),
            "logHigh": e._LOG_HIGH.tolist(),
            "logLow": e._LOG_LOW.tolist(),
            "perStep": float(e._PER_STEP),
            "stepHigh": float(e._STEP_HIGH),
            "stepLow": float(e._STEP_LOW),
            "log2High": float(e._LOG2_HIGH),
            "log2Low": float(e._LOG2_LOW),
            "lifted": float(e._LIFTED),
            "factorials": [float(term) for term in e._FACTORIALS],
            "over": [float(term) for term in e._OVER],
        },
        "normal": {
            name: [[float(term) for term in side] for side in terms]
            for name, terms in (
                ("centre", normal._CENTRE), ("shoulder", normal._SHOULDER), ("tail", normal._TAIL)
            )
        },
    }


def compact(value: object) -> str:
    """JSON without spaces that may stand in a script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
