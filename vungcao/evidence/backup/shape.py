"""What a backup holds and says of itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from vungcao.kernel.refusal import Refusal

MANIFEST: Final = "manifest.json"
FORM: Final = 1
MADE_BY_MIGRATION: Final = frozenset({"contenttypes.ContentType", "auth.Permission"})
NOT_KEPT: Final = frozenset({"sessions.Session"})  # whoever is signed in signs in again
FOLDERS: Final = ("files", "inbox", "reports", "ban-do")  # of VUNGCAO_HOME; what can be made again stays out
FILES: Final = ("secret_key",)


class CannotRestore(Refusal):
    """A file that is no backup, a damaged one, or a place where it can't go."""

    code = "backup.refused"


class Exactly(DjangoJSONEncoder):
    """Times to the microsecond: the chain is computed from them."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


@dataclass
class Manifest:
    """``tables``: label → rows and SHA-256 of its lines; ``kept``: file → SHA-256. Written last."""

    form: int = FORM
    version: str = ""
    made_at: str = ""
    vendor: str = ""
    last_act: int = 0
    head: str = ""
    migrations: list[str] = field(default_factory=list)
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)

    def as_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def of_text(cls, text: str) -> Manifest:
        """Raises ``CannotRestore``."""
        try:
            said = json.loads(text)
            found = cls(**said)
        except (ValueError, TypeError):
            raise CannotRestore(_("Tệp này không phải bản sao lưu của Vùng Cao, hoặc phần mô tả bị hỏng.")) from None
        if found.form != FORM:
            raise CannotRestore(
                _("Bản sao lưu ở dạng %(form)s; chương trình này đọc dạng %(ours)s.")
                % {"form": found.form, "ours": FORM}
            )
        return found


def tables() -> Iterator[type[models.Model]]:
    """Every table that can't be made again, in the order of the apps (keys between them are checked at commit)."""
    for model in apps.get_models(include_auto_created=True):
        is_ours = model._meta.managed and not model._meta.proxy and not getattr(model, "can_be_made_again", False)
        if is_ours and model._meta.label not in MADE_BY_MIGRATION | NOT_KEPT:
            yield model


def migrations() -> list[str]:
    """What the database has been through."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def kept_files() -> Iterator[tuple[str, Path]]:
    """Name in the backup and path of every file that belongs to the rows."""
    home = Path(settings.HOME)
    for name in FILES:
        if (home / name).is_file():
            yield name, home / name
    for folder in FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            if path.is_file() and ".part" not in path.suffix:
                yield path.relative_to(home).as_posix(), path
