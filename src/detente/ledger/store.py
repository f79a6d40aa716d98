"""The ledger as a place to write readings to and to get them back from."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby, islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Unpack
from typing import cast as typed

import msgspec

from detente.errors import InputError, LedgerError
from detente.ledger import adding, changes, deeds, fetching, forecasts, listing, reviews, saying, topics, witnesses
from detente.ledger.adding import Outcome
from detente.ledger.asking import Parameters, Rows
from detente.ledger.fetching import fetched
from detente.ledger.file import File
from detente.ledger.forecasts import Kept
from detente.ledger.journal import Journal, Waiting
from detente.ledger.listing import Filters, Kind
from detente.ledger.memory import Brief, Memory, Taken
from detente.ledger.opening import opened
from detente.ledger.reviews import Review
from detente.ledger.saying import Saying
from detente.reading.wants.matters import Actors, Matter
from detente.reading.wants.matters import of as matter_of
from detente.records import Actor, Position, Reading

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SHORT_IDS: Final = (6, 8, 12, 16, 24, 32)
"""Lengths of a document's id that are tried where it is to be short."""

_NAMED: Final = 3
"""Records that are named where several may be meant."""

_DOCUMENTS_AT_ONCE: Final = 64
"""Few enough to hold in memory, enough to make a query cheap."""

_TOGETHER: Final = 32
_WAITING: Final = 10.0
"""Readings that are written together at most, and the seconds that one waits for others."""


class Ledger:
    """A ledger file, made where it is missing; a context manager.

        with Ledger("detente.duckdb") as ledger:
            ledger.add(read("article.html"))

    One program writes at a time, from opening to closing; a second one is refused at once. With `read_only` nothing is
    written, a missing file is an error, and any number of programs may have the ledger open, also while one writes:
    they see the documents that are written wholly. Every method raises `LedgerError` where the file cannot be used.
    """

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        self.path = Path(path)
        self._read_only = read_only
        self._file = opened(self.path, read_only=read_only)
        self._waiting: set[str] = set()
        self._journal = Journal(self._file.place)
        if not read_only:
            try:
                self._take_over()
            except BaseException:
                self.close()
                raise

    def _take_over(self) -> None:
        """Write what a program that was killed had read."""
        left = self._journal.left()
        for (again, dataset), some in groupby(left, lambda waiting: (waiting.again, waiting.dataset)):
            adding.add(self._file, [waiting.reading for waiting in some], again=again, dataset=dataset)
        self._journal.clear()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let others write. What was added is safe before that."""
        try:
            self._journal.close()
        finally:
            self._file.close()

    def holds(self, document_id: str) -> bool:
        """Whether a document is in the ledger, or waits in `add_all`."""
        if document_id in self._waiting:
            return True
        with self._file.reading() as connection:
            return connection.execute("SELECT 1 FROM documents WHERE id = ?", [document_id]).fetchone() is not None

    def add(self, reading: Reading, *, again: bool = False, dataset: str | None = None) -> bool:
        """Write a reading in one transaction, and return whether anything was written.

        A document that the ledger holds is skipped; with `again` its records are replaced. Its events become reports of
        happenings that the ledger knows, or of new ones; those of a `dataset` only of that one's. Raises `InputError`
        where the reading breaks the contract (an id that occurs twice, a number of more than 64 bits); nothing of it
        stays.
        """
        (outcome,) = self._add([reading], again=again, dataset=dataset)
        if isinstance(outcome, InputError):
            raise outcome
        return outcome

    def add_all(
        self, readings: Iterable[Reading], *, again: bool = False, dataset: str | None = None
    ) -> Iterator[Outcome]:
        """Write readings as `add` does, streamed, and give for each in turn what `add` returns or raises.

        Several are written in one transaction, which takes a fraction of the time: a reading waits for those that come
        within some seconds. Each is written wholly or not at all, whatever the others are. Where the readings end with
        an error or an interruption, those that wait are written before it goes on; where the process is killed, when
        the ledger is opened to be written the next time.
        """
        self._to_write()
        waiting: list[Reading] = []
        since = 0.0
        try:
            for reading in readings:
                since = since if waiting else time.monotonic()
                waiting.append(reading)
                self._waiting.add(reading.document.id)
                if len(waiting) == _TOGETHER or time.monotonic() - since > _WAITING:
                    yield from self._add(waiting, again=again, dataset=dataset)
                else:
                    self._journal.add(Waiting(reading, again, dataset))
        except LedgerError:
            raise
        except BaseException:
            self._add(waiting, again=again, dataset=dataset)
            raise
        yield from self._add(waiting, again=again, dataset=dataset)

    def _add(self, waiting: list[Reading], *, again: bool, dataset: str | None) -> list[Outcome]:
        """Write the readings that wait, all of them."""
        outcomes = adding.add(self._to_write(), waiting, again=again, dataset=dataset) if waiting else []
        self._journal.clear()
        self._waiting.difference_update(reading.document.id for reading in waiting)
        waiting.clear()
        return outcomes

    def readings(
        self, *, about: str | None = None, since: str | None = None, until: str | None = None
    ) -> Iterator[Reading]:
        """The readings, whole, of the documents that have to do with `about` and with the time `since` … `until`.

        Streamed in the order of publication. A document has to do with the actors, places and words that it names, and
        with the time when it was published or when anything was said, done, held or wanted according to it. Raises
        `ValueError` for a `since` or `until` that is no date.
        """
        query, values = listing.document_ids(about=about, since=since, until=until)
        ids = (row["id"] for row in self._file.rows(query, values))
        while some := tuple(islice(ids, _DOCUMENTS_AT_ONCE)):
            yield from self.readings_of(some)

    def readings_of(self, document_ids: Sequence[str]) -> Iterator[Reading]:
        """The readings of some documents, in their order; a document that the ledger does not hold is left out."""
        # All at once, so that the parts of a document are of one reading while another program replaces it. One may be
        # missing: a backup was put in the ledger's place meanwhile.
        with self._file.reading() as connection:
            return fetching.readings(connection, document_ids)

    def recall(
        self, *, about: str | None = None, since: str | None = None, until: str | None = None, latest: int
    ) -> Memory:
        """The `latest` readings of those that `readings` gives, with what the ledger knows of them.

        Raises `ValueError` as `readings`.
        """
        query, values = listing.document_ids(about=about, since=since, until=until, latest=latest)
        of_ids = "WHERE document IN (SELECT unnest($ids))"
        told = f"SELECT document || '/' || event AS event, happening FROM reports {of_ids}"  # noqa: S608
        copied = f"SELECT document, story FROM stories {of_ids}"  # noqa: S608
        with self._file.reading() as connection:
            rows = [*fetched(connection.execute(query, values))]
            ids = [row["id"] for row in rows]
            former = _last_brief(connection, about)
            ((upto,),) = connection.execute("SELECT coalesce(max(added), 0) FROM documents").fetchall()
            happenings = dict(connection.execute(told, {"ids": ids}).fetchall())
            stories = dict(connection.execute(copied, {"ids": ids}).fetchall())
            readings = fetching.readings(connection, ids)
        return Memory(
            readings=[*readings],
            matching=rows[0]["matching"] if rows else 0,
            upto=upto,
            former=former,
            fresh=frozenset(row["id"] for row in rows if former is not None and row["added"] > former.upto),
            happenings=happenings,
            stories=stories,
        )

    def changed(self, later: Sequence[Taken]) -> Sequence[tuple[Taken, Taken]]:
        """Who changed position with one of `later`, by all positions of the ledger, the latest first.

        In a pair stands first what was taken earlier.
        """
        stands = [*changes.stands(later)]
        alike = [*changes.alike(stands, self._file.rows(*changes.earlier(stands)))]
        held = "SELECT id, text FROM documents WHERE list_contains($ids, id)"
        asked = {"ids": [stand.document for stand in alike if stand.undated]}
        texts = {row["id"]: row["text"] for row in self._file.rows(held, asked)}
        # Where a backup was put in the ledger's place meanwhile, a text may be gone.
        found = changes.found(stands, (s for s in alike if not s.looks_back(texts.get(s.document, ""))))
        known = {(taken.reading.document.id, taken.position.id): taken for taken in later}
        before = dict.fromkeys(change.earlier.document for change in found)
        for reading in self.readings_of([*before]):
            known |= {(reading.document.id, p.id): Taken(reading, p) for p in reading.positions}
        pairs = [tuple(known[stand.document, stand.id] for stand in (c.earlier, c.later)) for c in found]
        return [(one, other) for one, other in pairs if changes.has_a_name(other)]

    def remember_brief(self, about: str | None, brief: Brief) -> None:
        """Write down that a brief was made, so that the next one about the same can tell what is new."""
        with self._to_write().writing() as connection:
            connection.execute("INSERT INTO briefs VALUES (?, ?, ?)", [about, brief.made, brief.upto])

    def keep(self, kept: Kept, rows: Sequence[Mapping[str, Any]]) -> int:
        """Write down rows of one of the tables `Kept`, with every column a key, and return how many were new.

        Nothing that is there is ever changed: what has the key of another row is left out.
        """
        with self._to_write().writing() as connection:
            return forecasts.keep(connection, kept, rows)

    def list(self, kind: Kind, *, limit: int | None = None, **filters: Unpack[Filters]) -> Iterator[dict[str, Any]]:
        """The records of a kind as flat rows, streamed in the order of their dates; `Filters` says what can be asked.

        A row of `topics` is a position, beside the others about the same matter; see `detente.ledger.topics`. Raises
        `ValueError` for a filter that does not fit the kind, and for a value that cannot be.
        """
        if kind == "topics":
            return islice(self._topics(listing.checked(kind, filters)), limit)
        query, values = listing.rows(kind, filters, limit=limit)
        return self._file.rows(query, values)

    def said(self, words: str, *, limit: int | None = None) -> Sequence[dict[str, Any]]:
        """Who said `words`, and who said nearly the same, as flat rows of `saying.COLUMNS`.

        First those who said just these, by date, then the near ones. Whose row may be the first saying in this ledger
        says so in `first`. Raises `ValueError` where there is no word in `words`.
        """
        (asked,) = self._file.rows("SELECT words($said) AS words", {"said": saying.checked_words(words)})
        wanted = Saying(asked["words"] or "")
        return saying.sayings(wanted, self._file.rows(*wanted.candidates()))[:limit]

    def reports(self, event: str) -> Sequence[dict[str, Any]]:
        """The reports of the happening that an event (its whole DOCUMENT/ID) is a report of, in the order of writing.

        A row has the report's `id`, its `agreement` with the others and the `reasons` for it, its `evidence`, `outlet`
        and `published`, and its `story`, which near duplicates share.
        """
        return [*self._file.rows(witnesses.REPORTS, {"event": event})]

    def part(self, one: str, other: str) -> bool:
        """Decide that two events are not reports of one happening, and return whether they were taken for it.

        Both are called as in `record`. The decision outlives what is read again.
        """
        events = []
        for called in (one, other):
            reading, record = self.record(called)
            if all(event.id != record for event in reading.events):
                raise InputError(called, "is no event; detente list events shows what is")
            events.append(f"{reading.document.id}/{record}")
        with self._to_write().writing() as connection:
            shared = deeds.sharing(connection, [event.partition("/")[0] for event in events])
            together = witnesses.part(connection, *events)
            deeds.settle(connection, shared)
        return together

    def review(self, review: Review) -> None:
        """Write down what a coder said of a record, beside it, in the place of what the coder said of it before."""
        with self._to_write().writing() as connection:
            reviews.write(connection, review)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Have the file open for several questions: they see one state of the ledger, as nobody writes meanwhile."""
        with self._file.reading():
            yield

    def sql(self, statement: str, parameters: Parameters | None = None) -> Rows:
        """What one SQL statement that reads gives, as rows, pandas or Arrow; docs/ledger.md names tables and views.

        Values go into `parameters`, for `?` a sequence and for `$name` a mapping, and never into the text. Raises
        `InputError` where the statement is wrong, or does more than to read this ledger.
        """
        return Rows(self._file.reading, statement, parameters)

    def record(self, called: str) -> tuple[Reading, str]:
        """The reading that holds a record, and the record's id there; actors are not looked for.

        `called` is its DOCUMENT/ID with any beginning of DOCUMENT. Raises `InputError` where nothing is called so, and
        where several records may be meant.
        """
        ids = [row["id"] for row in self._file.rows(*listing.records_called(called, limit=_NAMED + 1))]
        if not ids:
            raise InputError(called, f"no such record is in {self.path}; detente list events shows what is")
        if len(ids) > 1 and ids[0] != called:
            some = ", ".join(ids[:_NAMED]) + (" …" if len(ids) > _NAMED else "")
            raise InputError(called, f"may be one of several records: {some}; write more of the one that is meant")
        document, _, record = ids[0].rpartition("/")
        return next(self.readings_of([document])), record

    def _topics(self, asked: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """The positions of a time, topic by topic, of those topics in which one fits all that is asked.

        What is asked never changes which positions belong together: all of the ledger's are looked at.
        """
        time = {name: value for name, value in asked.items() if name in ("since", "until")}
        matters = dict(self._matters())
        # Without those that another program has written since.
        rows = [row for row in self.list("positions") if row["id"] in matters]
        shown = {row["id"] for row in self._listed(time)} if time else None
        chosen = {row["id"] for row in self._listed(asked)} if asked else None
        yield from topics.side_by_side(rows, [matters[row["id"]] for row in rows], shown=shown, chosen=chosen)

    def _listed(self, asked: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        query, values = listing.rows("positions", typed(Filters, asked))
        return self._file.rows(query, values)

    def _matters(self) -> Iterator[tuple[str, Matter]]:
        """What each position of the ledger is about, with its DOCUMENT/ID."""
        ids = (row["document"] for row in self._file.rows("SELECT DISTINCT document FROM positions", {}))
        while some := tuple(islice(ids, _DOCUMENTS_AT_ONCE)):
            with self._file.reading() as connection:
                positions, actors = (fetching.records(connection, table, some) for table in ("positions", "actors"))
            for document in some:
                cast = Actors(msgspec.convert(actors[document], type=list[Actor]))
                for position in msgspec.convert(positions[document], type=list[Position]):
                    yield f"{document}/{position.id}", matter_of(position, cast)

    def columns(self, kind: Kind) -> tuple[str, ...]:
        """The names of the columns that `list` gives for a kind."""
        if kind == "topics":
            return topics.columns(self.columns("positions"))
        query, values = listing.rows(kind, {}, limit=0)
        with self._file.reading() as connection:
            return tuple(column[0] for column in connection.execute(query, values).description)

    def unambiguous(self) -> int | None:
        """How many characters of a document's id tell it from all others; None where it takes whole ids."""
        with self._file.reading() as connection:
            for length in _SHORT_IDS:
                query = "SELECT count(DISTINCT left(id, ?)) = count(*) FROM documents"
                if connection.execute(query, [length]).fetchall() == [(True,)]:
                    return length
        return None

    def _to_write(self) -> File:
        if self._read_only:
            raise LedgerError(f"{self.path}: cannot be written, as it was opened to be read; open it without read_only")
        return self._file


def _last_brief(connection: DuckDBPyConnection, about: str | None) -> Brief | None:
    """The last brief about something, or (None) about everything; case and accents make no difference."""
    query = """
        SELECT made, upto FROM briefs
        WHERE about IS NOT DISTINCT FROM $about OR words(about) = words($about) ORDER BY made DESC LIMIT 1
    """
    found = connection.execute(query, {"about": about}).fetchone()
    return Brief(*found) if found is not None else None
