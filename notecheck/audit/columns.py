"""Which columns of a table hold what: names by default, by habit, and as a user gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from notecheck.errors import AuditError, InputError

# What a row may tell, each with names that exports use for it, compared without case and marks.
FIELDS: dict[str, tuple[str, ...]] = {
    "encounter_id": ("encounter", "enc_id", "csn", "visit_id", "account_number", "case_id"),
    "doc_id": ("document_id", "note_id", "report_id"),
    "type": ("document_type", "doc_type", "note_type"),
    "date": ("document_date", "doc_date", "note_date"),
    "text": ("note_text", "note", "document_text", "report_text", "transcription", "content"),
    "surgeon": ("surgeon_name", "surgeon_id", "primary_surgeon", "rendering_provider"),
    "facility": ("facility_name", "facility_id", "hospital", "site", "location"),
    "claim_id": ("claim", "claim_number"),
    "payer": ("payer_name", "payor", "payor_name", "insurance"),
    "form": ("claim_form", "claim_type"),
    "place_of_service": ("pos",),
    "type_of_bill": ("bill_type", "tob"),
    "admission_date": ("admit_date",),
    "code": ("billed_code", "cpt", "cpt_code", "procedure_code", "hcpcs"),
    "modifiers": ("modifier",),
    "units": (),
    "service_date": ("date_of_service", "dos"),
    "diagnoses": ("diagnosis", "diagnosis_codes", "icd10", "icd_10_cm"),
    "procedures": ("icd_10_pcs", "pcs_codes"),
}
REQUIRED = ("encounter_id", "text")


def parse_columns(settings: Iterable[str]) -> dict[str, str]:
    """The columns named by `FIELD=COLUMN` settings. Raises AuditError for anything else."""
    chosen: dict[str, str] = {}
    for setting in settings:
        field, equals, column = setting.partition("=")
        if not equals or field not in FIELDS or not column:
            raise AuditError(
                f"--column takes FIELD=COLUMN, where FIELD is one of {', '.join(FIELDS)}",
                where=f'"{setting}"',
            )
        chosen[field] = column
    return chosen


def find_columns(names: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """The column of each field that the table with columns `names` has; field -> column.

    Raises InputError for a chosen column that is not there, and for a table without an encounter
    id or a text.
    """
    plain = {_plain(name): name for name in reversed(names)}  # of two alike the first counts
    found: dict[str, str] = {}
    for field, habits in FIELDS.items():
        if field in chosen:
            if chosen[field] not in names:
                raise InputError(f'there is no column "{chosen[field]}"; {_columns_are(names)}')
            found[field] = chosen[field]
            continue
        column = next((plain[n] for n in map(_plain, (field, *habits)) if n in plain), None)
        if column is not None and column not in chosen.values():
            found[field] = column
    for field in REQUIRED:
        if field not in found:
            raise InputError(
                f"no column holds the {field}: name it with --column {field}=COLUMN; "
                f"{_columns_are(names)}"
            )
    return found


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _columns_are(names: Sequence[str]) -> str:
    told = [name[:40] for name in names[:30]]
    return f"the columns are {', '.join(told)}" + (", ..." if len(names) > len(told) else "")
