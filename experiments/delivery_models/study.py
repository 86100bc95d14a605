"""Which delivery model works best in which circumstances?  See README.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments.delivery_models.pictures import draw_map, draw_regret
from experiments.delivery_models.rule import Floats, Leaf, Question, advice, find, leaves
from experiments.delivery_models.standing import (
    BASELINE,
    CIRCUMSTANCES,
    MODELS,
    NEAR,
    Policy,
    best_of,
    cells,
    decisive,
    gains_of,
    given_of,
    halves,
    judged,
    regret_of,
)
from experiments.differences import listed, markdown
from experiments.studying import Study, Tables
from psasim.analysis.factors import short, unit_of
from psasim.analysis.finished import FinishedResults
from psasim.analysis.statistics.intervals import mean_interval, share_of
from psasim.experiment.folder.panel import panel

PATHS = {short(path): path for path in
         (*(f"structure.{name}" for name in CIRCUMSTANCES[:-1]), f"parameters.{CIRCUMSTANCES[-1]}")}


def extract(results: FinishedResults) -> Tables:
    """What each model reaches in each future, beside its circumstances; what each takes."""
    found = panel(results, "attainment")
    of = {point.future: point for point in results.points}
    values = np.stack([found.of(model) for model in MODELS])  # (models, futures, worlds)
    first, second = np.argsort(-values.mean(axis=2), axis=0, kind="stable")[:2]
    rows = np.arange(values.shape[1])
    ahead = values[first, rows] - values[second, rows]
    futures = pd.DataFrame({
        "future": found.futures,
        **{name: [_value(of[number], path) for number in found.futures]
           for name, path in PATHS.items()},
        **dict(zip(MODELS, values.mean(axis=2), strict=True)),
        "luck": ahead.std(axis=1, ddof=1) / np.sqrt(ahead.shape[1]),
    })
    levels = results.levels().loc[list(MODELS), ["burden", "cost"]].rename_axis("model")
    gains = [mean_interval(values[place].mean(axis=0) - values[0].mean(axis=0))
             for place in range(len(MODELS))]
    adds = pd.DataFrame(gains, columns=["adds", "adds_lo95", "adds_hi95"], index=levels.index)
    return {"futures": futures, "models": adds.join(levels).reset_index()}


def _value(point: object, path: str) -> float:
    facts, parameters = point.facts, point.parameters  # type: ignore[attr-defined]
    group, _, name = path.partition(".")
    return float(parameters[name] if group == "parameters" else facts[path])


def rules(futures: pd.DataFrame) -> dict[str, Policy]:
    """Ways to choose, by name, each found on the first half of the futures."""
    fit, _ = halves(futures)
    given, gains = given_of(fit), gains_of(fit)
    one = find(given, gains, 0)
    assert isinstance(one, Leaf)
    steady = {f"always {MODELS[one.model]}, the best single one": one.model}
    steady |= {f"always {name}": place for place, name in enumerate(MODELS) if place != one.model}
    found: dict[str, Policy] = {
        "two questions (the rule)": find(given, gains, 2), "one question": find(given, gains, 1)}
    return {**found, **{name: Leaf(place, len(fit)) for name, place in steady.items()},
            "chance": None}


def rule_of(futures: pd.DataFrame) -> Question | Leaf:
    """The rule of two questions."""
    found = next(iter(rules(futures).values()))
    assert found is not None
    return found


def paragraph(tables: Tables) -> str:
    """The answer in one paragraph."""
    futures = tables["futures"]
    top, near, first = _leading(futures)
    _, unseen = halves(futures)
    table = _judged(futures)
    rule, single, chance = table.iloc[0], table.iloc[2], table.iloc[-1]
    mean, low, high = _better(unseen, futures)
    shown = "beyond luck" if low > 0.0 or high < 0.0 else "no more than luck would"
    low_share, high_share = share_of(np.array([first]), len(futures))
    return (
        f"**Mostly {_name(top)}, and not everywhere.** Over {len(futures)} circumstances, each "
        f"under plausible parameters, it delivers most in {first / len(futures):.0%} "
        f"(95 % interval {float(low_share[0]):.0%} to {float(high_share[0]):.0%}), and in "
        f"{near:.0%} is within a point of attainment of the best. {_others(futures)} A rule of two "
        f"questions ({_questions(rule_of(futures))}) falls short of the best by "
        f"{rule['regret']:.1f} points on circumstances it was not made of, the best single model "
        f"by {single['regret']:.1f} and chance by {chance['regret']:.1f}: on that single model it "
        f"gains {mean:+.1f} ({low:+.1f} to {high:+.1f}), {shown}. In "
        f"{_no_winner(futures):.0%} of circumstances two models or more are within a point. These "
        "are kinds of delivery models with assumed strengths, not the Treasury's six."
    )


def _leading(futures: pd.DataFrame) -> tuple[int, float, int]:
    """The model that is first most often, the share of futures in which it is near the best, and
    the number in which it is first."""
    first = np.bincount(best_of(futures), minlength=len(MODELS))
    top = int(first.argmax())
    return top, float((regret_of(futures)[:, top] <= NEAR).mean()), int(first[top])


def _others(futures: pd.DataFrame) -> str:
    first = np.bincount(best_of(futures), minlength=len(MODELS))
    order = [place for place in np.argsort(-first, kind="stable")[1:] if first[place]]
    said = [f"{_name(place)} in {first[place] / len(futures):.0%}" for place in order[:3]]
    return f"Else it is {listed(said)}." if said else "No other is ever first."


def _name(model: int) -> str:
    return f"`{MODELS[model]}`"


def _no_winner(futures: pd.DataFrame) -> float:
    return float(((regret_of(futures) <= NEAR).sum(axis=1) > 1).mean())


def _better(unseen: pd.DataFrame, futures: pd.DataFrame) -> tuple[float, float, float]:
    """What the rule gains on the best single model on futures it was not found on, in points."""
    found, regret = rules(futures), 100.0 * regret_of(unseen)
    rule, single = (judged_rows(found[name], unseen, regret) for name in list(found)[::2][:2])
    mean, low, high = mean_interval(single - rule)
    return float(mean), float(low), float(high)


def judged_rows(policy: Policy, unseen: pd.DataFrame, regret: Floats) -> Floats:
    """Regret of a way to choose, by future."""
    assert policy is not None
    return regret[np.arange(len(unseen)), advice(policy, given_of(unseen))]


def _judged(futures: pd.DataFrame) -> pd.DataFrame:
    _, unseen = halves(futures)
    return judged(rules(futures), unseen)


def _question(circumstance: int, at: float, below: bool) -> str:
    name = CIRCUMSTANCES[circumstance]
    unit = unit_of(PATHS[name])
    return f"{name} {'below' if below else 'at least'} {at:.3g}{f' {unit}' if unit else ''}"


def _questions(tree: Question | Leaf) -> str:
    """`a where owners below 3.5 departments; else b`, b being what most leaves advise."""
    models = [leaf.model for _, leaf in leaves(tree)]
    usual = max(models, key=models.count)
    said = [f"{_name(leaf.model)} where {_answers(answers)}"
            for answers, leaf in leaves(tree) if leaf.model != usual]
    return "; ".join([*said, f"else {_name(usual)}" if said else f"always {_name(usual)}"])


def _answers(answers: list[tuple[int, float, bool]]) -> str:
    return " and ".join(_question(*answer) for answer in answers) or "always"


def finding(tables: Tables) -> str:
    """Everything under the heading Finding."""
    futures = tables["futures"]
    return "\n\n".join([
        "![Map of the winning model over the two circumstances that matter most](map.svg)",
        _firsts(tables), _map(futures), _rule(futures),
        "![Bars of what each way to choose falls short of the best](regret.svg)",
        _nowhere(futures), _models(),
    ])


def _firsts(tables: Tables) -> str:
    futures, models = tables["futures"], tables["models"].set_index("model")
    regret = 100.0 * regret_of(futures)
    first = np.bincount(best_of(futures), minlength=len(MODELS))
    worse = (gains_of(futures) < gains_of(futures)[:, :1]).mean(axis=0)
    body = []
    for place in sorted(range(len(MODELS)), key=lambda place: (-first[place], place)):
        row = models.loc[MODELS[place]]
        adds = ("" if MODELS[place] == BASELINE else
                f"{100 * row['adds']:+.1f} ({100 * row['adds_lo95']:+.1f} to "
                f"{100 * row['adds_hi95']:+.1f})")
        body.append([_name(place), f"{first[place] / len(futures):.0%}",
                     f"{(regret[:, place] <= 100 * NEAR).mean():.0%}", adds,
                     f"{worse[place]:.0%}", f"{regret[:, place].mean():.1f}",
                     f"{np.quantile(regret[:, place], 0.95):.1f}", f"{regret[:, place].max():.1f}",
                     f"{100 * row['burden']:.1f}", f"{row['cost']:.2f}"])
    heads = ["model", "first", "first or within a point", "adds to attainment (points)",
             "worse than `departmental`", "regret, mean", "regret, 95th percentile",
             "regret, most", "burden (% of capacity)", "cost (index)"]
    return ("**All circumstances together.** Shares are of circumstances; *adds* is the mean over "
            "them with a 95 % interval for the luck of the worlds; *regret* is what a model falls "
            "short of the best of the seven in the same circumstances and worlds, in points.\n\n"
            + markdown(heads, body))


def _map(futures: pd.DataFrame) -> str:
    fit, _ = halves(futures)
    pair = decisive(fit)
    body = [[*(_range(place, cell.low[axis], cell.high[axis]) for axis, place in enumerate(pair)),
             str(cell.futures), _name(cell.winner), f"{cell.first:.0%}", f"{cell.regret:.1f}",
             f"{_name(cell.second)} ({cell.behind:.1f}, {cell.behind_lo95:.1f} to "
             f"{cell.behind_hi95:.1f})" + (" ≈" if cell.tied else "")]
            for cell in cells(futures, pair)]
    names = [CIRCUMSTANCES[place] for place in pair]
    heads = [*names, "circumstances", "best on average", "first or near in", "its regret (points)",
             "next (points behind, 95 %)"]
    return (f"**The map.** Of all pairs, {names[0]} and {names[1]} tell most of which model to "
            "choose (by the first half of the circumstances; the table and the map are of all). "
            "≈ marks a next model that cannot be told from the best.\n\n" + markdown(heads, body))


def _range(circumstance: int, low: float, high: float) -> str:
    unit = unit_of(PATHS[CIRCUMSTANCES[circumstance]])
    return f"{low:.2g} to {high:.2g}{f' {unit}' if unit else ''}"


def _rule(futures: pd.DataFrame) -> str:
    tree = rule_of(futures)
    said = "\n".join(
        f"- {_answers(answers)}: **{_name(leaf.model)}** (found on {leaf.futures})"
        for answers, leaf in leaves(tree))
    fit, unseen = halves(futures)
    body = [[str(name), f"{row['not_first']:.0%}", f"{row['far']:.0%}",
             f"{row['regret']:.1f} ({row['regret_lo95']:.1f} to {row['regret_hi95']:.1f})",
             f"{row['regret_p95']:.1f}", f"{row['regret_max']:.1f}"]
            for name, row in _judged(futures).iterrows()]
    mean, low, high = _better(unseen, futures)
    heads = ["choice", "not the best", "more than a point short", "regret, mean (95 %)",
             "regret, 95th percentile", "regret, most"]
    return (f"**A rule of two questions**, the best there is on {len(fit)} circumstances:\n\n{said}"
            f"\n\nOn the other {len(unseen)}, which it was not made of, beside plainer ways to "
            "choose (points of attainment; *chance* is each model as often as another):\n\n"
            f"{markdown(heads, body)}\n\nOver the best single model the rule gains {mean:+.1f} "
            f"points (95 % interval {low:+.1f} to {high:+.1f}).")


def _nowhere(futures: pd.DataFrame) -> str:
    regret, gains = 100.0 * regret_of(futures), 100.0 * gains_of(futures)
    behind = np.sort(regret, axis=1)[:, 1]
    alone = behind <= 100 * NEAR
    little = gains.max(axis=1) - gains[:, 0] <= 100 * NEAR
    unclear = behind < 2.0 * 100.0 * futures["luck"].to_numpy()
    whole = gains.max(axis=1) >= 99.0
    return (
        f"**Where no model wins.** In {alone.mean():.0%} of circumstances the second is within a "
        f"point of the first, in the median of all {np.median(behind):.1f} points behind. Of those "
        f"that are so close, {whole[alone].mean():.0%} deliver 99 % of the target under the best "
        f"model anyway, against {whole[~alone].mean():.0%} of the others. In "
        f"{unclear.mean():.0%} the two are nearer than twice the standard error that the luck "
        f"of the worlds leaves. In {little.mean():.0%} no model adds more than a point to "
        f"`{BASELINE}`."
    )


def _models() -> str:
    """The levers of each model with where they are from, out of experiment.yaml."""
    body, model = [], ""
    for line in (Path(__file__).parent / "experiment.yaml").read_text("utf-8").splitlines():
        text, _, basis = line.strip().partition(" # ")
        name = text.removesuffix(":")
        if text.endswith(":") and name in MODELS:
            model = name
        elif "strength: 1" in text:
            body.append([f"`{model}`", f"`{text}`", basis])
    return ("**The models**, besides departments by themselves (`departmental`), lever by lever:"
            "\n\n" + markdown(["model", "lever", "described in"], body))


def draw(tables: Tables) -> Mapping[str, Figure]:
    """The map and the regret of ways to choose."""
    futures = tables["futures"]
    fit, unseen = halves(futures)
    pair = decisive(fit)
    top, _, first = _leading(futures)
    units = [unit_of(PATHS[CIRCUMSTANCES[place]]) for place in pair]
    table = _judged(futures)
    return {
        "map": draw_map(cells(futures, pair), pair, units,
                        f"{MODELS[top]} delivers most in {first / len(futures):.0%} of "
                        f"circumstances; {CIRCUMSTANCES[pair[0]]} and {CIRCUMSTANCES[pair[1]]} "
                        "tell most of where it does not"),
        "regret": draw_regret(table, (
            f"On {len(unseen)} circumstances it was not made of, the rule falls short of the best "
            f"by {table.iloc[0]['regret']:.1f} points, the best single model by "
            f"{table.iloc[2]['regret']:.1f}, chance by {table.iloc[-1]['regret']:.1f}")),
    }


STUDY = Study(Path(__file__).parent, extract, paragraph, finding, draw)

if __name__ == "__main__":
    STUDY.main()
