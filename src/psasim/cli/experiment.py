"""Carries out a checked experiment in its folder: computes what is missing, then reports."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from psasim.cli.bar import bar
from psasim.cli.table import prose
from psasim.cli.terminal import tell
from psasim.config import RunConfig
from psasim.errors import InputError
from psasim.experiment.design.refusals import refusals
from psasim.experiment.design.refusals import told as told_refused
from psasim.experiment.folder.bands import FEW_POINTS, band_worlds, has_bands
from psasim.experiment.folder.look import LONGEST, RECORD, WORLDS
from psasim.experiment.folder.reader import StoredResults, stored
from psasim.experiment.folder.store import Store
from psasim.experiment.precision import Best, Precision
from psasim.experiment.replicate import Verdict, to_precision
from psasim.experiment.runner import Progress, Report, fill
from psasim.results.verdict import few
from psasim.scenario.cautions import due_late, overcommitted

MANY = 60
"""Packages beyond which no table is printed; contrasts.csv has them all."""


def carry_out(
    config: RunConfig, folder: Path, command: str, begin: Callable[[], None] | None = None
) -> None:
    """Compute what the folder lacks, write every file, and print the table and findings.

    begin: called once the folder is known to be this experiment's.
    """
    results = computed(config, folder, command, begin)
    for part in results.by_scenario():
        print(told(part))
        if config.precision is not None and config.precision.best is not None:
            print(prose(_best(part, config.precision.best)))
    if not (folder / "figures").is_dir():
        print(f"figures: none; they are drawn of {FEW_POINTS} packages at most")
    print(f"digest: {results.digest} (all runs; the same wherever the numbers are)")
    print(f"results: {_short(folder)}")
    _refuse_nothing(results)


def _refuse_nothing(results: StoredResults) -> None:
    """Raise `InputError` with the cause where users' own had every run fail."""
    if results.extensions and results.failed() == results.runs():
        first = next(results.failures())
        raise InputError(f"every run failed, as {first['run_id']} did: {first['error']}; all of "
                         f"them: {results.folder / 'failures.jsonl'}")


def computed(
    config: RunConfig, folder: Path, command: str, begin: Callable[[], None] | None = None
) -> StoredResults:
    """Compute what the folder lacks, write every file; what it holds then."""
    with Store(folder, config.design, seed=config.seed, months=config.months) as store:
        if begin is not None:
            begin()
        for name, what in store.mended.items():
            tell(f"{name} {what}")
        _say_what_to_expect(config, store)
        results = compute(config, store)

        from psasim.report import write_stored

        settings = {**config.settings(), WORLDS: results.worlds}
        if results.longest > results.worlds:
            settings |= {LONGEST: results.longest}
        for message in write_stored(store, results, settings=settings, command=command):
            tell(message)
    return results


def told(results: StoredResults) -> str:
    """Table and findings of one scenario."""
    from psasim.report import findings, head, spread_table, survival_table, table

    several = results.futures > 1
    said = [head(results)] if several else []
    if len(results.packages) <= MANY:
        said.append(table(results))
        if several and len(results.packages) > 1:
            said += [survival_table(results), spread_table(results)]
    return "\n\n".join([*said, prose(findings(results))])


def compute(config: RunConfig, store: Store) -> StoredResults:
    """What the configuration asks for, computed as far as the store lacks it."""
    with _progress(store.folder) as report:

        def worlds_there(number: int, only: Collection[int] | None = None) -> None:
            bands = band_worlds(config.design, number)
            if has_bands(store.folder, config.design, bands):
                bands = 0
            fill(store, range(number), backend=config.backend, engine=config.engine,
                 bands=bands, rows=config.rows, only=only, report=report)

        if config.precision is None:
            worlds_there(config.worlds)
            return stored(store, config.worlds, config.headline)
        verdict = to_precision(store, config.precision, config.worlds, worlds_there)
    for lack in _lacking(verdict, config.precision):
        tell(f"precision.most = {verdict.worlds} worlds were run, and {lack}")
    return stored(store, verdict.shared, config.headline, verdict.worlds)


def _best(results: StoredResults, asked: Best) -> str:
    """Which package is the best, and how surely."""
    from psasim.analysis.best import best

    return best(results, asked.indifference, asked.probability).sentence


def _lacking(verdict: Verdict, precision: Precision) -> Iterator[str]:
    """What is not as precise as was asked."""
    if precision.width is not None and verdict.widest > 1.0:
        yield (f"the widest interval is {verdict.widest * precision.width:.4g}, not "
               f"{precision.width:g}; raise precision.most or precision.width")
    if precision.best is not None and verdict.contending:
        yield (f"{few(verdict.contending)} still contend for the best; raise precision.most or "
               "precision.indifference")


def _say_what_to_expect(config: RunConfig, store: Store) -> None:
    """How far the folder is, what the model refuses, and scenarios that ask too much."""
    blocks = list(store.blocks(range(config.worlds)))
    found = sum(store.has(block) for block in blocks)
    if 0 < found < len(blocks):
        tell(f"resuming: {found:,} of {len(blocks):,} parts found")
    refused = refusals(config.points, config.scenarios)
    if refused:
        tell(told_refused(refused, config.points))
    for scenario in config.scenarios.values():
        for text in (*overcommitted(scenario), *due_late(scenario, config.months)):
            tell(text)


@contextmanager
def _progress(folder: Path) -> Iterator[Report]:
    """A bar with rate, time left and failures on a terminal; how to go on after Ctrl-C."""
    last: list[Progress] = []
    with bar("runs") as shown:

        def report(progress: Progress) -> None:
            if not last:
                shown.initial = shown.n = progress.found
            shown.total = progress.total
            if progress.failed:
                shown.set_postfix(failed=progress.failed, refresh=False)
            shown.update(progress.done + progress.unkept - shown.n)
            if not last:  # the first part may take long
                shown.refresh()
            last[:] = [progress]

        try:
            yield report
        except KeyboardInterrupt:
            if last:
                before = (" beside those of its last report" if not last[0].done
                          and (folder / RECORD).exists() else "")
                tell(f"{last[0].done:,} of {last[0].total:,} runs are kept in {folder}{before}; "
                     "the same command goes on from there")
            raise


def _short(folder: Path) -> Path:
    """The folder as seen from here, if it lies below."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
