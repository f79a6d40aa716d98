"""Mending what the parser of news gets wrong, where the words around show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language.grammar import FINITE, MONTHS, SUBJECTS, first_conjunct, first_word

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ASKING: Final = frozenset("asking urging demanding requesting inviting warning accusing thanking assuring".split())
_LETTERS: Final = frozenset("letter message note telegram cable email invitation statement memorandum".split())
_TOLD: Final = frozenset({"said", "reported", "announced", "added", "told"})
_NOUNS: Final = frozenset({"NN", "NNS", "NNP", "NNPS"})
_SAYING: Final = frozenset(
    "threatening warning accusing saying demanding insisting adding arguing vowing promising blaming denouncing".split()
)
_CITY_OPENS: Final = frozenset(
    """New San Santa Los Las La El Tel Port Cape Saint St. Addis Abu Buenos Hong Kuala Phnom Rio Santo Sao Mexico Panama
    Guatemala Kuwait""".split()
)
"""First words of the names of cities that have two."""
_TELLING: Final = frozenset(
    """said says stated states added adds insisted insists claimed claims announced announces declared declares
    maintained maintains confirmed confirms denied denies admitted admits acknowledged acknowledges argued argues
    stressed stresses warned warns noted notes""".split()
)
_OWN: Final = frozenset(
    """forces force troops soldiers army navy marines police fighters officers jets ships government ministry country
    party""".split()
)
"""Who acts for whoever speaks, where "its rival" does not."""

_ANSWERING: Final = frozenset(
    """denied denies rejected rejects dismissed dismisses accused accuses blamed blames demanded demands insisted
    insists urged urges condemned condemns called calls warned warns added adds threatened threatens vowed
    vows""".split()
)
_WANTING: Final = frozenset({"want", "wants", "wanted"})
_DEMANDS: Final = frozenset(
    "demand demands call calls order orders ultimatum appeal appeals request requests plea pleas".split()
)


def mend_subjects(doc: Doc) -> Doc:
    """Coordinate subjects that "and" joins where the parse has lost it.

    In "Ana Duarte and Rui Pinto signed a treaty" it may hang Duarte on Pinto as if he were a verb, and a part of the
    second name on the first; in "Ana Duarte, the envoy, and Rui Pinto met" it may hang Pinto on the envoy, or take both
    for subjects of their own, as in "the envoy and her colleague met". In "In September Ukraine attacked" it takes a
    month for a part of the subject's name.
    """
    for token in doc:
        if token.dep_ == "compound" and token.text in MONTHS:
            _mend_month(token)
        elif token.dep_ == "nsubj" and token.head.dep_ == "nsubj" and token.i < token.head.i:
            _mend_nested(token, token.head)
        elif token.dep_ == "nsubj" and token.tag_ == "NNP" and token.head.i > token.i:
            _mend_name(token)
        elif token.dep_ == "appos" and token.tag_ == "NNP":
            _mend_list(token)
        elif token.dep_ == "cc":
            _mend_after(token)
        elif token.dep_ == "prep" and token.is_sent_start:
            _mend_place(token)
        elif token.dep_ == "pcomp" and token.lower_ in _ASKING:
            _mend_addressee(token)
        elif token.tag_ == "VBD" and token.lower_ in _TOLD:
            _mend_tellers(token)
    return doc


def _mend_addressee(verb: Token) -> None:
    """Give a letter back to whom it goes: "a letter to Ana Duarte urging her to", where the parse lets Duarte urge."""
    preposition, name = verb.head, next((c for c in verb.children if c.dep_ == "nsubj"), None)
    letter = preposition.head if preposition.head.dep_ == "dobj" else None
    letter = letter or next((c for c in preposition.head.children if c.dep_ == "dobj" and c.i < preposition.i), None)
    if (
        letter is None
        or letter.lower_.removesuffix("s") not in _LETTERS
        or name is None
        or name.left_edge.i != preposition.i + 1
    ):
        return
    name.head, name.dep_ = preposition, "pobj"
    verb.head, verb.dep_ = letter, "acl"


def _mend_tellers(verb: Token) -> None:
    """Make subjects of the nouns between a comma and the verb that tells a sentence whose subject is missing: "killed
    two others, residents and a doctor said", where the parse adds the residents to the dead.
    """
    told = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i), None)
    if told is None or any(c.dep_ in SUBJECTS for c in verb.children):
        return
    at = verb.nbor(-1)
    while at.dep_ in {"conj", "appos"} and at.left_edge.nbor(-1).text != ",":
        at = at.head
    if at.dep_ in {"conj", "appos"} and at.tag_ in _NOUNS and at.i > told.i:
        at.head, at.dep_ = verb, "nsubj"


def _mend_place(preposition: Token) -> None:
    """Make subjects of the names in a row with the place that opens a sentence: "In Lima, Peru, Chile and Cuba met"."""
    verb = preposition.head
    _mend_city(preposition)
    place = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    after = preposition.nbor() if preposition.i + 1 < len(preposition.doc) else preposition
    if place is None and after.dep_ == "nsubj" and after.head == verb and after.tag_ == "NNP":
        after.head, after.dep_, place = preposition, "pobj", after
    if place is None or place.tag_ != "NNP" or any(c.dep_ in SUBJECTS or c.dep_ == "dobj" for c in verb.children):
        return
    first = next((c for c in place.children if c.dep_ == "conj"), None)
    joined = any(c.dep_ == "cc" for c in place.children)
    if first is None or joined or first.tag_ not in _NOUNS or first.left_edge.nbor(-1).text != ",":
        return
    if verb.tag_ in FINITE and verb.i > first.i and verb.left_edge == preposition and verb.nbor(-1).text != ",":
        first.head, first.dep_ = verb, "nsubj"


def _mend_city(preposition: Token) -> None:
    """Give a preposition that has lost its object the place behind it, which the parse takes for a part of the
    subject's name: "In Lima officials said".
    """
    if preposition.lower_ not in {"in", "at", "from"} or any(True for _ in preposition.children):
        return
    run = [t for t in preposition.sent if t.i > preposition.i]
    first = run[0] if run else preposition
    subject = first.head if first.dep_ in {"compound", "nmod"} else None
    while subject is not None and subject.dep_ in {"compound", "nmod"}:
        subject = subject.head
    if subject is None or subject.dep_ not in {"nsubj", "nsubjpass"} or subject.head != preposition.head:
        return
    names = [t for t in run[: subject.i - first.i] if t.tag_ == "NNP"]
    if first not in names:
        return
    names = names[: 2 if first.text in _CITY_OPENS else 1]
    place = names[-1]
    for token in names[:-1]:
        token.head, token.dep_ = place, "compound"
    for child in [c for c in place.children if c.i > place.i]:
        child.head = subject
    place.head, place.dep_ = preposition, "pobj"


def _mend_month(month: Token) -> None:
    """Hang a month on the preposition that opens the sentence, and make a subject of the name behind it."""
    if month.i == 0 or not month.nbor(-1).is_sent_start or month.nbor(-1).tag_ != "IN":
        return
    preposition, name = month.nbor(-1), month.head
    verb = preposition.head
    if verb.i < name.i or name.head not in {preposition, verb}:
        return
    subjects = {child.dep_ for child in verb.children} & {"nsubj", "nsubjpass", "expl"}
    if name.head == preposition and (subjects or verb.tag_ not in FINITE | {"VBN"}):
        return  # "In March Street a bomb went off"
    month.head, month.dep_ = preposition, "pobj"
    if name.head == preposition:
        passive = any(child.dep_ == "auxpass" for child in verb.children)
        name.head, name.dep_ = verb, "nsubjpass" if passive else "nsubj"


def _mend_nested(first: Token, last: Token) -> None:
    """Coordinate a subject with the later one that it is said to be a subject of, if "and" stands between."""
    if last.tag_ not in _NOUNS or not any(child.dep_ == "cc" and child.i < last.i for child in first.children):
        return
    for part in [child for child in first.children if child.dep_ == "conj"]:
        if all(token.tag_ == "NNP" for token in first.doc[part.i : last.i]):
            part.head, part.dep_ = last, "compound"
    first.head, first.dep_ = last.head, "nsubj"
    last.head, last.dep_ = first, "conj"


def _mend_name(name: Token) -> None:
    """Set a name beside the office before it where the parse takes both for subjects: "an aide, Ana Duarte, left"."""
    first = name.left_edge
    office = next((c for c in name.head.children if c.dep_ == "nsubj" and c.i < first.i), None)
    if office is None or office.i + 2 != first.i or first.nbor(-1).text != "," or office.tag_ in {"NNP", "NNPS", "PRP"}:
        return
    if office.tag_ in _NOUNS | {"JJ"} and name.right_edge.i < name.head.i:
        name.head, name.dep_ = office, "appos"


def _mend_list(name: Token) -> None:
    """Coordinate names in a row of which the parse sets the second beside the first: "Mali, Chad and Benin left"."""
    first, members, last = name.head, 1, name
    following: Token | None = name
    while following is not None:
        last, members = following, members + 1
        following = next((c for c in last.children if c.dep_ == "conj" and c.tag_ in {"NNP", "NNPS"}), None)
    joined = last != name and any(c.dep_ == "cc" for c in (*last.head.children, *last.children))
    beside = first.i + 2 == name.left_edge.i and name.left_edge.nbor(-1).text == ","
    if joined and beside and first.tag_ == "NNP" and members > (2 if first.dep_ == "nsubj" else 3):
        name.dep_ = "conj"


def _mend_after(join: Token) -> None:
    """Coordinate the name after an "and" with the subject before it, past the subject's apposition."""
    beside = join.head
    subject = beside.head if beside.dep_ == "appos" and beside.tag_ == "NN" else beside
    if subject.dep_ != "nsubj" or (beside != subject and join.i and join.nbor(-1).text != ","):
        return
    others = [c for c in subject.head.children if c.dep_ == "nsubj" and c.left_edge.i == join.i + 1]
    others += [c for c in beside.children if c.dep_ == "conj" and beside != subject]
    for other in others:
        if other != subject and (other.tag_ == "NNP" or (beside == subject and other.tag_ in _NOUNS)):
            other.head, other.dep_ = subject, "conj"


def mend_relatives(doc: Doc) -> Doc:
    """Give relative clauses their verbs back that the parse takes for plural nouns.

    In "the party, which Peru finances, left" it makes a compound of Peru, and in "the group, which Peru arms, left" it
    makes of "Peru arms" what left.
    """
    for token in doc:
        if token.dep_ != "relcl" or token.tag_ not in FINITE | {"VBN"}:
            continue
        which = next((c for c in token.children if c.tag_ in {"WDT", "WP"} and c.dep_ in {"dobj", "nsubj"}), None)
        if which is None or which.i > token.i:
            continue
        subjects = [c for c in token.children if c.dep_ == "nsubj" and c != which]
        if which.dep_ == "dobj" and not subjects and token.tag_ == "VBZ":
            _name_doer(token, which)
        elif len(subjects) == 1:
            _mend_lost_clause(token, which, subjects[0])
    return doc


def _name_doer(verb: Token, which: Token) -> Token | None:
    """Make the name between a relative pronoun and its verb the verb's subject."""
    name = verb.nbor(-1)
    if name.head != verb or name.dep_ != "compound" or name.tag_ not in {"NNP", "NNPS"} or name.i <= which.i:
        return None
    for part in [c for c in verb.children if c.dep_ in {"compound", "det"} and which.i < c.i < name.i]:
        part.head = name
    name.dep_ = "nsubj"
    return name


def _mend_lost_clause(main: Token, which: Token, verb: Token) -> None:
    """Make a relative clause of "which Peru arms", and the main clause of the verb behind its comma."""
    noun = main.head
    closed = verb.tag_ == "NNS" and verb.i < main.i and verb.nbor().text == "," and which.nbor(-1).text == ","
    helped = main.tag_ == "VBN" and any(c.dep_ in {"aux", "auxpass"} for c in main.children)
    if not closed or helped or noun.dep_ != "ROOT" or _name_doer(verb, which) is None:
        return
    if main.tag_ == "VBN":
        main.tag_ = "VBD"
    main.head, main.dep_ = main, "ROOT"
    noun.head, noun.dep_ = main, "nsubj"
    verb.head, verb.dep_, verb.tag_, verb.pos_ = noun, "relcl", "VBZ", "VERB"
    which.head, which.dep_ = verb, "dobj"


def mend_coordination(doc: Doc) -> Doc:
    """Coordinate verbs with verbs of their own form.

    In "urged both to stop and offered to host" the parse hangs offered on stop, and may take it for a participle,
    which goes with no infinitive ("asked it to pay and suspended the talks"); in "demanding that it renounce arms and
    open its sites" it hangs open on demanding. Verbs with a subject of their own are left where they are.

    In "Peru plans to leave, an envoy said, and has asked Chile to help" it hangs asked on said, in "urged it to leave,
    warning of war" it hangs warning on leave, and in "said it had fired once and denied that" it hangs denied on said.
    """
    for verb in doc:
        if verb.dep_ == "conj":
            _mend_past_speech(verb)
            _mend_answer(verb)
        elif verb.dep_ == "advcl" and verb.tag_ == "VBG":
            _mend_participle(verb)
        if verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.tag_ == "VB" and _is_past_of(verb):
            verb.tag_ = "VBD"
        if verb.dep_ != "conj" or verb.tag_ not in FINITE | {"VB"} or verb.head.tag_ == verb.tag_:
            continue
        if any(child.dep_ in {"nsubj", "nsubjpass", "expl", "aux", "auxpass", "mark"} for child in verb.children):
            continue
        if verb.tag_ == "VB":
            partner = next((t for t in verb.head.children if _is_bare_complement(t) and t.i < verb.i), None)
        elif verb.head.tag_ in {"VB", "VBG"}:
            partner = next((t for t in verb.head.ancestors if t.tag_ == verb.tag_), None)
        else:
            partner = None
        if partner is not None:
            verb.head = partner
    return doc


def _is_past_of(verb: Token) -> bool:
    """Whether what looks like a participle beside an active infinitive is the past tense of a verb above that."""
    first = verb.head
    shared = any(child.dep_ in {"aux", "auxpass"} and child.lower_ != "to" for child in first.children)
    above = next((t for t in first.ancestors if t.tag_.startswith("VB")), None)
    return not shared and above is not None and above.tag_ == "VBD" and any(c.dep_ == "dobj" for c in verb.children)


def _mend_past_speech(verb: Token) -> None:
    """Coordinate a verb in the present with what somebody said before, and not with that he said it."""
    speech = verb.head
    told = next((c for c in speech.children if c.dep_ == "ccomp" and c.i < speech.i), None)
    own = any(child.dep_ in SUBJECTS for child in verb.children)
    if told is not None and not own and speech.tag_ == "VBD" and _is_present(told) and _is_present(verb):
        verb.head = told


def _mend_answer(verb: Token) -> None:
    """Give a verb of answering to who speaks, and not to what he says that he himself has done or will do, or that is
    so, or that was done: "said the step was wrong and denied that it", "said that two had been hurt and blamed Chile".
    """
    told = first_conjunct(verb)
    speech = told.head
    if (
        verb.lower_ not in _ANSWERING
        or told.dep_ != "ccomp"
        or not speech.i < told.i
        or speech.lower_ not in _TELLING
        or (verb.tag_ == "VBZ") != (speech.tag_ == "VBZ")
        or any(child.dep_ in SUBJECTS or child.dep_ in {"aux", "auxpass"} for child in verb.children)
    ):
        return
    if any(child.dep_ == "expl" for child in told.children):
        verb.head = speech  # "said that there had been abuses and demanded": nobody else stands there who may demand
        return
    judges = _is_judgement(told) and any(child.dep_ == "ccomp" for child in verb.children)
    if judges or _is_own_deed(told) or _cannot_share(told, verb):
        verb.head = speech
        verb.tag_ = "VBD" if verb.tag_ == "VBN" else verb.tag_


def _cannot_share(told: Token, verb: Token) -> bool:
    """Whether a verb with an object stands beside what "had been" done, or what is denied: nobody denies and accuses in
    one breath."""
    active = any(child.dep_ in {"dobj", "xcomp", "ccomp"} for child in verb.children)
    done = any(child.dep_ == "auxpass" and child.lower_ in {"be", "been"} for child in told.children)
    return active and (done or told.head.lower_ in {"denied", "denies"})


def _is_own_deed(told: Token) -> bool:
    """Whether a clause tells in another tense than that of telling what who tells it does, or those who act for him."""
    subject = next((c for c in told.children if c.dep_ in SUBJECTS), None)
    is_denied = told.head.lower_ in {"denied", "denies"}  # nobody denies that he accuses
    if subject is None or not (is_denied or any(child.dep_ in {"aux", "auxpass"} for child in told.children)):
        return False
    own = subject.lower_ in _OWN and any(child.tag_ == "PRP$" for child in subject.children)
    return own or subject.tag_ == "PRP"


def _is_judgement(told: Token) -> bool:
    return told.lower_ in {"is", "are", "was", "were"} and any(c.dep_ in {"acomp", "attr"} for c in told.children)


def _is_present(verb: Token) -> bool:
    return first_word(verb).tag_ in {"VBZ", "VBP"}


def _mend_participle(verb: Token) -> None:
    """Give a participle of saying after a comma to who asks, and not to who is asked."""
    if verb.lower_ not in _SAYING or not verb.i or verb.left_edge.nbor(-1).text != "," or verb.left_edge != verb:
        return
    above = verb.head
    while any(c.dep_ == "aux" and c.lower_ == "to" for c in above.children) and above.head != above:
        above = above.head
        while not above.tag_.startswith("VB") and above.head != above:
            above = above.head
    if above.tag_.startswith("VB") and above.i < verb.i:
        verb.head = above


def mend_demands(doc: Doc) -> Doc:
    """Give a demand the infinitive that says what is demanded: in "repeated its call to Peru to leave" the parse takes
    it for what the repeating is for. In "wants him expelled" it takes what is wanted for a deed that was done.
    """
    for verb in doc:
        if verb.dep_ == "ccomp" and verb.tag_ == "VBD" and verb.head.lower_ in _WANTING and verb.head.i < verb.i:
            _mend_wanted(verb)
        if verb.dep_ not in {"advcl", "xcomp"} or verb.tag_ != "VB" or verb.left_edge.lower_ != "to":
            continue
        demand = next((c for c in verb.head.children if c.dep_ == "dobj" and c.lower_ in _DEMANDS), None)
        if demand is not None and demand.i < verb.i:
            to_whom = (
                c
                for at in (demand, verb.head)
                for c in at.children
                if c.lower_ == "to" and c.dep_ in {"prep", "dative"}
            )
            if any(demand.i < c.i < verb.i for c in to_whom):
                verb.head, verb.dep_ = demand, "acl"
    return doc


def _mend_wanted(verb: Token) -> None:
    """Make a participle of what nobody can want in the past tense: "want him expelled"."""
    if any(child.dep_ in {"aux", "mark", "dobj"} for child in verb.children):
        return
    verb.tag_ = "VBN"
    for subject in [c for c in verb.children if c.dep_ == "nsubj"]:
        subject.dep_ = "nsubjpass"


def mend_agents(doc: Doc) -> Doc:
    """Give a passive the agent that the parse hangs on what its subject is called or given: "was recognised as a state
    by Peru", "was given two days to leave by Peru".
    """
    for by in doc:
        if by.lower_ == "by" and by.dep_ in {"prep", "agent"}:
            verb = _passive_above(by.head)
            names = [c for c in by.children if c.dep_ == "pobj"]
            if verb is not None and names and names[0].tag_ in _NOUNS:
                by.head, by.dep_ = verb, "agent"
    return doc


def _passive_above(word: Token) -> Token | None:
    """The passive verb that a word completes: "recognised as a state", "called a pariah", "given two days to leave"."""
    verb = word
    if word.dep_ == "pobj" and word.head.lower_ == "as":
        verb = word.head.head
    elif word.dep_ in {"oprd", "attr"}:
        verb = word.head
    elif word.tag_ == "VB" and word.dep_ in {"acl", "relcl", "xcomp", "advcl"} and word.left_edge.lower_ == "to":
        time = word.head
        verb = time.head if time.tag_ in _NOUNS and time.dep_ == "dobj" else time
        if any(child.dep_ == "dobj" for child in word.children) or verb.lower_ != "given":
            return None
    helped = verb.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in verb.children)
    agent = any(child.dep_ == "agent" for child in verb.children)
    return verb if verb != word and helped and not agent else None


def _is_bare_complement(token: Token) -> bool:
    return token.tag_ == "VB" and token.dep_ in {"ccomp", "xcomp"}
