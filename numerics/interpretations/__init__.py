"""Random finite worlds in which sentences of probability have exact values."""
