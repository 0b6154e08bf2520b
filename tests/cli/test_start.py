"""Each command loads only what it needs, as seen in a real process; a package's parts load when they are asked for."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.cli.commands import FAIR, ROOT, page

WATCH = """
import atexit, json, os, sys
modules = os.fdopen(os.dup(2), "w")
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=modules, flush=True))
from nutgraf.cli import main
main()
"""
HEAVY = {"PIL", "cryptography", "dateparser", "django", "fastwarc", "feedparser", "granian", "httpx2", "lxml", "mcp"}
HEAVY |= {"numpy", "onnxruntime", "rich", "spacy", "trafilatura"}


def loaded(*arguments: str, folder: Path) -> set[str]:
    """Run a command in a process of its own; return the packages that it loaded, ours by their modules' names."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        cwd=folder,
        env={"PYTHONPATH": str(ROOT / "src")},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    names = json.loads(done.stderr.splitlines()[-1])
    return {name if name.startswith("nutgraf") else name.split(".")[0] for name in names}


def test_the_help_loads_next_to_nothing(tmp_path: Path) -> None:
    found = loaded("--help", folder=tmp_path)
    assert not found & HEAVY
    ours = {name for name in found if name.startswith("nutgraf.") and not name.startswith("nutgraf.cli")}
    assert ours == {"nutgraf.errors", "nutgraf.model"}


@pytest.mark.parametrize(("given", "used"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "4"}, "4")])
def test_commands_multiply_in_one_thread_unless_they_are_told_otherwise(given: dict[str, str], used: str) -> None:
    program = "import atexit, os; atexit.register(lambda: print(os.environ['OPENBLAS_NUM_THREADS']))\n"
    done = subprocess.run(
        [sys.executable, "-c", program + "from nutgraf.cli import main\nmain()", "--version"],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "src"), **given},
        timeout=120,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == used


def test_extract_loads_what_reads_pages_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "fair.html").write_text(page(FAIR), encoding="utf-8")
    found = loaded("extract", "fair.html", folder=tmp_path)
    assert found & HEAVY == {"lxml", "numpy", "trafilatura"}
    stages = {"nutgraf.articles", "nutgraf.briefs", "nutgraf.claims", "nutgraf.net", "nutgraf.nlp", "nutgraf.stories"}
    assert found & stages == {"nutgraf.articles"}


@pytest.mark.parametrize("command", ["list sources", "sources", "sources --json", "rulings"])
def test_a_look_at_the_desk_loads_the_database_and_no_network(command: str, tmp_path: Path) -> None:
    loaded("init", ".", folder=tmp_path)
    found = loaded(*command.split(), folder=tmp_path)
    assert "django" in found
    assert not found & (HEAVY - {"django", "rich", "numpy"})


@pytest.mark.parametrize("package", ["publications", "run", "sources", "web"])
def test_every_part_that_a_package_names_is_there_on_demand(package: str) -> None:
    named = import_module(f"nutgraf.{package}")
    folder = Path(str(named.__file__)).parent
    for name in named.__all__:
        assert not (folder / f"{name}.py").exists(), f"{package}.{name} would be the module once that is loaded"
        assert not isinstance(getattr(named, name), type(sys)), name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = named.nothing
