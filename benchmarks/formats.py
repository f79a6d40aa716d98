"""What importing event data costs, beside what it costs DuckDB to read the same file into a table.

    python benchmarks/formats.py --import [--rows 5000000] [--runs 3]

The file is one of ICEWS: made up, with the columns, the codes and about the lengths that ICEWS has. Each run imports it
into a new ledger, and reads it into a new DuckDB file by `CREATE TABLE … AS FROM read_csv(…)`, both in processes of
their own with two threads; told are the medians. Memory is the most that the importing process had at once. The last
line is JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import duckdb

from detente.ledger.formats import known
from detente.ledger.formats.importing import import_files
from detente.world import tables

THREADS: Final = 2
SECTORS: Final = (
    "Government,Foreign Ministry,Executive", "Government,Military", "Police,Government", "", "",
    "Social,General Population / Civilian / Social", "Executive Office,Executive,Elite,Government", "Dissident,Rebel",
    "Parties,National Major Party,Government", "Business,Social", "International Government Organization,Global",
)  # fmt: skip
TEXTS: Final = (
    "Make statement", "Consult", "Make an appeal or request", "Express intent to meet or negotiate", "Make a visit",
    "Express intent to engage in diplomatic cooperation (such as policy support)", "Criticize or denounce",
    "Use conventional military force", "Arrest, detain, or charge with legal action", "Praise or endorse",
    "Demand that target allows international involvement (non-mediation)",
)  # fmt: skip


def make(file: Path, rows: int) -> None:
    """A file of ICEWS with so many rows."""
    with duckdb.connect(config={"threads": THREADS}) as connection:
        lists = {
            "codes": [row["code"] for row in known.rows("cameo.csv")],
            "countries": [state.name for state in tables.states()],
            "sectors": [*SECTORS],
            "texts": [*TEXTS],
        }
        for name, values in lists.items():
            connection.execute(f"SET VARIABLE {name} = ?", [values])
        connection.execute(
            f"""
            CREATE MACRO one(name, number) AS
                list_extract(getvariable(name), (number % len(getvariable(name)) + 1)::BIGINT);
            CREATE MACRO side(number) AS
                CASE WHEN number % 3 = 0 THEN one('countries', number // 7)
                    ELSE 'Member of a Group ' || number % 40000 || ' (' || one('countries', number // 7) || ')' END;
            COPY (
                SELECT
                    20000000 + i AS "Event ID",
                    DATE '1995-01-01' + (i * 10326 // {rows})::INTEGER AS "Event Date",
                    side(hash(i, 'source') // 3 % 200000) AS "Source Name",
                    one('sectors', hash(i, 'source')) AS "Source Sectors",
                    one('countries', hash(i, 'source') // 3 % 200000 // 7) AS "Source Country",
                    one('texts', hash(i, 'code')) AS "Event Text",
                    one('codes', hash(i, 'code')) AS "CAMEO Code",
                    (hash(i, 'code') % 200 / 10 - 10)::DECIMAL(4, 1) AS "Intensity",
                    side(hash(i, 'target') // 3 % 200000) AS "Target Name",
                    one('sectors', hash(i, 'target')) AS "Target Sectors",
                    one('countries', hash(i, 'target') // 3 % 200000 // 7) AS "Target Country",
                    30000000 + i // 2 AS "Story ID",
                    hash(i, 'sentence') % 6 + 1 AS "Sentence Number",
                    'The Gazette of ' || one('countries', hash(i // 2)) AS "Publisher",
                    if(hash(i, 'place') % 3 = 0, NULL, 'City ' || hash(i, 'place') % 20000) AS "City",
                    if(hash(i, 'place') % 2 = 0, NULL, 'District ' || hash(i, 'place') % 9000) AS "District",
                    'Province of ' || hash(i, 'place') % 2000 AS "Province",
                    one('countries', hash(i, 'place') % 2000) AS "Country",
                    (hash(i, 'place') % 20000 / 112.0 - 89)::DECIMAL(8, 4) AS "Latitude",
                    (hash(i, 'place') % 20000 / 56.0 - 178)::DECIMAL(8, 4) AS "Longitude"
                FROM range({rows}) AS events(i)
            ) TO '{file}' (DELIMITER '\t', HEADER, QUOTE '')
            """  # noqa: S608
        )


def bare(file: Path, folder: Path) -> None:
    """Read the file into a table as DuckDB does by itself."""
    with duckdb.connect(folder / "bare.duckdb", config={"threads": THREADS}) as connection:
        connection.execute(f"CREATE TABLE events AS FROM read_csv('{file}')")


def taken(file: Path, folder: Path) -> None:
    """Import the file."""
    for _ in import_files(folder / "ledger.duckdb", "icews", [file], dataset="icews"):
        pass


def timed(what: str, file: Path) -> tuple[float, float]:
    """Seconds, and the most memory in megabytes, of a process that does what `--only` says."""
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        command = [sys.executable, __file__, "--only", what, str(file), folder]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        seconds, memory = json.loads(told)
        return seconds, memory


def importing(rows: int, runs: int) -> dict[str, float]:
    """Both, several times by turns, printed as a table."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "icews.tab"
        make(file, rows)
        size = file.stat().st_size / 1e6
        found = [(timed("bare", file), timed("taken", file)) for _ in range(runs)]
    read, imported = (statistics.median(pair[which][0] for pair in found) for which in (0, 1))
    figures = {
        "rows": rows,
        "megabytes": round(size),
        "read_csv": round(read, 2),
        "import": round(imported, 2),
        "speed": round(statistics.median(one[0] / other[0] for one, other in found), 3),
        "memory": round(max(other[1] for _, other in found)),
    }
    print("| rows | file | bare read_csv | import | of its speed | memory of import |")
    print("|---|---|---|---|---|---|")
    print(
        f"| {rows:,} | {size:,.0f} MB | {read:.1f} s | {imported:.1f} s | {figures['speed']:.0%} "
        f"| {figures['memory']:,} MB |"
    )
    return figures


def main() -> None:
    """Print the tables asked for and, as the last line, all figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--import", action="store_true", dest="importing", help="imports of ICEWS")
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the file")
    parser.add_argument("--runs", type=int, default=3, help="of each")
    parser.add_argument("--only", nargs=3, help=argparse.SUPPRESS, metavar=("WHAT", "FILE", "FOLDER"))
    arguments = parser.parse_args()
    if arguments.only:
        what, file, folder = arguments.only
        start = time.perf_counter()
        {"bare": bare, "taken": taken}[what](Path(file), Path(folder))
        print(json.dumps([time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3]))
        return
    print(json.dumps({"import": importing(arguments.rows, arguments.runs)}))


if __name__ == "__main__":
    main()
