"""The situation out of a ledger: what is new, who changed position, who denies what, and how many report it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path

import duckdb
import pytest
from lxml import html as lxml_html
from rich.console import Console

from detente import Ledger
from detente.brief import html, situation, terminal
from detente.brief.model import Line, Situation
from detente.brief.numbering import lines
from detente.brief.situation import gather, recalled
from detente.ledger.memory import Brief
from detente.records import Count, Reading, Size
from tests.brief.made import Made, crisis

MADE = datetime(2026, 11, 20, 14, 2)
REFUSED = "Avalon refused to extend the grain deal"
PROMISED = "Avalon promised to extend the grain deal"

Filled = Callable[..., Path]


@pytest.fixture
def filled(tmp_path: Path) -> Filled:
    """Writes readings to a ledger."""

    def fill(*readings: Reading) -> Path:
        path = tmp_path / "ledger.duckdb"
        with Ledger(path) as ledger:
            for reading in readings:
                ledger.add(reading)
        return path

    return fill


def brief(path: Path, **asked: str | None) -> Situation:
    with Ledger(path, read_only=True) as ledger:
        return recalled(ledger, **asked)[0]


def remember(path: Path, about: str | None = None) -> None:
    """As after a brief."""
    with Ledger(path) as ledger:
        _, upto = recalled(ledger, about=about)
        ledger.remember_brief(about, Brief(MADE, upto))


def happen(path: Path, *happenings: tuple[str, ...], copies: dict[str, str] | None = None) -> None:
    """Let the ledger take the events of each tuple, by DOCUMENT/ID, for one happening."""
    with duckdb.connect(path) as connection:
        connection.execute("DELETE FROM reports; DELETE FROM copies")
        for events in happenings:
            for event in events:
                connection.execute(
                    "INSERT INTO reports BY NAME SELECT ? AS document, ? AS event, ? AS happening, '' AS type, "
                    "'told' AS phase, false AS dated, [] AS reasons, [] AS sources, [] AS targets, [] AS around, "
                    "[] AS names, [] AS words",
                    [*event.split("/"), events[0]],
                )
        for copy, original in (copies or {}).items():
            connection.execute("INSERT INTO copies VALUES (?, ?, 1)", [copy, original])


def stand(text: str, act: str, what: str, *, id: str, published: str, **fields: object) -> Made:
    """A text in which Avalon takes a position."""
    made = Made(f"{text}.", id=id, published=published)
    made.actor("AVA", "Avalon")
    made.position("AVA", act, what, text, **fields)  # type: ignore[arg-type]
    return made


def shelled(text: str, *, id: str, source: str, **fields: object) -> Made:
    made = Made(text, id=id, source=source)
    made.actor("AVA", "Avalon")
    made.actor("BOR", "Borduria")
    made.event("ASSAULT", text, sources=("AVA",), targets=("BOR",), trigger="Kelt", **fields)  # type: ignore[arg-type]
    return made


def dead(number: int) -> Size:
    return Size(dead=Count(low=number, high=number, text=str(number)))


def texts(some: list[Line]) -> list[str]:
    return [line.text for line in some]


def claimed(situation: Situation) -> dict[str, list[str]]:
    return {group.heading: [line.text for line in group.lines] for group in situation.claimed}


def shown(situation: Situation) -> str:
    file = StringIO()
    terminal.render(situation, Console(file=file, width=300))
    return file.getvalue()


def test_a_ledger_that_knows_no_more_than_its_readings_gives_the_same_lines(filled: Filled) -> None:
    some = [crisis().reading, crisis(id="d2", source="Other Outlet", published="2024-06-20").reading]
    path = filled(*some)
    happen(path)
    assert texts(list(lines(brief(path)))) == texts(list(lines(gather(some))))


def test_the_first_brief_marks_nothing(filled: Filled) -> None:
    situation = brief(filled(crisis().reading))
    assert situation.former is None
    assert not any(line.new for line in lines(situation))
    assert "new" not in shown(situation)


def test_what_came_in_after_the_last_brief_is_new(filled: Filled) -> None:
    remember(filled(crisis().reading))
    later = stand("Avalon opposed the truce", "oppose", "the truce", id="d2", published="2024-06-15")
    again = crisis(id="d3", source="Other Outlet")
    situation = brief(filled(later.reading, again.reading))
    assert situation.former == "2026-11-20T14:02:00Z"
    # What the third document repeats stands in lines that the first one carries too.
    assert [line.records for line in lines(situation) if line.new and line.records[0].startswith("d2")] == [("d2/p1",)]
    assert not any(line.new for line in lines(situation) if any(r.startswith("d1/") for r in line.records))
    new = sum(line.new for line in lines(situation))
    text = shown(situation)
    assert f"Since the brief of 2026-11-20 14:02 UTC: {new} line" in text
    assert text.count("(new)") == new + sum(line.new for line in situation.summary)


def test_nothing_is_new_where_nothing_came_in(filled: Filled) -> None:
    path = filled(crisis().reading)
    remember(path)
    situation = brief(path)
    assert not any(line.new for line in lines(situation))
    assert "Since the brief of 2026-11-20 14:02 UTC: no line is new." in shown(situation)


@pytest.mark.parametrize(("about", "same"), [("avalón", True), ("AVALON", True), ("Borduria", False), (None, False)])
def test_the_last_brief_is_the_one_about_the_same(filled: Filled, about: str | None, same: bool) -> None:
    path = filled(crisis().reading)
    remember(path, "Avalon")
    assert (brief(path, about=about).former is not None) is same


def test_who_changed_position_is_told_with_both_halves(filled: Filled) -> None:
    earlier = stand(REFUSED, "refuse", "to extend the grain deal", id="d1", published="2024-03-01", of="KRA")
    later = Made(f"{PROMISED}, Roth said.", id="d2", published="2024-10-05")
    later.actor("AVA", "Avalon")
    later.actor("person:ana-roth", "Ana Roth", "person", mentions=("Roth",), acts_for="AVA")
    said = later.statement(PROMISED, by="person:ana-roth", named="Roth")
    later.position("AVA", "promise", "to extend the grain deal", PROMISED, statement=said)
    situation = brief(filled(earlier.reading, later.reading), about="Avalon", since="2024-10-01")
    (change,) = situation.changes
    assert [line.text for line in (change.earlier, change.later)] == [
        "refused towards KRA: “to extend the grain deal” (2024-03-01)",
        "promised: “to extend the grain deal” (2024-10-05), by the account of Ana Roth",
    ]
    known = {sentence.number: sentence.text for sentence in situation.sentences}
    assert [known[n] for line in (change.earlier, change.later) for n in line.references] == [
        f"{REFUSED}.",
        f"{PROMISED}, Roth said.",
    ]
    # What lies before the time asked for stands in this section alone.
    assert [line.records for group in situation.positions for line in group.lines] == [("d2/p1", "d2/s1")]
    assert "CHANGED POSITION" in shown(situation)
    page = lxml_html.document_fromstring(html.render(situation))
    assert page.xpath("count(//section[@aria-labelledby='changes']//li)") == 2


def test_a_change_before_the_time_asked_for_is_not_told(filled: Filled) -> None:
    path = filled(
        stand(REFUSED, "refuse", "to extend the grain deal", id="d1", published="2024-03-01").reading,
        stand(PROMISED, "promise", "to extend the grain deal", id="d2", published="2024-04-01").reading,
        # It holds on to what it promised: nothing new.
        stand(PROMISED, "promise", "to extend the grain deal", id="d3", published="2024-10-05").reading,
    )
    assert brief(path, since="2024-10-01").changes == ()
    assert len(brief(path).changes) == 1


@pytest.mark.parametrize(
    ("text", "act", "what", "fields"),
    [
        (REFUSED, "refuse", "to extend the grain deal", {}),
        ("Avalon promised not to extend the grain deal", "promise", "not to extend the grain deal", {}),
        ("Avalon promised to end the grain deal", "promise", "to end the grain deal", {}),
        ("Avalon promised to extend the gas deal", "promise", "to extend the gas deal", {}),
        ("Avalon promised to extend the deal", "promise", "to extend the deal", {}),
        ("Avalon demanded to extend the grain deal", "demand", "to extend the grain deal", {}),
        ("Avalon had promised to extend the grain deal", "promise", "to extend the grain deal", {}),
        (PROMISED, "promise", "to extend the grain deal", {"date": "2024-03-01"}),
        (PROMISED, "promise", "to extend the grain deal", {"date": "2024"}),
        (PROMISED, "promise", "to extend the grain deal", {"of": "BOR"}),
        (f"{PROMISED} if paid", "promise", "to extend the grain deal", {"condition": "if paid"}),
    ],
)
def test_what_is_no_change_is_not_called_one(
    filled: Filled, text: str, act: str, what: str, fields: dict[str, object]
) -> None:
    before = stand(REFUSED, "refuse", "to extend the grain deal", id="d1", published="2024-03-01", of="KRA")
    after = stand(text, act, what, id="d2", published="2024-10-05", **fields)
    path = filled(before.reading, after.reading)
    assert brief(path).changes == ()


def test_those_whom_a_role_alone_names_may_be_others(filled: Filled) -> None:
    some = []
    for number, (act, month) in enumerate((("oppose", "03"), ("support", "10"))):
        made = Made("The protesters spoke of the truce in Kelt.", id=f"d{number}", published=f"2024-{month}-01")
        made.actor("group:protesters", "protesters", "group")
        made.position("group:protesters", act, "the truce in Kelt", "The protesters spoke of the truce in Kelt")  # type: ignore[arg-type]
        some.append(made.reading)
    assert brief(filled(*some)).changes == ()


def test_who_states_and_who_denies_a_happening_stand_in_one_line_across_documents(filled: Filled) -> None:
    stated = shelled("Avalon fired on Kelt at dawn", id="d1", source="First Outlet")
    denied = shelled("No shell ever fell on Kelt", id="d2", source="Second Outlet", status="denied", denied_by="AVA")
    path = filled(stated.reading, denied.reading)
    happen(path, ("d1/e1", "d2/e1"))
    situation = brief(path)
    assert situation.happened == ()
    assert claimed(situation) == {
        "Denied": [
            "Avalon denies using force against Borduria: “No shell ever fell on Kelt”; stated as fact by First Outlet"
        ]
    }
    (line,) = situation.claimed[0].lines
    assert (len(line.references), line.records, line.independent) == (2, ("d1/e1", "d2/e1"), 2)


def test_who_asserts_what_another_denies_is_told_within_one_document() -> None:
    made = Made("Borduria asserted that Avalon fired on Kelt. Avalon denied it.")
    made.actor("AVA", "Avalon")
    made.actor("BOR", "Borduria")
    said = made.statement("that Avalon fired on Kelt", by="BOR", named="Borduria asserted")
    made.event("ASSAULT", "Avalon fired on Kelt", sources=("AVA",), status="denied", trigger="fired",
               denied_by="AVA", asserted_in=said)  # fmt: skip
    assert claimed(gather([made.reading])) == {
        "Denied": ["Avalon denies using force: “Avalon fired on Kelt”; stated as fact by Borduria"]
    }


def test_one_happening_is_one_line_with_its_independent_reports_and_their_tolls(filled: Filled) -> None:
    path = filled(
        shelled("Avalon fired on Kelt at dawn", id="d1", source="First Outlet", size=dead(12)).reading,
        shelled("Rockets hit the port of Kelt", id="d2", source="Second Outlet", size=dead(15)).reading,
        shelled("Rockets hit the harbour at Kelt", id="d3", source="Third Outlet", size=dead(15)).reading,
    )
    happen(path, ("d1/e1", "d2/e1", "d3/e1"), copies={"d3": "d2"})
    situation = brief(path)
    (line,) = situation.happened[0].lines
    assert line.text == (
        "Avalon used force against Borduria: “Avalon fired on Kelt at dawn”; 12 dead according to First Outlet; "
        "15 dead according to Second Outlet and Third Outlet"
    )
    assert line.independent == 2
    assert "(2 independent reports)" in shown(situation)
    assert "(2 independent reports)" in html.render(situation)


def test_what_two_demand_of_the_same_is_two_demands(filled: Filled) -> None:
    readings = []
    for number, who in enumerate(("Avalon", "Borduria", "Borduria"), 1):
        made = Made(f"{who} urged Cathal and Dorne to meet.", id=f"d{number}", source=f"Outlet {number}")
        for name in (who, "Cathal", "Dorne"):
            made.actor(name[:3].upper(), name)
        made.event("REQUEST", made.text, sources=(who[:3].upper(),), targets=("CAT", "DOR"), trigger="urged")
        made.event("CONSULT", "to meet", sources=("CAT", "DOR"), status="demanded", trigger="meet")
        readings.append(made.reading)
    path = filled(*readings)
    happen(path, ("d1/e2", "d2/e2", "d3/e2"))
    (demanded,) = brief(path).claimed
    assert [(line.text.partition(" that")[0], line.independent) for line in demanded.lines] == [
        ("Avalon demanded", None),
        ("Borduria demanded", 2),
    ]


def test_what_the_ledger_tells_apart_is_not_joined_by_its_words(filled: Filled) -> None:
    text = "Avalon fired rockets on the harbour of Kelt"
    path = filled(*(shelled(text, id=id, source=id).reading for id in ("d1", "d2")))
    happen(path, ("d1/e1",), ("d2/e1",))
    assert len(brief(path).happened[0].lines) == 2
    happen(path)
    assert len(brief(path).happened[0].lines) == 1


def test_of_many_documents_the_latest_are_looked_at_and_that_is_said(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(situation, "LATEST", 1)
    path = filled(crisis(published="2024-06-20").reading, crisis(id="d2", published="2024-06-14").reading)
    found = brief(path, about="Avalon")
    assert [document.id for document in found.documents] == ["d1"]
    said = "The latest 1 of 2 documents that have to do with it; narrow it with --since, --until or --about."
    assert said in shown(found)
    assert said in html.render(found)


@pytest.mark.parametrize(
    ("about", "ids"),
    [
        ("erdogan", {"d1"}),
        ("ERDOĞAN", {"d1"}),
        ("erdo", set()),
        ("grain  deal", {"d2"}),
        ("BOR", {"d2"}),
        ("…", set()),
        (".*", set()),
    ],
)
def test_documents_are_found_by_whole_words_without_case_and_accents(filled: Filled, about: str, ids: set[str]) -> None:
    one = Made("Of Erdoğan's plans little is known.", id="d1", title=None)
    two = Made("The grain-deal of the other side.", id="d2", title=None)
    two.actor("BOR", "Borduria")
    with Ledger(filled(one.reading, two.reading), read_only=True) as ledger:
        assert {reading.document.id for reading in ledger.readings(about=about)} == ids
