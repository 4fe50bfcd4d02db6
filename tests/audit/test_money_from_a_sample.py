"""An auditor's way from charts to the overpayment of the frame, by the commands alone."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from statistics import fmean, variance

from .cases import SCAR, THIGH, claim, encounter, notecheck, write_lines

PAYERS = ("medicare", "aetna")
Z90 = 1.644853626951


def charts(tmp_path: Path) -> Path:
    """Thirty charts that bill 27596: those of every third have no bone cut, so a lesser code."""
    return write_lines(
        tmp_path / "charts.jsonl",
        (
            encounter(
                f"E{number:02}",
                THIGH if number % 3 else SCAR.replace("right", "left"),
                claim=claim("27596", claim_id=f"C{number}", payer=PAYERS[number % 2]),
            )
            for number in range(30)
        ),
    )


def drawn(tmp_path: Path, size: int) -> list[dict[str, str]]:
    out = tmp_path / f"audit-{size}"
    run = ("audit", charts(tmp_path), "--out", out, "--sample", str(size), "--seed", "5")
    done = notecheck(*run, "--stratify", "payer", "--workers", "1")
    assert done.returncode == 0, done.stderr
    frame = list(csv.DictReader((out / "frame.csv").open(encoding="utf-8")))
    assert len(frame) == 30
    assert json.loads((out / "frame.json").read_text())["seed"] == 5
    return list(csv.DictReader((out / "worksheet.csv").open(encoding="utf-8")))


def filled_in(sheet: list[dict[str, str]], path: Path) -> Path:
    """As an auditor fills it in: 600 paid for each, of which the lesser code is worth 200."""
    for row in sheet:
        row["paid"] = "600.00"
        row["correct"] = "200.00" if int(row["encounter_id"][1:]) % 3 == 0 else "600.00"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(sheet[0]))
        writer.writeheader()
        writer.writerows(sheet)
    return path


def test_from_charts_to_the_overpayment_of_the_frame(tmp_path: Path) -> None:
    probe, sample = drawn(tmp_path, 8), drawn(tmp_path, 16)
    assert {row["encounter_id"] for row in probe} <= {row["encounter_id"] for row in sample}

    asked = notecheck("extrapolate", filled_in(probe, tmp_path / "probe.csv"), "--precision", "50")
    assert asked.returncode == 0, asked.stderr
    assert "for 50 % precision" in asked.stdout

    sheet = filled_in(sample, tmp_path / "worksheet.csv")
    other = tmp_path / "rat-stats.csv"
    done = notecheck("extrapolate", sheet, "--rat-stats", other)
    assert done.returncode == 0, done.stderr
    strata: dict[str, list[float]] = {}
    sizes: dict[str, int] = {}
    for row in sample:
        overpaid = float(row["paid"]) - float(row["correct"])
        strata.setdefault(row["stratum"], []).append(overpaid)
        sizes[row["stratum"]] = int(row["stratum_size"])
    assert sizes == {"medicare": 15, "aetna": 15}
    point = sum(sizes[name] * fmean(found) for name, found in strata.items())
    error = math.sqrt(
        sum(
            sizes[name] ** 2 * (1 - len(found) / sizes[name]) * variance(found) / len(found)
            for name, found in strata.items()
        )
    )
    assert f"{point:,.2f}" in done.stdout
    assert f"{point - Z90 * error:,.2f} to {point + Z90 * error:,.2f} (z = 1.644854)" in done.stdout
    assert len(other.read_text().splitlines()) == 16
