"""Known results worked out once more from definitions, by topic; ``catalogue`` lists the checks by result."""
