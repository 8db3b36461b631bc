"""The results that are derived, by section: what notes call each, its derivations, and for what they prove it."""
