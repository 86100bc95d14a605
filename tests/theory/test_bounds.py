"""What holds everywhere: optimality, capacity, exact passes, batches and bounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psasim.mechanisms import allocate as allocate_file
from psasim.mechanisms.allocate import adjust, allocate, inertia_bound
from psasim.mechanisms.learn import attention, buy_in, effectiveness, knowledge, trust
from psasim.mechanisms.ordered_sum import (
    either,
    group_rows,
    ordered_any,
    ordered_max,
    ordered_min,
    ordered_product,
    ordered_sum,
)
from psasim.mechanisms.overhead import capacity_left, coordination_links
from psasim.mechanisms.perceive import live_figure
from psasim.mechanisms.produce import aggregate, split

fractions = st.floats(0, 1)
tasks = st.lists(
    st.tuples(st.one_of(st.just(0.0), st.floats(0.01, 4)), st.floats(0.01, 2)),
    min_size=1,
    max_size=9,
)


def one_department(tasks, capacity, usable, substitution) -> np.ndarray:
    table = np.array(tasks)
    department = np.zeros(len(tasks), dtype=int)
    groups = group_rows(department, 1)
    room = np.array([[capacity]]), np.array([[usable]])
    return allocate(
        table[:, :1], table[:, 1:], *room, np.array(substitution), groups, department
    )[:, 0]


@given(
    tasks=tasks, capacity=st.floats(0.2, 3), left=st.floats(0.01, 1), substitution=st.floats(0, 0.5)
)
def test_allocation_meets_the_conditions_of_the_maximum(tasks, capacity, left, substitution):
    """Kuhn-Tucker: equal marginal worth on every task worked on, lower on the others."""
    usable = left * capacity
    stake, size = np.array(tasks).T
    effort = one_department(tasks, capacity, usable, substitution)
    total = effort.sum()
    marginal = stake - (1 - substitution) * effort / size - substitution / capacity * total
    near = 1e-11 * (1 + stake.max())
    assert np.all(effort >= 0.0)
    assert total <= usable + near * size.sum() / (1 - substitution)
    used = effort > 0.0
    is_full = total >= usable * (1 - 1e-9)
    price = max(0.0, marginal[used].max()) if is_full and used.any() else 0.0
    assert np.all(np.abs(marginal[used] - price) <= near)
    assert np.all(marginal[~used] <= price + near)


def test_capacity_binds_on_some_and_not_on_others():
    full = one_department([(2.0, 1.0), (1.0, 1.0)], 1.0, 0.5, 0.3)
    slack = one_department([(0.2, 1.0), (0.1, 1.0)], 1.0, 0.9, 0.3)
    assert full.sum() == pytest.approx(0.5, rel=1e-14) and slack.sum() < 0.3


@given(tasks=tasks, capacity=st.floats(0.2, 3), substitution=st.floats(0, 0.5))
def test_nothing_usable_means_no_effort_and_little_means_little(tasks, capacity, substitution):
    assert not one_department(tasks, capacity, 0.0, substitution).any()
    little = one_department(tasks, capacity, 1e-6, substitution)
    assert little.sum() <= 1e-6 * (1 + 1e-6)


@given(tasks=tasks, capacity=st.floats(0.2, 3), left=fractions, substitution=st.floats(0, 0.5))
def test_the_fixed_point_is_exact(tasks, capacity, left, substitution):
    """Taking away the stakes of the tasks left alone changes no bit."""
    effort = one_department(tasks, capacity, left * capacity, substitution)
    worked_on = [
        (stake if done > 0.0 else 0.0, size)
        for (stake, size), done in zip(tasks, effort, strict=True)
    ]
    again = one_department(worked_on, capacity, left * capacity, substitution)
    assert np.array_equal(again, effort)


@pytest.mark.parametrize("number", [1, 2, 5, 9, 16])
def test_it_takes_at_most_a_pass_a_task_and_one(number, monkeypatch):
    """Stakes that double make the tasks drop out one after another."""
    sums = []

    def counted(values, groups):
        sums.append(1)
        return ordered_sum(values, groups)

    monkeypatch.setattr(allocate_file, "ordered_sum", counted)
    for ratio in (1.1, 2.0, 40.0):
        for usable in (1e-3, 0.1, 1.0):
            sums.clear()
            one_department([(ratio**k, 1.0) for k in range(number)], 1.0, usable, 0.5)
            assert 2 <= len(sums) <= 2 * (number + 1)


def random_departments(runs: int, seed: int = 0):
    rng = np.random.default_rng(seed)
    department = rng.permutation(np.repeat(np.arange(9), rng.integers(1, 9, 9)))
    shape = (department.size, runs)
    stake = np.where(rng.random(shape) < 0.2, 0.0, rng.lognormal(0, 0.8, shape))
    size = rng.uniform(0.02, 0.6, (department.size, 1))
    capacity = rng.uniform(0.3, 2, (9, 1)) * np.ones(runs)
    usable = capacity * np.clip(rng.uniform(-0.2, 1, (9, runs)), 0, 1)
    substitution = rng.uniform(0, 0.5, runs)
    return stake, size, capacity, usable, substitution, group_rows(department, 9), department


def test_a_run_alone_equals_its_column_in_a_batch_bit_for_bit():
    runs = 130
    stake, size, capacity, usable, substitution, groups, department = random_departments(runs)
    effort = allocate(stake, size, capacity, usable, substitution, groups, department)
    rho = np.linspace(-5, 1, 9)[:, None]
    need = size / ordered_sum(size, groups).take(department, axis=0)
    intensity = 1.0 + effort / (0.1 * size)
    made = aggregate(intensity, need, rho, groups, department)
    parts = split(intensity, made.aggregate, need, 0.1 * size, groups, department)
    owners = np.bincount(department)[department].astype(float)[:, None]
    activity = np.minimum(1.0, effort / size)
    held = 0.5 * activity
    trusted = trust(held, 0.3 * activity, activity, owners, 0 * held, groups, department)
    known = knowledge(held, 0.1 * held, activity, 0.2 * held, groups, department)
    for run in range(runs):
        one = slice(run, run + 1)
        alone = allocate(
            stake[:, one], size, capacity[:, one], usable[:, one], substitution[one], groups,
            department,
        )  # fmt: skip
        assert np.array_equal(alone, effort[:, one])
        z, act, own = intensity[:, one], activity[:, one], held[:, one]
        mine = aggregate(z, need, rho, groups, department)
        assert np.array_equal(mine.aggregate, made.aggregate[:, one])
        assert np.array_equal(mine.scarcity, made.scarcity[:, one])
        lines = split(z, mine.aggregate, need, 0.1 * size, groups, department)
        assert all(np.array_equal(a, b[:, one]) for a, b in zip(lines, parts, strict=True))
        assert np.array_equal(
            trust(own, 0.3 * act, act, owners, 0 * own, groups, department), trusted[:, one]
        )
        assert np.array_equal(
            knowledge(own, 0.1 * own, act, 0.2 * own, groups, department), known[:, one]
        )


def test_departments_without_anything_in_common_do_not_touch_each_other():
    stake, size, capacity, usable, substitution, groups, department = random_departments(7, 1)
    effort = allocate(stake, size, capacity, usable, substitution, groups, department)
    other = np.where((department == 3)[:, None], 5.0 + stake, stake)
    moved = allocate(other, size, capacity, usable, substitution, groups, department)
    elsewhere = department != 3
    assert np.array_equal(moved[elsewhere], effort[elsewhere])
    assert not np.array_equal(moved[~elsewhere], effort[~elsewhere])


@given(seed=st.integers(0, 500), lowest=st.floats(-5, 1), substitution=st.floats(0, 0.5))
def test_adjusted_effort_is_a_mixture_within_what_is_usable(seed, lowest, substitution):
    stake, size, capacity, usable, g, groups, department = random_departments(5, seed)
    chosen = allocate(stake, size, capacity, usable, g, groups, department)
    rng = np.random.default_rng(seed)
    before = rng.uniform(0, 0.6, chosen.shape)
    inertia = inertia_bound(lowest, substitution)
    after = adjust(before, chosen, np.array(inertia), usable, groups, department)
    assert np.all(after >= 0.0)
    assert np.all(ordered_sum(after, groups) <= usable * (1 + 1e-14))
    free = np.full_like(usable, 1e6)
    mixed = adjust(before, chosen, np.array(inertia), free, groups, department)
    assert np.allclose(mixed, (1 - inertia) * before + inertia * chosen, rtol=1e-13, atol=1e-15)


@given(seed=st.integers(0, 500))
def test_ordered_reductions_equal_a_loop_and_leave_empty_groups_empty(seed):
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 8))
    label = rng.integers(0, count, rng.integers(0, 15))
    values = rng.normal(size=(label.size, 3))
    groups = group_rows(label, count)
    for reduce, by_hand, empty in (
        (ordered_sum, np.add, 0.0),
        (ordered_product, np.multiply, 1.0),
        (ordered_max, np.maximum, -np.inf),
        (ordered_min, np.minimum, np.inf),
    ):
        expected = np.full((count, 3), empty)
        for group in range(count):
            rows = values[label == group]
            if len(rows):
                expected[group] = rows[0]
                for row in rows[1:]:
                    expected[group] = by_hand(expected[group], row)
        assert np.array_equal(reduce(values, groups), expected)


def test_any_of_a_group_and_a_choice_between_two():
    true = np.array([[False, True], [False, False], [True, False]])
    found = ordered_any(true, group_rows([2, 2, 0], 3))
    assert np.array_equal(found, [[True, False], [False, False], [False, True]])
    one, other = np.array([0.1, 1e300, -3.0]), np.array([0.7, 1e-300, 2.0])
    choice = np.array([1.0, 0.0, 1.0])
    assert np.array_equal(either(choice, one, other), [0.1, 1e-300, -3.0])


@given(capacity=st.floats(0, 3), overhead=st.floats(0, 4), gaming=st.floats(0, 4))
def test_overhead_is_the_first_call_and_all_capacity_is_accounted_for(capacity, overhead, gaming):
    spent, gamed, usable = capacity_left(*map(np.array, (capacity, overhead, gaming)))
    assert spent == min(capacity, overhead)
    assert gamed == min(capacity - spent, gaming)
    assert usable >= 0.0 and spent + gamed + usable == pytest.approx(capacity, rel=1e-14)


@given(owners=st.integers(1, 30), joint=fractions, lead=fractions)
def test_links_of_a_mesh_of_a_led_group_and_between(owners, joint, lead):
    def links(joint: float, lead: float, marker: float) -> float:
        return float(coordination_links(*map(np.array, (joint, lead, marker, float(owners)))))

    assert links(1.0, 0.0, 0.0) == owners - 1
    assert links(joint, 1.0, 1.0) == owners - 1
    assert links(joint, 1.0, 0.0) == min(1, owners - 1)
    assert links(0.0, 0.0, 0.0) == 0
    assert links(joint, lead, 0.0) == pytest.approx(
        (1 - lead) * joint * (owners - 1) + lead * min(1, owners - 1)
    )


@given(held=fractions, floor=fractions, decay=fractions, refresh=fractions)
def test_attention_fades_to_its_floor_and_is_refreshed_towards_one(held, floor, decay, refresh):
    faded = float(attention(*map(np.array, (held, floor, decay, 0.0))))
    assert faded - floor == pytest.approx((held - floor) * (1 - decay), abs=1e-15)
    fresh = float(attention(*map(np.array, (held, floor, decay, refresh))))
    assert 1 - fresh == pytest.approx((1 - refresh) * (1 - faded), abs=1e-15)


@given(seed=st.integers(0, 500), learning=fractions, sharing=fractions)
def test_knowledge_grows_by_doing_and_from_the_best_and_stays_a_fraction(seed, learning, sharing):
    rng = np.random.default_rng(seed)
    outcome = np.array([0, 0, 0, 1])
    held, progress = rng.random((4, 3)), rng.uniform(0, 1.5, (4, 3))
    rates = np.full((4, 3), learning), np.full((4, 3), sharing)
    after = knowledge(held, rates[0], progress, rates[1], group_rows(outcome, 2), outcome)
    best = np.vstack([np.repeat(held[:3].max(axis=0, keepdims=True), 3, axis=0), held[3:]])
    grown = held + learning * np.minimum(1, progress) * (1 - held) + sharing * (best - held)
    assert np.allclose(after, np.minimum(1, grown), rtol=1e-14)
    assert np.all((after >= held) & (after <= 1))


@given(base=fractions, known=fractions, support=fractions, target=fractions, loss=fractions)
def test_effectiveness_and_buy_in_stay_fractions_and_move_as_declared(
    base, known, support, target, loss
):
    effect = float(effectiveness(*map(np.array, (base, known, [support])), [0])[0])
    assert 1 - effect == pytest.approx((1 - base) * (1 - known) * (1 - support), abs=1e-14)
    moved = float(buy_in(*map(np.array, (known, target, support, 0.0))))
    assert target - moved == pytest.approx((1 - support) * (target - known), abs=1e-14)
    assert float(buy_in(*map(np.array, (known, target, support, loss)))) == pytest.approx(
        max(0.0, moved - loss), abs=1e-14
    )


def test_without_an_indicator_the_plan_stands_in_for_ones_own_figure():
    owns = np.array([True, True, False])
    figure = live_figure(
        np.array([1.0, 0.25, 1.0]), np.full(3, 0.4), np.full(3, 0.8), owns, np.full(3, 0.5)
    )
    assert np.allclose(figure, [0.4, 0.25 * 0.4 + 0.75 * 0.8, 0.5], rtol=1e-14)
