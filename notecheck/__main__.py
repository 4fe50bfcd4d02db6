"""`python -m notecheck` is the command `notecheck`."""

from __future__ import annotations

from notecheck.start import main

main()
