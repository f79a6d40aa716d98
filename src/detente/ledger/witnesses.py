"""Which texts are one witness, and which events of different texts are one happening with several.

A document is linked when it is written: near duplicates of it are looked for, then each of its events is taken for a
report of a happening that the ledger knows, or of a new one. What was decided is in the tables `copies` and `reports`,
with reasons; a person's word that two events are not one is in `apart`, and outlives what is read again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, fields
from itertools import chain, product
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from detente.ledger import agreement, copies
from detente.ledger.agreement import OTHER, SAME, Account, Agreement
from detente.ledger.writing import insert
from detente.records import Reading

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

REPORTS: Final = """
    SELECT
        reports.document || '/' || reports.event AS id,
        agreement,
        reasons,
        substr(documents.text, evidence.start + 1, evidence."end" - evidence.start) AS evidence,
        documents.source AS outlet,
        published,
        story
    FROM reports
    JOIN documents ON documents.id = reports.document
    JOIN events ON events.document = reports.document AND events.id = reports.event
    JOIN stories ON stories.document = reports.document
    WHERE happening IN (SELECT happening FROM reports WHERE document || '/' || event = $event)
    ORDER BY added
"""
"""The reports of the happening that an event is a report of."""


@dataclass(frozen=True, slots=True)
class Report:
    """An account that the ledger has taken for a report of a happening."""

    account: Account
    happening: str


@dataclass(frozen=True, slots=True)
class Link:
    """What an account is taken for a report of. `agreement` is None where it is the first report."""

    account: Account
    happening: str
    agreement: Agreement | None


def link(
    connection: DuckDBPyConnection, readings: Sequence[Reading], *, dataset: str | None = None
) -> Mapping[str, Sequence[Link]]:
    """Find what documents that were just written are copies of, and what the events of each report, which is returned.

    They are linked one after the other, as each is compared with those before it; the ledger holds no later ones,
    unless there is one alone. Events of a data set are compared with those of the same data set alone.
    """
    stories: Mapping[str, Set[str]] = {}
    if dataset is None:
        stories = copies.link(connection, [reading.document for reading in readings])
    accounts = {reading.document.id: [*agreement.accounts(reading)] for reading in readings}
    return _link_events(connection, accounts, dataset, stories)


def unlink(connection: DuckDBPyConnection, document: str) -> None:
    """Forget what `link` found of a document, which is about to be removed or read again.

    A story or a happening that was called after it is called after its next document.
    """
    values = {"document": document}
    for table in ("bands", "copies", "reports"):
        connection.execute(f"DELETE FROM {table} WHERE document = $document", values)  # noqa: S608
    connection.execute(
        """
        UPDATE copies SET original = heir FROM (
            SELECT arg_min(document, added) AS heir FROM copies JOIN documents ON id = document
            WHERE original = $document HAVING heir IS NOT NULL
        ) WHERE original = $document
        """,
        values,
    )
    connection.execute("DELETE FROM copies WHERE document = original")
    connection.execute(
        """
        UPDATE reports SET happening = heir FROM (
            SELECT happening AS was, arg_min(document || '/' || event, added) AS heir
            FROM reports JOIN documents ON id = document
            WHERE starts_with(happening, $document || '/') GROUP BY happening
        ) WHERE happening = was
        """,
        values,
    )
    connection.execute(
        """
        UPDATE reports SET agreement = NULL, reasons = []
        WHERE agreement IS NOT NULL AND happening = document || '/' || event
        """
    )


def part(connection: DuckDBPyConnection, one: str, other: str) -> bool:
    """Remember that two events (DOCUMENT/ID) are not reports of one happening, and whether they were taken for it.

    If they were, the reports of that happening are sorted out anew, in the order in which they were written.
    """
    connection.execute("INSERT OR IGNORE INTO apart VALUES (least($1, $2), greatest($1, $2))", [one, other])
    together = connection.execute(
        """
        SELECT DISTINCT one.happening FROM reports AS one JOIN reports AS other USING (happening)
        WHERE one.document || '/' || one.event = $1 AND other.document || '/' || other.event = $2
        """,
        [one, other],
    ).fetchall()
    for (happening,) in together:
        _sort_out(connection, happening)
    return bool(together)


def _sort_out(connection: DuckDBPyConnection, happening: str) -> None:
    """Link the reports of a happening again, among themselves."""
    reports = _reports(connection, "happening = $happening ORDER BY added, event", {"happening": happening})
    dataset = connection.execute("SELECT any_value(dataset) FROM reports WHERE happening = ?", [happening]).fetchone()
    connection.execute("DELETE FROM reports WHERE happening = ?", [happening])
    known: list[Report] = []
    for report in reports:
        document = report.account.document
        story = copies.story(connection, document)
        links = assign([report.account], known, apart=_apart(connection, [document]), copies=story)
        _insert(connection, links, dataset[0] if dataset else None)
        known += [Report(found.account, found.happening) for found in links]


_ALIKE: Final = """
    reports.dataset IS NOT DISTINCT FROM $dataset AND happening IN (
        SELECT happening
        FROM reports
        JOIN (
            SELECT unnest(asked, max_depth := 2) FROM (
                SELECT CAST($asked AS STRUCT(type VARCHAR, phase VARCHAR, first DATE, last DATE, named VARCHAR[])[])
                AS asked
            )
        ) AS asked ON reports.type = asked.type AND reports.phase = asked.phase
        WHERE reports.first <= asked.last + 1 AND reports.last >= asked.first - 1
            AND (
                asked.named = [] OR sources || targets || around = []
                OR list_has_any(sources || targets || around, asked.named)
            )
        UNION
        SELECT happening FROM reports WHERE list_contains($copies, document)
    ) ORDER BY added, event
"""
"""The reports of the happenings that new events may be one of; what `agreement.compare` would refuse is left out."""

_ASKED: Final = ("type", "phase", "first", "last", "named")


def _link_events(
    connection: DuckDBPyConnection,
    accounts: Mapping[str, Sequence[Account]],
    dataset: str | None,
    stories: Mapping[str, Set[str]],
) -> Mapping[str, Sequence[Link]]:
    """Take the accounts of documents for reports of happenings, document by document."""
    if not any(accounts.values()):
        return {}
    asked: dict[tuple[object, ...], Set[str] | None] = {}
    for account in chain.from_iterable(accounts.values()):
        for type, phase in product(agreement.near(account.type), agreement.compared(account.phase)):
            time = type, phase, account.first, account.last
            named = asked.get(time, frozenset())
            # Whoever names nobody may have anybody in mind.
            asked[time] = named | account.everybody if named is not None and account.everybody else None
    values = {
        "asked": [dict(zip(_ASKED, (*time, sorted(named or ())), strict=True)) for time, named in asked.items()],
        "dataset": dataset,
        "copies": sorted(set().union(*stories.values())),
    }
    known = _Known(_reports(connection, _ALIKE, values))
    apart = _apart(connection, [*accounts])
    links: dict[str, Sequence[Link]] = {}
    for document, some in accounts.items():
        story = stories.get(document, frozenset())
        links[document] = assign(some, known.near(some, story), apart=apart, copies=story)
        for link in sorted(links[document], key=lambda link: link.account.event):
            known.add(Report(link.account, link.happening))
    _insert(connection, [*chain.from_iterable(links.values())], dataset)
    return links


class _Known:
    """The reports of happenings that some accounts may be one with, in the order of writing."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._reports: list[Report] = []
        self._alike: dict[tuple[str, str], list[Report]] = defaultdict(list)
        for report in reports:
            self.add(report)

    def add(self, report: Report) -> None:
        """Take in one that was just written."""
        self._reports.append(report)
        self._alike[report.account.type, report.account.phase].append(report)

    def near(self, accounts: Iterable[Account], copies: Set[str]) -> list[Report]:
        """The reports of the happenings that an account may be one of; copies are of one story with the accounts."""
        found = {report.happening for report in self._reports if report.account.document in copies}
        for account in accounts:
            for alike in product(agreement.near(account.type), agreement.compared(account.phase)):
                found.update(
                    report.happening
                    for report in self._alike.get(alike, ())
                    if report.happening not in found and agreement.may_agree(account, report.account)
                )
        return [report for report in self._reports if report.happening in found]


def _apart(connection: DuckDBPyConnection, documents: Sequence[str]) -> dict[str, set[str]]:
    """For the events of documents those that they are not one with, as somebody decided."""
    found: dict[str, set[str]] = defaultdict(set)
    query = """
        SELECT one, other FROM apart WHERE len(list_filter(
            $beginnings, lambda beginning: starts_with(one, beginning) OR starts_with(other, beginning)
        )) > 0
    """
    beginnings = [f"{document}/" for document in documents]
    for one, other in connection.execute(query, {"beginnings": beginnings}).fetchall():
        found[one].add(other)
        found[other].add(one)
    return found


_FIELDS: Final = tuple(field.name for field in fields(Account))
_SETS: Final = frozenset({"sources", "targets", "around", "names", "words"})


def _reports(connection: DuckDBPyConnection, where: str, values: Mapping[str, object]) -> list[Report]:
    columns = ", ".join(f"reports.{name}" for name in _FIELDS)
    rows = connection.execute(
        f"SELECT happening, {columns} FROM reports JOIN documents ON documents.id = document WHERE {where}",  # noqa: S608
        values,
    ).fetchall()
    found = []
    for happening, *row in rows:
        stored = dict(zip(_FIELDS, row, strict=True))
        found.append(Report(Account(**stored | {name: frozenset(stored[name]) for name in _SETS}), happening))
    return found


def _insert(connection: DuckDBPyConnection, links: Sequence[Link], dataset: str | None) -> None:
    """Write what accounts were taken for."""
    rows = []
    for link in links:
        row = {name: getattr(link.account, name) for name in _FIELDS}
        row |= {name: sorted(row[name]) for name in _SETS}
        row |= {"happening": link.happening, "dataset": dataset, "agreement": None, "reasons": ()}
        if link.agreement is not None:
            row |= {"agreement": link.agreement.score, "reasons": link.agreement.reasons}
        rows.append(row)
    insert(connection, "reports", rows)


def assign(
    accounts: Sequence[Account],
    known: Iterable[Report],
    *,
    apart: Mapping[str, Set[str]] = MappingProxyType({}),
    copies: Set[str] = frozenset(),
) -> list[Link]:
    """What each account of a document is a report of: the best agreements first, at most one for a happening.

    An account that counts joins a happening on the word of the reports that count, before any other; where no such
    happening takes it, it may be the first that counts of one that was only disputed. So which counted events are one
    does not depend on those that dispute it.

    `apart` names for an account those that a person said it is not one with; `copies` are the documents of the same
    story, in which what was copied word for word is the same whatever is missing.
    """
    members: dict[str, list[tuple[int, Account]]] = defaultdict(list)
    for place, report in enumerate(known):
        members[report.happening].append((place, report.account))
    found: list[tuple[int, float, int, int, str, Agreement]] = []
    for number, account in enumerate(accounts):
        barred = apart.get(account.id, frozenset())
        for happening, reports in members.items():
            if not barred.isdisjoint(report.id for _, report in reports):
                continue
            counted = [item for item in reports if item[1].counts]
            voting = counted if account.counts and counted else reports
            best = _best(account, [report for _, report in voting], copies)
            if best is not None:
                rank = 2 if not account.counts else 0 if counted else 1
                found.append((rank, -best.score, number, voting[0][0], happening, best))
    taken: dict[int, tuple[str, Agreement]] = {}
    used: set[str] = set()
    for _, _, number, _, happening, best in sorted(found, key=lambda item: item[:4]):
        if number not in taken and happening not in used:
            taken[number] = happening, best
            used.add(happening)
    return [Link(account, *taken.get(number, (account.id, None))) for number, account in enumerate(accounts)]


def _best(account: Account, reports: Iterable[Account], copies: Set[str]) -> Agreement | None:
    """The best agreement with a report of a happening, where more of its reports speak for it than against it."""
    best: Agreement | None = None
    balance = 0
    for report in reports:
        found = agreement.copied(account, report) if report.document in copies else None
        if found is None:
            found = agreement.compare(account, report)
        if found is None or found.score < OTHER:
            balance -= 1
        elif found.score >= SAME:
            balance += 1
            best = max(best or found, found, key=lambda one: one.score)
    return best if balance > 0 else None
