"""Checks asked and answered in FHIR R4."""
