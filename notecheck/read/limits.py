"""How much notecheck reads. An operative note is a few pages; these leave room a hundredfold."""

from __future__ import annotations

# One note: bytes of a text file, or characters of a document's `text` in an encounter.
MAX_NOTE = 5_000_000

# One encounter with all its documents and its claim, in bytes of JSON.
MAX_ENCOUNTER_BYTES = 20_000_000

# One file of claims (X12 837), in bytes: more than a hundred thousand claims.
MAX_CLAIM_FILE = 50_000_000

# Tags of one HTML, XML or Word document: a page has a few hundred, and a million take about 500 MB.
MAX_TAGS = 1_000_000

# What checking one encounter may take in memory, in bytes, beyond what is loaded for all.
MAX_MEMORY = 2_000_000_000


def megabytes(size: int) -> str:
    """A size for people: `5_000_000` is "5 MB"."""
    return f"{size / 1_000_000:g} MB"
