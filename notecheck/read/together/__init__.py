"""Files that came together -> the encounters whose parts are in several of them."""
