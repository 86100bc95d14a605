"""A game beside the Mesa engine: what a seat sees, and what comes of a log of choices."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
import pytest

import psasim
from psasim.declared.presets import preset
from psasim.engines.mesa.views import BodyView, CentreView, DepartmentView, FiguresView
from psasim.month.decisions import Review
from tests.classroom.game.core import play, scenario

pytestmark = pytest.mark.browser

WORLD, TURN = 3, 6
SEATS = ["Safety", "Places/effort", "Learning/figures", "Clinics", "centre"]
CHOICES: dict[int, dict[str, Any]] = {
    1: {"Safety": {"effort": {"SafeEvenings": 0.3, "FloodReady": 0.1},
                   "figures": {"safe_after_dark": 0.2, "plans_filed": 0.05}},
        "Places/effort": {"effort": {"HealthyChildren": 0.5, "SafeEvenings": 0.3}},
        "Learning/figures": {"figures": {"school_sport": 0.3}},
        "Clinics": {"order": {"Wellbeing.HealthyChildren": "first",
                              "Wellbeing.SafeEvenings": "last"}},
        "centre": {"outcomes": ["FloodReady"]}},
    3: {"Safety": {"effort": {"FloodReady": 0.4}, "own": 0.2},
        "Learning/figures": {"figures": {}},
        "Clinics": {"order": {"Wellbeing.SafeEvenings": "first"}},
        "centre": {"outcomes": ["FirstJobs", "SafeEvenings"]}},
    5: {"Places/effort": {"effort": {"SafeEvenings": 0.1}}},
}
"""By turn and seat; the model plays where there is none."""

PLAYED = """
const game = CORE.startGame(scenarios, { scenario: input.name, world: input.world,
  turn: input.turn, seats: input.seats });
send(game, { kind: "govern", play: 1, name: "", governance: input.governance });
const sheets = [];
for (let turn = 1; game.phase === "choose"; turn++) {
  sheets.push(Object.fromEntries(input.seats.map((seat) => [seat, CORE.sheetOf(game, 0, seat)])));
  for (const [seat, choice] of Object.entries(input.choices[turn] ?? {})) {
    send(game, { kind: "choose", play: 1, turn, room: 0, seat, choice });
  }
  close(game);
}
output = { sheets, record: CORE.debriefOf(game).plays[0].rooms[0] };
"""

ORDER = {"first": 2.0, "usual": 1.0, "last": 0.0}


def chosen(month: int, *seats: str) -> Any:
    """What one of `seats` chose for a month; None where the model plays."""
    turn = CHOICES.get((month - 1) // TURN + 1, {})
    return next((turn[seat] for seat in seats if seat in turn), None)


class Seated(psasim.Department):
    """Acts as the log says, and keeps what it saw at the start of each turn."""

    saw: ClassVar[dict[tuple[str, int], dict[str, Any]]] = {}

    def allocate(self, view: DepartmentView) -> Any:
        if (view.month - 1) % TURN == 0:
            self.saw[self.key, view.month] = {
                name: _plain(getattr(view, name)) for name in SEEN}
        choice = chosen(view.month, self.key, f"{self.key}/effort")
        if choice is None:
            return super().allocate(view)
        posted = [choice["effort"].get(outcome, 0.0) for outcome in view.outcomes]
        usable, own = view.usable.item(), choice.get("own")
        total = own or 0.0
        for one in posted:
            total += one
        scale = usable / total if total > usable + 1e-9 * view.capacity.item() else 1.0
        left = usable
        for one in posted:
            left -= one * scale
        rest = max(left, 0.0) if own is None else own * scale
        return np.array([*(one * scale for one in posted), rest])[:, None]

    def game(self, view: FiguresView) -> Any:
        choice = chosen(view.month, self.key, f"{self.key}/figures")
        if choice is None:
            return super().game(view)
        lifts = choice.get("figures", {})
        lift = np.array([[lifts.get(key, 0.0)] for key in view.indicators])
        return np.maximum(view.figure, np.minimum(view.figure + lift, view.threshold))


class Body(psasim.DeliveryBody):
    def agree(self, view: BodyView) -> Any:
        choice = chosen(view.month, self.key)
        if choice is None:
            return super().agree(view)
        layout = self.model.layout
        asks = [
            f"{layout.scenario.contributions[c].department}.{layout.scenario.contributions[c].outcome}"
            for c in layout.chain.contribution[layout.chain.links_of[self.row]]
        ]
        weight = [ORDER[choice["order"].get(ask, "usual")] for ask in asks]
        chance = view.chance[:, 0].tolist()
        every = weighed = 0.0
        for one, by in zip(chance, weight, strict=True):
            every, weighed = every + one, weighed + by * one
        moved = [min(1.0, by * (every / weighed) * one)
                 for one, by in zip(chance, weight, strict=True)]
        return psasim.mechanisms.clear.agreed_share(
            np.array(moved)[:, None], view.count, view.draw)


class Chief(psasim.Centre):
    def review(self, view: CentreView) -> Review:
        choice, desk = chosen(view.month, self.key.split()[-1]), view.desk
        if choice is None:
            return super().review(view)
        taken = np.array([[1.0 * (key in choice["outcomes"])] for key in view.outcomes])
        behind = 1.0 * (desk.gap > desk.tolerance)
        return Review(
            stocktake=desk.priority * (desk.month % desk.period == 0.0) * taken,
            cluster=desk.priority * taken,
            escalate=desk.priority * (desk.fresh * behind) * taken,
            support=desk.priority * taken,
        )


SEEN = ("month", "outcomes", "size", "effort", "capacity", "usable", "taken", "plan", "seen",
        "responsibility", "mission", "trust", "sight", "attention", "mobilised")


def _plain(value: Any) -> Any:
    if not isinstance(value, np.ndarray):
        return list(value) if isinstance(value, tuple) else value
    return value[:, 0].tolist()


@pytest.fixture(scope="module", params=["departmental", "new_psa"])
def both(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Any, dict[Any, Any]]:
    """A game, the same months on Mesa, and what its departments saw."""
    package = request.param
    told = play(PLAYED, "island", world=WORLD, turn=TURN, seats=SEATS, choices=CHOICES,
                governance=preset(package).settings())
    Seated.saw.clear()
    agents = psasim.Agents(department=Seated, body=Body, centre=Chief)
    run = psasim.DeliveryModel(scenario("island"), package, world=WORLD, agents=agents).run()
    return told, run, dict(Seated.saw)


def test_a_log_on_mesa_gives_the_same_numbers_to_the_bit(both: Any) -> None:
    told, run, _ = both
    for quantity in ("real", "reported"):
        found = np.array(told["record"][quantity], dtype=float)
        assert np.array_equal(found, np.asarray(getattr(run, quantity))[..., 0], equal_nan=True)
    assert any(one["told"] != one["shown"] for one in told["record"]["figures"])


def test_a_sheet_shows_what_the_departments_view_shows_and_no_more(both: Any) -> None:
    told, _, saw = both
    for turn, sheets in enumerate(told["sheets"]):
        for seat in ("Safety", "Places/effort", "Learning/figures"):
            view = sheets[seat]["view"]
            expected = saw[seat.split("/")[0], turn * TURN + 1]
            assert set(view) == set(SEEN)
            for name, value in expected.items():
                mine = view[name] if isinstance(value, list) and isinstance(view[name], list) \
                    else [view[name]]
                assert mine == (value if isinstance(value, list) else [value]), (seat, turn, name)


def test_no_sheet_holds_what_a_seat_may_not_see(both: Any) -> None:
    """Nothing of the model's own way to choose, of what is real, or of another's choice."""
    told, *_ = both

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(keys, value.values()))
        return set().union(*map(keys, value)) if isinstance(value, list) else set()

    for sheets in told["sheets"]:
        for seat, sheet in sheets.items():
            held = keys(sheet)
            assert not held & {"stake", "need", "product", "distorted", "real", "chance", "draw"}
            assert ("effort" in held) == (seat not in ("Clinics", "centre"))
