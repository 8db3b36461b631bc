"""Reference models as executable specifications: what each satisfies, and the mistakes that it rejects."""
