"""Trains the second reader from labelled encounters; a surface, like `notecheck.evaluate`."""
