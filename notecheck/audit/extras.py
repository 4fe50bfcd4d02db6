"""Says which extra to install where a library of an audit is missing."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

from notecheck.errors import AuditError

_LIBRARIES = {"audit": ("pyarrow", "zstandard"), "spark": ("pyspark", "pandas")}


def require_extra(extra: str) -> None:
    """Raises AuditError when a library of the extra `audit` or `spark` is not installed."""
    if not all(map(find_spec, _LIBRARIES[extra])):
        raise AuditError(
            f"this needs the extra `{extra}`: install it with pip install 'notecheck[{extra}]'"
        )


def require_java() -> None:
    """Raises AuditError when Spark would find no Java to run on."""
    import os

    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java") and not (home and shutil.which("java", path=f"{home}/bin")):
        raise AuditError(
            "Spark needs Java 17 or newer, and no `java` is found: install it (on Debian "
            "openjdk-17-jre-headless), or set JAVA_HOME"
        )
