"""Models side by side: what each says of an issue, as JSON and as a tidy table, and where they disagree."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.bargaining import pictures
from detente.bargaining.issue import Issue
from detente.bargaining.models import MODELS
from detente.bargaining.reckoning import COLUMNS
from detente.errors import InputError, IssueError
from detente.relations import plots
from tests.bargaining import emissions

TABLE = """\
# title: Tariffs and quotas
# quota: 0.6
# scale tariff: 0; 20
# status quo tariff: 20
# scale quota: 0; 100
# status quo quota: 0
actor,dimension,position,salience,capability,veto
Aland,tariff,0,0.5,2,
Borland,tariff,15,0.6,1,
Cland,tariff,19,0.2,2,yes
Aland,quota,80,0.2,2,
Borland,quota,20,0.4,1,
Cland,quota,10,0.7,2,
"""


@pytest.fixture
def issue(tmp_path: Path) -> Issue:
    """Three actors on two dimensions, with all that any model wants."""
    return _issue(tmp_path, TABLE)


def _issue(folder: Path, text: str) -> Issue:
    (folder / "issue.csv").write_text(text, encoding="utf-8")
    return Issue.from_csv(folder / "issue.csv")


def test_every_model_settles_an_issue_on_its_scales_and_tells_why(issue: Issue) -> None:
    found = issue.reckon()
    assert [result.model for result in found.results] == [*MODELS]
    assert not found.left_out
    for result in found.results:
        assert ((result.outcome >= 0) & (result.outcome <= [20, 100])).all(), result.model
        assert result.reasons.keys() == {"tariff", "quota"}
        for move in result.moves:
            number = issue.dimension(move.dimension)
            i = [actor.name for actor in issue.actors].index(move.actor)
            if result.model != "exchange":
                assert result.positions[move.round, i, number] == move.end
                assert result.positions[move.round - 1, i, number] == move.start


def test_who_blocks_is_told(issue: Issue) -> None:
    (block,) = (one for one in issue.reckon(["voting"])["voting"].blocks if one.dimension == "tariff")
    assert block.actor == "Cland"
    assert block.why == "has a veto and goes along to 18"
    assert issue.reckon(["voting"])["voting"].outcome[0] == 18


def test_settings_change_what_is_reckoned(issue: Issue) -> None:
    plain, quo = (
        issue.reckon(["compromise"], settings={"compromise": setting})["compromise"].outcome
        for setting in ("weighted", "status-quo")
    )
    assert quo[0] == 18 != plain[0]
    by_quo, by_breakdown = (
        issue.reckon(["nash"], settings={"nash": setting})["nash"] for setting in ("status-quo", "breakdown")
    )
    assert not np.allclose(by_quo.outcome, by_breakdown.outcome)


def test_what_a_model_cannot_take_is_left_out_with_the_reason_or_refused_where_it_was_named(tmp_path: Path) -> None:
    issue = _issue(tmp_path, "actor,position,salience,capability\nA,0,1,1\nB,10,1,2\n")
    found = issue.reckon()
    assert found.left_out == {
        "exchange": "there is one dimension, and exchange takes two",
        "voting": "neither a quota nor a veto is stated",
    }
    with pytest.raises(IssueError, match="neither a quota nor a veto"):
        issue.reckon(["voting"])
    with pytest.raises(IssueError, match="no status quo is stated of position"):
        issue.reckon(settings={"median": "status-quo"})


@pytest.mark.parametrize(
    ("models", "settings", "rounds", "fault"),
    [
        (["mean"], {}, None, "no model 'mean'; there are: compromise, median"),
        ([], {"nash": "none"}, None, "nash has no setting 'none'; there are: status-quo, breakdown"),
        ([], {}, -1, "-1 rounds"),
        ([], {}, 10_001, "10001 rounds cannot be played; give 0 to 10000"),
    ],
)
def test_what_is_unknown_is_refused(
    issue: Issue, models: list[str], settings: dict[str, str], rounds: int | None, fault: str
) -> None:
    with pytest.raises(IssueError, match=fault):
        issue.reckon(models, settings=settings, rounds=rounds)


def test_the_same_seed_gives_the_same_with_one_thread_or_many(issue: Issue) -> None:
    def told(seed: int) -> str:
        found = issue.reckon(settings={"election": "stochastic"}, rounds=4, seed=seed)
        return json.dumps(found.json())

    alone = [told(seed) for seed in (1, 2, 1, 2)]
    with ThreadPoolExecutor(4) as pool:
        assert [*pool.map(told, (1, 2, 1, 2))] == alone
    assert alone[0] == alone[2] != alone[1]


def test_the_tidy_table_has_every_position_and_outcome_once(issue: Issue) -> None:
    found = issue.reckon(rounds=3)
    rows = [*found.rows()]
    keys = [(row["model"], row["round"], row["actor"], row["dimension"]) for row in rows]
    assert len(set(keys)) == len(keys)
    played = [result for result in found.results if result.settled is not None]
    # The distribution has a row for each dimension, too.
    assert len(rows) == 2 + 2 * len(found.results) + sum(6 * (result.rounds + 1) for result in played)
    table, frame = found.arrow(), found.df()
    assert table.column_names == [*COLUMNS] == [*frame.columns]
    assert table.to_pylist() == rows
    assert len(frame) == len(rows)
    outcome = frame[frame.actor.isna() & (frame.model == "compromise") & (frame.dimension == "tariff")]
    assert outcome.percent.tolist() == [pytest.approx(found["compromise"].outcome[0] * 5)]


def test_json_is_valid_where_somebody_takes_no_part(tmp_path: Path) -> None:
    issue = _issue(tmp_path, TABLE.replace("Borland,quota,20,0.4,1,\n", ""))
    found = issue.reckon()
    assert found.left_out == {"election": "Borland has no position on quota"}
    told = json.loads(json.dumps(found.json(), allow_nan=False))
    assert told["models"]["expected_utility"]["rounds"][0]["positions"]["Borland"] == {"tariff": 15, "quota": None}
    assert not any(row["actor"] == "Borland" and row["dimension"] == "quota" for row in found.rows())


def test_the_distribution_of_outcomes_stands_beside_all_models(issue: Issue) -> None:
    found = issue.reckon()
    told = found.json()["combined"]
    assert told["fitted_on"] == "155 issues of legislation of the European Union"
    for line, one in zip(issue.dimensions, found.combined, strict=True):
        of = told["dimensions"][line.name]
        assert of["median"] == one.median
        assert (of["low"], of["high"]) == one.interval()
        assert sum(of["probability"]) == pytest.approx(1)
        (row,) = (row for row in found.rows() if (row["model"], row["dimension"]) == ("combined", line.name))
        assert (row["position"], row["low"], row["high"]) == (one.median, *one.interval())
    assert not issue.reckon(["median"]).combined


def test_disagreements_say_how_far_and_what_each_outcome_rests_on(issue: Issue, tmp_path: Path) -> None:
    found = issue.reckon(["compromise", "median", "voting"])
    lines = [*found.disagreements()]
    assert lines[0] == "tariff: the models are 90 % of the scale apart, from median (0) to voting (18)."
    assert sum(line.startswith("  voting") for line in lines) == 2
    agreed = _issue(tmp_path, "actor,position,salience,capability\nA,5,1,1\nB,5,1,2\n").reckon(["compromise", "median"])
    assert [*agreed.disagreements()] == ["position: the models agree to 0.0 % of the scale."]


def test_a_picture_shows_every_model_and_actor(issue: Issue, tmp_path: Path) -> None:
    file = tmp_path / "issue.svg"
    plots.save(pictures.reckoning(issue.reckon(rounds=3)), file)
    drawn = file.read_text(encoding="utf-8")
    for word in ("Tariffs and quotas", "Aland", "Borland", "Cland", "voting", "expected utility", "exchange", "round"):
        assert f">{word}" in drawn
    with pytest.raises(InputError, match=r"\.svg or \.png"):
        plots.save(pictures.reckoning(issue.reckon(["median"])), tmp_path / "issue.pdf")


def test_many_actors_have_no_legend_and_the_key_says_so(issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    found = issue.reckon(["exchange"], rounds=1)
    small = (pictures.reckoning(found), pictures.rounds(found, 0, "exchange"))
    monkeypatch.setattr(pictures, "LEGEND", 2)
    large = (pictures.reckoning(found), pictures.rounds(found, 0, "exchange"))
    legends = ['"legend": null' in json.dumps(chart.to_dict()) for chart in (*small, *large)]
    assert legends == [False, False, True, True]
    said = ["too many for a legend" in json.dumps(chart.to_dict()) for chart in (small[0], large[0])]
    assert said == [False, True]


def test_of_very_many_trades_fewer_orders_are_played_and_the_outcome_is_the_same(
    issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = issue.reckon(["exchange"])["exchange"]
    monkeypatch.setattr("detente.bargaining.budget._USUAL", {"exchange": 1})
    large = issue.reckon(["exchange"])["exchange"]
    assert large.outcome.tolist() == usual.outcome.tolist()
    assert usual.notes[0].startswith("in 20 orders")
    assert "too large" not in usual.notes[0]
    assert large.notes[0].startswith("in 6 orders")
    assert large.notes[0].endswith("; the table is too large for 20 orders")


def test_each_model_is_told_when_it_is_done(issue: Issue) -> None:
    counted = list[int]()
    issue.reckon(progress=counted.append)
    assert counted == [1] * len(MODELS)


def _models(path: Path, **asked: Any) -> dict[str, Any]:
    told: dict[str, Any] = Issue.from_csv(path).reckon(**asked).json()["models"]
    return told


@emissions.shared
def test_the_published_run_of_expected_utility_by_way_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "eu.csv").write_text(emissions.csv(), encoding="utf-8")
    told = _models(tmp_path / "eu.csv", settings={"expected_utility": "scholz-code"}, rounds=10)["expected_utility"]
    known = emissions.reference()["bdm_scholz_jmckib"]["EU"]
    for key in ("median", "mean"):
        np.testing.assert_allclose([one[key] for one in told["rounds"]], known[key], rtol=0, atol=1e-9)
    places = [[one["positions"][actor] for actor in known["actors"]] for one in told["rounds"]]
    np.testing.assert_allclose(places, known["positions"], rtol=0, atol=1e-9)
    assert told["outcome"] == pytest.approx(known["median"][-1], abs=1e-9)


@emissions.shared
@pytest.mark.parametrize("file", ["sample_data.txt", "copenhagen.csv"])
def test_what_decide_says_of_its_inputs(file: str) -> None:
    told = _models(emissions.BARGAINING / file, models=["exchange"], rounds=1)["exchange"]
    known = emissions.reference()["decide_equal_gain"]["candidates_round1"][file]
    # Decide puts the ends of the scale behind the name of an issue.
    initial = {name.rpartition(" [")[0]: value for name, value in known["nbs_initial"].items()}
    assert told["initial"] == pytest.approx(initial, abs=1e-9)
    gains = [one["gain"] for one in told["candidates"]][: len(known["top"])]
    np.testing.assert_allclose(gains, [one["gain"] for one in known["top"]], rtol=0, atol=1e-9)


@emissions.shared
@pytest.mark.parametrize("name", ["SOE-Pol-Comp", "dummyData_3Dim"])
def test_what_ktab_says_of_its_inputs(name: str) -> None:
    told = _models(emissions.BARGAINING / f"{name}.csv", models=["election"])["election"]
    known = emissions.reference()["ktab_smp"]["runs"][name]
    for actor, lines in known["positions"].items():
        assert told["positions"][actor] == pytest.approx([turns[-1] for turns in lines.values()], abs=0.05 + 1e-9)
        assert told["probabilities"][actor] == pytest.approx(known["prob"][actor][-1], abs=5e-5)
