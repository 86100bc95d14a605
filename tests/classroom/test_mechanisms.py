"""What the page's "why" says is read off the model: coefficients, phases, mechanisms, lines."""

from __future__ import annotations

from psasim.classroom.mechanisms import mechanisms
from psasim.documents.causes import moved
from psasim.mechanisms import clear, crowd
from psasim.month.ledger import LINES


def test_whatever_a_lever_moves_is_known_and_read_somewhere() -> None:
    found = mechanisms()["coefficients"]
    for lever, coefficients in moved().items():
        assert set(coefficients) <= found.keys(), lever
    assert found["relapse"]["phases"] == ["6 Clear the chain"]
    assert found["relapse"]["mechanisms"] == ["clear"]
    assert found["accountability"]["made"] == ["accountability"]
    assert found["accountability"]["mechanisms"] == ["stake"]
    assert found["will"]["made"] == ["crowd"]
    assert found["clarity_lift"]["made"] == []  # combining is arithmetic


def test_every_line_of_the_ledger_is_written_in_one_phase() -> None:
    phases = mechanisms()["phases"]
    assert sorted(line for phase in phases.values() for line in phase["lines"]) == sorted(LINES)
    assert phases["7 Deliver and produce"]["lines"] == [
        "distortion", "chain", "practice", "mix", "realised"]
    assert phases["4 Overhead"]["mechanisms"] == ["overhead", "reorganise"]


def test_mechanisms_speak_for_themselves() -> None:
    told = mechanisms()["mechanisms"]
    assert told["clear"] == clear.__doc__.splitlines()[0]
    assert told["crowd"] == crowd.__doc__.splitlines()[0]
    named = {name for phase in mechanisms()["phases"].values() for name in phase["mechanisms"]}
    assert named <= told.keys() and not {"ordered_sum", "elementary"} & told.keys()
