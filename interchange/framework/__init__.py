"""A framework in a file of whatever kind: told apart, read into one shape, and written again."""

from interchange.framework.reading import read
from interchange.framework.refusals import Fault, NotRead
from interchange.framework.writing import FORMATS, Format, template, write

__all__ = ["FORMATS", "Fault", "Format", "NotRead", "read", "template", "write"]
