"""`detente explain`: why a record says what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TextIO

import typer

from detente.cli import _options as options
from detente.cli._inputs import is_dated, say_undated
from detente.cli._messages import log_to_stderr, say
from detente.cli._output import console, destination
from detente.errors import InputError, one_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from detente.reading.explaining import Explanation, Explicable, Fact, Node
    from detente.reading.tables import Reason
    from detente.records import Reader

EXAMPLE: Final = "Example: detente explain 3f9a/e2 --ledger crisis.duckdb"

_DIGEST: Final = 12
"""Characters of a model's digest that tell it from others."""

_LONG: Final = 60
"""Characters of a row's words from which only the one that was found is shown."""

_NARROWEST: Final = 20
"""Columns that a line has at least, however narrow the terminal."""


def explain(
    record: Annotated[
        str | None, typer.Argument(metavar="RECORD", help="DOCUMENT/ID of a record; any beginning of DOCUMENT will do.")
    ] = None,
    text: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Explain all that is read in TEXT; no ledger is opened.")
    ] = None,
    published: options.Published = None,
    world: options.World = None,
    ledger: options.LedgerFile = None,
    output: options.Output = None,
    verbose: options.Verbose = False,
) -> None:
    """Explain a statement, event, holding or position: the words behind each part, and the row or rule that decided.

    The text of the ledger's record is read again; a line says where that gives something else by now.
    """
    _check(record, text, ledger, published)
    metadata = options.metadata(published, None, None, None)
    log_to_stderr(verbose)
    options.use_world(world)
    if text is not None:
        from detente.documents import from_text
        from detente.reading.explaining import explain as explained

        found = explained(from_text(text, metadata=metadata, name="--text"))
        if not is_dated(found.reading.document):
            say_undated(found.reading.document)
        if not found.explanations:
            say("no statement, event, holding or position is read in this text")
        with destination(output) as stream:
            _show([(explanation.record.id, explanation) for explanation in found.explanations], stream)
    elif record is not None:
        path = options.ledger_path(ledger)
        named = _of_ledger(path, record)
        with destination(output, spare=[path]) as stream:
            _show([named], stream)


def _check(record: str | None, text: str | None, ledger: str | None, published: str | None) -> None:
    """Raise a usage error unless the options name one thing to explain."""
    if record is None and text is None:
        raise typer.TyperException("Missing argument 'RECORD' or option '--text'")
    options.not_together(RECORD=record is not None, text=text is not None)
    options.not_together(ledger=ledger, text=text is not None)
    options.not_together(RECORD=record is not None, published=published)


def _of_ledger(path: Path, called: str) -> tuple[str, Explanation]:
    """A record of the ledger, by its whole name, as the text gives it now.

    A line says where the ledger has it otherwise. Raises `InputError` where the text gives it no more.
    """
    from detente.ledger import Ledger

    with Ledger(path, read_only=True) as opened:
        reading, id = opened.record(called)
        reports = opened.reports(f"{reading.document.id}/{id}")
    # Only now: the reader takes seconds to load, and a wrong name is told at once.
    from detente.reading.explaining import differences, explain

    name = f"{reading.document.id}/{id}"
    every: list[Explicable] = [*reading.statements, *reading.events, *reading.holdings, *reading.positions]
    before = next(record for record in every if record.id == id)
    now = explain(reading.document)
    made = _made(reading.reader, now.reading.reader)
    explanation = now.of(before)
    if explanation is None:
        raise InputError(name, f"the text gives no such record now{made}")
    differing = differences(before, explanation.record)
    if differing or made:
        what = f"the text gives another {', '.join(differing)} now" if differing else "the text gives the same now"
        say(f"{name}: {what}{made}")
    return name, replace(explanation, facts=(*explanation.facts, *_witnesses(name, reports)))


def _witnesses(name: str, reports: Sequence[Mapping[str, Any]]) -> Iterator[Fact]:
    """What the ledger knows of other reports of the same happening, and why it takes them for that."""
    from detente.reading.explaining import Fact

    if len(reports) < 2:
        return
    independent = len({report["story"] for report in reports})
    yield Fact("happening", f"one of {len(reports)} reports, {independent} independent")
    for report in reports:
        if report["id"] == name:
            yield Fact(
                "· this one", "the first" if report["agreement"] is None else "agrees", (), (*report["reasons"],)
            )
        else:
            where = ", ".join(filter(None, (report["outlet"], report["published"])))
            told = f"{report['id']} ({where})" if where else report["id"]
            yield Fact("· another", told, (report["evidence"],), (*report["reasons"],))


def _made(then: Reader, now: Reader) -> str:
    """By what the ledger's record was made, where that is something else than what reads now."""
    if then == now:
        return ""
    versions = [f"version {one.version}, model {one.model[:_DIGEST]}" for one in (then, now)]
    return f"; the ledger's was made by {versions[0]}, this is {versions[1]}"


def _show(explanations: list[tuple[str, Explanation]], stream: TextIO) -> None:
    screen = console(stream)
    for number, (name, explanation) in enumerate(explanations):
        if number:
            screen.print()
        kind = type(explanation.record).__name__.lower()
        screen.print(_text(f"{name}: {kind}", style="bold"), soft_wrap=True)
        _wrapped(_text(explanation.sentence, style="italic"), screen)
        for node in explanation.tree:
            screen.print(_branch(node), soft_wrap=True)
        width = max(len(fact.name) for fact in explanation.facts) + 2
        for fact in explanation.facts:
            name = fact.name
            for line in _told(fact):
                _wrapped(line, screen, name.ljust(width))
                name = ""


def _branch(node: Node) -> Text:
    """A word of the tree, as deep as it hangs."""
    from rich.text import Text

    line = Text("  " * (node.depth + 1))
    line.append_text(_text(node.word, style="bold" if node.marks else ""))
    line.append(f" {node.relation}", style="dim")
    if node.marks:
        line.append(f" ← {', '.join(node.marks)}", style="cyan")
    return line


def _told(fact: Fact) -> Iterator[Text]:
    """What is known, with the words that gave it; then a line for each reason."""
    line = _text(fact.value, style="bold" if fact.because else "")
    for word in fact.words:
        line.append(f" “{one_line(word)}”", style="italic")
    yield line
    for reason in fact.because:
        yield _text(_reason(reason), style="dim")


def _wrapped(text: Text, screen: Console, first: str = "") -> None:
    """Print `text` after `first`, its further lines below its own beginning."""
    from rich.text import Text

    margin = f"  {first}"
    for row in text.wrap(screen, max(screen.width - len(margin), _NARROWEST)):
        row.rstrip()
        screen.print(Text(margin) + row, soft_wrap=True)
        margin = " " * len(margin)


def _reason(reason: Reason) -> str:
    """A rule in its words; a row by its table, its line and all that stands in its columns."""
    if isinstance(reason, str):
        return reason
    cells = (f"{column} {_cell(value, reason.word)}" for column, value in reason.cells.items())
    return f"{reason.table}:{reason.line}: {', '.join(cells)}"


def _cell(value: str, word: str) -> str:
    """What stands in a column; of many words the one that was looked up."""
    words = value.split()
    if len(value) > _LONG and word in words:
        return f"… {word} … ({len(words)} words)"
    return value or "–"


def _text(text: str, style: str = "") -> Text:
    """Text in which neither rich's markup nor a control character does anything."""
    from rich.text import Text

    return Text(one_line(text), style=style)
