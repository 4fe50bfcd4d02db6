import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notecheck.errors import InputError
from notecheck.models import Claim, ClaimDiagnosis, ClaimLine, ClaimProcedure
from notecheck.read.x12 import X12Claim, parse_claims
from notecheck.read.x12.interchange import transaction

from .interchanges import HOSPITAL, INSTITUTIONAL, SUBSCRIBER, SURGEON, interchange


def claims(text: str) -> list[X12Claim]:
    return parse_claims(text.encode())


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        parse_claims(data)
    return error.value.message


@pytest.mark.parametrize("ends", ["~\n", "~", "~\r\n", "\n"])
def test_a_surgeons_claim(ends: str) -> None:
    (found,) = claims(interchange(SURGEON, ends=ends))
    assert found.control_numbers == ("A100", "CH77", "MRN5")
    assert found.name == "claim 1 (control number A100)"
    assert found.outcome == Claim(
        claim_id="A100",
        payer="medicare",
        form="professional",
        place_of_service="21",
        frequency="1",
        admission_date=dt.date(2026, 3, 1),
        lines=(
            ClaimLine(
                code="27596",
                modifiers=("LT", "58"),
                units=1,
                service_date=dt.date(2026, 3, 2),
                diagnoses=("M86.652", "T87.44"),
            ),
            ClaimLine(
                code="11044",
                units=2,
                service_date=dt.date(2026, 3, 2),
                diagnoses=("T87.44",),
            ),
        ),
    )


def test_a_hospitals_claim() -> None:
    (found,) = claims(interchange(HOSPITAL, guide=INSTITUTIONAL))
    diagnoses = ("T87.44", "M86.652", "E11.52")
    assert found.outcome == Claim(
        claim_id="H200",
        payer="medicare",
        form="institutional",
        type_of_bill="111",
        frequency="1",
        admission_date=dt.date(2026, 3, 1),
        procedures=(
            ClaimProcedure(code="0Y6D0Z2", date=dt.date(2026, 3, 2)),
            ClaimProcedure(code="0JBM0ZZ", date=dt.date(2026, 3, 3)),
        ),
        diagnoses=(
            ClaimDiagnosis(code="T87.44", kind="principal", poa="Y"),
            ClaimDiagnosis(code="M86.652", kind="secondary"),
            ClaimDiagnosis(code="E11.52", kind="secondary"),
        ),
        lines=(
            ClaimLine(code="0360", units=1, diagnoses=diagnoses),
            ClaimLine(
                code="27596",
                modifiers=("LT",),
                units=1,
                service_date=dt.date(2026, 3, 2),
                diagnoses=diagnoses,
            ),
        ),
    )


def test_several_claims_each_with_the_payer_above_it() -> None:
    private = tuple(
        segment.replace("MB", "CI").replace("MEDICARE PART B", "ACME HEALTH")
        for segment in SUBSCRIBER
    )
    second = ("CLM*B200*1***22:B:1", "HI*ABK:T8744", "LX*1", "SV1*HC:27594*1*UN*1***1")
    found = claims(interchange(SURGEON, second, (*private, *second)))
    outcomes = [claim.outcome for claim in found]
    assert all(isinstance(outcome, Claim) for outcome in outcomes)
    assert [o.payer for o in outcomes if isinstance(o, Claim)] == [
        "medicare", "medicare", "ACME HEALTH",
    ]  # fmt: skip
    assert [claim.number for claim in found] == [1, 2, 3]


def test_two_interchanges_in_one_file() -> None:
    assert len(claims(interchange(SURGEON) + interchange(SURGEON))) == 2


def test_other_separators() -> None:
    text = interchange(SURGEON).replace("*", "|").replace(":", ">").replace("~", "'")
    assert claims(text)[0].outcome == claims(interchange(SURGEON))[0].outcome


@pytest.mark.parametrize("width", [35, 80, 106, 107, 132])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_listing_of_a_fixed_width(width: int, end: str) -> None:
    text = interchange(SURGEON, ends="~") + interchange(HOSPITAL, guide=INSTITUTIONAL, ends="~")
    wrapped = end.join(text[at : at + width] for at in range(0, len(text), width)) + end
    assert claims(wrapped) == claims(text)
    assert transaction(wrapped.encode()) == "837"


def test_a_listing_before_an_interchange_of_lines() -> None:
    first = interchange(SURGEON, ends="~")
    wrapped = "\n".join(first[at : at + 80] for at in range(0, len(first), 80))
    second = interchange(SURGEON, ends="\n").replace("*", "|")
    one, other = claims(f"{wrapped}\n{second}")
    assert one.outcome == other.outcome


@pytest.mark.parametrize("ends", ["~\n", "~", "\r\n", "\n", "|", "\x1c"])
def test_what_ends_segments_does_not_hide_the_transaction(ends: str) -> None:
    assert transaction(interchange(SURGEON, ends=ends).encode()) == "837"
    assert transaction(interchange(SURGEON, ends=ends).replace("837", "275").encode()) == "275"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("***2:1~", "***3:1~", "a service line points to a diagnosis (SV107) that the claim"),
        ("472*D8*20260302", "472*D8*20261302", "DTP*472 is no date, written YYYYMMDD"),
        ("UN*2***1", "UN*two***1", "SV104 is no number of units"),
        ("HC:11044", "", "a service line has no procedure code (SV101, SV202)"),
    ],
)
def test_a_claim_that_is_wrong_does_not_stop_the_others(old: str, new: str, message: str) -> None:
    wrong = "~".join(SURGEON + ("",)).replace(old, new).rstrip("~").split("~")
    first, second = claims(interchange(tuple(wrong), SURGEON))
    assert isinstance(first.outcome, InputError)
    assert first.outcome.message.startswith(message)
    assert isinstance(second.outcome, Claim)


WHOLE = interchange(SURGEON)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "this is no X12 file: it must begin with an ISA segment"),
        ("OPERATION: left thigh", "this is no X12 file"),
        (WHOLE[:80], "the ISA segment of the X12 file is damaged"),
        (WHOLE.replace("00501", "00702", 1), "the ISA segment of the X12 file is damaged, or of"),
        (WHOLE[: len(WHOLE) // 2], "the X12 file is cut off or altered near segment"),
        (WHOLE.replace("IEA*1*000000001~\n", ""), "the X12 file is cut off or altered"),
        (WHOLE.replace("LX*2~\n", ""), "the X12 file is cut off or altered"),
        (WHOLE.replace("LX*2~\n", "~\n"), "the X12 file is cut off or altered"),
        (WHOLE.replace("GS*", "IEA*1*000000001~\nGS*"), "the X12 file is cut off or altered"),
        (WHOLE.replace("ST*837", "ST*835"), "the X12 file is no claim file"),
        (WHOLE.replace("005010X222A1", "005010X224A2"), "the X12 file follows a guide (GS08)"),
        (interchange(), "the X12 file holds no claim (CLM)"),
    ],
)
def test_a_broken_file_is_refused(text: str, message: str) -> None:
    assert refused(text.encode()).startswith(message)


def test_a_huge_file_is_refused() -> None:
    assert refused(WHOLE.encode() + b" " * 50_000_000) == (
        "the X12 file is larger than 50 MB: split it"
    )


@given(st.integers(0, len(WHOLE) - 2))
def test_a_truncated_file_is_always_refused(length: int) -> None:
    refused(WHOLE[:length].encode())


@given(st.integers(106, len(WHOLE) - 1), st.text(st.sampled_from("*~:\n1AIEASELXCM"), max_size=6))
def test_no_file_does_worse_than_an_input_error(at: int, text: str) -> None:
    try:
        found = claims(WHOLE[:at] + text + WHOLE[at:])
    except InputError:
        return
    assert all(isinstance(claim.outcome, Claim | InputError) for claim in found)
