"""Messages of one visit are put together, and those of two patients never are."""

from __future__ import annotations

import pytest

from notecheck.models import Encounter

from ..hl7.messages import header, mdm, obx, segments, visit
from .sent import NOTE, one, outcomes


def pv1(number: str) -> str:
    return "|".join(["PV1", "1", "U", *[""] * 16, number])


def stay(
    number: str, patient: str, doc: str, *, account: str = "", sender: str = "HIS|HOSP"
) -> str:
    raw = mdm("T02", f"{NOTE} {doc}", doc_id=doc)
    raw = raw.replace("|HIS|HOSP|", f"|{sender}|")
    return raw.replace("PID|1||123^^^HOSP||DOE^J", f"PID|1||{patient}{'|' * 15}{account}").replace(
        visit(), pv1(number)
    )


@pytest.mark.parametrize(
    ("messages", "encounters"),
    [
        ([stay("9^^^EAST", "1^^^E", "A"), stay("9^^^WEST", "2^^^W", "B")], [["A"], ["B"]]),
        ([stay("9^^^EAST", "1^^^E", "A"), stay("9", "1^^^E", "B")], [["A", "B"]]),
        (
            [stay("", "1^^^E", "A", account="77"), stay("5", "1^^^E", "B", account="77")],
            [["A", "B"]],
        ),
        (
            [stay('""', "1^^^E", "A", account='""'), stay('""', "2^^^E", "B", account='""')],
            [["A"], ["B"]],
        ),
        ([stay("", "1^^^E", "A"), stay("", "1^^^E", "B")], [["A", "B"]]),
        ([stay("", "1^^^E^MR", "A"), stay("4", "1^^^E^MR~8^^^X^EPI", "B")], [["B", "A"]]),
        (
            [stay("9", "1^^^E", "A", sender="L|EAST"), stay("9", "2^^^E", "B", sender="L|WEST")],
            [["A"], ["B"]],
        ),
        ([stay("0", "1^^^E", "A"), stay("0", "2^^^E", "B")], [["A"], ["B"]]),
        (
            [stay("9", "1^^^E", "A", sender="L|EAST"), stay("9", "2^^^W", "B", sender="L|WEST")],
            [["A"], ["B"]],
        ),
        ([stay("9", "1^^^E", "A"), stay("9", "2^^^W", "B")], [["A", "B"]]),
        ([stay("9", "1^^^E^MR", "A"), stay("9", "2^^^W^MR", "B")], [["A"], ["B"]]),
        ([stay("9", "1^^^E^MR", "A"), stay("9", "2^^^W^PI", "B")], [["A", "B"]]),
        ([stay("9", "1^^^E", "A"), stay("9", "1^^^W", "B")], [["A"], ["B"]]),
        (
            [stay("9^^^E", "1^^^E", "A", account="77"), stay("8^^^E", "1^^^E", "B", account="77")],
            [["A", "B"]],
        ),
        (
            [
                stay("9^^^E", "1^^^E", "A", account="77^^^E"),
                stay("8^^^E", "", "B", account="77^^^E"),
            ],
            [["A", "B"]],
        ),
        (
            [stay("9^^^E", "1^^^E", "A", account="77"), stay("8^^^E", "", "B", account="77")],
            [["A"], ["B"]],
        ),
        (
            [
                stay("9^^^E", "1^^^E", "A", account="77^^^E"),
                stay("8^^^E", "2^^^E", "B", account="77^^^E"),
                stay("8^^^E", "2^^^E", "C"),
            ],
            [["A"], ["B", "C"]],
        ),
        (
            [
                stay("9^^^E", "1^^^E", "A", account="77^^^E"),
                stay("8^^^E", "2^^^W", "B", account="77^^^E"),
            ],
            [["A"], ["B"]],
        ),
        (
            [
                stay("9^^^E", "1^^^E", "A", account="77^^^E"),
                stay("8^^^E", "2^^^E", "B", account="77^^^E"),
                stay("", "2^^^E", "C", account="77"),
            ],
            [["A"], ["B", "C"]],
        ),
        (
            [
                stay("9^^^EAST", "1^^^E", "A"),
                stay("9^^^WEST", "2^^^W", "B"),
                stay("9", "2^^^W", "C"),
            ],
            [["A"], ["B", "C"]],
        ),
    ],
    ids="authorities untold account null patient only-visit facilities zeros incomparable "
    "one-facility kind kinds number two-of-an-account account-by-authority bare-account "
    "account-of-two-patients account-of-incomparable account-alone bare-number".split(),
)
def test_messages_are_put_together_by_patient_and_visit(
    messages: list[str], encounters: list[list[str]]
) -> None:
    found = outcomes("".join(messages))
    assert all(isinstance(one, Encounter) for one in found), found
    assert [
        [d.doc_id for d in e.documents] for e in found if isinstance(e, Encounter)
    ] == encounters
    assert len({e.encounter_id for e in found if isinstance(e, Encounter)}) == len(found)


def test_one_visit_of_two_patients_is_refused_with_a_word() -> None:
    found = outcomes(stay("9^^^E", "1^^^E", "A") + stay("9^^^E", "2^^^E", "B"))
    assert [type(one).__name__ for one in found] == ["Hl7Error", "Encounter"]
    assert "patient (PID-3)" in str(found[0])


@pytest.mark.parametrize(
    "messages",
    [
        [stay("9^^^E", "1^^^E", "A", account="77^^^E"),
         stay("8^^^E", "2^^^E", "B", account="77^^^E"), stay("", "", "C", account="77^^^E")],
        [stay("9^^^EAST", "1^^^E", "A"), stay("9^^^WEST", "2^^^W", "B"), stay("9", "", "C")],
        [stay("9", "1^^^E", "A", account="5"), stay("8", "2^^^E", "B", account="6"),
         stay("9", "", "C", account="6")],
    ],
    ids="account number both".split(),
)  # fmt: skip
def test_what_could_be_of_either_of_two_patients_joins_none(messages: list[str]) -> None:
    found = outcomes("".join(messages))
    told = [str(one) for one in found if not isinstance(one, Encounter)]
    assert len(told) == 1 and "which of two is meant" in told[0]
    documents = [[d.doc_id for d in e.documents] for e in found if isinstance(e, Encounter)]
    assert documents == [["A"], ["B"]]


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0), (1, 2, 0)])
def test_the_visits_of_an_account_join_in_any_order(order: tuple[int, ...]) -> None:
    sent = [
        stay("9^^^E", "1^^^E", "A", account="77^^^E"), stay("8^^^E", "1^^^E", "B"),
        stay("8^^^E", "1^^^E", "C", account="77^^^E"),
    ]  # fmt: skip
    (found,) = outcomes("".join(sent[n] for n in order))
    assert isinstance(found, Encounter)
    assert sorted(d.doc_id for d in found.documents) == ["A", "B", "C"]


def test_an_oru_of_two_patients_is_two_encounters() -> None:
    raw = segments(header("ORU^R01"), "PID|1||1^^^A", pv1("1"), "OBR|1||R1|OP", obx(NOTE),
                   "PID|2||2^^^A", pv1("2"), "OBR|1||R2|OP", obx("Right."))  # fmt: skip
    assert [e.encounter_id for e in outcomes(raw) if isinstance(e, Encounter)] == ["1", "2"]


def test_a_repeat_is_the_same_sender_number_and_content() -> None:
    twice = mdm("T02", "one", control_id="1")
    other = mdm("T02", "two", doc_id="D2", control_id="1").replace("|HIS|", "|LAB|")
    assert [d.text for d in one(twice + twice + other).documents] == ["one", "two"]


def test_out_of_order_changes_wait_for_their_document() -> None:
    late = one(
        mdm("T10", "new", doc_id="D2", parent="D1")
        + mdm("T02", "old")
        + mdm("T02", "h", doc_id="H")
    )
    assert [d.text for d in late.documents] == ["new", "h"]
    gone = one(mdm("T11") + mdm("T02", "old") + mdm("T02", "h", doc_id="H"))
    assert [d.text for d in gone.documents] == ["h"]
