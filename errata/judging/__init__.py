"""What is said of a relation, once it is known what it means and where it holds."""
