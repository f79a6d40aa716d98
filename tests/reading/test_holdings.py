"""Who holds what. The sentences are made up for these tests; publication is Friday, 8 November 2024, unless said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading.reader import read_documents
from detente.records import Document, Holding


def holdings(text: str, published: str | None = "2024-11-08") -> list[Holding]:
    return list(next(read_documents([Document(id="d", language="en", text=text, published=published)])).holdings)


def held(text: str) -> list[tuple[str, str, str]]:
    return [(h.holder, h.kind, h.place.name) for h in holdings(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Morocco controls Western Sahara.", [("MAR", "controls", "Western Sahara")]),
        ("Western Sahara is controlled by Morocco.", [("MAR", "controls", "Western Sahara")]),
        ("Western Sahara is under the control of Morocco.", [("MAR", "controls", "Western Sahara")]),
        ("Western Sahara is under Moroccan control.", [("MAR", "controls", "Western Sahara")]),
        ("Western Sahara is in Moroccan hands.", [("MAR", "controls", "Western Sahara")]),
        ("Morocco exercises authority over Western Sahara.", [("MAR", "controls", "Western Sahara")]),
        ("Algeria is troubled by Morocco's control of Western Sahara.", [("MAR", "controls", "Western Sahara")]),
        ("Turkey has occupied Northern Cyprus since 1974.", [("TUR", "occupies", "Northern Cyprus")]),
        ("Pollsters toured the Israeli-occupied West Bank.", [("ISR", "occupies", "West Bank")]),
        ("Egypt administered the Gaza Strip until 1967.", [("EGY", "administers", "Gaza")]),
        ("Both India and Pakistan claim Kashmir.", [("IND", "claims", "Kashmir"), ("PAK", "claims", "Kashmir")]),
        ("Argentina renewed its claim to the Falkland Islands.", [("ARG", "claims", "Falkland Islands")]),
        ("Russia keeps 1,500 soldiers in Transnistria.", [("RUS", "presence", "Transnistria")]),
        ("The United States operates a naval base in Djibouti.", [("USA", "presence", "Djibouti")]),
        ("Armenia lost control of Nagorno-Karabakh.", [("ARM", "lost", "Nagorno-Karabakh")]),
        ("French troops left Mali in 2022.", [("org:armed-forces-of-france", "presence", "Mali")]),
        ("Russia no longer controls Kherson.", [("RUS", "lost", "Kherson")]),
        ("Israel returned the Sinai to Egypt.", [("ISR", "lost", "Sinai"), ("EGY", "controls", "Sinai")]),
        ("Egypt handed the town of Rafah back to Jordan.", [("EGY", "lost", "Rafah"), ("JOR", "controls", "Rafah")]),
        ("Separatists lost the town of Lyman.", [("group:separatists", "lost", "Lyman")]),
        ("Insurgents lost most of Mosul.", [("group:insurgents", "lost", "Mosul")]),
        ("Peru ceded three villages in Tarapaca.", [("PER", "lost", "Tarapaca")]),
        ("Turkey's bases in Qatar are new.", [("TUR", "presence", "Qatar")]),
        ("Japan has two bases in Djibouti.", [("JPN", "presence", "Djibouti")]),
        ("The town of Kidal is under rebel control.", [("group:rebels", "controls", "Kidal")]),
        ("Kidal was under the control of rebels.", [("group:rebels", "controls", "Kidal")]),
        ("A bridge in militant-held Palma collapsed.", [("group:militants", "controls", "Palma")]),
        ("Insurgent-controlled Mocimboa was bombed.", [("group:insurgents", "controls", "Mocimboa")]),
        ("The army seized the city of Wad Madani.", [("org:army", "controls", "Wad Madani")]),
        ("Iraqi troops drove the militants out of Tikrit.", [("group:militants", "lost", "Tikrit")]),
        ("Ukraine lost a fifth of its territory.", [("UKR", "lost", "Ukraine")]),
        ("Kurdish-held Qamishli was quiet.", [("group:kurds", "controls", "Qamishli")]),
        ("Sudan's army holds Port Sudan.", [("org:armed-forces-of-sudan", "controls", "Port Sudan")]),
        ("Chadian troops remain in control of Faya.", [("org:armed-forces-of-chad", "controls", "Faya")]),
        ("Bukavu fell into rebel hands.", [("group:rebels", "controls", "Bukavu")]),
    ],
)
def test_verbs_nouns_and_phrases_say_who_holds_what(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert held(text) == expected


@pytest.mark.parametrize(
    ("text", "holder", "place"),
    [
        ("Somaliland controls the city of Hargeisa.", "org:somaliland", "Hargeisa"),
        ("The town of Gali is held by Abkhazia.", "org:abkhazia", "Gali"),
        ("Northern Cyprus controls Famagusta.", "org:northern-cyprus", "Famagusta"),
    ],
)
def test_a_state_that_few_recognise_holds_what_it_holds(text: str, holder: str, place: str) -> None:
    assert held(text) == [(holder, "controls", place)]


def test_the_land_of_such_a_state_stays_a_place() -> None:
    assert held("Russian troops are stationed in South Ossetia.") == [
        ("org:armed-forces-of-russia", "presence", "South Ossetia")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mali controls Gao, Kidal and Timbuktu.",
        "Mali holds Gao, Kidal and Timbuktu.",
        "Gao, Kidal and Timbuktu are controlled by Mali.",
    ],
)
def test_each_place_of_a_list_is_a_holding(text: str) -> None:
    assert {(h.place.name, h.place.country) for h in holdings(text)} == {
        ("Gao", "MLI"),
        ("Kidal", "MLI"),
        ("Timbuktu", "MLI"),
    }


def test_a_share_is_of_its_own_place_only() -> None:
    found = holdings("Eritrea holds a third of Tigray and the town of Adwa.")
    assert [(h.place.name, h.share_text) for h in found] == [("Tigray", "a third"), ("Adwa", None)]


def test_a_part_of_a_country_that_is_not_named_is_no_place() -> None:
    assert held("Chad abstained. The Malian army held nearly all of the country south of the river.") == []


def test_to_claim_sovereignty_is_a_claim_and_a_fact() -> None:
    (found,) = holdings("Venezuela has claimed sovereignty over Essequibo since 1962.")
    assert (found.kind, found.status, found.since) == ("claims", "actual", "1962")
    (found,) = holdings("Serbia claims that it has sovereignty over Kosovo.")
    assert (found.kind, found.status) == ("claims", "actual")


def test_a_claim_to_a_place_puts_nothing_else_in_doubt() -> None:
    found = holdings("The islands of Abu Musa, claimed by the United Arab Emirates, are controlled by Iran.")
    assert [(h.holder, h.kind, h.status) for h in found] == [
        ("ARE", "claims", "actual"),
        ("IRN", "controls", "actual"),
    ]


def test_a_place_beyond_somebodys_control_is_not_held_by_him() -> None:
    (found,) = holdings("Nearly half of Burkina Faso is outside the control of the army.")
    assert (found.kind, found.status, found.share) == ("controls", "negated", 0.5)


def test_an_occupation_that_ends_has_an_until() -> None:
    (found,) = holdings("Ethiopia's occupation of Badme ended in 2018.")
    assert (found.since, found.until) == (None, "2018")


def test_a_town_has_no_country_that_the_text_and_its_neighbours_do_not_have() -> None:
    found = holdings("Islamist militants seized Palma, Mueda and Macomia in northern Mozambique.")
    assert ("Palma", None) in [(h.place.name, h.place.country) for h in found]


def test_the_town_is_the_one_named_before() -> None:
    found = holdings("Malian troops left Kidal in 2014. The town is under rebel control.")
    assert ("group:rebels", "controls", "Kidal") in [(h.holder, h.kind, h.place.name) for h in found]


def test_what_one_side_takes_the_other_loses() -> None:
    assert held("Azerbaijan recaptured Agdam from Armenian forces.") == [
        ("AZE", "controls", "Agdam"),
        ("org:armed-forces-of-armenia", "lost", "Agdam"),
    ]


def test_a_list_is_a_holding_for_each_member_with_its_own_share_and_date() -> None:
    found = holdings("Turkey controls Afrin (seized in 2018), about 60 percent of Idlib and parts of Raqqa.")
    assert [(h.place.name, h.share, h.share_text, h.since) for h in found] == [
        ("Afrin", None, None, "2018"),
        ("Idlib", 0.6, "about 60 percent", None),
        ("Raqqa", None, "parts", None),
    ]


@pytest.mark.parametrize(
    ("words", "share"),
    [
        ("half of", 0.5),
        ("two thirds of", 0.6667),
        ("a fifth of", 0.2),
        ("more than 12.5% of", 0.125),
        ("70 to 80 percent of", None),
        ("most of", None),
        ("large parts of", None),
    ],
)
def test_a_share_is_a_number_where_the_words_give_one(words: str, share: float | None) -> None:
    (found,) = holdings(f"Morocco controls {words} Western Sahara.")
    assert found.share == share
    assert found.share_text == words.removesuffix(" of")


@pytest.mark.parametrize(("words", "area"), [("1,200 square kilometres", 1200.0), ("100 square miles", 259.0)])
def test_an_area_is_in_square_kilometres(words: str, area: float) -> None:
    (found,) = holdings(f"Turkey controls {words} of Syria.")
    assert found.area_km2 == area


def test_a_direction_is_part_of_the_name() -> None:
    (found,) = holdings("Houthi rebels seized most of northern Yemen.")
    assert (found.place.name, found.place.country) == ("northern Yemen", "YEM")


def test_dates_say_since_when_until_when_and_as_of_when() -> None:
    (since,) = holdings("Turkey has occupied Northern Cyprus since 1974.")
    assert (since.since, since.as_of) == ("1974", "2024-11-08")
    (seized,) = holdings("Israel captured the Golan Heights in 1967.")
    assert (seized.since, seized.as_of) == ("1967", None)
    (spanned,) = holdings("Egypt administered the Gaza Strip from 1949 to 1967.")
    assert (spanned.since, spanned.until) == ("1949", "1967")
    (said,) = holdings("Morocco controls Western Sahara, the envoy said on Monday.")
    assert (said.as_of, said.reported_by) == ("2024-11-04", "s1")
    (undated,) = holdings("Morocco controls Western Sahara.", published=None)
    assert undated.as_of is None


def test_one_holding_told_twice_is_one_with_what_both_say() -> None:
    (found,) = holdings("Russia controls Crimea. Crimea, annexed by Russia in 2014, has a naval base.")
    assert found.since == "2014"
    assert found.as_of == "2024-11-08"


@pytest.mark.parametrize(
    "text",
    [
        "Russia demanded that Ukraine cede control over Kherson.",
        "Turkey may occupy Afrin.",
        "If Russia seized Odesa, Moldova would be next.",
        "Venezuela threatened to annex Essequibo.",
        "Analysts fear that China could seize Taiwan.",
        "Moldova wants Russia to withdraw its troops from Transnistria.",
        "Egypt holds Israel responsible.",
        "France lost to Mali in Paris.",
        "The Labour Party took Bristol and holds Leeds.",
        "The senator lost Ohio.",
        "Ukraine lost 200 tanks in Kherson.",
        "Russia claimed it could take Odesa.",
        "Qatar withdrew its observers from the border with Eritrea.",
        "Some troops have begun leaving Mali, France said.",
        "Afghan troops left a base in Kandahar.",
        "The town is under rebel control.",
        "The United States closed its base in Niger.",
        "Mali expelled the ambassador from Bamako.",
        "Mali expelled Niger from the council.",
        "Police drove the protesters out of Tahrir Square.",
    ],
)
def test_what_is_wanted_feared_or_of_another_kind_is_no_holding(text: str) -> None:
    assert held(text) == []


def test_a_party_on_its_own_gains_is_no_more_than_alleged() -> None:
    (found,) = holdings("Russia's defence ministry said its troops had taken the town of Kurakhove.")
    assert (found.status, found.reported_by) == ("alleged", "s1")


def test_a_denial_and_a_negation_stay_what_they_are() -> None:
    (denied,) = holdings("Ukraine denied that Russian forces had captured Bakhmut.")
    assert denied.status == "denied"
    (negated,) = holdings("Morocco has not seized Western Sahara.")
    assert negated.status == "negated"


_FACTS = st.sampled_from(
    [
        ("Turkey", "occupies Afrin"),
        ("Israel", "captured the Golan Heights"),
        ("Morocco", "seized Western Sahara"),
        ("Russia", "controls Crimea"),
    ]
)
_WRAPPERS = st.sampled_from(
    [
        "Algeria doubts that {subject} {rest}.",
        "If {subject} {rest}, the talks are over.",
        "Algeria asked whether {subject} {rest}.",
        "Algeria denied that {subject} {rest}.",
        "It is not true that {subject} {rest}.",
    ]
)


@given(_FACTS, _WRAPPERS)
@settings(max_examples=20)
def test_no_wrapping_in_doubt_leaves_a_holding_actual(fact: tuple[str, str], wrapper: str) -> None:
    text = wrapper.format(subject=fact[0], rest=fact[1])
    for found in holdings(text):
        assert found.status != "actual" or found.kind == "lost"


@given(st.lists(_FACTS, min_size=1, max_size=3))
@settings(max_examples=20)
def test_evidence_lies_in_the_text_and_ids_are_unique(facts: list[tuple[str, str]]) -> None:
    text = " ".join(f"{subject} {rest}." for subject, rest in facts)
    found = holdings(text)
    assert len({h.id for h in found}) == len(found)
    for one in found:
        clause = text[one.evidence.start : one.evidence.end]
        assert one.place.name in clause
        assert "." not in clause


def test_who_pulls_out_of_a_foreign_state_has_no_forces_there_and_has_not_lost_it() -> None:
    (held,) = [h for h in holdings("France has pulled its forces out of Mali.") if h.place.name == "Mali"]
    assert (held.kind, held.status) == ("presence", "negated")


def test_a_base_handed_over_is_no_share_of_the_country_it_stands_in() -> None:
    found = holdings("French troops handed over their last base in Chad to the army on Thursday.")
    assert not [h for h in found if h.kind in {"controls", "lost"}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what lies along a place or stands in it is not the place
        ("Egypt holds the western bank of the Suez Canal.", [("EGY", "controls", "western bank of the Suez Canal")]),
        (
            "Russian troops seized the Kherson power plant.",
            [("org:armed-forces-of-russia", "controls", "Kherson power plant")],
        ),
        ("Rebels captured the airport of Goma.", [("group:rebels", "controls", "airport of Goma")]),
        ("Hamas seized the Rafah crossing.", [("org:hamas", "controls", "Rafah crossing")]),
        ("Chile controls the Belmira corridor.", [("CHL", "controls", "Belmira corridor")]),
        ("Militants overran an army base in Baidoa.", []),
        # who cedes a land has lost it, not only left it
        ("Gibraltar was ceded by Spain.", [("ESP", "lost", "Gibraltar")]),
        ("Serbia lost control of Kosovo.", [("SRB", "lost", "Kosovo")]),
        # "it" is another state than the doer
        ("Iraq invaded Kuwait in August and occupied it.", [("IRQ", "occupies", "Kuwait")]),
        # nor is the whole of which a place is a part
        ("Gaza, a part of Palestine, was administered by Egypt.", [("EGY", "administers", "Gaza")]),
        # "that" tells which town, not which region
        ("Shells hit Derna, a port in the Cyrenaica region that Italy held.", [("ITA", "controls", "Derna")]),
        # a base that is given up is there no more
        ("Britain gave up its base at Aden.", []),
        ("France withdrew from Faya, its last base in Chad.", [("FRA", "lost", "Faya")]),
        # groups of no one state
        ("The Islamic State holds Mosul.", [("org:islamic-state", "controls", "Mosul")]),
        ("Peru keeps a handful of marines in Ecuador.", [("PER", "presence", "Ecuador")]),
        ("In May Turkey captured Afrin.", [("TUR", "controls", "Afrin")]),
        ("UVIRA, Democratic Republic of Congo - Burundi seized Goma.", [("BDI", "controls", "Goma")]),
    ],
)
def test_a_holding_is_of_what_the_words_name(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert held(text) == expected


@pytest.mark.parametrize(
    ("words", "share"),
    [
        ("a suburb of Damascus", "a suburb"),
        ("the outskirts of Damascus", "the outskirts"),
        ("the eastern districts of Damascus", "the eastern districts"),
        ("the Jobar district of Damascus", "the Jobar district"),
        ("the centre of Damascus", "the centre"),
        ("Damascus's suburbs", "Damascus's suburbs"),
        ("the city of Damascus", None),
    ],
)
def test_who_takes_a_suburb_has_not_taken_the_city(words: str, share: str | None) -> None:
    (found,) = holdings(f"Syrian rebels captured {words}.")
    assert (found.place.name, found.share_text) == ("Damascus", share)


def test_the_islands_and_the_lakeside_town_are_those_named_before() -> None:
    found = held(
        "Ships sailed to the Falkland Islands. The islands, which Argentina claims, are administered by Britain."
    )
    assert set(found) == {("ARG", "claims", "Falkland Islands"), ("GBR", "administers", "Falkland Islands")}
    assert held("Rebels withdrew from Uvira. Burundi occupies the lakeside town.")[-1] == ("BDI", "occupies", "Uvira")


def test_it_is_no_state_named_in_another_sentence() -> None:
    text = "Armenia mourns the enclave. Turkey regained it last week."
    assert held(text) == []


def test_a_continent_is_nobodys_enclave() -> None:
    text = "It was the end of colonial rule in Asia. The enclave, which Portugal administered, is small."
    assert held(text) == []


def test_a_share_may_be_of_what_was_named_before_or_of_an_area() -> None:
    (found,) = holdings("Shells fell on Toretsk, where Ukrainian units hold a third of the town.")
    assert (found.place.name, found.share) == ("Toretsk", 0.3333)
    (found,) = holdings("Turkish troops occupy nearly 40 per cent of Cyprus.")
    assert (found.share, found.share_text) == (0.4, "nearly 40 per cent")
    (found,) = holdings("Turkish forces lost half of the 900 square kilometres they seized in Idlib province.")
    assert (found.kind, found.share, found.area_km2) == ("lost", None, 450.0)


def test_what_a_party_describes_in_its_claim_is_no_fact_either() -> None:
    (found,) = holdings("Indian officials claimed that India held Skardu, which it captured on May 28.")
    assert (found.status, found.reported_by) == ("alleged", "s1")


def test_who_lost_a_part_of_the_country_lost_his_own() -> None:
    text = "Russia recognised both. Georgian President Mikheil Saakashvili, who lost a fifth of the country, spoke."
    (found,) = holdings(text, "2008-10-09")
    assert (found.holder, found.kind, found.place.name) == ("GEO", "lost", "Georgia")
