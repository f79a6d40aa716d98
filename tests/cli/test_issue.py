"""`detente issue`: what is shown, changed and refused."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from detente.bargaining.issue import Issue
from detente.cli import run
from tests.bargaining.test_issue import TABLE, YAML
from tests.cli.conftest import Detente
from tests.cli.test_messages import Terminal


@pytest.fixture(autouse=True)
def _written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with an issue, a faulty one, and what is none."""
    monkeypatch.chdir(tmp_path)
    Path("tariffs.csv").write_text(TABLE, encoding="utf-8")
    Path("other.csv").write_text("name,value\na,1\n", encoding="utf-8")
    Path("notes.txt").write_text("nothing\n", encoding="utf-8")


def _faulty() -> None:
    Path("faulty.yaml").write_text(YAML.replace("15", "25").replace("0.5", "5"), encoding="utf-8")


def test_show_has_the_scale_and_a_row_for_each_actor(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["issue", "show", "tariffs.csv"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "A ceiling for tariffs position: 0 to 20, status quo 20 (0 none; 20 as now)" in shown
    assert "Aland 0 ± 3 0.5 2 50.0%" in shown
    assert "Borland 15 1 1 50.0% veto" in shown
    assert "A decision needs 60% of the capability." in shown
    assert run(["issue", "show", "tariffs.csv", "--format", "csv"]) == 0
    rows = [*csv.DictReader(io.StringIO(capsys.readouterr().out))]
    assert [(row["actor"], row["position"], row["veto"]) for row in rows] == [
        ("Aland", "0.0", "false"),
        ("Borland", "15.0", "true"),
    ]


def test_show_marks_what_nobody_estimated_and_tells_what_a_cell_rests_on(capsys: pytest.CaptureFixture[str]) -> None:
    ground = '{statement: d1/s4, speaker: A minister, date: 2024-05, sentence: "Never, he said.", position: 0}'
    text = YAML.replace("salience: 0.5,", f"salience: 0.5, proxies: salience position_sd, grounds: [{ground}],")
    Path("draft.yaml").write_text(re.sub(r"capability: \d", "capability:", text), encoding="utf-8")
    assert run(["issue", "show", "draft.yaml", "--grounds"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Aland 0 ± 3* 0.5* 33.3% 1 statement" in shown
    assert "Aland at 0: “Never, he said.” (A minister, 2024-05; d1/s4)" in shown
    assert "* counted from texts, not estimated" in shown
    assert "Nobody's capability is stated" in shown
    assert run(["issue", "show", "draft.yaml", "--format", "jsonl"]) == 0
    row, _ = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["capability"], row["proxies"], row["statements"]) == (None, ["position_sd", "salience"], ["d1/s4"])


def test_list_has_issues_alone_and_counts_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["issue", "list", "--format", "jsonl"]) == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["file"], row["actors"], row["cells"], row["faults"]) == ("tariffs.csv", 2, 2, 0)
    _faulty()
    assert run(["issue", "list", ".", "--format", "jsonl"]) == 1
    assert [json.loads(line)["faults"] for line in capsys.readouterr().out.splitlines()] == [2, 0]
    Path("latin.csv").write_bytes(TABLE.replace("Borland", "Börland").encode("latin-1"))
    Path("wide.txt").write_bytes(TABLE.encode("utf-16"))
    Path("picture.txt").write_bytes(bytes(range(256)))
    assert run(["issue", "list", ".", "--format", "jsonl"]) == 1
    rows = map(json.loads, capsys.readouterr().out.splitlines())
    assert {row["file"]: row["faults"] for row in rows} == {
        "faulty.yaml": 2, "latin.csv": 1, "tariffs.csv": 0, "wide.txt": 1,
    }  # fmt: skip
    assert run(["issue", "list", "nowhere"]) == 1
    assert capsys.readouterr().err == "detente: nowhere: No such file or directory; name a folder\n"


def test_draft_is_written_once_and_says_what_is_missing(detente: Detente, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "Kenya supports a ban on cobalt exports. Norway opposes the ban, its foreign ministry said. "
        "Ghana heard of the ban."
    )
    detente("read", "-", "--published", "2024-06-10", "--ledger", "l.duckdb", given=text.encode())
    command = ["issue", "draft", "ban on cobalt exports", "--ledger", "l.duckdb"]
    assert run([*command, "--output", "cobalt.yaml"]) == 0
    said = capsys.readouterr().err
    assert "2 actors placed by 1 document; capability is left to you" in said
    assert "mentioned, no position found: Ghana" in said
    assert run(["issue", "show", "cobalt.yaml", "--grounds"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Kenya 100* ± 10*" in shown
    assert (
        "Norway at 0: “Norway opposes the ban, its foreign ministry said.” (Foreign ministry of Norway, 2024-06-10"
        in shown
    )
    assert run([*command, "--output", "cobalt.yaml"]) == 2
    assert "is there already" in capsys.readouterr().err
    Path("link.yaml").symlink_to("nowhere.yaml")
    assert run([*command, "--output", "link.yaml"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert not Path("nowhere.yaml").exists()
    assert run([*command, "--output", "cobalt.csv"]) == 2
    assert "is no YAML file" in capsys.readouterr().err
    assert run([*command, "--as-of", "2020"]) == 1
    assert "nobody in l.duckdb takes a position on it by 2020" in capsys.readouterr().err
    assert run([*command, "--as-of", "soon"]) == 2
    assert run(["issue", "draft", "a ban", "--ledger", "none.duckdb"]) == 3


def test_an_interruption_speaks_of_no_ledger(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Issue, "reckon", interrupted)
    assert run(["issue", "reckon", "tariffs.csv"]) == 130
    assert capsys.readouterr().err == "detente: interrupted; what was written before is kept\n"


def test_every_fault_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    _faulty()
    assert run(["issue", "reckon", "faulty.yaml"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    first, second = shown.err.splitlines()
    assert first.startswith("detente: faulty.yaml: line 10, column 39: salience 5 is not 0 to 1")
    assert second.startswith("detente: faulty.yaml: line 13, column 26: Borland's position 25 lies outside")


def test_edit_changes_the_file_and_says_what(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["issue", "edit", "tariffs.csv", "--actor", "Aland", "--position", "4", "--position-sd", "1"]) == 0
    assert capsys.readouterr().err == "detente: tariffs.csv: Aland on position: position 4, position_sd 1\n"
    assert "Aland;2;4;0.5;;1" in Path("tariffs.csv").read_text(encoding="utf-8")
    assert run(["issue", "edit", "tariffs.csv", "--actor", "Aland"]) == 2
    assert "nothing to change" in capsys.readouterr().err


def test_reckon_sets_models_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["issue", "reckon", "tariffs.csv", "--plot", "tariffs.svg"]) == 0
    shown = capsys.readouterr()
    for word in ("compromise", "median", "expected_utility", "election", "nash", "voting"):
        assert word in shown.out
    assert "voting: Borland blocks on position: has a veto and goes along to 10." in shown.out
    assert "of the scale apart" in shown.out
    assert "election: " in shown.out
    assert "fitted on 155 issues of legislation of the European Union; elsewhere it is a guess" in shown.out
    assert shown.err == "detente: left out: exchange: there is one dimension, and exchange takes two\n"
    assert Path("tariffs.svg").exists()


def test_who_is_looking_sees_how_many_models_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    assert run(["issue", "reckon", "tariffs.csv", "--model", "median", "--model", "compromise"]) == 0
    assert "2 models" in terminal.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_row_of_a_reckoning_is_a_line_in_a_narrow_terminal(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert run(["issue", "reckon", "tariffs.csv", "--model", "median", "--model", "nash", "--quiet"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= width
    (row,) = (line.split() for line in lines if line.startswith(" nash"))
    assert row == ["nash", *(["status-quo"] if width == 80 else []), *row[-2:]]


def test_reckon_gives_json_and_the_tidy_table(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["issue", "reckon", "tariffs.csv", "--model", "expected_utility", "--setting", "scholz-code"]
    assert run([*command, "--rounds", "1", "--seed", "3", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["models"].items()
    assert told[0] == "expected_utility"
    assert told[1]["rounds"][0]["positions"] == {"Aland": 0, "Borland": 15}
    assert run([*command, "--format", "csv"]) == 0
    rows = [*csv.DictReader(io.StringIO(capsys.readouterr().out))]
    assert {row["setting"] for row in rows} == {"scholz-code"}


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        (["--setting", "paper"], 2, "--setting belongs to one model"),
        (["--json", "--format", "csv"], 2, "--json and --format do not go together"),
        (["--model", "mean"], 1, "no model 'mean'"),
        (["--rounds", "-1"], 2, "greater than or equal to 0"),
        (["--output", "tariffs.csv"], 2, "would be lost"),
    ],
)
def test_what_does_not_fit_is_refused(
    options: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["issue", "reckon", "tariffs.csv", *options]) == status
    assert said in capsys.readouterr().err
    assert Path("tariffs.csv").read_text(encoding="utf-8") == TABLE
