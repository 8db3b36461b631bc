"""One file for each rule; the list of all is in ``catalogue``."""
