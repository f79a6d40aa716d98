"""Who said what. The sentences are made up for these tests."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.language import pipeline
from detente.reading.reader import read_documents
from detente.reading.speech import attribution
from detente.reading.speech.sourcing import Sourced
from detente.records import Document, Reading, Statement


def reading(text: str, published: str | None = "2024-06-14") -> Reading:
    return next(read_documents([Document(id="d", language="en", text=text, published=published)]))


def statements(text: str) -> list[Statement]:
    return list(reading(text).statements)


def said(text: str) -> list[tuple[str | None, str, str]]:
    return [(s.source.text if s.source else None, s.act, s.content.text) for s in statements(text)]


def test_indirect_speech_has_speaker_cue_and_content() -> None:
    (statement,) = statements("The minister said that the border would stay closed.")
    assert statement.source is not None
    assert statement.source.text == "The minister"
    assert statement.cue is not None
    assert statement.cue.text == "said"
    assert statement.content.text == "that the border would stay closed"
    assert statement.quotation == "indirect"


def test_direct_speech_is_what_stands_between_the_marks() -> None:
    (statement,) = statements("“We will keep the border closed. Nobody will pass,” the minister said on Monday.")
    assert statement.content.text == "We will keep the border closed. Nobody will pass"
    assert statement.quotation == "direct"


def test_a_second_quotation_in_the_paragraph_goes_to_the_same_speaker() -> None:
    (statement,) = statements("“The border stays closed,” the minister said. “Nobody will pass before spring.”")
    assert len(statement.content.spans) == 2
    assert statement.quotation == "direct"


def test_a_partial_quotation_makes_the_content_mixed() -> None:
    (statement,) = statements("The minister called the raid “an act of piracy” and left.")
    assert statement.quotation == "mixed"
    assert statement.act == "condemn"
    assert "the raid" in statement.content.text


def test_scare_quotes_are_nobodys_speech() -> None:
    assert said("The “new era” began with a parade in the capital.") == []


def test_a_quotation_over_paragraphs_is_one_statement() -> None:
    (statement,) = statements("“We waited for weeks,” the envoy said. “They never came.\n“So we left the city.”")
    assert statement.content.text.startswith("We waited")
    assert statement.content.text.endswith("So we left the city")


def test_an_unclosed_mark_does_not_swallow_the_next_paragraph() -> None:
    found = said("The envoy said: “We will wait.\nThe army moved north. The mayor said the bridge was open.")
    assert ("The mayor", "state", "the bridge was open") in found
    assert not any("army" in content for _, _, content in found)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Iran accused Israel of attacking a convoy.", "accuse"),
        ("Iran denied attacking a convoy.", "deny"),
        ("Iran demanded that Israel leave the valley.", "demand"),
        ("Iran offered to open the site.", "offer"),
        ("Iran promised to open the site.", "promise"),
        ("Iran threatened to close the strait.", "threaten"),
        ("Iran warned that the strait could be closed.", "warn"),
        ("Iran praised Oman for its mediation.", "praise"),
        ("Iran condemned the raid on the harbour.", "condemn"),
        ("Iran urged Israel to leave the valley.", "request"),
        ("Iran refused to open the site.", "refuse"),
        ("Iran agreed to open the site.", "agree"),
        ("Iran predicted that the talks would fail.", "predict"),
        ("Iran asked whether the talks would resume.", "ask"),
        ("Iran claimed that it had won.", "claim"),
        ("“When will they leave?” the minister said.", "ask"),
        ("“We will not leave,” the minister said.", "refuse"),
        ("The minister offered his condolences to Japan.", "praise"),
        ("The minister voiced concern about the raid.", "warn"),
        ("Chad said that it would respond if its border was crossed.", "threaten"),
        ("Chad said that it would pay if the road was built.", "offer"),
    ],
)
def test_the_act_follows_the_cue_or_a_neutral_cues_content(text: str, act: str) -> None:
    assert act in [s.act for s in statements(text)]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The minister did not say that the talks had failed.", "negated"),
        ("The minister failed to say that the talks had failed.", "negated"),
        ("The minister has yet to announce the terms of the deal.", "negated"),
        ("The minister may say that the talks have failed.", "hypothetical"),
        ("The minister will announce that the talks have failed.", "planned"),
        ("If the minister says that the talks have failed, the markets will fall.", "conditional"),
        ("The minister did not refuse to say that the talks had failed.", "negated"),
        ("The minister said that the talks had failed.", "actual"),
    ],
)
def test_what_was_not_said_says_so(text: str, status: str) -> None:
    assert [statement.status for statement in statements(text)] == [status]


@pytest.mark.parametrize(
    "text",
    [
        "The minister may say that France attacked Chad.",
        "France declined to say that it had attacked Chad.",
    ],
)
def test_no_event_rests_on_what_was_not_said(text: str) -> None:
    assert all(event.reported_by is None and event.status != "actual" for event in reading(text).events)


def test_what_nobody_spoke_of_is_no_statement() -> None:
    assert said("The alleged attack on the bridge was not investigated.") == []


def test_a_text_speaks_by_verbs_of_speech_alone() -> None:
    assert said("A report came out. It also says that the dam is leaking.")[-1] == (
        "It",
        "state",
        "that the dam is leaking",
    )
    assert all(who is None for who, _, _ in said("The dam broke. It underscored how little had been done."))


def test_a_name_keeps_the_brackets_that_belong_to_it() -> None:
    (statement,) = statements("Ada Diallo (Green Party) said that the dam was leaking.")
    assert statement.source is not None
    assert statement.source.text == "Ada Diallo (Green Party)"


def test_two_speakers_of_one_cue_make_two_statements() -> None:
    first, second = statements("France and Germany said that the deal was dead.")
    assert first.source is not None
    assert second.source is not None
    assert (first.source.actor, second.source.actor) == ("FRA", "DEU")
    assert first.content == second.content


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        ("Ghana deplored the raid, and Togo the loss of two ships.", "Togo", "the loss of two ships"),
        ("The minister deplored the raid, his colleague the silence of the press.", "his colleague", "the silence of"),
        ("Ghana condemned the coup, Mr. Haddad the silence of its neighbours.", "Mr. Haddad", "the silence of"),
    ],
)
def test_who_goes_on_without_a_verb_says_the_rest(text: str, who: str, what: str) -> None:
    first, second = said(text)
    assert second[0] == who
    assert second[1] == first[1]
    assert second[2].startswith(what)
    assert who not in first[2]
    assert not first[2].endswith(("and", ","))


def test_who_does_likewise_says_the_same() -> None:
    first, second = statements("Saudi Arabia called on both sides to stop firing, as did China.")
    assert [s.source.actor if s.source else None for s in (first, second)] == ["SAU", "CHN"]
    assert first.content == second.content
    assert first.content.text == "both sides to stop firing"


def test_a_noun_of_speech_without_its_verb_has_its_own_act() -> None:
    assert [act for _, act, _ in said("Togo expressed its gratitude, Benin its anger at the delay.")] == [
        "praise",
        "condemn",
    ]


def test_an_epithet_behind_a_name_is_no_second_speaker() -> None:
    assert len(said("Ghana praised the king, Alfonso the Wise.")) == 1


def test_a_cue_has_the_marks_of_its_text() -> None:
    text = "Russia ’s said Ukraine ’s not"
    for cue in (statement.cue for statement in statements(text)):
        assert cue is None or text[cue.start : cue.end] == cue.text


def test_two_titles_of_one_speaker_make_one_statement() -> None:
    assert len(statements("The former president and current senator said that the deal was dead.")) == 1
    assert len(statements("The government and opposition said that the deal was dead.")) == 2


def test_according_to_takes_the_rest_of_its_clause() -> None:
    (statement,) = statements("The bridge was destroyed in the night, according to the regional governor.")
    assert statement.source is not None
    assert statement.source.text == "the regional governor"
    assert statement.content.text == "The bridge was destroyed in the night"


def test_in_the_eyes_of_names_a_source() -> None:
    (statement,) = statements("In the eyes of the ministry, the treaty has lapsed.")
    assert statement.source is not None
    assert statement.source.text == "the ministry"


def test_a_hedged_passive_has_no_source() -> None:
    (statement,) = statements("The general is believed to have left the country.")
    assert statement.source is None
    assert statement.hedged


def test_a_noun_of_speech_reports_its_holder() -> None:
    found = said("Egypt’s warning that the dam would be filled alarmed the valley.")
    assert found == [("Egypt", "warn", "that the dam would be filled")]


def test_denying_a_claim_does_not_make_it_ones_own() -> None:
    found = said("Serbia denied allegations that it had armed the rebels.")
    assert [act for source, act, _ in found if source == "Serbia"] == ["deny"]


def test_a_bare_denial_is_a_statement() -> None:
    found = said("Egypt accused Sudan of moving the posts. Sudan denied it.")
    assert ("Sudan", "deny", "it") in found


def test_speech_within_speech_is_nested() -> None:
    outer, inner = statements("The minister said that Turkey had threatened to close the border.")
    assert inner.within == outer.id
    assert inner.act == "threaten"
    assert outer.within is None


def test_the_addressee_is_whom_the_cue_addresses() -> None:
    (statement,) = statements("Egypt told Israel that the border would stay closed.")
    assert statement.addressee == "ISR"


def test_a_name_and_a_colon_at_the_head_of_a_line_make_a_statement() -> None:
    found = said("Angela Merkel: The treaty was signed in spring\nThe talks went on for a week.")
    assert found == [("Angela Merkel", "state", "The treaty was signed in spring")]


_PIECES = [
    "The minister said ",
    "“We will wait",
    "”",
    " that the border would open",
    ", according to Egypt",
    ". ",
    "\n",
    "He denied ",
    "it “was” so",
    "’",
    '"',
    "Iran warned Israel ",
    "🙂 ",
    "«",
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_every_span_says_what_the_text_says_there(text: str) -> None:
    if not text.strip():
        return
    for s in statements(text):
        for span in (s.source, s.cue):
            assert span is None or text[span.start : span.end] == span.text
        assert s.content.text == " ".join(text[start:end] for start, end in s.content.spans)
        assert all(0 <= start < end <= len(text) for start, end in s.content.spans)
        assert 0 <= s.evidence.start < s.evidence.end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ghana recalled its high commissioner from Nairobi in response to the raid.", 0),
        ("France recalled its ambassador for consultations.", 0),
        ("The envoy recalled that the ambassador had left Nairobi.", 1),
        ("The envoy recalled the war of 1998.", 1),
    ],
)
def test_an_envoy_who_is_called_home_is_no_words(text: str, expected: int) -> None:
    assert len(statements(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Peru said its forces had fired once and denied that the bridge had been hit.",
            [("state", "its forces had fired once"), ("deny", "that the bridge had been hit")],
        ),
        (
            "Peru said it had closed the bridge and accused Chile of lying.",
            [("state", "it had closed the bridge"), ("accuse", "Chile of lying")],
        ),
    ],
)
def test_what_the_speaker_says_next_is_no_part_of_what_he_said(text: str, expected: list[tuple[str, str]]) -> None:
    found = statements(text)
    assert [(s.act, s.content.text) for s in found] == expected
    assert [s.within for s in found] == [None, None]


def test_a_headline_s_verb_reports_nothing_of_the_text_below_it() -> None:
    text = "Peru expels envoys\nPeru expelled two Chilean diplomats on Friday over the mine."
    sourced = Sourced(((0, 4),), ((5, 11),), ((12, text.index(" diplomats")),), 0.42, None)
    assert attribution.find(pipeline.parse(text), text, [sourced], frozenset()) == []


def test_who_goes_on_to_deny_is_who_spoke() -> None:
    text = "The ministry said the step was wrong and denied that it had threatened Peru."
    denied = tuple((text.index(words), text.index(words) + len(words)) for words in ("denied", "that it had"))
    (found,) = attribution.find(
        pipeline.parse(text), text, [Sourced((), denied[:1], denied[1:], 0.7, None)], frozenset()
    )
    assert found.source is not None
    assert (found.source.text, found.hedged) == ("ministry", False)


def test_what_is_told_before_the_cue_has_its_verb() -> None:
    text = "Marines landed on Kelt, a rocky island in the north, and raised a flag, fishermen said."
    source, cue, content = (
        ((text.index(words), text.index(words) + len(words)),)
        for words in ("fishermen", "said", "a rocky island in the north, and raised a flag")
    )
    (found,) = attribution.find(pipeline.parse(text), text, [Sourced(source, cue, content, 0.7, None)], frozenset())
    assert found.spans == ((0, text.index(", fishermen")),)
