"""Random small worlds, in which terms have values."""
