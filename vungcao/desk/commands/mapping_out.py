"""``vungcao boundaries``: the province's own file of boundaries, for the map on the overview."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from vungcao.desk.commands.printing import as_json, console
from vungcao.territory.boundaries import keep


def boundaries(args: argparse.Namespace) -> int:
    """Check and keep a GeoJSON file; exit 1 when it draws no place of the day."""
    found = keep(Path(args.file), args.on or timezone.localdate())
    if args.json:
        as_json({**vars(found), "unknown": list(found.unknown), "without": list(found.without)})
        return 0 if found.matched else 1
    console.print(
        _("Đã giữ %(features)s ranh giới; %(matched)s khớp mã địa bàn.")
        % {"features": found.features, "matched": found.matched}
    )
    if found.unknown:
        console.print(
            _("Mã không có địa bàn nào mang: %(unknown)s.") % {"unknown": ", ".join(found.unknown)}, soft_wrap=True
        )
    if found.without:
        console.print(
            _("Địa bàn cấp xã chưa có ranh giới: %(without)s.") % {"without": ", ".join(found.without)}, soft_wrap=True
        )
    return 0 if found.matched else 1
