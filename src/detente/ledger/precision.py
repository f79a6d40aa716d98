"""How many of the records are right, by what coders said of a sample, and how far coders agree.

Intervals are those of Wilson (1927, "Probable inference, the law of succession, and statistical inference", Journal of
the American Statistical Association 22: 209-212) for 95 %. A sample has as many records of a rare stratum as of a
common one, so that in the overall share each stratum weighs as much as it has records in the ledger; its interval is
reckoned with the effective number of records of Kish (1965, Survey Sampling, Wiley). Agreement is Krippendorff's alpha
for nominal data (2004, Content Analysis, 2nd ed., Sage, chapter 11).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Any, Final

from detente.ledger import sampling
from detente.ledger.reviews import Kind, Verdict, machine_of, reviewable
from detente.ledger.store import Ledger

NO_RECORD: Final = "no such record"
"""What is wrong where there should be no record at all."""

_Z: Final = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Share:
    """A share of records that are right, with the 95 % interval around it."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Stratum:
    """What a coder said of the records of a stratum."""

    values: Sequence[str]
    records: int
    """How many the ledger holds."""
    right: int
    wrong: int
    unsure: int

    @property
    def precision(self) -> Share | None:
        """The share of those that are right or wrong; None where there is none of these."""
        judged = self.right + self.wrong
        return wilson(self.right / judged, judged) if judged else None


@dataclass(frozen=True)
class Report:
    """What a coder said of one kind of record, in samples stratified by the same columns."""

    kind: Kind
    by: Sequence[str]
    coder: str
    strata: Sequence[Stratum]
    """All of the ledger, those of which nothing was reviewed too."""
    faults: Mapping[str, int]
    """How often each field was wrong; one record may have several."""
    outdated: int
    """Records that are no longer as the coder saw them, and that nothing here counts."""

    @property
    def precision(self) -> Share | None:
        """The share of right records in all strata of which any was judged, each weighing as many as it has records.

        With N_h records of which n_h were judged, the share is Σ N_h p_h / Σ N_h. Its interval is Wilson's for
        (Σ N_h)² / Σ (N_h² / n_h) records.
        """
        judged = [(stratum.records, stratum.right + stratum.wrong, stratum.right) for stratum in self.strata]
        judged = [(records, n, right) for records, n, right in judged if n]
        if not judged:
            return None
        every = sum(records for records, _, _ in judged)
        share = sum(records * right / n for records, n, right in judged) / every
        return wilson(share, every**2 / sum(records**2 / n for records, n, _ in judged))


@dataclass(frozen=True)
class Agreement:
    """How far the coders of one kind of sample agree on which records are right."""

    kind: Kind
    by: Sequence[str]
    coders: Sequence[str]
    records: int
    """How many at least two of them judged."""
    alpha: float | None
    """Krippendorff's; None where it is not defined, as there is no such record or all verdicts are alike."""


def wilson(share: float, n: float) -> Share:
    """Wilson's 95 % score interval around a share of `n` records; `n` may be an effective number, and no integer."""
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return Share(share, max(middle - half, 0.0), min(middle + half, 1.0))


def reports(ledger: Ledger) -> Iterator[Report]:
    """What each coder said, for each kind of sample."""
    said = _said(ledger)
    now = _now(ledger, {review.document for review in said})
    groups: dict[tuple[Kind, tuple[str, ...], str], list[_Said]] = defaultdict(list)
    for review in said:
        groups[(*sampling.design(review.stratum), review.coder)].append(review)
    for (kind, by, coder), some in sorted(groups.items()):
        current = [review for review in some if now.get((review.document, review.record)) == review.machine]
        verdicts = Counter((review.stratum, review.verdict) for review in current)
        strata = [
            Stratum(
                sampling.values(stratum),
                records,
                *(verdicts[stratum, verdict] for verdict in ("right", "wrong", "unsure")),
            )
            for stratum, records in sampling.sizes(ledger, kind, by).items()
        ]
        faults = Counter(field for review in current for field in review.faults)
        yield Report(kind, by, coder, strata, dict(faults.most_common()), len(some) - len(current))


def agreements(ledger: Ledger) -> Iterator[Agreement]:
    """How far coders agree, for each kind of sample that several coders reviewed."""
    groups: dict[tuple[Kind, tuple[str, ...]], dict[tuple[str, str, str], dict[str, int]]] = defaultdict(dict)
    coders: dict[tuple[Kind, tuple[str, ...]], set[str]] = defaultdict(set)
    for review in _said(ledger):
        if review.verdict != "unsure":
            key = sampling.design(review.stratum)
            coders[key].add(review.coder)
            # The record as it was seen: of one that was read anew in between, the coders saw two.
            seen = (review.document, review.record, review.machine)
            groups[key].setdefault(seen, {})[review.coder] = int(review.verdict == "right")
    for (kind, by), found in sorted(groups.items()):
        named = sorted(coders[kind, by])
        if len(named) > 1:
            several = [verdicts for verdicts in found.values() if len(verdicts) > 1]
            yield Agreement(kind, by, named, len(several), _alpha(several, named))


def _alpha(verdicts: Sequence[Mapping[str, int]], coders: Sequence[str]) -> float | None:
    import krippendorff

    if len({verdict for of_record in verdicts for verdict in of_record.values()}) < 2:
        return None
    table = [[of_record.get(coder, float("nan")) for of_record in verdicts] for coder in coders]
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))


@dataclass(frozen=True)
class _Said:
    """What a coder said of a record."""

    document: str
    record: str
    coder: str
    stratum: str
    machine: str
    verdict: Verdict
    faults: Sequence[str]


def _said(ledger: Ledger) -> list[_Said]:
    rows: Iterator[dict[str, Any]] = iter(
        ledger.sql(
            """
            SELECT document, record, coder, stratum, machine::VARCHAR AS machine, verdict,
                list(coalesce(field, $no_record) ORDER BY field) FILTER (verdict = 'wrong') AS faults
            FROM reviews GROUP BY ALL ORDER BY ALL
            """,
            {"no_record": NO_RECORD},
        )
    )
    return [_Said(**row | {"faults": row["faults"] or []}) for row in rows]


def _now(ledger: Ledger, documents: set[str]) -> Mapping[tuple[str, str], str]:
    """The records of some documents as they are now, by document and id."""
    return {
        (reading.document.id, record.id): machine_of(record)
        for reading in ledger.readings_of(sorted(documents))
        for record in reviewable(reading)
    }
