"""What those who write rules ask of them: do the examples hold, is each used, which one fired."""
