"""Reads notes and encounters; offsets are into the text as it was decoded."""
