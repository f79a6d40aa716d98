"""`detente list`: the records of a ledger, by filters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final, cast

import typer

from detente.cli import _options as options
from detente.cli._messages import log_to_stderr, say
from detente.cli._output import (
    TABLE_ROWS,
    Format,
    dated,
    destination,
    print_csv,
    print_jsonl,
    print_table,
    with_short_ids,
)

if TYPE_CHECKING:
    from detente.ledger.listing import Filters, Kind

EXAMPLE: Final = "Example: detente list events --by Russia --type threaten --since 2024-06 --format csv"

TABLE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "statements": ("date", "source_name", "act", "status", "content", "id"),
        "events": ("date", "type", "source_names", "target_names", "status", "evidence", "id"),
        "happenings": ("date", "type", "source_names", "target_names", "statuses", "independent", "evidence", "id"),
        "holdings": ("holder_name", "kind", "place", "since", "as_of", "status", "evidence", "id"),
        "positions": ("date", "actor_name", "act", "of_name", "what", "condition", "id"),
        "topics": ("topic", "actor_name", "act", "what", "condition", "date", "id"),
        "actors": ("name", "kind", "country", "acts_for", "roles", "documents", "mentions", "id"),
        "documents": ("published", "source", "title", "statements", "events", "holdings", "positions", "id"),
    }
)
"""The columns that a table shows; CSV and JSON Lines have them all."""


def list_records(
    kind: Annotated[str, typer.Argument(metavar="|".join(TABLE), help="What to list.")],
    by: Annotated[
        str | None,
        typer.Option(metavar="ACTOR", help="Said, done, held or wanted by ACTOR (id or name) or who acts for it."),
    ] = None,
    target: Annotated[
        str | None, typer.Option(metavar="ACTOR", help="Said to, done to or wanted of ACTOR (id or name).")
    ] = None,
    type_: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="Type of events; kind of holdings and actors.")
    ] = None,
    act: Annotated[str | None, typer.Option(metavar="ACT", help="Act of statements and positions.")] = None,
    quotation: Annotated[
        str | None, typer.Option(metavar="KIND", help="Statements whose words are direct, indirect or mixed.")
    ] = None,
    status: Annotated[
        str | None, typer.Option(metavar="STATUS", help="Status of statements, events and holdings.")
    ] = None,
    about: Annotated[
        str | None, typer.Option(metavar="WORDS", help="With WORDS in the evidence or the names of actors and places.")
    ] = None,
    place: Annotated[
        str | None, typer.Option(metavar="PLACE", help="Place of events and holdings, or the code of its country.")
    ] = None,
    unresolved: Annotated[
        bool, typer.Option("--unresolved", help="Actors with a name of their own that no registry knows.")
    ] = False,
    since: options.Since = None,
    until: options.Until = None,
    id_: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="Any beginning of a document's or actor's id, or DOCUMENT/ID."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most N rows.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print them.")] = "table",
    ledger: options.LedgerFile = None,
    output: options.Output = None,
    verbose: options.Verbose = False,
) -> None:
    """List statements, events, holdings, positions, topics, actors or documents of the ledger.

    Each line has the record's id and the words that it rests on; topics show actors' positions side by side. A date in
    brackets is that of publication, where the words tell none. A filter that does not fit the kind is an error.
    """
    log_to_stderr(verbose)
    filters: Filters = {
        "id": id_,
        "by": by,
        "target": target,
        "type": type_,
        "act": act,
        "quotation": quotation,
        "status": status,
        "about": about,
        "place": place,
        "unresolved": unresolved,
        "since": since,
        "until": until,
    }
    from detente.ledger import Ledger
    from detente.ledger.listing import checked

    try:
        checked(kind, filters)
    except ValueError as error:
        raise typer.TyperException(str(error)) from None
    path = options.ledger_path(ledger)
    listed = cast("Kind", kind)
    with Ledger(path, read_only=True) as opened, destination(output, spare=[path]) as stream:
        if format_ == "jsonl":
            print_jsonl(opened.list(listed, limit=limit, **filters), stream)
        elif format_ == "csv":
            print_csv(opened.list(listed, limit=limit, **filters), opened.columns(listed), stream)
        else:
            rows = opened.list(listed, limit=limit or TABLE_ROWS + 1, **filters)
            shown: Iterator[dict[str, Any]] = islice(rows, limit or TABLE_ROWS)
            if "date" in TABLE[kind]:
                shown = map(dated, shown)
            if kind != "actors":
                shown = with_short_ids(shown, opened.unambiguous())
            if not print_table(_told_once(shown) if kind == "topics" else shown, TABLE[kind], stream):
                named = "; detente list actors shows who is known" if by or target else ""
                say(f"nothing in {path} fits{named}")
            if next(rows, None) is not None:
                say(f"these are the first {TABLE_ROWS}; --limit N shows more, --format csv all")


def _told_once(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows that name their topic where it begins, so that the eye sees which stand beside each other."""
    before: object = None
    for row in rows:
        yield row | {"topic": None} if row["topic"] == before else row
        before = row["topic"]
