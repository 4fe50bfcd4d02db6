"""X12 837P and 837I -> claims."""

from notecheck.read.x12.claims import X12Claim, parse_claims

__all__ = ["X12Claim", "parse_claims"]
