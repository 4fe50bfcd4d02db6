"""Place of service, bill type, form and units against the documents and each other."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.claims.data import lines as line_data
from notecheck.claims.view import ClaimView, Raised
from notecheck.models import ClaimPlace, SettingValue
from notecheck.policy.book import policy_book
from notecheck.requirements.claim_line import tidy
from notecheck.requirements.finding import joined
from notecheck.requirements.inpatient import billed_settings


def places(view: ClaimView) -> Iterator[Raised]:
    """The setting that is billed against the one that is told, and fields of the other form."""
    claim, signs, fact = view.claim, view.case.setting, view.case.facts.setting
    told_places = _fields(view)
    billed = billed_settings(claim, view.rules)
    documents: set[SettingValue] = {fact.value} if fact else set()
    if signs.inpatient:
        documents.add("inpatient")
    if signs.outpatient:
        documents.add("outpatient")
    words = joined(fact.evidence if fact else (), signs.inpatient, signs.outpatient)
    if len(billed) > 1:
        yield Raised("place-contradicts-itself", told_places)
    elif len(documents) == 1 and billed and billed != documents:
        values = {"billed": next(iter(billed)), "told": next(iter(documents))}
        yield Raised("place-not-as-documented", told_places, words, values)
    place = tidy(claim.place_of_service or "")
    plausible = line_data().places.plausible.get(place, frozenset())
    unlikely = [line for line in view.amputations if line.code not in plausible]
    if unlikely and place in line_data().places.implausible:
        yield Raised("place-implausible", told_places, words, {"place": place})
    yield from _not_payable(view, place, told_places)
    if view.institutional and place:
        yield Raised("place-on-institutional", told_places)
    if claim.form == "professional" and view.bill_type:
        yield Raised("bill-type-on-professional", told_places)
    if view.institutional and view.inpatient_bill and view.amputations:
        lines = tuple(line.place for line in view.amputations)
        yield Raised("inpatient-bill-with-lines", (*told_places, *lines))


def _not_payable(
    view: ClaimView, place: str, told_places: tuple[ClaimPlace, ...]
) -> Iterator[Raised]:
    """A place or bill that the policy effective on the date of service does not pay the code in."""
    book, rules = policy_book(), line_data().places
    payer = book.payer(view.claim.payer)
    for line in view.amputations:
        date = line.date or view.case.operation_date
        row = book.row(line.code, payer, view.claim.form, date) if payer and date else None
        if row is None or line.modifiers & rules.excused:
            continue
        values = {"code": line.code, "row": row.id}
        if place in rules.not_payable.get(row.rule, ()):
            values["place"] = f"place of service {place}"
        elif view.bill_type in rules.not_payable_bills.get(row.rule, ()):
            values["place"] = f"bill type {view.bill_type}x"
        if "place" in values:
            yield Raised("setting-not-payable", (*told_places, line.place), values=values)


def _fields(view: ClaimView) -> tuple[ClaimPlace, ...]:
    told = [
        ("place_of_service", view.claim.place_of_service),
        ("type_of_bill", view.claim.type_of_bill),
    ]
    return tuple(view.field(name, tidy(value)) for name, value in told if value)


def units(view: ClaimView) -> Iterator[Raised]:
    """An amputation is billed once; both sides by 50 or by a line each."""
    for line in view.amputations:
        if line.units is not None and line.units != 1:
            told = f"{line.units:g}"
            yield Raised(
                "units",
                (line.place, line.at("units", told)),
                values={"units": told, "code": line.code},
            )
