"""A rule of choice of one's own: everybody's decisions at once, in all runs side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, ClassVar

import numpy as np

from psasim.engines.answers import are_parts, freeze, in_a_line, numbers, overspent
from psasim.engines.slips import refuse_slips
from psasim.errors import InputError, shown
from psasim.mechanisms.ordered_sum import Floats
from psasim.month.decisions import Decisions, Desk, Everyone, Outlook, Requests, Returns, Review
from psasim.month.draws import draw
from psasim.month.worlds import Worlds
from psasim.structure.identity import hash_of
from psasim.structure.layout import Layout


class Rule(Everyone):
    """How departments, bodies and the centre decide, in every run at once.

    Override `allocate`, `agree`, `game` or `review` (`psasim.month.decisions.Decisions`); what
    is not overridden stays as it is.  Arrays are (rows, runs), the last axis the runs, and an
    answer must not look across it: runs are put side by side as suits the machine.  What a
    rule answers acts at once.

    layout: rows of the scenario, `psasim.structure.layout.Layout`; runs: how many.  One object
    serves the months of a batch of runs in turn, so that it may remember: make the memory in
    `begin`, hand it out by `memory`.
    """

    hooks: ClassVar[tuple[str, ...]] = ("allocate", "agree", "game", "review")

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        refuse_slips(cls)

    def __init__(self, layout: Layout, worlds: Worlds) -> None:
        super().__init__(layout)
        self.layout = layout
        self.runs = worlds.runs
        self._worlds = worlds
        self._drawn: dict[str, Floats] = {}
        self.begin()

    def begin(self) -> None:
        """Before the first month: the place to make what it remembers, (rows, runs)."""

    def memory(self) -> Mapping[str, Floats]:
        """What it hands back after the last month, by name, each (rows, runs)."""
        return {}

    def chance(self, name: str, month: int, keys: Sequence[str] = ("",)) -> Floats:
        """Uniform numbers in (0, 1), one a key and run, (keys, runs).

        A function of (seed, world, name, key, month) alone, so that the same world meets the same
        luck under every package and in every batch.
        """
        if name not in self._drawn:
            self._drawn[name] = _uniform(self._worlds, name, tuple(keys))
        return self._drawn[name][month - 1]


def _uniform(worlds: Worlds, name: str, keys: tuple[str, ...]) -> Floats:
    """(months, keys, runs), each world drawn once however often it stands beside itself."""
    hashes = np.array([hash_of("rule", name, key) for key in keys], dtype=np.uint64)
    numbers_of = np.asarray(worlds.replicates)
    first, last = int(numbers_of.min()), int(numbers_of.max())
    none = np.array([], dtype=np.uint64)
    drawn = draw(worlds.seed, none, hashes, range(first, last + 1), worlds.months)[1]
    return drawn[..., numbers_of - first]


class Checked:
    """A rule of one's own, its answers held against what is legal.

    Raises `psasim.errors.InputError` that names the rule, who decided, month and world.
    """

    def __init__(self, rule: Rule, worlds: Worlds) -> None:
        self.rule = rule
        self._worlds = worlds

    def allocate(self, outlook: Outlook) -> Floats:
        effort = self._ask("allocate", outlook, outlook.stake.shape)
        wrong = overspent(effort, outlook, self.rule.layout)
        if wrong:
            department, run = wrong
            rows = self.rule.layout.tasks_of[department]
            key = self.rule.layout.scenario.departments[department].key
            raise self._illegal(
                "allocate", effort[rows, run], outlook.month, run, f" for {key!r}",
                "efforts of 0 or more that sum to at most "
                f"{outlook.usable[department, min(run, outlook.usable.shape[1] - 1)]:.6g} "
                "(department-months)")
        return effort

    def agree(self, requests: Requests) -> Floats:
        agreed = self._ask("agree", requests, requests.chance.shape)
        if not are_parts(agreed):
            row, run = np.argwhere(~((agreed >= 0.0) & (agreed <= 1.0)))[0]
            body = self.rule.layout.scenario.bodies[self.rule.layout.chain.body[row]].key
            raise self._illegal("agree", agreed[row, run], requests.month, run, f" for {body!r}",
                                "a part between 0 and 1 (fraction)")
        return agreed

    def game(self, returns: Returns) -> Floats:
        figures = self._ask("game", returns, returns.figure.shape)
        if not np.isfinite(figures).all():
            row, run = np.argwhere(~np.isfinite(figures))[0]
            figure = self.rule.layout.scenario.indicators[returns.rows[row]].key
            raise self._illegal("game", figures[row, run], returns.month, run, f" for {figure!r}",
                                "finite figures (of target)")
        return figures

    def review(self, desk: Desk) -> Review:
        answer = self._answer("review", desk)
        if not isinstance(answer, Review):
            raise self._illegal("review", answer, desk.month, 0, "",
                                "a psasim.month.decisions.Review")
        parts = {}
        for item in fields(Review):
            given = numbers(getattr(answer, item.name))
            shapes = desk.gap.shape, (desk.gap.shape[0], 1)  # alike in all runs, or one a run
            if given is None or given.shape not in shapes or not are_parts(given):
                raise self._illegal(
                    f"review.{item.name}", getattr(answer, item.name), desk.month, 0, "",
                    f"parts from 0 to 1 in an array of shape {desk.gap.shape}")
            parts[item.name] = given.astype(np.float64)
        return Review(**parts)

    def memory(self) -> Mapping[str, Floats]:
        """What the rule remembered, checked."""
        found: dict[str, Floats] = {}
        for name, given in self.rule.memory().items():
            values = numbers(given)
            if values is None or values.shape[-1:] != (self.rule.runs,):
                raise InputError(f"{self._name}: memory gave {name} = {shown(given)}; it must be "
                                 f"numbers with a last axis of {self.rule.runs} runs")
            found[name] = values.astype(np.float64)
        return found

    @property
    def _name(self) -> str:
        return type(self.rule).__name__

    def _answer(self, decision: str, view: Any) -> Any:
        freeze(view)
        try:
            return getattr(self.rule, decision)(view)
        except Exception as error:
            worlds = self._worlds.replicates
            where = f"world {worlds[0]}" if len(set(worlds)) == 1 else (
                f"worlds {min(worlds)} to {max(worlds)}")
            raise InputError(f"{self._name}: {decision} failed in month {view.month} of {where}: "
                             f"{in_a_line(error)}") from error

    def _ask(self, decision: str, view: Any, shape: tuple[int, ...]) -> Floats:
        answer = self._answer(decision, view)
        values = numbers(answer)
        if values is None or values.shape != shape:
            given = answer if values is None else f"an array of shape {values.shape}"
            raise self._illegal(decision, given, view.month, 0, "",
                                f"numbers of shape {shape}, (rows, runs)")
        return values.astype(np.float64, copy=False)

    def _illegal(
        self, decision: str, given: Any, month: int, run: int, who: str, wanted: str
    ) -> InputError:
        plain = given.tolist() if isinstance(given, (np.ndarray, np.generic)) else given
        return InputError(
            f"{self._name}: {decision} answered {shown(plain)}{who} in month {month} of world "
            f"{self._worlds.replicates[run]}; it must give {wanted}")


def decide(rule: type[Rule] | None, layout: Layout, worlds: Worlds) -> Decisions:
    """Who decides in a batch of runs: the usual rule, or one of one's own, checked."""
    if rule is None:
        return Everyone(layout)
    try:
        made = rule(layout, worlds)
    except Exception as error:
        raise InputError(f"{rule.__name__} could not be made: {in_a_line(error)}") from error
    return Checked(made, worlds)
