"""What every house rule reads: the project's files, and small trees planted to break a rule."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = ("rules", "models", "jobs", "interchange", "blueprints")
NOT_OURS = {".git", ".venv", "node_modules", "instance", "__pycache__"}


@dataclass(frozen=True)
class Module:
    """One Python file: where it is, what it is called when imported, and what it says."""

    path: Path
    name: str
    tree: ast.Module

    @property
    def floor(self) -> str:
        """The first part of the name: `rules` for rules/discourse.py."""
        return self.name.split(".")[0]

    def at(self, node: ast.AST) -> str:
        """Say where something is, as editors understand it."""
        return f"{self.path.as_posix()}:{getattr(node, 'lineno', 1)}"

    def imports(self) -> Iterator[tuple[ast.AST, str]]:
        """List what is imported anywhere in the file, inside functions too, as dotted names."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                source = self.resolved(node)
                yield from ((node, f"{source}.{alias.name}") for alias in node.names)

    def resolved(self, node: ast.ImportFrom) -> str:
        """Spell out where a relative import leads."""
        if not node.level:
            return node.module or ""
        package = self.name.split(".") if self.path.name == "__init__.py" else self.parents
        base = package[: len(package) - node.level + 1]
        return ".".join([*base, *([node.module] if node.module else [])])

    @property
    def parents(self) -> list[str]:
        """The package that holds this file."""
        return self.name.split(".")[:-1]


def files(root: Path, *patterns: str) -> list[Path]:
    """List files below a root that match any pattern, ours only, as paths from that root."""
    found = {path.relative_to(root) for pattern in patterns for path in root.glob(pattern)}
    ours = (path for path in found if not NOT_OURS & set(path.parts) and (root / path).is_file())
    return sorted(ours)


def modules(root: Path, *floors: str) -> Iterator[Module]:
    """Read the Python files of these floors; without any named, every Python file of ours."""
    patterns = [part for floor in floors for part in (f"{floor}.py", f"{floor}/**/*.py")]
    for path in files(root, *(patterns or ["**/*.py"])):
        parts = path.with_suffix("").parts
        name = ".".join(parts[:-1] if path.name == "__init__.py" else parts)
        yield Module(path, name, ast.parse((root / path).read_text(encoding="utf-8")))


def plant(root: Path, tree: Mapping[str, str]) -> Path:
    """Write a small tree of files, for a rule to be shown red on; return its root."""
    for name, text in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def tell(faults: list[str]) -> str:
    """Put the faults of a rule into the words of a failing test."""
    return "\n" + "\n".join(faults)
