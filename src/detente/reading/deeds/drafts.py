"""Events in the making: one draft for each word that reports one, joined where two words report the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from detente import plover
from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.deeds import (
    answers,
    clause_steps,
    denials,
    frames,
    lexicon,
    noun_steps,
    owners,
    roles,
    scope,
    standing,
)
from detente.reading.deeds.effects import Deed
from detente.reading.deeds.modality import Layer
from detente.reading.deeds.standing import Frame
from detente.records import EventType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_KEEPS_OBJECT: Final = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE"})
"""Types whose verb leaves the deed that its object names an event of its own: "rejected talks"."""

_ADDRESSING: Final = frozenset({"call", "telephone", "phone", "visit", "meet", "write", "summon", "contact"})
"""Verbs whose infinitive tells what their subject has to say to whom they name."""

_INQUIRING: Final = frozenset({"ask", "press", "inquire", "enquire", "query"})
_QUESTIONS: Final = frozenset({"whether", "which", "if", "why", "how", "when", "where", "what", "who"})
_VERBAL_TOO: Final = frozenset({"attack", "assault", "bash", "target"})
_AT_ODDS: Final = frozenset({"fight", "clash", "spar", "battle"})
_REASONS: Final = frozenset(
    {"protest", "response", "anger", "demonstrate", "campaign", "opposition", "rally", "action"}
)
_PROTESTS: Final = frozenset({"protest", "demonstration", "march", "rally", "sit-in"})
_AT_WHOM: Final = frozenset({"against", "at", "to", "over"})
"""What a strike or a march is a protest at: "in protest at the ministry's plan"."""
_PUBLIC: Final = frozenset({"GOV", "PTY", "LEG", "ELI", "OPP", "JRN"})
_OFFICIAL: Final = frozenset({"GOV", "MIL"})
_ARMED: Final = frozenset({"MIL", "REB", "PRM", "UAF", "CRM", "COP"})
_REJECTED: Final = frozenset({"REQUEST", "THREATEN"})
_JUDGED: Final = frozenset({"ACCUSE", "SUPPORT"})
_INSIDE: Final = frozenset(
    {"pobj", "prep", "agent", "dobj", "nsubj", "nsubjpass", "compound", "attr", "oprd", "appos", "nmod", "amod", "conj"}
)
"""Relations that lead from a noun to its verb without leaving the clause."""


@dataclass(eq=False)
class Draft:
    """An event that later words of its sentence may still complete."""

    token: Token
    type: EventType
    mode: str | None
    sources: list[str]
    targets: list[str]
    layers: list[Layer]
    """What stands around it (scope)."""
    trigger: tuple[Token, Token]
    """The first and the last word of its trigger."""
    words: list[Token] = field(default_factory=list)
    """Every word that reports it."""
    undergone: list[Token] = field(default_factory=list)
    """What stands where the grammar puts whom it is done to, actor or not."""

    @property
    def deed(self) -> Deed:
        """What its status depends on. A meeting is the deed of both sides."""
        doers = {*self.sources, *self.targets} if self.type == "CONSULT" else set(self.sources)
        return Deed(frozenset(doers), frozenset(self.targets), self.type, self.mode)

    inner: Draft | None = None
    """The deed that a verbal event is about."""
    frames: list[Frame] = field(default_factory=list)
    """The words that report it in the senses that the lexicon has of them; none where a rule or the model made it."""
    said: Token | None = None
    """The verb of saying by which its doer does it, where no word of the lexicon names it."""
    made_of: Draft | None = None
    """The deed that it was derived from, where no word of the lexicon names it."""
    rules: list[str] = field(default_factory=list)
    """What besides the lexicon made it or decided its type and mode, in words."""
    share: float | None = None
    """How likely the model holds its type, where both sides are known."""
    nothing: float = 0.0
    """How likely the model holds it that the one does nothing to the other."""


def find(doc: Doc, cast: Cast) -> list[Draft]:
    """The drafts of a text, in its order."""
    matched = [frame for token in doc if lexicon.entries(token) and (frame := frames.match(token, cast)) is not None]
    # a verb without a doer ("ties were strengthened") leaves the telling to its noun
    # but "sanctions were lifted" imposes none, whoever lifted them
    telling = (f for f in matched if f.entry.type == "CONCEDE" or roles.parties(f, cast).sources)
    consumed = {t.i for frame in telling for t in _consumed(frame, cast)}
    found = [_draft(frame, cast) for frame in matched if frame.token.i not in consumed]
    found = [draft for draft in found if draft.type != "REJECT" or not denials.denies_what_was_said(draft.token)]
    found = [draft for draft in found if draft.type != "AGREE" or not _is_of_one_mind(draft.token)]
    found = [draft for draft in found if draft.type != "REQUEST" or not _only_asks(draft.token)]
    found = [draft for draft in found if draft.type != "CONCEDE" or not _is_exhortation(draft.token)]
    kept = joined([_in_words(draft, cast) for draft in found if not _is_contest(draft, cast)])
    kept = [draft for draft in kept if not _is_rejected(draft, kept)]
    answers.aim(kept, cast)
    for draft in kept:
        if draft.sources and not draft.targets:
            _inherit_target(draft, kept, cast)
        if draft.type == "PROTEST" and not draft.targets:
            _aim(draft, kept, cast)
    return kept


def _is_of_one_mind(verb: Token) -> bool:
    """Whether those who agree only think so: "agree that the treaty has failed"; not "agreed that it would go on".

    So do those who assure others of what is so.
    """
    if lexicon.lemma(verb) not in {"agree", "assure"}:
        return False
    clauses = [c for c in verb.children if c.dep_ == "ccomp" and not grammar.is_infinitive(c)]
    to_be = {"would", "'d", "should", "will", "'ll", "must", "shall", "can", "could", "may", "need", "ought"}
    return bool(clauses) and not any(
        to_be & set(grammar.auxiliaries(clause)) or clause_steps.is_subjunctive(clause) for clause in clauses
    )


def _is_exhortation(verb: Token) -> bool:
    """Whether "let" asks for something and allows nothing: "Let others take them in," he said."""
    return verb.lemma_ == "let" and verb.tag_ == "VB" and not any(c.dep_ in {"nsubj", "aux"} for c in verb.children)


def is_of_press(meeting: Draft, cast: Cast) -> bool:
    """Whether only reporters meet somebody or visit a place, to be told of something and not to deal with anybody."""
    if meeting.type != "CONSULT":
        return False
    press = {a.id for a in cast.actors if "JRN" in a.sectors}
    both = {*meeting.sources, *meeting.targets}
    return bool(both & press) and len(both - press) < 2


def _only_asks(verb: Token) -> bool:
    """Whether somebody only wants to be told something: "asked whether Oman would pay", "pressed him on when"."""
    if lexicon.lemma(verb) not in _INQUIRING or verb.pos_ != "VERB":
        return False
    clauses = [c for c in verb.subtree if c.dep_ == "pcomp" or (c.head == verb and c.dep_ in {"ccomp", "xcomp"})]
    clauses = [c for c in clauses if c.pos_ in grammar.VERBS]
    if any(grammar.is_infinitive(c) for c in clauses):
        return False
    return any(w.lower_ in _QUESTIONS and w.i < c.i for c in clauses for w in (c.left_edge, *c.children))


def _is_contest(draft: Draft, cast: Cast) -> bool:
    """Whether those who beat each other do so at a game or an election."""
    if draft.mode != "beat" or not draft.targets:
        return False
    actors = cast.by_id
    beaten = [actors[a] for a in draft.targets if a in actors]
    if all(actor.kind == "state" for actor in beaten):
        return True
    in_earnest = any(_ARMED & set(actors[a].sectors) for a in draft.sources if a in actors)
    if in_earnest or lexicon.lemma(draft.token) != "beat" or grammar.is_passive(draft.token):
        return False
    return all(actor.kind == "person" and _PUBLIC & set(actor.sectors) for actor in beaten)


def _is_rejected(draft: Draft, others: list[Draft]) -> bool:
    """Whether a demand or threat is what is rejected: by the coding rules the refusal is told, and what was to be done.

    So is what a document says that nobody passed: "blocked a statement condemning the coup".
    """
    in_document = draft.token.dep_ in {"acl", "relcl"}
    if draft.type not in _REJECTED and not (in_document and draft.type in _JUDGED):
        return False
    noun = draft.token.head if in_document else draft.token
    if in_document and draft.type in _JUDGED and lexicon.lemma(noun) not in lexicon.nouns("document"):
        return False
    if noun.pos_ in grammar.VERBS:
        return False
    above, relation = standing.governor(noun)
    return relation == "obj" and any(other.type == "REJECT" and other.token == above for other in others)


def _in_words(draft: Draft, cast: Cast) -> Draft:
    """`draft`, as a reproach where a politician "attacks" a rival, or a state "protests"."""
    actors = cast.by_id
    sources = [actors[a] for a in draft.sources if a in actors]
    protests = draft.type == "PROTEST" and lexicon.lemma(draft.token) == "protest" and draft.token.pos_ == "VERB"
    if protests and sources and all(a.kind == "state" or _OFFICIAL & set(a.sectors) for a in sources):
        draft.type, draft.mode = "ACCUSE", "disapprove"
        draft.rules.append("who governs protests in words")
    if draft.type == "ASSAULT" and lexicon.lemma(draft.token) == "strike" and _is_beside_protests(draft.token):
        draft.type, draft.mode = "PROTEST", "strike"
        draft.rules.append("strikes beside protests are of workers")
    if draft.type == "ASSAULT" and lexicon.lemma(draft.token) in _AT_ODDS and not draft.targets and len(sources) > 1:
        # "clashed with Merkel over trade": persons who are in no army
        if all(a.kind == "person" and not _ARMED & set(a.sectors) for a in sources[:1]) and all(
            a.kind == "person" or "JRN" in a.sectors for a in sources
        ):
            draft.type, draft.mode = "ACCUSE", "disapprove"
            draft.sources, draft.targets = draft.sources[:1], draft.sources[1:]
            draft.rules.append("politicians attack one another in words")
        return draft
    if draft.type != "ASSAULT" or lexicon.lemma(draft.token) not in _VERBAL_TOO or not draft.sources:
        return draft
    others = [actors[a] for a in draft.targets if a in actors]
    public = all(a.kind != "state" and _PUBLIC & set(a.sectors) for a in sources)
    rivals = bool(others) and all(a.kind == "person" or _PUBLIC & set(a.sectors) for a in others)
    if public and rivals and not any(_ARMED & set(a.sectors) for a in sources):
        draft.type, draft.mode = "ACCUSE", "disapprove"
        draft.rules.append("politicians attack one another in words")
    return draft


def _is_beside_protests(noun: Token) -> bool:
    """Whether a noun is coordinated with one of protest: "strikes and protests"."""
    others = {lexicon.lemma(token) for token in (*noun.conjuncts, *grammar.conjuncts(noun)[1:])}
    return bool(others & _PROTESTS)


def _aim(protest: Draft, others: list[Draft], cast: Cast) -> None:
    """Aim a protest at whom its demand or reproach is aimed: "staged a sit-in, demanding that the senate vote"."""
    around = [*protest.words, *(standing.governor(word)[0] for word in protest.words)]
    above = {word.i for word in around}
    for other in others:
        if other.type in {"REQUEST", "ACCUSE"} and other.token.head.i in above and other.targets:
            protest.targets = [actor for actor in other.targets if actor not in protest.sources]
            return
    for word in around:
        # "in protest at the plan of GE", "in response to GE's decision", "to protest against GE"
        for inner in word.subtree:
            if inner.i > word.i and inner.dep_ == "prep" and inner.lower_ in _AT_WHOM and inner.head.lemma_ in _REASONS:
                found = [a for t in grammar.objects_of(inner.head, inner.lower_) for a in owners.blamed(t, cast)]
                protest.targets = [a for a in found if a not in protest.sources]
                if protest.targets:
                    return


def _inherit_target(draft: Draft, others: list[Draft], cast: Cast) -> None:
    """Let a participle that goes on about its main clause share the target: "backs Malta, pledging aid"; and what
    somebody is called, visited or met for: "telephoned him to voice support"."""
    clause = grammar.clause_head(draft.token)
    to_tell = clause.dep_ in {"advcl", "xcomp"} and grammar.is_infinitive(clause) and clause.head.lemma_ in _ADDRESSING
    goes_on = clause.dep_ == "advcl" and clause.tag_ == "VBG"
    if not (goes_on or to_tell) or any(c.dep_ in {"mark", "nsubj"} for c in clause.children):
        return
    main = clause.head
    if to_tell:
        whom = [a for thing in grammar.undergoers(main) for a in owners.who(thing, cast)]
        draft.targets = [a for a in whom if a not in draft.sources]
        return
    for other in others:
        same_clause = other.token == main or (other.token.i < clause.i and grammar.clause_head(other.token) == main)
        if other is not draft and same_clause and other.sources == draft.sources and other.targets:
            draft.targets = list(other.targets)
            return


def _draft(frame: Frame, cast: Cast) -> Draft:
    both = roles.parties(frame, cast)
    token, entry = frame.token, frame.entry
    assert entry.type is not None  # noqa: S101 (senses that are no event do not match)
    last = next(
        (c for c in token.children if entry.particle is not None and c.lower_ == entry.particle and c.i == token.i + 1),
        token,
    )
    return Draft(
        token,
        entry.type,
        entry.mode,
        list(both.sources),
        list(both.targets),
        scope.layers(token),
        (_opening(token), last),
        [token],
        standing.undergone(frame, cast),
        frames=[frame],
    )


def _opening(token: Token) -> Token:
    """The first word of what the lexicon knows with a hyphen: "cease" of "cease-fire"."""
    joined = "-" in lexicon.lemma(token) and token.i >= 2 and token.nbor(-1).text == "-"
    return token.nbor(-2) if joined else token


def _consumed(frame: Frame, cast: Cast) -> Iterable[Token]:
    """The nouns that only complete the meaning of a verb: sanctions in "lifted sanctions"."""
    lodged = frame.entry.type == "ACCUSE"
    if frame.entry.part == "n" or (frame.entry.type in _KEEPS_OBJECT and not lodged):
        return
    for need in frame.entry.needs:
        if not need.denied and need.values and need.key not in {"subj", "mod", "comp", "inner", "oprd", "advmod"}:
            for token in standing.heads(standing.in_role(frame, need.key, cast)):
                if lexicon.lemma(token) in need.values and (not lodged or _is_protest(token)):
                    yield token


def _is_protest(noun: Token) -> bool:
    """Whether a noun tells a protest, which in "lodged a protest" is one of words."""
    return any(sense.type == "PROTEST" for sense in lexicon.entries(noun))


def joined(found: list[Draft]) -> list[Draft]:
    """`found` with the words for one deed joined: "a strike killed five", "clashed in fierce fighting"."""
    kept: list[Draft] = []
    for draft in found:
        other = next((k for k in reversed(kept) if _is_one(k, draft)), None)
        if other is None:
            kept.append(draft)
        else:
            _join(other, draft)
    return kept


def _is_one(first: Draft, second: Draft) -> bool:
    if first.type != second.type or first.token.sent.start != second.token.sent.start:
        return False
    if not _agree(first.sources, second.sources) or _is_answer(first, second) or _is_answer(second, first):
        return False
    if _are_listed(first, second):
        return False
    if _is_inside(first.token, second.token) or _is_inside(second.token, first.token):
        return True
    if not (_continues(first, second) or _continues(second, first)):
        return False
    return _agree(first.targets, second.targets) or (second.token.tag_ == "VBG" and second.token.dep_ == "advcl")


def _is_answer(deed: Draft, to: Draft) -> bool:
    """Whether a deed answers another of its kind: "expelled two envoys in response to the expulsion of its own",
    "vowed to avenge the killing of two".
    """
    base = to.token.head
    if to.token.dep_ == "dobj" and base == deed.token and lexicon.lemma(base) in {"avenge", "punish"}:
        return True
    return to.token.dep_ == "pobj" and base.head.lemma_ in noun_steps.ANSWERS and deed.token in base.ancestors


def _are_listed(first: Draft, second: Draft) -> bool:
    """Whether two nouns of a list tell deeds of two kinds: "a truce and the withdrawal of all troops"."""
    nouns = first.token.pos_ in grammar.NOUNS and second.token.pos_ in grammar.NOUNS
    kinds = {first.mode, second.mode}
    return nouns and second.token in first.token.conjuncts and len(kinds) > 1 and None not in kinds


def _agree(some: list[str], others: list[str]) -> bool:
    return not some or not others or bool(set(some) & set(others))


def _is_inside(noun: Token, verb: Token) -> bool:
    """Whether a word stands inside the clause or phrase that `verb` heads."""
    at = noun
    while at.dep_ in _INSIDE and at.pos_ not in grammar.VERBS:
        at = at.head
        if at == verb:
            return True
    return at.dep_ in {"relcl", "acl"} and at.head == verb


def _continues(later: Draft, earlier: Draft) -> bool:
    """Whether a verb goes on about the same deed: "attacked the camp, killing 12", "killed two and wounded five"."""
    verb, other = later.token, earlier.token
    if verb.pos_ not in grammar.VERBS or (verb.head != other and verb.head != standing.governor(other)[0]):
        return False
    own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
    return not own and verb.dep_ in {"conj", "advcl", "relcl", "acl", "dep"}


def _join(draft: Draft, other: Draft) -> None:
    verb_first = draft if draft.token.pos_ in grammar.VERBS else other
    rest = other if verb_first is draft else draft
    draft.mode = plover.strongest(draft.type, draft.mode, other.mode)
    draft.sources = verb_first.sources or rest.sources
    draft.targets = [a for a in (verb_first.targets or rest.targets) if a not in draft.sources]
    if draft.token.pos_ not in grammar.VERBS and other.token.pos_ in grammar.VERBS:
        draft.token, draft.layers, draft.trigger = other.token, other.layers, other.trigger
    draft.words = [*draft.words, *other.words]
    draft.undergone = [*draft.undergone, *other.undergone]
    draft.frames = [*draft.frames, *other.frames]
    draft.rules = [*draft.rules, *other.rules]
