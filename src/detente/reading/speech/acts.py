"""What a statement does: the speech act of its cue, and where the cue is neutral ("said"), of its content.

Grammar and the model's branch for speech acts each have their say: see `of`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.speech import act_words as words
from detente.reading.speech import content_acts, cue_acts, cues
from detente.reading.speech.attribution import Attribution
from detente.reading.speech.content_acts import Clause
from detente.reading.tables import Reason
from detente.records import Act, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LIKELY: Final = 0.5
"""What the model sees less certainly counts for nothing: in news, most that is said states."""

CERTAIN: Final = 0.8
"""From here on the model goes before what the grammar makes of a content."""

_OF_ONES_OWN: Final = frozenset({"promise", "offer", "threaten", "agree", "refuse", "deny"})
"""Acts that are about a deed of the speaker's own side."""

_WILLED: Final = frozenset({"promise", "offer", "refuse", "threaten"})
"""Acts that are about what the speaker's side is going to do."""

_OTHERS: Final = frozenset({"sides", "parties"})
"""Who of several is meant by it, the speaker is none of them."""

_FIRST_PERSON: Final = frozenset({"i", "we"})
_THIRD_PERSON: Final = frozenset({"he", "she", "it", "they"})
_OWNERS: Final = frozenset({"my", "our", "his", "her", "its", "their"})
_BODIES: Final = frozenset(
    "country government nation state ministry army party side force troop navy company union people".split()
)
"""What acts for a speaker who calls it his: "his country would close its airspace"."""
_PLAINLY_SAID: Final = frozenset(
    """say tell add state declare write tweet stress emphasize emphasise underline underscore reiterate repeat continue
    remark announce note affirm reaffirm""".split()
)
"""Cues after which "must" is the speaker's demand; what a study shows or an analyst believes is no demand."""

_PROPOSED: Final = frozenset(
    "idea proposal call offer demand plan prospect possibility suggestion notion request appeal petition".split()
)
_ASKING: Final = frozenset({"want", "demand", "seek", "wish"})


_JUDGING: Final = frozenset({"condemn", "praise", "accuse", "deny", "claim"})
"""What somebody can do who calls a thing something."""

_DENYING: Final = grammar.NEGATIONS | {"nothing", "nobody", "nowhere", "only", "wrong", "mistake", "innocent", "absurd"}
"""Words by which a thing is denied."""


class Decided(NamedTuple):
    """An act, and what decided."""

    act: Act
    because: Reason


def of(doc: Doc, frame: Attribution, quoted: set[int], cast: Cast, source: Source | None) -> Decided:
    """The act that the grammar shows; the model's, where it shows none or the cue is neutral and the model certain.

    Grammar is nearly always right where it speaks and mostly silent after "said"; the model, given the cue, is right in
    four cases of five, whatever the words.
    """
    if not frame.content:
        return _named(frame)
    clause = _clause(doc, frame, quoted, cast, source)
    shown = _shown(doc, frame, clause)
    if frame.model_act is None:
        return shown
    seen, probability = frame.model_act
    if frame.status == "negated" and (seen != "refuse" or probability < LIKELY):
        return _named(frame)  # words that were not said do no more than their cue would
    if _is_contradicted(seen, clause, cast) or (seen == "deny" and _affirms(frame)):
        return shown
    if shown.act == "state" and _description(frame) is None:
        if probability >= LIKELY:
            return Decided(seen, f"the model, with {probability:.2f}: the grammar shows nothing")
        return Decided("state", f"the grammar shows nothing, and the model is in doubt ({seen}, {probability:.2f})")
    if frame.act == "state" and probability >= CERTAIN and _may_be(seen, shown, frame):
        return Decided(seen, f"the model, with {probability:.2f}: the cue is neutral")
    return shown


def _may_be(seen: Act, shown: Decided, frame: Attribution) -> bool:
    """Whether a cue that is neutral may do what the model sees: who calls a thing something judges it."""
    return _description(frame) is None or (shown.act == "state" and seen in _JUDGING)


def _is_contradicted(seen: Act, clause: Clause, cast: Cast) -> bool:
    """Whether grammar knows better: what another will do is no promise, "not a disgrace" condemns nothing."""
    if clause.negated and content_acts.judgement(clause.predicate) == seen:
        return True
    if seen == "condemn" and clause.head.lemma_.lower() in words.SORROWS:
        return True  # "expressed regret" condemns nobody
    if clause.negated and seen in {"deny", "refuse"} and not clause.future and clause.verb in words.UNCHARGED:
        return True  # "did not expect it" denies and refuses nothing
    if seen == "deny" and clause.negated and clause.subject is not None and not clause.quoted:
        thing = not clause.own and not cast.at(clause.subject) and not grammar.is_passive(clause.head)
        if thing and clause.subject.pos_ == "NOUN" and clause.verb not in words.WRONGS | words.HOSTILE:
            return True  # "the treaty does not settle it": a thing is charged with nothing
    if clause.subject is None or clause.quoted:
        return seen in _OF_ONES_OWN and not clause.own and _is_anothers(clause, cast)
    passive = grammar.is_passive(clause.head)
    if passive and not clause.future and seen in _WILLED and (clause.own or cast.at(clause.subject)):
        return True  # who "has not been asked" refuses nothing
    if clause.own and not passive and not clause.negated and seen == "accuse":
        return clause.verb in words.WRONGS | words.HOSTILE  # "said that it had shot down a jet": nobody accuses himself
    return seen in _OF_ONES_OWN and not clause.own and _is_anothers(clause, cast)


def _is_anothers(clause: Clause, cast: Cast) -> bool:
    """Whether what a content tells of is the deed of somebody else."""
    if clause.subject is None or grammar.is_passive(clause.head):
        return False
    return bool(cast.at(clause.subject)) or clause.subject.lower_ in _OTHERS


def _affirms(frame: Attribution) -> bool:
    """Whether nothing in a neutral cue and its content denies anything: "said that the reserves had been called up"."""
    if frame.act != "state" or frame.main is None:
        return False
    said = [*frame.cue, *(frame.main.doc[i] for i in frame.content)]
    return not any(t.dep_ == "neg" or t.lower_ in _DENYING or t.lemma_.lower() in words.UNTRUE for t in said)


def _named(frame: Attribution) -> Decided:
    """The act of the cue."""
    entry = cue_acts.entry(frame.cue)
    if entry is None:
        return Decided(frame.act, "no row knows the cue")
    return Decided(frame.act, entry.row if entry.act == frame.act else "the cue is negated")


def _shown(doc: Doc, frame: Attribution, clause: Clause) -> Decided:
    """The cue's act, mended by what the content says of it; where the cue is neutral, what the content itself does."""
    act = frame.act
    asking = doc[max(frame.content)].text == "?" or _ends_with_question(doc, frame.content)
    if act in {"state", "claim", "demand"} and (asking or _wants_to_know(frame)):
        return Decided("ask", "the content asks, or the cue wants to know")
    mended = _mended(frame, act)
    if mended not in {"state", act}:
        return Decided(mended, "the way in which the content hangs on the cue")
    if act in {"promise", "warn"} and _is_threat(clause, act):
        return Decided("threaten", "what is announced is a hostile deed of the speaker's own")
    if act != "state":
        return _named(frame)
    described = _description(frame)
    if described is not None:
        return Decided(content_acts.judgement(described) or "state", "what the cue calls its object")
    return Decided(*content_acts.of(clause))


def _mended(frame: Attribution, act: Act) -> Act:
    """A cue whose act depends on how its content is attached: "asked whether" asks, "asked them to leave" requests."""
    main = frame.main
    if main is None:
        return act
    children = list(main.children)
    if act in {"claim", "state"} and any(_is_subjunctive(c) for c in children):
        # "insisted that it leave" asks; "insisted that it had left" claims
        return "offer" if main.lemma_ == "suggest" else "demand"
    if main.lemma_ == "suggest" and any(c.dep_ == "dobj" and c.pos_ == "NOUN" for c in children):
        return "offer"
    if act == "ask" and main.lemma_ == "ask" and any(_is_told_to(c) or _is_subjunctive(c) for c in children):
        return "request"
    if main.lemma_ in {"reject", "dismiss"}:
        things = [grammar.antecedent(c) for c in children if c.dep_ in {"dobj", "nsubjpass"}]
        objects = {t.lemma_.lower() for c in things for t in (c, *c.conjuncts)}
        if objects & words.ALLEGED:
            return "deny"
        if {t.lemma_.lower() for c in children if c.lower_ == "as" for t in c.subtree} & words.UNTRUE:
            return "deny"  # "dismissed it as a fabrication"
        if main.lemma_ == "dismiss" and any(c.lower_ == "as" for c in children):
            return "condemn"  # "dismissed it as reckless" judges; it denies nothing
        if main.lemma_ == "dismiss" and objects & _PROPOSED:
            return "refuse"
    return act


def _is_told_to(child: Token) -> bool:
    infinitive = child.dep_ in {"xcomp", "ccomp", "advcl"} and grammar.is_infinitive(child)
    return infinitive and not any(c.tag_ in {"WRB", "WP"} for c in child.children)


def _is_subjunctive(clause: Token) -> bool:
    """Whether a clause is in the bare form: "that it leave", "that the ban be lifted"."""
    helpers = [c for c in clause.children if c.dep_ in {"aux", "auxpass"}]
    first = min([clause, *helpers], key=lambda t: t.i)
    named = any(c.dep_ in {"nsubj", "nsubjpass"} for c in clause.children)
    return clause.dep_ == "ccomp" and named and first.tag_ == "VB"


def _wants_to_know(frame: Attribution) -> bool:
    main = frame.main
    if main is None or main.lemma_ not in _ASKING:
        return False
    return any(c.lemma_ == "know" and c.dep_ in {"xcomp", "ccomp"} for c in main.children)


def _is_threat(clause: Clause, act: Act) -> bool:
    """Whether a promise or a warning is of a hostile deed of the speaker's own."""
    if act == "warn":
        return clause.own and clause.future and not clause.negated
    announced = clause.own or clause.subject is None  # "vowed to crush the rebellion"
    launched = clause.doing.lemma_ in words.LAUNCHING  # "vowed to lift the blockade" threatens nobody
    below = (c for c in clause.doing.children if c.pos_ == "VERB" or launched)
    hostile = content_acts.is_threat(clause.doing) or any(map(content_acts.is_threat, below))
    return announced and hostile and not clause.negated


def _description(frame: Attribution) -> list[Token] | None:
    """What "called", "described as" say of their object; None where the cue describes nothing."""
    main = frame.main
    entry = cues.verbs().get(main.lemma_.lower()) if main is not None and main.pos_ == "VERB" else None
    if main is None or entry is None or "p" not in entry.takes or "c" in entry.takes:
        return None
    things = {t.i for c in main.children if c.dep_ in {"nsubj", "nsubjpass"} for t in c.subtree} | {
        c.i for c in main.children if c.dep_ == "dobj"
    }
    described = [main.doc[i] for i in sorted(frame.content - things) if i > main.i]
    return described or None


def _clause(doc: Doc, frame: Attribution, quoted: set[int], cast: Cast, source: Source | None) -> Clause:
    tokens = tuple(doc[i] for i in sorted(frame.content))
    head = _content_head(tokens)
    subject = next((c for c in head.children if c.dep_ in {"nsubj", "nsubjpass", "expl"}), None)
    if subject is not None and subject.i not in frame.content:
        subject = None
    own = subject is not None and _is_own(subject, cast, source, quoted=head.i in quoted)
    verb = frame.main
    return Clause(
        head=head,
        tokens=tokens,
        subject=subject,
        own=own,
        helpers=frozenset(helper.lower() for helper in grammar.auxiliaries(head)),
        negated=grammar.is_negated(head),
        quoted=head.i in quoted,
        plain=verb is not None and verb.lemma_.lower() in _PLAINLY_SAID,
    )


def _content_head(tokens: tuple[Token, ...]) -> Token:
    """The topmost token of a content."""
    return min(tokens, key=lambda t: (sum(1 for _ in t.ancestors), t.i))


def _ends_with_question(doc: Doc, content: frozenset[int]) -> bool:
    last = max(content)
    return last + 1 < len(doc) and doc[last + 1].text == "?"


def _is_own(subject: Token, cast: Cast, source: Source | None, *, quoted: bool) -> bool:
    """Whether a content's subject is the speaker, or what the speaker acts for."""
    if any(c.lower_ in _OWNERS for c in subject.children) and subject.lemma_.lower() in _BODIES:
        return True
    if quoted and subject.lower_ in _FIRST_PERSON:
        return True
    there = cast.at(subject)
    if source is None or source.actor is None or not there:
        # an indirect "he" that no actor claims is the speaker as a rule
        return source is not None and not quoted and not there and subject.lower_ in _THIRD_PERSON
    principal = next((actor.acts_for for actor in cast.actors if actor.id == source.actor), None)
    return source.actor in there or principal in there
