"""The form that says of an unknown name that it is an owner of works, not on any list."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from vungcao.ui.forms import PlainForm


class OwnerForm(PlainForm):
    """Under whom the owner stands, and for which days."""

    said = forms.CharField(max_length=200, widget=forms.HiddenInput)
    under = forms.CharField(
        label=gettext_lazy("Thuộc"),
        max_length=120,
        help_text=gettext_lazy("mã hoặc tên ủy ban, sở giao vốn"),
        error_messages={"required": gettext_lazy("Ghi ủy ban, sở, ban, ngành mà đơn vị này trực thuộc.")},
    )
    since = forms.DateField(label=gettext_lazy("Từ ngày"), required=False)
    until = forms.DateField(label=gettext_lazy("Đến hết ngày"), required=False)
    cites = forms.CharField(label=gettext_lazy("Quyết định thành lập"), max_length=120, required=False)
