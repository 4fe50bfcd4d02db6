"""Which rules decided: the version of notecheck and a hash of every pattern file in use."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from notecheck.log.entry import sha256
from notecheck.rules.files import patterns_root
from notecheck.rules.site import rule_files, site_root


@dataclass(frozen=True)
class RulePack:
    """`version` is that of notecheck, `hash` is over the pattern files, ours and the site's."""

    version: str
    hash: str


@cache
def rule_pack() -> RulePack:
    """The rules that this process decides by; read once, as the rules themselves are."""
    try:
        number = version("notecheck")
    except PackageNotFoundError:
        number = "checkout"
    root, site = patterns_root(), site_root()
    parts = [_named("ours", root, path) for path in sorted(root.rglob("*.toml"))]
    if site:
        parts += [_named("site", site, path) for path in rule_files(site)]
    return RulePack(number, sha256("\n".join(parts)))


def _named(whose: str, root: Path, path: Path) -> str:
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{whose}/{path.relative_to(root).as_posix()} {content}"
