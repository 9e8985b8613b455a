"""The district's instructional frameworks: versions of a tree of components."""

from models.framework.component import Component
from models.framework.framework import Framework
from models.framework.upload import FrameworkUpload

__all__ = ["Component", "Framework", "FrameworkUpload"]
