"""errata beside its peers, measured in one run: how fast, and how much. Run by hand (``make bench``), no timed test."""
