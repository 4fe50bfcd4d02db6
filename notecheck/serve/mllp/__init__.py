"""HL7 v2 over MLLP: messages are taken, matched by visit, checked; findings are sent out."""
