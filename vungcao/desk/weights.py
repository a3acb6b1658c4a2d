"""How grave a problem is, in an officer's words and in the tone of its mark."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

WEIGHTS: Final = {
    "unusable": (gettext_lazy("phải sửa"), "fails"),
    "contradicting": (gettext_lazy("ghi và đánh dấu"), "warns"),
    "notice": (gettext_lazy("lưu ý"), "quiet"),
}
