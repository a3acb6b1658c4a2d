"""Tables of the door."""

from vungcao.intake.models.file_check import CheckStep, FileCheck
from vungcao.intake.models.name_mapping import KINDS, MappingKind, NameMapping

__all__ = ["KINDS", "CheckStep", "FileCheck", "MappingKind", "NameMapping"]
