"""The registers there are, in the order of their tabs. A new one is a module like these and a line here."""

from __future__ import annotations

from typing import Final

from vungcao.desk.registers import bodies, documents_in, documents_out, officials
from vungcao.desk.registers.declaring import Register

REGISTERS: Final[tuple[Register, ...]] = (
    documents_out.REGISTER,
    documents_in.REGISTER,
    bodies.REGISTER,
    officials.REGISTER,
)
