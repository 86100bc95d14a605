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

from psasim.calibration.bands import BANDS, CASES, NO_DATA, Band
from psasim.calibration.fit import Fit, fits
from psasim.calibration.inputs import input_checks
from psasim.calibration.runs import MONTHS, statistics
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
STAMP = "made_for"
SCHEMA = 1
QUANTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a calibration was asked to do."""

    sets: int
    keep: int
    seed: int

    def settings(self) -> dict[str, Any]:
        """JSON-ready, with everything else that decides a number."""
        return {
            **asdict(self), "design": "latin_hypercube", "months": MONTHS,
            "cutoff": CUTOFF, "factors": list(FACTORS),
            "ranges": {n: [q.low, q.high] for n, q in PARAMETERS.items()},
            "bands": [band_data(band) for band in BANDS],
        }

    @property
    def key(self) -> str:
        """Hash of all that a block of runs depends on; `keep` is not among it."""
        names = dict.fromkeys(case.scenario for case in CASES)
        content = {
            **self.settings(), "keep": None, "model": model_digest(), "bits": bit_fingerprint(),
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
    found = fits(first.rows, never, asked.seed) if never.sum() > 1 else []
    return {
        "schema": SCHEMA, **_origin(asked, made),
        "waves": [
            {"sets": len(wave.rows), "worlds": {
                f"{case.scenario}/{case.package}": case.worlds * wave.factor for case in CASES
            }, "left": int(wave.left.sum())}
            for wave in waves
        ],
        "bands": _bands(first, last, asked.seed),
        "input_checks": input_checks(),
        "parameters": [_fit(fit) for fit in found],
        "constrained": [fit.name for fit in found if fit.constrained],
        "at_prior": [fit.name for fit in found if not fit.constrained],
        "no_data": [asdict(gap) for gap in NO_DATA],
    }


def ensemble(asked: Asked, waves: Sequence[Wave], made: dict[str, Any]) -> dict[str, Any]:
    """The shipped file's content: the first sets left, in the order in which they were
    drawn, to six digits."""
    rows = waves[-1].rows[waves[-1].left][: asked.keep]
    sets = [[float(f"{value:.6g}") for value in row] for row in rows]
    return {
        "schema": SCHEMA, **_origin(asked, made),
        "left": int(waves[-1].left.sum()),
        "sha256": digest(list(PARAMETERS), sets),
        "parameters": list(PARAMETERS),
        "sets": sets,
    }


def digest(names: Sequence[str], sets: Sequence[Sequence[float]]) -> str:
    """Of the ensemble's names and values."""
    return hashlib.sha256(json.dumps([list(names), list(sets)]).encode()).hexdigest()


@cache
def shipped_report() -> dict[str, Any]:
    """The report of the calibration that made the shipped ensemble."""
    return json.loads((files("psasim.calibration") / REPORT).read_text(encoding="utf-8"))


def texts(asked: Asked, waves: Sequence[Wave], made: dict[str, Any]) -> dict[str, str]:
    """Both files' text by name."""
    rows = ensemble(asked, waves, made)
    sets = rows.pop("sets")
    head = json.dumps(rows, indent=1, ensure_ascii=False).removesuffix("\n}")
    lines = ",\n".join(f"  {json.dumps(row)}" for row in sets)
    return {
        REPORT: json.dumps(report(asked, waves, made), indent=1, ensure_ascii=False) + "\n",
        FILE: f'{head},\n "sets": [\n{lines}\n ]\n}}\n',
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


def _bands(first: Wave, last: Wave, seed: int) -> list[dict[str, Any]]:
    ignored = missed(first.implausible)
    default = np.concatenate([
        statistics(case, [Parameters()], case.worlds * last.factor, seed)[0, 0] for case in CASES
    ])
    keys = [band.key for case in CASES for band in CASES[case]]
    return [
        {
            **band_data(band),
            "missed": bool(ignored[i]),
            "ruled_out": 0.0 if ignored[i] else float((first.implausible[:, i] > CUTOFF).mean()),
            "prior": _quantiles(first.values[:, i]),
            "plausible": _quantiles(last.values[last.left, i]),
            "default": float(default[keys.index(band.key)]),
        }
        for i, band in enumerate(BANDS)
    ]


def _quantiles(values: Floats) -> list[float]:
    fine = values[np.isfinite(values)]
    return [float(q) for q in np.quantile(fine, QUANTILES)] if fine.size else []


def _fit(fit: Fit) -> dict[str, Any]:
    return {**asdict(fit), "constrained": fit.constrained}


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
