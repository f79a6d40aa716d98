"""Balanced tables of deeds by unit and time, for regressions: every unit in every period, from the first to the last.

A count of deeds says something only beside what was read. Where documents were read, a count of zero is a true zero;
of a period from which nothing was read nothing is known, and its counts are missing. Only deeds told as facts are
counted, each happening once; what is alleged stands beside them. Nothing is summed over data sets, and no mean is taken
over two scales of intensity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, get_args

from detente import days, plover
from detente.days import By
from detente.errors import InputError
from detente.ledger import Ledger
from detente.ledger.asking import Rows
from detente.ledger.formats import TEXTS
from detente.ledger.formats import tables as files
from detente.ledger.manifest import Manifest, check_dataset, export
from detente.records import EventType, IntensityScale, Quad
from detente.world import tables

Unit = Literal["dyad-month", "country-month", "dyad-day"]

_FORMATS: Final[Mapping[str, files.Format]] = MappingProxyType({".csv": "csv", ".parquet": "parquet"})

MOST_ROWS: Final = 5_000_000
"""More are refused: 200 states by month over ten years are 4.8 million, by day 145 million."""


@dataclass(frozen=True)
class Panel:
    """A balanced table: `states` as ordered pairs or one by one, by the periods that begin on `first` … `last`."""

    unit: Unit
    dataset: str | None
    scale: IntensityScale | None
    """The scale of the mean intensities; None where there is no deed."""
    states: Sequence[str]
    first: date
    last: date
    rows: Rows
    """In the order of units and periods; docs/research.md explains the columns."""
    left_out: Mapping[str, int]
    """Documents, and deeds from one source to one target each, that are in no cell, by the reason why."""


def panel(
    ledger: Ledger,
    unit: Unit,
    *,
    since: str | None = None,
    until: str | None = None,
    dataset: str | None = None,
    actors: Sequence[str] = (),
    scale: IntensityScale | None = None,
) -> Panel:
    """The table of one data set; None stands for the texts that were read.

    Its periods go from that of the first document to that of the last, or from `since` to `until`. Its states are all
    that are a party to a deed of the data set (for countries: all that anybody in such a deed belongs to), or `actors`
    by their codes. `scale` says of which deeds the mean intensity is taken where there are two scales.

    Raises `InputError` where the ledger has no such data set, state or day of publication, where the table would have
    more than `MOST_ROWS` rows, and where there are two scales and none is named; `ValueError` for a `since` or `until`
    that is no date.
    """
    shape = _COUNTRIES if unit == "country-month" else _DYADS
    check_dataset(ledger, dataset)
    found = [row["state"] for row in ledger.sql(shape.states, {"dataset": dataset, "not_states": [*plover.NOT_STATES]})]
    states = sorted({*actors}) or found
    _check_states(states, found)
    first, last = _time(ledger, unit, dataset, since, until)
    _check_size(unit, len(states), first, last)
    scale = scale or _scale(ledger, dataset)
    values = {"dataset": dataset, "step": _step(unit), "states": states, "first": first, "last": last}
    judged = _EXPOSED + _judged(shape)
    left_out = ledger.sql(judged + _LEFT_OUT, values)
    return Panel(
        unit=unit,
        dataset=dataset,
        scale=scale,
        states=states,
        first=first,
        last=last,
        rows=ledger.sql(judged + _table(shape), values | {"scale": scale}),
        left_out={row["why"]: int(row["number"]) for row in left_out},
    )


def write(
    ledger: Ledger,
    file: Path,
    unit: Unit,
    *,
    since: str | None = None,
    until: str | None = None,
    dataset: str | None = None,
    actors: Sequence[str] = (),
    scale: IntensityScale | None = None,
) -> Manifest:
    """Write the table that `panel` gives to `file` (.csv or .parquet), with its manifest beside it.

    Raises as `panel`, `detente.ledger.manifest.export` and `detente.ledger.formats.tables.write`.
    """
    format = _FORMATS.get(file.suffix)
    if format is None:
        raise InputError(str(file), f"its ending is none of {', '.join(_FORMATS)}; name a file that ends so")
    made = panel(ledger, unit, since=since, until=until, dataset=dataset, actors=actors, scale=scale)
    return export(
        ledger,
        file,
        lambda new: files.write([made.rows], format, new),
        columns=made.rows.columns,
        dataset=dataset,
        parameters={
            "command": "panel",
            "unit": unit,
            "since": since,
            "until": until,
            "actors": [*actors],
            "scale": made.scale,
            "states": made.states,
            "first": made.first,
            "last": made.last,
        },
        left_out=made.left_out,
    )


@dataclass(frozen=True)
class _Shape:
    """What a table of dyads and one of countries differ in, as SQL."""

    keys: tuple[str, ...]
    """The columns that tell the units apart."""
    states: str
    """The states of a data set."""
    units: str
    """The units that some states make."""
    outside: str
    """When a deed is none of any unit, and what that is called: the branches of a CASE."""
    counted: str
    """The deeds that are counted, once for each unit and side, with their keys."""
    sides: Mapping[str, str]
    """What the columns of each side begin with, and which deeds are counted there."""


_IS_STATE: Final = "regexp_full_match(state, '[A-Z]{3}') AND NOT list_contains($not_states, state)"

_DYADS: Final = _Shape(
    keys=("source", "target"),
    states=f"""
        SELECT DISTINCT state FROM (
            SELECT source_party AS state FROM deeds WHERE dataset IS NOT DISTINCT FROM $dataset UNION ALL
            SELECT target_party FROM deeds WHERE dataset IS NOT DISTINCT FROM $dataset
        ) WHERE {_IS_STATE} ORDER BY state
    """,  # noqa: S608
    units="""
        SELECT source, target FROM unnest($states) AS sources(source), unnest($states) AS targets(target)
        WHERE source <> target
    """,
    outside="""
        WHEN source_party = target_party THEN 'deeds within one party'
        WHEN NOT list_contains($states, source_party) OR NOT coalesce(list_contains($states, target_party), false)
            THEN 'deeds that are not between two of the states'
    """,
    # The table of deeds has one row for each pair of parties.
    counted="SELECT * REPLACE (source_party AS source, target_party AS target) FROM placed",
    sides=MappingProxyType({"": "true"}),
)

_COUNTRIES: Final = _Shape(
    keys=("country",),
    states=f"""
        SELECT DISTINCT state FROM (
            SELECT source_country AS state FROM deeds WHERE dataset IS NOT DISTINCT FROM $dataset UNION ALL
            SELECT target_country FROM deeds WHERE dataset IS NOT DISTINCT FROM $dataset
        ) WHERE {_IS_STATE} ORDER BY state
    """,  # noqa: S608
    units="SELECT unnest($states) AS country",
    outside="""
        WHEN NOT coalesce(list_contains($states, source_country), false)
            AND NOT coalesce(list_contains($states, target_country), false)
            THEN 'deeds that nobody of the states did and that were done to nobody of them'
    """,
    # A deed of several, or to several, is one deed of their country.
    counted="""
        SELECT DISTINCT document, event, period, status, type, quad, intensity, intensity_scale, country, side
        FROM (
            SELECT *, source_country AS country, if(source_country = target_country, 'within', 'by') AS side FROM placed
            UNION ALL
            SELECT *, target_country AS country, 'to' AS side FROM placed
            WHERE source_country IS DISTINCT FROM target_country
        )
    """,
    sides=MappingProxyType({f"{side}_": f"side = '{side}'" for side in ("by", "to", "within")}),
)

_ACTUAL: Final = "status = 'actual'"

_COUNTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "deeds": _ACTUAL,
        **{quad: f"{_ACTUAL} AND quad = '{quad}'" for quad in get_args(Quad)},
        **{type_.lower(): f"{_ACTUAL} AND type = '{type_}'" for type_ in get_args(EventType)},
        "alleged": "status = 'alleged'",
    }
)
"""The columns that count deeds, with which they count."""

_EXPOSED: Final = """
    WITH exposed AS (
        SELECT date_trunc($step, first)::DATE AS period, sum(documents)::BIGINT AS documents,
            count(DISTINCT outlet) AS outlets
        FROM exposure
        WHERE dataset IS NOT DISTINCT FROM $dataset AND date_trunc($step, first) = date_trunc($step, last)
        GROUP BY ALL
    )
"""
"""What was read, by period. A text whose day of publication leaves the period open is in none."""

_LEFT_OUT: Final = """
    SELECT left_out AS why, count(*) AS number FROM judged WHERE left_out IS NOT NULL GROUP BY ALL
    UNION ALL
    SELECT 'documents whose publication is not known to the ' || $step, sum(documents) AS number FROM exposure
    WHERE dataset IS NOT DISTINCT FROM $dataset
        AND (first IS NULL OR date_trunc($step, first) <> date_trunc($step, last))
    HAVING number > 0
    ORDER BY why
"""


def _judged(shape: _Shape) -> str:
    """The deeds of the data set, each with the first reason why it is in no cell, or none: `left_out`."""
    return f"""
        , judged AS (
            SELECT deeds.*, exposed.period,
                CASE
                    WHEN NOT counts THEN 'deeds that another report of the same happening counts'
                    WHEN first IS NULL THEN 'deeds without a date'
                    WHEN date_trunc($step, first) <> date_trunc($step, last)
                        THEN 'deeds that are not dated to the ' || $step
                    WHEN date_trunc($step, first) NOT BETWEEN $first AND $last THEN 'deeds outside the time'
                    {shape.outside}
                    WHEN exposed.period IS NULL THEN 'deeds in a ' || $step || ' from which nothing was read'
                END AS left_out
            FROM deeds
            LEFT JOIN exposed ON exposed.period = date_trunc($step, first)::DATE
            WHERE dataset IS NOT DISTINCT FROM $dataset
        ),
        placed AS (SELECT * FROM judged WHERE left_out IS NULL)
    """  # noqa: S608


def _table(shape: _Shape) -> str:
    """The table out of `placed` and `exposed`: all units by all periods, with what is known of them."""
    counted, shown = [], []
    for prefix, side in shape.sides.items():
        for name, which in _COUNTS.items():
            counted.append(f"count(*) FILTER ({which} AND {side}) AS {prefix}{name}")
            # Where documents were read, none is zero; where none were, it is not known. Narrow, as there are many.
            shown.append(f"if(exposed.period IS NULL, NULL, coalesce({prefix}{name}, 0))::INTEGER AS {prefix}{name}")
        # Decimals: a mean of floats depends on the order in which threads add them, and equal ledgers give equal files.
        mean = "avg(intensity::DECIMAL(9, 6))"
        counted.append(f"{mean} FILTER ({_ACTUAL} AND intensity_scale = $scale AND {side}) AS {prefix}intensity")
        shown.append(f"{prefix}intensity")
        shown.append(f"1000 * coalesce({prefix}deeds, 0) / exposed.documents AS {prefix}deeds_per_1000")
    keys = ", ".join((*shape.keys, "period"))
    return f"""
        , units AS ({shape.units}),
        periods AS (
            SELECT DISTINCT date_trunc($step, day)::DATE AS period
            FROM unnest(generate_series($first, $last, INTERVAL 1 DAY)) AS every(day)
        ),
        counted AS (SELECT {keys}, {", ".join(counted)} FROM ({shape.counted}) GROUP BY ALL)
        SELECT
            coalesce($dataset::VARCHAR, '{TEXTS}') AS dataset,
            {keys},
            (exposed.period IS NOT NULL)::INTEGER AS read,
            coalesce(exposed.documents, 0)::INTEGER AS documents,
            coalesce(exposed.outlets, 0)::INTEGER AS outlets,
            {", ".join(shown)},
            $scale::VARCHAR AS intensity_scale
        FROM units
        CROSS JOIN periods
        LEFT JOIN exposed USING (period)
        LEFT JOIN counted USING ({keys})
        ORDER BY {keys}
    """  # noqa: S608


def _step(unit: Unit) -> By:
    return "day" if unit == "dyad-day" else "month"


def _check_states(states: Sequence[str], found: Sequence[str]) -> None:
    """Raise `InputError` where there is nobody, or somebody whom neither the data set nor the registry knows."""
    if not states:
        raise InputError("states", "none is a party to any deed of this data set; name some with --actors RUS,USA")
    known = {*found, *(state.code for state in tables.states())}
    for state in states:
        if state not in known:
            raise InputError(state, "is no state's code; write codes of three capital letters, such as RUS,USA")


def _time(ledger: Ledger, unit: Unit, dataset: str | None, since: str | None, until: str | None) -> tuple[date, date]:
    """The first days of the first and the last period. Raises `InputError` where there is none."""
    query = _EXPOSED + "SELECT min(period) AS first, max(period) AS last FROM exposed"  # noqa: S608
    (read,) = ledger.sql(query, {"dataset": dataset, "step": _step(unit)})
    if read["first"] is None:
        raise InputError(
            str(ledger.path),
            f"no document tells to the {_step(unit)} when it was published, so that nothing tells a zero from what was "
            "not read; read the documents again with --published",
        )
    first = read["first"] if since is None else days.begin(_step(unit), date.fromisoformat(days.earliest(since)))
    last = read["last"] if until is None else days.begin(_step(unit), date.fromisoformat(days.latest(until)))
    if first > last:
        raise InputError(
            f"{first} to {last}", f"is no time; documents were read from {read['first']} to {read['last']}"
        )
    return first, last


def _check_size(unit: Unit, states: int, first: date, last: date) -> None:
    """Raise `InputError` where there are too many rows."""
    periods = (
        (last - first).days + 1 if unit == "dyad-day" else 12 * (last.year - first.year) + last.month - first.month + 1
    )
    rows = periods * (states if unit == "country-month" else states * (states - 1))
    if rows > MOST_ROWS:
        raise InputError(
            unit,
            f"{states} states from {first} to {last} make {rows:,} rows, and at most {MOST_ROWS:,} are written; "
            "name fewer states with --actors RUS,USA, or a shorter time with --since and --until",
        )


def _scale(ledger: Ledger, dataset: str | None) -> IntensityScale | None:
    """The one scale on which the intensities are. Raises `InputError` where there are two."""
    query = """
        SELECT DISTINCT intensity_scale AS scale FROM deeds
        WHERE dataset IS NOT DISTINCT FROM $dataset AND counts AND status = 'actual' ORDER BY scale
    """
    scales: list[IntensityScale] = [row["scale"] for row in ledger.sql(query, {"dataset": dataset})]
    if len(scales) > 1:
        raise InputError(
            "intensity",
            f"is on several scales ({', '.join(scales)}), of which no mean is taken together; name one with --scale",
        )
    return scales[0] if scales else None
