"""The table of requirements is whole, points at what exists, and is the one in the documents."""

from __future__ import annotations

from collections import Counter

import pytest

from psasim.declared.conf import conf
from psasim.declared.levers import LEVERS
from tests.requirements.deck import STATEMENTS
from tests.requirements.document import PAGE, page
from tests.requirements.elements import ROOT, Element, Field, Lever
from tests.requirements.registry import claims

ELEMENTS = [
    pytest.param(name, element, id=f"{name}-{element.label}")
    for name, claim in claims().items()
    for element in claim.elements
]


def test_every_statement_of_the_deck_is_carried_by_a_test_of_its_own() -> None:
    assert len(STATEMENTS) == 85
    assert [*claims()] == [*STATEMENTS]
    assert all(claim.elements for claim in claims().values())
    assert set(Counter(claim.where for claim in claims().values()).values()) == {1}


@pytest.mark.parametrize("name, element", ELEMENTS)
def test_the_element_is_declared_and_acts_where_the_table_says(
    name: str, element: Element
) -> None:
    assert len(set(element.files)) == len(element.files)
    homes = (ROOT, conf().parent)
    assert all(any((home / file).is_file() for home in homes) for file in element.files)
    if element.kind in ("lever", "lever field", "parameter", "fact"):
        assert len(element.files) > 1, "declared, but read nowhere in the model"


@pytest.mark.parametrize("name, element", ELEMENTS)
def test_a_lever_declares_the_requirements_it_carries(name: str, element: Element) -> None:
    if isinstance(element, Lever | Field):
        lever = element.name if isinstance(element, Lever) else element.lever
        assert name in LEVERS[lever].requirements


def test_a_lever_declares_only_statements_of_the_deck() -> None:
    named = {name for lever in LEVERS.values() for name in lever.requirements}
    assert named and named <= STATEMENTS.keys()


def test_the_document_is_generated_from_the_claims() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.requirements.document"
