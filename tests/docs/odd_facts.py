"""The second program, written from docs/model.md alone: sections 7.1 to 7.3.

Plain loops over floats and dictionaries by key, nothing of psasim but the values of a
scenario, of parameters and of levers.
"""

from __future__ import annotations

from math import ceil, exp, expm1, log1p, sqrt
from types import SimpleNamespace


def combine(*parts: float) -> float:
    missed = 1.0
    for part in parts:
        missed *= 1.0 - part
    return 1.0 - missed


def clip(x: float) -> float:
    return min(1.0, max(0.0, x))


def support(time: float, number: float, fixed: float, slope: float) -> float:
    return 1.0 - exp(-slope * max(0.0, time / number - fixed))


class Facts:
    """Section 7.2: contributions as (department, outcome), links as (body, outcome, department)."""

    def __init__(self, scenario) -> None:
        self.other_goals = scenario.other_goals
        self.departments = {d.key: d for d in sorted(scenario.departments, key=lambda d: d.key)}
        self.outcomes = {o.key: o for o in sorted(scenario.outcomes, key=lambda o: o.key)}
        self.bodies = {b.key: b for b in sorted(scenario.bodies, key=lambda b: b.key)}
        rows = sorted(scenario.contributions, key=lambda c: (c.outcome, c.department))
        self.contributions = {(c.department, c.outcome): c for c in rows}
        indicators = sorted(scenario.indicators, key=lambda i: (i.outcome, i.key))
        self.indicators = {(i.outcome, i.key): i for i in indicators}
        self.owners = {o: [c for c in self.contributions if c[1] == o] for o in self.outcomes}
        self.tasks = {d: [c for c in self.contributions if c[0] == d] for d in self.departments}
        self.shown = {o: [i for i in self.indicators if i[0] == o] for o in self.outcomes}
        self.owned = {
            c: [i for i, item in self.indicators.items() if (item.department, i[0]) == c]
            for c in self.contributions
        }
        self.alignment = {
            (b.key, o): a
            for b in scenario.bodies
            for o, a in zip(b.outcomes, b.alignment, strict=True)
        }
        self.links = [
            (b, o, d) for b in self.bodies for o in sorted(self.bodies[b].outcomes)
            for d in self.departments if d in self.reaching(b, o)
        ]
        flow = {}
        for b, o, d in self.links:
            place = (o, d, self.tier(b))
            flow[place] = flow.get(place, 0.0) + self.bodies[b].flow
        self.weight = {
            (b, o, d): self.bodies[b].flow / flow[o, d, self.tier(b)] for b, o, d in self.links
        }

    def reaching(self, key: str, o: str) -> set[str]:
        """Departments that reach a body, or a department itself, for an outcome."""
        if key in self.departments:
            return {key} if (key, o) in self.contributions else set()
        if o not in self.bodies[key].outcomes:
            return set()
        return set().union(*(self.reaching(p, o) for p in self.bodies[key].parents))

    def tier(self, key: str) -> int:
        if key in self.departments:
            return 0
        return 1 + max(self.tier(p) for p in self.bodies[key].parents)

    def validity(self, c) -> float:
        owned = [self.indicators[i].validity for i in self.owned[c]]
        return sum(owned) / len(owned) if owned else 0.0


class Levers:
    """Strengths, fields and clauses of section 7.1."""

    def __init__(self, governance) -> None:
        self._governance = governance

    def __call__(self, lever: str, field: str = "strength") -> float:
        return float(self._governance[lever][field])

    def clause(self, field: str) -> float:
        return self("delivery_agreement") * self("delivery_agreement", field)

    @property
    def kind(self) -> str:
        return str(self._governance["lead"]["kind"])


class _Nothing(dict):
    """No lever at all: every strength 0, every field 1."""

    def __missing__(self, lever: str) -> dict:
        return _Fields()


class _Fields(dict):
    def __missing__(self, field: str) -> float:
        return 0.0 if field == "strength" else 1.0


NOTHING = _Nothing()


def coefficients(f: Facts, p, governance, costs, off: bool = False) -> SimpleNamespace:
    """Section 7.3; costs: lever -> (capacity, money, whether it covers joint outcomes only)."""
    g = Levers(governance)
    k = SimpleNamespace(p=p, levers=g)
    k.off = None if off else coefficients(f, p, NOTHING, costs, off=True)
    _priority(f, k)
    _answering(f, k)
    _seeing(f, k)
    _incentives(f, k)
    _overhead(f, k, costs)
    _outcomes(f, k)
    _chain(f, k)
    _centre(f, k)
    return k


def _priority(f: Facts, k) -> None:
    g = k.levers
    ranked = sorted(f.outcomes, key=lambda o: (-f.outcomes[o].value, o))
    k.priority = {
        o: 1.0 if ranked.index(o) < g("number_of_goals", "goals") else 1.0 - g("number_of_goals")
        for o in f.outcomes
    }
    k.goals = sum(k.priority.values()) + f.other_goals


def _leading(f: Facts, kind: str, o: str) -> list:
    owners = f.owners[o]
    leads = [c for c in owners if f.contributions[c].lead]
    partners = [c for c in owners if c not in leads]
    if kind == "all":
        return owners
    if kind == "two" and partners:
        largest = max(f.contributions[c].share for c in partners)
        return [*leads, next(c for c in partners if f.contributions[c].share == largest)]
    return leads


def _answering(f: Facts, k) -> None:
    p, g = k.p, k.levers
    j, chi = g("joint_targets"), p["lead_concentration"]
    strength = 0.0 if g.kind == "none" else g("lead")
    full = strength if g.kind == "all" else 0.0
    named = strength - full
    k.s, k.convened, k.s1 = {}, {}, {}
    k.waiting, k.drawers, k.given = {}, {}, {}
    for o, owners in f.owners.items():
        n, leads, s0 = len(owners), _leading(f, g.kind, o), {}
        for c in owners:
            k.given[c] = 1.0 if f.contributions[c].lead else 0.0
            lead = 1.0 if c in leads else 0.0
            marker = k.given[c] + named * (lead / len(leads) - k.given[c])
            s0[c] = (1 - j) * marker + j * ((1 - chi * named) / n + chi * named * marker)
        held = sum(s0[c] for c in leads)
        passed = p["influence"] * named if n > len(leads) else 0.0
        for c in owners:
            got = 0.0 if c in leads else passed * held / (n - len(leads))
            k.s1[c] = s0[c] * (1 - passed * (c in leads)) + got
            k.s1[c] += full * (1 - k.s1[c])
            k.s[c] = k.priority[o] * k.s1[c] + (1 - k.priority[o]) * k.given[c]
        for c in owners:
            lead = c in leads
            links = (1 - strength) * j * (n - 1) + strength * (n - 1 if lead else min(1, n - 1))
            links *= 1 - g("process_alignment")
            pushed = p["influence_cost"] * strength * (n - 1) if lead else 0.0
            answers = combine(k.given[c], j, strength * lead)
            answers = k.priority[o] * answers + (1 - k.priority[o]) * k.given[c]
            k.convened[c] = k.priority[o] * (p["link_cost"] * links + pushed)
            k.convened[c] += p["goal_cost"] * answers
        waiting = max(1.0, (1 - strength) * (1 + (n - 1) * j) + strength * len(leads))
        k.waiting[o] = 1 + k.priority[o] * (waiting - 1)
        k.drawers[o] = sum(1 for c in owners if k.s[c] > 0)
    k.ratio = p["mobilising_ratio"] * (1 - p["role_gain"] * g.clause("roles"))


def _seeing(f: Facts, k) -> None:
    p, g = k.p, k.levers
    k.raised = g("delivery_agreement") * (g("delivery_agreement", "ambition") - 1)
    longer = 1 - 1 / g("funding_horizon", "years")
    k.horizon = {}
    for d, item in f.departments.items():
        now = 1 - 1 / item.years_funded
        k.horizon[d] = now + g("funding_horizon") * max(0.0, longer - now)
    able = 1 - p["technical_barrier"] * (1 - g("data_sharing", "technical"))
    willing = 1 - p["willing_barrier"] * (1 - g("data_sharing", "willingness"))
    k.opened = g("data_sharing") * able * willing
    k.v = combine(p["sight_base"], k.opened, p["report_sight"] * g.clause("reporting"))
    common = combine(g("process_alignment"), g.clause("reporting"), g("external_challenge"))
    k.disagree = 1 - common
    k.offset = {d: item.reading_offset * (1 - common) for d, item in f.departments.items()}
    k.phase = {
        d: ceil(round(i.phase * (1 - g("process_alignment")), 9)) for d, i in f.departments.items()
    }
    k.planned = {
        c: item.share * f.outcomes[c[1]].planned_effort for c, item in f.contributions.items()
    }
    pooled = p["flypaper"] * g("pooled_budget") * g("pooled_budget", "share")
    k.own_size = {}
    for d, item in f.departments.items():
        joint = any(len(f.owners[o]) >= 2 for _, o in f.tasks[d])
        k.own_size[d] = p["own_size"] * item.capacity * (1 - (pooled if joint else 0.0))
    spread = p["mission_spread"]
    k.w0 = {
        c: p["mission_level"] * exp(spread * item.mission - spread**2 / 2)
        for c, item in f.contributions.items()
    }
    k.w1 = {}
    for owners in f.owners.values():
        mean = sum(k.w0[c] for c in owners) / len(owners)
        for c in owners:
            k.w1[c] = k.w0[c] + g("collective_priorities") * (mean - k.w0[c])


def mission(k, c, t: int) -> float:
    return k.w1[c] if t >= k.levers("collective_priorities", "month") else k.w0[c]


def _incentives(f: Facts, k) -> None:
    p, g = k.p, k.levers
    penalty = combine(g("sanctions") * g("sanctions", "size"), g.clause("consequences"))
    reward = g("rewards") * g("rewards", "size")
    public = p["publicity"] * combine(g("public_reporting"), g.clause("published"))
    joint = combine(p["attribution_base"], k.opened, p["role_gain"] * g.clause("roles"))
    k.attribution = {c: joint if len(f.owners[c[1]]) >= 2 else 1.0 for c in f.contributions}
    missed = (1 - p["stocktake_detection"]) ** (12 / g("stocktakes", "period"))
    unshown = (1 - p["report_detection"] * g("internal_reporting")) ** 12
    k.failure = combine(p["detection_base"], g("stocktakes") * (1 - missed), 1 - unshown)
    k.failure_told = 1 - (1 - k.failure) ** (p["publishing_interval"] / 12)
    q = combine(p["audit_base"], p["audit_gain"] * g("external_challenge"))
    k.milestone = g.clause("milestones")
    k.incentive, k.penalty, k.valid, k.width, k.pull, k.will = {}, {}, {}, {}, {}, {}
    for c in f.contributions:
        owns = 1.0 if f.owned[c] else 0.0
        k.incentive[c] = owns * (k.attribution[c] * k.failure * (penalty + reward) + public)
        k.penalty[c] = owns * penalty
        k.incentive[c] /= 1 + g("ratchet") / p["discount"]
        gain = k.s[c] + penalty + reward + public
        worth = p["gaming_stake"] * gain
        for i in f.owned[c]:
            net = (1 - q) * worth - q * p["fine"] * p["gaming_stake"]
            k.width[i] = sqrt(2 * max(0.0, net) / p["gaming_cost"])
        challenged = p["challenge_gain"] * g("external_challenge")
        k.valid[c] = f.validity(c) + challenged * (1 - f.validity(c))
        left = max(0.0, 1 - q - q * p["fine"] / gain) if gain > 0 else 0.0
        k.pull[c] = (1 - k.valid[c]) * left * k.incentive[c] / p["gaming_cost"]
        k.will[c] = 1 - p["crowding"] * (1 - exp(-owns * (penalty + reward) / p["crowding_scale"]))


def _overhead(f: Facts, k, costs) -> None:
    p, g = k.p, k.levers
    extent = {lever: g(lever) for lever in costs}
    extent["official_leadership"] *= g("official_leadership", "frequency") / 12
    extent["stocktakes"] *= 6 / g("stocktakes", "period")
    extent["delivery_unit"] *= min(1.0, g("delivery_unit", "targets") / len(f.outcomes))
    alone = g("internal_reporting") + g("public_reporting")
    partners = g("data_sharing") + g.clause("reporting")
    k.fixed, k.standing = {}, {}
    for d, item in f.departments.items():
        k.fixed[d] = k.standing[d] = p["base_overhead"] * item.capacity
        for c in f.tasks[d]:
            reports = p["report_cost"] * len(f.owned[c])
            shared = len(f.owners[c[1]]) >= 2
            taken = reports * (alone + (partners if shared else 0.0))
            for lever, (capacity, _, joint_only) in costs.items():
                if not joint_only or len(f.owners[c[1]]) >= 2:
                    taken += capacity * extent[lever]
            k.fixed[d] += reports + taken * k.priority[c[1]]
            k.standing[d] += reports + p["goal_cost"] * k.given[c]
    k.money = sum(money * extent[lever] for lever, (_, money, _) in costs.items())


def _outcomes(f: Facts, k) -> None:
    p, g = k.p, k.levers
    k.mu, k.sigma, k.gain, k.minister, k.count_gain = {}, {}, {}, {}, {}
    time = g("ministerial_attention", "capacity")
    for o, item in f.outcomes.items():
        k.mu[o] = p["drift"] if item.drift is None else item.drift
        k.sigma[o] = p["volatility"] if item.volatility is None else item.volatility
        k.count_gain[o] = 1 / (p["planned_yield"] * item.target_month)
        if k.mu[o] > 0:
            reach = risen(k.mu[o], item.target_month)
            k.count_gain[o] = risen(k.mu[o], 1) / (p["planned_yield"] * reach)
        k.gain[o] = k.count_gain[o] / item.stretch
        k.minister[o] = g("ministerial_attention") * k.priority[o] * p["minister_gain"]
        k.minister[o] *= support(time, k.goals, p["minister_fixed"], 1.0)
    k.noise = {
        i: p["indicator_noise"] if item.noise is None else item.noise
        for i, item in f.indicators.items()
    }


def risen(mu: float, t: int) -> float:
    """1 - (1 - mu)^t, to the last digits."""
    return -expm1(t * log1p(-mu))


def plan(f: Facts, k, o: str, t: int) -> float:
    month, mu, start = f.outcomes[o].target_month, k.mu[o], f.outcomes[o].start
    way = risen(mu, t) / risen(mu, month) if mu > 0 else t / month
    return min(1.0, start * (1 - mu) ** t + (1 - start * (1 - mu) ** month) * way)


def _chain(f: Facts, k) -> None:
    p, g = k.p, k.levers
    engaged = p["engagement_gain"] * g("frontline_engagement")
    local = {
        b: p["local_gain"] * g("local_governance")
        if f.tier(b) <= g("local_governance", "tiers") else 0.0
        for b in f.bodies
    }
    k.lift = {b: combine(local[b], p["role_gain"] * g.clause("roles")) for b in f.bodies}
    k.buy_in_start, k.engagement, k.relapse = {}, {}, {}
    for b, o, d in f.links:
        k.buy_in_start[b, o, d] = combine(f.alignment[b, o], engaged)
        k.engagement[b, o, d] = combine(f.alignment[b, o], engaged, local[b])
        k.relapse[b, o, d] = p["relapse"] * (1 - k.horizon[d])


def _centre(f: Facts, k) -> None:
    p, g = k.p, k.levers
    lever = "official_leadership"
    board = g(lever) * g(lever, "seniority") * g(lever, "follow_up") * g(lever, "frequency") / 12
    k.decay = p["attention_decay"] * (1 - p["official_hold"] * board)
    k.steady = combine(
        1 - (1 - p["detection_base"]) ** (1 / 12), p["board_detection"] * board,
        p["report_detection"] * g("internal_reporting"),
    )
    k.stock_chance = g("stocktakes") * p["stocktake_detection"]
    k.stock_refresh = g("stocktakes") * p["refresh"]
    k.cluster_chance = g("cluster_reviews") * p["cluster_detection"]
    k.cluster_refresh = g("cluster_reviews") * p["refresh"]
    k.escalation, k.helping = g("escalation"), g("delivery_unit")
    targets = g("delivery_unit", "targets")
    k.unit = support(
        g("delivery_unit", "capacity"), min(targets, len(f.outcomes) + f.other_goals),
        p["unit_fixed"], p["unit_slope"]
    )
    k.unit_targets = targets
    k.learning = p["learning"] + p["evaluation_gain"] * g("evaluation")
    k.sharing = p["sharing_gain"] * g("evaluation") * g("evaluation", "diffusion")
    k.know_start = combine(
        p["knowledge_start"], p["early_evidence"] * g("frontline_engagement")
    )


ARRANGEMENTS = (
    "ratio", "minister", "attribution", "v", "engagement", "lift", "decay", "learning", "sharing",
    "steady", "stock_chance", "stock_refresh", "cluster_chance", "cluster_refresh", "helping",
    "escalation",
)


def taken_hold(k, t: int) -> SimpleNamespace:
    """Section 7.3, arrangements: the coefficients of month t."""
    part = 1 - (1 - k.p["embedding"]) ** t

    def between(before, after):
        if isinstance(after, dict):
            return {key: between(before[key], value) for key, value in after.items()}
        return before + part * (after - before)

    moved = {name: between(getattr(k.off, name), getattr(k, name)) for name in ARRANGEMENTS}
    return SimpleNamespace(**{**vars(k), **moved})
