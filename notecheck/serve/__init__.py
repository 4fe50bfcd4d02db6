"""The service: `notecheck serve` answers over HTTP, and takes HL7 messages."""
