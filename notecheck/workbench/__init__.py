"""The workbench: pages over the same `check`, where a note is watched and a queue is worked."""
