"""Samples are random, stratified and the same for all; what coders say stands beside the records and is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import krippendorff
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from detente import InputError, Ledger
from detente.ledger.precision import NO_RECORD, Report, Stratum, agreements, reports, wilson
from detente.ledger.reviews import FIELDS, TYPES, Review, Verdict, checked, reviewable
from detente.ledger.sampling import Drawn, sample, sizes
from detente.records import EventType, Reading, Status
from tests.examples import READING
from tests.relations.made import event, reading

BY = ("type", "status")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger with 60 accusations, 6 threats and 2 that are denied, and an imported event."""
    deeds: list[tuple[EventType, Status]] = [("ACCUSE", "actual")] * 60
    deeds += [("THREATEN", "actual")] * 6
    deeds += [("THREATEN", "denied")] * 2
    with Ledger(tmp_path_factory.mktemp("ledger") / "many.duckdb") as ledger:
        made = [event(("RUS",), type_, ("UKR",), status=status) for type_, status in deeds]
        for start in range(0, len(made), 20):
            ledger.add(reading("2024-01-10", *made[start : start + 20]))
        ledger.add(reading("2024-01-10", event(("RUS",), "AID", ("UKR",))), dataset="counts")
        yield ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.duckdb") as opened:
        yield opened


def say(ledger: Ledger, one: Drawn, coder: str, verdict: Verdict, corrections: Mapping[str, str] | None = None) -> None:
    """Review a record that was drawn."""
    (read,) = ledger.readings_of([one.document])
    record = next(record for record in reviewable(read) if record.id == one.record)
    ledger.review(Review(one.document, record, one.stratum, coder, verdict, corrections or {}))


def strata(drawn: Sequence[Drawn]) -> list[int]:
    """How many were drawn of each stratum, the most first."""
    return sorted(Counter(one.stratum for one in drawn).values(), reverse=True)


def test_as_many_are_drawn_of_each_stratum_and_all_of_a_small_one(many: Ledger) -> None:
    assert strata(sample(many, "events", 6, BY, 0)) == [2, 2, 2]
    assert strata(sample(many, "events", 14, BY, 0)) == [6, 6, 2]
    assert strata(sample(many, "events", 1000, BY, 0)) == [60, 6, 2]
    assert strata(sample(many, "events", 10, ("type",), 0)) == [5, 5]
    assert sorted(sizes(many, "events", BY).values()) == [2, 6, 60]


def test_a_seed_draws_the_same_again_and_another_seed_something_else(many: Ledger) -> None:
    drawn = [sample(many, "events", 12, BY, seed) for seed in (0, 0, 1)]
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]
    # Who stops early has seen the same as who draws fewer.
    assert sample(many, "events", 5, BY, 0) == drawn[0][:5]


def test_the_draw_depends_neither_on_the_order_of_writing_nor_on_what_is_imported(tmp_path: Path) -> None:
    some = [reading("2024-01-10", event(("RUS",), "ACCUSE", ("UKR",))) for _ in range(6)]
    drawn = []
    for name, order in (("one", some), ("other", some[::-1])):
        with Ledger(tmp_path / f"{name}.duckdb") as ledger:
            for read in order:
                ledger.add(read)
            drawn.append(sample(ledger, "events", 4, BY, 0))
    assert drawn[0] == drawn[1]


def test_any_record_of_a_stratum_may_be_drawn(many: Ledger) -> None:
    every = {one.record for one in sample(many, "events", 1000, ("type",), 0)}
    # More than half of them each time: that one is never drawn is as likely as heads forty times in a row.
    drawn = {one.record for seed in range(40) for one in sample(many, "events", 50, ("type",), seed)}
    assert drawn == every


def test_what_cannot_be_drawn_is_told(many: Ledger, ledger: Ledger) -> None:
    with pytest.raises(InputError, match="colour: is no column of events to stratify by; these are: date, "):
        sample(many, "events", 5, ("colour",), 0)
    with pytest.raises(InputError, match="holds no positions of texts that were read"):
        sample(many, "positions", 5, ("act",), 0)


def test_holdings_are_stratified_by_their_kind(ledger: Ledger) -> None:
    ledger.add(READING)
    (drawn,) = sample(ledger, "holdings", 5, ("kind", "place"), 0)
    assert (drawn.document, drawn.record) == ("d1", "h1")
    say(ledger, drawn, "A", "right")
    (report,) = reports(ledger)
    assert (report.kind, report.by, report.strata[0].values) == ("holdings", ("kind", "place"), ["presence", "Faya"])


def test_nothing_that_was_read_changes_by_a_review(ledger: Ledger) -> None:
    ledger.add(READING)
    for one in sample(ledger, "events", 5, BY, 0):
        say(ledger, one, "A", "wrong", {"type": "ACCUSE", "date": "none"})
    assert list(ledger.readings()) == [READING]
    rows = [*ledger.sql("SELECT * EXCLUDE (made, stratum) FROM reviews ORDER BY ALL")]
    machine = {record.id: msgspec.json.encode(record).decode() for record in READING.events}
    assert rows == [
        {"document": "d1", "record": id, "coder": "A", "verdict": "wrong"}
        | {"field": field, "correction": correction, "machine": machine[id]}
        for id in ("e1", "e2")
        for field, correction in (("date", "none"), ("type", "ACCUSE"))
    ]
    ledger.add(READING, again=True)
    assert len([*ledger.sql("FROM reviews")]) == 4


def test_what_a_coder_says_later_stands_for_what_was_said_before(ledger: Ledger) -> None:
    ledger.add(READING)
    (one, *_) = sample(ledger, "events", 5, BY, 0)
    say(ledger, one, "A", "wrong", {"type": "ACCUSE", "date": "2024"})
    say(ledger, one, "B", "unsure")
    say(ledger, one, "A", "right")
    rows = [(row["coder"], row["verdict"], row["field"]) for row in ledger.sql("FROM reviews ORDER BY coder")]
    assert rows == [("A", "right", None), ("B", "unsure", None)]


def test_precision_weighs_each_stratum_by_the_records_that_it_has(many: Ledger, tmp_path: Path) -> None:
    for one in sample(many, "events", 14, BY, 0):
        threat = "THREATEN" in one.stratum
        say(many, one, "A", "wrong" if threat else "right", {"type": "AID"} if threat else {})
    (report,) = [found for found in reports(many) if found.by == BY]
    assert (report.kind, report.by, report.coder, report.outdated) == ("events", BY, "A", 0)
    assert {tuple(s.values): (s.records, s.right, s.wrong) for s in report.strata} == {
        ("ACCUSE", "actual"): (60, 6, 0),
        ("THREATEN", "actual"): (6, 0, 6),
        ("THREATEN", "denied"): (2, 0, 2),
    }
    assert report.faults == {"type": 8}
    assert report.precision is not None
    # 6 of 14 in the sample, 60 of 68 in the ledger.
    assert report.precision.share == pytest.approx(60 / 68)
    effective = 68**2 / (60**2 / 6 + 6**2 / 6 + 2**2 / 2)
    assert report.precision == wilson(60 / 68, effective)
    assert effective < 14


def test_what_nobody_can_tell_and_what_nobody_saw_is_in_no_share() -> None:
    seen, unsure, unseen = Stratum(["A"], 10, 3, 1, 1), Stratum(["B"], 50, 0, 0, 2), Stratum(["C"], 90, 0, 0, 0)
    assert seen.precision == wilson(0.75, 4)
    assert unsure.precision is unseen.precision is None
    assert Report("events", ("type",), "A", [seen, unsure, unseen], {}, 0).precision == wilson(0.75, 4)
    assert Report("events", ("type",), "A", [unsure, unseen], {}, 0).precision is None


@given(n=st.integers(1, 500), data=st.data())
def test_the_interval_is_that_of_wilson(n: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, n))
    interval = binomtest(right, n).proportion_ci(method="wilson")
    found = wilson(right / n, n)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high), abs=1e-9)
    assert found.low >= 0
    assert found.high <= 1
    assert found.low - 1e-12 <= found.share <= found.high + 1e-12


@given(
    parts=st.lists(
        st.tuples(st.integers(1, 10_000), st.integers(1, 60), st.floats(0, 1)).map(
            lambda part: Stratum(
                [str(part)], max(part[0], part[1]), round(part[1] * part[2]), part[1] - round(part[1] * part[2]), 0
            )
        ),
        min_size=1,
        max_size=6,
    )
)
def test_a_weighted_share_is_no_surer_than_one_of_as_many_records(parts: list[Stratum]) -> None:
    whole = Report("events", ("type",), "A", parts, {}, 0).precision
    assert whole is not None
    judged = sum(part.right + part.wrong for part in parts)
    as_many = wilson(whole.share, judged)
    assert whole.high - whole.low >= as_many.high - as_many.low - 1e-12
    shares = [part.precision.share for part in parts if part.precision is not None]
    assert min(shares) - 1e-12 <= whole.share <= max(shares) + 1e-12


def test_a_record_that_was_read_anew_is_counted_no_more(ledger: Ledger) -> None:
    ledger.add(READING)
    for one in sample(ledger, "events", 5, BY, 0):
        say(ledger, one, "A", "right")
    changed = msgspec.structs.replace(READING.events[0], date="2024-10")
    ledger.add(msgspec.structs.replace(READING, events=(changed, READING.events[1])), again=True)
    (report,) = reports(ledger)
    assert (sum(stratum.right for stratum in report.strata), report.outdated) == (1, 1)


def test_coders_agree_as_far_as_krippendorff_says(many: Ledger, tmp_path: Path) -> None:
    verdicts: Mapping[str, list[Verdict]] = {
        "one": ["right", "right", "wrong", "right", "unsure", "wrong"],
        "two": ["right", "wrong", "wrong", "right", "right"],
        "three": ["unsure", "wrong"],
    }
    for coder, said in verdicts.items():
        for one, verdict in zip(sample(many, "events", 6, ("type",), 7), said, strict=False):
            say(many, one, coder, verdict)
    (agreement,) = [found for found in agreements(many) if found.by == ("type",)]
    assert agreement.coders == ["one", "three", "two"]
    # The first to the fourth; of the fifth one is not sure, and the sixth is the first coder's alone.
    assert agreement.records == 4
    nan = float("nan")
    table = [[1, 1, 0, 1, nan, 0], [1, 0, 0, 1, 1, nan], [nan, 0, nan, nan, nan, nan]]
    assert agreement.alpha == pytest.approx(krippendorff.alpha(table, level_of_measurement="nominal"))


@pytest.mark.parametrize(("said", "records"), [(("right", "right"), 1), (("right", "unsure"), 0)])
def test_agreement_is_not_defined_where_all_say_the_same(
    ledger: Ledger, said: tuple[Verdict, Verdict], records: int
) -> None:
    ledger.add(READING)
    (one, *_) = sample(ledger, "events", 5, BY, 0)
    for coder, verdict in zip(("A", "B"), said, strict=True):
        say(ledger, one, coder, verdict)
    assert [(found.records, found.alpha) for found in agreements(ledger)] == ([(records, None)] if records else [])


def test_a_rejected_record_is_a_fault_of_its_own(ledger: Ledger) -> None:
    ledger.add(READING)
    for one in sample(ledger, "events", 5, BY, 0):
        say(ledger, one, "A", "wrong")
    (report,) = reports(ledger)
    assert report.faults == {NO_RECORD: 2}


def test_the_fields_that_may_be_wrong_are_those_of_the_records() -> None:
    for kind, fields in FIELDS.items():
        assert set(fields) <= set(TYPES[kind].__struct_fields__)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("type", "accuse", "ACCUSE"),
        ("status", "Alleged", "alleged"),
        ("date", "2024-06", "2024-06"),
        ("date", "NONE", "none"),
        ("sources", "the ministry", "the ministry"),
    ],
)
def test_a_correction_is_spelled_as_the_field_is(field: str, value: str, kept: str) -> None:
    assert checked("events", field, value) == kept


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("type", "war", "war is no type; these are: AGREE, "),
        ("date", "soon", "'soon' is no date"),
        ("colour", "red", "colour is nothing that can be wrong; these can: type, "),
        ("id", "e9", "id is nothing"),
    ],
)
def test_a_correction_that_cannot_be_is_told(field: str, value: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        checked("events", field, value)


def test_reviewable_is_what_rests_on_words() -> None:
    read: Reading = READING
    assert [record.id for record in reviewable(read)] == ["s1", "e1", "e2", "h1", "p1"]
