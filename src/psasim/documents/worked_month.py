"""One month of `teaching` in numbers, for `docs/model.md`: a contribution from effort to outcome.

Each step is an equation of the page with the numbers of a run in place of its symbols, and what
the model itself made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from psasim.coefficients import Coefficients, build_coefficients
from psasim.declared.parameters import Parameters
from psasim.documents.markdown import code, table
from psasim.engines.inputs import as_governance, as_scenario
from psasim.mechanisms.ordered_sum import Floats
from psasim.month import start, step
from psasim.month.decisions import Everyone, Outlook, Requests, Returns, without_a_past
from psasim.month.state import Flows, Shocks, State
from psasim.month.worlds import draw_worlds
from psasim.structure.layout import Layout, build_layout

SCENARIO, PACKAGE, SEED, WORLD, MONTH = "teaching", "new_psa", 2007, 0, 14
DEPARTMENT, OUTCOME, INDICATOR = "Learning", "HealthyChildren", "school_sport"
"""A partner that does not lead, with a poor figure of its own, published in this month."""


@dataclass(frozen=True, slots=True)
class Step:
    """symbol = worked, with its numbers in braces, by name; result: what the model has."""

    phase: str
    symbol: str
    worked: str
    numbers: Mapping[str, float]
    result: float


class _Watched(Everyone):
    """The default decisions, which keep what was asked and answered last."""

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        self.layout = layout

    def allocate(self, outlook: Outlook) -> Floats:
        self.outlook = outlook
        self.chosen = without_a_past(
            self.layout, outlook.stake, outlook.size, outlook.capacity, outlook.usable,
            outlook.substitution, outlook.taken,
        )
        return super().allocate(outlook)

    def agree(self, requests: Requests) -> Floats:
        self.requests = requests
        self.agreed = super().agree(requests)
        return self.agreed

    def game(self, returns: Returns) -> Floats:
        self.returns = returns
        self.told = super().game(returns)
        return self.told


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a run: the state before and after it, and all that it was made from."""

    layout: Layout
    k: Coefficients
    before: State
    after: State
    flows: Flows
    shocks: Shocks
    decided: _Watched


def watched() -> Month:
    """The month, at default parameters."""
    layout = build_layout(as_scenario(SCENARIO))
    k = build_coefficients(layout, [Parameters()], [as_governance(PACKAGE)])
    worlds = draw_worlds(layout, SEED, range(WORLD, WORLD + 1), MONTH)
    decided = _Watched(layout)
    after = start(layout, k, 1)
    for month in range(MONTH):
        before, shocks = after, worlds.month(month)
        after, flows = step(before, layout, k, shocks, decided)
    return Month(layout, k.at(MONTH), before, after, flows, shocks, decided)


def steps(m: Month) -> list[Step]:
    """The month in the order of the page."""
    at = _places(m.layout)
    return [
        Step(phase, symbol, worked, {name: _one(value) for name, value in numbers.items()},
             _one(result))
        for part in (_commits, _perceives, _weighs, _allocates, _clears, _produces, _publishes,
                     _learns)
        for phase, symbol, worked, numbers, result in part(m, at)
    ]


Told = Iterator[tuple[str, str, str, dict[str, Any], Any]]


def _one(value: Any) -> float:
    return float(np.asarray(value).ravel()[0])


def _places(layout: Layout) -> SimpleNamespace:
    """Row numbers of what is followed."""
    scenario = layout.scenario
    who = [(c.department, c.outcome) for c in scenario.contributions]
    c = who.index((DEPARTMENT, OUTCOME))
    d = [item.key for item in scenario.departments].index(DEPARTMENT)
    return SimpleNamespace(
        c=c, d=d, o=int(layout.outcome[c]), i=[x.key for x in scenario.indicators].index(INDICATOR),
        owners=[row for row, (_, outcome) in enumerate(who) if outcome == OUTCOME],
        duties=[row for row, (department, _) in enumerate(who) if department == DEPARTMENT],
        task=int(layout.task_of_contribution[c]), own=int(layout.task_of_own[d]),
        links=list(np.flatnonzero(layout.chain.contribution == c)),
    )


def _row(values: Floats, row: int) -> Floats:
    """A row, or the only one there is."""
    return values[row if len(values) > 1 else 0]


def _commits(m: Month, at: SimpleNamespace) -> Told:
    k, o = m.k, at.o
    first, second = at.duties
    yield "1 mobilise", "mobilised_o", "{held}", {"held": m.before.mobilised[o]}, (
        m.after.mobilised[o])
    called = {
        "fixed": k.fixed_overhead[at.d],
        "convened": sum(
            k.convened_overhead[c] * m.after.mobilised[m.layout.outcome[c]] for c in at.duties),
        "cost": k.escalation_cost, "one": m.before.escalated[m.layout.outcome[first]],
        "other": m.before.escalated[m.layout.outcome[second]],
    }
    yield "4 overhead", "overhead_d", "{fixed} + {convened} + {cost} * ({one} + {other})", called, (
        m.flows.overhead[at.d])
    yield "", "usable_d", "{capacity} - {overhead} - {gaming}", {
        "capacity": k.capacity[at.d], "overhead": m.flows.overhead[at.d],
        "gaming": m.flows.gaming[at.d],
    }, m.decided.outlook.usable[at.d]


def _perceives(m: Month, at: SimpleNamespace) -> Told:
    k, c, o, seen = m.k, at.c, at.o, m.decided.outlook
    path, outcome = k.path(MONTH - 1)[o], m.layout.scenario.outcomes[o]
    yield "2 perceive", "path_o", "(1 - {keep}**{t}) / (1 - {keep}**{end})", {
        "keep": k.keep[o], "t": MONTH - 1, "end": outcome.target_month}, path
    support = k.unit_support * m.before.supported[o] * np.ones(1)
    yield "", "effectiveness_c", "{k0} + (1 - {k0}) * ({know} + {unit} * (1 - {know}))", {
        "k0": k.effectiveness_base, "know": m.before.knowledge[c], "unit": support,
    }, _effectiveness(m, at)
    own = {}
    for row in at.owners:
        name = m.layout.scenario.contributions[row].department
        valid, count = k.own_validity[row], np.minimum(1.0, m.before.counted[row])
        if m.layout.owns[row, 0]:
            own[name] = valid * m.before.real[o] + (1.0 - valid) * count
            yield "", f"live_c, {name}", "{valid} * {y} + (1 - {valid}) * {count}", {
                "valid": valid, "y": m.before.real[o], "count": count}, own[name]
    yield "", "seen_c", "{v} * ({one} + {other}) / 2 + (1 - {v}) * {own}", {
        "v": k.sight[0], **dict(zip(("one", "other"), own.values(), strict=True)),
        "own": own[DEPARTMENT]}, seen.seen[c]
    yield "", "need_c", (
        "min({most}, max(0, 1 + {u} * ({path} - {seen}))) * clip((1 + {margin} - {seen}) / {h})"
    ), {"most": k.urgency_cap, "u": k.urgency, "path": path, "seen": seen.seen[c],
        "margin": k.stop_margin, "h": k.stop_band}, seen.need[c]
    yield "", "product_c", "{works} * min({most}, {v} * {scarcity} + 1 - {v})", {
        "works": _effectiveness(m, at), "most": k.mix_cap, "v": k.sight[0],
        "scarcity": m.before.scarcity[c]}, seen.product[c]


def _effectiveness(m: Month, at: SimpleNamespace) -> Floats:
    know = m.before.knowledge[at.c]
    support = m.k.unit_support * m.before.supported[at.o]
    return m.k.effectiveness_base + (1.0 - m.k.effectiveness_base) * (
        know + support * (1.0 - know))


def _weighs(m: Month, at: SimpleNamespace) -> Told:
    k, c, o, seen = m.k, at.c, at.o, m.decided.outlook
    mutual = k.horizon[c] * m.before.trust[c] * k.sight[0]
    yield "3 weigh", "r_c", "{horizon} * {trust} * {v}", {
        "horizon": k.horizon[c], "trust": m.before.trust[c], "v": k.sight[0]}, mutual
    yield "", "R_c", "min(1, {s} * (1 + {r} * ({n} - 1))) + {incentive}", {
        "s": k.accountability[c], "r": mutual, "n": len(at.owners),
        "incentive": k.incentive[c]}, seen.responsibility[c]
    heard = m.before.attention[o] * m.after.mobilised[o]
    worth = {"mission": seen.mission[c], "attention": heard, "R": seen.responsibility[c]}
    yield "", "beta_c", "{value} * {need} * {product} * ({mission} + {attention} * {R})", {
        "value": k.value[o], "need": seen.need[c], "product": seen.product[c], **worth,
    }, seen.stake[at.task]
    yield "", "x_c", "{attention} * {pull} / ({mission} + {attention} * {R})", {
        **worth, "pull": k.figure_pull[c]}, seen.distorted[c] / (1.0 - seen.distorted[c])


def _allocates(m: Month, at: SimpleNamespace) -> Told:
    k, seen, chosen = m.k, m.decided.outlook, m.decided.chosen
    tasks = [t for t, d in enumerate(m.layout.task_department) if d == at.d and chosen[t, 0] > 0.0]
    worth = sum(seen.size[t] * seen.stake[t] for t in tasks)
    size, g = sum(seen.size[t] for t in tasks), k.substitution
    theta = seen.stake[at.task] - chosen[at.task] * (1.0 - g) / seen.size[at.task]
    yield "5 allocate", "theta", (
        "max({g} * ({Sb} + (1 - {g}) * {H}) / ({K} * (1 - {g}) + {g} * {Sm}), "
        "({Sb} - (1 - {g}) * {usable}) / {Sm})"
    ), {"g": g, "Sb": worth, "H": seen.taken[at.d], "K": seen.capacity[at.d], "Sm": size,
        "usable": seen.usable[at.d]}, theta
    yield "", "e*_c", "{m} * max(0, {beta} - {theta}) / (1 - {g})", {
        "m": seen.size[at.task], "beta": seen.stake[at.task], "theta": theta, "g": g,
    }, chosen[at.task]
    falls = chosen[at.task, 0] < m.before.effort[at.task, 0]
    rate = _row(k.release, at.task) if falls else k.inertia
    yield "", "e_c", "{before} + {rate} * ({chosen} - {before})", {
        "before": m.before.effort[at.task], "rate": rate, "chosen": chosen[at.task],
    }, m.after.effort[at.task]
    yield "", "counted_c", "{keep} * {before} + {gain} * min(1, {e} / {planned})", {
        "keep": k.keep[at.o], "before": m.before.counted[at.c], "gain": k.count_gain[at.o],
        "e": m.after.effort[at.task], "planned": k.planned[at.c]}, m.after.counted[at.c]


def _clears(m: Month, at: SimpleNamespace) -> Told:
    k, chain, asked = m.k, m.layout.chain, m.decided.requests
    support = k.unit_support * m.before.supported[at.o]
    for place, link in enumerate(at.links):
        body = m.layout.scenario.bodies[chain.body[link]].key
        yield "6 clear" if place == 0 else "", f"p_l, {body}", (
            "1 - (1 - {unit}) * (1 - {most} * ({floor} + (1 - {floor}) * {clarity} * {buy_in}))"
        ), {"unit": support, "most": k.agreement_max, "floor": k.agreement_floor,
            "clarity": asked.clarity[chain.body[link]], "buy_in": asked.buy_in[link],
            }, asked.chance[link]
        yield "", f"cleared_l, {body}", (
            "{held} + (1 - {held}) * clip({p} + sqrt({p} * (1 - {p}) / {count}) * {draw}) "
            "- {held} * {relapse}"
        ), {"held": m.before.cleared[link], "p": asked.chance[link], "count": asked.count[link],
            "draw": asked.draw[link], "relapse": _row(k.relapse, link)}, m.after.cleared[link]


def _produces(m: Month, at: SimpleNamespace) -> Told:
    k, c, o, flows = m.k, at.c, at.o, m.flows
    effort, distorted = m.after.effort[at.task], m.decided.outlook.distorted[c]
    passed = effort - flows.distortion[c] - flows.chain[c]
    first, second = (m.after.cleared[link] for link in at.links)
    yield "", "passed_c", "{e} * (1 - {distorted}) * {first} * {second}", {
        "e": effort, "distorted": distorted, "first": first, "second": second}, passed
    problem = np.maximum(m.before.problem[o], m.shocks.problem[o] < k.problem_hazard[0])
    delivered = passed - flows.practice[c]
    yield "7 produce", "delivered_c", "{passed} * {works} * (1 - {harm} * {problem})", {
        "passed": passed, "works": _effectiveness(m, at), "harm": k.problem_harm,
        "problem": problem}, delivered
    made, usual = flows.output[o] + k.business_as_usual, k.business_as_usual
    rho = m.layout.scenario.outcomes[o].technology
    shares = {row: k.share[row] for row in at.owners}
    z = {row: made / m.after.scarcity[row] ** (1.0 / (1.0 - rho)) for row in at.owners}
    yield "", "z_c", "{b} + {delivered} / {planned}", {
        "b": usual, "delivered": delivered, "planned": k.planned[c]}, z[c]
    terms = [f"{{s{n}}} * {{z{n}}}**({{rho}})" for n in range(len(z))]
    yield "", "M_o", f"({' + '.join(terms)})**(1 / ({{rho}}))", {
        **{f"s{n}": shares[row] for n, row in enumerate(z)},
        **{f"z{n}": z[row] for n, row in enumerate(z)}, "rho": rho}, made
    yield "", "y_o", "{keep} * {before} + {G} * ({M} - {b}) + {sigma} * {draw}", {
        "keep": k.keep[o], "before": m.before.real[o], "G": k.gain[o], "M": made, "b": usual,
        "sigma": k.volatility[o], "draw": m.shocks.outcome[o]}, m.after.real[o]
    lines = (flows.overhead, flows.gaming, flows.slack, flows.own)
    shared = (flows.distortion, flows.chain, flows.practice, flows.mix, flows.realised)
    names = ("overhead", "gaming", "slack", "own", "distortion", "chain", "practice", "mix",
             "realised")
    values = [line[at.d] for line in lines] + [
        sum(line[row] for row in at.duties) for line in shared]
    yield "ledger", "K_d", " + ".join(f"{{{name}}}" for name in names), dict(
        zip(names, values, strict=True)), k.capacity[at.d]


def _publishes(m: Month, at: SimpleNamespace) -> Told:
    i, o, returns = at.i, at.o, m.decided.returns
    item = m.layout.scenario.indicators[i]
    yield "8 publish", "figure_i(t)", (
        "{validity} * {y} + (1 - {validity}) * min(1, {counted}) + {noise} * {draw}"
    ), {"validity": item.validity, "y": m.after.real[o], "counted": m.after.counted[at.c],
        "noise": m.k.noise[i], "draw": m.shocks.noise[i]}, m.after.figures[0][i]
    place = list(returns.rows).index(i)
    yield "", "threshold, month t'", "{plan} + (1 - {milestone}) * (1 - {plan})", {
        "plan": returns.plan[place], "milestone": m.k.milestone}, returns.threshold[place]
    yield "", "published_i", (
        "({threshold} if {threshold} - {width} <= {figure} < {threshold} else {figure})"
    ), {"threshold": returns.threshold[place], "width": returns.width[place],
        "figure": returns.figure[place]}, m.after.published[i]
    out = [n for n, x in enumerate(m.layout.scenario.indicators)
           if x.outcome == OUTCOME and m.after.standing[n, 0] > 0.0]
    terms = [f"{{s{n}}} - {{p{n}}}" for n in out]
    yield "", "gap_o", f"({' + '.join(terms)}) / {{number}}", {
        **{f"s{n}": m.after.standing[n] for n in out},
        **{f"p{n}": m.after.published[n] for n in out}, "number": len(out)}, m.after.gap[o]


def _learns(m: Month, at: SimpleNamespace) -> Told:
    k, c, o = m.k, at.c, at.o
    minister, stock = k.minister_refresh[o], k.stocktake_refresh * (MONTH % 6 == 0)
    yield "10 learn", "attention_o", (
        "{faded} + (1 - (1 - {minister}) * (1 - {stock}) * (1 - {refresh} * {escalated})) "
        "* (1 - {faded})"
    ), {"faded": k.attention_floor + (m.before.attention[o] - k.attention_floor)
        * (1.0 - k.attention_decay), "minister": minister, "stock": stock, "refresh": k.refresh,
        "escalated": m.after.escalated[o]}, m.after.attention[o]
    yield "", "know_c", (
        "{know} + {learning} * {realised} / {planned} * (1 - {know}) "
        "+ {sharing} * ({best} - {know})"
    ), {"know": m.before.knowledge[c], "learning": k.learning, "realised": m.flows.realised[c],
        "planned": k.planned[c], "sharing": k.sharing,
        "best": max(m.before.knowledge[row, 0] for row in at.owners)}, m.after.knowledge[c]
    others = [row for row in at.owners if row != c]
    seen = sum(_activity(m, row) for row in others) / len(others)
    faster = k.trust_fall if seen < m.before.trust[c] else 1.0
    yield "", "trust_c", "{trust} + {faster} * {rate} * {v} * ({seen} - {trust})", {
        "trust": m.before.trust[c], "faster": faster, "rate": k.trust_rate, "v": k.sight[0],
        "seen": seen}, m.after.trust[c]
    link = at.links[0]
    body = m.layout.scenario.bodies[m.layout.chain.body[link]].key
    yield "", f"buy_in_l, {body}", "{held} + {rate} * ({engagement} - {held})", {
        "held": m.before.buy_in[link], "rate": k.buy_in_rate,
        "engagement": _row(k.engagement, link)}, m.after.buy_in[link]


def _activity(m: Month, row: int) -> Floats:
    effort = m.after.effort[m.layout.task_of_contribution[row]]
    return np.minimum(1.0, effort / m.k.planned[row])


def worked_month() -> str:
    """The table of the page."""
    return table(("phase", "", "reckoned", "is"), (
        (item.phase, code(item.symbol), f"`{_shown(item)}`", f"{item.result:.3g}")
        for item in steps(watched())
    ))


def _shown(item: Step) -> str:
    return item.worked.format(
        **{name: f"{value:.3g}" for name, value in item.numbers.items()}
    ).replace("**", "^")
