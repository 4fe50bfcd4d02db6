"""Measures the checker on encounters labelled by people; a surface, like the command line."""
