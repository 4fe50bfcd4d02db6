"""Which columns of a table hold what: names by default, by habit, and as a user gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from notecheck.audit.column_words import PRIMARY, field_of
from notecheck.errors import AuditError, InputError

# What a row may tell, each with names that exports use for it, compared without case and marks.
FIELDS: dict[str, tuple[str, ...]] = {
    "encounter_id": (
        "encounter", "enc_id", "encntr_id", "csn", "csn_id", "pat_enc_csn_id", "enc_csn_id",
        "visit_id", "visit_number", "visit_no", "account_number", "account_no", "acct_no", "acct",
        "account", "hsp_account_id", "har", "fin", "fin_nbr", "fin_number", "case_id",
        "case_number", "log_id", "encounter_number", "encounter_nbr",
    ),
    "doc_id": ("document_id", "note_id", "report_id", "event_id", "document_number"),
    "type": (
        "document_type", "doc_type", "note_type", "ip_note_type", "note_type_name", "report_type",
        "report_name", "document_name", "event_cd_disp", "event_title_text", "event_title",
        "note_title", "title", "category", "document", "kind",
    ),
    "date": (
        "document_date", "doc_date", "note_date", "report_date", "report_date_time", "contact_date",
        "note_time", "note_datetime", "document_datetime", "event_end_dt_tm", "event_date",
        "clinical_event_dt_tm", "create_time", "filed_date", "dictated_date", "performed_dt_tm",
    ),
    "text": (
        "note_text", "note", "document_text", "report_text", "transcription", "content", "body",
        "note_body", "full_text", "blob_contents", "result_val", "note_contents", "narrative",
        "document_body", "document_contents", "report_body", "dictation", "report", "notes",
        "operative_report", "operative_note", "op_note", "op_report",
    ),
    "text_line": ("line", "note_line", "line_number"),  # of a document's text, a row to a line
    "surgeon": (
        "surgeon_name", "surgeon_id", "primary_surgeon", "rendering_provider", "prov_name",
        "provider", "provider_name", "performing_provider", "attending",
    ),
    "facility": (
        "facility_name", "facility_id", "hospital", "site", "location", "loc_facility_disp",
        "department", "department_name", "loc_name",
    ),
    "claim_id": ("claim", "claim_number", "invoice_number", "invoice"),
    "payer": (
        "payer_name", "payor", "payor_name", "insurance", "health_plan", "financial_class",
        "fin_class", "plan_name", "coverage",
    ),
    "form": ("claim_form", "claim_type"),
    "place_of_service": ("pos", "pos_code", "place_of_service_code"),
    "type_of_bill": ("bill_type", "tob", "bill_type_code"),
    "admission_date": (
        "admit_date", "hosp_admsn_time", "admit_dt_tm", "adm_date", "admission_date_time",
        "admit_date_time", "reg_dt_tm",
    ),
    "code": (
        "billed_code", "cpt", "cpt_code", "procedure_code", "proc_code", "hcpcs", "hcpcs_code",
        "cpt4", "charge_code", "px_code",
    ),
    "modifiers": ("modifier", "mod", "mods", "cpt_modifier", "cpt_mod", "proc_modifier", "px_mod"),
    "units": ("qty", "quantity", "procedure_quantity"),
    "service_date": (
        "date_of_service", "dos", "service_dt", "svc_date", "svc_dt_tm", "service_dt_tm",
        "orig_service_date", "proc_date",
    ),
    "diagnoses": (
        "diagnosis", "diagnosis_codes", "diagnosis_code", "icd10", "icd_10_cm", "dx", "dx_code",
        "icd10_code", "icd_code", "icd10_cm", "diag", "diag_code",
    ),
    "procedures": ("icd_10_pcs", "icd10_pcs", "pcs_codes", "pcs", "pcs_code"),
}  # fmt: skip
# Fields of several values, that exports spread over columns: MODIFIER_1 to MODIFIER_4.
SEVERAL = ("modifiers", "diagnoses", "procedures")
DATES = ("date", "admission_date", "service_date")
_NUMBERED = re.compile(r"(\D+?)(\d{1,2})(\D*)")
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


def find_columns(names: Sequence[str], chosen: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The columns of each field that the table with columns `names` has; field -> columns.

    Only the fields of `SEVERAL` have more than one, in order of their numbers. Raises InputError
    for a chosen column that is not there, and for a table without an encounter id or a text.
    """
    found = known_columns(names, chosen)
    for field in REQUIRED:
        if field not in found:
            raise InputError(
                f"no column holds the {field}: name it with --column {field}=COLUMN; "
                f"{_columns_are(names)}"
            )
    return found


def known_columns(names: Sequence[str], chosen: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """As `find_columns`, and nothing is required."""
    plain = {_plain(name): name for name in reversed(names)}  # of two alike the first counts
    found: dict[str, tuple[str, ...]] = {}
    taken = set(chosen.values())
    for field, habits in FIELDS.items():
        if field in chosen:
            if chosen[field] not in names:
                raise InputError(f'there is no column "{chosen[field]}"; {_columns_are(names)}')
            found[field] = (chosen[field],)
            continue
        known = [_plain(name) for name in (field, *habits)]
        columns = [plain[name] for name in known if name in plain and plain[name] not in taken][:1]
        if field in SEVERAL:
            columns += _numbered(names, known, taken.union(columns))
        if columns:
            found[field] = tuple(columns)
            taken.update(columns)
    _add_by_words(found, [name for name in names if name not in taken], chosen)
    return found


def _add_by_words(
    found: dict[str, tuple[str, ...]], names: Sequence[str], chosen: Mapping[str, str]
) -> None:
    """Columns of names that are no habit, for fields that want one still."""
    told = [(*kind, name) for name in names if (kind := field_of(name)) is not None]
    for field, number, name in sorted(told, key=lambda column: column[1]):
        if field not in chosen and (field in SEVERAL or field not in found):
            others = found.get(field, ())
            found[field] = (name, *others) if number == PRIMARY else (*others, name)


def _numbered(names: Sequence[str], known: Sequence[str], taken: set[str]) -> list[str]:
    """The columns that bear one of the `known` names and a number, by their numbers."""
    matches = []
    for name in names:
        parts = _NUMBERED.fullmatch(_plain(name))
        if parts and name not in taken and (parts[1] + parts[3]) in known:
            matches.append((int(parts[2]), name))
    return [name for _, name in sorted(matches)]


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _columns_are(names: Sequence[str]) -> str:
    told = [name[:40] for name in names[:30]]
    return f"the columns are {', '.join(told)}" + (", ..." if len(names) > len(told) else "")
