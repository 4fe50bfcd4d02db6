"""The difference estimator against examples worked by hand, a simulation, and the command."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from notecheck.audit.extrapolation import extrapolate, sample_size
from notecheck.audit.paid_items import Item
from notecheck.audit.worksheet import worksheet_header
from notecheck.errors import InputError

from .cases import notecheck

SHEET = "encounter_id,stratum,stratum_size,paid,correct,overpaid\n"


def items(stratum: str, *overpaid: float) -> list[Item]:
    return [Item(stratum, 660.0, 660.0 - amount) for amount in overpaid]


def test_a_simple_sample_by_hand() -> None:
    # Mean 20, variance (400 + 100 + 0 + 100 + 400) / 4 = 250; 100 * sqrt(0.95 * 50) = 689.2024.
    found = extrapolate(items("all", 0, 10, 20, 30, 40), {"all": 100})
    assert found.point == pytest.approx(2000)
    assert found.error == pytest.approx(689.2024, abs=1e-4)
    assert found.factor == pytest.approx(2.131847, abs=1e-6)  # printed tables: 4 degrees, 0.95
    assert found.lower == pytest.approx(2000 - 2.131847 * 689.2024, abs=1e-2)
    assert found.upper == pytest.approx(2000 + 2.131847 * 689.2024, abs=1e-2)


@pytest.mark.parametrize(
    ("drawn", "factor"), [(2, 6.313751514675), (3, 2.919985580354), (4, 2.353363434802)]
)
def test_the_factors_of_small_samples_are_those_in_rat_stats_own_text(
    drawn: int, factor: float
) -> None:
    found = extrapolate(items("all", *range(drawn)), {"all": 100})
    assert found.factor == pytest.approx(factor, abs=1e-9)


def test_a_stratified_sample_by_hand() -> None:
    # a: 10 * 20, 100 * 0.7 * 100 / 3; b: 20 * -5, 400 * 0.9 * 50 / 2; z of 90 %, two-sided.
    sample = items("a", 10, 20, 30) + items("b", -10, 0)
    found = extrapolate(sample, {"a": 10, "b": 20})
    assert found.point == pytest.approx(100)
    assert found.error == pytest.approx((7000 / 3 + 9000) ** 0.5)
    assert found.factor == pytest.approx(1.644853626951, abs=1e-9)
    assert found.lower == pytest.approx(100 - 1.644853626951 * (7000 / 3 + 9000) ** 0.5)


def test_a_frame_that_is_seen_whole_has_no_error() -> None:
    found = extrapolate(items("all", 5, 7), {"all": 2})
    assert (found.point, found.error, found.lower) == (pytest.approx(12), 0, pytest.approx(12))


def test_nine_intervals_of_ten_hold_the_truth() -> None:
    chance = random.Random(3)
    frame = items("all", *(chance.gauss(100, 60) for _ in range(400)))
    truth, held, below = sum(item.overpaid for item in frame), 0, 0
    for _ in range(2000):
        found = extrapolate(chance.sample(frame, 20), {"all": 400})
        held += found.lower <= truth <= found.upper
        below += found.lower <= truth
    assert 0.88 < held / 2000 < 0.92
    assert 0.935 < below / 2000 < 0.965


def test_the_command_prints_and_writes_for_rat_stats(tmp_path: Path) -> None:
    sheet, other = tmp_path / "w.csv", tmp_path / "r.csv"
    sheet.write_text(
        SHEET + 'E1,,100,"$1,660.00",1660,\nE2,,100,660,650,10\nE3,,100,660,640,\n'
        "E4,,100,660,630,\nE5,,100,660,620,\n"
    )
    done = notecheck("extrapolate", sheet, "--rat-stats", other)
    assert done.returncode == 0, done.stderr
    assert "point estimate              2,000.00" in done.stdout
    assert "standard error                689.20" in done.stdout
    assert "530.73 to 3,469.27" in done.stdout
    assert other.read_bytes().startswith(b"1,1660.00,1660.00\r\n2,660.00,650.00\r\n")


def test_the_frame_gives_the_sizes(tmp_path: Path) -> None:
    sheet, frame = tmp_path / "w.csv", tmp_path / "f.csv"
    sheet.write_text("stratum;paid;correct\na;10;0\na;20;0\n")
    frame.write_text("id,stratum\n" + "".join(f"{number},a\n" for number in range(4)))
    done = notecheck("extrapolate", sheet, "--frame", frame)
    assert done.returncode == 0, done.stderr
    assert "point estimate                 60.00" in done.stdout
    frame.write_text(frame.read_text() + "9,b\n")
    done = notecheck("extrapolate", sheet, "--frame", frame)
    assert done.returncode == 2
    assert 'stratum "b": 0 of 1 items sampled' in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "it needs the columns paid and correct"),
        (SHEET + "E1,,9,660,,\n", "row 2, column correct: an amount in dollars"),
        (SHEET + "E1,,9,nan,1,\n", "row 2, column paid: an amount in dollars"),
        (SHEET + "E1,,9,660,600,50\n", "row 2, column overpaid: it must be paid less correct"),
        (SHEET + "E1,,,660,600,\n", "row 2: the column stratum_size must say"),
        (SHEET + "E1,,9,1,1,\nE2,,8,1,1,\n", "row 3: stratum_size differs"),
        (SHEET + "E1,,1,1,1,\nE2,,1,1,1,\n", "2 items are sampled of 1 in the frame"),
        (SHEET + "E1,,9,660,600,60\n", "1 of 9 items sampled, and an error needs two"),
    ],
)
def test_what_cannot_be_used_exits_2(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text(text)
    done = notecheck("extrapolate", path)
    assert done.returncode == 2
    assert said in done.stderr


def test_the_worksheet_of_an_audit_has_room_for_the_money() -> None:
    header = worksheet_header()
    named = ("paid", "correct", "overpaid", "error_class", "reviewer", "date", "stratum_size")
    assert set(named) <= set(header)
    assert len(set(header)) == len(header)


def test_the_sample_that_a_precision_takes_by_hand() -> None:
    # Mean 20, variance 250, 100 items. Of 10 %: half-width 200 = t x error, so V = (200 / t)^2 and
    # n = 250 / (V / 100^2 + 250 / 100); with t = 1.6717 of 57 degrees n = 63.6, so 64; its t of 63
    # degrees, 1.6694, gives 63.5, which stays 64.
    probe = items("all", 0, 10, 20, 30, 40)
    assert sample_size(probe, {"all": 100}, 0.10) == 64
    assert sample_size(probe, {"all": 100}, 0.0001) == 100  # no more than there are
    assert sample_size(probe, {"all": 100}, 1.0) >= 2
    with pytest.raises(InputError, match="no overpayment"):
        sample_size(items("all", 0, -10), {"all": 100}, 0.10)


def test_a_sample_of_that_size_has_that_precision() -> None:
    chance = random.Random(7)
    frame = items("a", *(chance.gauss(100, 60) for _ in range(600)))
    frame += items("b", *(chance.gauss(40, 90) for _ in range(400)))
    sizes, wanted = {"a": 600, "b": 400}, 0.20
    probe = chance.sample(frame[:600], 60) + chance.sample(frame[600:], 40)
    size = sample_size(probe, sizes, wanted)
    share = size * 6 // 10
    held = []
    for _ in range(200):
        drawn = chance.sample(frame[:600], share) + chance.sample(frame[600:], size - share)
        found = extrapolate(drawn, sizes)
        held.append(found.point - found.lower)
    truth = sum(item.overpaid for item in frame)
    assert 0.15 < sum(held) / len(held) / truth < 0.25
