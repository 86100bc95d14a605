"""What a calibration comes to, as data: the report, and the ensemble that is shipped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from psasim.calibration.bands import NO_DATA, SHIPPED, Band, Evidence
from psasim.calibration.fit import Fit, fits, pairs
from psasim.calibration.inputs import input_checks
from psasim.calibration.runs import statistics
from psasim.calibration.shipped import FILE
from psasim.calibration.waves import CUTOFF, FACTORS, Wave, missed
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.errors import StoreError
from psasim.experiment.folder.claim import check_ours
from psasim.experiment.folder.durable import make_folder, plain_bytes, write_whole
from psasim.fingerprint import bit_fingerprint, model_digest
from psasim.mechanisms.ordered_sum import Floats
from psasim.scenario import load_scenario

REPORT = "calibration.json"
TABLE = "sets.csv"
"""The same sets as a table of an experiment (`design: table`), and as a frame for `ps.evaluate`."""
STAMP = "made_for"
SCHEMA = 1
QUANTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a calibration was asked to do, and held to what."""

    sets: int
    keep: int
    seed: int
    evidence: Evidence = SHIPPED

    def settings(self) -> dict[str, Any]:
        """JSON-ready, with everything else that decides a number."""
        return {
            "sets": self.sets, "keep": self.keep, "seed": self.seed, "design": "latin_hypercube",
            "cutoff": CUTOFF, "factors": list(FACTORS),
            "ranges": {n: [PARAMETERS[n].low, PARAMETERS[n].high] for n in self.evidence.names},
            "bands": [band_data(band) for band in self.evidence.bands],
        }

    @property
    def key(self) -> str:
        """Hash of all that a block of runs depends on; `keep` is not among it."""
        cases = list(self.evidence.cases)
        names = dict.fromkeys(case.scenario for case in cases)
        content = {
            **self.settings(), "keep": None, "model": model_digest(), "bits": bit_fingerprint(),
            "cases": [[c.governance.settings(), c.worlds, c.months] for c in cases],
            "scenarios": [asdict(load_scenario(name)) for name in names],
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]

    def claim(self, folder: Path) -> None:
        """Make the folder this calibration's; raises `StoreError` where it is another's,
        and `InputError` where it holds files that are not psasim's."""
        check_ours(folder, STAMP, _is_stamp, " with --folder")
        make_folder(folder)
        stamp = folder / STAMP
        if stamp.exists() and plain_bytes(stamp).decode() != self.key:
            raise StoreError(f"{folder} holds runs of another calibration, or of another version "
                             "of the model; choose another --folder")
        write_whole(stamp, self.key.encode())


def _is_stamp(path: Path) -> bool:
    try:
        return len(bytes.fromhex(plain_bytes(path).decode())) == 8
    except (OSError, ValueError, StoreError):
        return False


def band_data(band: Band) -> dict[str, Any]:
    """A band's declaration, JSON-ready; an end that is open is None."""
    return {
        "key": band.key,
        "sources": {source.key: source.citation for source in band.sources},
        "seen": band.seen, "scorer": band.scorer, "asked": band.asked,
        "scenario": band.case.scenario, "package": band.case.package, "unit": band.unit,
        "low": _number(band.low), "high": _number(band.high), "spread": band.spread,
        "why_spread": band.why_spread,
    }


def report(asked: Asked, waves: Sequence[Wave], made: dict[str, Any]) -> dict[str, Any]:
    """The report, JSON-ready; made: command, versions, commit and date."""
    first, last = waves[0], waves[-1]
    never = np.isin(np.arange(len(first.rows)), _places(waves))
    evidence = asked.evidence
    found = fits(first.rows, never, asked.seed, evidence.names) if never.sum() > 1 else []
    return {
        "schema": SCHEMA, **_origin(asked, made),
        "waves": [
            {"sets": len(wave.rows), "worlds": {
                f"{case.scenario}/{case.package}": case.worlds * wave.factor
                for case in evidence.cases
            }, "left": int(wave.left.sum())}
            for wave in waves
        ],
        "bands": _bands(first, last, asked),
        "input_checks": input_checks() if evidence is SHIPPED else [],
        "parameters": [_fit(fit) for fit in found],
        "constrained": [fit.name for fit in found if fit.constrained],
        "at_prior": [fit.name for fit in found if not fit.constrained],
        "together": [asdict(pair) for pair in pairs(first.rows, never, evidence.names)],
        "no_data": [asdict(gap) for gap in NO_DATA] if evidence is SHIPPED else [],
    }


def ensemble(asked: Asked, waves: Sequence[Wave], made: dict[str, Any]) -> dict[str, Any]:
    """The shipped file's content: the first sets left, in the order in which they were
    drawn, to six digits."""
    rows = waves[-1].rows[waves[-1].left][: asked.keep]
    sets = [[float(f"{value:.6g}") for value in row] for row in rows]
    return {
        "schema": SCHEMA, **_origin(asked, made),
        "left": int(waves[-1].left.sum()),
        "sha256": digest(asked.evidence.names, sets),
        "parameters": list(asked.evidence.names),
        "sets": sets,
    }


def digest(names: Sequence[str], sets: Sequence[Sequence[float]]) -> str:
    """Of the ensemble's names and values."""
    return hashlib.sha256(json.dumps([list(names), list(sets)]).encode()).hexdigest()


@cache
def shipped_report() -> dict[str, Any]:
    """The report of the calibration that made the shipped ensemble."""
    return json.loads((files("psasim.calibration") / REPORT).read_text(encoding="utf-8"))


def texts(found: dict[str, Any], rows: dict[str, Any]) -> dict[str, str]:
    """The files' text by name, of a report and an ensemble."""
    sets = rows["sets"]
    others = {key: value for key, value in rows.items() if key != "sets"}
    head = json.dumps(others, indent=1, ensure_ascii=False).removesuffix("\n}")
    lines = ",\n".join(f"  {json.dumps(row)}" for row in sets)
    table = [[f"parameters.{name}" for name in rows["parameters"]], *sets]
    return {
        REPORT: json.dumps(found, indent=1, ensure_ascii=False) + "\n",
        FILE: f'{head},\n "sets": [\n{lines}\n ]\n}}\n',
        TABLE: "".join(f"{','.join(map(str, row))}\n" for row in table),
    }


def _origin(asked: Asked, made: dict[str, Any]) -> dict[str, Any]:
    return {
        **made, "sets_drawn": asked.sets, "keep": asked.keep, "seed": asked.seed,
        "model": model_digest(), "bit_fingerprint": bit_fingerprint(),
    }


def _places(waves: Sequence[Wave]) -> np.ndarray:
    """Places in the first wave of the sets that no wave ruled out."""
    places = np.arange(len(waves[0].rows))
    for wave in waves:
        places = places[wave.left]
    return places


def _bands(first: Wave, last: Wave, asked: Asked) -> list[dict[str, Any]]:
    ignored = missed(first.implausible)
    cases = asked.evidence.cases
    default = np.concatenate([
        statistics(bands, [Parameters()], case.worlds * last.factor, asked.seed)[0, 0]
        for case, bands in cases.items()
    ])
    keys = [band.key for bands in cases.values() for band in bands]
    return [
        {
            **band_data(band),
            "missed": bool(ignored[i]),
            "ruled_out": 0.0 if ignored[i] else float((first.implausible[:, i] > CUTOFF).mean()),
            "prior": _quantiles(first.values[:, i]),
            "plausible": _quantiles(last.values[last.left, i]),
            "default": float(default[keys.index(band.key)]),
        }
        for i, band in enumerate(asked.evidence.bands)
    ]


def _quantiles(values: Floats) -> list[float]:
    fine = values[np.isfinite(values)]
    return [float(q) for q in np.quantile(fine, QUANTILES)] if fine.size else []


def _fit(fit: Fit) -> dict[str, Any]:
    return {**asdict(fit), "constrained": fit.constrained}


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
