"""The parse that every stage shares."""

from __future__ import annotations

import pytest
from spacy import blank
from spacy.tokens import Doc

from detente.language import datelines, grammar, pipeline


def test_a_sentence_ends_with_its_paragraph() -> None:
    doc = pipeline.parse("Talks resume in the capital\nThe ministers met on Monday.")
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Talks resume in the capital",
        "The ministers met on Monday.",
    ]


@pytest.mark.parametrize(
    "dateline",
    [
        "LIMA, Peru, June 9 -",
        "MEXICO CITY (Agency) --",
        "CAIRO, Nov. 8, 1956 —",
        "ST. GEORGE'S, Grenada –",
        "LIMA —",
        "LIMA (Agency):",
    ],
)
def test_a_dateline_is_no_part_of_the_lead(dateline: str) -> None:
    doc = pipeline.parse(f"The news\n{dateline} Chile, which arms rebels, said it would stop.")
    assert [sentence.text for sentence in doc.sents][-1] == "Chile, which arms rebels, said it would stop."


@pytest.mark.parametrize(
    "text", ["NATO - the alliance - said it would stop.", "Peru - Chile's neighbour - said it would stop."]
)
def test_an_aside_is_part_of_its_sentence(text: str) -> None:
    assert len(list(pipeline.parse(text).sents)) == 1


def test_offsets_are_those_of_the_text_as_it_came() -> None:
    text = "“Iran’s talks failed,” the envoy’s aide said."
    assert [text[token.idx : token.idx + len(token)] for token in pipeline.parse(text)][:4] == [
        "“",
        "Iran",
        "’s",
        "talks",
    ]


def test_verbs_are_coordinated_with_verbs_of_their_own_form() -> None:
    doc = pipeline.parse("Brazil urged both sides to show restraint and offered to host a round of talks.")
    offered = next(token for token in doc if token.text == "offered")
    assert offered.head.text == "urged"


@pytest.mark.parametrize(
    ("text", "verb", "head"),
    [
        ("Peru plans to leave the pact, an envoy told reporters, and has asked Chile to help.", "asked", "plans"),
        (
            "Peru gave the rebels a day to free them, threatening “harsh measures” if they did not.",
            "threatening",
            "gave",
        ),
    ],
)
def test_a_verb_after_a_comma_goes_on_about_who_speaks_in_the_main_clause(text: str, verb: str, head: str) -> None:
    (found,) = [token for token in pipeline.parse(text) if token.text == verb]
    assert found.head.text == head


@pytest.mark.parametrize(
    "text", ["In Lima, Peru, Cuba and Chile agreed to meet.", "In Damascus, Syria, Iran and Libya met."]
)
def test_the_place_that_opens_a_sentence_is_none_of_those_who_act(text: str) -> None:
    doc = pipeline.parse(text)
    (verb,) = [token for token in doc if token.dep_ == "ROOT"]
    (subject,) = [token for token in verb.children if token.dep_ == "nsubj"]
    assert [t.text for t in grammar.conjuncts(subject)] == [t.text for t in doc[3 : verb.i] if t.pos_ == "PROPN"]


@pytest.mark.parametrize(
    ("text", "place", "subject"),
    [
        ("In Yerevan protesters who had broken into parliament denounced the accord.", "Yerevan", "protesters"),
        ("In Washington officials said the plan was dead.", "Washington", "officials"),
        ("In New York diplomats said the plan was dead.", "York", "diplomats"),
        ("In London Foreign Office sources said the envoy had left.", "London", "sources"),
    ],
)
def test_the_place_that_opens_a_sentence_is_no_part_of_the_subjects_name(text: str, place: str, subject: str) -> None:
    doc = pipeline.parse(text)
    where = next(token for token in doc if token.text == place)
    who = next(token for token in doc if token.text == subject)
    assert (where.dep_, who.dep_) == ("pobj", "nsubj")
    assert where not in who.subtree


@pytest.mark.parametrize(
    "text",
    [
        "Anwar Duarte and Menachem Begin signed a treaty of peace at the White House on Monday.",
        "Ana Duarte, the Ghanaian ambassador, and Rui Pinto had mediated.",
        "Peter Duarte, the American ambassador, and Thorvald Pinto of Norway had mediated.",
    ],
)
def test_two_who_do_it_together_are_both_subjects(text: str) -> None:
    (verb,) = [token for token in pipeline.parse(text) if token.dep_ == "ROOT"]
    (subject,) = [token for token in verb.children if token.dep_ == "nsubj"]
    assert [token.text for token in grammar.conjuncts(subject)] == [
        "Duarte",
        "Begin" if "Begin" in text else "Pinto",
    ]


def test_a_dateline_is_no_subject() -> None:
    doc = pipeline.parse("MOGADISHU, Somalia -- A U.S. military airstrike has killed a worker, officials said.")
    (killed,) = [token for token in doc if token.text == "killed"]
    assert [token.text for token in killed.children if token.dep_ == "nsubj"] == ["airstrike"]


@pytest.mark.parametrize(
    ("dateline", "lead"),
    [
        ("LIMA, Peru, May 3 (Agency) -", "Three days after the envoy arrived, talks began."),
        ("PORT MORESBY —", "Fiji, Samoa and Tonga met."),
        ("Oslo, 4 May 1999 -", "The ministry of trade welcomed the ruling."),
    ],
)
def test_a_dateline_is_a_sentence_of_its_own(dateline: str, lead: str) -> None:
    doc = pipeline.parse(f"The crisis in brief\n\n{dateline} {lead}")
    assert [sentence.text.strip() for sentence in doc.sents][1:] == [dateline, lead]


@pytest.mark.parametrize("lead", ["Chile and Peru rejected the offer.", "Chile on Monday rejected the offer of Peru."])
def test_the_subject_after_a_dated_dateline_stays_with_its_verb(lead: str) -> None:
    doc = pipeline.parse(f"LIMA, March 3 - {lead}")
    assert [sentence.text for sentence in doc.sents][1:] == [lead]
    assert next(token for token in doc if token.text == "Chile").head.text == "rejected"


def test_a_dash_within_a_sentence_ends_none() -> None:
    for text in ("NATO - the alliance of 28 states - met in Oslo.", "EU-US talks began - Ghana stayed away."):
        assert len(list(pipeline.parse(text).sents)) == 1


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("In September Ghana recaptured the harbour.", "Ghana"),
        ("In May Peru was accused of spying.", "Peru"),
    ],
)
def test_a_month_before_the_subject_is_no_part_of_its_name(text: str, subject: str) -> None:
    doc = pipeline.parse(text)
    (month, found) = doc[1], next(token for token in doc if token.dep_ in {"nsubj", "nsubjpass"})
    assert (month.dep_, month.head.text) == ("pobj", "In")
    assert found.text == subject


def test_a_verb_of_news_that_the_tagger_does_not_know_is_a_verb() -> None:
    doc = pipeline.parse("The army retook the island in March.")
    (verb,) = [token for token in doc if token.text == "retook"]
    assert (verb.tag_, verb.lemma_) == ("VBD", "retake")


def test_a_demand_has_the_infinitive_that_says_what_is_demanded() -> None:
    doc = pipeline.parse("Peru repeated its call to Chile to release the sailors.")
    (release,) = [token for token in doc if token.text == "release"]
    assert release.head.text == "call"


def test_many_texts_come_back_in_order_with_what_they_were_sent_with() -> None:
    texts = [(f"Text number {number}.", number) for number in range(20)]
    assert [(doc.text, number) for doc, number in pipeline.parse_many(texts)] == texts


def test_the_fingerprint_is_a_sha_256_and_stays_the_same() -> None:
    assert len(pipeline.fingerprint()) == 64
    assert pipeline.fingerprint() == pipeline.fingerprint()


def test_a_sentence_without_an_end_is_ended() -> None:
    doc = pipeline.parse("Iran attacked Israel and " * 300)
    assert max(len(sentence) for sentence in doc.sents) <= pipeline.MAX_SENTENCE


def test_a_cut_falls_only_where_no_mark_has_ended_anything() -> None:
    ended = pipeline.load().make_doc("Iran met Oman on Monday; " * 100)
    endless = pipeline.load().make_doc("Iran met Oman on Monday, " * 100)
    assert not any(token.is_sent_start for token in pipeline.end_long_sentences(ended)[1:])
    assert any(token.is_sent_start for token in pipeline.end_long_sentences(endless)[1:])


def test_the_tokenizer_is_given_no_long_run_without_a_blank_and_loses_nothing() -> None:
    given: list[str] = []

    def inner(text: str) -> Doc:
        given.append(text)
        return english.make_doc(text)

    english = blank("en")
    text = "Iran said " + '"' * 5_000 + " and " + "a" * 1_000 + "  left.\n" + "b" * 200
    doc = pipeline.Tokenizer(inner)(text)
    assert doc.text == text
    assert max(len(run) for piece in given for run in piece.split()) <= pipeline.MAX_RUN


def test_an_ordinary_text_is_tokenised_in_one_piece() -> None:
    given: list[str] = []

    def inner(text: str) -> Doc:
        given.append(text)
        return blank("en").make_doc(text)

    pipeline.Tokenizer(inner)("Iran met Oman. " * 500)
    assert len(given) == 1


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Peru said its forces had fired once and denied that the bridge had been hit.", "said"),
        ("Peru says it has closed the bridge and denies hitting it.", "says"),
        ("Peru said the step was wrong and denied that it had hit the bridge.", "said"),
        ("Peru said the envoy was ill and denied the charge.", "was"),
        ("Peru said its rival had fired once and denied it.", "fired"),
        ("Peru said Chile had fired once and denied it.", "fired"),
    ],
)
def test_who_speaks_denies_and_not_what_he_tells_of_another(text: str, head: str) -> None:
    denying = [token for token in pipeline.parse(text) if token.text in {"denied", "denies"}]
    assert denying[-1].head.text == head


@pytest.mark.parametrize(
    "text",
    [
        "Peru denied that it had broken the pact of 2015 and accused Chile of preparing for war.",
        "Peru denied that it sent troops and accused Chile of lying.",
        "Peru denied that its troops had entered Chile and threatened to close the bridge.",
    ],
)
def test_who_denies_and_accuses_does_not_deny_that_he_accuses(text: str) -> None:
    assert next(t.head.text for t in pipeline.parse(text) if t.text in {"accused", "threatened"}) == "denied"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("LIMA, Peru (Agency) - Chile left.", {"LIMA", "Peru"}),
        ("Lima — Chile left.", {"Lima"}),
        ("PORT MORESBY, June 9 - Chile left.", {"PORT", "MORESBY"}),
        ("LIMA (Agency) _ Chile left.", {"LIMA"}),
        ("Chile left Lima.", set()),
    ],
)
def test_the_places_of_a_dateline_are_told_from_its_agency(text: str, places: set[str]) -> None:
    found = {token.text for token in pipeline.parse(text) if token.is_alpha and datelines.is_place_in(token)}
    assert found - {"June"} == places


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Venezuela's vice-president, Ramon Korp, dismissed the charge.", ("vice", "-")),
        ("The union will act if Serbia does not co-operate.", ("co", "-")),
    ],
)
def test_a_word_with_hyphens_has_one_place_in_its_sentence(text: str, parts: tuple[str, ...]) -> None:
    doc = pipeline.parse(text)
    hyphen = next(token for token in doc if token.text == "-")
    assert {hyphen.nbor(-1).head, hyphen.head} == {hyphen.nbor()}
    assert all(token.head.text not in parts for token in doc)


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Palestine was recognised as a state by Uruguay.", "Uruguay"),
        ("The envoy was given two days to leave by Niger.", "Niger"),
    ],
)
def test_who_does_it_stands_at_the_passive_verb(text: str, agent: str) -> None:
    doc = pipeline.parse(text)
    (verb,) = [token for token in doc if token.dep_ == "ROOT"]
    assert [token.text for token in grammar.doers(verb)] == [agent]


def test_names_in_a_row_are_coordinated() -> None:
    doc = pipeline.parse("Saudi Arabia, Egypt, Bahrain and the United Arab Emirates severed relations with Qatar.")
    (verb,) = [token for token in doc if token.dep_ == "ROOT"]
    assert [token.text for token in grammar.doers(verb)] == ["Arabia", "Egypt", "Bahrain", "Emirates"]


def test_a_name_behind_an_office_is_no_second_subject() -> None:
    doc = pipeline.parse("NATO's secretary-general, Joseph Luns, who has offered to mediate, fears that it may close.")
    (verb,) = [token for token in doc if token.text == "fears"]
    assert [token.text for token in verb.children if token.dep_ == "nsubj"] == ["general"]
