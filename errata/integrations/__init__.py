"""errata inside of other programs: editors, builders of books, notebooks. Each needs an extra."""
