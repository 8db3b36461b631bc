"""Known results of the field, by topic; ``catalogue`` lists them all."""
