from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from detente.errors import ModelError
from detente.language.attribution import ACTS, AFTER, BEFORE, Model, candidate


def test_a_missing_model_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="make train") as caught:
        Model(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_a_broken_model_is_an_error_of_ours_on_one_line(tmp_path: Path) -> None:
    for name in (Model.NAME, Model.TOKENIZER):
        (tmp_path / name).write_text("no model")
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        Model(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("anchor", "first", "last"), [(0, 0, AFTER), (BEFORE + 5, 5, 120), (110, 110 - BEFORE, 120)])
def test_a_candidate_keeps_what_lies_in_its_window(anchor: int, first: int, last: int) -> None:
    slots = np.arange(BEFORE + AFTER, dtype=np.float32)
    around = np.repeat(slots[:, None], 4, axis=1)
    acts = np.zeros(len(ACTS), dtype=np.float32)
    found = candidate(anchor, 0.9, 0.9, around, acts, (0, 120))
    assert (found.first, found.first + len(found.shares)) == (first, last)
    assert found.shares[anchor - first, 0] == BEFORE


def test_the_runtime_keeps_no_record_of_its_use(tmp_path: Path) -> None:
    code = "from detente.language import attribution; attribution.load()"
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-c", code], check=True, env=home, timeout=120)
    assert list(tmp_path.rglob("*onnxruntime*")) == []
