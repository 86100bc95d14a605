"""Settings written otherwise than as key=value are answered with how to write them."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("command", ["run", "design"])
@pytest.mark.parametrize("arguments, right", [
    (["teaching"], "write scenario=teaching"),
    (["new_psa"], "write governance=new_psa"),
    (["uncertain_futures"], "write experiment=uncertain_futures"),
    (["worlds", "20"], "write worlds=20"),
    (["--worlds", "20"], "write worlds=20"),
    (["--worlds=20"], "write worlds=20"),
    (["parameters.inertia", "0.1"], "write parameters.inertia=0.1"),
    (["nonsense"], "'nonsense' is not a setting"),
    (["scenaro=teaching"], "did you mean scenario=teaching?"),
    (["goverance=new_psa"], "did you mean governance=new_psa?"),
])
def test_the_right_form_is_told(psasim, command: str, arguments: list[str], right: str) -> None:
    said = psasim(command, *arguments)
    assert said.code == 2
    assert right in said.err


def test_words_that_belong_to_a_flag_are_left_alone(psasim) -> None:
    assert psasim("run", "--cfg", "job", "--package", "experiment", "scenario=teaching").code == 0


@pytest.mark.parametrize("flags", [("--cfg", "job"), ("--info", "config"), ("--info",)])
@pytest.mark.parametrize("place", range(3))
def test_flags_may_stand_anywhere(psasim, place: int, flags: tuple[str, ...]) -> None:
    settings = ["scenario=teaching", "worlds=2"]
    said = psasim("run", *settings[:place], *flags, *settings[place:])
    assert said.code == 0, said.err


def test_a_sweep_is_asked_for_between_settings(psasim) -> None:
    said = psasim("run", "scenario=teaching", "-m", "governance=new_psa,existing_psa",
                  "worlds=2", "months=2")
    assert said.code == 0, said.err
    assert "results: outputs/sweep-" in said.out


@pytest.mark.parametrize("written", ["agents=EvenHanded", "+agents=EvenHanded", "++agents=1"])
def test_agents_are_named_by_their_file(psasim, written: str) -> None:
    said = psasim("run", written)
    assert said.code == 2
    assert "write extensions=rules.py or extensions=rules.py:Name (docs/extensions.md)" in said.err
