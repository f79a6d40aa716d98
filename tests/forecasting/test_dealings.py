"""Relations of data sets become deeds with types, and entities states."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.forecasting.dealings import TYPES, Dealings, cameo_types, states
from detente.forecasting.history import History

ICEWS14 = Path(__file__).parents[3] / "shared" / "data" / "icews14"


def test_cameo_names_have_types_and_statements_none() -> None:
    names = ["Make_a_visit", "make_a_VISIT", "Make_statement", "Return,_release_person(s)", "no such name"]
    assert cameo_types(names) == ("CONSULT", "CONSULT", None, "RETREAT", None)


@pytest.mark.skipif(not ICEWS14.exists(), reason="the data to develop on are not here")
def test_every_relation_of_icews14_has_a_name_of_ours() -> None:
    history = History.read(ICEWS14, "valid")
    untyped = {name for name, type_ in zip(history.relation_names, cameo_types(history.relation_names), strict=True)
               if type_ is None}  # fmt: skip
    assert len(untyped) == 10
    assert all(word in " ".join(untyped) for word in ("comment", "statement", "responsibility", "symbolic", "policy"))


def test_states_are_those_that_are_called_so() -> None:
    found = states(["South_Korea", "iran", "Police_(Thailand)", "Barack_Obama", "Hamas"])
    assert found.tolist() == [True, True, False, False, False]


def test_a_history_is_read_in_days() -> None:
    events = np.array([[0, 0, 1, 24], [1, 1, 0, 48], [0, 1, 1, 96]], np.int32)
    found = Dealings.of_history(History.of(events, ("A", "B"), ("say", "meet")), (None, "CONSULT"))
    assert found.days.tolist() == [2, 4]
    assert found.read.tolist() == [1, 1, 0, 1]
    assert found.world[:, TYPES.index("CONSULT")].tolist() == [0, 1, 0, 1]
    assert len(found.before(4)) == 1
