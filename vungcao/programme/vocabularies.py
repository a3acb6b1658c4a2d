"""Funding sources and spending fields: small vocabularies, kept in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from vungcao.evidence.remembering import Remembered
from vungcao.kernel.years import NOT_DIVIDED
from vungcao.programme.models import FundingSource, SpendingField


class FundingSources(Mapping[int, tuple[str, str]]):
    """All funding sources in memory: key → (kind, level). ``*`` on either side covers every member of that side.
    ``divided``: code and name of those divided both ways, in the order in which the rows were given.
    """

    def __init__(self, rows: Iterable[FundingSource]) -> None:
        said = list(rows)
        kept = sorted(said, key=lambda row: row.pk)
        self.divided = [(row.code, row.name) for row in said if NOT_DIVIDED not in (row.kind, row.level)]
        self._parts = {row.pk: (row.kind, row.level) for row in kept}
        self.codes = {row.pk: row.code for row in kept}
        self.ids = {row.code: row.pk for row in kept}
        self.names = {row.pk: row.name for row in kept}

    @classmethod
    def all(cls) -> FundingSources:
        """Every source, as the table stands now; read once while none is added."""
        return _sources.get("all", None, lambda: cls(FundingSource.objects.order_by("name")))

    def __getitem__(self, key: int) -> tuple[str, str]:
        return self._parts[key]

    def __iter__(self) -> Iterator[int]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def covers(self, wide: int, narrow: int) -> bool:
        """Is ``narrow`` inside ``wide``? ``dau_tu:*`` covers ``dau_tu:NSTW``."""
        return all(one in (other, NOT_DIVIDED) for one, other in zip(self[wide], self[narrow], strict=True))

    def meets(self, one: int, other: int) -> bool:
        """Do the two share anything? ``dau_tu:*`` and ``*:NSTW`` do, though neither covers the other."""
        return all(
            left == right or NOT_DIVIDED in (left, right) for left, right in zip(self[one], self[other], strict=True)
        )

    def depth(self, key: int) -> int:
        return sum(part != NOT_DIVIDED for part in self[key])


_sources: Final[Remembered[FundingSources]] = Remembered(FundingSource, room=2)


def funding_source(code: str) -> FundingSource | None:
    """The funding source of a code ``KIND:LEVEL``."""
    return FundingSource.objects.filter(code=code).first()


def spending_field(code: str) -> SpendingField | None:
    """The spending field of a code; ``*`` is "not divided"."""
    return SpendingField.objects.filter(code=code).first()
