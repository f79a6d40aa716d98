"""Whole sentences with all their deeds: who did them, to whom, and whether they happened. All are made up for this."""

from __future__ import annotations

from functools import cache

import pytest

from detente.records import Event
from tests.reading.sentences import events_of, line

TOLD = {
    # who undergoes it does not do it
    "The fugitive is Carlos Ruiz, who was later handed over to the police of Spain.": [],
    "Four nurses of Oxfam were found shot in Chad on Friday.": ["ASSAULT actual: > group:nurses-of-oxfam"],
    "Gunmen, accused by Chad of killing two nurses, control the north of Mali.": [
        "ACCUSE actual: TCD > group:gunmens-of-mali",
        "ASSAULT alleged: group:gunmens-of-mali > group:nurses-of-mali",
    ],
    "Norway faces a threat from Iran.": [],
    "The president of Kenya flew to Mombasa on Tuesday to see the king of Norway.": [
        "CONSULT planned: person:william-ruto > person:harald-v"
    ],
    "Envoys of Peru and Chile discussed the war against the Shining Path.": [
        "CONSULT actual: group:envoys-of-chile group:envoys-of-peru >",
        "ASSAULT actual: > org:shining-path",
    ],
    "Norway lost fifty dead and wounded in Mali.": [],
    # who is given a time is to use it, and who only begins is told by what he begins
    "Peru gave the Chilean rebels two days to free the hostages, threatening an attack.": [
        "REQUEST actual: PER > group:rebels-of-chile",
        "RETREAT demanded: group:rebels-of-chile > group:hostages",
        "THREATEN actual: PER > group:rebels-of-chile",
        "ASSAULT threatened: PER > group:rebels-of-chile",
    ],
    "Peru continues to criticise Chile.": ["ACCUSE actual: PER > CHL"],
    # what is given is not whom it is given to, and what hangs on a condition is not whom it is offered to
    "Chad contributed 200 soldiers to the mission.": ["AID actual: TCD >"],
    "Norway promised Chad food and medicine.": ["AGREE actual: NOR > TCD"],
    "Kenya offered to mediate if Chad stays away.": ["AGREE actual: KEN >", "CONSULT conditional: KEN >"],
    # whose a thing is that acts
    "Argentina said on Monday that one of its warships had hit a Spanish trawler.": ["ASSAULT alleged: ARG > ESP"],
    # who fails at what others decide refuses nothing
    "Envoys of Togo failed to persuade the Ghanaian government.": [],
    "Togo has failed to recognise the Ghanaian junta.": [
        "REJECT actual: TGO > org:government-of-ghana",
        "SUPPORT negated: TGO > org:government-of-ghana",
    ],
    # to insist on what is so asks for nothing, to claim a deed of one's own accuses nobody
    "Peru insisted that its boats carried only rice.": [],
    "Peru insisted that the Chilean observers leave.": ["REQUEST actual: PER > group:observers-of-chile"],
    "The rebels claimed to have shelled a Chadian post.": ["ASSAULT alleged: group:rebels > TCD"],
    # only states of some kinds are martial law
    "Tuareg leaders proclaimed an independent state.": [],
    "Fiji proclaimed a state of emergency.": ["COERCE actual: FJI >"],
    # what is rejected was neither threatened by who rejects it nor said by who does not let it pass
    "Togo rejected the ultimatum.": ["REJECT actual: TGO >"],
    "Peru blocked a resolution condemning the Chilean raid.": [
        "REJECT actual: PER >",
        "ASSAULT actual: CHL >",
    ],
    # to call on somebody for nothing is to visit him
    "The Ghanaian envoy called on King Harald on Monday.": ["CONSULT actual: person:envoy-of-ghana > person:harald-v"],
    # a list tells of each of its deeds
    "Chad and Libya agreed on a cease-fire and the release of the prisoners.": [
        "CONCEDE actual: LBY TCD >",
        "RETREAT promised: LBY TCD >",
        "RETREAT promised: > group:prisoners",
    ],
    # who writes is not whom he asks
    "Felipe VI sent a letter to Emmanuel Macron urging him to withdraw his troops.": [
        "REQUEST actual: person:felipe-vi > person:emmanuel-macron",
        "RETREAT demanded: person:emmanuel-macron >",
    ],
    "Felipe VI sent a personal message to President Emmanuel Macron urging him to withdraw his troops.": [
        "REQUEST actual: person:felipe-vi > person:emmanuel-macron",
        "RETREAT demanded: person:emmanuel-macron >",
    ],
    # who tells of the dead is none of them
    "Gunmen killed a judge and wounded two others, villagers and a nurse said.": [
        "ASSAULT actual: group:gunmen > person:judge"
    ],
    # what has come of it was done
    "Chadian jets flew to Mali to bomb a rebel camp, killing six people.": [
        "ASSAULT actual: org:armed-forces-of-chad > group:people"
    ],
    "The pilot is believed captured by the rebels.": ["COERCE alleged: group:rebels > person:pilot"],
    # somebody of who suffers it is not himself
    "Salva Kiir, detained by his own guard, is in Juba.": ["COERCE actual: > person:salva-kiir"],
    # who says that there will be none refuses it
    "Erdogan said that there would be no talks with Armenia.": [
        "REJECT actual: person:recep-tayyip-erdogan > ARM",
        "CONSULT negated: person:recep-tayyip-erdogan > ARM",
    ],
    # who does something after talks, or in cooperation, has had them
    "The minister of Togo left on Monday after two hours of talks with Emmanuel Macron.": [
        "CONSULT actual: person:emmanuel-macron person:minister-of-togo >"
    ],
    "Emmanuel Macron, after a meeting with the Togolese envoy, left on Monday.": [
        "CONSULT actual: person:emmanuel-macron person:envoy-of-togo >"
    ],
    "In cooperation with Togo, Ghana arrested six smugglers.": [
        "COOPERATE actual: GHA TGO >",
        "COERCE actual: GHA > group:smugglers",
    ],
    "Six smugglers were arrested in cooperation with Togo.": ["COERCE actual: > group:smugglers"],
    # ships that go to no one are no gift
    "Chile sent two submarines to the region.": ["MOBILIZE actual: CHL >"],
    "Poland sent tanks to Ukraine.": ["AID actual: POL > UKR"],
    "Nine Chadian soldiers were taken prisoner by the rebels.": [
        "COERCE actual: group:rebels > org:armed-forces-of-chad"
    ],
    # who thwarts an attempt does not make it
    "Togo thwarted an attempt to bomb the Ghanaian embassy.": ["ASSAULT actual: > org:embassy-of-ghana"],
    "Togo made an attempt to bomb the Ghanaian embassy.": ["ASSAULT actual: TGO > org:embassy-of-ghana"],
    # what was agreed and has taken effect is no promise any more
    "A ceasefire agreed by Togo and Ghana came into force on Monday.": [
        "RETREAT actual: GHA TGO >",
        "AGREE actual: GHA TGO >",
    ],
    # what is avenged was done, by somebody else
    "Togo vowed revenge for the killing of a Togolese envoy.": [
        "THREATEN actual: TGO >",
        "ASSAULT actual: > person:envoy-of-togo",
    ],
    "Togo promised to avenge the killing of a Togolese envoy.": [
        "THREATEN actual: TGO >",
        "ASSAULT threatened: TGO >",
        "ASSAULT actual: > person:envoy-of-togo",
    ],
    # who protests against what another did has not done it
    "Togo protested against the ramming of a ferry by a Ghanaian warship.": ["ACCUSE actual: TGO >"],
    "Ghana suspended joint operations with Togo.": ["SANCTION actual: GHA > TGO"],
    # a past tense goes with no infinitive
    "Kenya appealed to the junta to respect the law and suspended talks with Mali.": [
        "REQUEST actual: KEN > org:junta",
        "SANCTION actual: KEN > MLI",
    ],
    # wished for, given up, left open
    "Norway will no longer share intelligence with Poland.": [
        "REJECT actual: NOR > POL",
        "COOPERATE negated: NOR > POL",
    ],
    "The Chadian deputy wants Ruiz banned from the country.": [
        "REQUEST actual: person:deputy-of-chad >",
        "COERCE demanded: > person:ruiz",
    ],
    "A deputy of Libya is calling for Carlos Ruiz to be jailed.": [
        "REQUEST actual: person:deputy-of-libya >",
        "COERCE demanded: > person:carlos-ruiz",
    ],
    "Parliament in Lima debated legislation to deport Chilean migrants.": [
        "COERCE hypothetical: > group:migrants-of-chile"
    ],
    "The move to deport Chilean migrants was unsuccessful.": ["COERCE negated: > group:migrants-of-chile"],
    "The policy on deporting Chilean migrants has changed.": ["COERCE hypothetical: > group:migrants-of-chile"],
    "Peru may answer by deporting Chilean migrants.": ["COERCE hypothetical: PER > group:migrants-of-chile"],
    "Chile said that it would stay in the treaty, whatever Peru threatened.": ["THREATEN hypothetical: PER >"],
    "The last French soldiers are to leave Mali in May.": ["RETREAT planned: org:armed-forces-of-france > MLI"],
    "Chile said that it was not bound by a treaty that it had not helped to negotiate.": [],
    "Norway vowed to ignore the ruling.": ["REJECT actual: NOR >", "REJECT promised: NOR >"],
    # a deed that is told once
    "Talks between Peru and Chile, planned for May, were called off on Monday.": ["CONSULT negated: CHL PER >"],
    "The president of Kenya accepted an invitation to visit Chad next year.": [
        "AGREE actual: person:william-ruto > TCD",
        "CONSULT planned: person:william-ruto > TCD",
    ],
    "Norway lodged a formal protest with Chad.": ["ACCUSE actual: NOR > TCD"],
    # whose tanks they are; who stands beside the subject; who is to be freed is not asked
    "Chad, whose tanks overran Libya, refused to withdraw.": [
        "ASSAULT actual: org:armed-forces-of-chad > LBY",
        "REJECT actual: TCD >",
        "RETREAT negated: TCD >",
    ],
    "Foreign Minister Carlos Ruiz, in a call with his Chilean host, Ana Diaz, accused Bolivia of theft.": [
        "ACCUSE actual: person:carlos-ruiz > BOL"
    ],
    "Britain demanded that the hostages be released.": ["REQUEST actual: GBR >", "RETREAT demanded: > group:hostages"],
    "Kenya called the rebels of Sudan to a meeting in Nairobi.": ["REQUEST actual: KEN > group:rebels-of-sudan"],
    # what would have been, and what has been before
    "Norway said that it would have expelled spies of Chad if it had found any.": ["SANCTION conditional: NOR > TCD"],
    "Gunmen kidnapped two envoys of Peru, the first time that Peruvian envoys have been abducted in Chad.": [
        "ASSAULT actual: group:gunmen-of-chad > group:envoys-of-peru",
        "ASSAULT actual: > group:envoys-of-peru",
    ],
    "The president of Kenya spoke by telephone on state television.": [],
    # nobody is asked for anything
    "The Kenyan envoy, who asked not to be identified, left.": [],
    "The presidents of Peru and Chile demonstrated their friendship.": [],
}
"""Each sentence with its events: type, status, sources > targets, in the order of their triggers."""


@cache
def readings() -> dict[str, tuple[Event, ...]]:
    """What all the sentences give, read in one go."""
    return events_of(TOLD, "2024-06-14")


@pytest.mark.parametrize("text", TOLD)
def test_these_are_the_deeds_of_a_sentence(text: str) -> None:
    assert [line(event) for event in readings()[text]] == TOLD[text]
