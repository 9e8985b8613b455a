"""The district's frameworks: what is looked for, whose words they are, and which version."""

from blueprints.frameworks import commands, editing, export, importing, index, versions
from blueprints.frameworks.place import bp

__all__ = ["bp", "commands", "editing", "export", "importing", "index", "versions"]
