"""Documents in other formats than plain text -> their text, one module a format."""
