"""FHIR R4 resources -> Encounter."""

from notecheck.read.fhir.encounter import encounter_from_fhir

__all__ = ["encounter_from_fhir"]
