"""Who did it, to whom, and on whose word, where a sentence joins several deeds. All sentences are made up for this."""

from __future__ import annotations

from functools import cache

import pytest

from detente.records import Event
from tests.reading.sentences import events_of, line

TOLD = {
    # what one says of one's own war is a claim, and so is what the state's radio or agency says of it
    "Tripoli Radio said Libyan jets had bombed an airfield in Chad.": [
        "ASSAULT alleged: org:armed-forces-of-libya > TCD"
    ],
    "Eritrean state television reported that government troops had killed 40 Ethiopian soldiers.": [
        "ASSAULT alleged: org:armed-forces-of-eritrea > org:armed-forces-of-ethiopia"
    ],
    "The Egyptian army said 60 Israeli soldiers had been killed at the canal.": [
        "ASSAULT alleged: > org:armed-forces-of-israel"
    ],
    "Pakistan said its navy had captured eight Indian marines.": [
        "COERCE alleged: org:armed-forces-of-pakistan > org:armed-forces-of-india"
    ],
    "The BBC said British troops had killed nine rebels in Aden.": [
        "ASSAULT actual: org:armed-forces-of-united-kingdom > group:rebels"
    ],
    # who is hit is not accused
    "The guerrillas claimed that a Rhodesian helicopter had been shot down.": [
        "ASSAULT alleged: > org:armed-forces-of-zimbabwe"
    ],
    "Kenya alleged that two Kenyans had been tortured by Ugandan police.": [
        "ACCUSE actual: KEN > org:police-of-uganda",
        "ASSAULT alleged: org:police-of-uganda > group:people-of-kenya",
    ],
    # a participle beside a passive is one, and an active verb beside it is that of who speaks
    "Six Bolivian policemen had been shot or stabbed.": ["ASSAULT actual: > org:police-of-bolivia"],
    "Two Danish pilots were captured and beaten.": [
        "COERCE actual: > group:pilots-of-denmark",
        "ASSAULT actual: > group:pilots-of-denmark",
    ],
    "Laos said that three of its soldiers had been wounded and accused Thailand of a raid.": [
        "ASSAULT actual: > org:armed-forces-of-laos",
        "ACCUSE actual: LAO > THA",
    ],
    "Libya denied that it had mined the harbour and accused Egypt of piracy.": ["ACCUSE actual: LBY > EGY"],
    "Kenya said that rebels had killed ten soldiers and burned a village.": [
        "ASSAULT alleged: group:rebels > org:armed-forces-of-kenya"
    ],
    # in a relative clause somebody else may act
    "The Polisario movement, which Algeria arms, condemned Morocco.": [
        "AID actual: DZA > org:polisario",
        "ACCUSE actual: org:polisario > MAR",
    ],
    "The junta, which Moscow finances, expelled the French ambassador.": [
        "AID actual: RUS > org:junta",
        "SANCTION actual: org:junta > person:ambassador-of-france",
    ],
    "The rebels, whom Uganda trains, condemned Rwanda.": [
        "AID actual: UGA > group:rebels",
        "ACCUSE actual: group:rebels > RWA",
    ],
    # who is in custody is held, who is in a place for talks has them
    "The Bolivian envoy remains in detention.": ["COERCE actual: > person:envoy-of-bolivia"],
    "Turkey is in occupation of the north of Cyprus.": ["COERCE actual: TUR > CYP"],
    "The Omani minister, in Paris for talks with the French president, praised Germany.": [
        "CONSULT actual: person:emmanuel-macron person:minister-of-oman >",
        "SUPPORT actual: person:minister-of-oman > DEU",
    ],
    # reporters come to be told something
    "Two correspondents visited the Malian camp.": [],
    "The Chadian minister met reporters on Friday.": [],
    # who welcomes that somebody was freed is for who freed him
    "Sweden welcomed the release of three Swedes by Eritrea.": [
        "SUPPORT actual: SWE > ERI",
        "RETREAT actual: ERI > group:people-of-sweden",
    ],
    "Finland hailed the rescue of two Estonians.": ["SUPPORT actual: FIN >"],
    "Nigeria welcomed the election of Nana Akufo-Addo.": ["SUPPORT actual: NGA > person:nana-akufo-addo"],
    # not all that blames accuses, nor does all that must be lie with those whose it is
    "Zambia blamed the fall in copper prices.": [],
    "Zambia blamed Rhodesian troops for the raid.": ["ACCUSE actual: ZMB > org:armed-forces-of-zimbabwe"],
    # what is sent tells what for
    "Kuwait sent two ships with clothing and potatoes to Lebanon.": ["AID actual: KWT > LBN"],
    "A plane flown by two Belgians landed in Kigali.": [],
    "Jordan receives its wheat from Romania.": ["COOPERATE actual: JOR > ROU"],
    "Iraq will deliver oil to Jordan in exchange for vegetables.": [
        "AGREE actual: IRQ > JOR",
        "COOPERATE planned: IRQ > JOR",
    ],
    "New Zealand announced that it would send a frigate to the Gulf.": ["MOBILIZE planned: NZL >"],
    "If Benin attacks, Ghana will send troops.": ["ASSAULT conditional: BEN >", "MOBILIZE threatened: GHA >"],
    # an invasion, an embargo, a rejection is done to what follows
    "Zambia criticised the 1982 invasion of Lebanon.": ["ACCUSE actual: ZMB >", "ASSAULT actual: > LBN"],
    "Peru condemned the embargo of Qatar.": ["ACCUSE actual: PER >", "SANCTION actual: > QAT"],
    # and the name of a state before a deed tells where it is done, unless its adjective or it alone could tell whose
    "The Mali strikes were condemned by Niger.": ["ACCUSE actual: NER >"],
    "The Mali pullout was criticised by Niger.": ["RETREAT actual: > MLI", "ACCUSE actual: NER >"],
    "Chile backed the Bolivia sanctions.": ["SUPPORT actual: CHL >"],
    "Chile criticised the Haiti intervention.": ["ACCUSE actual: CHL >"],
    "U.S. strikes killed ten rebels.": ["ASSAULT actual: USA > group:rebels"],
    "Malian strikes killed ten rebels.": ["ASSAULT actual: MLI > group:rebels"],
    "The Haiti government condemned Chile.": ["ACCUSE actual: org:government-of-haiti > CHL"],
    "North Korea missile tests alarmed Japan.": ["MOBILIZE actual: PRK >"],
    # a deed in trade or words hurts nobody by force
    "The European Union's tariffs hurt Belarus.": [],
    # what stands beside a verb decides what it is
    "The Czech minister, whose country took over the EU presidency in January, praised Serbia.": [
        "SUPPORT actual: person:minister-of-czechia > SRB"
    ],
    "Soldiers took over the radio station in Mali.": [
        "COERCE actual: org:armed-forces-of-mali > org:radio-station-of-mali"
    ],
    "The parliament of Chad voted down ten million dollars in aid for Niger.": [
        "REJECT actual: org:parliament-of-chad > NER"
    ],
    "Bolivia offered to send home 40 Cuban advisers.": ["CONCEDE actual: BOL >", "RETREAT offered: BOL >"],
    "The Togolese leader took refuge at the embassy.": [],
    "Demonstrators burned a Russian flag in Sofia.": ["PROTEST actual: group:demonstrators-of-bulgaria > RUS"],
    # who regrets his own deed reproaches nobody, what is put off is not done, what one asks about was done
    "Putin expressed regret for the bombing of the Chinese embassy.": [
        "SUPPORT actual: person:vladimir-putin >",
        "ASSAULT actual: > org:embassy-of-china",
    ],
    "Oman expressed regret over the decision of Iran.": ["ACCUSE actual: OMN > IRN"],
    "The Danish envoy put off a visit to London.": [
        "REJECT actual: person:envoy-of-denmark > GBR",
        "CONSULT negated: person:envoy-of-denmark > GBR",
    ],
    "Peru demanded answers about the arrest of two priests.": [
        "REQUEST actual: PER >",
        "COERCE actual: > group:priests",
    ],
    # nor did who was expelled do it
    "Oman's expulsion from the league was criticised by Iran.": ["ACCUSE actual: IRN >"],
    "Syria's exclusion from the league was welcomed by Iran.": ["SUPPORT actual: IRN >"],
    # who is pressed is to do it, and a war goes on whoever is drawn into it
    "Chad is under pressure from France to withdraw its troops from Sudan.": ["RETREAT demanded: TCD > SDN"],
    "Chad faces pressure to release two Danes.": ["RETREAT demanded: TCD > group:people-of-denmark"],
    "Chad refuses to be drawn into the war between Sudan and Egypt.": [
        "REJECT actual: TCD >",
        "ASSAULT actual: EGY SDN >",
    ],
    # who leaves an organisation does not retreat
    "Peru threatened to pull out of the United Nations.": [
        "THREATEN actual: PER > org:united-nations",
        "SANCTION threatened: PER > org:united-nations",
    ],
    "Peru pulled its troops out of Chile.": ["RETREAT actual: PER > CHL"],
    "Niger's withdrawal from ECOWAS took effect in January.": ["SANCTION actual: NER > org:ecowas"],
    # whom one wants beaten one asks for nothing, nor can what was not done be asked for
    "The Islamic State must be defeated, Jordan said.": [],
    "The two hostages must be freed, Jordan said.": ["RETREAT demanded: > group:hostages"],
    "Syrian troops must be withdrawn from Lebanon, Jordan said.": [
        "REQUEST actual: JOR > org:armed-forces-of-syria",
        "RETREAT demanded: > LBN",
    ],
    "Jordan said that Syria should have been invited.": [],
    "Jordan said that Syria must be part of the plan.": [],
    # politicians fight in words and at elections
    "Ruto clashed with Museveni over the border.": ["ACCUSE actual: person:william-ruto > person:yoweri-museveni"],
    "Vucic fired back at Kurti over the remarks.": ["ACCUSE actual: person:aleksandar-vucic > person:albin-kurti"],
    "Ethiopian troops fired back at Somali soldiers.": [
        "ASSAULT actual: org:armed-forces-of-ethiopia > org:armed-forces-of-somalia"
    ],
    # a promise is of whose it is, and who assures others of what is so promises nothing
    "Chad's promise of talks between Israel and Jordan surprised Oman.": [
        "AGREE actual: TCD > ISR JOR",
        "CONSULT promised: ISR JOR >",
    ],
    "Togo assured Benin that the boat was unarmed.": [],
    "Togo assured Benin that it would pay.": ["AGREE actual: TGO > BEN"],
    # what stands beside a denial is not denied
    "Hezbollah was not a party to the truce, leaving it free to shell Israel.": ["ASSAULT hypothetical: > ISR"],
    "Bombing the rebels in Syria is not going to help, Oman said.": ["ASSAULT actual: > group:rebels-of-syria"],
    "Kuwait condemned the claim that Oman had bombed Yemen.": ["ACCUSE actual: KWT >", "ASSAULT alleged: OMN > YEM"],
    "The bill would bar Mali from entering into agreements with Niger.": [
        "COERCE hypothetical: > MLI",
        "AGREE hypothetical: MLI > NER",
    ],
    # what one weighs is still to come, and what one proposes is asked of whom one proposes it to
    "Bolivia is considering the withdrawal of its troops from Haiti.": [
        "RETREAT hypothetical: org:armed-forces-of-bolivia > HTI"
    ],
    "The cabinet is weighing the expulsion of the Russian ambassador.": [
        "SANCTION hypothetical: > person:ambassador-of-russia"
    ],
    "Brezhnev proposed to Nixon that the two powers step in.": [
        "REQUEST actual: person:leonid-brezhnev > person:richard-nixon"
    ],
    "The embassy asked its readers which consulate should be shut.": [],
    "Poland let its displeasure be known.": [],
    "The Danish envoy was greeted by the king of Norway and booed by students.": [
        "CONSULT actual: person:envoy-of-denmark > person:harald-v",
        "PROTEST actual: group:students > person:envoy-of-denmark",
    ],
    # an enemy of somebody is somebody else, and what stands before a deed is where it was done
    "Togo blamed the raid on the enemies of Benin.": ["ACCUSE actual: TGO >"],
    "Togo blamed the crash on Benin's rivals.": ["ACCUSE actual: TGO > group:rivals-of-benin"],
    "At the Beninese airport Togolese soldiers fired into the air.": [
        "ASSAULT actual: org:armed-forces-of-togo >",
    ],
    # who is to keep a promise is not whom it is made to
    "Togo promised Benin that its army would clear the road.": ["AGREE actual: TGO > BEN"],
    "Togo pledged that Beninese trucks would not be searched.": ["AGREE actual: TGO >"],
    # a demand that is refused is refused
    "Togo called for a new vote, a demand that the Beninese government refused.": [
        "REJECT actual: org:government-of-benin >"
    ],
    # words that only look like deeds
    '"Let others take in the refugees," the Hungarian minister said.': [],
    "The Danish king visited his sister in Athens.": [],
    "The Islamic State is taking hold in Libya.": [],
    "The Peruvian minister called the idea for a wall stupid.": [],
    "Germany pledged to bolster its army.": ["AGREE actual: DEU >", "MOBILIZE promised: DEU >"],
    "Ghana denounced the agreement as a sham.": ["ACCUSE actual: GHA >"],
    "Ghana denounced the 1961 treaty with Britain.": ["SANCTION actual: GHA > GBR"],
    "Argentina hopes to pull out of its recession.": [],
    "China began to reclaim land at the reef.": [],
    "The envoy refused to give a date for the visit.": [],
    # what is to begin has not, what one marches to demand is demanded, and an agreement that is discussed is there
    "Talks between Togo and Benin are to open on Monday.": ["CONSULT planned: BEN TGO >"],
    "Teachers marched in Dakar to demand the release of two priests by Mali.": [
        "PROTEST actual: group:teachers-of-senegal > MLI",
        "REQUEST actual: group:teachers-of-senegal > MLI",
        "RETREAT demanded: MLI > group:priests-of-senegal",
    ],
    "The ministers discussed the agreement between Chile and Peru.": [
        "CONSULT actual: group:ministers >",
        "AGREE actual: CHL PER >",
    ],
}


@cache
def events() -> dict[str, tuple[Event, ...]]:
    return events_of(TOLD, "2024-06-14")


@pytest.mark.parametrize("text", TOLD)
def test_each_deed_has_its_doers_and_its_status(text: str) -> None:
    assert [line(event) for event in events()[text]] == TOLD[text]
