"""A day's feed of a hospital's interface: many visits at once, with all that goes wrong on it.

    python -P tests/read/feed.py [MESSAGES [VISITS]]

makes one (20,000 messages of 5,000 visits where not told), reads it, and counts the visits that do
not end with exactly their own documents and charges.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from notecheck.models import Encounter
from notecheck.read.hl7.files import visits

_HEADER = "MSH|^~\\&|{sender}|NC|H|{sent}||{kind}|{control}|P|2.5.1\r"


@dataclass
class Visit:
    """What a visit must end with: texts by document number, and codes billed."""

    number: str
    account: str
    patient: str
    texts: dict[str, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    clock: int = 0


def feed(messages: int, count: int, seed: int = 1) -> tuple[bytes, list[Visit]]:
    """The bytes of a feed, and its visits. Half of the visits share their number with another of
    another facility, and every fifth null or empty number is no number."""
    chance = random.Random(seed)
    made = []
    for n in range(count):
        facility = "EAST" if n % 2 else "WEST"
        made.append(Visit(f"{n // 2}^^^{facility}", f"A{n}^^^{facility}", f"P{n}^^^{facility}^MR"))
    sent: list[str] = []
    control = 0
    while len(sent) < messages:
        visit = chance.choice(made) if len(sent) >= count else made[len(sent)]
        control += 1
        sent += _event(visit, chance, control)
        if chance.random() < 0.1:
            sent.append(sent[-1])  # a repeat
    # Neighbours change places: the parts of a visit come out of order.
    for n in range(0, len(sent) - 1, 7):
        sent[n], sent[n + 1] = sent[n + 1], sent[n]
    return "".join(sent).encode(), made


def _event(visit: Visit, chance: random.Random, control: int) -> list[str]:
    visit.clock += 1
    what = chance.random()
    old = [name for name in visit.texts]
    if what < 0.2 and visit.texts:
        code = chance.choice(["27596", "27590", "11044"])
        visit.codes.append(code)
        ft1 = f"FT1|1|T{control}||20260302||CG||||1{'|' * 15}{code}^^C4"
        return [_message(visit, chance, "DFT^P03", control, ft1)]
    if what < 0.35 and len(old) > 1:
        name = chance.choice(old)
        text = f"Second version {control} of {visit.patient}."
        visit.texts[name] = text
        return [_message(visit, chance, "MDM^T08", control, _txa(name), _obx(text))]
    if what < 0.45 and len(old) > 1:
        name = chance.choice(old)
        del visit.texts[name]
        return [_message(visit, chance, "MDM^T11", control, _txa(name))]
    name = f"D{control}"
    text = f"The femur of {visit.patient} was cut, {control}."
    visit.texts[name] = text
    return [_message(visit, chance, "MDM^T02", control, _txa(name), _obx(text))]


def _message(visit: Visit, chance: random.Random, kind: str, control: int, *more: str) -> str:
    # One of two numbers may be missing, never both; nulls stand for it as often as nothing.
    number, account = visit.number, visit.account
    missing = chance.random()
    if missing < 0.15:
        account = chance.choice(['""', ""])
    sender = "TRANS|HOSP" if kind.startswith("MDM") else "BILL|HOSP"
    sent = f"202603{1 + visit.clock // 1440:02}{visit.clock // 60 % 24:02}{visit.clock % 60:02}00"
    pid = f"PID|1||{visit.patient}||X^Y{'|' * 13}{account}"
    pv1 = f"PV1|1|I{'|' * 17}{number}"
    head = _HEADER.format(sender=sender, sent=sent, kind=kind, control=control % 1000)
    return head + "\r".join([pid, pv1, *more]) + "\r"


def _txa(name: str) -> str:
    return f"TXA|1|OP|TX|20260302||||||||{name}^HOSP|||||AU||AV"


def _obx(text: str) -> str:
    return f"OBX|1|TX|1^Note||{text}||||||F"


def wrong(data: bytes, made: list[Visit]) -> Counter[str]:
    """What is wrong with the visits that the feed is read as; empty where nothing is."""
    faults: Counter[str] = Counter()
    found = {}
    for visit in visits(data):
        if isinstance(visit.outcome, Encounter):
            found[visit.outcome.patient_id] = visit.outcome
        else:
            faults["refused"] += 1
    for visit in made:
        encounter = found.pop(visit.patient.removesuffix("^MR"), None)
        if encounter is None:
            faults["missing"] += bool(visit.texts)
            continue
        texts = [d.text for d in encounter.documents if d.doc_id != "patient-class"]
        faults["documents"] += sorted(texts) != sorted(visit.texts.values())
        lines = encounter.claim.lines if encounter.claim else ()
        faults["claim"] += Counter(line.code for line in lines) != Counter(visit.codes)
    faults["unknown"] += len(found)
    return +faults


def main() -> None:
    messages, count = (int(value) for value in [*sys.argv[1:], "20000", "5000"][:2])
    data, made = feed(messages, count)
    start = time.monotonic()
    faults = wrong(data, made)
    seconds = time.monotonic() - start
    print(f"{messages} messages of {count} visits read in {seconds:.0f} s; wrong: {dict(faults)}")
    raise SystemExit(bool(faults))


if __name__ == "__main__":
    main()
