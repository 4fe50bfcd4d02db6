"""What a user names -> the files to read: folders walked, patterns matched."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from typing import NamedTuple

from notecheck.errors import FileError
from notecheck.read.system_files import is_left_out


class Found(NamedTuple):
    """The files to read, in order, and those in folders that were left out."""

    paths: list[str]
    skipped: list[str]


def expanded(given: Iterable[str]) -> Found:
    """The files of `given`: a folder's by name with those of its folders, a pattern's matches.

    A pattern (`notes/*.txt`, `**` for folders of folders) is matched here, because not every shell
    does; a file whose own name holds such marks is itself. What is no folder and matches nothing
    stays as it is, for the reading to say so. Raises InputError for a folder without files.
    """
    paths: list[str] = []
    skipped: list[str] = []
    for path in given:
        matches = [path]
        if not os.path.exists(path) and glob.has_magic(path):
            matches = sorted(glob.glob(path, recursive=True)) or [path]
        for match in matches:
            if not os.path.isdir(match):
                paths.append(match)
                continue
            before = len(paths)
            for parent, folders, files in os.walk(match):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for name in sorted(files):
                    (skipped if is_left_out(name) else paths).append(os.path.join(parent, name))
            if len(paths) == before and match == path:
                raise FileError("there is no file to read in this folder", where=match)
    return Found(paths, skipped)
