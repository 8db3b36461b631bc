"""What is raised where a value can't be enclosed."""


class Undetermined(Exception):
    """The value can't be enclosed: undefined there, or beyond what is computed. The message says which."""


class Singular(Undetermined):
    """A matrix is inverted that has no inverse at a random point, and so at none of the same sizes."""
