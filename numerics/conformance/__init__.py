"""Somebody's own implementation held against a specification on inputs drawn from its domains."""
