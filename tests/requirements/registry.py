"""Which test holds which requirement, and by which elements of the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tests.requirements.elements import Element

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Claim:
    """One requirement, the elements that carry it, and the test that fails without any of
    them; note: where the element differs from what the requirement suggests."""

    requirement: str
    elements: tuple[Element, ...]
    test: Callable[[], None]
    note: str

    @property
    def where(self) -> str:
        """Test file and function."""
        return f"{self.test.__module__.rpartition('.')[2]}.py::{self.test.__name__}"


_CLAIMS: dict[str, Claim] = {}


def carries(requirement: str, *elements: Element, note: str = "") -> Callable:
    """Declare that a test holds a requirement, and fails if any one element is taken out."""

    def register(test: Callable[[], None]) -> Callable[[], None]:
        claim = Claim(requirement, elements, test, note)
        held = _CLAIMS.setdefault(requirement, claim)
        if held.where != claim.where:
            raise ValueError(f"{requirement} is held by {held.where} and {claim.where}")
        _CLAIMS[requirement] = claim
        return test

    return register


def claims() -> dict[str, Claim]:
    """Every claim by requirement, in the order of the deck."""
    for file in sorted(HERE.glob("test_r*.py")):
        import_module(f"tests.requirements.{file.stem}")
    return dict(sorted(_CLAIMS.items(), key=lambda item: int(item[0][1:])))
