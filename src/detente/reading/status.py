"""Whether it happened: the status of a deed by the grammar around it, and on whose word it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading import allegiance
from detente.reading.actors import Cast
from detente.reading.deeds import denials, effects, lexicon, scope
from detente.reading.deeds.effects import Deed
from detente.reading.deeds.modality import Layer
from detente.reading.statements import Saying, Sayings
from detente.records import EventType, Stance, Status

if TYPE_CHECKING:
    from spacy.tokens import Token

_AVERTING: Final = frozenset(
    {"prevent", "stop", "avert", "avoid", "thwart", "block", "halt", "deter", "foil", "keep", "dissuade", "discourage"}
)
_PUT_OFF: Final = frozenset({"planned", "promised", "offered", "threatened"})
_PROSPECTS: Final = frozenset({"planned", "promised", "offered", "threatened", "demanded"})
"""What is a fact once it is carried out."""

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
        effect = effects.resolved(layer, outer, deed, token, cast, sayings)
        if layer.effect == "said" and status not in {"actual", "negated"}:
            effect = "actual"  # who tells of a threat or of another's word alleges no deed
        if layer.effect == "occasion" and status not in {"actual", "negated"}:
            effect = "actual"  # what one marches to demand is demanded
        if layer.effect == "said" and status == "negated":
            denies = effects.denies(layer, layers[:number], deed, token, cast, sayings)
            # who says that nothing happened alleges nothing
            status, effect = ("actual", "denied") if denies else ("negated", "actual")
        if (
            layer.effect == "alleged"
            and status == "negated"
            and effects.denies(layer, layers[:number], deed, token, cast, sayings)
        ):
            status, effect = "actual", "denied"  # "maintained that none of its agents had"
        if effect == "conditional" and status == "threatened" and _is_condition_of(layer.token, token):
            continue  # a threat under a condition is a threat
        if effect == "negated" and status == "negated" and lexicon.lemma(layers[number - 1].token) in _AVERTING:
            status, effect = "actual", "actual"  # "failed to prevent the attack"
        weighed = status == "hypothetical" and number > 0 and layers[number - 1].effect == "hypothetical"
        if weighed and effect in _PUT_OFF:
            effect = "actual"  # who says that he will consider it has not promised it
        if layer.effect == "fulfilled":
            status, effect = ("actual" if status in _PROSPECTS else status), "actual"
        else:
            status = compose(effect, status)
        steps.append(Step(layer, effect, status))
        stances += _stances(layer, effect, cast, sayings)
    for saying in _around(token, sayings):
        if saying.cue is None or (saying.cue not in climbed and not _is_above(token, saying.cue)):
            effect = effects.of_act(saying, status, deed, cast)
            told = status != "negated" or effect == "denied"
            status = effect if effect == "denied" else compose(effect, status)
            steps.append(Step(saying, effect, status))
            if effect in scope.REPORTS and told:
                stances.append(_stance(_speaker(saying), saying.record.id, effect))
    reporter = _reporter(token, sayings)
    if status == "alleged" or (status == "actual" and reporter is not None):
        for verb in denials.after(token):
            deniers = [a for doer in grammar.doers(verb) for a in cast.at(doer)]
            if allegiance.same_side(frozenset(deniers), deed.doers, cast):
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


def _stances(layer: Layer, effect: Status, cast: Cast, sayings: Sayings) -> list[Stance]:
    """Who alleges or denies a deed, by the words around it."""
    if effect not in {"alleged", "denied"}:
        return []
    if layer.token.dep_ in {"advmod", "amod", "npadvmod"}:
        return [Stance(actor=None, statement=None, stance="alleges")] if effect == "alleged" else []
    cued = sayings.cued_by(layer.token)
    if cued:
        return [_stance(_speaker(s), s.record.id, effect) for s in cued]
    named = sorted(effects.speakers_of(layer, cast, sayings))
    return [_stance(actor, None, effect) for actor in named]


def _speaker(saying: Saying) -> str | None:
    return saying.record.source.actor if saying.record.source is not None else None


def _stance(actor: str | None, statement: str | None, effect: Status) -> Stance:
    return Stance(actor=actor, statement=statement, stance="denies" if effect == "denied" else "alleges")


def _reporter(token: Token, sayings: Sayings) -> Saying | None:
    """The innermost statement around `token` that reports rather than does something."""
    holding = [s for s in sayings.said if token.i in s.content and s.record.act not in _WORDS_OF_ONES_OWN]
    return min(holding, key=lambda s: len(s.content)) if holding else None
