"""Designs by name, drawn: an experiment file's table becomes rows of factor values."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from psasim.declared.declare import Choice
from psasim.declared.names import unknown
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.errors import InputError
from psasim.experiment.design.fact_factors import check_facts, check_room
from psasim.experiment.design.factors import UNCERTAINTIES, Declared, Factor, Value, read_factors
from psasim.experiment.design.facts import WithFacts
from psasim.experiment.design.level_designs import (
    FractionalFactorial,
    FullFactorial,
    Grid,
    OneAtATime,
    PlackettBurman,
    Subsets,
)
from psasim.experiment.design.plan import MOST_ROWS, Columns, Plan, numbered, refuse_beyond
from psasim.experiment.design.point_table import Table, read_table
from psasim.experiment.design.samplers import LatinHypercube, Morris, Saltelli, Sobol
from psasim.experiment.design.strict import read

PLANS: Mapping[str, type[Plan]] = {
    "full_factorial": FullFactorial,
    "grid": Grid,
    "fractional_factorial": FractionalFactorial,
    "plackett_burman": PlackettBurman,
    "one_at_a_time": OneAtATime,
    "subsets": Subsets,
    "latin_hypercube": LatinHypercube,
    "sobol": Sobol,
    "saltelli": Saltelli,
    "morris": Morris,
}


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A design's rows.

    settings: what it was drawn from, the sampler's seed too, number and digest of the rows;
    columns: values, (rows,), by factor path; labels: what names a row.
    """

    settings: Mapping[str, Any]
    factors: tuple[Factor, ...]
    columns: Columns
    labels: Sequence[str]

    @property
    def rows(self) -> int:
        return len(self.labels)

    def row(self, number: int) -> dict[str, Value]:
        """Values by factor path."""
        return {path: column[number].item() for path, column in self.columns.items()}


def draw(
    given: Mapping[str, Any], path: str, declared: Declared, base: Mapping[str, Value],
    names: Sequence[str] = (),
) -> Drawn:
    """The design declared at configuration `path`.

    declared: what may be varied; base: its values when it is not; names: columns of a
    table that are names, not factors.  Raises `InputError`.
    """
    design = given.get("design")
    if design not in (*PLANS, "table"):
        raise unknown(str(design), (*PLANS, "table"), f"{path}.design")
    settings = {key: value for key, value in given.items() if key != "over"}
    if design == "table":
        file = read(Table, settings, path).file
        columns = read_table(Path(file), declared, names)
        factors = tuple(
            _of_column(name, declared, columns) for name in columns if name not in names
        )
        _check_live(factors, base, file, together=True)
        check_facts(factors, declared, file)
        made_of = {"design": design, "file": Path(file).name}
        return Drawn(_recorded(made_of, factors, columns), factors, columns, numbered(columns))
    if "over" not in given:
        raise InputError(f"{path}.over is missing: name what is varied, or `all`")
    plan = read(PLANS[str(design)], settings, path, ("over",))
    factors = read_factors(given["over"], f"{path}.over", declared)
    check_facts(factors, declared, f"{path}.over")
    check_room(factors, declared, f"{path}.over")
    if isinstance(declared, WithFacts):
        base = {**base, **declared.values_of(factor.path for factor in factors)}
    refuse_beyond(MOST_ROWS, plan.size(factors), path, f"rows ({len(factors)} factors)",
                  "take fewer factors, levels or points; for many levers design: plackett_burman "
                  "or fractional_factorial, for many parameters latin_hypercube")
    columns = plan.columns(factors, base, path)
    _check_live(factors, base, f"{path}.over", together=not isinstance(plan, OneAtATime))
    return Drawn(_recorded(plan.model_dump(), factors, columns), factors, columns,
                 plan.labels(columns, base))


def given_sets(name: str, sets: Sequence[Parameters]) -> Drawn:
    """Parameter sets from elsewhere as the rows of a design of that name."""
    columns: Columns = {
        f"parameters.{parameter}": np.array([values[parameter] for values in sets])
        for parameter in PARAMETERS
    }
    factors = tuple(_of_column(path, UNCERTAINTIES, columns) for path in columns)
    return Drawn(_recorded({"design": name}, factors, columns), factors, columns,
                 numbered(columns))


def beside(sets: Drawn, facts: Drawn, path: str) -> Drawn:
    """Rows of parameters and rows of facts side by side, the shorter begun again.

    Parameters are dealt by chance, by the seed of the facts' design, and each row as often as any
    other, give or take one: every hundredth point of a Sobol' sequence lies in one corner.
    path: configuration path of that design.  Raises `InputError` where both vary something,
    or where the facts' rows only tell something in their own order.
    """
    both = [name for name in facts.columns if name in sets.columns]
    design = facts.settings["design"]
    if both:
        raise InputError(
            f"parameters={sets.settings['design']} gives the parameter sets, but {path} varies "
            f"{both[0]} itself; vary facts of the scenario alone, or leave out one"
        )
    if design in ("saltelli", "morris"):
        raise InputError(
            f"{path}.design: {design} rows tell indices only where nothing else varies, and "
            f"parameters={sets.settings['design']} varies parameters; take latin_hypercube or "
            "sobol, or leave out one"
        )
    rows = max(sets.rows, facts.rows)
    rng = np.random.default_rng((facts.settings.get("seed", 1), sets.rows))
    dealt = np.concatenate([rng.permutation(sets.rows) for _ in range(0, rows, sets.rows)])[:rows]
    columns = {name: column[dealt] for name, column in sets.columns.items()} | {
        name: np.resize(column, rows) for name, column in facts.columns.items()}
    factors = (*sets.factors, *facts.factors)
    made_of = {**sets.settings, "beside": dict(facts.settings)}
    return Drawn({**made_of, **_recorded({}, factors, columns)}, factors, columns,
                 numbered(columns))


def _check_live(
    factors: Sequence[Factor], base: Mapping[str, Value], place: str, *, together: bool
) -> None:
    """Refuse a field of a lever that stays off in every row: it would change nothing.

    together: whether a row may change the field and the strength both.
    """
    varied = {factor.path for factor in factors} if together else set()
    for factor in factors:
        lever = factor.path.rpartition(".")[0]
        strength = f"{lever}.strength"
        if factor.path != strength and strength not in varied and base.get(strength) == 0:
            raise InputError(
                f"{place}: {factor.path} changes nothing while {strength} is 0; vary the "
                "strength with it, or lay the design on a package (`base`) that has the lever"
            )


def _of_column(path: str, declared: Declared, columns: Columns) -> Factor:
    column, item = columns[path], declared[path]
    if isinstance(item, Choice):
        return Factor(path, item, 0, 0, tuple(dict.fromkeys(column.tolist())))
    return Factor(path, item, float(column.min()), float(column.max()), ())


def _recorded(
    made_of: Mapping[str, Any], factors: Sequence[Factor], columns: Columns
) -> dict[str, Any]:
    """What is kept of a design, JSON-ready, its factors in their order."""
    return {**made_of, "over": {factor.path: factor.settings() for factor in factors},
            "rows": len(next(iter(columns.values()))), **_digest(columns)}


def _digest(columns: Columns) -> dict[str, str]:
    """Rows differ, digests differ: a library's new stream is not taken for the old one."""
    digest = hashlib.sha256()
    for path, column in columns.items():
        digest.update(path.encode())
        text = column.dtype.kind == "U"
        digest.update("\n".join(column.tolist()).encode() if text
                      else column.astype(np.float64).tobytes())
    return {"rows_sha256": digest.hexdigest()[:16]}
