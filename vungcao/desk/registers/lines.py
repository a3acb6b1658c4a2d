"""Registers whose rows are lines that a body writes: from the model follow the two forms and the way workbooks come in.

The model names what a line says in ``SAID`` and gives it in ``said()``, as ``office.models.Line`` does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vungcao.bodies.models import Body, Official
from vungcao.desk.registers.declaring import AskedForm, Doing, Profile, RegisterForm
from vungcao.desk.registers.owning import own_bodies, own_body
from vungcao.evidence.actions import Signer
from vungcao.kernel.refusal import Refusal


class LineForm(AskedForm):
    """``body`` is the officer's own, asked only of who has several; ``records`` the right by which it is his."""

    records = ""
    body = forms.ChoiceField(label=_("Sổ của"))

    def prepare(self) -> None:
        own = own_bodies(self.official, self.records)
        self.fields["body"] = forms.ChoiceField(label=_("Sổ của"), choices=list(own.items()))
        if len(own) == 1 or self.row is not None:
            self.fields["body"] = forms.CharField(widget=forms.HiddenInput(), required=False)

    def clean(self) -> dict[str, Any]:
        """Whose register it is is looked up before the act begins: inside it everything is asked anew."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.row is None and "body" in said:
            said["body"] = own_body(self.official, self.records, said["body"])
        return said


@dataclass(frozen=True)
class Lines:
    """A model of lines and its verbs: ``record`` a line in a body's register, ``correct`` the one that was seen.

    ``identity`` is the key of the thing a line speaks of, ``prepare`` reads a line without writing, ``refuse`` looks at
    a form before anything is done; ``mark`` is what lines of one thing share in a workbook, ``read`` mends its values.
    """

    model: type[Any]
    records: str
    form: type[LineForm]
    fields: Mapping[str, forms.Field]
    record: Callable[..., Any]
    correct: Callable[..., Any]
    prepare: Callable[[Any], None]
    mark: Callable[[Any], Any]
    identity: str = "document_id"
    refuse: Callable[[Mapping[str, Any]], None] = lambda said: None
    read: Callable[[dict[str, Any]], None] = lambda said: None

    def forms(self, name: Any, verb: str) -> tuple[RegisterForm, RegisterForm]:
        """A new line, and a correction of one's own; ``verb`` begins the verbs of their acts."""
        form = self._form()
        again = {"is_on_row": True, "initial": self.model.said, "fits": self._is_own}
        return (
            RegisterForm("ghi-moi", name, f"{verb}_recorded", form, self._records),
            RegisterForm("sua", _("Sửa dòng này"), f"{verb}_corrected", form, self._corrects, **again),
        )

    def profile(self, rules: str, verb: str) -> Profile:
        """How lines of a workbook kept by these rules come in."""
        return Profile(
            rules=rules,
            line=self._of_workbook,
            prepare=self.prepare,
            mark=self.mark,
            said=self.model.said,
            standing=lambda body: self.model.objects.standing().filter(body=body),
            write=self._write,
            verb=f"{verb}_imported",
        )

    def _form(self) -> type[LineForm]:
        made: dict[str, Any] = {"records": self.records}
        for name in self.model.SAID:
            column = self.model._meta.get_field(name)
            label = f"{column.verbose_name[0].upper()}{column.verbose_name[1:]}"
            made[name] = self.fields.get(name) or column.formfield(label=label)
            if isinstance(made[name].widget, forms.Textarea):
                made[name].widget.attrs["rows"] = 2
        return type(f"{self.model.__name__}Form", (self.form,), made)

    def _line(self, said: Mapping[str, Any]) -> Any:
        self.refuse(said)
        return self.model(**{name: said[name] for name in self.model.SAID})

    def _is_own(self, row: Any, official: Official) -> bool:
        """Others' registers he only sees."""
        return row.body_id in own_bodies(official, self.records)

    def _records(self, doing: Doing) -> int:
        body = doing.said["body"]
        if body is None:
            raise Refusal(gettext("Chọn sổ của cơ quan mình."), field="body")
        return int(getattr(self.record(self._line(doing.said), body=body, by=doing.by), self.identity))

    def _corrects(self, doing: Doing) -> int:
        line = self.correct(self._line(doing.said), standing=doing.row, seen=doing.seen, by=doing.by)
        return int(getattr(line, self.identity))

    def _of_workbook(self, values: Mapping[str, Any]) -> Any:
        said = {name: value for name, value in values.items() if value is not None}
        self.read(said)
        for name, value in said.items():
            choices = self.model._meta.get_field(name).choices
            if choices:
                said[name] = next(key for key, label in choices if f"{label}" == value)
        return self.model(**said)

    def _write(self, row: Any, *, body: Body, by: Signer, standing: Any) -> Any:
        if standing is None:
            return self.record(row, body=body, by=by)
        return self.correct(row, standing=standing, seen=standing.pk, by=by)
