"""What makes two audits the same one, so that the second may go on with the work of the first."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from pydantic import BaseModel, ConfigDict

from notecheck.audit.schema import OUTCOMES
from notecheck.rules.files import patterns_root
from notecheck.rules.site import rule_files, site_root


class Identity(BaseModel):
    """All that the results depend on. Workers, progress and paths of the output are not in it."""

    model_config = ConfigDict(frozen=True)

    notecheck: str
    python: str
    rules: str
    tables: str
    input: str
    engine: str
    columns: dict[str, str]
    time_limit: float
    code: str
    queued: bool
    redacted: bool

    def difference(self, other: Identity) -> str | None:
        """What differs, in words, or None."""
        words = {
            "notecheck": "another version of notecheck",
            "python": "another Python",
            "rules": "other rules",
            "tables": "another version of notecheck",
            "input": "other input: files were added, removed or changed",
            "engine": "another engine",
            "columns": "other columns",
            "time_limit": "another time limit",
            "code": "another code to check",
            "queued": "--queue was or was not given before",
            "redacted": "--redact was or was not given before",
        }
        for name, told in words.items():
            if getattr(self, name) != getattr(other, name):
                return told
        return None


def identity(
    *,
    fingerprint: str,
    engine: str,
    columns: Mapping[str, str],
    time_limit: float,
    code: str,
    queued: bool,
    redacted: bool,
) -> Identity:
    """The identity of an audit by this installation; `fingerprint` is that of its input."""
    return Identity(
        notecheck=installed_version(),
        python=platform.python_version(),
        rules=rules_hash(),
        tables=hashlib.sha256(str(OUTCOMES).encode()).hexdigest(),
        input=fingerprint,
        engine=engine,
        columns=dict(columns),
        time_limit=time_limit,
        code=code,
        queued=queued,
        redacted=redacted,
    )


def installed_version() -> str:
    try:
        return version("notecheck")
    except PackageNotFoundError:
        return "unknown"


def rules_hash() -> str:
    """One hash over all pattern files, ours and the site's: names and content."""
    digest = hashlib.sha256()
    ours = patterns_root()
    site = site_root()
    named = [(ours, path) for path in sorted(ours.rglob("*.toml"))]
    named += [(site, path) for path in rule_files(site)] if site else []
    for root, path in named:
        digest.update(_framed(path.relative_to(root).as_posix().encode()))
        digest.update(_framed(path.read_bytes()))
    return digest.hexdigest()


def _framed(data: bytes) -> bytes:
    return len(data).to_bytes(8, "big") + data
