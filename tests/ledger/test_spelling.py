"""Words are found whatever their case and accents, also where the expression that takes less time is asked first."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger.opening import sql
from detente.ledger.spelling import bare, has_accents, spelled

LETTERS = "aeiouknsz KſåÉßøłИй一1'’—-_́̈ẞỹΆ\n"


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def finds(duck: duckdb.DuckDBPyConnection, text: str, expression: str | None) -> bool | None:
    """Whether DuckDB finds it."""
    ((found,),) = duck.execute("SELECT regexp_matches($1, $2)", [text, expression]).fetchall()
    return None if found is None else bool(found)


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("Ukraine", "of UKRAINE’s army", True),
        ("Ukraine", "of Ukrainé", True),
        ("erdogan", "Mr Erdoğan said", True),
        ("São Paulo", "in Sao\nPaulo.", True),
        ("Iran", "in Tirana", False),
        ("New York", "a new yorker", False),
        ("…", "anything …", None),
    ],
)
def test_words_are_found_whole_in_any_spelling(
    duck: duckdb.DuckDBPyConnection, words: str, text: str, found: bool | None
) -> None:
    assert finds(duck, text, spelled(words)) is found


@given(words=st.text(LETTERS, min_size=1, max_size=4), text=st.text(LETTERS, max_size=30))
def test_without_accents_the_bare_words_are_found_wherever_the_words_are(
    duck: duckdb.DuckDBPyConnection, words: str, text: str
) -> None:
    text = f"{text} {words.swapcase()}"
    if finds(duck, text, spelled(words)):
        assert has_accents(text) or finds(duck, text, bare(words))


@given(text=st.text(max_size=6) | st.text(LETTERS, max_size=6))
def test_a_migrated_ledger_knows_the_same_accents(duck: duckdb.DuckDBPyConnection, text: str) -> None:
    # A mark that only the one's version of Unicode knows is no letter with an accent to either.
    expression = sql("migrations", "4.sql").split("accents = ")[1].split(";")[0]
    ((found,),) = duck.execute(f"SELECT {expression.replace('text', '$1')}", [text]).fetchall()
    assert found == has_accents(text)
