"""The game's core: with nobody seated it is the model's run; a log gives the same game again."""

from __future__ import annotations

import numpy as np
import pytest

from psasim.declared.presets import preset, preset_names
from psasim.results.simulate import simulate
from tests.classroom.game.core import play

pytestmark = pytest.mark.browser

NOBODY = """
const settings = { scenario: input.name, world: input.world, turn: input.turn, seats: ["centre"] };
const game = CORE.startGame(scenarios, settings);
send(game, { kind: "govern", play: 1, name: "", governance: input.governance });
while (game.phase === "choose") close(game);
output = CORE.debriefOf(game).plays[0].rooms[0];
"""


@pytest.mark.parametrize("name, package, turn", [
    *(("teaching", package, 6) for package in preset_names()), ("child_obesity", "new_psa", 1),
])
def test_with_nobody_choosing_a_game_is_the_models_run_to_the_bit(
    name: str, package: str, turn: int
) -> None:
    told = play(NOBODY, name, name=name, world=7, turn=turn,
                governance=preset(package).settings())
    results = simulate(name, package, worlds=8)
    paths = next(iter(results.parts.values())).paths
    for quantity in ("real", "reported"):
        found = np.array(told[quantity], dtype=float)  # None, not out, as NaN
        assert np.array_equal(found, np.asarray(paths[quantity])[..., 7], equal_nan=True)
