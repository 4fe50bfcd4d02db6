"""How sure a report is: rates of being right, learned from the labelled corpus."""
