"""The optional parts of the installation, and what to say where one is missing."""

from __future__ import annotations

from importlib.util import find_spec

from notecheck.errors import ExtraError, InputError

# What each extra of pyproject.toml is looked for by; the others of its libraries come with these.
LIBRARIES = {
    "audit": ("pyarrow", "scipy", "zstandard"),
    "excel": ("openpyxl",),
    "formats": (
        "compressed_rtf",
        "defusedxml",
        "docx",
        "hl7",
        "lxml",
        "olefile",
        "pypdfium2",
        "pyx12",
    ),
    "ocr": ("PIL",),
    "postgres": ("psycopg",),
    "sql": ("duckdb",),
    "serve": ("alembic", "fastapi", "jwt", "sqlalchemy", "uvicorn"),
    "spark": ("pandas", "pyspark"),
    "train": ("sklearn",),
}


def missing(extra: str) -> tuple[str, ...]:
    """The libraries of `extra` that are not installed."""
    return tuple(name for name in LIBRARIES[extra] if find_spec(name) is None)


def missing_extra(what: str, extra: str) -> InputError:
    """The refusal of `what` ("a PDF file"), which the installation without `extra` cannot do."""
    return ExtraError(
        f"{what} needs the extra `{extra}`: install it with pip install 'notecheck[{extra}]'"
    )


def require_extra(what: str, extra: str) -> None:
    """Raises InputError where a library of `extra` is not installed."""
    if missing(extra):
        raise missing_extra(what, extra)
