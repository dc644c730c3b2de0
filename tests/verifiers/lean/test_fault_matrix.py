"""The table of faults in the documentation is the one that the tests play."""

import json
from pathlib import Path

HERE = Path(__file__).parent
BEGIN, END = "<!-- faults: begin -->\n", "<!-- faults: end -->"


def table() -> str:
    """The table as it should stand in `docs/lean.md`."""
    faults: dict[str, dict[str, list[str]]] = json.loads((HERE / "faults.json").read_text(encoding="utf-8"))
    lines = [
        f"{sum(map(len, faults.values()))} faults.",
        "",
        "| engine | verdict | reason | faults |",
        "| --- | --- | --- | --- |",
    ]
    for engine, rows in faults.items():
        grouped: dict[tuple[str, str], list[str]] = {}
        for fault, (verdict, reason) in rows.items():
            grouped.setdefault((verdict, reason), []).append(fault)
        for (verdict, reason), names in sorted(grouped.items()):
            lines.append(f"| {engine} | {verdict} | `{reason}` | {'; '.join(names)} |")
    return "\n".join(lines) + "\n"


def test_the_documented_faults_are_the_tested_ones() -> None:
    text = (HERE.parents[2] / "docs" / "lean.md").read_text(encoding="utf-8")
    assert text.partition(BEGIN)[2].partition(END)[0] == table()


def test_there_are_enough_of_them_and_none_is_paid() -> None:
    faults = json.loads((HERE / "faults.json").read_text(encoding="utf-8"))
    assert set(faults) == {"lean", "repl", "kimina", "dojo"}
    for engine, rows in faults.items():
        assert len(rows) >= 8, engine
        paid = [fault for fault, (verdict, _) in rows.items() if verdict == "correct"]
        assert paid == (["proof: child left behind"] if engine == "lean" else [])
