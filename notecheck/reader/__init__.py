"""The second reader: a trained sentence classifier, a witness beside the rules."""
