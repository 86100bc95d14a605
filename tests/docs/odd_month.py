"""The second program, written from docs/model.md alone: sections 5 and 7.4 to 7.7."""

from __future__ import annotations

from hashlib import blake2b
from math import exp, expm1, log, log1p, nan, prod, sqrt
from statistics import NormalDist
from types import SimpleNamespace

from tests.docs.odd_facts import Facts, clip, mission, plan

MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15


def mix(z: int) -> int:
    z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ z >> 27) * 0x94D049BB133111EB) & MASK
    return z ^ z >> 31


def uniform(seed: int, number: int, month: int, *name: str) -> float:
    """Section 7.4: what an entity draws in a month of a world."""
    digest = blake2b("\n".join(name).encode(), digest_size=8).digest()
    key = mix((int.from_bytes(digest, "little") + mix((seed + GAMMA) & MASK)) & MASK)
    bits = mix((key + GAMMA * (4096 * number + month)) & MASK)
    return ((bits >> 12) + 0.5) / 2**52


def world(f: Facts, seed: int, number: int, months: int) -> dict[str, list[dict]]:
    """For each kind of draw, month by month, what each entity draws."""
    named = {
        "shock": {o: ("outcome", o) for o in f.outcomes},
        "problem": {o: ("problem", o) for o in f.outcomes},
        "detection": {o: ("detection", o) for o in f.outcomes},
        "noise": {i: ("noise", *i) for i in f.indicators},
        "volunteer": {c: ("volunteer", c[1], c[0]) for c in f.contributions},
        "single": {b: ("body", *b) for b in f.links if f.bodies[b[0]].count == 1},
        "many": {b: ("body", *b) for b in f.links if f.bodies[b[0]].count > 1},
    }
    normal = NormalDist().inv_cdf
    return {
        kind: [
            {
                item: (normal if kind in ("shock", "noise", "many") else float)(
                    uniform(seed, number, month, *name)
                )
                for item, name in names.items()
            }
            for month in range(1, months + 1)
        ]
        for kind, names in named.items()
    }


def start(f: Facts, k) -> SimpleNamespace:
    """Section 5 and the table of states."""
    p = k.p
    x = SimpleNamespace(month=0)
    usable = {d: max(0.0, item.capacity - k.fixed[d]) for d, item in f.departments.items()}
    works = p["effectiveness_base"] + (1 - p["effectiveness_base"]) * k.know_start
    stake = {c: f.outcomes[c[1]].value * works * mission(k, c, 1) for c in f.contributions}
    taken = {d: min(item.capacity, k.fixed[d]) for d, item in f.departments.items()}
    x.effort = allocate(f, k, stake, usable, taken)
    x.counted = {c: f.outcomes[c[1]].start for c in f.contributions}
    x.scarcity = dict.fromkeys(f.contributions, 1.0)
    x.real = {o: item.start for o, item in f.outcomes.items()}
    x.mobilised = {o: float(item.convened) for o, item in f.outcomes.items()}
    x.ratcheted = dict.fromkeys(f.outcomes, 0.0)
    for name in ("problem", "escalated", "supported", "gap", "reported",
                 "out"):
        setattr(x, name, dict.fromkeys(f.outcomes, 0.0))
    x.attention = dict.fromkeys(f.outcomes, p["attention_start"])
    x.trust = dict.fromkeys(f.contributions, p["trust_start"])
    x.know = dict.fromkeys(f.contributions, k.know_start)
    x.buy_in = dict(k.buy_in_start)
    x.cleared = dict.fromkeys(f.links, 0.0)
    x.published = dict.fromkeys(f.indicators, 0.0)
    x.standing = dict.fromkeys(f.indicators, 0.0)
    x.spend = dict.fromkeys(f.departments, 0.0)
    x.figures = {}
    return x


def allocate(f: Facts, k, stake: dict, usable: dict, taken: dict) -> dict:
    """Phase 5's choice e*; a department's own agenda under its key."""
    g, chosen = k.p["substitution"], {}
    for d, item in f.departments.items():
        tasks = {c: (stake[c], k.planned[c]) for c in f.tasks[d]}
        tasks[d] = (item.own_value, k.own_size[d])
        active = [j for j, (beta, _) in tasks.items() if beta > 0]
        theta = 0.0
        while active:
            sb = sum(tasks[j][0] * tasks[j][1] for j in active)
            sm = sum(tasks[j][1] for j in active)
            theta = max(
                g * (sb + (1 - g) * taken[d]) / (item.capacity * (1 - g) + g * sm),
                (sb - (1 - g) * usable[d]) / sm,
            )
            still = [j for j in active if tasks[j][0] > theta]
            if still == active:
                break
            active = still
        for j, (beta, size) in tasks.items():
            working = j in active and usable[d] > 0
            chosen[j] = size * (beta - theta) / (1 - g) if working else 0.0
    return chosen


def mobilise(f: Facts, k, x, draw: dict) -> None:
    """Phase 1."""
    for o, owners in f.owners.items():
        n, level = k.waiting[o], k.p["mission_level"]
        benefit = (x.attention[o] + sum(k.w0[c] for c in owners) / len(owners)) / (1 + level)
        q = min(1.0, k.ratio * f.outcomes[o].convening * min(1.0, n - 1) / benefit)
        chance = 1 - q ** (n / ((n - 1) * k.drawers[o])) if n > 1 and k.drawers[o] else 1.0
        if any(draw[c] < chance and k.s[c] > 0 for c in owners):
            x.mobilised[o] = 1.0


def overhead(f: Facts, k, x) -> tuple[dict, dict, dict]:
    """Phase 4: overhead, gaming, usable."""
    spent, gamed, usable = {}, {}, {}
    for d, item in f.departments.items():
        called = k.fixed[d]
        since = x.month - k.levers("reorganisation", "month")
        if since >= 0:
            settling = (1 - k.p["reorganisation_recovery"]) ** since
            called += item.capacity * k.levers("reorganisation") * (
                k.p["reorganisation_cost"] * settling)
        for c in f.tasks[d]:
            called += k.convened[c] * x.mobilised[c[1]]
            called += k.p["escalation_cost"] * x.escalated[c[1]]
        spent[d] = min(item.capacity, called)
        gamed[d] = min(item.capacity - spent[d], x.spend[d])
        usable[d] = item.capacity - spent[d] - gamed[d]
    return spent, gamed, usable


def stakes(f: Facts, k, x, t: int, works: dict) -> dict:
    """Phases 2 and 3."""
    p, out, x.distorted = k.p, {}, {}
    for o, owners in f.owners.items():
        path = plan(f, k, o, t - 1)
        own = {}
        for c in owners:
            unmeasured = [(1 - f.indicators[i].validity, counting(f, x, i)) for i in f.owned[c]]
            weight = sum(w for w, _ in unmeasured)
            count = sum(w * figure for w, figure in unmeasured) / weight if weight else 0.0
            figure = k.valid[c] * x.real[o] + (1 - k.valid[c]) * count
            told = x.reported[o] if x.out[o] else path
            own[c] = figure if f.owned[c] else told
        number = len(f.shown[o])
        mean = sum(len(f.owned[c]) / number * own[c] for c in owners) if number else path
        for c in owners:
            seen = k.v * mean + (1 - k.v) * own[c]
            belief = clip(1 - max(0.0, path - seen))
            raised = k.raised + x.ratcheted[o]
            aim = 1 + min(0.0, raised) + max(0.0, raised) * belief
            need = min(p["urgency_cap"], max(0.0, 1 + p["urgency"] * (aim * path - seen)))
            need *= clip((aim + p["stop_margin"] - seen) / p["stop_band"])
            product = works[c] * min(p["mix_cap"], k.v * x.scarcity[c] + 1 - k.v)
            mutual = k.horizon[c[0]] * x.trust[c] * k.v
            answer = min(1.0, k.s[c] * (1 + mutual * (len(owners) - 1)))
            answer += k.incentive[c]
            heard = x.attention[o] * x.mobilised[o]
            worth = k.will[c] * mission(k, c, t) + heard * answer
            odds = heard * k.pull[c] / worth if worth > 0 else 0.0
            x.distorted[c] = odds / (1 + odds)
            out[c] = f.outcomes[o].value * need * product * worth
    return out


def work(f: Facts, k, x, chosen: dict, usable: dict) -> None:
    """Phase 5's inertia and cap."""
    for d in f.departments:
        tasks = [*f.tasks[d], d]
        for j in tasks:
            gamma = (1 - f.outcomes[j[1]].technology) / (1 - k.p["substitution"]) if j != d else 0.0
            fall = min(k.p["release"], min(1.0, 1.4 / (1 + gamma))) if j != d else k.p["release"]
            fall = max(k.p["inertia"], fall)
            rate = fall if chosen[j] < x.effort[j] else k.p["inertia"]
            x.effort[j] += rate * (chosen[j] - x.effort[j])
        total = sum(x.effort[j] for j in tasks)
        scale = min(1.0, usable[d] / total) if total > 0 else 1.0
        for j in tasks:
            x.effort[j] *= scale
    busy(f, k, x)


def busy(f: Facts, k, x) -> None:
    """Activity, and how a poor indicator counts it."""
    x.activity = {c: min(1.0, x.effort[c] / k.planned[c]) for c in f.contributions}
    for c, busy in x.activity.items():
        x.counted[c] = (1 - k.mu[c[1]]) * x.counted[c] + k.count_gain[c[1]] * busy


def counting(f: Facts, x, i) -> float:
    """What a figure shows of its owner's count."""
    item = f.indicators[i]
    count = x.counted[item.department, i[0]]
    return count if item.open_ended else min(1.0, count)


def clarities(f: Facts, k, x) -> dict:
    """Clarity of direction in phase 6."""
    clarity = {}
    for b, body in sorted(f.bodies.items(), key=lambda item: f.tier(item[0])):
        own = 1.0
        if len(body.parents) >= 2:
            ask = {
                (p, o): sum(x.effort[d, o] for d in f.reaching(p, o))
                for p in body.parents for o in body.outcomes
            }
            axes = list(body.outcomes)
            for d in f.departments:
                asked = sum(x.effort[c] for c in f.tasks[d])
                drawn = x.effort[d] / asked if asked > 0 else 0.0
                axes.append((d, "own"))
                for p in body.parents:
                    ask[p, (d, "own")] = drawn * sum(
                        x.effort[d, o] for o in body.outcomes if d in f.reaching(p, o)
                    )
            joint = sum(sum(ask[p, a] for p in body.parents) ** 2 for a in axes)
            apart = sum(sqrt(sum(ask[p, a] ** 2 for a in axes)) for p in body.parents)
            own = min(1.0, sqrt(joint) / apart) if apart > 0 else 1.0
        own = 1 - (1 - own) * (1 - k.lift[b])
        above = sum(clarity.get(p, 1.0) for p in body.parents) / len(body.parents)
        clarity[b] = own * above
    return {b: clarity[b] for b in f.bodies}


def clear(f: Facts, k, x, clarity: dict, draw: dict) -> dict:
    """Phase 6: cleared links; returns the share of each contribution that passes."""
    p = k.p
    for link in f.links:
        b, o, _ = link
        count, z = f.bodies[b].count, draw[link]
        chance = p["agreement_max"] * (
            p["agreement_floor"] + (1 - p["agreement_floor"]) * clarity[b] * x.buy_in[link]
        )
        chance += k.unit * x.supported[o] * (1 - chance)
        if count == 1:
            agreed, fallen = float(z < chance), float(z < k.relapse[link])
        else:
            agreed = clip(chance + sqrt(chance * (1 - chance) / count) * z)
            fallen = k.relapse[link]
        held = x.cleared[link]
        x.cleared[link] = held + (1 - held) * agreed - held * fallen
    passing = {}
    for d, o in f.contributions:
        tiers: dict[int, float] = {}
        for link in f.links:
            if link[1:] == (o, d):
                tier = f.tier(link[0])
                tiers[tier] = tiers.get(tier, 0.0) + f.weight[link] * x.cleared[link]
        passing[d, o] = prod(tiers.values())
    return passing


def produce(f: Facts, k, x, passing: dict, works: dict, shock: dict) -> SimpleNamespace:
    """Phase 7: outcomes move; returns the ledger's lines and output M - b."""
    b, lines = k.p["business_as_usual"], SimpleNamespace(
        distortion={}, chain={}, practice={}, mix={}, realised={}, output={})
    for o, owners in f.owners.items():
        rho, z = f.outcomes[o].technology, {}
        for c in owners:
            lines.distortion[c] = x.effort[c] * x.distorted[c]
            meant = x.effort[c] - lines.distortion[c]
            passed = meant * passing[c]
            lines.chain[c] = meant - passed
            delivered = passed * works[c] * (1 - k.p["problem_harm"] * x.problem[o])
            lines.practice[c] = passed - delivered
            z[c] = b + delivered / k.planned[c]
        share = {c: f.contributions[c].share for c in owners}
        middle = sum(share[c] * log(z[c]) for c in owners)
        tilt = sum(share[c] * expm1(rho * (log(z[c]) - middle)) for c in owners)
        m = exp(middle + log1p(tilt) / rho) if rho else exp(middle)
        m = min(max(z.values()), max(min(z.values()), m))
        over = sum(share[c] * max(0.0, z[c] - m) for c in owners)
        short = sum(share[c] * max(0.0, m - z[c]) for c in owners)
        used = min(1.0, short / max(over, 1e-300))
        for c in owners:
            spare = k.planned[c] * max(0.0, z[c] - m)
            lines.realised[c] = k.planned[c] * (min(z[c], m) - b) + used * spare
            lines.mix[c] = (1 - used) * spare
            x.scarcity[c] = (m / z[c]) ** (1 - rho)
        lines.output[o] = m - b
        x.real[o] = (1 - k.mu[o]) * x.real[o] + k.gain[o] * (m - b) + k.sigma[o] * shock[o]
    return lines


def tell(f: Facts, k, i, figure: float, month: int, closing: bool = False) -> tuple[float, float]:
    """What is published of a figure for a month, and the plan for it."""
    path = plan(f, k, i[0], month)
    threshold = 1.0 if closing else path + (1 - k.milestone) * (1 - path)
    inside = threshold - k.width[i] <= figure < threshold
    return (threshold if inside else figure), path


def publish(f: Facts, k, x, t: int, noise: dict) -> SimpleNamespace:
    """Phase 8."""
    p = k.p
    now = {}
    for i, item in f.indicators.items():
        now[i] = item.validity * x.real[i[0]] + (1 - item.validity) * counting(f, x, i)
        now[i] += k.noise[i] * noise[i]
    x.figures[t] = now
    moved, failing, cost = (dict.fromkeys(f.indicators, 0.0) for _ in range(3))
    due = set()
    for i, item in f.indicators.items():
        if (t - k.phase[item.department]) % p["publishing_interval"] or item.lag >= t:
            continue
        due.add(i)
        figure = x.figures[t - item.lag][i]
        told, path = tell(f, k, i, figure, t - item.lag)
        x.published[i], x.standing[i] = told, path
        moved[i] = float(told != figure)
        failing[i] = float(told < path - p["rating_tolerance"])
        cost[i] = p["gaming_cost"] / 2 * (told - figure) ** 2
    out = SimpleNamespace(reported={}, rated={}, fresh={}, failing={}, moved={})
    for o, shown in f.shown.items():
        told = [i for i in shown if x.standing[i] > 0]
        x.out[o] = float(bool(told))
        x.reported[o] = sum(x.published[i] for i in told) / len(told) if told else 0.0
        out.reported[o] = x.reported[o] if told else nan
        x.gap[o] = sum(x.standing[i] - x.published[i] for i in told) / max(1, len(told))
        out.fresh[o] = any(i in due for i in shown)
        counts = sum(
            x.published[i] >= x.standing[i] - p["rating_tolerance"] and x.standing[i] > 0
            for i in shown
        )
        number = max(1, len(shown))
        out.rated[o] = float(sum(counts / number >= edge for edge in (0.25, 0.5, 0.75, 1.0)))
    for c, owned in f.owned.items():
        out.failing[c] = sum(failing[i] for i in owned) / max(1, len(owned))
    for d, item in f.departments.items():
        mine = [i for i in f.indicators if f.indicators[i].department == d]
        out.moved[d] = sum(moved[i] for i in mine)
        x.spend[d] = p["gaming_effort"] * item.capacity * sum(cost[i] for i in mine)
    return out


def review(f: Facts, k, x, t: int, fresh: dict, draw: dict) -> tuple[dict, dict]:
    """Phase 9: stocktakes and clusters that took place."""
    g = k.levers
    behind = {o: x.gap[o] > k.p["rating_tolerance"] for o in f.outcomes}
    stock, cluster = {}, {}
    for o, item in f.outcomes.items():
        stock[o] = k.priority[o] * (t % g("stocktakes", "period") == 0)
        together = sum(behind[a] for a, b in f.outcomes.items() if b.cluster == item.cluster)
        cluster[o] = k.priority[o] * (together >= g("cluster_reviews", "trigger"))
    worst = {o: x.gap[o] * k.priority[o] for o in f.outcomes}
    taken = sorted(f.outcomes, key=lambda o: -worst[o])[: int(k.unit_targets)]
    for o in f.outcomes:
        chosen = o in taken and worst[o] > 0
        x.supported[o] = k.helping * k.priority[o] * chosen
        missed = (1 - k.steady) * (1 - k.stock_chance * stock[o])
        chance = 1 - missed * (1 - k.cluster_chance * cluster[o])
        seen = x.problem[o] if draw[o] < chance else 0.0
        up = k.priority[o] * (fresh[o] and behind[o])
        x.escalated[o] = k.escalation * max(seen, up)
        x.problem[o] -= seen
        if t % 12 == 0:
            x.ratcheted[o] += g("ratchet") * max(0.0, -x.gap[o])
    return stock, cluster


def learn(f: Facts, k, x, news, lines, stock: dict, cluster: dict) -> None:
    """Phase 10."""
    p = k.p
    for o in f.outcomes:
        missed = (1 - k.minister[o]) * (1 - k.stock_refresh * stock[o])
        missed *= (1 - p["refresh"] * x.escalated[o]) * (1 - k.cluster_refresh * cluster[o])
        faded = p["attention_floor"] + (x.attention[o] - p["attention_floor"]) * (1 - k.decay)
        x.attention[o] = faded + (1 - missed) * (1 - faded)
    landed = {c: news.failing[c] * k.penalty[c] * k.failure_told for c in f.contributions}
    trust, know = {}, {}
    for c in f.contributions:
        owners = f.owners[c[1]]
        others = [other for other in owners if other != c]
        trust[c] = x.trust[c]
        if others:
            mean = sum(x.activity[other] for other in others) / len(others)
            strayed = sum(landed[other] * (1 - k.attribution[other]) for other in others)
            rate = p["trust_rate"] * k.v
            if mean < x.trust[c]:
                rate = min(1.0, p["trust_fall"] * rate)
            trust[c] = clip(x.trust[c] + rate * (mean - x.trust[c])
                            - p["misattribution_hit"] * strayed)
        done = clip(lines.realised[c] / k.planned[c])
        best = max(x.know[other] for other in owners)
        know[c] = clip(x.know[c] + k.learning * done * (1 - x.know[c])
                       + k.sharing * (best - x.know[c]))
    x.trust, x.know = trust, know
    for link in f.links:
        _, o, d = link
        x.buy_in[link] = clip(
            x.buy_in[link] + p["buy_in_rate"] * (k.engagement[link] - x.buy_in[link])
            - p["sanction_buy_in_hit"] * landed[d, o]
        )
