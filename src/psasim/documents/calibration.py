"""`docs/calibration.md`: what the evidence says of the parameters, and what it does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from psasim.calibration.bands import RARE
from psasim.calibration.outcome import shipped_report
from psasim.calibration.plainly import plainly
from psasim.calibration.shipped import record
from psasim.calibration.waves import CUTOFF, NEAR
from psasim.documents.markdown import code, document, table

Report = Mapping[str, Any]


def page() -> str:
    """The page's text."""
    found = shipped_report()
    return document(
        "Calibration", _plainly(found), _how(found), "## Bands", _bands(found), _ruling(found),
        "## What the evidence constrains", _constrained(found),
        "## What stays where the prior has it", _at_prior(found),
        "## Evidence that is an input", _inputs(found), "## No usable number", _no_data(found),
        "## Sources", _sources(found), _use(),
    )


def _plainly(found: Report) -> str:
    first, *rest = plainly(found)
    return " ".join([f"**{first}**", *rest])


def _how(found: Report) -> str:
    made = record()
    rows = (
        (str(number), f"{wave['sets']:,}", _worlds(wave["worlds"]), f"{wave['left']:,}")
        for number, wave in enumerate(found["waves"], start=1)
    )
    return (
        "History matching (Craig et al. 1997; Vernon, Goldstein & Bower 2010): sets are drawn "
        "as a Latin hypercube, each parameter uniform over its declared range, and run; a set is "
        f"ruled out where a statistic lies more than {CUTOFF:g} standard deviations outside its "
        "band (Pukelsheim 1994). The deviation is of the band's spread and of the mean over "
        "worlds. The simulator is quick enough to be run "
        "itself, so no emulator stands in for it; the second wave runs what is left in more "
        f"worlds. A single case that was seen must not be rarer than {RARE:.0%} among worlds. A "
        f"band that fewer than {NEAR:.0%} of the prior come near is called missed, and rules out "
        "nothing: to go after it would leave the corner where errors cancel.\n\n"
        f"Made by `{found['command']}` (psasim {found['versions']['psasim']}, model "
        f"`{found['model']}`, commit `{(found['commit'] or 'none')[:12]}`, "
        f"{found['created'][:10]}); "
        f"{len(made['sets'])} of the sets left are shipped, SHA-256 `{made['sha256'][:16]}`.\n\n"
        + table(("wave", "sets", "worlds each", "not ruled out"), rows)
    )


def _worlds(worlds: Mapping[str, int]) -> str:
    return ", ".join(f"{case} {number}" for case, number in worlds.items())


def _bands(found: Report) -> str:
    heads = ("band", "seen", "scored by", "asked of the model", "scenario, package", "band",
             "spread", "prior 5, 50, 95 %", "plausible 5, 50, 95 %", "at defaults", "rules out")
    rows = (
        (code(b["key"]), f"{b['seen']} ({', '.join(b['sources'])})", b["scorer"], b["asked"],
         f"`{b['scenario']}`, `{b['package']}`", _ends(b), f"{b['spread']:.2f}",
         _numbers(b["prior"]), _numbers(b["plausible"]), f"{b['default']:.2f}",
         "missed" if b["missed"] else f"{b['ruled_out']:.0%}")
        for b in found["bands"]
    )
    return table(heads, rows)


def _ruling(found: Report) -> str:
    """Why each band is as wide as it is."""
    rows = ((code(b["key"]), b["why_spread"]) for b in found["bands"])
    return "Why a band has the spread it has:\n\n" + table(("band", "reason"), rows)


def _constrained(found: Report) -> str:
    fits = [fit for fit in found["parameters"] if fit["constrained"]]
    if not fits:
        return "No parameter by itself."
    rows = (
        (code(fit["name"]), _interval(fit["ratio"]), _interval(fit["shift"], "+"),
         f"{fit['p']:.1g}")
        for fit in fits
    )
    heads = ("parameter", "sd over prior's (95 %)", "shift in prior's sd (95 %)", "p")
    return (
        f"{len(fits)} parameters whose distribution among the sets left differs from that among "
        "the sets ruled out (Kolmogorov-Smirnov, p times the number of parameters below 0.05). A "
        "ratio near 1 says that the shift is seen, but small.\n\n" + table(heads, rows)
    )


def _at_prior(found: Report) -> str:
    names = ", ".join(code(name) for name in found["at_prior"])
    return f"{len(found['at_prior'])} parameters, as assumed as before: {names}."


def _inputs(found: Report) -> str:
    rows = (
        (item["source"], item["seen"], item["model"], "yes" if item["agrees"] else "no")
        for item in found["input_checks"]
    )
    return ("Built into a scenario, so it constrains no parameter; checked there.\n\n"
            + table(("source", "seen", "scenario", "agrees"), rows))


def _no_data(found: Report) -> str:
    rows = ((gap["what"], ", ".join(gap["sources"]) or "none", gap["why"])
            for gap in found["no_data"])
    return table(("of what", "sources", "why it cannot be used"), rows)


def _sources(found: Report) -> str:
    cited = {key: text for band in found["bands"] for key, text in band["sources"].items()}
    return table(("key", "citation"), ((code(key), text) for key, text in sorted(cited.items())))


def _use() -> str:
    return (
        "## Using it\n\n`psasim run parameters=plausible` runs every package under each shipped "
        "set, and tells the spread between sets from that between worlds (`spread.csv`). In "
        "Python: `psasim.calibration.plausible()`. That calibration finds known parameters again "
        "is tested in [`test_recovery.py`](../tests/calibration/test_recovery.py); see the "
        "[QA log](qa_log.md). To calibrate to [your own data](own_data.md): `psasim calibrate "
        "data.yaml`."
    )


def _ends(band: Report) -> str:
    if band["high"] is None:
        return f"{band['low']:.2f} or more"
    return f"{band['low']:.2f} to {band['high']:.2f} {band['unit']}"


def _numbers(values: Iterable[float]) -> str:
    return ", ".join(f"{value:.2f}" for value in values)


def _interval(values: Sequence[float], sign: str = "") -> str:
    value, low, high = (f"{number:{sign}.2f}" for number in values)
    return f"{value} ({low} to {high})"
