import pytest

from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.hl7 import encounter_from_messages, parse_message

from .messages import NOTE, dft, escaped, ft1, mdm


def visit(*messages: str) -> Encounter:
    return encounter_from_messages(map(parse_message, messages))


def texts(*messages: str) -> list[tuple[str, str]]:
    return [(document.doc_id, document.text) for document in visit(*messages).documents]


def test_a_visit_is_one_encounter() -> None:
    found = visit(
        mdm("T02", "History", doc_id="H1", kind="HP"),
        mdm("T02", escaped(NOTE)),
        dft(ft1("27596", "LT")),
    )
    assert found.encounter_id == "V100"
    assert [(d.doc_id, d.type) for d in found.documents] == [
        ("H1", "history_and_physical"), ("D1", "operative_note"),
    ]  # fmt: skip
    assert found.claim and found.claim.lines[0].modifiers == ("LT",)
    assert str(found.claim.admission_date) == "2026-03-01"


def test_a_document_without_any_id_is_read() -> None:
    nameless = mdm("T02", "x", doc_id="", control_id="M1").replace("|M1|", "||")
    assert texts(nameless) == [("document", "x")]


def test_no_charges_are_no_claim() -> None:
    assert visit(mdm("T02", "x")).claim is None


@pytest.mark.parametrize(
    ("messages", "left"),
    [
        ([mdm("T02", "a"), mdm("T04", "b")], [("D1", "b")]),
        ([mdm("T02", "a"), mdm("T02", "h", doc_id="H"), mdm("T10", "b", doc_id="D2", parent="D1")],
         [("D2", "b"), ("H", "h")]),
        ([mdm("T02", "a"), mdm("T06", "b", doc_id="D2", parent="D1", kind="AD")],
         [("D1", "a"), ("D2", "b")]),
        ([mdm("T02", "h", doc_id="H"), mdm("T02", "a"), mdm("T06", "b", doc_id="D2", parent="D1"),
          mdm("T11")], [("H", "h")]),
        ([mdm("T02", "h", doc_id="H"), mdm("T02", "a"), mdm("T08", "b", availability="OB")],
         [("H", "h")]),
        ([mdm("T02", "a"), mdm("T02", "a")], [("D1", "a")]),
        ([mdm("T04", "late")], [("D1", "late")]),
    ],
    ids=["edit", "replace", "addendum", "cancel", "obsolete", "again", "unknown"],
)  # fmt: skip
def test_later_messages_change_earlier_documents(
    messages: list[str], left: list[tuple[str, str]]
) -> None:
    assert texts(*messages) == left


def test_an_addendum_is_of_the_kind_of_its_document() -> None:
    found = visit(mdm("T02", "a"), mdm("T06", "b", doc_id="D2", parent="D1", kind="AD"))
    assert [document.type for document in found.documents] == ["operative_note"] * 2


def test_a_credit_takes_its_charge_back_and_a_resent_charge_counts_once() -> None:
    claim = visit(
        mdm("T02", "a"),
        dft(ft1("27596", "RT", transaction="T1"), ft1("11044", transaction="T2"), control_id="1"),
        dft(ft1("27596", kind="CD", transaction="T3"), control_id="2"),
        dft(ft1("27596", "LT", transaction="T4"), control_id="3"),
        dft(ft1("27596", "LT", transaction="T4"), control_id="4"),
    ).claim
    assert claim
    assert [(line.code, line.modifiers) for line in claim.lines] == [
        ("11044", ()), ("27596", ("LT",)),
    ]  # fmt: skip


def test_what_makes_no_encounter_is_refused() -> None:
    with pytest.raises(InputError, match="the messages are of 2 visits"):
        visit(mdm("T02", "a"), mdm("T02", "b", number="V2"))
    with pytest.raises(InputError, match="leave no document"):
        visit(mdm("T02", "a"), mdm("T11"))
    with pytest.raises(InputError, match="leave no document"):
        visit(dft(ft1("27596")))
