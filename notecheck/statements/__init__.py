"""Statements: what a clause says, read off the words of `patterns/terms` by `patterns/frames`."""
