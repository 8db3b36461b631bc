"""A report as a site: a page for each document with its formulas rendered, and an overview. No page needs a network."""
