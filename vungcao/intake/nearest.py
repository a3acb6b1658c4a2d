"""The nearest of the profiles, for a table that fits none: by its title, what its columns say, and who issues it.

The weights are those that were right most often over all layouts (``tests/test_the_nearest_profile.py``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vungcao.intake.profile import Fit, head_of
from vungcao.intake.reading import Table
from vungcao.kernel.vietnamese import fold
from vungcao.monitoring.groups import group_named

_WORD: Final = re.compile(r"[a-z]{2,}")
_EVERYWHERE: Final = re.compile(
    r"\b(?:bao cao|bieu|tong hop|von|theo|nam|va|cua|cac|cho|den het|tinh|chuong trinh|mtqg)\b"
)
MOST_LISTED: Final = 6


def nearest(fits: Sequence[Fit], table: Table, title: str, issuer: str) -> Fit:
    """The profile that comes closest; of two alike the one that misses less."""
    return max(fits, key=lambda fit: (closeness(fit, table, title, issuer), -len(fit.missing)))


def closeness(fit: Fit, table: Table, title: str, issuer: str) -> float:
    """Share of the profile's columns found, of the table's columns understood, of the title's words; who issues it.

    A column that only explains counts half, one whose head should name a group and names none not at all.
    """
    wanted = [rule for rule in fit.profile.columns if not rule.optional]
    bound = [one for one in fit.bound if not one.group or group_named(one.rule.more["indicator"], one.group)]
    empty = {one.rule.name for one in fit.bound} - {one.rule.name for one in bound}
    found = len(wanted) - len(fit.missing) - len(empty)
    heads = [column for column in table.columns if not column.hidden and column.kind != "mark"]
    understood = sum(0.5 if one.rule.measure == "explain" else 1.0 for one in bound)
    issued = 0.0 if fit.profile.issuer is None or not issuer else 1.0 if fit.is_issued else -1.0
    about = 1.0 if fit.is_titled else _alike(title, f"{fit.profile.label} {fit.profile.title.name}")
    return found / max(1, len(wanted)) + 2 * understood / max(1, len(heads)) + 3 * about + issued


def _alike(said: str, wanted: str) -> float:
    """Share of the words of ``wanted`` that ``said`` has as well; words that every title has do not count."""
    words = set(_WORD.findall(_EVERYWHERE.sub(" ", fold(wanted))))
    return 0.8 * len(words & set(_WORD.findall(said))) / max(1, len(words))


def say(fit: Fit, table: Table) -> str:
    """What keeps the table from being that form, with the cells to look at, and what can be done."""
    profile = fit.profile
    said = f"bảng chưa khớp mẫu biểu nào; gần nhất là “{profile.label}”, nhưng {fit.wanting}."
    if fit.missing:
        bound = {one.col for one in fit.bound}
        heads = [column for column in table.columns if column.col not in bound and column.kind != "mark"]
        listed = [
            f"{column.col}{table.header.first} “{' / '.join(column.path)}”" for column in heads if head_of(column)
        ]
        more = "…" if len(listed) > MOST_LISTED else ""
        where = f"{table.columns[0].col}{table.header.first}"
        said += f" Đầu bảng bắt đầu ở ô {where}."
        if listed:
            said += f" Các cột chưa hiểu: {', '.join(listed[:MOST_LISTED])}{more}."
    else:
        said += f" Nếu đúng là mẫu này: nộp lại với --profile {profile.code}."
    return said
