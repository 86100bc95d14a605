"""Evidence that enters as a fact of a scenario: checked there, so that it can constrain
no parameter."""

from __future__ import annotations

from typing import Any

from psasim.scenario import load_scenario

VALIDITY = {0.95: 0.55, 0.75: 0.34, 0.40: 0.11}
"""CSR07 indicators whose data systems were fit, fit with qualification, and not (nao-mu5)."""


def input_checks() -> list[dict[str, Any]]:
    """What was seen, and what the scenario holds, JSON-ready."""
    indicators = load_scenario("csr2007").indicators
    shares = [
        sum(item.validity == validity for item in indicators) / len(indicators)
        for validity in VALIDITY
    ]
    obesity, offences = load_scenario("child_obesity"), load_scenario("offences_to_justice")
    boards = [body.count for body in offences.bodies if body.key == "CriminalJusticeBoard"]
    return [
        {
            "source": "nao-mu5", "seen": "Data systems of CSR07 indicators: 55, 34 and 11 % "
            "fit, fit with qualification, not fit",
            "model": "csr2007: {} % of {} indicators at validity 0.95, 0.75, 0.40".format(
                ", ".join(f"{100 * share:.0f}" for share in shares), len(indicators)),
            "agrees": all(
                abs(share - seen) < 0.01 for share, seen in zip(shares, VALIDITY.values(),
                                                                 strict=True)),
        },
        {
            "source": "pac157", "seen": "26 bodies or groups of bodies in the chain of child "
            "obesity",
            "model": f"child_obesity: {len(obesity.bodies)} kinds of body under "
            f"{len(obesity.departments)} departments",
            "agrees": len(obesity.bodies) + len(obesity.departments) == 26,
        },
        {
            "source": "hans-cps", "seen": "42 local criminal justice boards",
            "model": f"offences_to_justice: {', '.join(map(str, boards))} boards",
            "agrees": boards == [42],
        },
    ]
