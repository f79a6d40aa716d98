"""For whom people of no stated country speak. The texts are made up."""

from __future__ import annotations

import pytest

from detente.bargaining.spokesmen import Sides
from detente.reading.reader import read_documents
from detente.records import Document

DAHL = "person:terje-dahl"


def side(text: str) -> str:
    (reading,) = read_documents([Document(id="d", language="en", text=text, published="2024-06-10")])
    assert DAHL in {actor.id for actor in reading.actors}
    return Sides(reading).of(DAHL)


@pytest.mark.parametrize(
    "text",
    [
        "Energy Minister Terje Dahl said that Norway would open the shelf.",
        "Norway is angry at Chad. Energy Minister Terje Dahl said he was against the plan.",
        "Tempers rise in Oslo. Energy Minister Terje Dahl said he was against the plan.",
        "Norway's prime minister, Kari Moe, left early.\n\nEnergy Minister Terje Dahl said he was against the plan.",
    ],
)
def test_an_official_speaks_for_the_state_of_his_words_his_paragraph_or_his_colleagues(text: str) -> None:
    assert side(text) == "NOR"


@pytest.mark.parametrize(
    "text",
    [
        "A professor, Terje Dahl, said that Norway would open the shelf.",
        "Norway is angry. A former minister, Terje Dahl, said that Norway would open the shelf.",
        "Energy Minister Terje Dahl said he was against the plan.",
    ],
)
def test_nobody_else_is_given_a_state(text: str) -> None:
    assert side(text) == DAHL
