"""Slips in rules of one's own: each is told in a line that names the agent."""

from __future__ import annotations

import mesa
import numpy as np
import pytest

import psasim as ps
from psasim.engines import choice
from psasim.engines.mesa import model as delivery_model
from psasim.engines.mesa.agents import as_agents
from psasim.engines.variant import Variant
from psasim.experiment.computing import compute
from psasim.experiment.folder.reader import open_results
from psasim.month.decisions import Review

BASES = {"allocate": ps.Department, "game": ps.Department, "agree": ps.DeliveryBody,
         "review": ps.Centre}
PLACES = {ps.Department: "department", ps.DeliveryBody: "body", ps.Centre: "centre"}


def rogue(hook: str, answer) -> ps.Agents:
    kind = type("Rogue", (BASES[hook],), {hook: lambda self, view: answer(view)})
    return ps.Agents(**{PLACES[BASES[hook]]: kind})


class Faulty(ps.Department):
    """Fails in month 4 of world 2."""

    def allocate(self, view):
        if view.month == 4 and self.model.world == 2 and self.key == "Places":
            return view.usable * (1 // len(view.outcomes[:0]))
        return super().allocate(view)


FAULT = r"Faulty 'Places': allocate failed in month 4 of world 2: ZeroDivisionError: "


@pytest.mark.parametrize("hook", BASES)
def test_an_exception_names_agent_month_and_world(hook: str) -> None:
    def answer(view):
        raise KeyError(f"planted in month\n{view.month}")

    with pytest.raises(ps.InputError) as caught:
        ps.DeliveryModel("teaching", world=6, agents=rogue(hook, answer)).run()
    told = str(caught.value)
    assert told.startswith("Rogue '")
    assert f": {hook} failed in month " in told
    assert told.split(" of world 6: KeyError: ")[1].startswith("'planted in month")
    assert "\n" not in told
    assert isinstance(caught.value.__cause__, KeyError)


def test_the_exception_itself_is_kept() -> None:
    def answer(view):
        return 1 // 0

    with pytest.raises(ps.InputError) as caught:
        ps.simulate("teaching", worlds=4, months=6, agents=rogue("allocate", answer))
    cause = caught.value.__cause__
    assert isinstance(cause, ZeroDivisionError)
    assert cause.__traceback__ is not None
    assert cause.__traceback__.tb_next.tb_next.tb_frame.f_code.co_name == "answer"


def test_in_a_sweep_it_is_a_record_like_others(
    tmp_path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    agents = ps.Agents(department=Faulty)
    monkeypatch.setattr(compute, "engine", lambda name, chunk, variant: choice.engine(
        "mesa", 1, Variant(agents=agents)))
    assert ps_main(tmp_path) == 0
    results = open_results(tmp_path / "out")
    frame = results.to_frame(["world", "status"])
    assert ((frame["world"] == 2) == (frame["status"] == "failed")).all()
    for record in results.failures():
        assert record["error"].startswith(f"InputError: {FAULT}")
        assert "len(view.outcomes[:0])" in record["traceback"]


def ps_main(folder) -> int:
    from psasim.cli import main

    return main(["run", "scenario=teaching", "governance=new_psa", "worlds=4", "months=5",
                 "backend=serial", f"hydra.run.dir={folder / 'out'}"])


@pytest.mark.parametrize("kind, named, near", [
    (ps.Department, "alocate", "allocate"), (ps.Department, "Allocate", "allocate"),
    (ps.Department, "allocates", "allocate"), (ps.Department, "games", "game"),
    (ps.DeliveryBody, "agrees", "agree"), (ps.DeliveryBody, "aggree", "agree"),
    (ps.Centre, "reviews", "review"), (ps.Centre, "reveiw", "review"),
])
def test_a_misspelt_decision_is_refused(kind: type, named: str, near: str) -> None:
    with pytest.raises(ps.InputError, match=rf"^Own\.{named}: did you mean {near}\?"):
        type("Own", (kind,), {named: lambda self, view: None})


@pytest.mark.parametrize("kind, named, right", [
    (ps.Department, "agree", "DeliveryBody"), (ps.Department, "review", "Centre"),
    (ps.DeliveryBody, "allocate", "Department"), (ps.Centre, "game", "Department"),
])
def test_a_decision_of_others_is_refused(kind: type, named: str, right: str) -> None:
    with pytest.raises(ps.InputError, match=rf"^Own\.{named}: .*decision of a {right}"):
        type("Own", (kind,), {named: lambda self, view: None})


def test_a_step_that_nobody_calls_is_refused() -> None:
    with pytest.raises(ps.InputError, match=r"^Own\.step: psasim never calls .* override allocate"):
        type("Own", (ps.Department,), {"step": lambda self: None})


def test_helpers_and_rules_upon_rules_are_let_be() -> None:
    class First(ps.Department):
        target = 3

        def allocate(self, view):
            return super().allocate(view)

        def allocated(self):  # beside the decision itself this is no slip
            return 1

        def split(self, view):
            return 2

        def _alocate(self):
            return 3

        def step(self):  # called by a model of one's own
            return 4

    class Second(First):
        def split(self, view):
            return 5

    with pytest.raises(ps.InputError, match=r"^Third\.alocate: did you mean allocate\?"):
        class Third(First):
            def alocate(self, view):
                return 6

    assert ps.simulate("teaching", worlds=1, months=1, agents=Second).agents == "own"


@pytest.mark.parametrize("hook, answer", [
    ("allocate", lambda view: "3"), ("allocate", lambda view: [[1.0], [2.0, 3.0]]),
    ("allocate", lambda view: 1j * view.size), ("allocate", lambda view: {"effort": 1}),
    ("allocate", lambda view: [None] * len(view.size)), ("game", lambda view: None),
    ("game", lambda view: "0.9"), ("agree", lambda view: None), ("agree", lambda view: ["yes"]),
    ("allocate", lambda view: np.full(7000, "x" * 9)),
    ("review", lambda view: Review(None, None, None, None)),
    ("review", lambda view: Review(*["no"] * 4)),
    ("review", lambda view: Review(*[[[1], [1, 2]]] * 4)),
    ("review", lambda view: (1, 2)),
])
def test_an_answer_of_another_kind_is_told_in_a_line(hook: str, answer) -> None:
    with pytest.raises(ps.InputError) as caught:
        ps.DeliveryModel("teaching", months=12, world=3, agents=rogue(hook, answer)).run()
    told = str(caught.value)
    assert told.startswith("Rogue '")
    assert " of world 3; it must give " in told
    assert "\n" not in told and len(told) < 300


def test_a_class_alone_is_the_agents_of_its_kind() -> None:
    for kind, place in PLACES.items():
        own = type("Own", (kind,), {})
        assert as_agents(own) == ps.Agents(**{place: own})


@pytest.mark.parametrize("agents", [
    "Own", 3, ps.Department.allocate, object, mesa.Agent, {"Learning": ps.Department}, [],
])
def test_what_is_no_agent_is_refused(agents) -> None:
    for use in (ps.DeliveryModel, ps.simulate):
        with pytest.raises(ps.InputError, match=r"^agents = "):
            use("teaching", agents=agents)


@pytest.mark.parametrize("given, path", [
    ({"department": ps.Centre}, "agents.department"), ({"body": None}, "agents.body"),
    ({"department": {"Learning": ps.Centre}}, r"agents.department\['Learning'\]"),
    ({"centre": {"x": ps.Centre}}, "agents.centre"), ({"body": "Own"}, "agents.body"),
])
def test_agents_of_another_kind_are_refused(given, path: str) -> None:
    with pytest.raises(ps.InputError, match=f"^{path} = .* no subclass of psasim"):
        ps.Agents(**given)


def test_a_constructor_that_fails_names_the_agent() -> None:
    class Short(ps.Department):
        def __init__(self, model):
            super().__init__(model, "x", 0, 1)

    with pytest.raises(ps.InputError, match=r"^Short 'Learning' could not be made: TypeError: "):
        ps.DeliveryModel("teaching", agents=Short)


class Sampled(ps.DeliveryModel):
    """As a batch run of Mesa wants it."""

    def __init__(self, **given):
        super().__init__("teaching", months=3, **given)
        self.datacollector = mesa.DataCollector({"real": lambda m: float(m.state.real.mean())})

    def step(self):
        super().step()
        self.datacollector.collect(self)


needs_batch_run = pytest.mark.skipif(not hasattr(mesa, "batch_run"), reason="Mesa 4 has none")


@needs_batch_run
def test_iterations_of_a_batch_run_are_worlds_or_refused() -> None:
    ran = mesa.batch_run(Sampled, {"world": range(3)}, display_progress=False)
    assert len({row["real"] for row in ran}) == 3
    for parameters in ({}, {"world": range(2)}, {"seed": [1, 2]}):
        with pytest.raises(ps.InputError, match=r"iteration 1 .*'world': range\(3\)"):
            mesa.batch_run(Sampled, parameters, iterations=3, display_progress=False)


@needs_batch_run
def test_a_batch_run_that_hands_on_seeds_is_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mesa 3.4 gives each run of `batch_run(rng=[...])` its seed, `iterations` none."""
    def batch_run(model_cls, parameters, rng=None): ...

    monkeypatch.setattr(mesa, "batch_run", batch_run)
    run_one = mesa.batchrunner._model_run_func
    for name in ("seed", "rng"):
        ran = [run_one(Sampled, (i, i, {name: seed}), 9, -1) for i, seed in enumerate((5, 6))]
        assert len({row[0]["real"] for row in ran}) == 2
        with pytest.raises(ps.InputError, match="iteration 1"):
            run_one(Sampled, (1, 1, {name: None}), 9, -1)


@pytest.mark.parametrize("given, told", [
    ({"seed": 1, "rng": 1}, "one setting"), ({"rng": np.random.default_rng(1)}, "^rng = Gener"),
    ({"rng": 1.5}, "^rng = 1.5"), ({"rng": -1}, "^seed = -1"), ({"seed": "x"}, "^seed = 'x'"),
    ({"seed": True}, "^seed = True"), ({"world": -1}, "^world = -1"), ({"months": 0}, "^months"),
    ({"months": 2.5}, "^months"), ({"world": None}, "^world"), ({"world": 0.5}, "^world"),
])
def test_what_is_no_seed_world_or_month_is_refused(given, told: str) -> None:
    with pytest.raises(ps.InputError, match=told):
        ps.DeliveryModel("teaching", **given)


def test_a_run_that_is_over_is_over() -> None:
    model = ps.DeliveryModel("teaching", months=2)
    model.run()
    with pytest.raises(ps.InputError, match="its world lasts 2 months"):
        model.step()
    assert model.run().months == 2


def test_a_model_takes_its_seed_by_either_name() -> None:
    ran = [ps.DeliveryModel("teaching", months=3, **given).run().real
           for given in ({}, {"seed": 2007}, {"rng": np.int64(2007)}, {"seed": 2007.0},
                         {"world": np.int8(0)}, {"seed": None, "rng": None})]
    assert all((other == ran[0]).all() for other in ran)
    assert (delivery_model.DeliveryModel("teaching", months=3, rng=1).run().real != ran[0]).any()
