"""Every claim's test fails once an element it names is taken out."""

from __future__ import annotations

import pytest

from tests.requirements.elements import Element
from tests.requirements.registry import Claim, claims

PAIRS = [
    pytest.param(claim, element, id=f"{claim.requirement}-{element.label}")
    for claim in claims().values()
    for element in claim.elements
]


@pytest.mark.slow
@pytest.mark.parametrize("claim, element", PAIRS)
def test_without_the_element_the_requirements_test_fails(
    claim: Claim, element: Element, monkeypatch: pytest.MonkeyPatch
) -> None:
    element.take_out(monkeypatch)
    with pytest.raises(AssertionError):
        claim.test()
