"""All operations that a chart tells, each once, with side, level, day and what became of it."""

import pytest

from .notes import CLAIM, report_of, revision, status_of, told

HISTORY = "Man with an infected left above-knee stump. "


@pytest.mark.parametrize(
    ("history", "slots"),
    [
        ("Right BKA in 2016, healed.", {"side": "right", "level": "transtibial", "date": "2016"}),
        ("Right TMA in 2014.", {"side": "right", "level": "transmetatarsal", "date": "2014"}),
        ("Debrided on 1/20/2026.", {"kind": "debridement", "date": "2026-01-20"}),
        (
            "Left AKA 5/4/2025; secondary closure 6/1/2025.",
            {"kind": "closure", "date": "2025-06-01"},
        ),
        ("The stump was sewn up again 6/1/2025.", {"kind": "closure", "date": "2025-06-01"}),
        ("The stump was aspirated on 2/20/2026.", {"kind": "other", "date": "2026-02-20"}),
        ("Left fem-pop bypass 2018, left AKA 2021.", {"kind": "other", "date": "2018"}),
        ("Left fem-pop bypass 2018, left AKA 2021.", {"level": "transfemoral", "date": "2021"}),
        ("Sciatic neuroma excised 2022.", {"kind": "other", "date": "2022"}),
        ("Left femoral nail removed in 2018.", {"kind": "other", "date": "2018", "side": "left"}),
        ("Left BKA 2016 converted to left AKA in 2019.", {"level": "transtibial", "date": "2016"}),
        ("Left BKA 2016 converted to left AKA in 2019.", {"level": "transfemoral", "date": "2019"}),
        ("Left AKA six weeks ago.", {"level": "transfemoral", "date": "2026-01"}),
        ("Left AKA in 2019, re-amputated in 2021.", {"level": "transfemoral", "date": "2021"}),
        ("In May 2020 the femur was cut back with a saw.", {"kind": "division", "date": "2020-05"}),
    ],
)
def test_what_was_done_before_stands_with_its_own_day(history, slots):
    report = report_of(revision(HISTORY + history))
    assert told(report, status="earlier", **slots)


@pytest.mark.parametrize(
    ("history", "slots"),
    [
        ("Hip disarticulation was discussed and declined.", {"level": "hip_disarticulation"}),
        ("We talked about a hip disarticulation, but chose revision.", {"kind": "division"}),
        ("He has been offered a hip disarticulation.", {"level": "hip_disarticulation"}),
    ],
)
def test_what_was_only_talked_of_is_considered(history, slots):
    report = report_of(revision(f"{HISTORY}Left AKA 2019. {history}"))
    assert told(report, status="considered", **slots)
    assert report.facts.prior_level.value == "transfemoral"


@pytest.mark.parametrize(
    ("plan", "slots"),
    [
        ("He will need a right BKA soon.", {"side": "right", "level": "transtibial"}),
        ("Stage 2 on Friday: fish-mouth and myoplasty.", {"kind": "closure"}),
        ("PLAN: Return to the OR in 5 days for delayed closure.", {"kind": "closure"}),
        ("He will come back on Monday for a skin graft.", {"kind": "closure"}),
        ("We intend to take her back on 3/6/2026 for closure of the stump.", {"kind": "closure"}),
    ],
)
def test_what_is_to_follow_is_planned_and_no_fact_of_today(plan, slots):
    cut = "The left thigh was prepped. The femur was cut with a saw. The wound was packed open.\n"
    report = report_of(revision(HISTORY, cut + plan))
    assert told(report, status="planned", **slots)
    assert {r.value for r in report.facts.reconstruction} == {"left_open"}


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("On 3/15/2026 she went back for debridement of the stump.", {"kind": "debridement"}),
        ("On 3/9/2026 the left stump was closed in the OR.", {"kind": "closure"}),
        ("Right BKA on 3/12/2026.", {"level": "transtibial", "side": "right"}),
    ],
)
def test_what_came_after_is_later(text, slots):
    report = report_of(revision(HISTORY), ("discharge_summary", "2026-03-20", text))
    assert told(report, status="later", **slots)


def test_an_operation_is_told_once_however_often_it_is_named():
    report = report_of(
        revision(f"{HISTORY}Left AKA in March 2019."),
        ("history_and_physical", "2026-03-01", "PSH: left AKA 2019. Stump infected."),
        ("consult", "2026-03-01", "Left above-knee amputation seven years ago."),
    )
    assert [(o.status, o.date) for o in report.operations] == [
        ("earlier", "2019-03"),
        ("today", "2026-03-02"),
    ]


def test_of_two_days_of_one_operation_the_operative_notes_holds():
    report = report_of(
        revision(f"{HISTORY}Left AKA on 1/5/2026."),
        ("history_and_physical", "2026-03-01", "PSH: left AKA on 6/5/2025."),
        claim=CLAIM,
    )
    assert [o.date for o in told(report, status="earlier")] == ["2026-01-05"]
    # The two lie on both sides of the period's last day: which of them holds is not known.
    assert status_of(report, "global-period") == "not_assessed"


@pytest.mark.parametrize(
    "description",
    [
        "Before the saw touched bone her pressure fell and the operation was stopped.",
        "The case was aborted after induction for cardiac arrest; no incision.",
        "We abandoned the operation because of bleeding; the femur was not cut.",
    ],
)
def test_a_division_given_up_is_planned(description):
    report = report_of(revision(HISTORY, f"The left thigh was prepped. {description}"))
    assert told(report, status="planned", kind="division", level="transfemoral")
    assert not told(report, status="today")


@pytest.mark.parametrize(
    "note",
    [
        "Operation booked: Stump revision with myodesis and flaps. Procedure done: none.",
        "Scheduled: left stump revision, myodesis.\nPerformed: nothing; the patient had eaten.",
        "PROCEDURE: Cancelled. Left AKA stump revision with myodesis had been booked.",
        "Intended operation: revision of the left thigh stump, myodesis. No operation took place.",
    ],
)
def test_an_operation_that_did_not_take_place_is_planned(note):
    report = report_of(note)
    assert told(report, status="planned")
    assert not told(report, status="today")
    assert report.facts.reconstruction == ()
    assert report.supported_code.value == "none"


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Excision of ischial bursa, left", "The residual limb was left alone."),
        ("Removal of left groin lymph node", "The amputation stump was not disturbed."),
        ("Excision of trochanteric bursa, left", "Nothing was done to the stump."),
    ],
)
def test_an_operation_that_left_the_stump_alone_closed_no_stump(title, description):
    note = (
        f"PROCEDURE: {title}\nINDICATIONS: Left above-knee amputation in 2015, healed.\n"
        f"DESCRIPTION: An incision was made. Fascia was closed with Vicryl. {description}\n"
    )
    report = report_of(note)
    assert report.facts.reconstruction == ()
    assert status_of(report, "reconstruction") == "missing"


def test_what_a_title_names_beside_is_an_operation_of_its_own():
    title = "Revision of left above-knee amputation stump; removal of right femoral nail"
    report = report_of(revision(HISTORY, title=title))
    assert told(report, status="today", kind="division", level="transfemoral", side="left")
    assert told(report, status="today", kind="other", side="right")


@pytest.mark.parametrize(
    "history",
    [
        "Her left leg amputation was on 2/1/2026 elsewhere, level not known.",
        "Amputated left leg 2/1/26, outside hospital.",
        "Left lower limb amputation, 2/1/2026, level not stated.",
        "Left AKA 2021; stump left open 2/3/26, clean.",
        "POD 6 left guillotine AKA.",
        "Day 9 after open left AKA.",
        "Left AKA 2/8/26, planned return to the OR.",
        "Left AKA in 2020. On 1/5/2026 the stump was sewn up again in the operating room.",
        "Left above-knee amputation February fifth of this year at another hospital.",
        "The left above-knee stump was closed in the operating room five weeks ago.",
    ],
)
def test_a_day_within_the_period_asks_for_a_modifier(history):
    report = report_of(revision(f"{history} The stump is infected."), claim=CLAIM)
    assert status_of(report, "global-period") == "missing"


@pytest.mark.parametrize(
    "history",
    [
        "Blast injury 2018, L AKA same year.",
        "Left AKA spring 2024.",
        "Left AKA in the winter of 2020.",
        "Left AKA two Christmases ago.",
        "Left AKA '98.",
    ],
)
def test_a_day_long_before_the_period_asks_for_none(history):
    report = report_of(revision(f"{history} The stump is infected."), claim=CLAIM)
    assert status_of(report, "global-period") == "not_applicable"
