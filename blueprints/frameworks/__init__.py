"""The district's frameworks: what is looked for, whose words they are, and which version."""

from blueprints.frameworks import commands, index
from blueprints.frameworks.place import bp

__all__ = ["bp", "commands", "index"]
