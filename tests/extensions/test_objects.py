"""Measures, levers, hooks and mechanisms of one's own, from Python."""

from __future__ import annotations

import threading

import numpy as np
import pytest

import psasim as ps
from psasim.engines.replaced import mechanism_names, replaced
from psasim.mechanisms import learn
from tests.extensions.rules import EXTENSIONS, nobody_learns, poorest, scandal, shared_office

SMALL = {"scenario": "teaching", "worlds": 10, "months": 18}


def test_a_measure_is_one_among_the_others() -> None:
    results = ps.compare(["new_psa"], **SMALL, extensions=[poorest], headline="attainment")
    frame = results.to_frame()
    real = results.parts["new_psa"].paths["real"][-1]
    assert np.array_equal(frame.query("package == 'new_psa'")["poorest"], real.min(axis=0))
    row = results.contrasts().set_index("measure").loc["poorest"]
    pairs = frame.pivot(index="world", columns="package", values="poorest")
    assert row["mean"] == pytest.approx((pairs["new_psa"] - pairs["departmental"]).mean())
    assert row["unit"] == "of target"
    assert "poorest" in results.levels()
    assert "poorest" not in ps.simulate(**SMALL).levels(), "it came along uninvited"


def test_a_measure_may_be_the_headline() -> None:
    results = ps.compare(["new_psa"], **SMALL, extensions=[poorest], headline="poorest")
    assert next(iter(results.summary())).startswith("Poorest")


def test_a_lever_costs_and_moves_what_it_says() -> None:
    packages = {"office": {"shared_office": 1}, "half": {"shared_office": 0.5},
                "off": {"shared_office": 0}}
    results = ps.compare(packages, **SMALL, extensions=[shared_office])
    levels = results.levels()
    assert levels.loc["office", "trust"] > levels.loc["half", "trust"] > levels.loc["off", "trust"]
    assert levels.loc["office", "burden"] == pytest.approx(2 * levels.loc["half", "burden"])
    assert levels.loc["office", "cost"] == pytest.approx(0.1)
    for name, values in results.parts["off"].measures.items():
        assert np.array_equal(values, results.parts["departmental"].measures[name]), name


def test_a_lever_does_what_it_says_in_closed_form() -> None:
    ps.simulate(**SMALL, extensions=[shared_office])  # from here on it is known
    layout = ps.DeliveryModel("teaching").layout
    model = ps.DeliveryModel("teaching", {"shared_office": 0.5})
    usual = ps.DeliveryModel("teaching")
    start = float(usual.coefficients.trust_start[0, 0])
    assert float(model.coefficients.trust_start[0, 0]) == pytest.approx(
        start + 0.15 * (1.0 - start))
    assert layout.contributions > 0


def test_declaring_a_lever_moves_no_number_of_those_who_do_not_set_it() -> None:
    @ps.lever(capacity=5.0, money=9.0)
    def never_used(k, strength, layout):
        return {"trust_start": 0.0 * k["trust_start"]}

    before = ps.simulate(**SMALL, governance="new_psa").digest
    ps.simulate(**SMALL, extensions=[never_used])
    assert ps.simulate(**SMALL, governance="new_psa").digest == before


def test_a_hook_changes_the_state() -> None:
    usual = ps.DeliveryModel("teaching", months=8)
    changed = ps.DeliveryModel("teaching", months=8, variant=ps.Variant(hooks=(scandal,)))
    for month in range(1, 8):
        usual.step(), changed.step()
        same = np.array_equal(usual.state.trust, changed.state.trust)
        assert same == (month < 6)
    assert np.array_equal(changed.flows.overhead, usual.flows.overhead)


def test_all_of_them_together_in_both_engines() -> None:
    given = SMALL | {"extensions": EXTENSIONS}
    one, other = (ps.compare({"office": {"shared_office": 1, "lead": 1}}, **given, engine=engine)
                  for engine in ("ensemble", "mesa"))
    assert one.digest == other.digest
    assert len(one.extensions) == len(EXTENSIONS)


def test_a_mechanism_is_replaced_for_the_run_alone() -> None:
    before, original = ps.simulate(**SMALL, governance="new_psa"), learn.effectiveness
    changed = ps.simulate(**SMALL, governance="new_psa", extensions=[nobody_learns])
    assert learn.effectiveness is original
    assert changed.digest != before.digest
    assert ps.simulate(**SMALL, governance="new_psa").digest == before.digest


@pytest.mark.parametrize("name", mechanism_names())
def test_every_mechanism_can_be_replaced_by_itself(name: str) -> None:
    file, _, function = name.partition(".")
    module = __import__(f"psasim.mechanisms.{file}", fromlist=[function])
    original = getattr(module, function)
    with replaced({name: lambda *given, **named: original(*given, **named)}):
        assert getattr(module, function) is not original
    assert getattr(module, function) is original


def test_a_replaced_mechanism_acts_wherever_it_is_used() -> None:
    """`combine` is used by coefficients, `allocate` by rules: both before and in the month."""
    @ps.mechanism("review.combine")
    def least(*parts):
        return 0.0 * sum(parts)

    @ps.mechanism("allocate.allocate")
    def nothing(stake, *given):
        return np.zeros(stake.shape)

    usual = ps.simulate(**SMALL, governance="new_psa").digest
    assert ps.simulate(**SMALL, governance="new_psa", extensions=[least]).digest != usual
    idle = ps.simulate(**SMALL, governance="new_psa", extensions=[nothing])
    assert idle.levels().loc["new_psa", "own_agenda"] == 0.0


def test_other_threads_keep_their_own_mechanisms() -> None:
    usual = ps.simulate(**SMALL, governance="new_psa").digest
    found: dict[str, list[str]] = {"own": [], "usual": []}

    def run(which: str, extensions: list) -> None:
        for _ in range(6):
            found[which].append(
                ps.simulate(**SMALL, governance="new_psa", extensions=extensions).digest)

    threads = [threading.Thread(target=run, args=given)
               for given in (("own", [nobody_learns]), ("usual", []))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found["usual"]) == {usual}
    assert len(set(found["own"])) == 1
    assert set(found["own"]) != {usual}


def test_parameters_of_one_package() -> None:
    results = ps.compare(["new_psa"], **SMALL, parameters_of={"new_psa": {"trust_start": 0.9}})
    alone = ps.simulate(**SMALL, governance="new_psa", parameters={"trust_start": 0.9})
    usual = ps.simulate(**SMALL)
    for name, values in alone.parts["new_psa"].measures.items():
        assert np.array_equal(values, results.parts["new_psa"].measures[name])
        assert np.array_equal(usual.parts["departmental"].measures[name],
                              results.parts["departmental"].measures[name])


def test_results_with_and_without_are_told_apart() -> None:
    own = ps.simulate(**SMALL, extensions=[scandal])
    frame = ps.simulate(**SMALL).contrasts(own)
    assert set(frame["baseline"]) == {"departmental (hook scandal)"}


@pytest.mark.parametrize("given, told", [
    ("rules.py", "extensions = 'rules.py' is no list"),
    ([1], r"extensions\[0\] = 1 is no extension"),
    ([poorest, poorest], "there are two of measure poorest"),
    ([dict], r"extensions\[0\] = .* is no extension"),
])
def test_what_is_no_extension_is_refused(given: object, told: str) -> None:
    with pytest.raises(ps.InputError, match=told):
        ps.simulate(**SMALL, extensions=given)


def _measure(function, name="odd"):
    function.__name__ = name
    return ps.measure("of target")(function)


@pytest.mark.parametrize("extension, told", [
    (_measure(lambda t, layout, k: 1.0), r"measure odd gave an array of shape \(\)"),
    (_measure(lambda t, layout, k: t.nothing), "measure odd failed: AttributeError"),
    (_measure(lambda t, layout, k: t.final.real[0], "attainment"), "is psasim's own"),
])
def test_slips_in_measures(extension, told: str) -> None:
    with pytest.raises(ps.InputError, match=told):
        ps.simulate(**SMALL, extensions=[extension])


def test_slips_in_hooks_levers_and_mechanisms() -> None:
    @ps.hook
    def forgetful(state, flows, layout, k):
        return None

    @ps.lever()
    def unknown_place(k, strength, layout):
        return {"trust_begin": k["trust_start"]}

    @ps.lever()
    def wrong_shape(k, strength, layout):
        return {"trust_start": np.zeros((7, 1))}

    @ps.mechanism("learn.effectiveness")
    def broken(*given):
        raise RuntimeError("no")

    for own, levers, told in [
        (forgetful, {}, "hook forgetful gave None in month 1 of worlds 0 to 9"),
        (unknown_place, {"unknown_place": 1}, "unknown name 'trust_begin'"),
        (wrong_shape, {"wrong_shape": 1}, r"trust_start is of shape \(7, 1\); it must be"),
        (broken, {}, "mechanism in the place of learn.effectiveness failed: RuntimeError: no"),
    ]:
        with pytest.raises(ps.InputError, match=told):
            ps.simulate(**SMALL, governance={"own": 1} and levers, extensions=[own])
    with pytest.raises(ps.InputError, match=r"did you mean .learn\.effectiveness."):
        ps.mechanism("learn.efectiveness")
    with pytest.raises(ps.InputError, match="has no name"):
        ps.hook(lambda state, flows, layout, k: state)
