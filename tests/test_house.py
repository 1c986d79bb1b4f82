"""What ARCHITECTURE.md promises of the layout, and what is shipped."""

import ast
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from functools import cache
from pathlib import Path

import pytest

import rubricate
from tests.command import user_folder

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

ROOMS = ("corpus", "codebooks", "coding", "reports")

MAY_IMPORT = {
    "corpus": ("rubricate.corpus",),
    "codebooks": ("rubricate.codebooks", "rubricate.corpus.words"),
    "coding": ("rubricate.coding", "rubricate.codebooks", "rubricate.corpus"),
    "reports": ("rubricate.reports", "rubricate.coding", "rubricate.codebooks", "rubricate.corpus"),
}

LONG = {}
"""Files of more than 400 lines and functions of more than 50, each with the reason."""


@cache
def git(*arguments):
    result = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    if result.returncode > 1:
        pytest.skip("this is no clone")
    return result.stdout


def our_files():
    """Every file of the project that is there, new ones included, below the root and links left out."""
    names = git("ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    return [name for name in names if (ROOT / name).is_file()]


def sources(*folders):
    """The Python files in these folders of the root."""
    return [ROOT / name for name in our_files() if name.endswith(".py") and name.split("/")[0] in folders]


def parsed(path):
    return ast.parse(path.read_text("utf-8"))


def imports(path):
    """Every module that a file imports, wherever in it; of ``from a import b`` both a and a.b."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def below(name, *modules):
    return any(name == module or name.startswith(f"{module}.") for module in modules)


# Layout -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", ROOMS)
def test_data_flow_one_way(room):
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources(room)
        for name in imports(path)
        if below(name, "rubricate") and not below(name, *MAY_IMPORT[room])
    }
    parents = {f": {'.'.join(allowed.split('.')[:-1])}" for allowed in MAY_IMPORT[room]}
    assert {line for line in wrong if not line.endswith(tuple(parents))} == set()


def test_the_library_knows_nothing_of_the_command_line():
    for path in sources(*ROOMS, "rubricate"):
        if not path.is_relative_to(ROOT / "rubricate" / "cli") and path.name != "__main__.py":
            assert not [name for name in imports(path) if below(name, "typer", "rich", "rubricate.cli")], path


def test_nobody_imports_a_room_by_its_bare_name():
    for path in sources(*ROOMS, "rubricate", "tests", "benchmarks"):
        assert not [name for name in imports(path) if below(name, *ROOMS)], path


def test_the_public_names_are_sorted_and_complete():
    imported = [
        alias.asname or alias.name
        for node in ast.walk(parsed(ROOT / "rubricate/__init__.py"))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("rubricate.")
        for alias in node.names
    ]
    assert rubricate.__all__ == sorted(imported)
    assert all(getattr(rubricate, name).__doc__ for name in rubricate.__all__)


def test_files_and_functions_are_short():
    long = set()
    for path in sources(*ROOMS, "rubricate", "benchmarks"):
        name = path.relative_to(ROOT).as_posix()
        if len(path.read_text("utf-8").splitlines()) > 400:
            long.add(name)
        for node in ast.walk(parsed(path)):
            functions = ast.FunctionDef | ast.AsyncFunctionDef
            if isinstance(node, functions) and node.end_lineno - node.lineno >= 50:
                long.add(f"{name}:{node.name}")
    assert long == set(LONG)


# Packaging ----------------------------------------------------------------------------------------------


def test_every_dependency_has_a_lower_and_an_upper_bound():
    groups = (
        PROJECT["project"]["dependencies"],
        PROJECT["build-system"]["requires"],
        *PROJECT["dependency-groups"].values(),
        *PROJECT["project"].get("optional-dependencies", {}).values(),
    )
    for requirement in (requirement for group in groups for requirement in group):
        assert re.fullmatch(r"[a-z0-9-]+(\[[a-z,]+\])?>=[\d.]+,<[\d.]+", requirement), requirement


def test_the_lock_file_is_no_part_of_the_project():
    assert git("ls-files", "uv.lock") == ""
    assert git("check-ignore", "uv.lock").strip() == "uv.lock"


def shipped():
    """What a wheel must hold: the package, with the rooms in it."""
    names = [name for name in our_files() if name.split("/")[0] in (*ROOMS, "rubricate")]
    return {name if name.startswith("rubricate/") else f"rubricate/{name}" for name in names}


def uv(*arguments):
    if not shutil.which("uv"):
        pytest.skip("uv is not installed")
    result = subprocess.run(["uv", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with the sdist and the wheel that was made from it."""
    folder = tmp_path_factory.mktemp("built")
    uv("build", "--out-dir", folder)
    return folder


@pytest.mark.slow
def test_the_wheel_holds_exactly_our_files(built):
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        names = {name for name in file.namelist() if ".dist-info/" not in name}
        assert names == shipped()
        for name in names:
            assert file.read(name) == (ROOT / name).read_bytes(), name


@pytest.mark.slow
def test_the_sdist_holds_what_the_wheel_needs_and_no_tests(built):
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as file:
        members = [member for member in file.getmembers() if not member.isdir()]
    assert all(member.isfile() for member in members)
    names = {member.name.partition("/")[2] for member in members}
    assert {name for name in names if name.startswith(("rubricate/", "tests/"))} == shipped()
    assert {"LICENSE", "README.md", "pyproject.toml"} <= names


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """The folder of programs of a fresh environment with our wheel and the dependencies of this one."""
    environment = tmp_path_factory.mktemp("environment") / "env"
    uv("venv", "--python", sys.executable, environment)
    programs = environment / ("Scripts" if sys.platform == "win32" else "bin")
    (wheel,) = built.glob("*.whl")
    uv("pip", "install", "--no-deps", "--python", programs / "python", wheel)
    # A .pth in that folder is not followed, so that our own editable install stays out of it.
    site = next(environment.rglob("site-packages"))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return programs


@pytest.mark.slow
def test_the_installed_command_works_in_a_folder_that_uses_our_names(installed, tmp_path):
    folder = user_folder(tmp_path)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def run(*arguments):
        return subprocess.run(arguments, cwd=folder, env=clean, capture_output=True, text=True)

    where = run(installed / "python", "-c", "import rubricate.reports as r; print(r.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(installed.parent), where.stderr
    for start in ([installed / "rubricate"], [installed / "python", "-m", "rubricate"]):
        assert run(*start, "--version").stdout == f"rubricate {PROJECT['project']['version']}\n"
        demo = run(*start, "demo")
        assert (demo.returncode, demo.stderr) == (0, "")
        assert "Analysed: 8 documents" in demo.stdout
    assert (folder / "rubricate-demo" / "segments.csv").exists()
