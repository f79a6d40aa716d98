"""What a content itself does where its cue is neutral: "said" before "we will not leave" reports a refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.speech import act_words as words
from detente.reading.speech import cues
from detente.records import Act

if TYPE_CHECKING:
    from spacy.tokens import Token

_FUTURE: Final = frozenset({"will", "'ll", "’ll", "wo", "shall", "would", "'d", "’d"})
_POSSIBLE: Final = frozenset({"could", "might", "may", "can", "would"})
_UNREAL: Final = frozenset({"would", "could", "might", "may", "to"})
_OBLIGATION: Final = frozenset({"must", "should", "ought"})
_PAST: Final = frozenset({"did", "had", "have", "has", "was", "were", "'ve", "’ve"})
_LINKING: Final = frozenset({"be", "remain", "seem", "become", "stand"})


@dataclass(frozen=True)
class Clause:
    """The main clause of a content, with what the rules ask about it."""

    head: Token
    tokens: tuple[Token, ...]
    """The whole content, in order."""
    subject: Token | None
    own: bool
    """Whether its subject is the speaker, or acts for the speaker."""
    helpers: frozenset[str]
    negated: bool
    quoted: bool
    plain: bool
    """Whether the cue is one of plain saying, so that "must" is the speaker's demand."""

    @property
    def verb(self) -> str:
        """The lemma of the main verb; of "is going to build", build."""
        return self.doing.lemma_.lower()

    @property
    def doing(self) -> Token:
        """The main verb, or the infinitive after "going to"."""
        return _going_to(self.head) or self.head

    @property
    def future(self) -> bool:
        """Whether it speaks of what is to come."""
        return bool(self.helpers & _FUTURE) or _going_to(self.head) is not None

    @property
    def predicate(self) -> list[Token]:
        """What a linking verb says of its subject, with its modifiers."""
        if self.head.lemma_ not in _LINKING:
            return []
        named = [c for c in self.head.children if c.dep_ in {"attr", "acomp", "oprd", "prep"}]
        return [t for c in named for t in (c, *c.children)]

    def conditional(self) -> bool:
        """Whether an "if" or "unless" binds it."""
        return any(t.lower_ in {"if", "unless"} for t in self.tokens)


def of(clause: Clause) -> tuple[Act, str]:
    """What a content does, and the rule that says so; "state" where nothing shows more."""
    for name, rule in _RULES.items():
        act = rule(clause)
        if act is not None:
            return act, f"the content has the form of {name}"
    return "state", "nothing in the content shows another act"


def judgement(tokens: Iterable[Token]) -> Act | None:
    """What a description does: "a thief" accuses, "baseless" denies, "barbaric" condemns, "a milestone" praises."""
    lemmas = {token.lemma_.lower() for token in tokens}
    kinds: tuple[tuple[Act, frozenset[str]], ...] = (
        ("deny", words.UNTRUE),
        ("condemn", words.BAD),
        ("accuse", words.CULPRITS),
        ("warn", words.DANGERS),
        ("praise", words.GOOD),
    )
    return next((act for act, kind in kinds if lemmas & kind), None)


def is_threat(verb: Token) -> bool:
    """Whether a deed announced is a hostile one: "crush", "make them pay"."""
    lemma = verb.lemma_.lower()
    with_child = {child.lemma_.lower() for child in verb.children}
    return lemma in words.HOSTILE or (lemma, True) in {("make", "pay" in with_child), ("open", "fire" in with_child)}


def _imperative(clause: Clause) -> Act | None:
    head = clause.head
    bare = head.tag_ in {"VB", "VBP"} and not clause.helpers
    first = next((t for t in clause.tokens if t.is_alpha and t.lower_ != "please"), None)
    opens = first is not None and first.dep_ not in {"nsubj", "nsubjpass"} and (first == head or first.lower_ == "do")
    if not clause.quoted or not (bare or opens) or not opens or head.tag_ not in {"VB", "VBP"}:
        return None
    lemmas = [t.lemma_.lower() for t in clause.tokens]
    if lemmas[0] == "thank" or head.lemma_ == "thank":
        return "praise"
    if head.lemma_ == "let" and {"us", "'s", "’s"} & {t.lower_ for t in clause.tokens[:4]}:
        return "offer"
    if {"careful", "beware", "underestimate", "vigilant"} & set(lemmas):
        return "warn"
    if any(t.lower_ == "or" and t.head == head for t in clause.tokens):
        return "threaten"
    return "request" if "please" in lemmas or head.lemma_ in {"help", "forgive", "spare"} else "demand"


def _denial(clause: Clause) -> Act | None:
    lowered = [t.lower_ for t in clause.tokens]
    if "nothing" in lowered and "do" in lowered and clause.verb == "have":
        return "deny"
    untrue = clause.negated and any(t.lemma_ in {"true", "case", "fact"} for t in clause.predicate)
    if untrue or any(t.lemma_.lower() in words.UNTRUE for t in clause.predicate if not clause.negated):
        return "deny"
    done = clause.helpers & _PAST or clause.head.tag_ == "VBD"
    if clause.own and clause.negated and done and clause.verb not in words.UNCHARGED | {"be"}:
        return "deny"
    agents = [m for agent in grammar.objects_of(clause.head, "by") for m in (agent, *agent.children)]
    denied = clause.negated or any(t.lower_ in grammar.NEGATIONS for t in clause.tokens[:2])
    if denied and any(t.lower_ in {"us", "me", "our", "my"} for t in agents):
        return "deny"
    return None


def _announcement(clause: Clause) -> Act | None:
    """What the speaker says that he will, can or is ready to do."""
    ended = any(c.lower_ == "longer" and c.dep_ in {"advmod", "neg"} for c in clause.head.children)  # "will no longer"
    refused = clause.negated or ended or any(t.lower_ in {"no", "never"} for t in clause.tokens[:2])
    ready = any(t.lemma_.lower() in words.READY for t in clause.predicate)
    if clause.own and ready and any(c.i > clause.head.i for p in clause.predicate for c in p.children):
        return "refuse" if refused else "offer"
    if not clause.own:
        return None
    if clause.helpers & {"can", "could", "ca"} and not clause.future:
        if refused:
            return "refuse" if clause.verb in words.ACCEPTING | {"agree", "allow", "support"} else None
        return "offer" if clause.verb in words.HELPING or clause.verb == "be" else None
    if not clause.future:
        return None
    if refused:
        return "promise" if clause.verb in words.STEADFAST else "refuse"
    if any(t.lower_ == "grateful" for t in clause.predicate):
        return "request"
    if is_threat(clause.doing) or any(is_threat(t) for t in clause.doing.children if t.dep_ == "ccomp"):
        return "threaten"
    performed = cues.verbs().get(clause.verb)
    taking_part = clause.verb == "take" and any(c.lower_ == "part" for c in clause.head.children)
    if clause.verb in words.ACCEPTING or taking_part or (performed is not None and performed.act == "agree"):
        return "agree"
    if any(t.lower_ == "if" for t in clause.tokens):
        return "threaten" if clause.verb in words.REACTING else "offer"
    return "promise" if clause.verb not in words.OUTCOMES | {"be", "have", "know", "see"} else None


def _threat(clause: Clause) -> Act | None:
    """A threat that hides its doer: "will be shot", "there will be consequences", "our answer will be swift"."""
    if not clause.future:
        return None
    if clause.verb in words.HOSTILE and grammar.is_passive(clause.head) and not clause.negated:
        return "threaten"
    said = {t.lemma_.lower() for t in clause.predicate}
    subject = clause.subject.lemma_.lower() if clause.subject is not None else ""
    if (said & words.REPRISALS and subject == "there") or (subject in words.ANSWERS and said & words.SEVERE):
        return "refuse" if clause.negated else "threaten"
    called = clause.subject is not None and clause.subject.pos_ in {"PRON", "PROPN"}
    if clause.verb in {"pay", "regret"} and called and not clause.own:  # "millions will pay" warns of what others do
        return "threaten"
    none = any(t.lower_ == "no" for t in clause.predicate)
    return "refuse" if none and said & words.DEALS else None


def _performance(clause: Clause) -> Act | None:
    """ "We condemn", "I promise": the verb that names the act does it."""
    thanks = clause.own and any(t.lower_ in {"grateful", "thankful", "proud"} for t in clause.predicate)
    if thanks and not clause.future:
        return "praise"
    if clause.own and not clause.negated and clause.verb == "give" and not clause.helpers:
        given = {c.lemma_.lower() for c in clause.head.children if c.dep_ == "dobj"}
        return "promise" if given & {"word", "guarantee"} else None
    if clause.own and clause.verb == "share" and any(c.lemma_ in {"view", "opinion"} for c in clause.head.children):
        return "agree"
    performed = cues.verbs().get(clause.verb)
    if not clause.own or performed is None or performed.act == "state" or clause.helpers & _UNREAL:
        return None
    if grammar.is_passive(clause.head):
        return None  # "we were offered": others did
    if clause.negated:
        return "refuse" if performed.act in {"agree", "promise", "offer"} else None
    infinitive = any(c.dep_ in {"xcomp", "ccomp"} and grammar.is_infinitive(c) for c in clause.head.children)
    return "request" if performed.act == "ask" and infinitive else performed.act


def _demand(clause: Clause) -> Act | None:
    if not clause.plain:
        return None
    obliged = clause.helpers & _OBLIGATION or any(
        clause.head.lemma_ in {"have", "need"} and c.dep_ == "xcomp" and grammar.is_infinitive(c)
        for c in clause.head.children
    )
    if any(t.lower_ == "yet" and abs(t.i - clause.head.i) <= 2 for t in clause.tokens):
        return None  # "has yet to be proved"
    if obliged and not clause.own and (not clause.negated or clause.helpers & _OBLIGATION):
        return "demand"
    timely = any(t.lower_ == "time" for t in clause.predicate) and any(grammar.is_infinitive(t) for t in clause.tokens)
    return "demand" if timely else None


def _accusation(clause: Clause) -> Act | None:
    if clause.own or clause.negated or clause.future or clause.helpers & (_UNREAL | _OBLIGATION):
        return None
    committed = clause.verb in {"commit", "perpetrate"} and any(
        t.lemma_.lower() in words.CRIMES for c in clause.head.children if c.dep_ == "dobj" for t in c.subtree
    )
    named = any(t.lemma_.lower() in words.CULPRITS for t in clause.predicate)
    transitive = clause.verb in words.WRONGS and not grammar.is_passive(clause.head)
    return "accuse" if committed or transitive or named else None


def _evaluation(clause: Clause) -> Act | None:
    if any(t.lower_ == "right" for t in clause.predicate) and clause.subject is not None:
        return "agree" if clause.subject.lower_ in {"you", "he", "she", "they"} and not clause.negated else None
    if any(t.lower_ in {"backing", "support"} for t in clause.predicate) and clause.verb in {"have", "be"}:
        return "agree"
    judged = list(clause.predicate) if not clause.negated else []
    if not clause.negated and not clause.future:
        judged += [m for c in clause.head.children if c.dep_ == "dobj" for m in c.children if m.dep_ == "amod"]
        if clause.verb == "have":
            kept = [c for c in clause.head.children if c.dep_ == "dobj" for m in c.children if m.lower_ == "our"]
            if any(c.lower_ in {"backing", "support"} for c in kept):
                return "agree"
    found = judgement(judged)
    return None if found == "accuse" else found


def _warning(clause: Clause) -> Act | None:
    lemmas = {t.lemma_.lower() for t in clause.tokens}
    subject = {clause.subject.lemma_.lower()} if clause.subject is not None else set()
    if subject & words.DANGERS and not clause.negated and clause.head.lemma_ in {"grow", "rise", "increase", "loom"}:
        return "warn"
    if lemmas & words.DANGERS and (clause.helpers & (_POSSIBLE | _FUTURE) or {"play", "face", "near"} & lemmas):
        return "warn"
    running = subject & {"time"} and clause.verb == "run"
    return "warn" if running or (clause.negated and {"safe", "sustainable"} & lemmas) else None


def _prediction(clause: Clause) -> Act | None:
    lemmas = {t.lemma_.lower() for t in clause.tokens}
    if {"likely", "unlikely"} & {t.lower_ for t in clause.predicate}:
        return "predict"
    believing = clause.own and (
        clause.verb in {"think", "believe"} or any(t.lemma_ in words.LIKELY for t in clause.predicate)
    )
    if believing and any(t.lower_ in _FUTURE or t.lower_ == "going" for t in clause.tokens):
        return "predict"
    if not (clause.future or clause.helpers & {"could", "might", "may"}) or clause.own:
        return None
    foretold = {"have"} <= clause.helpers and clause.helpers & {"will"}
    adverbs = {c.lower_ for c in clause.head.children if c.dep_ == "advmod"}
    nobody = clause.subject is not None and clause.subject.lower_ in {"nobody", "everybody", "everyone"}
    turns_out = clause.verb in words.OUTCOMES or nobody or (clause.verb == "be" and "long" in lemmas)
    return "predict" if foretold or turns_out or adverbs & words.LIKELY else None


def _invitation(clause: Clause) -> Act | None:
    """ "Our hospitals are open to the wounded": what is the speaker's is offered."""
    ours = clause.subject is not None and any(c.lower_ in {"our", "my"} for c in clause.subject.children)
    opened = any(t.lower_ == "open" for t in clause.predicate)
    return "offer" if ours and opened and not clause.negated else None


def _going_to(head: Token) -> Token | None:
    if head.lower_ != "going":
        return None
    return next((c for c in head.children if c.dep_ == "xcomp" and grammar.is_infinitive(c)), None)


_RULES: Final[dict[str, Callable[[Clause], Act | None]]] = {
    "an imperative": _imperative,
    "a denial": _denial,
    "an announcement of one's own": _announcement,
    "a threat without a doer": _threat,
    "an act that its verb performs": _performance,
    "a demand": _demand,
    "an accusation": _accusation,
    "an invitation": _invitation,
    "a judgement": _evaluation,
    "a warning": _warning,
    "a prediction": _prediction,
}
"""In order: the first that knows decides."""
