"""On a draft's page: an owner of works that is no body on file is recorded as one, by whoever may say so."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vungcao.bodies.models import Body
from vungcao.bodies.opening import NotABody, open_owner
from vungcao.bodies.queries import batches_in_reach
from vungcao.desk import handed_in, naming
from vungcao.desk.owner_form import OwnerForm
from vungcao.desk.pages import page
from vungcao.desk.rights import OfficialRequest, needs
from vungcao.intake import mapping
from vungcao.intake.models import MappingKind
from vungcao.kernel.refusal import Refusal
from vungcao.kernel.validity import after_last_day


@require_POST
@needs("owners.record")
def record_owner(request: OfficialRequest, batch: int) -> HttpResponse:
    """Record it; the draft is taken in when its file is handed in again."""
    found = get_object_or_404(batches_in_reach(request.reach), pk=batch)
    form = OwnerForm(request.POST)
    refused = _("Chưa ghi: kiểm tra lại các ô của mẫu “Ghi là chủ đầu tư mới”.")
    if form.is_valid():
        try:
            _record(form.cleaned_data, request)
            return redirect("desk:batch", batch)
        except Refusal as refusal:
            refused = str(refusal)
    context = {"said": handed_in.said(found), **naming.beside(found, request.official, refused=refused)}
    return page(request, "desk/batch.html", context, status=422)


def _record(said: dict[str, Any], request: OfficialRequest) -> None:
    _kind, under = mapping.meant(said["under"], said["since"] or timezone.localdate(), MappingKind.BODY)
    if not isinstance(under, Body) or under.pk not in request.reach.all_bodies():
        raise NotABody(_("Đơn vị cấp trên nằm ngoài phạm vi của vị trí công tác này."))
    open_owner(
        said["said"],
        under=under,
        by=request.official,
        since=said["since"],
        until=after_last_day(said["until"]),
        cites=said["cites"],
    )
