"""Joints that were divided today, as frames tell them, and words that tell of none divided."""

from __future__ import annotations

import pytest

from notecheck.models import Document
from notecheck.pipeline.analyse import pipeline


def joints(statement: str) -> set[str]:
    note = Document(doc_id="op", type="operative_note", text=f"DESCRIPTION: {statement}\n")
    found = pipeline().analyse(note).mentions
    return {m.value for m in found if m.fact == "joint_cut" and m.counts}


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("The leg was then disarticulated at the knee.", "knee_disarticulation"),
        ("The cruciate ligaments were sectioned and the specimen handed off.",
         "knee_disarticulation"),
        ("The tibia was removed through the knee joint.", "knee_disarticulation"),
        ("The capsule was opened and the round ligament cut.", "hip_disarticulation"),
        ("We disarticulated the hip.", "hip_disarticulation"),
        ("The head was delivered from the acetabulum.", "hip_disarticulation"),
        ("Symphysis opened, then the sacroiliac joint divided.", "hemipelvectomy"),
        ("Both malleoli were osteotomized flush with the plafond.", "ankle"),
        ("The foot was disarticulated at the ankle.", "ankle"),
        ("The forefoot was separated through the Lisfranc joints.", "midfoot"),
        ("The toe was removed through the MTP joint.", "toe"),
        ("Each toe was disarticulated at its interphalangeal joint.", "toe"),
    ],
)  # fmt: skip
def test_a_joint_was_divided(statement: str, told: str) -> None:
    assert told in joints(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "The leg was not disarticulated at the knee.",
        "The cruciates were neither stretched nor cut.",
        "The collateral ligaments were released.",
        "The hip could not be disarticulated.",
        "We considered disarticulating the hip.",
        "The round ligament was seen to be intact.",
        "The femoral head was seen in the acetabulum.",
        "The symphysis was palpated and an incision made beside it.",
        "A circular cut was made below both malleoli.",
        "The ankle was held in neutral.",
        "At the first operation the foot was disarticulated at the ankle.",
        "The nail was removed through the knee.",
        "The MTP joint was palpated.",
        "The sciatic nerve was divided at the level of the knee.",
    ],
)
def test_no_joint_was_divided(statement: str) -> None:
    assert not joints(statement)
