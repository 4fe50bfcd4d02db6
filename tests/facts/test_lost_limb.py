"""A limb that was lost before, told as a story; and what was only feared, spoken of or planned."""

from __future__ import annotations

import pytest

from notecheck import check

NOTE = """PREOPERATIVE DIAGNOSIS: Gangrene of the left lower extremity.
OPERATION: Amputation of the left lower extremity through the femur.
INDICATIONS: A 58-year-old with gangrene of the left lower extremity. {words}
DESCRIPTION: The skin was incised. The femur was cut with a saw at mid-shaft.
"""


def prior(words: str) -> str | None:
    fact = check(NOTE.format(words=words), code="27596").facts.prior_level
    return fact.value if fact else None


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("The left leg came off below the knee in a baler in 1990.", "transtibial"),
        ("Her left knee was disarticulated in May for a crushed calf.", "knee_disarticulation"),
        ("This limb was amputated through the hip joint in his youth.", "hip_disarticulation"),
        ("In 2012 the left foot was taken off at the ankle.", "ankle"),
        ("The stump, created in 2020 through the lower third of the femur, split.", "transfemoral"),
        ("A farmer whose left leg was severed above the knee in 2001.", "transfemoral"),
        ("We took his left leg off through the tibia in March.", "transtibial"),
        ("She was amputated through the thigh in 1988.", "transfemoral"),
        ("There was loss of the left leg above the knee in a blast.", "transfemoral"),
        ("The left shank was amputated for a sarcoma in 2019.", "transtibial"),
    ],
)
def test_where_a_limb_was_lost_is_the_level(words: str, level: str):
    assert prior(words) == level


@pytest.mark.parametrize(
    "words",
    [
        "He stands to lose the leg above the knee.",
        "The leg might have to be taken off above the knee.",
        "She was afraid of ending up with an above-knee amputation.",
        "We spoke of the possible need for a below-knee amputation should the graft fail.",
        "Another surgeon thought in May that a through-knee amputation would be needed.",
        "The wound reached from the ankle to just below the knee.",
        "A nail was removed through the thigh in 2019.",
        "This leg has never been amputated below the knee.",
    ],
)
def test_what_might_come_or_was_no_amputation_tells_no_level(words: str):
    assert prior(words) is None


def test_a_stump_that_exists_is_no_possibility():
    told = "A revision of his left below-knee stump was discussed."
    assert prior(told) == "transtibial"


def test_the_place_of_the_earlier_loss_is_no_cut_of_today():
    report = check(
        "OPERATION: Revision of left thigh stump.\n"
        "HISTORY: The patient was amputated through the left tibia in 2005 and above the knee in "
        "2006.\nDESCRIPTION: The femur was cut with a saw in its upper third."
    )
    assert report.facts.new_level is not None
    assert report.facts.new_level.value == "transfemoral"


@pytest.mark.parametrize(
    "words",
    [
        "A colleague had urged an amputation below the knee.",
    ],
)
def test_what_others_wanted_is_no_earlier_amputation(words: str):
    assert prior(words) is None


def test_the_length_of_an_earlier_cut_is_not_todays():
    report = check(
        "OPERATION: Revision of left above-knee amputation.\n"
        "DESCRIPTION: Two years ago 7 cm of the femur had been resected. Today the femur was "
        "divided with a saw."
    )
    assert report.facts.new_level is not None
    assert report.facts.new_level.measurement_cm is None


def test_an_old_saw_cut_is_no_cut_of_today():
    report = check(
        "OPERATION: Revision of left above-knee amputation.\n"
        "DESCRIPTION: The stump was opened. Wax was pressed on the old saw cut, which bled. "
        "The skin was closed."
    )
    assert report.facts.bone_resected is not None
    assert report.facts.bone_resected.value is False


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ("Gangrene of left foot, above-knee amputee.", None),
        ("Left heel ulcer to bone, AK amputee.", None),
        ("Infected left thigh stump, above-knee amputee.", "transfemoral"),
        ("Left above-knee amputee, gangrene of the stump.", "transfemoral"),
    ],
)
def test_a_limb_with_a_foot_has_no_such_stump(told: str, level: str | None):
    note = NOTE.replace("Gangrene of the left lower extremity.\nOPERATION", f"{told}\nOPERATION")
    fact = check(note.format(words=""), code="27596").facts.prior_level
    assert (fact.value if fact else None) == level
