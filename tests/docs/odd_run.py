"""The second program, written from docs/model.md alone: a run, its ledger and its measures."""

from __future__ import annotations

from types import SimpleNamespace

from tests.docs.odd_facts import Facts, clip, mission, taken_hold
from tests.docs.odd_month import (
    allocate,
    clarities,
    clear,
    learn,
    mobilise,
    overhead,
    produce,
    publish,
    review,
    stakes,
    start,
    tell,
    work,
    world,
)

DEPARTMENT_LINES = ("overhead", "gaming", "slack", "own", "moved")
CONTRIBUTION_LINES = ("distortion", "chain", "practice", "mix", "realised")
OUTCOME_LINES = ("output", "undetected", "escalated")


def run(f: Facts, k, seed: int, number: int, months: int) -> SimpleNamespace:
    """Sections 7.5 to 7.7 for one world: paths, sums, and the last state."""
    draws = world(f, seed, number, months)
    x = start(f, k)
    made = SimpleNamespace(real=[], reported=[], rated=[], months=months, final=x)
    made.sums = {
        **{name: dict.fromkeys(f.departments, 0.0) for name in DEPARTMENT_LINES},
        **{name: dict.fromkeys(f.contributions, 0.0) for name in CONTRIBUTION_LINES},
        **{name: dict.fromkeys(f.outcomes, 0.0) for name in OUTCOME_LINES},
    }
    made.waiting, made.short = dict.fromkeys(f.outcomes, 0.0), dict.fromkeys(f.outcomes, 0.0)
    reached: set[str] = set()
    for t in range(1, months + 1):
        flows = month(f, k, x, t, {name: table[t - 1] for name, table in draws.items()})
        made.real.append(dict(x.real))
        made.reported.append(flows["reported"])
        made.rated.append(flows["rated"])
        made.clarity = flows["clarity"]
        for name, total in made.sums.items():
            for key in total:
                total[key] += flows[name][key]
        reached |= {o for o, y in x.real.items() if y >= 1}
        for o in f.outcomes:
            made.waiting[o] += 1 - x.mobilised[o]
            made.short[o] += o not in reached
    made.closing = {
        i: tell(f, k, i, figure, months, closing=True)[0] for i, figure in x.figures[months].items()
    }
    return made


def month(f: Facts, k, x, t: int, draw: dict) -> dict[str, dict]:
    """One month; what it did, by name."""
    x.month, k = t, taken_hold(k, t)
    if t == k.levers("reorganisation", "month"):
        left = 1 - k.levers("reorganisation") * k.p["reorganisation_loss"]
        x.trust = {c: left * value for c, value in x.trust.items()}
        x.cleared = {link: left * value for link, value in x.cleared.items()}
    mobilise(f, k, x, draw["volunteer"])
    spent, gamed, usable = overhead(f, k, x)
    base, works = k.p["effectiveness_base"], {}
    for c, know in x.know.items():
        works[c] = base + (1 - base) * (know + k.unit * x.supported[c[1]] * (1 - know))
    taken = {d: spent[d] + gamed[d] for d in f.departments}
    chosen = allocate(f, k, stakes(f, k, x, t, works), usable, taken)
    work(f, k, x, chosen, usable)
    before = dict(x.problem)
    for o in f.outcomes:
        if draw["problem"][o] < k.p["problem_hazard"]:
            x.problem[o] = 1.0
    arisen = dict(x.problem)
    clarity = clarities(f, k, x)
    passing = clear(f, k, x, clarity, {**draw["single"], **draw["many"]})
    lines = produce(f, k, x, passing, works, draw["shock"])
    news = publish(f, k, x, t, draw["noise"])
    stock, cluster = review(f, k, x, t, news.fresh, draw["detection"])
    learn(f, k, x, news, lines, stock, cluster)
    worked = {d: sum(x.effort[j] for j in [*f.tasks[d], d]) for d in f.departments}
    return {
        **vars(lines), "overhead": spent, "gaming": gamed, "moved": news.moved,
        "own": {d: x.effort[d] for d in f.departments},
        "slack": {d: usable[d] - worked[d] for d in f.departments},
        "undetected": {o: (before[o] + arisen[o]) / 2 for o in f.outcomes},
        "escalated": dict(x.escalated), "reported": news.reported, "rated": news.rated,
        "clarity": clarity,
    }


def mean(values) -> float:
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def measures(f: Facts, k, made) -> dict[str, float]:
    """Section 7.9."""
    y = made.final.real
    return {
        "targets_met_real": mean(y[o] >= 1 for o in f.outcomes),
        **_reported(f, k, made),
        "attainment": mean(clip(y[o]) for o in f.outcomes),
        "attainment_uncut": mean(y[o] for o in f.outcomes),
        "worst_outcome": min(clip(y[o]) for o in f.outcomes),
        "overshoot": mean(max(0.0, y[o] - 1) for o in f.outcomes),
        "time_to_mobilise": mean(
            made.waiting[o] for o in f.outcomes
            if _joint(f, o) and any(k.s[c] > 0 for c in f.owners[o])
        ),
        "time_to_target": mean(made.short.values()),
        "consensus": mean(_alike(f, k, o, made.months) for o in f.outcomes if _joint(f, o)),
        **_shares(f, k, made),
        "trust": mean(made.final.trust[c] for c in f.contributions if _joint(f, c[1])),
        "clarity": mean(made.clarity.values()),
        "knowledge": mean(made.final.know.values()),
        "undetected_risk_time": mean(made.sums["undetected"].values()) * 12 / made.months,
        "escalations": mean(made.sums["escalated"].values()) * 12 / made.months,
        "cost": k.money,
    }


def _joint(f: Facts, o: str) -> bool:
    return len(f.owners[o]) >= 2


def _alike(f: Facts, k, o: str, t: int) -> float:
    values = [mission(k, c, t) for c in f.owners[o]]
    return min(values) / max(values) if max(values) > 0 else 1.0


def _reported(f: Facts, k, made) -> dict[str, float]:
    closing, tolerance = made.closing, k.p["rating_tolerance"]
    assessed = [o for o in f.outcomes if f.shown[o]]
    close = {o: mean(closing[i] for i in f.shown[o]) for o in assessed}
    differ = []
    for o in assessed:
        if _joint(f, o):
            read = set()
            for c in f.owners[o]:
                mine = mean(closing[i] for i in f.owned[c]) if f.owned[c] else close[o]
                reading = k.disagree * mine + (1 - k.disagree) * close[o] + k.offset[c[0]]
                read.add(reading >= 1)
            differ.append(len(read) > 1)
    final = made.final.figures[made.months]
    moved = sum(made.sums["moved"].values())
    improved = {
        o: sum(closing[i] > f.outcomes[o].start + k.noise[i] for i in f.shown[o]) for o in assessed
    }
    return {
        "targets_met_reported": mean(close[o] >= 1 for o in assessed),
        "met_on_paper": mean(close[o] >= 1 > made.final.real[o] for o in assessed),
        "targets_met_fco": mean(
            all(closing[i] >= 1 - tolerance for i in f.shown[o]) for o in assessed
        ),
        "targets_met_csr07": mean(improved[o] > len(f.shown[o]) / 2 for o in assessed),
        "reporting_gap": mean(close[o] - made.final.real[o] for o in assessed),
        "gaming_events": moved + sum(closing[i] != final[i] for i in f.indicators),
        "disagreement": mean(differ),
    }


def _shares(f: Facts, k, made) -> dict[str, float]:
    total = {name: sum(values.values()) for name, values in made.sums.items()}
    capacity = made.months * sum(d.capacity for d in f.departments.values())
    shared = sum(total[name] for name in CONTRIBUTION_LINES)
    worked = total["own"] + shared
    standing = sum(min(k.standing[d], item.capacity) for d, item in f.departments.items())
    names = {"own": "own_agenda", "chain": "chain_loss", "practice": "practice_loss",
             "mix": "mix_loss"}
    lines = ("overhead", "gaming", "slack", "own", *CONTRIBUTION_LINES)
    return {
        **{names.get(line, line): total[line] / capacity for line in lines},
        "silo_index": total["own"] / worked if worked > 0 else 0.0,
        "burden": (total["overhead"] - made.months * standing) / capacity,
    }
