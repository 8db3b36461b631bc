"""What is raised where a value can't be enclosed."""


class Undetermined(Exception):
    """The value can't be enclosed: undefined there, or beyond what is computed. The message says which."""
