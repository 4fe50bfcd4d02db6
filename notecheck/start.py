"""Where the command `notecheck` begins: with the whole of it, or with one question to a service.

A hook in a billing line that has a running service to ask needs nothing of what reads notes, and
not even the command line's library, which alone takes half as long as `import spacy`.
"""

from __future__ import annotations

import sys


def main() -> None:
    """The command `notecheck`; ends the process with its exit status."""
    if sys.argv[1:2] == ["hook"]:
        from notecheck.commands.ask_service import hook_of_service

        status = hook_of_service(sys.argv[2:])
        if status is not None:
            sys.exit(status)
    from notecheck.commands.app import main as command_line

    command_line()
