"""How notecheck speaks to a person or a pipe: sentences, progress, output and exit statuses."""
