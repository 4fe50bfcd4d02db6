"""Each toe is billed by the joint at which it came off."""

from __future__ import annotations

from typing import Any

import pytest

from claims.test_elsewhere_and_staged import report

TITLE = "Amputation of left great toe and left third toe"
BOTH = "Gangrene of the left great and third toes. No earlier amputation."
# What the note tells of the first toe, which came off at its root, and of the third, within it.
TOLD = [
    "The great toe was disarticulated at the metatarsophalangeal joint. Then the third toe was "
    "disarticulated at the proximal interphalangeal joint.",
    "Great toe: racket incision, carried down to the MTP joint, which was divided. Third toe: "
    "the PIP joint was opened and the toe removed through that joint; its base was kept.",
    "The great toe was removed at the MTP joint and the third toe at the PIP joint.",
    "The third toe was taken off at the DIP joint. Attention was turned to the great toe. The "
    "capsule was cut and the toe was disarticulated at the metatarsophalangeal joint.",
    "At the MTP joint the great toe was disarticulated. At the PIP joint the third toe was "
    "amputated.",
    "The 1st toe came off at the MTP joint. For the 3rd toe a fish-mouth incision was made. The "
    "distal interphalangeal joint was entered and the tip passed off.",
    "Hallux: disarticulation at the metatarsophalangeal joint. 3rd digit: disarticulation at the "
    "distal interphalangeal joint.",
    "Disarticulation of the great toe at the MTP joint was done. Disarticulation of the third toe "
    "at the PIP joint followed.",
]
CLOSED = " Both wounds were closed with nylon over healthy skin."
SEVERAL = "The second and third toes were disarticulated at the metatarsophalangeal joints."


def _found(told: str, title: str, *lines: tuple[str, str]) -> set[str]:
    (code, modifier), *beside = lines
    more: Any = tuple((other, (toe,)) for other, toe in beside)
    found = report(
        code, told + CLOSED, title=title, history=BOTH, modifiers=(modifier,), billed=("I96",),
        beside=more,
    )  # fmt: skip
    wrong = {"toe-joint-differs", "code-second-for-stump", "code-upcoded", "code-downcoded"}
    return {f.id for f in found.findings} & (wrong | {"codes-for-one-stump", "code-another"})


CASES: dict[str, list[str]] = {"toe-joint-differs": TOLD}


@pytest.mark.parametrize("told", TOLD)
def test_a_toe_taken_within_is_not_billed_as_one_at_its_root(told: str) -> None:
    assert _found(told, TITLE, ("28820", "TA"), ("28820", "T2")) == {"toe-joint-differs"}


@pytest.mark.parametrize("told", TOLD)
def test_two_toes_at_their_own_joints_are_right(told: str) -> None:
    assert _found(told, TITLE, ("28820", "TA"), ("28825", "T2")) == set()


@pytest.mark.parametrize(
    ("told", "title", "lines"),
    [
        (SEVERAL, "Amputation of left second and third toes", (("28820", "T1"), ("28820", "T2"))),
        ("Both toes were taken at the MTP joints.", TITLE, (("28820", "TA"), ("28820", "T2"))),
        (
            "The great toe was taken at the MTP joint. An ulcer over the PIP joint of the third "
            "toe was seen. The third toe was disarticulated at the MTP joint.",
            TITLE,
            (("28820", "TA"), ("28820", "T2")),
        ),
        (
            "Third toe: the PIP joint was opened and full of pus. The toe was then disarticulated "
            "at the MTP joint. The great toe was taken off at the MTP joint.",
            TITLE,
            (("28820", "T2"), ("28820", "TA")),
        ),
        (
            "The great toe was disarticulated at the MTP joint, the third toe likewise.",
            TITLE,
            (("28820", "TA"), ("28820", "T2")),
        ),
        (
            "The interphalangeal joint of the great toe was disarticulated and the distal phalanx "
            "removed. The third toe was disarticulated at the DIP joint.",
            TITLE,
            (("28825", "TA"), ("28825", "T2")),
        ),
    ],
)
def test_toes_at_one_kind_of_joint_are_right(
    told: str, title: str, lines: tuple[tuple[str, str], ...]
) -> None:
    assert _found(told, title, *lines) == set()
