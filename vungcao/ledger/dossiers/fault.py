"""One thing wrong with a dossier, with its figure and the article."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Fault:
    """One thing wrong: a code, a sentence with its figure, the article, the line where it is one line's. Said to one
    reader at once, in his language; what is kept of it is the code.
    """

    code: str
    sentence: str
    cites: str
    line: int | None = None

    def __str__(self) -> str:
        return _("%(sentence)s Căn cứ: %(cites)s.") % {"sentence": self.sentence, "cites": self.cites}

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, "sentence": self.sentence, "cites": self.cites, "line": self.line}
