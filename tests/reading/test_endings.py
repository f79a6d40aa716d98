"""Where a content ends that is a clause. The sentences are made up for these tests."""

from __future__ import annotations

import pytest

import detente
from detente.language import pipeline
from detente.reading.speech import endings


def _content(text: str, cue: str) -> tuple[list[str], list[str]]:
    """What stays of all that follows a cue, and the verbs by which its speaker goes on."""
    doc = pipeline.parse(text)
    verb = next(token for token in doc if token.text == cue)
    content = frozenset(token.i for token in doc[verb.i + 1 : -1])
    resumed = endings.resumed(verb, content)
    lost = endings.beyond(verb, content) | {i for token in resumed for i in endings.clause(token)}
    return [doc[i].text for i in sorted(content - lost)], [token.text for token in resumed]


@pytest.mark.parametrize(
    ("text", "cue", "kept", "resumed"),
    [
        (
            "The mayor said the bridge had been closed and urged drivers to turn back.",
            "said",
            "the bridge had been closed",
            ["urged"],
        ),
        (
            "The ministry announced that stocks were running low, and called on traders to open their stores.",
            "announced",
            "that stocks were running low",
            ["called"],
        ),
        (
            "The rebels said they had entered the town and accused the army of shelling it.",
            "said",
            "they had entered the town",
            ["accused"],
        ),
        # whoever else can say something himself is not the speaker
        (
            "Togo said Benin had closed the border and accused it of smuggling.",
            "said",
            "Benin had closed the border and accused it of smuggling",
            [],
        ),
        (
            "The minister said the report had appeared and criticised the army.",
            "said",
            "the report had appeared and criticised the army",
            [],
        ),
        # but what is so cannot urge
        (
            "The minister said the ruling was final and urged all parties to comply.",
            "said",
            "the ruling was final",
            ["urged"],
        ),
        # what is said of the same thing is no saying
        (
            "The mayor said the bridge had been closed and needed repairs.",
            "said",
            "the bridge had been closed and needed repairs",
            [],
        ),
        (
            "The mayor said the talks had begun and promised much.",
            "said",
            "the talks had begun and promised much",
            [],
        ),
        (
            "The mayor said that the bridge had fallen; nobody was there to ask.",
            "said",
            "that the bridge had fallen",
            [],
        ),
        (
            "Togo maintains that the camp is empty, a charge that Benin denied.",
            "maintains",
            "that the camp is empty",
            [],
        ),
        (
            "The mayor said that the bridge had fallen; nine men had drowned.",
            "said",
            "that the bridge had fallen ; nine men had drowned",
            [],
        ),
        (
            "Togo said that twelve men had died, a figure that could not be verified.",
            "said",
            "that twelve men had died",
            [],
        ),
        (
            "Togo conceded that the jet had strayed, something that it had denied for weeks.",
            "conceded",
            "that the jet had strayed",
            [],
        ),
        (
            "Togo maintains that the camp is empty. Benin sent observers.",
            "maintains",
            "that the camp is empty .",
            [],
        ),
    ],
)
def test_a_content_ends_where_another_clause_begins(text: str, cue: str, kept: str, resumed: list[str]) -> None:
    words, verbs = _content(text, cue)
    assert (" ".join(words), verbs) == (kept, resumed)


def test_what_a_speaker_does_next_is_a_statement_of_his() -> None:
    text = "The mayor of Lome said the bridge had been closed and urged drivers to turn back."
    reading = detente.read(text, published="2024-06-14")
    said = {s.cue.text: s for s in reading.statements if s.cue is not None}
    assert said["said"].content.text == "the bridge had been closed"
    assert said["urged"].content.text == "drivers to turn back"
    assert said["urged"].act == "request"
    assert said["urged"].within is None
    assert said["urged"].source == said["said"].source


def test_what_a_speaker_does_next_is_no_part_of_what_he_is_quoted_with() -> None:
    text = "The mayor of Lome said the bridge had been “a trap” for years and urged drivers to turn back."
    said = {s.cue.text: s for s in detente.read(text, published="2024-06-14").statements if s.cue is not None}
    assert said["said"].content.text == "the bridge had been “a trap” for years"
    assert said["urged"].content.text == "drivers to turn back"
