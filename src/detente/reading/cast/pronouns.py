"""Whom a pronoun means: the actors in mind are ranked by what speaks for each, and the first one that grammar allows
is taken.

The features are those of Lappin & Leass (1994) and Mitkov (1998): how present an actor is, whether it stands where
the pronoun stands, whether it is the subject above the pronoun; and two that news needs, because half of it is
reported speech: who has the word, and who does not speak of himself as "he". Binding bars the rest (Chomsky's
principles B and C). Where nothing is present enough, the pronoun stays open.

The weights were set by hand on half of the labelled texts; a random search around them found nothing better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language.grammar import VERBS, antecedent, conjuncts, first_conjunct, objects_of
from detente.reading.cast import binding, rolewords, things
from detente.reading.cast.casting import Draft
from detente.reading.cast.discourse import SUBJECTS, Discourse, clause_subject, governing_subjects, is_subject
from detente.reading.cast.speakers import SPEAKING
from detente.world import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

HE: Final = frozenset({"he", "him", "his", "himself"})
SHE: Final = frozenset({"she", "her", "hers", "herself"})
IT: Final = frozenset({"it", "its", "itself"})
THEY: Final = frozenset({"they", "them", "their", "theirs", "themselves"})

_ABOVE: Final = 1.6
"""For the subject of the clause above: "just as he did"."""
_REPORTS: Final = 1.2
"""More for it where the clause is what it says: "Putin said that he …"."""
_HERE: Final = 0.6
"""For one named in the sentence already."""
_OWNER: Final = 2.0
"""For the subject of the clause as possessor: "lost his seat"."""
_UNDERGOES: Final = 3.2
"""For the object of a coordinated verb: "summoned the envoy and handed him a note"."""
_PAIRED: Final = 6.0
"""For what stands before the pronoun in one phrase: "fined the bank and its director"."""
_JUDGED: Final = 3.0
"""For whom something is done to for what is his: "criticised Korp for his silence"."""
_BLAMED: Final = 3.8
"""For whom something is done to because of what he is: "questioned Korp's right to run because he …"."""
_ALIKE: Final = 0.7
"""For one that was a subject in the sentence or the one before, as the pronoun is."""
_SPEAKS: Final = 2.5
"""For who had the word last, of a pronoun that says something: "…," he added."""
_ADDS: Final = 0.8
"""The same where it is no quotation: "he added that …"."""
_LED_UP_TO: Final = 2.5
"""For the subject of the sentence before a quotation that is said to be the pronoun's."""
_SAME_WORDS: Final = 0.5
"""For one of whom the same words have spoken already, in a quotation."""
_FITS: Final = 1.0
"""For one whose gender is known."""
_UNNAMED: Final = 1.6
"""Against somebody whom the text does not name."""
_ONE_OF_SEVERAL: Final = 0.8
"""Against one of several named together, whom "he" does not tell apart."""
_AHEAD: Final = 2.4
"""For the subject that follows a phrase before it: "After his defeat, Korp …"."""
_ACTS: Final = 1.5
"""For an actor over a thing, where the pronoun does something."""
_PLURAL: Final = 1.8
"""For a set or a group as "they"; less for one body, and least for a state."""
_BODY: Final = -0.9
_STATE: Final = -1.6
_THING: Final = 0.85
"""What a thing's place in a sentence counts for beside an actor's."""
_THING_HERE: Final = 3.8
_THING_BEFORE: Final = 2.1
"""How present the subject of the sentence, and of the one before, is."""
_THING_GOING_ON: Final = 4.2
"""The same where one sentence begins where the other does: "The plan has five parts. It offers …"."""
_ENOUGH: Final = 0.5
_FOLLOWED: Final = frozenset({"REB", "PRM", "UAF", "PTY", "OPP"})
"""Sectors of bodies that are called by what their men are called."""
_SOMEBODY: Final = frozenset({"a", "an", "another", "one", "some", "someone", "somebody"})
_PERSON: Final = frozenset({"person"})
_THINGS: Final = frozenset({"state", "organisation"})
_MANY: Final = frozenset({"group", "organisation", "state"})

Key = tuple[str, ...]


def person(discourse: Discourse, token: Token, gender: str) -> Key:
    """Whom "he" or "she" means; what is taken counts as a hint of the gender where nothing else tells it."""
    if _is_unknown(discourse, token):
        return ()
    drafts = discourse.casting.drafts
    speaker = discourse.speeches.goes_on(token)
    if speaker is not None and lexicon.of_kind(speaker.lower_, "person") is not None:
        known = {a for a in _actors_of(discourse, speaker) if drafts[a].gender in {gender, None}}
        if len(known) < 2:  # "An official said so; he added": whoever he is, he is no other
            return tuple(known)
    if token.dep_ in SUBJECTS and _follows_somebody_unknown(discourse, token):
        return ()  # "The skipper denied it; he had not fired"
    ahead = _ahead(discourse, token)
    known = {draft.id for draft in discourse.present(token, _PERSON)}
    known |= {actor for actor in ahead if drafts[actor].kind == "person"}
    known -= binding.barred(discourse, token) | discourse.speeches.others(token)
    scores: dict[Key, float] = {
        (actor,): _score(discourse, token, (actor,), ahead)
        + _FITS * discourse.gendered(actor, gender)
        + _LED_UP_TO * _is_led_up_to(discourse, token, actor)
        - _UNNAMED * (actor not in discourse.named)
        - _ONE_OF_SEVERAL * _is_one_of_several(discourse, token, actor, gender)
        for actor in sorted(known)
        if drafts[actor].gender in {gender, None} and not discourse.is_other_here(actor, gender, token)
    }
    best = _best(scores)
    if best:
        discourse.note_gender(best[0], gender, token)
    return best


def _is_unknown(discourse: Discourse, token: Token) -> bool:
    """Whether a pronoun goes on with somebody who says or thinks what it stands in and of whom nobody knows who he is:
    "a shopkeeper said he hoped", "planners must assume that they"."""
    clause = token.head
    if token.dep_ not in SUBJECTS or clause.dep_ != "ccomp" or discourse.speeches.piece_of(token) >= 0:
        return False
    subject = next(iter(governing_subjects(token)), None)
    if subject is None or subject.head != clause.head or subject.i in discourse.casting.heads:
        return False
    if token.lower_ in THEY:
        return subject.tag_ == "NNS"
    one = subject.lower_ in _SOMEBODY or (subject.tag_ == "NN" and any(c.lower_ in _SOMEBODY for c in subject.children))
    return one and subject.i not in discourse.casting.taken


def _follows_somebody_unknown(discourse: Discourse, token: Token) -> bool:
    """Whether the subject before a pronoun is a person of whom nobody knows who he is, and who is not only quoted."""
    subject, speeches = binding.near_subject(token), discourse.speeches
    if subject is None or subject.tag_ != "NN" or subject.i in discourse.casting.heads:
        return False
    if speeches.piece_of(subject) != speeches.piece_of(token):
        return False
    return lexicon.of_kind(subject.lower_, "person") is not None and subject.i not in discourse.casting.taken


def _is_one_of_several(discourse: Discourse, token: Token, actor: str, gender: str) -> bool:
    """Whether somebody was last named together with others whom the pronoun may mean as well: "Korp and Pinto left"."""
    last = discourse.last((actor,), token)
    if last is None or discourse.sentence(token) == last.sentence:
        return False
    first = first_conjunct(discourse.casting.doc[last.at])
    drafts = discourse.casting.drafts
    named = [drafts[a] for a in _actors_of(discourse, first)]
    return sum(draft.kind == "person" and draft.gender in {gender, None} for draft in named) > 1


def thing(discourse: Discourse, token: Token) -> Key:
    """The state or organisation that "it" means, where no thing that is no actor is likelier."""
    if binding.is_empty(token) or binding.is_of_paper(token) or things.may_be_meant(discourse, token):
        return ()
    heads, drafts = discourse.casting.heads, discourse.casting.drafts
    speaker = discourse.speeches.goes_on(token)
    if speaker is not None and speaker.pos_ in {"NOUN", "PROPN"} and lexicon.of_kind(speaker.lower_, "person") is None:
        return tuple(a for a in _actors_of(discourse, speaker)[:1] if drafts[a].kind in _THINGS)
    ahead = _ahead(discourse, token)
    known = {draft.id for draft in discourse.present(token, _THINGS)}
    known |= {actor for actor in ahead if drafts[actor].kind in _THINGS}
    known -= binding.barred(discourse, token)
    if things.is_of_land(token):
        known = {actor for actor in known if _is_near_land(discourse, token, (actor,))}
    scores: dict[Key, float] = {(actor,): _score(discourse, token, (actor,), ahead) for actor in sorted(known)}
    best = _best(scores)
    subject = binding.near_subject(token)
    if not best or subject is None or subject.i in heads or subject.tag_ not in {"NN", "NNP"}:
        return best
    # "The plan failed because it …" means the plan, which is no actor; "Iran's plan and its …" means Iran.
    owners = {a for child in subject.children if child.dep_ == "poss" for a in heads.get(child.i, ())}
    own = clause_subject(token) if token.dep_ == "poss" else None
    owners |= {*_actors_of(discourse, own)} if own is not None else set()
    if token.lower_ == "its" and best[0] in owners:
        return best
    if lexicon.of_kind(subject.lower_, "person") is not None or rolewords.is_somebodys(subject):
        return best  # "A spokesman said it would …": he is no thing
    likelier = _of_thing(discourse, token, subject) > scores[best] + _ACTS * binding.is_doer(token)
    return () if likelier else best


def several(discourse: Discourse, token: Token) -> Key:
    """Whom "they" means: actors mentioned together, a group, a body of people, at last a state."""
    if binding.is_of_paper(token) or (token.lower_ == "them" and things.may_be_meant(discourse, token)):
        return ()
    if _is_unknown(discourse, token):
        return ()
    if token.head.lower_ == "among" and token.head.i > 0 and token.head.nbor(-1).is_punct:
        # "five jets, among them two of France's"
        before = (t for t in reversed(token.doc[token.sent.start : token.head.i]) if t.tag_ in {"NNS", "NNPS"})
        return _actors_of(discourse, noun) if (noun := next(before, None)) is not None else ()
    crowd = binding.judged(token) if token.dep_ == "poss" else None
    if crowd is not None and (crowd.tag_ in {"NNS", "NNPS"} or len(conjuncts(crowd)) > 1):
        return _actors_of(discourse, crowd)  # "thanked both sides for their patience", whoever they are
    own = clause_subject(token) if token.dep_ == "poss" else None
    if own is not None and own.tag_ == "NNS" and own.i not in discourse.casting.heads and token.head.dep_ == "dobj":
        # "three members of the force lost their lives", whoever they are
        return tuple(a for noun in objects_of(own, "of") for a in _actors_of(discourse, noun))
    out = binding.barred(discourse, token) | discourse.speeches.own_side(token)
    scores: dict[Key, float] = {
        key: _score(discourse, token, key, ()) + _PLURAL for key in discourse.sets(token) if not out & {*key}
    }
    here = discourse.sentence(token)
    listed = any((last := discourse.last(key, token)) is not None and last.sentence == here for key in scores)
    if not binding.is_mutual(token):
        for draft in discourse.present(token, _MANY):
            if draft.id not in out and not (listed and draft.kind == "state"):  # "broke with Mali and Chad and their …"
                scores[draft.id,] = _score(discourse, token, (draft.id,), ()) + _number(discourse, token, draft)
    if things.is_of_land(token):
        scores = {key: score for key, score in scores.items() if _is_near_land(discourse, token, key)}
    best = _best(scores)
    subject = binding.near_subject(token)
    if best and subject is not None and subject.tag_ in {"NNS", "NNPS"}:
        named = any(member.i in discourse.casting.heads for member in conjuncts(subject))
        if not named and scores[best] < _of_thing(discourse, token, subject) + _PLURAL:
            return ()
    return _in_order(discourse, best, token)


def _is_near_land(discourse: Discourse, token: Token, key: Key) -> bool:
    """Whether states have been named together in the sentence of a pronoun or the one before."""
    last = discourse.last(key, token)
    near = last is not None and discourse.sentence(token) - last.sentence <= 1
    return near and all(discourse.casting.drafts[actor].kind == "state" for actor in key)


def _score(discourse: Discourse, token: Token, key: Key, ahead: Key) -> float:
    """What speaks for a candidate, gender and number apart; 0 for one that is not in mind."""
    score = discourse.presence(key, token) + (_AHEAD if {*key} <= {*ahead} else 0.0)
    if not score:
        return 0.0
    last = discourse.last(key, token)
    if last is not None:
        away = discourse.sentence(token) - last.sentence
        score += _HERE if away == 0 else 0.0
        alike = is_subject(token) and is_subject(discourse.casting.doc[last.at])
        score += _ALIKE if away <= 1 and alike else 0.0
    return score + _by_clauses(discourse, token, key) + _by_speech(discourse, token, key)


def _by_clauses(discourse: Discourse, token: Token, key: Key) -> float:
    """What the subjects of the pronoun's own clause and of those around it are worth."""
    score = 0.0
    blamed = binding.blamed(token)
    if blamed is not None:
        return _BLAMED if {*key} == {*_actors_of(discourse, blamed)} else 0.0
    for depth, subject in enumerate(governing_subjects(token)):
        if {*key} == {*_actors_of(discourse, subject)}:
            of_subject = token.dep_ == "poss" and token.head.dep_ in SUBJECTS  # "Korp says that his navy …"
            reported = subject.head.lemma_ in SPEAKING and (token.dep_ in SUBJECTS or of_subject) and depth == 0
            score += _ABOVE / (depth + 1) + (_REPORTS if reported else 0.0)
            break
    judged = binding.judged(token) if token.dep_ == "poss" else None
    if judged is not None:
        return score + (_JUDGED if {*key} == {*_actors_of(discourse, judged)} else 0.0)
    if token.dep_ == "poss" and token.head.dep_ == "conj" and {*key} == {*_actors_of(discourse, token.head.head)[:1]}:
        return score + _PAIRED
    possessive = token.dep_ == "poss" or token.lower_ in binding.REFLEXIVE
    same = (clause_subject(token) or _told_of(token)) if possessive else binding.object_before(token)
    if same is not None and {*key} == {*_actors_of(discourse, same)}:
        score += _OWNER if possessive else _UNDERGOES
    return score


def _told_of(token: Token) -> Token | None:
    """Of whom a clause with "who" as its subject tells, around a possessor: "the envoy, who presented his letters"."""
    at = token
    while at.head != at and at.pos_ not in VERBS:
        at = at.head
    relative = at.dep_ == "relcl" and any(child.lower_ == "who" and child.dep_ in SUBJECTS for child in at.children)
    return at.head if relative else None


def _by_speech(discourse: Discourse, token: Token, key: Key) -> float:
    """What it is worth to have had the word before a pronoun that says something."""
    speeches = discourse.speeches
    if speeches.piece_of(token) >= 0:
        last = discourse.last(key, token)
        same = last is not None and last.quoted == speeches.piece_of(token)
        return _SAME_WORDS if same else 0.0
    if not speeches.reports(token) or {*key} != {*speeches.running(token)}:
        return 0.0
    return _SPEAKS if speeches.attributes(token) else _ADDS


def _is_led_up_to(discourse: Discourse, token: Token, actor: str) -> bool:
    """Whether a quotation is a pronoun's and the sentence before is about the actor: "Korp left. “…,” he said."."""
    return discourse.speeches.attributes(token) and discourse.goes_on(token, actor)


def _actors_of(discourse: Discourse, noun: Token) -> Key:
    """The actors of a noun and of what is coordinated with it."""
    return tuple(dict.fromkeys(a for m in conjuncts(noun) for a in discourse.casting.heads.get(m.i, ())))


def _best(scores: dict[Key, float]) -> Key:
    best = max(scores, key=lambda key: (scores[key], key), default=())
    return best if best and scores[best] >= _ENOUGH else ()


def _ahead(discourse: Discourse, token: Token) -> Key:
    """The subject of the main clause, where the pronoun stands in a phrase before it."""
    top = token
    while top.head != top and top.head.dep_ != "ROOT":
        top = top.head
    root = top.head
    if top.dep_ not in {"advcl", "prep"} or root.dep_ != "ROOT" or top.i > root.i:
        return ()
    subject = next((c for c in root.children if c.dep_ in SUBJECTS and c.i > token.i), None)
    return _actors_of(discourse, subject) if subject is not None and top.i < subject.i else ()


def _of_thing(discourse: Discourse, token: Token, subject: Token) -> float:
    """What speaks for a subject that is no actor."""
    same = discourse.sentence(subject) == discourse.sentence(token)
    goes_on = token.dep_ in SUBJECTS and token.head == token.sent.root and subject.head == subject.sent.root
    before = _THING_GOING_ON if goes_on else _THING_BEFORE
    present = _THING_HERE + _ABOVE if same else before
    return _THING * (present + (_ALIKE if is_subject(token) else 0.0))


def _number(discourse: Discourse, token: Token, draft: Draft) -> float:
    """How well "they" suits one actor: a group, one spoken of in the plural, a body, a state."""
    if draft.kind == "group" or draft.plural:
        return _PLURAL
    last = discourse.last((draft.id,), token)
    word = antecedent(discourse.casting.doc[last.at]) if last is not None and len(last.actors) == 1 else None
    if word is not None and (word.tag_ in {"NNS", "NNPS"} or word.lower_ in {*THEY, "police"}):
        return _PLURAL
    if word is not None and word.lower_.endswith("s") and _FOLLOWED & {*draft.sectors}:
        return _PLURAL  # "the Houthis"
    return _BODY if draft.kind == "organisation" else _STATE


def _in_order(discourse: Discourse, key: Key, token: Token) -> Key:
    """The members of a set in the order in which the text last named them together."""
    last = discourse.last(key, token) if len(key) > 1 else None
    return last.actors if last is not None else key
