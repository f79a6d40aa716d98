"""The language of a text: English news is never refused, and what is plainly not English is told."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.language.detect import detect

SHARED = Path(__file__).parents[3] / "shared/data"


@pytest.fixture(autouse=True, scope="module")
def no_network() -> Iterator[None]:
    """Whatever asks for a connection fails its test."""

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("something was fetched from the network")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The minister said on Thursday that the troops would leave before the end of the month."),
        ("en", "The government turned the proposal down."),
        ("de", "Der Minister sagte am Donnerstag, dass die Truppen bis zum Ende des Monats abziehen werden."),
        ("de", "Die Regierung lehnte den Vorschlag ab."),
        ("fr", "Le ministre a déclaré jeudi que les troupes se retireraient avant la fin du mois."),
        ("es", "El ministro dijo el jueves que las tropas se retirarían antes de fin de mes."),
        ("it", "Il ministro ha detto giovedì che le truppe si ritireranno entro la fine del mese."),
        ("tr", "Bakan perşembe günü birliklerin ay sonuna kadar çekileceğini söyledi."),
        ("ru", "Министр заявил в четверг, что войска будут выведены до конца месяца."),
        ("uk", "Міністр заявив у четвер, що війська будуть виведені до кінця місяця."),
        ("zh", "外交部长周四表示，部队将在月底前撤离。"),
        ("ja", "大臣は木曜日、部隊は月末までに撤退すると述べた。"),
        ("ar", "قال وزير الخارجية يوم الخميس إن القوات ستنسحب قبل نهاية الشهر."),
        ("fa", "وزیر روز پنجشنبه گفت که نیروها تا پایان ماه عقب‌نشینی خواهند کرد."),
        ("he", "השר אמר ביום חמישי כי הכוחות ייסוגו עד סוף החודש."),
    ],
)
def test_a_sentence_tells_its_language(language: str, text: str) -> None:
    assert detect(text) == language
    assert detect(f"{text}\n\n{text}\r\n" * 100) == language


@pytest.mark.parametrize(
    "text",
    [
        "Putin met Xi.",
        "Troops left Faya.",
        "NATO",
        "UN, EU, AU, ECOWAS",
        "Macron, Scholz, Sunak",
        "Abdel Fattah al-Burhan met Mohamed Hamdan Dagalo in Jeddah.",
        "RUSSIA ATTACKS UKRAINE, SAYS ZELENSKY",
        "“We will not yield,” he said.",
        "The party Alternative für Deutschland won on Sunday, according to the Süddeutsche Zeitung.",
    ],
)
def test_names_and_headlines_are_not_taken_for_another_language(text: str) -> None:
    assert detect(text) in {"en", None}


def test_an_article_that_begins_with_foreign_words_is_english() -> None:
    english = "The minister said on Thursday that the troops would leave before the end of the month. "
    assert detect("« La paix, enfin », titrait le journal.\n\n" + english * 5) == "en"


@pytest.mark.parametrize(
    "text", ["", "\n", " \t", "\0", "😀" * 50, "1234 5678", ",.;:", "\u202e\u200b", "\x1c\x85\u2028"]
)
def test_without_letters_nothing_can_be_told(text: str) -> None:
    assert detect(text) is None


@given(st.text())
def test_no_text_is_an_error(text: str) -> None:
    assert detect(text) is None or detect(text)


def test_neither_length_nor_half_characters_are_an_error() -> None:
    assert detect("The talks went on and on.\n" * 100_000) == "en"
    assert detect("The talks went on and on until the month was over. \ud800") == "en"


@pytest.mark.parametrize("name", ["polnear/train.jsonl", "polnear/dev.jsonl", "plover/gsr-dev.jsonl"])
def test_english_news_is_never_refused(name: str) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    told = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    assert {detect(text) for text in told} <= {"en", None}
