"""What a page says of its symbols, and where it holds."""
