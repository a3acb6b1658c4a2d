"""Papers marked MẬT: not one word of them may enter a system on a network."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _

from vungcao.kernel.refusal import Refusal
from vungcao.kernel.vietnamese import nfc

# With its tone marks: "mặt", "mất" and "mật độ", "mật ong" are other words.
_MARKED: Final = re.compile(
    r"\W*(?:độ mật:?\s*)?(?:dấu\s+)?(?:tuyệt mật|tối mật|mật)\W*"  # a text that says nothing else
    r"|.*(?:[(\[]\s*(?:mật|tối mật|tuyệt mật)\s*[)\]]|\b(?:độ mật|dấu mật|tối mật|tuyệt mật)\b).*",
    re.IGNORECASE | re.DOTALL,
)
_NOT: Final = re.compile(r"độ mật:?\s*(?:không|thường)", re.IGNORECASE)


class Secret(Refusal):
    """A document that is a state secret."""

    code = "document.secret"


def is_secret(text: str) -> bool:
    """Does a text carry the mark?"""
    said = nfc(text)
    return bool(_MARKED.fullmatch(said)) and not _NOT.fullmatch(said)


def refuse_secret(texts: Iterable[str]) -> None:
    """Raises ``Secret`` where one of the texts carries the mark; the sentence repeats none of them."""
    if any(is_secret(text) for text in texts if text):
        raise Secret(
            _(
                "Văn bản có dấu MẬT không được đưa vào hệ thống nối mạng: ghi ở sổ giấy riêng theo quy định. "
                "Không giữ lại chữ nào vừa gửi."
            ),
            forget=True,
        )
