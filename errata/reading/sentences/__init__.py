"""From the tree of a formula to sentences of probability about abstract laws."""
