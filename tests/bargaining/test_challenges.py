"""The logarithms and powers that rounds of challenges are reckoned with."""

from __future__ import annotations

import numpy as np

from detente.bargaining.challenges import _logs, _powers


def test_logarithms_are_those_of_the_library() -> None:
    values = np.concatenate([np.linspace(1e-6, 1, 5001), 10.0 ** np.linspace(-300, 0, 301), [0.5, 2**-0.5, 1.0]])
    found = np.empty(len(values))
    _logs(values, found)
    np.testing.assert_allclose(found, np.log(values), rtol=5e-16, atol=5e-16)
    assert found[-1] == 0
    nothing = np.empty(1)
    _logs(np.zeros(1), nothing)
    assert nothing[0] < -700


def test_powers_are_those_of_the_library_and_end_near_nothing() -> None:
    exponents = np.concatenate([np.linspace(-5, 0, 5001), np.linspace(-700, 0, 7001)])
    found = np.empty(len(exponents))
    _powers(exponents, found)
    np.testing.assert_allclose(found, np.exp(exponents), rtol=1e-15, atol=0)
    assert found[-1] == 1
    beyond = np.empty(2)
    _powers(np.array([-1e4, -np.inf]), beyond)
    assert ((beyond >= 0) & (beyond < 1e-300)).all()
