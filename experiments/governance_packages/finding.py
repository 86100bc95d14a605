"""The finding of this study, in words and tables, from its two extracts."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from psasim.month.ledger import LINES

SETTINGS = {
    "csr2007": "30 PSAs of 2007", "sr2004": "joint targets of 2004", "teaching": "teaching",
    "child_obesity": "child obesity", "offences_to_justice": "offences to justice",
}
PRESETS = ("departmental", "existing_psa", "new_psa", "no_join_up")
MAIN, PARTS = "csr2007", "new_psa"
NOTHING = 1.0
"""Points: what moves less does nearly nothing."""
LARGE = 10.0
"""Points of targets met as reported, from which one asks what is behind them."""


def part_left_out(package: str) -> str:
    """`lead` of `new_psa less lead`; nothing for other packages."""
    stem, _, part = package.partition(" less ")
    return part if stem == PARTS else ""


def name(package: str) -> str:
    """As code, `departmental` with a lever by the lever: `new_psa`, `+lead`."""
    return f"`{package.removeprefix('departmental')}`"


def table(contrasts: pd.DataFrame, measure: str, baseline: str) -> pd.DataFrame:
    """Differences by package and setting, in points; columns mean, lo95, hi95 of each setting."""
    rows = contrasts[(contrasts["measure"] == measure) & (contrasts["baseline"] == baseline)]
    rows = rows.set_index(["package", "scenario"])[["mean", "lo95", "hi95"]] * 100.0
    return rows.unstack("scenario")


def by_rank(contrasts: pd.DataFrame) -> list[str]:
    """Packages in the order of what they add to attainment in the main setting."""
    mean = table(contrasts, "attainment", "departmental")["mean"][MAIN]
    return list(mean.sort_values(ascending=False, kind="stable").index)


def ranks(contrasts: pd.DataFrame) -> pd.DataFrame:
    """Place of each package in each setting, by attainment as it is printed; 1 adds most, and
    those that print alike share a place."""
    mean = table(contrasts, "attainment", "departmental")["mean"]
    return mean.round(1).rank(ascending=False, method="min").astype(int)


def more(points: pd.DataFrame, than: float = 0.0) -> pd.DataFrame:
    """Where the whole interval lies above `than` points."""
    return points["lo95"] > than


def fewer(points: pd.DataFrame, than: float = 0.0) -> pd.DataFrame:
    """Where the whole interval lies below minus `than` points."""
    return points["hi95"] < -than


def finding(contrasts: pd.DataFrame, ledger: pd.DataFrame) -> str:
    """Everything under the heading Finding of the README."""
    paragraphs = (
        _best(contrasts),
        "![Heat map of the second table: what packages add, by setting](packages.svg)",
        _price(contrasts), _main_table(contrasts), _ranks(contrasts), _rank_table(contrasts),
        _both_ways(contrasts), _nothing(contrasts), _parts(contrasts), _parts_table(contrasts),
        _reported(contrasts), _effort(ledger),
        "![Stacked bars: share of capacity by line of the ledger and preset](effort.svg)",
    )
    return "\n" + "\n\n".join(paragraphs) + "\n\n"


def paragraph(contrasts: pd.DataFrame) -> str:
    """The answer in one paragraph."""
    best = by_rank(contrasts)[0]
    real, met = (table(contrasts, m, "departmental") for m in ("attainment", "targets_met_real"))
    lever = next(package for package in by_rank(contrasts) if "+" in package)
    places = ranks(contrasts).loc[PARTS]
    first = sum(int(places[setting] == 1) for setting in SETTINGS)
    return (
        f"**{name(best)}, on the 30 PSAs.** It adds {_interval(real, best, MAIN)} points to "
        f"attainment and {_interval(met, best, MAIN)} to targets met, real (95 % intervals), "
        f"against departments on their own; the best lever alone, {name(lever)}, adds "
        f"{_interval(real, lever, MAIN)}. {name(PARTS)}, the deck's recommendation, comes first in "
        f"{first} of {len(SETTINGS)} settings, and {len(both_ways(contrasts))} levers help in one "
        "setting and hurt in another. This is at default parameters; which of its parts carry the "
        "gain over plausible ones is a study of its own (new_framework)."
    )


def _interval(points: pd.DataFrame, package: str, setting: str) -> str:
    mean, low, high = (points.loc[package, (c, setting)] for c in ("mean", "lo95", "hi95"))
    return f"{mean:+z.1f} ({low:+z.1f} to {high:+z.1f})"


def _listed(items: Iterable[str]) -> str:
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


def _best(contrasts: pd.DataFrame) -> str:
    best = by_rank(contrasts)[0]
    met, real = (table(contrasts, m, "departmental") for m in ("targets_met_real", "attainment"))
    rows = (contrasts["scenario"] == MAIN) & (contrasts["package"] == "departmental")
    level = contrasts[rows].set_index("measure")["mean"]
    return (
        f"**On the 30 PSAs {name(best)} helps most.** Departments by themselves meet "
        f"{100.0 * level['targets_met_real']:.0f} % of targets and deliver "
        f"{100.0 * level['attainment']:.0f} % of the average target. {name(best)} adds "
        f"{_interval(met, best, MAIN)} percentage points of targets met and "
        f"{_interval(real, best, MAIN)} of attainment, both real, not reported, and in the same "
        "worlds (95 % intervals in brackets)."
        f"{_better_without(contrasts)}"
    )


def _better_without(contrasts: pd.DataFrame) -> str:
    """The part whose leaving out gains most in the main setting, if one gains at all."""
    points = table(contrasts, "targets_met_real", PARTS)
    gains = points["mean"][MAIN][more(points)[MAIN]]
    if gains.empty:
        return ""
    package = gains.idxmax()
    return (f" **Its best version leaves out `{part_left_out(package)}`**, which meets "
            f"{_interval(points, package, MAIN)} points more, for less.")


def _price(contrasts: pd.DataFrame) -> str:
    order = by_rank(contrasts)
    burden, real = (
        table(contrasts, m, "departmental")["mean"][MAIN] for m in ("burden", "attainment")
    )
    lever = next(package for package in order if "+" in package)
    return (
        f"**It has its price.** {name(order[0])} takes {burden[order[0]]:.1f} % of "
        f"all capacity to run. The best lever alone, {name(lever)}, brings {real[lever]:.1f} of "
        f"its {real[order[0]]:.1f} points of attainment for {burden[lever]:.1f} %."
    )


def _main_table(contrasts: pd.DataFrame) -> str:
    columns = {
        "attainment": "attainment (points)", "targets_met_real": "targets met, real (points)",
        "targets_met_reported": "targets met, reported (points)",
        "burden": "burden (% of capacity)",
    }
    points = {measure: table(contrasts, measure, "departmental") for measure in columns}
    cost = table(contrasts, "cost", "departmental")["mean"][MAIN] / 100.0
    body = [
        [name(p), *(_interval(points[m], p, MAIN) for m in list(columns)[:3]),
         f"{points['burden'].loc[p, ('mean', MAIN)]:+.1f}", f"{cost[p]:.2f}"]
        for p in by_rank(contrasts)
    ]
    heads = [f"{SETTINGS[MAIN]}: against `departmental`", *columns.values(), "cost (index)"]
    return _markdown(heads, body)


def _ranks(contrasts: pd.DataFrame) -> str:
    places = ranks(contrasts).loc[PARTS]
    first = [s for s in SETTINGS if places[s] == 1]
    beaten = [f"{SETTINGS[s]} (place {places[s]})" for s in SETTINGS if places[s] != 1]
    said = (f"{name(PARTS)}, the deck's recommendation, comes first in {len(first)} of "
            f"{len(SETTINGS)} settings")
    ties = sum((ranks(contrasts)[s] == 1).sum() > 1 for s in first)
    said += f" ({ties} of them shared with others)" if ties else ""
    said += f", and not in {_listed(beaten)}" if beaten else ""
    return (f"**Places by setting.** {said}. It is also the largest package: single levers are no "
            "fair match for it. How the others rank depends on the setting. Place by what is added "
            "to attainment, and that in points; ≈ cannot be told from `departmental`.")


def _rank_table(contrasts: pd.DataFrame) -> str:
    places, points = ranks(contrasts), table(contrasts, "attainment", "departmental")
    known = more(points) | fewer(points)
    body = [
        [name(p), *(
            f"{places.loc[p, s]} ({points.loc[p, ('mean', s)]:+z.1f})"
            + ("" if known.loc[p, s] else " ≈")
            for s in SETTINGS
        )]
        for p in by_rank(contrasts)
    ]
    return _markdown(["place by attainment", *SETTINGS.values()], body)


def both_ways(contrasts: pd.DataFrame) -> list[str]:
    """Packages that add more than `NOTHING` in one setting and take more in another."""
    points = table(contrasts, "attainment", "departmental")
    up, down = more(points, NOTHING), fewer(points, NOTHING)
    return [p for p in by_rank(contrasts) if up.loc[p].any() and down.loc[p].any()]


def _both_ways(contrasts: pd.DataFrame) -> str:
    points = table(contrasts, "attainment", "departmental")
    said = []
    for package in both_ways(contrasts):
        means = points["mean"].loc[package]
        best, worst = means.idxmax(), means.idxmin()
        said.append(f"- {name(package)}: {SETTINGS[best]} {_interval(points, package, best)}, "
                    f"{SETTINGS[worst]} {_interval(points, package, worst)}")
    return ("**What helps in one setting and hurts in another**, by more than a point of "
            "attainment:\n\n" + ("\n".join(said) or "Nothing here."))


def nothing(contrasts: pd.DataFrame) -> list[str]:
    """Packages that move neither attainment nor targets met by `NOTHING` in any setting."""
    most = pd.concat(
        table(contrasts, m, "departmental")["mean"].abs().max(axis=1)
        for m in ("attainment", "targets_met_real")
    ).groupby(level=0).max()
    return [p for p in by_rank(contrasts) if most[p] < NOTHING]


def _nothing(contrasts: pd.DataFrame) -> str:
    idle = [name(p) for p in nothing(contrasts)]
    return ("**What does nearly nothing by itself**, less than a point in every setting: "
            f"{_listed(idle) if idle else 'no lever'}.")


def _parts(contrasts: pd.DataFrame) -> str:
    points = table(contrasts, "targets_met_real", PARTS)
    better = more(points)
    said = [
        f"- {SETTINGS[s]}, without `{part_left_out(p)}`: {_interval(points, p, s)}"
        for s in SETTINGS for p in points.index if better.loc[p, s]
    ]
    head = (
        "**Where the recommended package does not win**: against itself with one part left out, "
        "which meets more targets, real (points):\n\n" + "\n".join(said) if said
        else f"**No part of {name(PARTS)} is shown to be one too many.**"
    )
    return (f"{head}\n\nWhat leaving out one part of {name(PARTS)} does to targets met, real, "
            "in points; ≈ cannot be told from nothing. The two settings with one target each "
            "swing widely.")


def _parts_table(contrasts: pd.DataFrame) -> str:
    points = table(contrasts, "targets_met_real", PARTS)
    known = more(points) | fewer(points)
    order = points["mean"][MAIN].sort_values(kind="stable").index
    body = [
        [f"`{part_left_out(p)}`", *(
            f"{points.loc[p, ('mean', s)]:+z.1f}" + ("" if known.loc[p, s] else " ≈")
            for s in SETTINGS
        )]
        for p in order
    ]
    return _markdown([f"{name(PARTS)} without", *SETTINGS.values()], body)


def _reported(contrasts: pd.DataFrame) -> str:
    real, reported = (
        table(contrasts, m, "departmental") for m in ("targets_met_real", "targets_met_reported")
    )
    told, true = reported["mean"][MAIN], real["mean"][MAIN]
    much = told > LARGE
    if not much.any():
        return f"**Reported is not real**, but nothing adds more than {LARGE:g} points as reported."
    least = (true / told)[much].idxmin()
    return (f"**Reported is not real.** On the 30 PSAs {name(least)} adds "
            f"{_interval(reported, least, MAIN)} points of targets met as reported and "
            f"{_interval(real, least, MAIN)} of targets met, real: of the packages that add "
            f"more than {LARGE:g} as reported, the one with least behind it.")


def _effort(ledger: pd.DataFrame) -> str:
    share = ledger[ledger["scenario"] == MAIN].set_index(["package", "line"])["share"] * 100.0
    alone, package = share["departmental"], share[PARTS]
    lost = alone.drop("realised").sort_values(ascending=False).index[:3]
    moved = (package - alone).drop("realised").abs().sort_values(ascending=False).index[:3]
    return (
        f"**Where the effort went.** Under `departmental` {alone['realised']:.1f} % of capacity "
        "moved an outcome; most of the rest went to "
        + _listed(f"{_line(line)} ({alone[line]:.1f} %)" for line in lost)
        + f". Under {name(PARTS)} {package['realised']:.1f} % did, and what changed most is "
        + _listed(f"{_line(line)} ({alone[line]:.1f} to {package[line]:.1f} %)" for line in moved)
        + "."
    )


def _line(line: str) -> str:
    return LINES[line].label.lower()


def _markdown(heads: list[str], body: list[list[str]]) -> str:
    rule = ["---", *["--:"] * (len(heads) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, rule, *body))
