"""A PostgreSQL of our own, from Debian's package: begun in a new folder, reached by a socket."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest


def programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("PostgreSQL (Debian package `postgresql`) is not installed")
    return found[-1].parent


@contextmanager
def cluster() -> Iterator[str]:
    """The URL of a database that lives as long as the context."""
    bin_folder = programs()
    folder = Path(tempfile.mkdtemp(prefix="nc-pg-", dir="/tmp"))  # a socket's path must be short
    # PostgreSQL refuses to run as root.
    user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    if os.getuid() == 0:
        shutil.chown(folder, user)

    def run(*words: str) -> None:
        subprocess.run(
            words,
            check=True,
            cwd=folder,
            user=user if os.getuid() == 0 else None,
            env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
        )

    data = str(folder / "data")
    run(str(bin_folder / "initdb"), "-D", data, "-A", "trust", "-U", "notecheck", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run(str(bin_folder / "pg_ctl"), "-D", data, "-w", "-l", f"{data}.log", "-o", options, "start")
    try:
        yield f"postgresql://notecheck@{quote(str(folder), safe='')}/postgres"
    finally:
        run(str(bin_folder / "pg_ctl"), "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)
