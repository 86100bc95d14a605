"""Settings written otherwise than as key=value, answered with how to write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psasim.cli.hydra_own import VALUED
from psasim.config import KEYS
from psasim.declared.presets import preset_names
from psasim.errors import InputError, short, shown
from psasim.experiment.design.packages import experiment_names
from psasim.scenario import scenario_names
from psasim.scenario.family import FAMILY


def refuse_slips(arguments: Sequence[str]) -> None:
    """Raise `InputError` for `teaching`, `worlds 20` and `--worlds 20`, with the right form."""
    for place, argument in enumerate(arguments):
        follows = arguments[place + 1] if place + 1 < len(arguments) else "N"
        if argument.startswith("--"):
            name, _, value = argument[2:].partition("=")
            if name in KEYS:
                raise _write(argument, f"{name}={value or follows}")
        elif _is_bare(argument) and (place == 0 or arguments[place - 1] not in (*VALUED, "--csv")):
            raise _bare(argument, follows)


def _is_bare(argument: str) -> bool:
    return "=" not in argument and not argument.startswith(("-", "~", "+"))


def _bare(word: str, follows: str) -> InputError:
    options: Mapping[str, Sequence[str]] = {
        "scenario": (*scenario_names(), FAMILY), "governance": preset_names(),
        "experiment": experiment_names(),
    }
    for group, names in options.items():
        if word in names:
            return _write(word, f"{group}={word}")
    if word.partition(".")[0] in KEYS:
        return _write(word, f"{word}={follows}")
    return InputError(f"{shown(word)} is not a setting; settings are written key=value, such as "
                      "scenario=teaching worlds=20")


def _write(given: str, right: str) -> InputError:
    return InputError(f"{shown(given)}: settings are written key=value; write {short(right)}")
