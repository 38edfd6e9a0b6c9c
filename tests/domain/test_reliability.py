"""Reliability: the published numbers, what is not defined, and the reference package on random data."""

from __future__ import annotations

import warnings
from math import isnan

import krippendorff
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.reliability import Cells, alpha, f1, jaccard, kappa, measured, percent, pooled, ratings_of


def two(n, a, b, both):
    return {(1, 1): both, (1, 0): a - both, (0, 1): b - both, (0, 0): n - a - b + both}


def cells_of(n, a, b, both):
    return Cells(both, a - both, b - both, n - a - b + both)


@pytest.mark.parametrize(("n", "a", "b", "both", "cohen", "krippendorff_"), [
    (1000, 100, 100, 50, 0.444, 0.4447), (1000, 100, 100, 100, 1.0, 1.0), (1000, 100, 100, 0, -0.111, -0.1106),
    (1000, 500, 400, 300, 0.400, 0.3942),
])  # fmt: skip
def test_the_published_vectors_come_out(n, a, b, both, cohen, krippendorff_):
    found = measured(two(n, a, b, both), 2)
    assert found.kappa == pytest.approx(cohen, abs=0.001)
    assert found.alpha == pytest.approx(krippendorff_, abs=0.001)
    assert found.percent == pytest.approx((n - a - b + 2 * both) / n)
    assert found.f1 == pytest.approx(2 * both / (a + b))
    assert found.given == (a, b)


def test_krippendorffs_own_example_with_missing_values_comes_out():
    coders = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]  # fmt: skip
    assert alpha(ratings_of(zip(*coders, strict=True))) == pytest.approx(0.743, abs=0.0005)


@pytest.mark.parametrize(("first", "second", "overlap"), [
    ((0, 10), (0, 10), 1.0), ((0, 10), (10, 20), 0.0), ((0, 10), (0, 5), 0.5), ((0, 10), (5, 15), 1 / 3),
])  # fmt: skip
def test_the_overlap_of_two_segments_is_what_requal_counts(first, second, overlap):
    a, b = set(range(*first)), set(range(*second))
    assert jaccard(cells_of(100, len(a), len(b), len(a & b))) == pytest.approx(overlap)


def test_where_nothing_varies_there_is_no_kappa_and_no_alpha():
    for ratings in ({(0, 0): 50.0}, {(1, 1): 50.0}):
        found = measured(ratings, 2)
        assert (found.kappa, found.alpha, found.percent) == (None, None, 1.0)
    assert measured({(0, 0): 50.0}, 2).f1 is None


def test_nothing_to_compare_is_no_agreement_at_all():
    found = measured({}, 2)
    assert (found.percent, found.kappa, found.alpha, found.f1, found.jaccard) == (None,) * 5
    assert measured({(1, None): 3.0}, 2).alpha is None


def test_three_coders_are_compared_in_pairs_by_kappa_and_at_once_by_alpha():
    ratings = {(1, 1, 0): 10.0, (0, 0, 0): 30.0, (1, 1, 1): 10.0}
    pairs = [Cells(20, 0, 0, 30), Cells(10, 10, 0, 30), Cells(10, 10, 0, 30)]
    found = measured(ratings, 3)
    assert found.kappa == pytest.approx(sum(map(kappa, pairs)) / 3)
    assert found.f1 == pytest.approx(sum(map(f1, pairs)) / 3)
    assert found.percent == pytest.approx(sum(map(percent, pairs)) / 3)


def test_codes_pooled_count_every_unit_once_for_each_code():
    assert pooled([{(1, 1): 2.0}, {(1, 1): 3.0, (0, 1): 1.0}]) == {(1, 1): 5.0, (0, 1): 1.0}


units = st.integers(2, 5).flatmap(lambda coders: st.lists(
    st.tuples(*[st.sampled_from([None, 0, 1, 2])] * coders), min_size=1, max_size=40))


@given(units)
def test_alpha_is_that_of_the_krippendorff_package_whatever_is_missing(said):
    ours = alpha(ratings_of(said))
    table = [[float("nan") if value is None else value for value in coder] for coder in zip(*said, strict=True)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            theirs = krippendorff.alpha(reliability_data=table, level_of_measurement="nominal")
        except ValueError:
            theirs = float("nan")
    if ours is None:
        assert isnan(theirs) or theirs == 1.0 or all_alike(said)
    else:
        assert ours == pytest.approx(theirs, abs=1e-9)


def all_alike(said):
    paired = [value for values in said for value in values
              if value is not None and sum(one is not None for one in values) > 1]
    return len(set(paired)) < 2


cell = st.integers(0, 10_000)


@given(cell, cell, cell, cell)
def test_every_measure_lies_where_it_may(both, first, second, neither):
    pair = Cells(both, first, second, neither)
    for measure, least in ((percent, 0), (f1, 0), (jaccard, 0), (kappa, -1)):
        value = measure(pair)
        assert value is None or least <= value <= 1 + 1e-12
    if first == second == 0 and both and neither:
        assert kappa(pair) == pytest.approx(1.0)


@given(cell, cell, cell, cell, st.integers(1, 50))
def test_kappa_does_not_depend_on_what_a_unit_weighs(both, first, second, neither, times):
    one = kappa(Cells(both, first, second, neither))
    more = kappa(Cells(both * times, first * times, second * times, neither * times))
    assert (one is None and more is None) or one == pytest.approx(more, abs=1e-9)
