"""What one thing around a deed makes of it, by who speaks and whose deed it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from typing import cast as typed

from detente import plover
from detente.language import grammar
from detente.reading import allegiance
from detente.reading.actors import Cast
from detente.reading.deeds import lexicon, scope
from detente.reading.deeds.modality import Layer
from detente.reading.statements import Saying, Sayings
from detente.records import EventType, Status

if TYPE_CHECKING:
    from spacy.tokens import Token

_WISHES: Final = frozenset(
    {"agreed", "intended", "ordered", "announced", "demanded", "promised", "offered", "planned", "threatened"}
)

_FORCE: Final = frozenset({"ASSAULT", None})
"""Deeds of which a belligerent's own word is no more than a claim; None stands for territory gained or lost."""

_VERBAL: Final = frozenset({"SUPPORT", "ACCUSE", "REQUEST", "CONSULT", "REJECT", "THREATEN"})

_IN_WORDS: Final = frozenset({"call", "telephone", "phone", "ring", "write"})
"""Verbs by which one tells whom one writes to or calls what one promises: "wrote to promise support"."""

_JOINT: Final = frozenset({"CONSULT", "COOPERATE"})

_UNFRIENDLY: Final = frozenset({"ACCUSE", "REJECT", "REQUEST"})
"""Verbal types that nobody is promised."""

_SENDING: Final = frozenset({"send", "dispatch", "despatch", "commit", "fly"})
_BILLS: Final = frozenset(
    {"bill", "law", "legislation", "proposal", "resolution", "measure", "amendment", "motion", "treaty"}
)

_POSSESSIVES: Final = frozenset({"its", "his", "her", "their", "our", "my"})

_PERFORMED_BY_WORD: Final = frozenset({"SANCTION", "COERCE", "ACCUSE", "CONCEDE", "AGREE", "SUPPORT", "REJECT"})
"""Types that an announcement carries out or at least begins; others it puts off."""

_ACTS: Final[dict[str, Status]] = {
    "claim": "alleged",
    "accuse": "alleged",
    "deny": "denied",
    "predict": "hypothetical",
    "ask": "hypothetical",
}
"""What a statement's act does to the deeds in its content where its cue does not stand above them in the parse."""


@dataclass(frozen=True)
class Deed:
    """What is known of a deed when its status is asked: whose it is, against whom, of which type (None: a holding)."""

    doers: frozenset[str] = frozenset()
    victims: frozenset[str] = frozenset()
    event_type: EventType | None = None
    mode: str | None = None

    @property
    def is_hostile(self) -> bool:
        """Whether its announcement is a threat."""
        return self.event_type is not None and plover.quad(self.event_type) == "material_conflict"

    @property
    def is_charge(self) -> bool:
        """Whether to tell it of another is to accuse him."""
        return self.is_hostile or self.event_type == "THREATEN"


def resolved(layer: Layer, outer: list[Layer], deed: Deed, token: Token, cast: Cast, sayings: Sayings) -> Status:
    """The status that one layer gives, by who speaks in the `outer` ones and who does the deed."""
    effect = layer.effect
    if effect == "said":
        return _on_word(speakers_of(layer, cast, sayings), deed, cast)
    if effect == "attempted":
        return "actual" if deed.event_type == "ASSAULT" else "hypothetical"
    if effect == "suggested":
        own = allegiance.same_side(speakers_of(layer, cast, sayings), deed.doers, cast) or _is_of_speaker(token)
        return "actual" if own or _speaks_for_doer(layer.token, token) else "hypothetical"
    if effect == "fulfilled":
        return "actual"
    if effect == "ended":
        return "negated" if deed.event_type is not None else "actual"  # who no longer holds a place has lost it
    if effect == "announced":
        return "actual" if deed.event_type in _PERFORMED_BY_WORD else _announced(deed, token, outer)
    if effect == "ordered":
        return "actual" if deed.event_type in _PERFORMED_BY_WORD else "demanded"
    if effect in {"purpose", "intended"}:
        return "planned"
    if effect == "occasion":
        by_word = deed.event_type in _VERBAL or (deed.event_type == "AGREE" and layer.token.lemma_ in _IN_WORDS)
        return "actual" if by_word else "planned"
    if effect == "foiled":
        return "actual" if deed.event_type == "ASSAULT" else "negated"  # a foiled attempt on a life was made
    if effect == "agreed":
        return "planned" if deed.event_type in _JOINT and len(deed.doers) > 1 else "promised"
    if effect == "promised":
        to_nobody = deed.event_type == "MOBILIZE" and not deed.victims  # "pledged to bolster its army"
        return "promised" if not deed.is_hostile or to_nobody else "threatened"
    if effect in {"future", "would", "obliged"}:
        speakers = _outer_speakers(outer, token, cast, sayings)
        if effect == "obliged":
            told = speakers is not None and (
                not allegiance.same_side(speakers, deed.doers, cast) or _is_told(outer, layer)
            )
            return "demanded" if told else "hypothetical"
        if layer.token.head.dep_ == "relcl" and lexicon.lemma(layer.token.head.head) in _BILLS:
            return "hypothetical"  # "a bill that would bar"
        if effect == "would" and "have" in grammar.auxiliaries(layer.token.head):
            return "hypothetical"  # "would have expelled them"
        if speakers is not None and not deed.doers and _is_of_speaker(token):
            return _announced(deed, token, outer)
        if any(o.effect in {"said", "suggested", "announced"} and _speaks_for_doer(o.token, token) for o in outer):
            return _announced(deed, token, outer, "planned")
        if speakers and deed.doers and allegiance.same_side(speakers, deed.doers, cast):
            return _announced(deed, token, outer)
        if speakers is None or (effect == "future" and not allegiance.is_identified(speakers, cast)):
            return _announced(deed, token, outer, "planned") if effect == "future" and deed.doers else "hypothetical"
        return "hypothetical"
    return typed(Status, str(effect))


def speakers_of(layer: Layer, cast: Cast, sayings: Sayings) -> frozenset[str]:
    """Who speaks by the word of a layer: the sources of the statements that it cues, else who does the speaking."""
    said = {s.record.source.actor for s in sayings.cued_by(layer.token) if s.record.source is not None}
    named = {actor for actor in said if actor is not None}
    if not named and layer.token.pos_ in grammar.VERBS:
        named = {actor for doer in grammar.doers(layer.token) for actor in cast.at(doer)}
    return frozenset(named)


def _is_of_speaker(token: Token) -> bool:
    """Whether the doer of a deed speaks of himself: "we will bomb", "said that his ships would"."""
    verb = token if token.pos_ in grammar.VERBS else token.head
    return any(
        doer.lower_ in {"we", "i"}
        or any(c.dep_ == "poss" and c.lower_ in _POSSESSIVES for t in _parts(doer) for c in t.children)
        for doer in grammar.doers(verb)
    )


def _parts(noun: Token) -> list[Token]:
    """A noun and what it is a part of: agents in "none of its agents"."""
    return [noun, *grammar.objects_of(noun, "of")]


def _speaks_for_doer(cue: Token, token: Token) -> bool:
    """Whether the speaker is told by the doer: "the packers will strike, their union announced"."""
    verb = token if token.pos_ in grammar.VERBS else token.head
    subjects = [
        c
        for c in cue.children
        if c.dep_ == "nsubj" and any(d.dep_ == "poss" and d.lower_ in _POSSESSIVES for d in c.children)
    ]
    return any(s.i > doer.i for s in subjects for doer in grammar.doers(verb))


def _is_told(outer: list[Layer], layer: Layer) -> bool:
    """Whether what must be done is told to its doer: "told Mongolia that it must", "was told that it ought to"."""
    subjects = [c for c in (layer.token, layer.token.head) for c in c.children if c.dep_ in {"nsubj", "nsubjpass"}]
    return any(s.pos_ == "PRON" for s in subjects) and any(
        o.effect == "said"
        and any(
            c.dep_ in {"dobj", "dative", "nsubjpass"} or (c.dep_ == "prep" and c.lower_ == "to")
            for c in o.token.children
        )
        for o in outer
    )


def _announced(deed: Deed, token: Token, outer: list[Layer], friendly: Status = "promised") -> Status:
    # who says on what condition he will send ships means to be feared, whomever they reach
    menaces = any(layer.effect == "conditional" for layer in outer) or not _is_sending(deed, token)
    if deed.is_hostile:
        return "threatened" if menaces else "planned"
    return "planned" if deed.event_type in _UNFRIENDLY else friendly


def _is_sending(deed: Deed, token: Token) -> bool:
    """Whether forces are only sent somewhere, to nobody's harm, which may be to help."""
    return deed.event_type == "MOBILIZE" and not deed.victims and lexicon.lemma(token) in _SENDING


def _on_word(speakers: frozenset[str], deed: Deed, cast: Cast) -> Status:
    """What plain words make of a deed: a fact, or a claim where a party speaks of its own war or of the other."""
    if not speakers:
        return "actual"
    is_force = deed.event_type in _FORCE or deed.mode == "seize" or _is_of_war(deed, cast)
    if is_force and allegiance.claims_for(speakers, deed.doers, deed.victims, cast):
        return "alleged"
    if allegiance.same_side(speakers, deed.doers, cast):
        return "actual"
    if deed.is_charge and deed.doers and allegiance.are_opposed(speakers, deed.doers, deed.victims, cast):
        return "alleged"
    return "actual"


def _is_of_war(deed: Deed, cast: Cast) -> bool:
    """Whether soldiers of another side are taken prisoner: what police say of their arrests is no claim."""
    return deed.mode == "arrest" and allegiance.are_at_war(deed.doers, deed.victims, cast)


def _outer_speakers(outer: list[Layer], token: Token, cast: Cast, sayings: Sayings) -> frozenset[str] | None:
    """Who speaks around a deed; None where the newspaper itself does."""
    for layer in outer:
        if layer.effect in scope.REPORTS or layer.effect in _WISHES:
            return speakers_of(layer, cast, sayings)
    saying = sayings.around(token)
    if saying is None:
        return None
    source = saying.record.source
    return frozenset({source.actor}) if source is not None and source.actor is not None else frozenset()


def of_act(saying: Saying, inner: Status, deed: Deed, cast: Cast) -> Status:
    """What a statement does to a deed in its content where its cue stands elsewhere, as beside a quotation."""
    source = saying.record.source
    if source is None:
        return "alleged" if saying.record.hedged else "actual"
    effect = _ACTS.get(saying.record.act)
    if effect == "denied":
        bystander = allegiance.is_bystander(frozenset({source.actor} if source.actor else ()), deed.doers, cast)
        if inner == "negated" and (bystander or _is_harmless(deed)):
            return "actual"  # who has no part in it, or is charged with nothing, denies nothing
        # a quoted denial negates in its own words: "We did not fire," the army denied
        return "denied" if inner in {"actual", "alleged", "negated"} else "actual"
    if effect == "alleged" and deed.event_type == "ACCUSE":
        return "actual"  # that somebody accuses is no charge
    if effect is not None:
        return effect
    return _on_word(frozenset({source.actor} if source.actor is not None else ()), deed, cast)


def denies(layer: Layer, inner: list[Layer], deed: Deed, token: Token, cast: Cast, sayings: Sayings) -> bool:
    """Whether words that only say deny: "said that it had not fired", but not "said that it would not fire"."""
    if any(saying.record.act == "deny" for saying in sayings.cued_by(layer.token)) and not _is_harmless(deed):
        return not allegiance.is_bystander(speakers_of(layer, cast, sayings), deed.doers, cast)
    put_off = any(i.effect in {"future", "would", "obliged", "agreed", "promised"} for i in inner)
    own = allegiance.same_side(speakers_of(layer, cast, sayings), deed.doers, cast) or (
        not deed.doers and _is_of_speaker(token)
    )
    return deed.is_hostile and not put_off and own


def _is_harmless(deed: Deed) -> bool:
    """Whether a deed is nothing to be charged with: who says that he has not agreed denies no allegation."""
    return deed.event_type is not None and not deed.is_charge
