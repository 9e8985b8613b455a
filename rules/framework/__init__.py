"""Reads and checks the shelf: frameworks, look-for sets and the alignments between them."""

from rules.framework.brought import Brought, Outside
from rules.framework.faults import Fault, Faults
from rules.framework.reader import SHELF, check_files, read, read_bytes, read_shelf
from rules.framework.shapes import (
    Alignment,
    Alignments,
    Component,
    Descriptor,
    Framework,
    Level,
    LookFor,
    LookForSet,
    Rights,
    Shelf,
)

__all__ = [
    "SHELF",
    "Alignment",
    "Alignments",
    "Brought",
    "Component",
    "Descriptor",
    "Fault",
    "Faults",
    "Framework",
    "Level",
    "LookFor",
    "LookForSet",
    "Outside",
    "Rights",
    "Shelf",
    "check_files",
    "read",
    "read_bytes",
    "read_shelf",
]
