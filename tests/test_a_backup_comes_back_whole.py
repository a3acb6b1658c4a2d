"""A backup goes back into either database: every row and file, the chain unbroken, the same figures; or nothing."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from vungcao.evidence.backup import CannotRestore, restore
from vungcao.evidence.models import Act
from vungcao.intake.tests.bases import Base, PostgresBase, SqliteBase, only_beside_postgresql

pytestmark = pytest.mark.slow  # whole installations, one after the other
EXAMPLE = Path(settings.BASE_DIR) / "examples" / "cao-bang" / "135-2021"
PAPERS = sorted(EXAMPLE.glob("* H. [BHN]*.xlsx"))[:2]
ASKED = ("figures", "disbursement", "--programme", "135", "--on", "2021-11-15", "--by", "place", "--json")


@dataclass
class Kept:
    base: Base
    file: Path
    told: dict[str, object]


def printed(base: Base, *words: str, code: int = 0) -> str:
    done = base.run(*words)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout if code != 2 else done.stderr


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """An installation with two papers in it (of the example), and its backup."""
    folder = tmp_path_factory.mktemp("was")
    (folder / "home").mkdir()
    base = SqliteBase(folder / "home")
    printed(base, "setup")
    papers = folder / "papers"
    papers.mkdir()
    for path in PAPERS:
        shutil.copy(path, papers)
    printed(base, "import", str(papers), "--commit", "--json")
    told = json.loads(printed(base, "backup", "--out", str(folder / "out"), "--json"))
    return Kept(base, Path(told["file"]), told)


def comes_back(kept: Kept, fresh: Base, home: Path) -> None:
    told = json.loads(printed(fresh, "restore", str(kept.file), "--json"))
    assert (told["findings"], told["rows"], told["last_act"]) == ([], kept.told["rows"], kept.told["last_act"])
    assert json.loads(printed(fresh, *ASKED)) == json.loads(printed(kept.base, *ASKED))
    head = str(kept.told["head"])
    assert json.loads(printed(fresh, "verify-audit", "--head", head, "--json"))["findings"] == []
    assert fresh.counts() == kept.base.counts()
    files = {path.name for path in (home / "files").iterdir()}
    assert files == {path.name for path in (kept.base.home / "files").iterdir()} and len(files) >= len(PAPERS)
    assert "đã có dữ liệu" in printed(fresh, "restore", str(kept.file), code=2)
    again = json.loads(printed(fresh, "backup", "--out", str(home / "again"), "--json"))
    assert again["last_act"] == int(str(kept.told["last_act"])) + 1  # the head released for it


@pytest.mark.slow
def test_into_sqlite(kept: Kept, tmp_path: Path) -> None:
    comes_back(kept, SqliteBase(tmp_path), tmp_path)


@pytest.mark.slow
@pytest.mark.django_db
def test_from_sqlite_into_postgresql_and_what_is_written_next_has_a_number_of_its_own(
    kept: Kept, tmp_path: Path
) -> None:
    only_beside_postgresql()
    base = PostgresBase(tmp_path).create()
    try:
        comes_back(kept, base, tmp_path)
        printed(base, "map", "Bao Lac (ví dụ)", "04.043", "--kind", "place", "--since", "01/01/2021")
    finally:
        base.drop()


def rewritten(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(source) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    with zipfile.ZipFile(target, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return target


def _touched(parts: dict[str, bytes]) -> None:
    name = "tables/ledger.StatementLine.jsonl"
    parts[name] = parts[name].replace(b"0", b"1", 1)


def _of_another_version(parts: dict[str, bytes]) -> None:
    said = json.loads(parts["manifest.json"])
    parts["manifest.json"] = json.dumps({**said, "migrations": [*said["migrations"], "x.9999_y"]}).encode()


def _reaching_out(parts: dict[str, bytes]) -> None:
    said = json.loads(parts["manifest.json"])
    parts["home/../ra-ngoai"] = b""
    said["kept"]["../ra-ngoai"] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    parts["manifest.json"] = json.dumps(said).encode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_touched, "bị hỏng (tables/ledger.StatementLine.jsonl)"),
        (lambda parts: parts.pop("tables/evidence.Act.jsonl"), "bị hỏng (tables/evidence.Act.jsonl)"),
        (lambda parts: parts.pop("manifest.json"), "thiếu phần mô tả"),
        (lambda parts: parts.update({"manifest.json": b"{}{"}), "phần mô tả bị hỏng"),
        (_of_another_version, "mới hơn chương trình này"),
        (_reaching_out, "bị hỏng (tên tệp"),
    ],
)
@pytest.mark.django_db
def test_a_damaged_or_foreign_backup_is_refused_and_writes_nothing(
    kept: Kept, tmp_path: Path, change: Callable[[dict[str, bytes]], None], sentence: str
) -> None:
    with pytest.raises(CannotRestore) as refusal:
        restore(rewritten(kept.file, tmp_path / "sai.zip", change))
    assert sentence in str(refusal.value) and not Act.objects.exists()


@pytest.mark.django_db
def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"khong phai zip")
    for name, sentence in (("a.zip", "không phải bản sao lưu"), ("b.zip", "Không thấy tệp")):
        with pytest.raises(CannotRestore, match=sentence):
            restore(tmp_path / name)


@pytest.mark.slow
def test_older_backups_go_and_the_newest_stays(kept: Kept, tmp_path: Path) -> None:
    for name in ("vungcao-20200101-000000-1.zip", "vungcao-20210101-000000-1.zip", "cua-toi.zip"):
        (tmp_path / name).write_bytes(b"")
    told = json.loads(printed(kept.base, "backup", "--out", str(tmp_path), "--keep", "2", "--json"))
    assert told["removed"] == ["vungcao-20200101-000000-1.zip"]
    assert {"cua-toi.zip", Path(told["file"]).name} <= {path.name for path in tmp_path.iterdir()}
    assert oct(Path(told["file"]).stat().st_mode & 0o777) == "0o600"
    assert "--keep 1" in printed(kept.base, "backup", "--keep", "0", code=2)
