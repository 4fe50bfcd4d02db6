"""FHIR resources (STU3 to R5, JSON or XML) -> Encounter."""

from notecheck.read.fhir.encounter import encounter_from_fhir
from notecheck.read.fhir.xml import fhir_json, is_fhir_xml

__all__ = ["encounter_from_fhir", "fhir_json", "is_fhir_xml"]
