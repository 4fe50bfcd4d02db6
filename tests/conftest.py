"""Settings of all tests."""

import os
from pathlib import Path

from hypothesis import settings

# How long an example takes says more about the machine than about the code.
settings.register_profile("notecheck", deadline=None)
settings.load_profile("notecheck")

# What tests work out of rules stays out of the user's own cache.
os.environ.setdefault(
    "NOTECHECK_CACHE", str(Path(__file__).parents[1] / ".pytest_cache" / "notecheck")
)
