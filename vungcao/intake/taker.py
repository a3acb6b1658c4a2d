"""A fact on its way from a table into its room: what every kind of fact answers. ``registry.TAKERS`` binds the two."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from typing import ClassVar, Final, Generic, TypeVar

from vungcao.bodies.models import Batch
from vungcao.evidence.actions import Signer
from vungcao.intake.drafted import Drafted, Fact
from vungcao.kernel.refusal import Problem

F = TypeVar("F", bound=Fact)
SAID: Final = 10  # ranks below it are decisions, in the order of their own day; from it on, what is said, by as-of day
LAST: Final = 99  # tables of which nothing could be read


class Taker(ABC, Generic[F]):
    """One fact of one table, made inside the run's transaction when its turn has come.

    ``rank``: facts of a lower rank of the same run are recorded first (below ``SAID``: decisions).
    """

    rank: ClassVar[int] = SAID

    def __init__(self, fact: F, one: Drafted) -> None:
        self.fact, self.one = fact, one

    @classmethod
    def order(cls, fact: F) -> int:
        """Place of this very fact in the run; its rank unless its class says more."""
        return cls.rank

    @property
    @abstractmethod
    def body(self) -> int:
        """Key of the body that says it: the batch is that body's."""

    @property
    @abstractmethod
    def on(self) -> date:
        """The day it is about: the cut-off day, or the paper's."""

    @property
    @abstractmethod
    def size(self) -> tuple[int, int]:
        """Lines, and the amount told to whoever hands it in, in đồng (0 where it is no money)."""

    @abstractmethod
    def is_held(self) -> bool:
        """Do we hold the same rows already? Asked of usable tables only."""

    def overtaken(self) -> Problem | None:
        """The notice that a newer edition stands, if one does: then nothing is written."""
        return None

    @abstractmethod
    def problems(self) -> list[Problem]:
        """What is wrong with it beside what the room holds; an unusable one keeps the whole table a draft."""

    @abstractmethod
    def write(self, *, batch: Batch, by: Signer) -> list[Problem]:
        """Record it; returns contradictions that only show once it is written. May raise a ``Refusal``."""
