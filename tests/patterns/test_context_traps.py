"""Sentences that trip up readers of clinical text: what counts in them, and why the rest does not.

One line a case: the note, the words looked at, the fact they are read for, and the reason that
excludes them (None: they count).
"""

from __future__ import annotations

import pytest

from notecheck.models import Document
from notecheck.pipeline.analyse import pipeline

DEBRIDED, CLOSED, REASON, NEED, CUT, PLACE, LENGTH, NAMED, PRIOR = (
    "debridement", "reconstruction", "indication", "necessity", "bone_cut", "segment", "length",
    "amputation", "prior",
)  # fmt: skip


def reasons(note: str, words: str, fact: str) -> set[str | None]:
    """Why the mentions of `fact` that touch `words` do not count; None for one that does."""
    analysed = pipeline().analyse(Document(doc_id="note", type="operative_note", text=note))
    start = note.index(words)
    end = start + len(words)
    return {m.reason for m in analysed.of(fact) if m.start < end and start < m.end}


NEGATION = [
    ("No debridement was performed; myodesis was performed", "debridement", DEBRIDED, "negated"),
    ("No debridement was performed; myodesis was performed", "myodesis", CLOSED, None),
    ("No debridement was performed, but myodesis was done.", "myodesis", CLOSED, None),
    ("Myodesis was performed; no debridement was performed", "Myodesis", CLOSED, None),
    ("Myodesis was performed; no debridement was performed", "debridement", DEBRIDED, "negated"),
    ("No drain was used. A myoplasty was done.", "myoplasty", CLOSED, None),
    ("There was no abscess. Osteomyelitis was found.", "Osteomyelitis", REASON, None),
    ("No evidence of osteomyelitis or abscess.", "osteomyelitis", REASON, "negated"),
    ("No evidence of osteomyelitis or abscess.", "abscess", REASON, "negated"),
    ("Osteomyelitis was ruled out.", "Osteomyelitis", REASON, "negated"),
    ("The stump was free of infection.", "infection", REASON, "negated"),
    ("FINDINGS: No further necrosis.", "necrosis", REASON, "negated"),
    ("DEBRIDEMENT: No further necrosis seen.", "necrosis", REASON, "negated"),
    ("STUMP: No abscess.", "abscess", REASON, "negated"),
    ("The muscle was closed w/o myodesis.", "myodesis", CLOSED, "negated"),
    ("Closed without myodesis.", "myodesis", CLOSED, "negated"),
    ("Myodesis was not performed.", "Myodesis", CLOSED, "negated"),
    ("No bone was resected.", "bone was resected", CUT, "negated"),
    ("No skin graft was used.", "skin graft", CLOSED, "negated"),
    ("No muscle necrosis was seen.", "necrosis", REASON, "negated"),
    ("No soft tissue infection.", "infection", REASON, "negated"),
    ("Not only osteomyelitis but also an abscess was found.", "osteomyelitis", REASON, None),
    ("The flap was not viable.", "not viable", REASON, None),
    ("The wound has not healed and is infected.", "infected", REASON, None),
    ("The culture is negative for osteomyelitis.", "osteomyelitis", REASON, "negated"),
    ("MRI was negative for abscess.", "abscess", REASON, "negated"),
    ("Negative for osteomyelitis.", "osteomyelitis", REASON, "negated"),
]

LINE_ENDS = [
    ("No osteomyelitis\nMyodesis performed", "osteomyelitis", REASON, "negated"),
    ("No osteomyelitis\nMyodesis performed", "Myodesis", CLOSED, None),
    ("No osteomyelitis\r\nMyodesis performed", "Myodesis", CLOSED, None),
    ("Complications: none\nDrains: no\nMyodesis done", "Myodesis", CLOSED, None),
    ("- no debridement\n- myodesis done", "myodesis", CLOSED, None),
    ("1. No abscess\n2. Osteomyelitis", "Osteomyelitis", REASON, None),
    ("No abscess.Osteomyelitis was found.", "Osteomyelitis", REASON, None),
]

TIME = [
    ("He underwent AKA in March 2024.", "AKA", NAMED, "history"),
    ("He underwent AKA in March 2024.", "AKA", PRIOR, None),
    ("He is status post AKA in 2021.", "AKA", NAMED, "history"),
    ("He is status post AKA in 2021.", "AKA", PRIOR, None),
    ("He underwent myodesis in March 2024.", "myodesis", CLOSED, "history"),
    ("At the first operation a skin graft was placed.", "skin graft", CLOSED, "history"),
    ("The cellulitis of the stump has resolved.", "cellulitis", REASON, "negated"),
    ("PAST SURGICAL HISTORY: skin graft 2019.\nDESCRIPTION: Myodesis was done.", "skin graft",
     CLOSED, "history"),
    ("PAST SURGICAL HISTORY: skin graft 2019.\nDESCRIPTION: Myodesis was done.", "Myodesis",
     CLOSED, None),
    ("PSH: skin graft. The patient was taken to the operating room. Myodesis was done.",
     "skin graft", CLOSED, "history"),
    ("PSH: skin graft. The patient was taken to the operating room. Myodesis was done.",
     "Myodesis", CLOSED, None),
    ("PMH: diabetes, foot abscess\n\nA myodesis was done.", "myodesis", CLOSED, None),
    ("We will return for a skin graft next week.", "skin graft", CLOSED, "planned"),
    ("A skin graft is planned.", "skin graft", CLOSED, "planned"),
    ("PLAN: wound vac change.", "wound vac", CLOSED, "planned"),
]  # fmt: skip

NOT_ASSERTED = [
    ("Risks including infection were discussed.", "infection", REASON, "consent"),
    ("Risks of infection and osteomyelitis were explained.", "osteomyelitis", REASON, "consent"),
    ("Consent for debridement was obtained.", "debridement", DEBRIDED, "consent"),
    ("Consent was obtained for myodesis.", "myodesis", CLOSED, "consent"),
    ("CONSENT: debridement, myodesis.", "debridement", DEBRIDED, "consent"),
    ("R/O osteomyelitis.", "osteomyelitis", REASON, "hypothetical"),
    ("?osteomyelitis of the stump.", "osteomyelitis", REASON, "hypothetical"),
    ("Possible osteomyelitis of the stump.", "osteomyelitis", REASON, "hypothetical"),
    ("Concern for abscess.", "abscess", REASON, "hypothetical"),
    ("If infection recurs a myodesis will be done.", "myodesis", CLOSED, "hypothetical"),
    ("A skin graft was considered.", "skin graft", CLOSED, "hypothetical"),
    ("We considered a skin graft but closed the fascia.", "closed the fascia", CLOSED, None),
]

WEIGHED = [
    ("A skin graft was considered, but the flaps met.", "skin graft", CLOSED, "hypothetical"),
    ("We toyed with the idea of a wound vac.", "wound vac", CLOSED, "hypothetical"),
    ("Thought was given to a myodesis, but the bone was soft.", "myodesis", CLOSED, "hypothetical"),
    ("We thought about leaving the wound open, but closed it.", "leaving", CLOSED, "hypothetical"),
    ("Leaving the wound open was weighed and rejected.", "Leaving", CLOSED, "hypothetical"),
    ("Leaving the wound open was considered safest.", "Leaving", CLOSED, None),
    ("We considered leaving the wound open, and did so.", "leaving", CLOSED, None),
    ("A myodesis was thought about and carried out.", "myodesis", CLOSED, None),
    ("The options were discussed, and a long posterior flap was raised.", "flap", CLOSED, None),
    ("A mid-thigh cut had been on the table, but the femur was sawn lower.", "mid-thigh", PLACE,
     "hypothetical"),
    ("A cut 5 cm higher was considered, but the marrow was sound.", "5 cm", LENGTH, "hypothetical"),
    ("We had weighed a subtrochanteric cut.", "subtrochanteric", PLACE, "hypothetical"),
    ("We debated the level and divided the femur at mid-thigh.", "mid-thigh", PLACE, None),
    ("A stump of 12 cm from the trochanter was considered safe.", "12 cm", LENGTH, None),
    ("Osteomyelitis was in the differential, but the MRI was clean.", "Osteomyelitis", REASON,
     "hypothetical"),
    ("A neuroma of the stump was thought possible.", "neuroma", REASON, "hypothetical"),
    ("Osteomyelitis of the femur was entertained at one point.", "Osteomyelitis", NEED,
     "hypothetical"),
    ("We worried that the bone would be too long to cover.", "too long", NEED, "hypothetical"),
    ("The bone was too long to cover.", "too long", NEED, None),
    ("More bone might have to be cut if the soft tissue would not close.", "would not close", NEED,
     "hypothetical"),
    ("We thought of a wound vac but decided on gauze.", "wound vac", CLOSED, "hypothetical"),
    ("Leaving the wound open was talked over, but it was clean.", "Leaving", CLOSED,
     "hypothetical"),
    ("The first idea was a cut at mid-shaft, but the femur was cut lower.", "mid-shaft", PLACE,
     "planned"),
    ("The resident suggested a myodesis of the stump.", "myodesis", CLOSED, "hypothetical"),
    ("After discussing it all we did a myodesis.", "myodesis", CLOSED, None),
    ("Skin grafting of the stump proved unnecessary.", "grafting", CLOSED, "negated"),
    ("It was feared that the bone was infected.", "infected", NEED, "hypothetical"),
    ("INDICATIONS: We talked with her about infection and bleeding.", "infection", REASON,
     "consent"),
    ("He agreed to a skin graft.", "skin graft", CLOSED, "consent"),
    ("He agreed to proceed and a skin graft was laid on.", "skin graft", CLOSED, None),
    ("The stump could become infected.", "infected", REASON, "hypothetical"),
]  # fmt: skip

OVER = [
    ("The wound of the stump came apart in 2019, but it had healed by spring.", "came apart",
     REASON, "history"),
    ("The stump had been infected then, but that had cleared.", "infected", REASON, "history"),
    ("The stump had healed, but the wound came apart last week.", "came apart", REASON, None),
    ("A spur was shaved off in 2016 and did not come back.", "spur", REASON, "history"),
    ("A spur was shaved off in 2016 but came back.", "spur", REASON, None),
    ("A spur was taken off two years ago and never grew back.", "spur", REASON, "history"),
    ("INDICATIONS: He had rest pain before, and it has gone.", "rest pain", REASON, "history"),
    ("Osteomyelitis of the femur as a boy, long burnt out.", "Osteomyelitis", REASON, "history"),
    ("HISTORY: A skin graft of the stump was done years ago.", "skin graft", CLOSED, "history"),
    ("He had an abscess last year, that cleared, and he is back for closure.", "abscess", REASON,
     "history"),
]  # fmt: skip

SOMEBODY_ELSE = [
    ("His brother had osteomyelitis.", "osteomyelitis", REASON, "other_person"),
    ("FAMILY HISTORY: osteomyelitis.", "osteomyelitis", REASON, "other_person"),
    ("The contralateral stump has an abscess.", "abscess", REASON, "other_limb"),
    ("The other leg has gangrene.", "gangrene", REASON, "other_limb"),
    ("The femur was cut in its distal third, as seen on the opposite films.", "femur", CUT, None),
    ("The femur was cut at mid-thigh, matched to the other leg.", "femur", CUT, None),
    ('Per the prior report, "the femur was cut and a myodesis was done".', "myodesis", CLOSED,
     "quoted_report"),
    ("PRIOR OPERATIVE NOTE: The femur was transected.", "femur", CUT, "quoted_report"),
    ("On reviewing the 2021 dictation:\n> The femur was transected.\nSkin closed.", "femur", CUT,
     "quoted_report"),
]  # fmt: skip

OTHER_MEANING = [
    ("John DOE, aka Jack. MRN and DOB checked.", "aka", NAMED, "other_meaning"),
    ("DM and PVD. Left AKA stump, aka the short one.", "AKA", NAMED, None),
    ("DM and PVD. Left AKA stump, aka the short one.", "aka", NAMED, "other_meaning"),
    ("HISTORY: s/p left aka, infected stump.", "aka", PRIOR, None),
    ("Left above-knee amputation (AKA) in 2021.", "above-knee", PRIOR, None),
]


@pytest.mark.parametrize(
    ("note", "words", "fact", "reason"),
    NEGATION + LINE_ENDS + TIME + NOT_ASSERTED + WEIGHED + OVER + SOMEBODY_ELSE + OTHER_MEANING,
)
def test_what_counts_and_why_not(note: str, words: str, fact: str, reason: str | None) -> None:
    assert reasons(note, words, fact) == {reason}
