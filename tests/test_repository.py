"""What is committed is ours, portable, short, and says how it is run."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.house import ROOT, files_of_the_repository

# Put together here, so that this file does not contain what it looks for.
NOT_TO_BE_SAID = {
    "a registry's host": re.compile(
        "|".join(["python" + "hosted", "files[.]py" + "pi", "py" + "pi[.]org", "npm" + "js[.]org"])
    ),
    "an index for an installer": re.compile("--(extra-)?" + "index-url|--" + "find-links"),
    "a path of one machine": re.compile("(?<![A-Za-z0-9_.])/(" + "work|root|tmp/bash" + "_jobs)/"),
}
LONGEST = 350


def text_of(file) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("what", NOT_TO_BE_SAID)
def test_no_file_names(what):
    found = [
        f"{file.relative_to(ROOT)}: {match.group()}"
        for file in files_of_the_repository()
        if (match := NOT_TO_BE_SAID[what].search(text_of(file)))
    ]
    assert not found, found


def test_the_patterns_find_what_they_look_for():
    """Each pattern stops a line that must not land."""
    lines = {
        "a registry's host": "https://files.python" + "hosted.org/packages/x.whl",
        "an index for an installer": "--extra-" + "index-url file:///opt/simple",
        "a path of one machine": 'Path("/wo' + 'rk/main")',
    }
    assert all(NOT_TO_BE_SAID[what].search(line) for what, line in lines.items())
    assert not NOT_TO_BE_SAID["a path of one machine"].search("ui/static/work/list.css")


def test_no_boundary_file_is_committed():
    assert not [str(file) for file in files_of_the_repository() if file.suffix == ".geojson"]


def test_a_python_file_holds_one_noun_and_is_not_long():
    files = [file for file in files_of_the_repository() if file.suffix == ".py" and "migrations" not in file.parts]
    lines = {str(file.relative_to(ROOT)): text_of(file).count("\n") for file in files}
    assert not {name: count for name, count in lines.items() if count > LONGEST}


def test_every_variable_is_listed_and_every_listed_one_is_read():
    listed = set(re.findall(r"^\| `(VUNGCAO_[A-Z_]+)`", text_of(ROOT / "docs" / "running.md"), re.MULTILINE))
    read = {
        name
        for file in files_of_the_repository()
        if file.suffix == ".py" and "tests" not in file.parts and file.is_relative_to(ROOT / "config")
        for name in re.findall(r"env\.(?:text|flag|folder)\(\s*\"([A-Z_]+)\"", text_of(file))
    }
    assert listed == read


def test_no_room_reads_a_variable_of_its_own():
    """Variables are read in config/settings.py, through config/env.py; a room asks the settings."""
    reads = re.compile(r"os\.(getenv|environ(\.get)?)\W+[\"']VUNGCAO_")
    found = [
        str(file.relative_to(ROOT))
        for file in files_of_the_repository()
        if file.suffix == ".py"
        and file.is_relative_to(ROOT / "vungcao")
        and "tests" not in file.parts
        and reads.search(text_of(file))
    ]
    assert not found, found


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_readme_names_the_two_commands(name):
    lines = text_of(ROOT / name).splitlines()
    for command in ("make run", "make test"):
        assert any(line.startswith(command) for line in lines), f"{name} has no line that begins with {command}"


@pytest.mark.parametrize("group", ["build", "base", "report", "analytics", "test", "lock", "spark"])
def test_every_lock_carries_hashes_and_covers_its_list(group):
    lock = text_of(ROOT / "requirements" / f"{group}.txt")
    pinned = {canonical(name) for name in re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*\])?==", lock, re.MULTILINE)}
    assert asked_for(group) <= pinned, f"run make lock for {asked_for(group) - pinned}"
    blocks = re.split(r"^(?=\S+==)", lock, flags=re.MULTILINE)
    assert not [block.splitlines()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]


def test_the_base_install_holds_all_that_the_rooms_import():
    """`reports` may import from the report group, `cube` from that of analytics; other rooms do with base."""
    provided = packages_distributions()
    base = asked_for("base")
    more = {"reports": asked_for("report"), "cube": asked_for("analytics")}
    problems = []
    for file in files_of_the_repository():
        rooms = file.relative_to(ROOT).parts
        if file.suffix != ".py" or rooms[0] not in {"vungcao", "config"} or "tests" in rooms:
            continue
        may = base | more.get(rooms[1], set())
        for name in imported(text_of(file)) - {"vungcao", "config"} - sys.stdlib_module_names:
            given_by = {canonical(distribution) for distribution in provided.get(name, [])}
            if not given_by & may:
                problems.append(f"{file.relative_to(ROOT)} imports {name}")
    assert not problems, problems


@pytest.mark.parametrize("name", ["ibis-framework", "sqlglot", "duckdb", "pyarrow"])
def test_spark_is_asked_through_the_same_libraries(name):
    """The environment of PySpark is another one; what writes and checks its questions is not."""
    pinned = {
        re.search(rf"^{name}==(\S+)", text_of(ROOT / "requirements" / f"{group}.txt"), re.MULTILINE).group(1)
        for group in ("analytics", "spark")
    }
    assert len(pinned) == 1


def asked_for(group: str) -> set[str]:
    lines = text_of(ROOT / "requirements" / f"{group}.in").splitlines()
    return {canonical(re.match(r"[A-Za-z0-9._-]+", line).group()) for line in lines if line and line[0] != "#"}


def canonical(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def imported(source: str) -> set[str]:
    """The top names a module imports, at its head or inside its functions."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names
