"""Tables of the door."""

from vungcao.intake.models.explanation import Explanation
from vungcao.intake.models.file_check import CheckStep, FileCheck
from vungcao.intake.models.name_mapping import KINDS, MappingKind, NameMapping
from vungcao.intake.models.resumable_upload import ResumableUpload

__all__ = ["KINDS", "CheckStep", "Explanation", "FileCheck", "MappingKind", "NameMapping", "ResumableUpload"]
