"""Who issues a paper and who signs it: the letterhead, and the lines above the name.

The prefixes TM., Q., KT., TL. and TUQ. are those of Nghị định 30/2020/NĐ-CP, Phụ lục I (recalled; "KT." seen in real
papers). An office with a head (a Board, a department) signs by its head; a People's Committee is a collective, so that
whoever signs for it does so "TM. ỦY BAN NHÂN DÂN".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from .kinds import kind_named
from .parts import Signature

Signer = Literal["chief", "deputy", "acting", "by_order", "delegated"]
WORKING_SIGN: Final = "SDTTG"  # the department's own sign is set by each province: unknown, this one is a working sign


@dataclass(frozen=True)
class Issuer:
    """A body that issues papers. ``name`` as in running text; ``head`` the lines of its letterhead; ``collective`` the
    name after "TM." where a collective decides, else "".
    """

    name: str
    head: tuple[str, ...]
    sign: str
    chief: str
    deputy: str
    superior: str = ""
    collective: str = ""
    place: str = "Cao Bằng"

    def signature(self, signer: Signer = "chief", post: str = "", *, alone: bool = False, name: str = "") -> Signature:
        """The lines by who signs: ``TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH``.

        ``post`` is the signer's own post by order or delegation ("Chánh Văn phòng"; several lines by line breaks);
        ``alone``: the chairman decides in his own right, not for the committee. Raises ``ValueError`` for a post that
        is missing or that the signer can't have.
        """
        if (signer in ("by_order", "delegated")) != bool(post):
            raise ValueError(f"a paper signed {signer!r} {'wants' if not post else 'takes no'} post of its own")
        own = tuple(line.strip().upper() for line in post.split("\n") if line.strip())
        lines = {
            "chief": (self.chief,),
            "deputy": (f"KT. {self.chief}", self.deputy),
            "acting": (f"Q. {self.chief}",),
            "by_order": (f"TL. {self.chief}", *own),
            "delegated": (f"TUQ. {self.chief}", *own),
        }[signer]
        speaks_for_all = self.collective and not alone and signer in ("chief", "deputy", "acting")
        return Signature((f"TM. {self.collective}", *lines) if speaks_for_all else lines, name)

    def authority(self, *, alone: bool = False) -> str:
        """Who decides, above the legal bases of a decision: ``TRƯỞNG BAN DÂN TỘC TỈNH CAO BẰNG``."""
        if self.collective and not alone:
            return " ".join(self.head)
        own = self.name.upper()
        if self.collective:
            return f"{self.chief} {' '.join(self.head)}"
        return f"{self.chief.removesuffix(' BAN') if own.startswith('BAN ') else self.chief} {own}"


def board(province: str = "Cao Bằng") -> Issuer:
    """The province's Board for ethnic affairs (until the departments of 2025)."""
    return Issuer(
        name=f"Ban Dân tộc tỉnh {province}",
        head=("BAN DÂN TỘC",),
        sign="BDT",
        chief="TRƯỞNG BAN",
        deputy="PHÓ TRƯỞNG BAN",
        superior=f"ỦY BAN NHÂN DÂN TỈNH {province.upper()}",
        place=province,
    )


def department(province: str = "Cao Bằng") -> Issuer:
    """The department of ethnic and religious affairs that follows the Board."""
    return Issuer(
        name=f"Sở Dân tộc và Tôn giáo tỉnh {province}",
        head=("SỞ DÂN TỘC VÀ TÔN GIÁO",),
        sign=WORKING_SIGN,
        chief="GIÁM ĐỐC",
        deputy="PHÓ GIÁM ĐỐC",
        superior=f"ỦY BAN NHÂN DÂN TỈNH {province.upper()}",
        place=province,
    )


def peoples_committee(province: str = "Cao Bằng") -> Issuer:
    """The province's People's Committee: the Board drafts, the Committee signs."""
    return Issuer(
        name=f"Ủy ban nhân dân tỉnh {province}",
        head=("ỦY BAN NHÂN DÂN", f"TỈNH {province.upper()}"),
        sign="UBND",
        chief="CHỦ TỊCH",
        deputy="PHÓ CHỦ TỊCH",
        collective="ỦY BAN NHÂN DÂN",
        place=province,
    )


def peoples_council(province: str = "Cao Bằng") -> Issuer:
    """The province's People's Council: its resolutions are signed by its chairman, in his own right (recalled)."""
    return Issuer(
        name=f"Hội đồng nhân dân tỉnh {province}",
        head=("HỘI ĐỒNG NHÂN DÂN", f"TỈNH {province.upper()}"),
        sign="HĐND",
        chief="CHỦ TỊCH",
        deputy="PHÓ CHỦ TỊCH",
        collective="HỘI ĐỒNG NHÂN DÂN",
        place=province,
    )


def issued(
    issuer: Issuer,
    kind: str,
    *,
    signer: Signer = "chief",
    post: str = "",
    alone: bool = False,
    drafter: str = "",
) -> dict[str, Any]:
    """The fields of a `Paper` that follow from who issues and signs it: ``Paper(subject=…, **issued(board(), "công
    văn", signer="deputy", drafter="KHTH"))``.
    """
    form = kind_named(kind)
    return {
        "kind": kind,
        "superior": issuer.superior,
        "issuer": "\n".join(issuer.head),
        "issuer_name": issuer.name,
        "number_sign": form.number_sign(issuer.sign, drafter),
        "place": issuer.place,
        "signature": issuer.signature(signer, post, alone=alone),
        "authority": issuer.authority(alone=alone) if form.form == "decision" else "",
    }
