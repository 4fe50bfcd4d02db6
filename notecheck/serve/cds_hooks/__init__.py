"""CDS Hooks: a service that an EHR calls when an encounter is discharged."""
