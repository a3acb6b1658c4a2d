"""Real workbooks damaged at random, and their reading in a process of bounded time and memory.

Run as a program it reads ``path seed`` pairs from its arguments and prints one JSON line for each.
"""

from __future__ import annotations

import io
import json
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from vungcao.intake.reading import CannotRead, read_workbook

SECONDS = 10
MEGABYTES = 1024
_EVIL = [
    b'r="XFD1048576"', b'r="A0"', b'r="-5"', b't="s"', b's="99999"', b"<v>1e400</v>", b"<v>NaN</v>", b"<v>-1</v>",
    b'<mergeCell ref="A1:XFD1048576"/>', b'<col min="1" max="16384" hidden="1"/>', b"<f>A1</f>", b"<f>SUM(A:XFD)</f>",
    b"<c/>", b"<row>", b"</sheetData>", b"&amp;#0;", b"\x00", b"<v></v>", b'<row r="1048576"/>',
]  # fmt: skip


def corrupt(content: bytes, seed: int) -> bytes:
    """The workbook with one kind of damage, always the same for the same seed."""
    chance = random.Random(seed)
    return [_flip, _flip, _cut, _blank, _without_part, _empty_part, _mangle, _mangle, _mangle, _swap_parts][seed % 10](
        content, chance
    )


def _flip(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.choice([1, 3, 30, 300])):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(1, len(content))]


def _blank(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    length = min(chance.choice([8, 256, 4096]), len(content) - start)
    return content[:start] + bytes(length) + content[start + length :]


def _rewritten(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)  # a day of its own: 1980, not the clock's
    return stream.getvalue()


def _without_part(content: bytes, chance: random.Random) -> bytes:
    return _rewritten(content, lambda parts: parts.pop(chance.choice(sorted(parts))) and None)


def _empty_part(content: bytes, chance: random.Random) -> bytes:
    return _rewritten(
        content, lambda parts: parts.update({chance.choice(sorted(parts)): chance.choice([b"", b"<", b"<a/>"])})
    )


def _swap_parts(content: bytes, chance: random.Random) -> bytes:
    def swap(parts: dict[str, bytes]) -> None:
        one, other = chance.sample(sorted(parts), 2)
        parts[one], parts[other] = parts[other], parts[one]

    return _rewritten(content, swap)


def _mangle(content: bytes, chance: random.Random) -> bytes:
    """Tags dropped, doubled or exchanged, attributes made absurd, inside one part of XML."""

    def mangle(parts: dict[str, bytes]) -> None:
        names = sorted(name for name in parts if name.endswith((".xml", ".rels")))
        sheets = [name for name in names if "sheet" in name.lower()]
        name = chance.choice(sheets if sheets and chance.random() < 0.6 else names)
        part = parts[name]
        for _ in range(chance.choice([1, 2, 8])):
            tags = [found.span() for found in re.finditer(rb"<[^>]*>|\b[rst]=\"[^\"]*\"|<v>[^<]*</v>", part)]
            if not tags:
                break
            start, end = chance.choice(tags)
            part = part[:start] + chance.choice([b"", part[start:end] * 2, *chance.sample(_EVIL, 4)]) + part[end:]
        parts[name] = part

    return _rewritten(content, mangle)


def outcomes(sources: list[Path], seeds: range) -> list[dict[str, object]]:
    """What became of each damaged workbook: read, refused with a sentence, or broken; its seconds and megabytes."""
    found: list[dict[str, object]] = []
    waiting = [(str(sources[seed % len(sources)]), seed) for seed in seeds]
    while waiting:
        arguments = [text for path, seed in waiting for text in (path, str(seed))]
        done = subprocess.run(
            [sys.executable, "-m", "vungcao.intake.tests.generated.corruption", *arguments],
            capture_output=True,
            text=True,
        )
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        found += lines
        waiting = waiting[len(lines) :]
        if waiting:  # the process died over the first that is still waiting
            error = done.stderr.strip().splitlines()[-1:] or [f"exit {done.returncode}"]
            found.append({"seed": waiting[0][1], "end": "died", "said": error[0]})
            waiting = waiting[1:]
    return found


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2 * MEGABYTES * 2**20, 2 * MEGABYTES * 2**20))
    pairs = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="vungcao-hong-") as folder:
        for path, seed in zip(pairs[::2], pairs[1::2], strict=True):
            damaged = Path(folder) / f"hong_{seed}.xlsx"
            damaged.write_bytes(corrupt(Path(path).read_bytes(), int(seed)))
            signal.alarm(SECONDS)  # unhandled: a parser that hangs in C is ended too
            print(json.dumps({"seed": int(seed), **_outcome(damaged)}), flush=True)
            signal.alarm(0)


def _outcome(path: Path) -> dict[str, object]:
    try:
        reading = read_workbook(path)
        reading.as_json()
        end, said = "read", ""
    except CannotRead as refusal:
        end, said = "refused", refusal.said
    except Exception as error:  # what is looked for: anything but a sentence
        end, said = "broke", repr(error)
    return {"end": end, "said": said, "megabytes": _peak()}


def _peak() -> int:
    """Most megabytes this process has held (what its parent held before starting it does not count)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) // 1024


if __name__ == "__main__":
    main()
