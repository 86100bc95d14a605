"""Who owns what, and who answers to whom, as graphs of networkx."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import networkx as nx

from psasim.engines.inputs import as_scenario
from psasim.scenario.schema import Body, Contribution, Department, Outcome, Scenario


def owners(scenario: str | Path | Scenario) -> nx.Graph:
    """Departments and the outcomes they contribute to, a bipartite graph.

    Nodes are (`department` or `outcome`, key), with the scenario's facts and `bipartite` (0, 1);
    edges have `share`, `lead` and `mission`.
    """
    facts = as_scenario(scenario)
    graph = nx.Graph(name=facts.name)
    for department in facts.departments:
        graph.add_node(("department", department.key), bipartite=0, **_facts(department))
    for outcome in facts.outcomes:
        graph.add_node(("outcome", outcome.key), bipartite=1, **_facts(outcome))
    for c in facts.contributions:
        graph.add_edge(("department", c.department), ("outcome", c.outcome), **_facts(c))
    return graph


def chain(scenario: str | Path | Scenario) -> nx.DiGraph:
    """The delivery chain, from departments down to bodies and the outcomes they serve.

    Nodes are (`department`, `body` or `outcome`, key); an edge goes from a parent to a body, and
    from a body to each of its outcomes, with the `alignment` it has there.
    """
    facts = as_scenario(scenario)
    graph = nx.DiGraph(name=facts.name)
    parents = {d.key: ("department", d.key) for d in facts.departments}
    parents |= {body.key: ("body", body.key) for body in facts.bodies}
    for body in facts.bodies:
        graph.add_node(("body", body.key), **_facts(body))
    for body in facts.bodies:
        graph.add_edges_from((parents[key], ("body", body.key)) for key in body.parents)
        for key, alignment in zip(body.outcomes, body.alignment, strict=True):
            graph.add_edge(("body", body.key), ("outcome", key), alignment=alignment)
    return graph


def _facts(item: Department | Outcome | Contribution | Body) -> dict[str, Any]:
    """Its numbers and names, without what the graph itself says."""
    said = ("key", "department", "outcome", "parents", "outcomes", "alignment")
    return {f.name: getattr(item, f.name) for f in fields(item)
            if f.name not in said and getattr(item, f.name) is not None}
