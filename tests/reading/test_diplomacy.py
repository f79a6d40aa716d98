"""Deeds and positions of notes, offers, treaties and sanctions. All sentences are made up for this."""

from __future__ import annotations

from functools import cache

import pytest

from detente.reading.reader import read_documents
from detente.records import Document, Reading
from tests.reading.sentences import line

TOLD = {
    # whoever did it is reproached with it, and not who suffered it
    "Norway condemned the arrest of the envoy by Chad.": [
        "ACCUSE actual: NOR > TCD",
        "COERCE actual: TCD > person:envoy-of-norway",
    ],
    "Norway condemned the expulsion of two Danish nurses.": [
        "ACCUSE actual: NOR >",
        "SANCTION actual: > group:nurses-of-denmark",
    ],
    "Norway criticised the closure of the Danish consulate.": ["ACCUSE actual: NOR >"],
    "Norway condemned Chad's expulsion of two nurses.": [
        "ACCUSE actual: NOR > TCD",
        "SANCTION actual: TCD > group:nurses",
    ],
    "Norway criticised the policy of Chad.": ["ACCUSE actual: NOR > TCD"],
    # who is reproached has done it
    "Norway railed against Chad for arming the rebels.": ["ACCUSE actual: NOR > TCD", "AID actual: TCD > group:rebels"],
    "Norway complained about the United States' arming the rebels.": [
        "ACCUSE actual: NOR > USA",
        "AID alleged: USA > group:rebels",
    ],
    "Norway apologised to Peru for arresting two nurses.": [
        "SUPPORT actual: NOR > PER",
        "COERCE actual: NOR > group:nurses",
    ],
    # nor is he asked for it
    "Norway demanded the release of two nurses.": ["REQUEST actual: NOR >", "RETREAT demanded: > group:nurses"],
    "Norway demanded a boycott of Mali.": ["REQUEST actual: NOR >", "PROTEST demanded: >"],
    "Peru is seeking the extradition of a Danish banker.": [
        "REQUEST actual: PER >",
        "COOPERATE demanded: > person:banker-of-denmark",
    ],
    "Norway called for sanctions against Chad.": ["REQUEST actual: NOR > TCD", "SANCTION demanded: > TCD"],
    # nor who lives where others are to leave
    "Norway demanded the withdrawal of French troops from Transnistria.": [
        "REQUEST actual: NOR > org:armed-forces-of-france",
        "RETREAT demanded: org:armed-forces-of-france > org:transnistria",
    ],
    # what is offered is not to whom
    "Norway offered a thousand policemen.": ["AGREE actual: NOR >"],
    "Norway offered the exiled king asylum.": ["AGREE actual: NOR >", "AID offered: NOR >"],
    "Peru and Chile agreed to exchange ambassadors.": ["AGREE actual: CHL PER >", "SUPPORT promised: CHL PER >"],
    "Norway offered no help to Chad.": ["REJECT actual: NOR > TCD", "AID negated: NOR > TCD"],
    "Norway spared no effort to free the hostages.": ["RETREAT hypothetical: NOR > group:hostages"],
    "Togo vowed to persuade Benin to reject the treaty.": ["REJECT promised: BEN >"],
    # who keeps a deed from being done is not its doer
    "Chad promised to prevent attacks on Niger.": ["AGREE actual: TCD >", "ASSAULT negated: > NER"],
    "Norway pledged to block sanctions against Chad.": ["AGREE actual: NOR >", "SANCTION negated: > TCD"],
    "Chad vowed to launch attacks on Niger.": ["THREATEN actual: TCD > NER", "ASSAULT threatened: TCD > NER"],
    # sanctions that are lifted, meetings that are called, vetoes that are given up
    "The sanctions against Chad were lifted on Monday.": [],
    "The African Union called a summit of ministers.": [
        "REQUEST actual: org:african-union > group:ministers",
        "CONSULT planned: group:ministers >",
    ],
    "Norway protested over what it called the bombing of Mali.": ["ACCUSE actual: NOR >", "ASSAULT actual: > MLI"],
    "Greece lifted its objections to the pact.": ["CONCEDE actual: GRC >"],
    # notes say something or other
    "Norway handed the envoy of Chad a note.": [],
    "Norway handed the envoy of Chad a note of protest.": ["ACCUSE actual: NOR > person:envoy-of-chad"],
    "Norway voiced regret over the decision of Chad.": ["ACCUSE actual: NOR > TCD"],
    # to be of one mind is no agreement
    "Peru and Chile agree that the treaty has failed.": [],
    "Peru and Chile agreed that the talks would resume.": ["AGREE actual: CHL PER >", "CONSULT planned: CHL PER >"],
    # what several are to do, and what is to come before it
    "Peru insisted that Chile and Bolivia withdraw their troops.": [
        "REQUEST actual: PER > CHL BOL",
        "RETREAT demanded: BOL CHL >",
    ],
    "Norway recommended that all aid to Chad be suspended.": ["REQUEST actual: NOR >", "SANCTION demanded: > TCD"],
    # who asks a question demands no deed
    "Norway asked whether Chad would pay reparations.": ["RETREAT hypothetical: TCD >"],
    "Norway asked Chad to pay reparations.": ["REQUEST actual: NOR > TCD", "RETREAT demanded: TCD >"],
    "The rebels of Chad handed in their weapons to the police.": [
        "RETREAT actual: group:rebels-of-chad > org:police-of-chad"
    ],
    "Peru will sign no treaty before the hostages are freed.": [
        "REJECT actual: PER >",
        "SUPPORT negated: PER >",
        "RETREAT conditional: > group:hostages",
    ],
    "Peru signed the treaty before the hostages were freed.": [
        "SUPPORT actual: PER >",
        "RETREAT actual: > group:hostages",
    ],
}
"""Each sentence with its events: type, status, sources > targets, in the order of their triggers."""

TAKEN = {
    "Norway said that it would accept no observers.": [("NOR", "refuse", "observers")],
    "Norway said that it would make no concessions to Chad.": [("NOR", "refuse", "concessions")],
    "Norway said that it would sign nothing.": [],
    "Norway said that it would spare no effort.": [],
    "Norway promised no concessions.": [("NOR", "refuse", "concessions")],
    "Norway demanded no apology.": [],
    "Norway said that it would not be forced to sign.": [],
    "Norway said that it could not accept the proposal.": [("NOR", "refuse", "accept the proposal")],
    "Norway said that its army could not accept the food.": [],
    "Norway does not want a war.": [("NOR", "oppose", "a war")],
    "Norway does not want Chad to join the union.": [("NOR", "oppose", "Chad to join the union")],
    "Norway does not want to join the union.": [("NOR", "refuse", "join the union")],
    "Chad said that Norway did not want peace.": [],
    "Norway does not recognise the vote.": [("NOR", "refuse", "recognise the vote")],
    "Norway did not recognise the envoy.": [],
    "Chile insisted that the trawlers leave its waters.": [("CHL", "demand", "the trawlers leave its waters")],
    "Chile insisted that the trawlers be freed.": [("CHL", "demand", "the trawlers be freed")],
    "Chile insisted that its trawlers leave no traces.": [],
    "Oslo, for its part, appealed for calm.": [("NOR", "demand", "calm")],
    "Norway appealed for food for Yemen.": [("NOR", "demand", "food")],
}
"""Each sentence with its positions: whose, of what kind, and what is wanted."""


@cache
def _readings() -> dict[str, Reading]:
    """What all the sentences give, read in one go."""
    texts = [*TOLD, *TAKEN]
    documents = (Document(id=text, language="en", text=text, published="2015-06-17") for text in texts)
    return {reading.document.text: reading for reading in read_documents(documents)}


@pytest.mark.parametrize("text", TOLD)
def test_these_are_the_deeds_of_a_sentence(text: str) -> None:
    assert [line(event) for event in _readings()[text].events] == TOLD[text]


@pytest.mark.parametrize("text", TAKEN)
def test_these_are_the_positions_of_a_sentence(text: str) -> None:
    assert [(p.actor, p.act, p.what.text) for p in _readings()[text].positions] == TAKEN[text]
