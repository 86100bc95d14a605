"""Extensions as a researcher would write them, one of each kind."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

import psasim as ps


class Thirds(ps.Rule):
    """Every department gives each of its tasks the same part of what it can use."""

    def allocate(self, outlook):
        tasks = np.array([part.stop - part.start for part in self.layout.tasks_of], dtype=float)
        of = self.layout.task_department
        usable = np.broadcast_to(outlook.usable, (len(tasks), self.runs))
        return (usable / tasks[:, None]).take(of, axis=0)


class Moody(ps.Rule):
    """Now and then a department has a bad month, and remembers it."""

    def begin(self):
        self.bad = np.zeros((len(self.layout.scenario.departments), self.runs))

    def allocate(self, outlook):
        keys = [d.key for d in self.layout.scenario.departments]
        bad = self.chance("mood", outlook.month, keys) > 0.8
        self.bad = self.bad + bad
        cut = np.where(bad, 0.5, 1.0).take(self.layout.task_department, axis=0)
        return super().allocate(outlook) * cut

    def memory(self):
        return {"bad_months": self.bad}


@ps.measure("of target", good=1)
def poorest(trajectory, layout, k):
    """Least of the outcomes at the end, real."""
    return trajectory.final.real.min(axis=0)


@ps.lever(capacity=0.001, money=0.1, source=ps.Assumption("An example."))
def shared_office(k, strength, layout):
    """Officials of partner departments share an office."""
    return {"trust_start": k["trust_start"] + 0.3 * strength * (1.0 - k["trust_start"])}


@ps.hook
def scandal(state, flows, layout, k):
    """In month 6 trust is halved."""
    return replace(state, trust=0.5 * state.trust) if state.month == 6 else state


@ps.mechanism("learn.effectiveness")
def nobody_learns(base, knowledge, support, outcome):
    """What is known moves nothing."""
    return base + 0.0 * knowledge


EXTENSIONS = [Moody, poorest, shared_office, scandal, nobody_learns]
