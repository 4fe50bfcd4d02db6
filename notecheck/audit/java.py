"""Whether Spark finds a Java to run on."""

from __future__ import annotations

import os
import shutil

from notecheck.errors import AuditError


def require_java() -> None:
    """Raises AuditError when Spark would find no Java to run on."""
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java") and not (home and shutil.which("java", path=f"{home}/bin")):
        raise AuditError(
            "Spark needs Java 17 or newer, and no `java` is found: install it (on Debian "
            "openjdk-17-jre-headless), or set JAVA_HOME"
        )
