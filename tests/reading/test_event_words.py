"""The words of the lexicon: which sense wins, and who stands where. The sentences are made up for these tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest

from detente.records import Event
from tests.reading.sentences import events_of


@dataclass(frozen=True)
class Case:
    text: str
    type: str
    sources: str
    targets: str
    mode: str | None = None


TOLD = [
    # two senses of which the grammar of the object picks one
    Case("Egypt cut off water to Libya.", "COERCE", "EGY", "LBY", "withhold"),
    Case("Egypt withheld water from Libya.", "COERCE", "EGY", "LBY", "withhold"),
    Case("Egypt cut off food aid to Libya.", "SANCTION", "EGY", "LBY", "discontinue"),
    Case("Egypt cut off negotiations with Libya.", "SANCTION", "EGY", "LBY", "discontinue"),
    Case("Egypt hacked the central bank of Libya.", "COERCE", "EGY", "org:central-bank-of-libya", "cyber"),
    Case("Peru expelled 200 Chilean migrants.", "COERCE", "PER", "group:migrants-of-chile", "deport"),
    Case("Poland expelled three Russian diplomats.", "SANCTION", "POL", "group:diplomats-of-russia", "expel"),
    Case(
        "Ghana expelled the Kenyan high commissioner.", "SANCTION", "GHA", "person:high-commissioner-of-kenya", "expel"
    ),
    Case("Ghana recalled its high commissioner from Kenya.", "SANCTION", "GHA", "KEN", "withdraw"),
    Case(
        "Ghana summoned the Kenyan high commissioner.",
        "ACCUSE",
        "GHA",
        "person:high-commissioner-of-kenya",
        "disapprove",
    ),
    Case("Turkish marines landed on Cyprus.", "MOBILIZE", "org:armed-forces-of-turkey", "CYP", "troops"),
    Case("Libya blocked the border with Tunisia.", "COERCE", "LBY", "TUN", "restrict"),
    Case("Egypt blockaded a port of Libya.", "COERCE", "EGY", "LBY", "restrict"),
    Case("Farmers blockaded a port in France.", "PROTEST", "group:farmers-of-france", "", "obstruct"),
    Case("Syria lifted its siege of a Kurdish town.", "RETREAT", "SYR", "group:kurds", "withdraw"),
    Case("Peru gave Chile intelligence.", "COOPERATE", "PER", "CHL"),
    Case("Peru gave Chile food.", "AID", "PER", "CHL"),
    Case("Workers at the port of Lima staged a strike.", "PROTEST", "group:workers-of-peru", "", "strike"),
    Case("Israel staged a strike on Syria.", "ASSAULT", "ISR", "SYR"),
    Case("Peru ordered the Chilean ambassador to leave.", "SANCTION", "PER", "person:ambassador-of-chile", "expel"),
    Case("Peru summoned its ambassador home from Chile.", "SANCTION", "PER", "CHL", "withdraw"),
    Case(
        "The president of Peru made a scathing attack on Chile.", "ACCUSE", "person:dina-boluarte", "CHL", "disapprove"
    ),
    Case("Peru seized hostages.", "ASSAULT", "PER", "group:hostages", "abduct"),
    # words and idioms of each type
    Case("Chile won assurances from Peru.", "AGREE", "PER", "CHL"),
    Case("The president of Peru arrived in Ecuador.", "CONSULT", "person:dina-boluarte", "ECU", "visit"),
    Case("An envoy of Norway arrived in Sudan.", "CONSULT", "person:envoy-of-norway", "SDN", "visit"),
    Case("The foreign minister of Peru flew to Quito.", "CONSULT", "person:foreign-minister-of-peru", "ECU", "visit"),
    Case(
        "The foreign minister of Peru met his counterpart of Chile.",
        "CONSULT",
        "person:foreign-minister-of-peru CHL",
        "",
    ),
    Case("Peru and Chile exchanged views.", "CONSULT", "PER CHL", ""),
    Case("Peru threw its weight behind Chile.", "SUPPORT", "PER", "CHL"),
    Case("Peru opened its embassy in Chile.", "SUPPORT", "PER", "CHL"),
    Case("Chile won praise from Peru.", "SUPPORT", "PER", "CHL"),
    Case("Mali gave ground to the rebels.", "CONCEDE", "MLI", "group:rebels"),
    Case("India bought rice from Vietnam.", "COOPERATE", "IND", "VNM"),
    Case("China invested 3 billion dollars in Chile.", "COOPERATE", "CHN", "CHL"),
    Case("Peru and Chile opened a bridge.", "COOPERATE", "PER CHL", ""),
    Case("Kenyan peacekeepers arrived in Haiti.", "AID", "group:peacekeepers-of-kenya", "HTI"),
    Case("Kenyan peacekeepers were deployed in Haiti.", "AID", "group:peacekeepers-of-kenya", "HTI"),
    Case("Chile received food from Peru.", "AID", "PER", "CHL"),
    Case("Peruvian rebels laid down their arms.", "RETREAT", "group:rebels-of-peru", "", "disarm"),
    # ships are seized, not stormed, and are theirs under whose flag they sail
    Case("China seized two Vietnamese trawlers.", "COERCE", "CHN", "VNM", "seize"),
    Case(
        "Kenya's navy seized a boat flying the Tanzanian flag.", "COERCE", "org:armed-forces-of-kenya", "TZA", "seize"
    ),
    Case("A court in Lima found Ana Duarte guilty.", "SANCTION", "org:court-of-peru", "person:ana-duarte", "convict"),
    Case("Egyptian jets struck rebel-held towns in Libya.", "ASSAULT", "org:armed-forces-of-egypt", "group:rebels"),
    Case("Saudi-led strikes on Yemen went on.", "ASSAULT", "SAU", "YEM"),
    Case("Egyptian air strikes hit Libya.", "ASSAULT", "EGY", "LBY"),
    Case("Franco-German talks went on in Rome.", "CONSULT", "DEU FRA", ""),
    Case("Peru expressed solidarity with and sympathy for Chile.", "SUPPORT", "PER", "CHL"),
    Case("Peru was attacked by Chile and by Bolivia.", "ASSAULT", "BOL CHL", "PER"),
    Case("Peru filed a complaint in the court of the union against Chile.", "ACCUSE", "PER", "CHL", "allege"),
    Case(
        "Egypt began a mediation effort to end the rift between Chad and Mali.",
        "CONSULT",
        "EGY",
        "MLI TCD",
        "third-party",
    ),
    Case("Peru lifted the embargo that it had imposed on Chile.", "CONCEDE", "PER", "CHL"),
    Case("Sweden will not take in any of the asylum seekers.", "REJECT", "SWE", "group:asylum-seekers", "assist"),
    Case("Togo will not begin talks with Benin until May.", "REJECT", "TGO", "BEN", "meet"),
    Case("Peru returned a marble head to Chile.", "RETREAT", "PER", "CHL", "release"),
    Case("Peru paid two million dollars in compensation to Chile.", "RETREAT", "PER", "CHL"),
    Case("Peru dropped its probe into Chile.", "CONCEDE", "PER", "CHL"),
    Case("Peru gave its approval on Thursday to the plan of Chile.", "SUPPORT", "PER", "CHL"),
    Case("Bolivia received an apology from Chile.", "SUPPORT", "CHL", "BOL"),
    Case("Niger told French diplomats to pack their bags.", "SANCTION", "NER", "group:diplomats-of-france", "expel"),
    Case("Peru launched a scathing attack on Chile.", "ACCUSE", "PER", "CHL", "disapprove"),
    Case("Mali called the Algerian decree illegal.", "ACCUSE", "MLI", "DZA", "disapprove"),
    Case("The minister of Peru attended an OPEC meeting.", "CONSULT", "person:minister-of-peru", "org:opec"),
    Case("Syria and Turkey traded prisoners.", "RETREAT", "SYR TUR", "", "release"),
    Case("Italy returned a statue to Peru.", "RETREAT", "ITA", "PER", "release"),
    Case("Norway called for Sweden to stop.", "REQUEST", "NOR", "SWE"),
    Case("Norway leaned on Sweden to stop.", "REQUEST", "NOR", "SWE"),
    Case("Norway wants Sweden to overhaul its courts.", "REQUEST", "NOR", "SWE"),
    Case("Chile received a request from Peru.", "REQUEST", "PER", "CHL"),
    Case("Peru took Chile to court.", "ACCUSE", "PER", "CHL", "allege"),
    Case("Peru opened proceedings against Chile.", "ACCUSE", "PER", "CHL", "allege"),
    Case("Peru launched legal action against Chile.", "ACCUSE", "PER", "CHL", "allege"),
    Case("Peru lashed out at Chile.", "ACCUSE", "PER", "CHL", "disapprove"),
    Case("Peru handed Chile a note of protest.", "ACCUSE", "PER", "CHL", "disapprove"),
    Case("Chile drew criticism from Peru.", "ACCUSE", "PER", "CHL", "disapprove"),
    Case("Bogota holds the rebels responsible for the blast.", "ACCUSE", "COL", "group:rebels", "allege"),
    Case("Peru turned its back on Chile.", "REJECT", "PER", "CHL"),
    Case("Peru put Chile on notice.", "THREATEN", "PER", "CHL"),
    Case("Rioters torched the Chilean embassy.", "PROTEST", "group:rioters", "org:embassy-of-chile", "riot"),
    Case("Peru closed its embassy in Chile.", "SANCTION", "PER", "CHL", "discontinue"),
    Case(
        "A court in Oslo found a Chilean company guilty of fraud.",
        "SANCTION",
        "org:court-of-norway",
        "org:company-of-chile",
        "convict",
    ),
    Case("Chile walked away from talks with Peru.", "SANCTION", "CHL", "PER", "withdraw"),
    Case("Chinese jets circled Taiwan.", "MOBILIZE", "org:armed-forces-of-china", "TWN", "troops"),
    Case("Peru threw two Chilean reporters into jail.", "COERCE", "PER", "group:reporters-of-chile", "arrest"),
    Case("Russian tanks entered Georgia.", "ASSAULT", "org:armed-forces-of-russia", "GEO"),
    Case("Syria and Turkey exchanged fire.", "ASSAULT", "SYR TUR", "", "firearms"),
    # what is received from somebody is given by him
    Case("The Kenyan army received three patrol boats from Norway.", "AID", "NOR", "org:armed-forces-of-kenya"),
    Case("Norway handed two patrol ships to Kenya.", "AID", "NOR", "KEN"),
    Case("Two patrol ships were turned over to Kenya by Norway.", "AID", "NOR", "KEN"),
    Case("Food aid from the Norwegian government has reached Kenya.", "AID", "org:government-of-norway", "KEN"),
    Case("Thirty tonnes of medicine from Egypt arrived in Kenya.", "AID", "EGY", "KEN"),
    Case("Kenya took delivery of 900 tonnes of Indian wheat.", "COOPERATE", "KEN", "IND"),
    Case("Norway received a phone call from Oman.", "CONSULT", "NOR OMN", "", "phone"),
    # what yields, surrenders, suspends
    Case("Chile scrapped a levy on fuel after protests in Lima.", "CONCEDE", "CHL", ""),
    Case("Chile did away with a ban on imports from Peru.", "CONCEDE", "CHL", "PER"),
    Case("Mali and the rebels accepted a pause in hostilities.", "CONCEDE", "MLI group:rebels", ""),
    Case("Chile surrendered a former minister to Peru.", "COOPERATE", "CHL", "PER"),
    Case("Peru suspended its part in the talks with Chile.", "SANCTION", "PER", "CHL", "discontinue"),
    # force of its kind
    Case("Libyan soldiers looted the museum.", "COERCE", "org:armed-forces-of-libya", "", "seize"),
    Case("Israel sent two jets over Lebanon.", "MOBILIZE", "ISR", "LBN", "troops"),
    Case("Peru seized cargo from Chile on Tuesday.", "COERCE", "PER", "CHL", "seize"),
    # modes
    Case("Libya sent a drone at a base of Chad.", "ASSAULT", "LBY", "TCD", "drone"),
    Case("Workers in Peru walked out over wages.", "PROTEST", "group:workers-of-peru", "", "strike"),
    Case("Norway mediated between Mali and Libya.", "CONSULT", "NOR", "MLI LBY", "third-party"),
    Case(
        "Oman's envoy serves as a mediator between Iraq and Yemen.",
        "CONSULT",
        "person:envoy-of-oman",
        "IRQ YEM",
        "third-party",
    ),
    Case("Peru, Chile, Bolivia and Brazil held a summit.", "CONSULT", "PER CHL BOL BRA", "", "multilateral"),
    Case("Mali deployed militias along the border with Niger.", "MOBILIZE", "MLI", "NER", "militia"),
    Case("Norway called for elections in Cuba.", "REQUEST", "NOR", "CUB", "change"),
    # who stands where
    Case("The bombing of Yemen continued.", "ASSAULT", "", "YEM", "explosives"),
    Case("Peru admitted bombing Chile.", "ASSAULT", "PER", "CHL", "explosives"),
    Case("Kenya froze aid to Somalia.", "SANCTION", "KEN", "SOM", "discontinue"),
    Case("Shelling by Peru wounded two Chileans.", "ASSAULT", "PER", "group:people-of-chile"),
    Case("Ghana is preparing for war with Togo.", "ASSAULT", "GHA TGO", ""),
    Case("Ghana avoided a war with Benin.", "ASSAULT", "GHA BEN", ""),
    Case("Peru's and Chile's presidents agreed to meet.", "AGREE", "PER group:presidents-of-chile", ""),
    Case("Peru investigated whether Chile had bombed Bolivia.", "ACCUSE", "PER", "CHL", "investigate"),
    Case(
        "Peru opened an investigation into claims that Chile had bombed Bolivia.", "ACCUSE", "PER", "CHL", "investigate"
    ),
    Case("Mali deployed troops to the border with Niger.", "MOBILIZE", "MLI", "NER", "troops"),
    # what a verb means by the noun under its preposition, and who stands beside that noun
    Case("Iraqi troops massed along the frontier with Syria.", "MOBILIZE", "org:armed-forces-of-iraq", "SYR", "troops"),
    Case("Chile called a halt to arms exports to Peru.", "SANCTION", "CHL", "PER", "discontinue"),
    Case("Chile rushed to the aid of Peru.", "AID", "CHL", "PER"),
    Case("Kenya sprang to the defence of Uganda.", "SUPPORT", "KEN", "UGA"),
    Case("Sweden is taking part in manoeuvres with Finland.", "COOPERATE", "SWE FIN", ""),
    Case("Mali came in for censure from Niger.", "ACCUSE", "NER", "MLI", "disapprove"),
    Case(
        "Camps of Hezbollah came under fire from the Israeli navy.",
        "ASSAULT",
        "org:armed-forces-of-israel",
        "org:hezbollah",
    ),
    Case("Iraqi soldiers were hit by mortar fire.", "ASSAULT", "", "org:armed-forces-of-iraq", "heavy-weapons"),
    Case("Peru massed troops on the Chilean border.", "MOBILIZE", "PER", "CHL", "troops"),
    # more words and idioms of each type
    Case("Chile and Peru found common ground on fishing.", "AGREE", "CHL PER", ""),
    Case("Chile and Peru settled a quarrel over fishing.", "AGREE", "CHL PER", ""),
    Case(
        "The premiers of Chile and Peru came together in Arica.",
        "CONSULT",
        "group:premiers-of-chile group:premiers-of-peru",
        "",
    ),
    Case(
        "Norway's envoy shuttled between Mali and Niger.", "CONSULT", "person:envoy-of-norway", "MLI NER", "third-party"
    ),
    Case("Kenya extended recognition to Kosovo.", "SUPPORT", "KEN", "KOS"),
    Case("Kenya and Uganda made peace.", "SUPPORT", "KEN UGA", ""),
    Case("Peru scrapped visas for Chileans.", "CONCEDE", "PER", "CHL"),
    Case("Peru eased its import rules for Chile.", "CONCEDE", "PER", "CHL"),
    Case("Peru opened its ports to Chile.", "CONCEDE", "PER", "CHL"),
    Case(
        "Peruvian and Chilean soldiers drilled together.",
        "COOPERATE",
        "org:armed-forces-of-peru org:armed-forces-of-chile",
        "",
    ),
    Case("Peru sent a medical team to Chile.", "AID", "PER", "CHL"),
    Case("Libya set free two Maltese sailors.", "RETREAT", "LBY", "group:sailors-of-malta", "release"),
    Case("Libya released two Maltese doctors.", "RETREAT", "LBY", "group:doctors-of-malta", "release"),
    Case("Peruvian rebels handed in their rifles.", "RETREAT", "group:rebels-of-peru", "", "disarm"),
    Case("Peruvian rebels gave themselves up.", "RETREAT", "group:rebels-of-peru", "", "disarm"),
    Case("Togo called in the ambassador of Ghana.", "ACCUSE", "TGO", "person:ambassador-of-ghana", "disapprove"),
    Case("The president of Peru put off a visit to Chile.", "REJECT", "person:dina-boluarte", "CHL", "meet"),
    Case("Rioters stoned buses in Peru.", "PROTEST", "group:rioters-of-peru", "", "riot"),
    Case("Traders in Peru shut their shops in protest.", "PROTEST", "group:traders-of-peru", "", "strike"),
    Case("Peru stopped buying gas from Bolivia.", "SANCTION", "PER", "BOL", "discontinue"),
    Case("The severance of ties with Bolivia was announced by Peru.", "SANCTION", "PER", "BOL", "discontinue"),
    Case("Iraq called up its reserves.", "MOBILIZE", "IRQ", "", "troops"),
    Case("Iraqi tanks rolled towards the border with Syria.", "MOBILIZE", "org:armed-forces-of-iraq", "SYR", "troops"),
    Case("Kenya clamped a curfew on Mombasa.", "COERCE", "KEN", "", "curfew"),
    Case("Iraqi soldiers ringed a Kurdish town.", "COERCE", "org:armed-forces-of-iraq", "group:kurds", "restrict"),
    Case("Peru exiled a Chilean bishop.", "COERCE", "PER", "person:bishop-of-chile", "deport"),
    Case("Iraqi rebels set a Kurdish village on fire.", "ASSAULT", "group:rebels-of-iraq", "group:kurds", "destroy"),
    Case("A mine went off under a Kurdish lorry.", "ASSAULT", "", "group:kurds", "explosives"),
    # what was read amiss in passages that nobody had worked on
    Case("Italy opened seven of its air bases to allied planes.", "COOPERATE", "ITA", ""),
    Case("Peru allowed Chilean troops onto its soil.", "COOPERATE", "PER", "org:armed-forces-of-chile"),
    Case("Chilean forces took Tiwintza, an outpost in Peru.", "ASSAULT", "org:armed-forces-of-chile", "PER"),
    Case("Two Peruvian planes were brought down on Friday.", "ASSAULT", "", "PER", "heavy-weapons"),
    Case("Turkey shut the pipeline from Iraq.", "SANCTION", "TUR", "IRQ", "discontinue"),
    Case("Peru stopped delivering arms to Chile.", "SANCTION", "PER", "CHL", "discontinue"),
    Case(
        "The Arab League called the raid a violation of Jordan's sovereignty.",
        "ACCUSE",
        "org:arab-league",
        "",
        "disapprove",
    ),
    Case("Peru came to Chile's defence at the council.", "SUPPORT", "PER", "CHL"),
    Case("Kazakhstan reopened a railway link to Uzbekistan.", "COOPERATE", "KAZ", "UZB"),
    Case("Chile let Peruvian bombers use its airfields.", "COOPERATE", "CHL", "org:armed-forces-of-peru"),
    Case("Peru and Ecuador fought for four days.", "ASSAULT", "PER ECU", ""),
    Case("Peru froze Chilean assets.", "COERCE", "PER", "CHL", "seize"),
    Case("Chad was suspended from the African Union.", "SANCTION", "org:african-union", "TCD"),
    Case(
        "The president of Peru received his Chilean counterpart in Lima.",
        "CONSULT",
        "CHL",
        "person:dina-boluarte",
        "visit",
    ),
    Case("Palestine was recognised as a state by Peru.", "SUPPORT", "PER", "PSE"),
    Case("A demand by Kuwait that Iraq return its archives was renewed.", "REQUEST", "KWT", "IRQ", "yield"),
    Case("Martial law was declared in Kazakhstan.", "COERCE", "KAZ", "", "martial-law"),
    Case(
        "Canada's ambassador was declared persona non grata by Peru.",
        "SANCTION",
        "PER",
        "person:ambassador-of-canada",
        "expel",
    ),
    Case(
        "India and Nepal, Chad, Mali and Peru severed relations with Togo.",
        "SANCTION",
        "IND NPL TCD MLI PER",
        "TGO",
        "discontinue",
    ),
    Case("Kosovo wants the politician Milan Korp extradited.", "REQUEST", "KOS", "", "assist"),
    Case("Peru warned Chile that it would resume its broadcasts.", "THREATEN", "PER", "CHL"),
    Case(
        "Anthony Lake, an American envoy, flew to Asmara for talks with Ethiopians.",
        "CONSULT",
        "person:anthony-lake",
        "ERI",
        "visit",
    ),
]

UNTOLD = [
    ("Turkey let it be known that it would wait.", "CONCEDE"),
    ("Qatar has hosted American forces since 2003.", "CONSULT"),
    ("A spokeswoman thanked the Qataris for hosting American forces.", "SUPPORT"),
    # the same words about something else
    ("Peru has bombarded Chile with questions.", "ASSAULT"),
    ("Peru beat Chile in the final.", "ASSAULT"),
    ("Turkish tanks entered service in Iraq.", "ASSAULT"),
    ("French tourists crossed into Mali.", "ASSAULT"),
    ("Migrants arrived in Italy.", "CONSULT"),
    ("Tourists flew to Paris.", "CONSULT"),
    ("The plea of Sudan met with a plain no.", "CONSULT"),
    ("Peru returned the ambassador's call to Chile.", "RETREAT"),
    ("Peru returned its troops to Chile.", "RETREAT"),
    ("Chile presented its order of the day to Peru.", "SUPPORT"),
    ("The minister of Peru landed in hospital.", "CONSULT"),
    ("The team of Peru arrived in Chile.", "CONSULT"),
    ("Norway took its children to school.", "ACCUSE"),
    ("The president of Peru turned to politics.", "REQUEST"),
    ("Investors walked away from Chile.", "REJECT"),
    ("The company treated its workers badly.", "AID"),
    ("Peru tapped its reserves.", "COERCE"),
    ("Peru bought time.", "COOPERATE"),
    ("The king of Norway took up a position at the bank.", "MOBILIZE"),
    ("Chile shook hands with defeat.", "CONSULT"),
    ("Peru dropped its prices.", "AID"),
    ("The minister walked off the stage.", "PROTEST"),
    ("Norway exchanged gifts with Peru.", "RETREAT"),
    ("Fighters gathered for a meal.", "MOBILIZE"),
    ("The dean of Lima dug into his reserves.", "ACCUSE"),
    ("Peru leaned on Chile in its trade.", "REQUEST"),
    ("Grain from Ukraine arrived in Egypt.", "AID"),
    ("Villagers hacked the branches off with machetes.", "COERCE"),
    ("Peru flew grain to Chile.", "CONSULT"),
    ("The president of Peru discussed the fighting in Mali.", "ASSAULT"),
    ("The army camp of Peru came under fire from Chilean troops.", "ACCUSE"),
    ("Floods drove the villagers of Chad from their homes.", "COERCE"),
    ("A storm brought down the website of Chile.", "COERCE"),
    ("Monsoon rain killed ten people in Nepal.", "ASSAULT"),
    ("A trial of lamps began in Chile.", "ACCUSE"),
    ("Peru fell to Chile in the final.", "ASSAULT"),
    ("The tourists came to Kenya.", "CONSULT"),
    ("Chile released two doctors of Malta.", "AID"),
    ("A jet of the army of Chad landed in Mali.", "MOBILIZE"),
    ("Soldiers of Chad attacked a village, leaving twelve people dead.", "RETREAT"),
    ("Police of Chad closed the bridge, leaving buses stranded.", "RETREAT"),
    ("Soldiers of Chad opened fire, leaving three villagers injured.", "RETREAT"),
    ("“We cannot stand aside,” the president of Italy said.", "RETREAT"),
    ("An American carrier left Yokosuka to join exercises.", "RETREAT"),
    ("Peru declared the blockade illegal.", "COERCE"),
    ("The foreign minister of China walked out.", "PROTEST"),
    ("Eritrea rejected the plan, saying that it would amount to surrendering its own territory.", "AGREE"),
]


@cache
def readings() -> dict[str, tuple[Event, ...]]:
    """What all the sentences give, read in one go."""
    return events_of([case.text for case in TOLD] + [text for text, _ in UNTOLD], "2024-06-14")


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case.text)
def test_the_words_give_this_event(case: Case) -> None:
    found = [event for event in readings()[case.text] if event.type == case.type]
    assert [(sorted(e.sources), sorted(e.targets), e.mode) for e in found[:1]] == [
        (sorted(case.sources.split()), sorted(case.targets.split()), case.mode)
    ]
    assert len(found) == 1


@pytest.mark.parametrize(("text", "event_type"), UNTOLD, ids=[text for text, _ in UNTOLD])
def test_the_same_words_about_something_else_do_not(text: str, event_type: str) -> None:
    assert all(event.type != event_type for event in readings()[text])
