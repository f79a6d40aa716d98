"""The options that several commands share, spelled and explained alike, and what they come to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from detente.errors import InputError

if TYPE_CHECKING:
    from detente.documents import Metadata

LEDGER_VARIABLE: Final = "DETENTE_LEDGER"
DEFAULT_LEDGER: Final = "detente.duckdb"

LedgerFile = Annotated[
    str | None,
    typer.Option(
        "--ledger", metavar="FILE", help=f"The ledger; else ${LEDGER_VARIABLE}, else {DEFAULT_LEDGER} in this folder."
    ),
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="The day of publication of texts that do not tell it, such as 2024-06-14."),
]
Title = Annotated[str | None, typer.Option(metavar="TEXT", help="The title of texts that do not tell it.")]
Outlet = Annotated[
    str | None, typer.Option("--source", metavar="TEXT", help="The outlet of texts that do not tell it.")
]
Url = Annotated[str | None, typer.Option(metavar="URL", help="The address of texts that do not tell it.")]
About = Annotated[str | None, typer.Option(metavar="NAME", help="Only what has to do with NAME.")]
Since = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only what may have lasted until DATE: 2024, 2024-06 or 2024-06-14.")
]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Only what may have begun by DATE.")]
Output = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write the results to FILE instead of standard output.")
]
World = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", help="Own rows of what is known before reading (docs/world.md); may be repeated."),
]
DataSets = Annotated[
    list[str] | None,
    typer.Option(
        "--dataset",
        metavar="NAME",
        help="The imported data set to take, or `texts`, those that were read (the default); repeated: their sum.",
    ),
]
IssueFile = Annotated[Path, typer.Argument(metavar="FILE", help="The issue: CSV, YAML, or an input of Decide or KTAB.")]
Plot = Annotated[Path | None, typer.Option(metavar="FILE", help="Draw it, too, into FILE: .svg or .png.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary; warnings and errors stay.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Tell on standard error what is being done.")]


def use_world(files: list[Path] | None) -> None:
    """Take the user's own tables into account. Raises `InputError` where one does not fit."""
    if files:
        from detente.world.own import use

        use(files)


def ledger_path(ledger: str | None) -> Path:
    """Which ledger is meant."""
    return Path(ledger or os.environ.get(LEDGER_VARIABLE) or DEFAULT_LEDGER)


def metadata(published: str | None, title: str | None, source: str | None, url: str | None) -> Metadata:
    """What the user says of the texts. Raises `BadParameter` where `published` is no date."""
    from detente.documents import Metadata

    try:
        return Metadata(published=published, title=title, source=source, url=url)
    except InputError as error:
        raise typer.BadParameter(error.reason, param_hint=f"--{error.name}") from None


def not_together(**given: object) -> None:
    """Raise a usage error where both of two options are given; names are those of the options."""
    names = _spelled(given)
    if len(names) > 1:
        raise typer.TyperException(f"{' and '.join(names)} do not go together")


def need_paths(**given: object) -> None:
    """Raise a usage error where options about texts are given without texts."""
    if names := _spelled(given):
        raise typer.TyperException(f"{' '.join(names)} is about texts: name their PATH")


def check_dates(**given: str | None) -> None:
    """Raise a usage error where an option's value is no date."""
    from detente import days

    for name, value in given.items():
        if value is not None:
            try:
                days.checked(value)
            except ValueError as error:
                raise typer.BadParameter(str(error), param_hint=f"--{name}") from None


def _spelled(given: dict[str, object]) -> list[str]:
    return [name if name.isupper() else f"--{name}" for name, value in given.items() if value]
