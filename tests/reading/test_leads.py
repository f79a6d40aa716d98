"""First sentences as agencies write them: who did what to whom is said outright. Made up for these tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest

from detente.records import Event
from tests.reading.sentences import events_of


@dataclass(frozen=True)
class Lead:
    text: str
    type: str
    sources: str
    targets: str
    status: str = "actual"
    trigger: str | None = None


TOLD = [
    # who met
    Lead(
        "The defence ministers of Sweden and Finland sat down for talks in Turku on Tuesday.",
        "CONSULT",
        "group:defence-ministers-of-sweden group:defence-ministers-of-finland",
        "",
    ),
    Lead(
        "The presidents of Kenya and Uganda talked for two hours in Kampala on Monday.",
        "CONSULT",
        "group:presidents-of-kenya group:presidents-of-uganda",
        "",
    ),
    Lead(
        "Oman's foreign minister and his Saudi colleague discussed fishing rights in Muscat.",
        "CONSULT",
        "person:foreign-minister-of-oman SAU",
        "",
    ),
    Lead(
        "The Kenyan foreign minister held talks with her Ugandan counterpart.",
        "CONSULT",
        "person:foreign-minister-of-kenya UGA",
        "",
    ),
    Lead(
        "Chile's president and his Peruvian guest reviewed joint projects over dinner in Santiago.",
        "CONSULT",
        "person:gabriel-boric PER",
        "",
    ),
    Lead("After the resumption of ties between Chad and Israel, an envoy was named.", "SUPPORT", "TCD ISR", ""),
    Lead(
        "The foreign minister of Oman is in Riyadh for talks with Saudi princes.",
        "CONSULT",
        "person:foreign-minister-of-oman group:princes-of-saudi-arabia",
        "",
    ),
    Lead(
        "The finance minister of Kenya and her Ugandan colleague opened negotiations in Nairobi.",
        "CONSULT",
        "person:finance-minister-of-kenya UGA",
        "",
    ),
    Lead(
        "The foreign minister of Oman wound up a visit to Qatar.", "CONSULT", "person:foreign-minister-of-oman", "QAT"
    ),
    Lead("President Emmanuel Macron travelled to Tirana on Friday.", "CONSULT", "person:emmanuel-macron", "ALB"),
    # who is somebody though nobody names him
    Lead("Oman said on Friday that it was ready to help Yemen.", "AGREE", "OMN", "YEM"),
    Lead("Tens of thousands demonstrated in Lima on Sunday.", "PROTEST", "group:people-of-peru", ""),
    Lead("More than 3,000 rallied in Lima on Sunday.", "PROTEST", "group:people-of-peru", ""),
    Lead("Nine Kurds perished in an air raid in Syria.", "ASSAULT", "", "group:kurds"),
    Lead("Nine Kurds lost their lives in a raid by Iraq.", "ASSAULT", "IRQ", "group:kurds"),
    Lead("A bombing claimed by Hezbollah wounded nine Kurds.", "ASSAULT", "org:hezbollah", "group:kurds"),
    # force, by whomever
    Lead(
        "Emirati-led air raids killed nine people in Taiz on Monday, medics and a resident said.",
        "ASSAULT",
        "ARE",
        "group:people-of-yemen",
    ),
    Lead("The bombing of Goma by Rwandan warplanes on Monday left four people dead.", "ASSAULT", "RWA", "COD"),
    Lead("The bombing of Hodeidah by coalition aircraft left six dead.", "ASSAULT", "", "YEM"),
    Lead("The port of Aden came under fire on Sunday and two guards were hurt.", "ASSAULT", "", "YEM"),
    Lead(
        "The Turkish base in Idlib came under fire from Kurdish fighters on Monday.",
        "ASSAULT",
        "group:kurdish-fighters",
        "TUR",
    ),
    Lead("Moscow's rockets slammed into a market in Sumy on Monday.", "ASSAULT", "RUS", "UKR"),
    # who pulled out, and who denies it
    Lead(
        "The Kenyan army pulled out of Kismayo.",
        "RETREAT",
        "org:armed-forces-of-kenya",
        "SOM",
    ),
    Lead(
        "The rebels denied on Monday that the Rwandan army had left Goma.",
        "RETREAT",
        "org:armed-forces-of-rwanda",
        "COD",
        "denied",
    ),
    # a charge that is dismissed was made
    Lead(
        "Ankara rejected an accusation by Greece that Turkish jets had entered its airspace.",
        "ACCUSE",
        "GRC",
        "org:armed-forces-of-turkey",
    ),
    Lead(
        "The Kremlin rejected a charge by Latvia, made last week, that Russian agents had hacked into its computers.",
        "ACCUSE",
        "LVA",
        "group:agents-of-russia",
    ),
    Lead(
        "Egypt denied an allegation by Sudan that Egyptian warplanes had bombed Kassala.",
        "ASSAULT",
        "org:armed-forces-of-egypt",
        "SDN",
        "denied",
    ),
    # sanctions by their other names
    Lead("Britain put two Sudanese banks on its sanctions list.", "SANCTION", "GBR", "group:banks-of-sudan"),
    Lead(
        "Three Syrian colonels were added to the EU sanctions list yesterday.",
        "SANCTION",
        "org:european-union",
        "group:colonels-of-syria",
    ),
    Lead(
        "Five Belarusian judges were placed on the American blacklist on Monday.",
        "SANCTION",
        "USA",
        "group:judges-of-belarus",
    ),
    Lead(
        "The US Treasury blocked the property of a Syrian oil company on Tuesday.",
        "SANCTION",
        "org:us-treasury",
        "org:oil-company-of-syria",
    ),
    Lead(
        "The United States imposed an asset freeze on a Russian bank and its director.",
        "SANCTION",
        "USA",
        "org:bank-of-russia person:director-of-bank-of-russia",
    ),
    # diplomats sent home
    Lead(
        "The Canadian government declared an Iranian diplomat unwelcome on Monday.",
        "SANCTION",
        "org:government-of-canada",
        "person:diplomat-of-iran",
    ),
    Lead("Egypt ordered three Turkish diplomats out of the country.", "SANCTION", "EGY", "group:diplomats-of-turkey"),
    Lead(
        "Sudan gave two Chadian diplomats 72 hours to leave the country.",
        "SANCTION",
        "SDN",
        "group:diplomats-of-chad",
    ),
    Lead("Latvia told two Belarusian diplomats to leave.", "SANCTION", "LVA", "group:diplomats-of-belarus"),
    # aid by plane and ship
    Lead("Nepal received relief goods worth two million dollars from Qatar on Monday.", "AID", "QAT", "NPL"),
    Lead("A Norwegian ship carrying tents docked in Djibouti on Sunday.", "AID", "NOR", "DJI"),
    Lead("A Qatari plane with 30 tonnes of food arrived in Khartoum on Tuesday.", "AID", "QAT", "SDN"),
    Lead("Iran sent food and medicine to Aleppo by plane.", "AID", "IRN", "SYR"),
    # forces moved
    Lead("Two French frigates were ordered to the Red Sea.", "MOBILIZE", "org:armed-forces-of-france", ""),
    Lead("Britain's dispatch of a destroyer to the Black Sea angered Russia.", "MOBILIZE", "GBR", ""),
    Lead("Chad sent armoured vehicles and 300 soldiers to the border on Tuesday.", "MOBILIZE", "TCD", ""),
    Lead("Ships of Peru and Chile began a four-day joint exercise off Arica on Monday.", "COOPERATE", "PER CHL", ""),
    # threats of one's own side
    Lead(
        "An Iranian admiral warned that the Strait of Hormuz would be closed if sales were halted.",
        "THREATEN",
        "person:admiral-of-iran",
        "",
    ),
    Lead(
        "Iran's army chief warned that any ship that entered the bay would be sunk.",
        "THREATEN",
        "person:army-chief-of-iran",
        "",
    ),
    # who protests
    Lead("Thousands of people marched in Tunis on Monday.", "PROTEST", "group:people-of-tunisia", ""),
    Lead("A demonstration by some 2,000 people in Lagos ended quietly.", "PROTEST", "group:people-of-nigeria", ""),
    Lead(
        "Last month's march of miners in the Bolivian capital ended quietly.", "PROTEST", "group:miners-of-bolivia", ""
    ),
    # who is held, and who is freed
    Lead("The capture of nine Yemeni fishermen led to outrage.", "COERCE", "", "group:fishermen-of-yemen"),
    Lead("The two prisoners regained their freedom on Monday.", "RETREAT", "", "group:prisoners"),
    Lead(
        "COLOMBO - Eleven Bangladeshi sailors were arrested by the Sri Lankan coast guard on Friday night.",
        "COERCE",
        "org:coast-guard-of-sri-lanka",
        "group:sailors-of-bangladesh",
    ),
    # towns are places
    Lead(
        "The Ugandan army left Beni on Monday, the Congolese government said.",
        "RETREAT",
        "org:armed-forces-of-uganda",
        "COD",
    ),
    Lead(
        "Russian aircraft bombed the Saltivka district of Kharkiv on Monday.",
        "ASSAULT",
        "org:armed-forces-of-russia",
        "UKR",
    ),
    Lead("Russian forces attacked Mykolaiv on Monday.", "ASSAULT", "org:armed-forces-of-russia", "UKR"),
    # parliaments that vote, and names put under treaties
    Lead("Togo's parliament approved Ghana's plan by 64 votes to 8.", "SUPPORT", "org:parliament-of-togo", "GHA"),
    Lead("The parliament of Togo accepted the accord by 84 votes to 19.", "AGREE", "org:parliament-of-togo", ""),
    Lead("The parliament of Togo voted to lift the sanctions on Ghana.", "CONCEDE", "org:parliament-of-togo", "GHA"),
    Lead(
        "The leaders of Togo and Ghana put their names to two treaties.",
        "SUPPORT",
        "group:leaders-of-togo group:leaders-of-ghana",
        "",
    ),
    Lead("The president of Togo won the support of Ghana.", "SUPPORT", "GHA", "person:faure-gnassingbe"),
    # several doers, whatever stands between them
    Lead(
        "Ana Duarte, the Ghanaian ambassador, and Rui Pinto had mediated.",
        "CONSULT",
        "person:ana-duarte person:rui-pinto",
        "",
    ),
    Lead(
        "Malian and Nigerien troops took the town of Gao.",
        "ASSAULT",
        "org:armed-forces-of-mali org:armed-forces-of-niger",
        "",
    ),
    # envoys called home, states punished
    Lead("Togo recalled its negotiators from Ghana.", "SANCTION", "TGO", "GHA"),
    Lead("Togo decided to punish Ghana.", "SANCTION", "TGO", "GHA", "planned"),
    Lead("Togo and Ghana suspended Benin's membership in the African Union.", "SANCTION", "TGO GHA", "BEN"),
    Lead("The president of Ghana protested to Togo on Monday.", "ACCUSE", "person:nana-akufo-addo", "TGO"),
    # land given back
    Lead("Israel gave the Sinai back to Egypt.", "RETREAT", "ISR", "EGY"),
    Lead("Israel returned the Sinai to Egypt.", "RETREAT", "ISR", "EGY"),
    # whom a demand or a refusal is not aimed at
    Lead("Togo demanded a state of the Kurds.", "REQUEST", "TGO", ""),
    Lead("Libya refuses to leave the Aouzou Strip.", "REJECT", "LBY", ""),
    Lead("The president of Togo rejected a division of Lome.", "REJECT", "person:faure-gnassingbe", ""),
    Lead(
        "The president of Ghana promised that his government would help Togo.",
        "AGREE",
        "person:nana-akufo-addo",
        "TGO",
    ),
    Lead(
        "The presidents of Togo and Ghana had agreed to freeze their relations with Benin.",
        "AGREE",
        "group:presidents-of-togo group:presidents-of-ghana",
        "BEN",
    ),
    Lead("Ghana accepted the proposals for a treaty between Togo and Benin.", "AGREE", "GHA", ""),
    # who is to do what another calls for
    Lead(
        "Ghana called on Togo on Sunday to stop its raids in Benin and to “withdraw at once its forces from all "
        "Beninese territory”.",
        "RETREAT",
        "TGO",
        "BEN",
        "demanded",
    ),
    # what pronouns of things stand for
    Lead("Togo condemned the treaty. Ghana and Benin supported it.", "SUPPORT", "GHA BEN", ""),
    Lead("Togo explained the accords to Kenya. Chad would not endorse them.", "SUPPORT", "TCD", "", "negated"),
    Lead(
        "Togo broke off relations with Chad and Mali and expelled their diplomats. Ghana said nothing.",
        "SANCTION",
        "TGO",
        "group:diplomats-of-chad group:diplomats-of-mali",
        trigger="expelled",
    ),
    Lead(
        "The president of Ghana called the president of Togo on Monday to convey support.",
        "SUPPORT",
        "person:nana-akufo-addo",
        "",
    ),
    Lead(
        "Togo demanded the withdrawal of Ghanaian and Beninese troops.",
        "REQUEST",
        "TGO",
        "org:armed-forces-of-ghana org:armed-forces-of-benin",
    ),
    # of whom it is demanded, and who is only sent or talked about
    Lead("Libya demanded that the African Union expel Chad.", "REQUEST", "LBY", "org:african-union"),
    Lead("Togo refuses to send an ambassador before the vote.", "REJECT", "TGO", ""),
    Lead("Togo agreed to withdraw its heavy guns from the hills of Benin.", "RETREAT", "TGO", "BEN", "promised"),
    Lead("Togo offered Benin peace on Sunday.", "AGREE", "TGO", "BEN"),
    # houses of a state that has them
    Lead(
        "The president of Togo met President Biden. The Senate criticised Togo.",
        "ACCUSE",
        "org:parliament-of-united-states",
        "TGO",
    ),
    Lead(
        "The president of Togo spoke in Lome. Some members of Congress criticised Ghana.",
        "ACCUSE",
        "group:members-of-congress",
        "GHA",
    ),
]
DATED = [
    # a day beside the verb that lends a noun its doer, and beside the verb of saying
    ("Nurses in Lima went on strike on Monday.", "PROTEST", "2022-06-13"),
    ("Peru warned on Monday that it would attack Chile.", "THREATEN", "2022-06-13"),
    ("Peru's president said on Monday that his army would leave Chile next week.", "CONCEDE", "2022-06-13"),
    ("Peru bombed Chile yesterday morning.", "ASSAULT", "2022-06-14"),
]


UNTOLD = [
    ("Thousands marched in the carnival parade in Lima.", "PROTEST"),
    ("Hundreds gathered in Lima for a concert.", "PROTEST"),
    # the same words about something else
    ("Police and prosecutors examined the matter.", "CONSULT"),
    ("The minister came under fire for his remarks.", "ASSAULT"),
    ("Ecuador shut its visa office in Lima for two days.", "SANCTION"),
    ("The foreign minister declared the visit unwelcome.", "SANCTION"),
    ("Britain sent a plane with 20 officials to Kabul.", "AID"),
    ("A Russian ship carrying wheat docked in Djibouti on Sunday.", "AID"),
    ("The Red Cross warned that the border would be closed.", "THREATEN"),
    ("The interior minister warned that the border would be closed.", "THREATEN"),
    ("An American general warned that Kyiv would be attacked.", "THREATEN"),
    ("The army began the march of troops to the north.", "PROTEST"),
    ("The march of time goes on.", "PROTEST"),
    ("Strikes and demonstrations took place in Togo.", "ASSAULT"),
    ("The delegates of Togo walked out on Wednesday.", "PROTEST"),
    ("Ghana published the plan. Togo had received it from Chad.", "CONSULT"),
    ("The president of Ghana accepted that Togo should live within secure borders.", "REQUEST"),
    ("Ghanaian officials insisted that the promise had been given on Monday.", "REQUEST"),
    ("The president of Ghana addressed the parliament of Togo.", "SUPPORT"),
]


@cache
def readings() -> dict[str, tuple[Event, ...]]:
    """What all the sentences give, read in one go."""
    return events_of([lead.text for lead in TOLD] + [text for text, _ in UNTOLD], "2022-06-15")


@pytest.mark.parametrize("lead", TOLD, ids=lambda lead: lead.text)
def test_a_plain_lead_gives_its_event(lead: Lead) -> None:
    found = [event for event in readings()[lead.text] if event.type == lead.type]
    found = [event for event in found if lead.trigger in {None, event.trigger.text}]
    assert [(set(e.sources), set(e.targets), e.status) for e in found] == [
        (set(lead.sources.split()), set(lead.targets.split()), lead.status)
    ]


@pytest.mark.parametrize(("text", "event_type"), UNTOLD, ids=[text for text, _ in UNTOLD])
def test_the_same_words_about_something_else_do_not(text: str, event_type: str) -> None:
    assert all(event.type != event_type for event in readings()[text])


@pytest.mark.parametrize("text", ["Russian forces attacked Navalny on Monday.", "India blamed Sharif for the raid."])
def test_a_person_whom_a_deed_is_done_to_stays_one(text: str) -> None:
    (event,) = events_of([text], "2022-06-15")[text]
    assert all(target.startswith("person:") for target in event.targets)


@pytest.mark.parametrize(("text", "event_type", "day"), DATED, ids=[text for text, *_ in DATED])
def test_a_plain_lead_is_dated(text: str, event_type: str, day: str) -> None:
    (event,) = (event for event in events_of([text], "2022-06-15")[text] if event.type == event_type)
    assert event.date == day


def test_a_warning_with_its_threat_is_one_event_and_aimed_at_whom_it_is_said_to() -> None:
    text = "Peru warned Chile on Monday that it would close the strait."
    found = [event for event in events_of([text], "2022-06-15")[text] if event.type == "THREATEN"]
    assert [(event.sources, event.targets) for event in found] == [(("PER",), ("CHL",))]


def test_a_deed_that_answers_another_of_its_kind_is_not_that_one() -> None:
    text = "Peru expelled two Chilean diplomats in response to the expulsion of two Peruvian envoys."
    found = [event for event in events_of([text], "2022-06-15")[text] if event.type == "SANCTION"]
    assert [event.status for event in found] == ["actual", "actual"]
    assert [event.targets for event in found] == [("group:diplomats-of-chile",), ("group:envoys-of-peru",)]


def test_a_visit_during_which_plans_are_made_took_place() -> None:
    text = "The leaders of Peru and Chile reviewed plans for a fund during the Peruvian president's visit to Chile."
    (visit,) = (event for event in events_of([text], "2022-06-15")[text] if event.mode == "visit")
    assert visit.status == "actual"


def test_people_who_take_to_the_streets_protest() -> None:
    text = "Some 5,000 people took to the streets of Lima over a tax."
    (event,) = events_of([text], "2022-06-15")[text]
    assert (event.type, event.sources) == ("PROTEST", ("group:people-of-peru",))


def test_delegates_of_a_government_are_not_of_the_town_where_they_meet() -> None:
    text = "Delegates of Colombia's government signed an accord in Quito."
    (event,) = events_of([text], "2022-06-15")[text]
    assert event.sources == ("group:delegates-of-colombia",)
