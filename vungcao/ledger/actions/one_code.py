"""One Treasury code at a time: recorded for its bearer from a day, ended on a day by a paper; lists come by
``codes.bring_codes``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from vungcao.evidence.actions import Signer, acting, lock, record
from vungcao.evidence.rewriting import close
from vungcao.evidence.seen import still_stands
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import overlap
from vungcao.kernel.vietnamese import day, nfc
from vungcao.ledger.codes import SHARED, TABLES, Coded, Scheme, bearer, label, tidy

_CODE: Final = re.compile(r"[0-9A-Z][0-9A-Z-]{0,19}")


class NotACode(Refusal):
    """A code that can't be recorded so, or not ended on that day."""

    code = "codes.refused"


def record_code(
    scheme: Scheme, said: str, identity: int, *, since: date, cites: str, by: Signer, until: date | None = None
) -> Coded:
    """``said`` is a code of ``identity`` from ``since`` up to but not including ``until``, by a paper. Raises
    ``NotACode`` where somebody else bears it on one of these days, or it is recorded for them already.
    """
    code, paper = tidy(said), nfc(cites)
    if not _CODE.fullmatch(code):
        raise NotACode(
            _("%(scheme)s “%(said)s” không đúng dạng: chữ số, chữ cái không dấu.")
            % {"scheme": _(label(scheme)), "said": nfc(said)},
            field="code",
        )
    if until is not None and until <= since:
        raise NotACode(_("Ngày cuối đứng trước ngày đầu."), field="until")
    if not paper:
        raise NotACode(_("Thiếu căn cứ: ghi số, ký hiệu văn bản."), field="cites")
    with acting("ledger.code_recorded", by=by, reason=paper) as act:
        lock("ledger.codes")
        for row in TABLES[scheme].objects.standing().filter(scheme=scheme, code=code):
            mine = row.identity_id == identity
            if (mine or scheme not in SHARED) and overlap([(row.valid_from, row.valid_to), (since, until)]):
                from_day = _(" từ ngày %(day)s") % {"day": day(row.valid_from)} if row.valid_from else ""
                raise NotACode(
                    _("%(scheme)s “%(code)s” đang là của %(bearer)s%(since)s.")
                    % {"scheme": _(label(scheme)), "code": code, "bearer": bearer(row), "since": from_day},
                    field="code",
                )
        made: Coded = TABLES[scheme].objects.create(
            act=act, scheme=scheme, code=code, identity_id=identity, valid_from=since, valid_to=until
        )
        record(act, made, after={"code": code, "since": f"{since}", "cites": paper})
    return made


def end_code(scheme: Scheme, seen: int, *, effective: date, cites: str, by: Signer) -> None:
    """From the day on the code means nothing any more. Raises ``NotACode``, ``Overtaken``."""
    table = TABLES[scheme]
    with acting("ledger.code_ended", by=by, reason=nfc(cites)) as act:
        lock("ledger.codes")
        row: Coded = still_stands(table, seen)
        if row.valid_from is not None and effective <= row.valid_from:
            raise NotACode(
                _("Mã %(code)s có từ %(since)s: ngày phải sau ngày ấy.")
                % {"code": row.code, "since": day(row.valid_from)},
                field="since",
            )
        if row.valid_to is not None and effective >= row.valid_to:
            raise NotACode(
                _("Mã %(code)s đã hết hiệu lực từ %(ended)s.") % {"code": row.code, "ended": day(row.valid_to)},
                field="since",
            )
        close(table.objects.filter(pk=row.pk), effective, act)
        record(act, row, after={"ended": f"{effective}", "cites": nfc(cites)})
