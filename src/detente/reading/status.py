"""Whether it happened: the status of a deed by the grammar around it, and on whose word it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from typing import cast as typed

from detente import plover
from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.deeds import denials, lexicon, scope
from detente.reading.deeds.modality import Layer
from detente.reading.statements import Saying, Sayings
from detente.records import EventType, Stance, Status

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
_AVERTING: Final = frozenset(
    {"prevent", "stop", "avert", "avoid", "thwart", "block", "halt", "deter", "foil", "keep", "dissuade", "discourage"}
)
_JOINT: Final = frozenset({"CONSULT", "COOPERATE"})
_UNFRIENDLY: Final = frozenset({"ACCUSE", "REJECT", "REQUEST"})
"""Verbal types that nobody is promised."""
_BILLS: Final = frozenset(
    {"bill", "law", "legislation", "proposal", "resolution", "measure", "amendment", "motion", "treaty"}
)
_POSSESSIVES: Final = frozenset({"its", "his", "her", "their", "our", "my"})
_PUT_OFF: Final = frozenset({"planned", "promised", "offered", "threatened"})
_PROSPECTS: Final = frozenset({"planned", "promised", "offered", "threatened", "demanded"})
"""What is a fact once it is carried out."""

_IMPARTIAL: Final = frozenset({"UNO", "IGO", "NGO", "ISM", "MNC"})
_UNIONS: Final = frozenset({"UNO", "EUR"})

_OFFICIAL: Final = frozenset({"GOV", "MIL", "COP", "REB", "PRM", "SPY", "PTY", "LEG"})

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

_WORDS_OF_ONES_OWN: Final = frozenset({"demand", "request", "promise", "offer", "threaten", "agree", "refuse", "ask"})
"""Acts that do something and report nothing: what they are about does not rest on their speaker's word."""


@dataclass(frozen=True)
class Step:
    """One thing that bears on whether a deed happened: a word around it, a statement that holds it, a later denial."""

    by: Layer | Saying | Token
    effect: Status
    """What it is taken for here, by who speaks and whose deed it is."""
    status: Status
    """What it leaves of the deed, with all that stands inside it."""


@dataclass(frozen=True)
class Standing:
    """Status, the statement that reports it (None: the newspaper's own word) and who asserts, alleges or denies it."""

    status: Status
    reported_by: str | None = None
    stances: tuple[Stance, ...] = ()
    steps: tuple[Step, ...] = field(default=(), compare=False)
    """How the status came about, from the inside out."""


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


def of(
    token: Token,
    cast: Cast,
    sayings: Sayings,
    *,
    doers: frozenset[str] = frozenset(),
    victims: frozenset[str] = frozenset(),
    event_type: EventType | None = None,
    mode: str | None = None,
) -> Standing:
    """The standing of the deed that `token` names, that `doers` (actor ids) did and `victims` suffered.

    Without `event_type` it is judged as a holding: a party's own word on what it holds is a claim.
    """
    deed = Deed(doers, victims, event_type, mode)
    return judge(scope.layers(token), deed, token, cast, sayings)


def judge(layers: list[Layer], deed: Deed, token: Token, cast: Cast, sayings: Sayings) -> Standing:
    """The standing of a deed with `layers` around it: each is put around the status that those inside it give."""
    status: Status = "actual"
    stances: list[Stance] = []
    steps: list[Step] = []
    climbed = {layer.token.i for layer in layers}
    for number, layer in enumerate(layers):
        outer = layers[number + 1 :]
        effect = resolved(layer, outer, deed, token, cast, sayings)
        if layer.effect == "said" and status not in {"actual", "negated"}:
            effect = "actual"  # who tells of a threat or of another's word alleges no deed
        if layer.effect == "said" and status == "negated":
            denies = _denies(layer, layers[:number], deed, token, cast, sayings)
            # who says that nothing happened alleges nothing
            status, effect = ("actual", "denied") if denies else ("negated", "actual")
        if (
            layer.effect == "alleged"
            and status == "negated"
            and _denies(layer, layers[:number], deed, token, cast, sayings)
        ):
            status, effect = "actual", "denied"  # "maintained that none of its agents had"
        if effect == "conditional" and status == "threatened" and _is_condition_of(layer.token, token):
            continue  # a threat under a condition is a threat
        if effect == "negated" and status == "negated" and lexicon.lemma(layers[number - 1].token) in _AVERTING:
            status, effect = "actual", "actual"  # "failed to prevent the attack"
        if layer.effect == "fulfilled":
            status, effect = ("actual" if status in _PROSPECTS else status), "actual"
        else:
            status = compose(effect, status)
        steps.append(Step(layer, effect, status))
        stances += _stances(layer, effect, cast, sayings)
    for saying in _around(token, sayings):
        if saying.cue is None or (saying.cue not in climbed and not _is_above(token, saying.cue)):
            effect = _act_effect(saying, status, deed, cast)
            told = status != "negated" or effect == "denied"
            status = effect if effect == "denied" else compose(effect, status)
            steps.append(Step(saying, effect, status))
            if effect in scope.REPORTS and told:
                stances.append(_stance(_speaker(saying), saying.record.id, effect))
    reporter = _reporter(token, sayings)
    if status == "alleged" or (status == "actual" and reporter is not None):
        for verb in denials.after(token):
            deniers = [a for doer in grammar.doers(verb) for a in cast.at(doer)]
            if same_side(frozenset(deniers), deed.doers, cast):
                status = "denied"
                steps.append(Step(verb, "denied", status))
                cued = [s for s in sayings.cued_by(verb) if s.record.source is not None]
                stances += [_stance(_speaker(s), s.record.id, "denied") for s in cued] or [
                    _stance(a, None, "denied") for a in deniers
                ]
                break
    if status == "actual" and reporter is not None:
        stances.append(Stance(actor=_speaker(reporter), statement=reporter.record.id, stance="asserts"))
    reported_by = reporter.record.id if reporter is not None else None
    return Standing(status, reported_by, tuple(dict.fromkeys(stances)), tuple(steps))


def _is_condition_of(condition: Token, deed: Token) -> bool:
    """Whether a condition hangs on what holds a deed, and does not hold it itself."""
    clause = condition if condition.dep_ == "advcl" else condition.head
    return clause.i != deed.i and not clause.is_ancestor(deed)


def compose(outer: Status, inner: Status) -> Status:
    """The status of a deed that is `inner` by what stands next to it and `outer` by what stands around that.

    "denied that it attacked" is denied; "did not deny that it attacked" tells nothing: hypothetical.
    """
    if inner == "actual":
        return outer
    if inner == "conditional" and outer in {"hypothetical", "planned", "promised", "offered"}:
        return "conditional"
    if outer == "actual" or outer == "alleged":
        return inner
    if inner == "negated" and outer in _PUT_OFF:
        return "negated"  # "agreed not to attack"
    if inner in {"negated", "denied"} and outer not in {"conditional", "hypothetical"}:
        return "hypothetical"
    return outer


def side(actor: str, cast: Cast) -> frozenset[str]:
    """`actor` and everybody that it acts for."""
    acts_for = {a.id: a.acts_for for a in cast.actors}
    if actor.startswith("org:"):
        # the bodies of the United Nations and of the European Union speak for one another
        acts_for |= {a.id: a.acts_for or a.country for a in cast.actors if a.country in _UNIONS}
    found: set[str] = set()
    at: str | None = actor
    while at is not None and at not in found:
        found.add(at)
        at = acts_for.get(at)
    return frozenset(found)


def sides(actors: Iterable[str], cast: Cast) -> frozenset[str]:
    """`actors` and everybody that one of them acts for."""
    return frozenset().union(*(side(actor, cast) for actor in actors))


def others(actors: Iterable[str], doers: Collection[str], cast: Cast) -> list[str]:
    """`actors` without the doers, those that they act for, and those that act for them."""
    own, acting = sides(doers, cast), frozenset(doers)
    found = [actor for actor in actors if actor not in own and not acting & side(actor, cast)]
    # a president and the government of his state are one side
    return [a for a in found if not (a.startswith("org:government-of-") and own & side(a, cast))]


def resolved(layer: Layer, outer: list[Layer], deed: Deed, token: Token, cast: Cast, sayings: Sayings) -> Status:
    """The status that one layer gives, by who speaks in the `outer` ones and who does the deed."""
    effect = layer.effect
    if effect == "said":
        return _on_word(speakers_of(layer, cast, sayings), deed, cast)
    if effect == "attempted":
        return "actual" if deed.event_type == "ASSAULT" else "hypothetical"
    if effect == "suggested":
        own = same_side(speakers_of(layer, cast, sayings), deed.doers, cast) or _is_of_speaker(token)
        return "actual" if own or _speaks_for_doer(layer.token, token) else "hypothetical"
    if effect == "fulfilled":
        return "actual"
    if effect == "ended":
        return "negated" if deed.event_type is not None else "actual"  # who no longer holds a place has lost it
    if effect == "announced":
        return "actual" if deed.event_type in _PERFORMED_BY_WORD else _announced(deed)
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
        return "threatened" if deed.is_hostile else "promised"
    if effect in {"future", "would", "obliged"}:
        speakers = _outer_speakers(outer, token, cast, sayings)
        if effect == "obliged":
            told = speakers is not None and (not same_side(speakers, deed.doers, cast) or _is_told(outer, layer))
            return "demanded" if told else "hypothetical"
        if layer.token.head.dep_ == "relcl" and lexicon.lemma(layer.token.head.head) in _BILLS:
            return "hypothetical"  # "a bill that would bar"
        if effect == "would" and "have" in grammar.auxiliaries(layer.token.head):
            return "hypothetical"  # "would have expelled them"
        if speakers is not None and not deed.doers and _is_of_speaker(token):
            return _announced(deed)
        if any(o.effect in {"said", "suggested", "announced"} and _speaks_for_doer(o.token, token) for o in outer):
            return _announced(deed, "planned")
        if speakers and deed.doers and same_side(speakers, deed.doers, cast):
            return _announced(deed)
        if speakers is None or (effect == "future" and not _identified(speakers, cast)):
            return _announced(deed, "planned") if effect == "future" and deed.doers else "hypothetical"
        return "hypothetical"
    return typed(Status, str(effect))


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


def _announced(deed: Deed, friendly: Status = "promised") -> Status:
    if deed.is_hostile:
        return "threatened"
    return "planned" if deed.event_type in _UNFRIENDLY else friendly


def _on_word(speakers: frozenset[str], deed: Deed, cast: Cast) -> Status:
    """What plain words make of a deed: a fact, or a claim where a party speaks of its own war or of the other."""
    if not speakers:
        return "actual"
    is_force = deed.event_type in _FORCE or deed.mode == "seize"
    if same_side(speakers, deed.doers, cast):
        return "alleged" if is_force else "actual"
    if deed.is_charge and deed.doers and _are_opposed(speakers, deed, cast):
        return "alleged"
    return "actual"


def _are_opposed(speakers: frozenset[str], deed: Deed, cast: Cast) -> bool:
    """Whether the speakers belong to the victims, or where theirs is unknown to another state than the doers."""
    if same_side(speakers, deed.victims, cast):
        return True
    countries = {a.id: a.country for a in cast.actors if a.country is not None}
    own = {countries[a] for a in speakers if a in countries}
    theirs = {countries[a] for a in deed.doers if a in countries}
    if not theirs or not own or own & theirs:
        return False
    suffering = {countries[a] for a in deed.victims if a in countries}
    return bool(suffering & own) or not (suffering or own & _IMPARTIAL)


def _identified(speakers: frozenset[str], cast: Cast) -> bool:
    """Whether it is known whose side the speakers are on: "officials" and "sources" are the newspaper's own."""
    known = {a.id for a in cast.actors if a.country is not None or a.acts_for is not None}
    return bool(speakers & known)


def same_side(some: frozenset[str], others: frozenset[str], cast: Cast) -> bool:
    """Whether one of `some` acts for one of `others`, or both for the same."""
    return any(side(a, cast) & side(b, cast) for a in some for b in others)


def speakers_of(layer: Layer, cast: Cast, sayings: Sayings) -> frozenset[str]:
    """Who speaks by the word of a layer: the sources of the statements that it cues, else who does the speaking."""
    said = {s.record.source.actor for s in sayings.cued_by(layer.token) if s.record.source is not None}
    named = {actor for actor in said if actor is not None}
    if not named and layer.token.pos_ in grammar.VERBS:
        named = {actor for doer in grammar.doers(layer.token) for actor in cast.at(doer)}
    return frozenset(named)


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


def _around(token: Token, sayings: Sayings) -> list[Saying]:
    """The statements that hold `token`, innermost first; of several by one cue the first."""
    holding = sorted((s for s in sayings.said if token.i in s.content), key=lambda s: len(s.content))
    seen: set[int] = set()
    found: list[Saying] = []
    for saying in holding:
        if saying.cue is None or saying.cue not in seen:
            found.append(saying)
        if saying.cue is not None:
            seen.add(saying.cue)
    return found


def _is_above(token: Token, cue: int) -> bool:
    return any(ancestor.i == cue for ancestor in token.ancestors)


def _act_effect(saying: Saying, inner: Status, deed: Deed, cast: Cast) -> Status:
    """What a statement does to a deed in its content where its cue stands elsewhere, as beside a quotation."""
    source = saying.record.source
    if source is None:
        return "alleged" if saying.record.hedged else "actual"
    effect = _ACTS.get(saying.record.act)
    if effect == "denied":
        speaker = _speaker(saying)
        bystander = _is_bystander(frozenset({speaker} if speaker else ()), deed, cast)
        if inner == "negated" and (bystander or _is_harmless(deed)):
            return "actual"  # who has no part in it, or is charged with nothing, denies nothing
        # a quoted denial negates in its own words: "We did not fire," the army denied
        return "denied" if inner in {"actual", "alleged", "negated"} else "actual"
    if effect is not None:
        return effect
    return _on_word(frozenset({source.actor} if source.actor is not None else ()), deed, cast)


def _denies(layer: Layer, inner: list[Layer], deed: Deed, token: Token, cast: Cast, sayings: Sayings) -> bool:
    """Whether words that only say deny: "said that it had not fired", but not "said that it would not fire"."""
    if any(saying.record.act == "deny" for saying in sayings.cued_by(layer.token)) and not _is_harmless(deed):
        return not _is_bystander(speakers_of(layer, cast, sayings), deed, cast)
    put_off = any(i.effect in {"future", "would", "obliged", "agreed", "promised"} for i in inner)
    own = same_side(speakers_of(layer, cast, sayings), deed.doers, cast) or (not deed.doers and _is_of_speaker(token))
    return deed.is_hostile and not put_off and own


def _is_harmless(deed: Deed) -> bool:
    """Whether a deed is nothing to be charged with: who says that he has not agreed denies no allegation."""
    return deed.event_type is not None and not deed.is_charge


def _is_bystander(speakers: frozenset[str], deed: Deed, cast: Cast) -> bool:
    """Whether those who say that nothing happened speak for no state: monitors, witnesses, doctors."""
    if same_side(speakers, deed.doers, cast):
        return False
    known = {a.id: a for a in cast.actors}
    return bool(speakers) and all(
        s in known and known[s].kind != "state" and known[s].acts_for is None and not _OFFICIAL & set(known[s].sectors)
        for s in speakers
    )


def _stances(layer: Layer, effect: Status, cast: Cast, sayings: Sayings) -> list[Stance]:
    """Who alleges or denies a deed, by the words around it."""
    if effect not in {"alleged", "denied"}:
        return []
    if layer.token.dep_ in {"advmod", "amod", "npadvmod"}:
        return [Stance(actor=None, statement=None, stance="alleges")] if effect == "alleged" else []
    cued = sayings.cued_by(layer.token)
    if cued:
        return [_stance(_speaker(s), s.record.id, effect) for s in cued]
    named = sorted(speakers_of(layer, cast, sayings))
    return [_stance(actor, None, effect) for actor in named]


def _speaker(saying: Saying) -> str | None:
    return saying.record.source.actor if saying.record.source is not None else None


def _stance(actor: str | None, statement: str | None, effect: Status) -> Stance:
    return Stance(actor=actor, statement=statement, stance="denies" if effect == "denied" else "alleges")


def _reporter(token: Token, sayings: Sayings) -> Saying | None:
    """The innermost statement around `token` that reports rather than does something."""
    holding = [s for s in sayings.said if token.i in s.content and s.record.act not in _WORDS_OF_ONES_OWN]
    return min(holding, key=lambda s: len(s.content)) if holding else None
