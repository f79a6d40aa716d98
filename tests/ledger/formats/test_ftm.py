"""Entities are FollowTheMoney's, point to each other, and are what was told as a fact."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from detente import Ledger
from detente.ledger.formats.ftm import export_ftm
from detente.records import Actor, Reading
from tests.examples import CHAD, FAYA, READING, SPEAKER
from tests.relations.made import event, reading
from tests.strategies import readings

Entities = dict[str, dict[str, Any]]

on_disk = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])

PARTY: Final = ("LegalEntity", "Organization", "PublicBody", "Person")

_THING: Final = {
    "name": 384,
    "country": 16,
    "sourceUrl": 4096,
    "publisher": 1024,
    "wikidataId": 64,
    "keywords": 1024,
    "notes": 65_000,
    "summary": 65_000,
    "description": 65_000,
    "createdAt": 32,
}
_INTERVAL: Final = {"startDate": 32, "endDate": 32, "date": 32, "recordId": 1024}
_PARTY: Final = _THING | {"sector": 1024, "classification": 1024}

SCHEMATA: Final = MappingProxyType(
    {
        "LegalEntity": (_PARTY, {}, ("name",)),
        "Organization": (_PARTY, {}, ("name",)),
        "PublicBody": (_PARTY, {}, ("name",)),
        "Person": (_PARTY | {"position": 1024}, {}, ("name",)),
        "Article": (
            _THING | {"title": 1024, "fileName": 1024, "publishedAt": 32, "language": 16, "bodyText": 65_000},
            {},
            ("fileName",),
        ),
        "Mention": (
            {"name": 384, "detectedSchema": 1024, "contextCountry": 16},
            {"document": ("Article",), "resolved": PARTY},
            ("document", "name"),
        ),
        "Note": (_THING, {"entity": PARTY, "proof": ("Article",)}, ("name",)),
        "Event": (
            _THING | _INTERVAL | {"location": 250},
            {"organizer": PARTY, "involved": PARTY, "proof": ("Article",)},
            ("name",),
        ),
        "Representation": (
            {"role": 1024},
            {"agent": PARTY, "client": PARTY, "proof": ("Article",)},
            ("agent", "client"),
        ),
    }
)
"""Of FollowTheMoney 4's documented schemata those that are used: the longest text of each property, the schemata that
each reference may point to, and the properties that must be there."""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.duckdb") as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger for all examples of a property test."""
    with Ledger(tmp_path_factory.mktemp("ledger") / "shared.duckdb") as opened:
        yield opened


def exported(ledger: Ledger, file: Path, **asked: Any) -> Entities:
    """The entities of an export by their ids, each once."""
    made = export_ftm(ledger, file, **asked)
    entities = [json.loads(line) for line in file.read_bytes().splitlines()]
    assert made.rows == len(entities)
    assert len({entity["id"] for entity in entities}) == len(entities)
    return {entity["id"]: entity for entity in entities}


def of(entities: Entities, schema: str) -> list[dict[str, list[str]]]:
    return [entity["properties"] for entity in entities.values() if entity["schema"] == schema]


def check(entities: Entities) -> None:
    """Assert that every entity has properties of its schema alone, and points to what is there."""
    for entity in entities.values():
        texts, references, required = SCHEMATA[entity["schema"]]
        found = entity["properties"]
        assert set(required) <= set(found)
        for name, values in found.items():
            assert values == [*dict.fromkeys(values)] != []
            if name in references:
                assert {entities[id]["schema"] for id in values} <= set(references[name])
            else:
                assert all(0 < len(value) <= texts[name] for value in values), name


@on_disk
@given(read=readings())
def test_whatever_was_read_makes_entities_of_the_documented_schemata(
    shared: Ledger, tmp_path_factory: pytest.TempPathFactory, read: Reading
) -> None:
    shared.add(replace(read, document=replace(read.document, id="d1")), again=True)
    for status in ("actual", "alleged"):
        check(exported(shared, tmp_path_factory.mktemp("out") / "entities.json", status=status))


@on_disk
@given(read=readings())
def test_the_library_of_followthemoney_takes_them_unchanged(
    shared: Ledger, tmp_path_factory: pytest.TempPathFactory, read: Reading
) -> None:
    # It needs a C++ compiler and ICU to be installed, so that it is no dependency of the tests.
    model = pytest.importorskip("followthemoney").model
    shared.add(replace(read, document=replace(read.document, id="d1")), again=True)
    for id, entity in exported(shared, tmp_path_factory.mktemp("out") / "entities.json").items():
        schema = model.get(entity["schema"])
        schema.validate(entity)
        # What it would correct were none of its values. Of texts it takes blanks and joiners away.
        cleaned = model.get_proxy(entity, cleaned=False)
        for name, values in entity["properties"].items():
            assert name == "bodyText" or sorted(cleaned.get(name)) == sorted(values), (id, name)


def test_an_event_has_its_sides_place_evidence_and_document(ledger: Ledger, tmp_path: Path) -> None:
    placed = replace(READING.events[0], place=FAYA, date="2024-11-01/2024-11-03")
    ledger.add(replace(READING, events=(placed,)))
    entities = exported(ledger, tmp_path / "entities.json")
    check(entities)
    (found,) = of(entities, "Event")
    assert found["name"] == ["REQUEST: Government of Chad – France"]
    assert (found["startDate"], found["endDate"], "date" in found) == (["2024-11-01"], ["2024-11-03"], False)
    assert (found["location"], found["country"]) == (["Faya"], ["td"])
    assert found["summary"][0].startswith("Chad's government demanded")
    assert [entities[id]["properties"]["name"] for id in (*found["organizer"], *found["involved"])] == [
        ["Government of Chad"],
        ["France"],
    ]
    (article,) = of(entities, "Article")
    assert entities[found["proof"][0]]["properties"] is article
    assert (article["bodyText"], article["publishedAt"]) == ([READING.document.text], ["2025-01-15"])
    (note,) = of(entities, "Note")
    assert entities[note["entity"][0]]["properties"]["name"] == ["Abderaman Koulamallah"]
    assert note["description"] == [READING.statements[0].content.text]
    agents = {
        (entities[r["agent"][0]]["properties"]["notes"][0], entities[r["client"][0]]["properties"]["notes"][0])
        for r in of(entities, "Representation")
    }
    assert (f"detente: {SPEAKER}", f"detente: {CHAD}") in agents


def test_what_is_no_fact_is_left_out_and_counted_or_marked(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add(READING)
    made = export_ftm(ledger, tmp_path / "facts.json")
    assert made.left_out == {"events that are demanded": 1, "holdings": 1, "positions": 1}
    (found,) = of(exported(ledger, tmp_path / "demanded.json", status="demanded"), "Event")
    assert found["name"][0].startswith("demanded RETREAT: ")
    assert "demanded" in found["keywords"]
    with pytest.raises(ValueError, match="'true' is no status of events"):
        export_ftm(ledger, tmp_path / "none.json", status="true")  # type: ignore[arg-type]


def test_an_actor_of_many_documents_is_one_entity_by_the_latest(ledger: Ledger, tmp_path: Path) -> None:
    for day, name, wikidata in (("2024-02-01", "Later", None), ("2024-01-01", "Earlier", "Q42")):
        actor = Actor(id="person:x", name=name, kind="person", country="KOS", roles=(name,), wikidata=wikidata)
        ledger.add(reading(day, event(("person:x",), "AID", ("UKR",)), others=(actor,)))
    first = exported(ledger, tmp_path / "one.json")
    (person,) = of(first, "Person")
    assert person == {
        "name": ["Later"],
        "country": ["xk"],
        "wikidataId": ["Q42"],
        "position": ["Earlier", "Later"],
        "notes": ["detente: person:x"],
    }
    assert len(of(first, "Mention")) == 4
    assert exported(ledger, tmp_path / "other.json") == first
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "other.json").read_bytes()


def test_documents_are_chosen_and_a_long_text_is_kept_whole(ledger: Ledger, tmp_path: Path) -> None:
    text = "It was told.\n\n" * 10_000
    long = reading("2024-01-01", event(("RUS",), "AID", ("UKR",)))
    ledger.add(replace(long, document=replace(long.document, text=text, url="javascript:alert(1)")))
    ledger.add(reading("2023-01-01", event(("FRA",), "AID", ("UKR",))))
    entities = exported(ledger, tmp_path / "entities.json", since="2024")
    check(entities)
    (article,) = of(entities, "Article")
    assert "".join(article["bodyText"]) == text
    assert "sourceUrl" not in article
    assert {party["name"][0] for party in of(entities, "PublicBody")} == {"RUS", "UKR"}


def test_the_manifest_says_what_was_asked(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add(READING)
    made = export_ftm(ledger, tmp_path / "entities.json", about="Chad")
    beside = json.loads((tmp_path / "entities.json.manifest.json").read_bytes())
    assert beside == json.loads(msgspec.json.encode(made))
    assert beside["parameters"] == {
        "command": "export", "format": "ftm", "status": "actual", "about": "Chad", "since": None, "until": None,
    }  # fmt: skip
