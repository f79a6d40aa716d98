"""`detente review`: coders check a random sample of what was read."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Final, Literal, NamedTuple, TextIO

import typer

from detente.cli import _options as options
from detente.cli._messages import log_to_stderr, say
from detente.cli._output import console, destination, print_any_table
from detente.errors import InputError, one_line

if TYPE_CHECKING:
    from rich.text import Text

    from detente.ledger import Ledger
    from detente.ledger.precision import Report, Share
    from detente.ledger.reviews import Kind, Reviewable, Verdict
    from detente.ledger.sampling import Drawn
    from detente.records import Reading

EXAMPLE: Final = "Example: detente review --kind events --sample 100 --stratify type,status --coder A"

STRATIFY: Final[Mapping[Kind, str]] = {
    "statements": "act,status",
    "events": "type,status",
    "holdings": "kind,status",
    "positions": "act",
}
"""The columns by which a kind of record is stratified where none are named."""

_HELP: Final = (
    "y it is right · n there should be no such record · FIELD VALUE what is wrong, and what it should be (none: "
    "nothing; several with ; between) · u cannot tell · s later · b back · q quit · ? this help"
)


def review(
    kind: Annotated[
        Literal["statements", "events", "holdings", "positions"], typer.Option(help="Which records to review.")
    ] = "events",
    sample: Annotated[int, typer.Option(min=1, metavar="N", help="How many records to draw.")] = 100,
    stratify: Annotated[
        str | None,
        typer.Option(metavar="COLUMNS", help="As many of each value of these columns; else of type and status alike."),
    ] = None,
    coder: Annotated[str, typer.Option(metavar="NAME", help="Under which name the answers are kept.")] = "coder",
    seed: Annotated[int, typer.Option(metavar="N", help="Another number draws another sample.")] = 0,
    report: Annotated[
        bool, typer.Option("--report", help="Show how many records were right, and how far coders agree.")
    ] = False,
    ledger: options.LedgerFile = None,
    verbose: options.Verbose = False,
) -> None:
    """Show a random sample of records, one after the other, and keep what the coder says of each beside it.

    Each answer is a line and is kept at once; the same command goes on where it stopped. Nothing that was read changes.
    """
    log_to_stderr(verbose)
    from detente.ledger import Ledger

    path = options.ledger_path(ledger)
    with Ledger(path, read_only=True) as opened, destination(None) as stream:
        if report:
            _report(opened, stream)
            return
        from detente.ledger.sampling import sample as draw

        by = [column.strip() for column in (stratify or STRATIFY[kind]).split(",")]
        try:
            drawn = draw(opened, kind, sample, by, seed)
        except InputError as error:
            raise typer.TyperException(str(error)) from None
        _Session(opened, kind, drawn, coder).run(stream)


class _Answer(NamedTuple):
    """What a coder says of a record."""

    verdict: Verdict
    corrections: Mapping[str, str]

    def __str__(self) -> str:
        corrected = "; ".join(f"{field} {value}" for field, value in self.corrections.items())
        return f"wrong: {corrected}" if corrected else {"wrong": "no such record"}.get(self.verdict, self.verdict)


class _Session:
    """A coder before a sample."""

    def __init__(self, opened: Ledger, kind: Kind, drawn: Sequence[Drawn], coder: str) -> None:
        from detente.ledger.reviews import reviewable

        self._path, self._kind, self._coder = opened.path, kind, coder
        held = {
            (reading.document.id, record.id): (reading, record)
            for reading in opened.readings_of([*dict.fromkeys(one.document for one in drawn)])
            for record in reviewable(reading)
        }
        # One may be missing: its document was read anew since the draw.
        self._shown = [(one, *held[one.document, one.record]) for one in drawn if (one.document, one.record) in held]
        self._answers = self._former(opened)

    def run(self, stream: TextIO) -> None:
        """Show record after record until all are answered, or the coder has enough."""
        if isinstance(sys.stdin, io.TextIOWrapper):
            # Bytes that are no text are no answer either, and end nothing.
            sys.stdin.reconfigure(errors="replace")
        screen = console(stream)
        screen.print(_HELP, markup=False)
        at = self._next(0)
        while at is not None:
            _, reading, record = self._shown[at]
            screen.print()
            screen.print(_text(f"{at + 1} of {len(self._shown)}", "dim"))
            for line in _told(reading, record, self._kind):
                screen.print(line)
            if at in self._answers:
                screen.print(_text(f"you said: {self._answers[at]}"))
            answer = _asked(self._kind)
            if answer == "q":
                break
            if answer == "b":
                at = max(at - 1, 0)
                continue
            if answer != "s":
                self._keep(at, answer)
            at = self._next(at + 1)
        say(f"{self._coder}: {len(self._answers)} of {len(self._shown)} records answered")

    def _next(self, start: int) -> int | None:
        """The first record from `start` on that waits for an answer."""
        return next((at for at in range(start, len(self._shown)) if at not in self._answers), None)

    def _keep(self, at: int, answer: _Answer) -> None:
        from detente.ledger import Ledger
        from detente.ledger.reviews import Review

        one, _, record = self._shown[at]
        said = Review(one.document, record, one.stratum, self._coder, answer.verdict, answer.corrections)
        # Open for this alone: a coder takes hours, in which others write too.
        with Ledger(self._path) as writer:
            writer.review(said)
        self._answers[at] = answer

    def _former(self, opened: Ledger) -> dict[int, _Answer]:
        """What the coder said before of records that are still the same, by their place in the sample."""
        from detente.ledger.reviews import machine_of

        rows = opened.sql(
            """
            SELECT document, record, stratum, machine::VARCHAR AS machine, verdict,
                list({'field': field, 'value': correction} ORDER BY field) FILTER (field IS NOT NULL) AS corrections
            FROM reviews WHERE coder = $coder GROUP BY ALL
            """,
            {"coder": self._coder},
        )
        said = {
            (row["document"], row["record"], row["stratum"], row["machine"]): _Answer(
                row["verdict"], {pair["field"]: pair["value"] for pair in row["corrections"] or ()}
            )
            for row in rows
        }
        keys = ((one.document, one.record, one.stratum, machine_of(record)) for one, _, record in self._shown)
        return {at: said[key] for at, key in enumerate(keys) if key in said}


_COMMANDS: Final[Mapping[str, Literal["b", "s", "q"]]] = {"b": "b", "s": "s", "q": "q"}


def _asked(kind: Kind) -> _Answer | Literal["b", "s", "q"]:
    """What the coder answers; who has nothing more to say has enough."""
    while True:
        try:
            line = input("> ").strip()
            if line == "?":
                print(_HELP)
            elif line in _COMMANDS:
                return _COMMANDS[line]
            elif line:
                return _understood(line, kind)
        except EOFError:
            return "q"
        except ValueError as error:
            say(str(error))


def _understood(line: str, kind: Kind) -> _Answer:
    """A line as an answer. Raises `ValueError` where it is none."""
    from detente.ledger.reviews import checked

    if line == "y":
        return _Answer("right", {})
    if line == "n":
        return _Answer("wrong", {})
    if line == "u":
        return _Answer("unsure", {})
    corrections = {}
    for part in line.split(";"):
        field, _, value = part.strip().partition(" ")
        if not value.strip():
            raise ValueError(f"{one_line(part)}: is no answer; write FIELD VALUE, or ? for help")
        corrections[field] = checked(kind, field, value.strip())
    return _Answer("wrong", corrections)


def _told(reading: Reading, record: Reviewable, kind: Kind) -> Iterator[Text]:
    """A record for the eye: first the words that it rests on, among those around them, then what was read in them."""
    from rich.text import Text

    from detente.ledger.reviews import FIELDS
    from detente.ledger.sentences import Sentences

    text, evidence = reading.document.text, record.evidence
    sentences = Sentences(text)
    start, end = sentences.around(evidence.start, evidence.end)
    before = sentences.around(max(start - 2, 0), start)[0] if start else start
    after = sentences.around(end, min(end + 2, len(text)))[1] if end < len(text) else end
    if reading.document.published is not None:
        yield _text(f"published {reading.document.published}", "dim")
    told = _text(text[before : evidence.start], "dim")
    told.append_text(_text(text[evidence.start : evidence.end], "bold"))
    told.append_text(_text(text[evidence.end : after], "dim"))
    yield told
    names = {actor.id: f"{actor.name} ({actor.id})" for actor in reading.actors}
    speakers = {said.id: _value(said.source, names) for said in reading.statements}
    rows = [("words", f"“{text[evidence.start : evidence.end]}”")]
    rows += [(field, _value(getattr(record, field), names | speakers)) for field in FIELDS[kind]]
    rows.append(("sure", "not known" if record.confidence is None else f"{record.confidence:.2f}"))
    width = max(len(name) for name, _ in rows) + 2
    for name, value in rows:
        yield Text(f"  {name.ljust(width)}").append_text(_text(value))


def _value(value: object, names: Mapping[str, str]) -> str:
    """What a field holds, in words; ids of actors and of statements by `names`."""
    from detente.records import Content, Place, Source, Span

    match value:
        case None | ():
            return "–"
        case tuple():
            return "; ".join(_value(item, names) for item in value)
        case Source(actor=actor, text=text):
            return names.get(actor or "", text)
        case Span(text=text) | Content(text=text):
            return text
        case Place(name=name, country=country):
            return f"{name} ({country})" if country else name
        case str():
            return names.get(value, value)
    return str(value)


def _text(text: str, style: str = "") -> Text:
    """Text on one line, with the blanks at its ends, in which neither markup nor a control character does anything."""
    from rich.text import Text

    blanks = (" " if end.isspace() else "" for end in (text[:1], text[-1:]))
    return Text(one_line(text).join(blanks), style=style)


def _report(opened: Ledger, stream: TextIO) -> None:
    """Print what coders said, a table for each coder and kind of sample, and how far they agree."""
    from detente.ledger.precision import agreements, reports

    screen = console(stream)
    found = False
    for report in reports(opened):
        found = True
        screen.print(_text(f"{report.kind} by {', '.join(report.by)}: {report.coder}", "bold"))
        print_any_table(_rows(report), _COLUMNS, stream)
        if report.faults:
            faults = ", ".join(f"{field} {number}" for field, number in report.faults.items())
            screen.print(_text(f"wrong: {faults}"))
        missing = [stratum for stratum in report.strata if stratum.precision is None]
        if missing:
            records = sum(stratum.records for stratum in missing)
            screen.print(
                _text(f"nothing is known of {len(missing)} strata with {records} records, which all leaves out")
            )
        if report.outdated:
            screen.print(_text(f"left out: {report.outdated} records that were read anew since"))
        screen.print()
    for agreement in agreements(opened):
        alpha = "not defined" if agreement.alpha is None else f"{agreement.alpha:.2f}"
        screen.print(
            _text(
                f"{agreement.kind} by {', '.join(agreement.by)}: {', '.join(agreement.coders)} agree on what is right "
                f"with Krippendorff's alpha {alpha}, over {agreement.records} records that at least two of them judged"
            )
        )
    if not found:
        say(f"{opened.path}: nobody has reviewed anything; begin with: detente review")


_COLUMNS: Final = ("stratum", "records", "right", "wrong", "unsure", "precision", "95 %")


def _rows(report: Report) -> Iterator[Mapping[str, object]]:
    """The strata that were reviewed, and all together."""
    for stratum in report.strata:
        if stratum.right or stratum.wrong or stratum.unsure:
            counts = {name: getattr(stratum, name) for name in ("records", "right", "wrong", "unsure")}
            yield {"stratum": " ".join(stratum.values), **counts, **_share(stratum.precision)}
    judged = [stratum for stratum in report.strata if stratum.precision is not None]
    names = ("records", "right", "wrong", "unsure")
    totals = {name: sum(getattr(stratum, name) for stratum in judged) for name in names}
    yield {"stratum": "all, weighted", **totals, **_share(report.precision)}


def _share(share: Share | None) -> Mapping[str, str]:
    if share is None:
        return {"precision": "–", "95 %": "–"}
    return {"precision": f"{share.share:.2f}", "95 %": f"{share.low:.2f}–{share.high:.2f}"}
