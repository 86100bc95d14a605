"""Commands carried out in this process, without figures, and what must hold of how they end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra

from psasim.cli import main
from psasim.cli.composed import CONF, VERSION_BASE, checked_plain, register
from psasim.cli.jobs import Composer
from psasim.cli.overrides import prepare
from psasim.config import RunConfig
from psasim.experiment.design.refusals import check
from psasim.results.simulate import compare


@contextmanager
def composing() -> Iterator[Callable[[Sequence[str]], None]]:
    """What stands for `psasim run`: settings composed and checked as a sweep's jobs are."""
    register()
    with initialize_config_dir(CONF, version_base=VERSION_BASE):
        master = compose("config", [], return_hydra_config=True)
        loader = GlobalHydra.instance().config_loader()
        composer = Composer(loader, master)

        def run(arguments: Sequence[str]) -> None:
            overrides = [item for item in prepare(arguments) if not item.startswith("-")]
            composed = composer.job(overrides)
            config = checked_plain(composed.settings, overrides, composed.choices["parameters"])
            check(config.design)
            tiny(config)

        yield run


def tiny(config: RunConfig) -> None:
    """The first package in the first future, in one world, for two months."""
    point = config.points[len(config.points) - 1]
    compare({"tried": point.governance}, scenario=config.scenarios[point.scenario],
            parameters=point.parameters, worlds=1, months=2)


class Ended:
    """Runs commands and keeps what must not be, with the input that shows it."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.codes = {0: 0, 2: 0}
        self.wrong: list[str] = []

    def run(self, arguments: Sequence[str], names: Callable[[str], bool], given: str) -> None:
        """names: whether a message says where the fault is; given: what shows it again."""
        try:
            code = main(["run", *arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        except BaseException as error:
            code = repr(error)
        said = self._capsys.readouterr().err
        self.judge(code, said, names, given)

    def judge(self, code: object, said: str, names: Callable[[str], bool], given: str) -> None:
        what = None
        if code not in self.codes:
            what = f"ended with {code}"
        elif "Traceback" in said or "bug in psasim" in said:
            what = "a traceback"
        elif code == 2 and not names(said):
            what = "no place is named"
        elif len(said) > 6000:
            what = f"{len(said)} characters are said"
        else:
            self.codes[code] += 1  # type: ignore[index]
        if what:
            self.wrong.append(f"{what}: {given}\n    {said[:500]!r}")

    def show(self) -> None:
        """Fail with the first of what is wrong."""
        print(self.codes, file=sys.stderr)
        assert not self.wrong, f"{len(self.wrong)} in all\n" + "\n".join(self.wrong[:40])


def write(folder: Path, texts: dict[str, bytes]) -> None:
    for name, text in texts.items():
        (folder / name).write_bytes(text)
