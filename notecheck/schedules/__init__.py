"""The payers' public tables that a site loads: fees, pairs of codes, units, localities, weights."""
