"""The audit log: every decision and override, appended, chained by hashes, provable later."""
