"""Who may import whom: imports point one way, stages know neither each other nor an edge."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "nutgraf"

BASE = {"model", "errors", "ports", "config", "contract", "on_demand", "analysis", "rarity"}
STAGES = {"articles", "stories", "claims", "briefs"}
EDGES = {"sources", "publications", "net", "store", "nlp"}

MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "on_demand": set(),
    "rarity": set(),
    "ports": {"model"},
    "config": {"errors"},
    "contract": {"model", "errors"},
    "analysis": {"model", "ports"},
    **dict.fromkeys(STAGES, BASE),
    **dict.fromkeys(EDGES, BASE),
    "run": BASE | STAGES | EDGES,
    "desk": BASE | STAGES | EDGES | {"run"},
    "demo": BASE | {"desk", "run"},
    "web": BASE | {"desk", "store", "publications"},
    "cli": BASE | STAGES | EDGES | {"run", "desk", "demo", "web"},
    "__main__": {"cli"},
}

ONE_IMPORTER = {
    "trafilatura": "articles",
    "readability": "articles",
    "httpx2": "net",
    "feedparser": "sources",
    "fastwarc": "sources",
    "spacy": "nlp",
    "sentencex": "nlp",
    "httpcore2": "net",
    "onnxruntime": "nlp",
    "granian": "web",
    "typer": "cli",
}


def module_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide who imports whom"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_lies_below_it(path: Path) -> None:
    module = module_of(path)
    ours = {name.split(".")[1] for name in imports_of(path) if name.startswith("nutgraf.")} - {"__version__"}
    assert ours - {module} <= MAY_IMPORT[module]


@pytest.mark.parametrize("library", sorted(ONE_IMPORTER))
def test_an_outside_library_is_wrapped_once(library: str) -> None:
    importers = {module_of(path) for path in SOURCES if library in {name.split(".")[0] for name in imports_of(path)}}
    assert importers <= {ONE_IMPORTER[library]}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_opens_with_one_line_that_says_what_it_is(path: Path) -> None:
    if "migrations" in path.parts and path.name == "__init__.py":
        return
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert docstring.splitlines()[0:1], f"{path} has no docstring"
