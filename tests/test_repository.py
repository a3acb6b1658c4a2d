"""What is committed is ours, portable, short, and says how it is run."""

from __future__ import annotations

import re

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


def test_a_python_file_holds_one_noun():
    long = {
        str(file.relative_to(ROOT)): lines
        for file in files_of_the_repository()
        if file.suffix == ".py" and "migrations" not in file.parts and (lines := text_of(file).count("\n")) > LONGEST
    }
    assert not long, f"over {LONGEST} lines: {long}"


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


def test_every_lock_carries_hashes_and_covers_its_list():
    for wanted in (ROOT / "requirements").glob("*.in"):
        lock = text_of(wanted.with_suffix(".txt"))
        pinned = {name.lower() for name in re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*\])?==", lock, re.MULTILINE)}
        asked = {re.match(r"[A-Za-z0-9._-]+", line).group().lower() for line in text_of(wanted).splitlines() if line}
        assert asked <= pinned, f"{wanted.name}: run make lock for {asked - pinned}"
        assert len(re.findall(r"^\S+==", lock, re.MULTILINE)) <= lock.count("--hash=sha256:")
