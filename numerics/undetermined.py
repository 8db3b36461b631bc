"""What is raised where a value can't be enclosed."""


class Undetermined(Exception):
    """The value can't be enclosed: undefined there, or beyond what is computed. The message says which."""


class Singular(Undetermined):
    """A matrix is inverted that has no inverse at a random point, and so at none of the same sizes."""


class Vanishing(Undetermined):
    """A number is inverted that is zero, as far as can be seen, at a random point, and likely so at those of the same
    sizes: y − Xb, where X is square and b solves it, has no length to divide by."""
