"""`psasim design`: the size of an experiment, and what it will take, before it is run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from psasim.cli.composed import composed
from psasim.cli.extended import take
from psasim.cli.overrides import prepare
from psasim.cli.slips import refuse_slips
from psasim.cli.table import facts, terminal_width, text_table
from psasim.cli.terminal import tell
from psasim.config import RunConfig
from psasim.declared.declare import Choice
from psasim.declared.levers import LEVERS
from psasim.errors import InputError
from psasim.experiment.computing.backends import cores
from psasim.experiment.computing.compute import RunSettings
from psasim.experiment.design.decisions import by_path
from psasim.experiment.design.factors import Factor, Value
from psasim.experiment.design.points import Point
from psasim.experiment.design.refusals import refusals, told
from psasim.experiment.estimate import Estimate, estimate
from psasim.experiment.folder.durable import write_whole
from psasim.experiment.folder.tables import KEPT_BY
from psasim.extensions import Carried
from psasim.scenario.cautions import due_late, overcommitted
from psasim.scenario.facts import matching, named
from psasim.scenario.schema import Scenario

USAGE = """usage: psasim design [--csv FILE] [key=value ...]

Prints the size of an experiment, the time and disk it will take, measured by a short pilot
on this machine, and its factors.  Settings are those of `psasim run`.

  --csv FILE   also write the points, one a row; experiment.points={design:table,file:FILE}
               runs them again, edited or not
"""


def main(arguments: Sequence[str]) -> None:
    """Describe the design that some settings ask for; raises `psasim.InputError`."""
    if "-h" in arguments or "--help" in arguments:
        print(USAGE)
        return
    file, overrides = _arguments(take(arguments))
    if file is not None and file.exists():
        raise InputError(f"--csv {file} is there already, and is left alone; choose another name")
    if file is not None and not file.parent.is_dir():
        raise InputError(f"--csv {file}: {file.parent} is no folder; make it first, or choose "
                         "another name")
    config = composed(prepare(overrides))
    print(facts(_size(config), terminal_width()))
    for scenario in config.scenarios.values():
        for caution in (*overcommitted(scenario), *due_late(scenario, config.months)):
            tell(caution)
    study = RunSettings(config.seed, config.months, config.engine, config.backend.chunk or 0,
                        Carried(config.extensions))
    takes = _takes(config, estimate(config.design, config.worlds, study, config.rows))
    print(facts(takes, terminal_width()))
    if config.factors:
        print(f"\n{_factors(config)}")
    if file is not None:
        _write(config, file)
        print(f"\npoints: {file}")


def _arguments(arguments: Sequence[str]) -> tuple[Path | None, list[str]]:
    refuse_slips(arguments)
    rest = list(arguments)
    file = None
    for place, argument in enumerate(rest):
        if argument == "--csv" or argument.startswith("--csv="):
            value = argument.partition("=")[2] or (rest[place + 1 : place + 2] or [""])[0]
            del rest[place : place + (1 if "=" in argument else 2)]
            if not value:
                raise InputError("--csv needs the name of a file: --csv points.csv")
            file = Path(value)
            break
    flags = [argument for argument in rest if argument.startswith("-")]
    if flags:
        raise InputError(f"design: unknown flag {flags[0]}; known: --csv FILE, --help")
    return file, rest


def _size(config: RunConfig) -> list[tuple[str, str]]:
    points = len(config.points)
    futures = len({point.future for point in config.points})
    rows = [
        ("experiment", config.experiment),
        ("scenarios", ", ".join(config.scenarios)),
        ("packages", f"{len(config.packages):,}, each against {config.baseline}"),
        ("points", f"{points:,}" + (f" ({futures:,} futures)" if futures > 1 else "")),
        ("worlds", f"{config.worlds:,}"),
        ("runs", f"{points * config.worlds:,}"),
    ]
    refused = refusals(config.points, config.scenarios)
    if refused:
        rows.append(("refused", told(refused, config.points)))
    if config.precision is not None:
        most = config.precision.most
        rows.append(("to precision", f"more worlds, up to {most:,}: {points * most:,} runs"))
    return rows


def _factors(config: RunConfig) -> str:
    rows = [(factor.path, _default(factor, config.scenarios.values()), factor.text(),
             _description(factor)) for factor in config.factors]
    return text_table(("factor", "default", "varied over", "description"), rows, terminal_width())


def _default(factor: Factor, scenarios: Iterable[Scenario]) -> str:
    """Its value where nothing varies; the least and the most of several facts."""
    item = factor.declared
    if isinstance(item, Choice):
        return item.default
    what = named(factor.path)
    stated = [] if what is None or what.times else [
        value for scenario in scenarios for value in matching(scenario, what).values()
        if value is not None]
    low, high = min(stated, default=item.default), max(stated, default=item.default)
    return f"{low:g}" if low == high else f"{low:g}..{high:g}"


def _description(factor: Factor) -> str:
    """A lever's, for its strength."""
    group, name, *field = factor.path.split(".")
    if group == "governance" and field == ["strength"]:
        return LEVERS[name].description
    return factor.declared.description


def _takes(config: RunConfig, told: Estimate) -> list[tuple[str, str]]:
    side = 1 if config.backend.name == "serial" else config.backend.workers or cores()
    return [
        ("time", f"{_duration(told.seconds)} on one core"
         + (f", {_duration(told.seconds / side)} on {side}" if side > 1 else "")
         + f" ({told.seconds / told.runs * 1e3:.3g} ms a run, measured here on {told.piloted:,})"),
        ("disk", ", and ".join([_bytes(told.size), *(
            f"{_bytes(size)} of {KEPT_BY[name][0]}" for name, size in told.rows.items())])),
        ("folder", f"outputs/{config.folder_name} (hydra.run.dir=DIR adds points to another)"),
    ]


def _duration(seconds: float) -> str:
    for unit, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.1f} {unit}"
    return f"{seconds:.1f} seconds"


def _bytes(size: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:.3g} TB"


def _write(config: RunConfig, file: Path) -> None:
    """Every point with all that any point sets, so that the file says all by itself."""
    paths = {factor.path: None for factor in config.factors}
    paths |= dict.fromkeys(path for point in config.points for path in point.factors)
    stream = io.StringIO()
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(["scenario", "package", *paths])
    for point in config.points:
        values = _values(point)
        rows.writerow([point.scenario, point.package, *(values[path] for path in paths)])
    write_whole(file, stream.getvalue().encode())


def _values(point: Point) -> dict[str, Value]:
    parameters = {f"parameters.{name}": value for name, value in point.parameters.items()}
    return {**by_path(point.governance), **parameters, **point.factors}
