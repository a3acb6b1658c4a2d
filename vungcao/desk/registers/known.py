"""The registers there are, in the order of their tabs. A new one is a module like these and a line here."""

from __future__ import annotations

from typing import Final

from vungcao.desk.registers import bodies, components, documents_in, documents_out, officials, places, sources
from vungcao.desk.registers.declaring import Register

REGISTERS: Final[tuple[Register, ...]] = (
    documents_out.REGISTER,
    documents_in.REGISTER,
    bodies.REGISTER,
    officials.REGISTER,
    places.REGISTER,
    components.REGISTER,
    sources.REGISTER,
)
