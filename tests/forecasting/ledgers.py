"""A ledger with a data set that is drawn, for forecasts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np

from detente import Ledger, plover
from detente.forecasting.dealings import TYPES
from tests.forecasting.drawn import dealings

FIRST = date(2023, 1, 1)
STATES = ("RUS", "UKR", "USA", "CHN", "IND", "FRA", "DEU", "GBR", "POL", "TUR", "IRN", "ISR")


def fill(path: Path, *, days: int) -> Path:
    """A ledger at `path`, which is returned, with the data set "made" of twelve states from `FIRST` on."""
    drawn = dealings(days=days)
    # The pair that is asked about is the busiest.
    busiest = np.bincount(drawn.keys()).argmax()
    ends = [int(end) for end in divmod(busiest, len(STATES))]
    places = [*ends, *(place for place in range(len(STATES)) if place not in ends)]
    states = dict(zip(places, STATES, strict=True))
    columns = {
        "day": [FIRST + timedelta(days=day) for day in drawn.days.tolist()],
        "type": [TYPES[code] for code in drawn.types.tolist()],
        "quad": [plover.quad(TYPES[code]) for code in drawn.types.tolist()],
        "one": [states[source] for source in drawn.sources.tolist()],
        "other": [states[target] for target in drawn.targets.tolist()],
        "n": [*range(len(drawn))],
    }
    with Ledger(path):
        pass
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            """
            INSERT INTO imported BY NAME
            SELECT 'made' AS dataset, 1 AS file, 'e' || n AS id, day AS first, day AS last, true AS single,
                false AS mutual, type, quad, 0.0 AS intensity, 'plover' AS intensity_scale,
                one AS source_party, other AS target_party
            FROM (
                SELECT unnest($day) AS day, unnest($type) AS type, unnest($quad) AS quad, unnest($one) AS one,
                    unnest($other) AS other, unnest($n) AS n
            )
            """,
            columns,
        )
    return path
