"""Forms of the rules: the question "who may decide", and what an administrator changes, with its paper."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from vungcao.law.actions import Citation
from vungcao.law.models import RuleChange
from vungcao.law.rulebook import Rulebook
from vungcao.law.rules import FLAGS, Move
from vungcao.ui.forms import PlainForm

PLAN_WORDS: Final = [("", _("không nói")), ("annual", _("hằng năm")), ("medium", _("trung hạn"))]


class MoveForm(PlainForm):
    """A move of money; the words are those of ``vungcao authority``."""

    on = forms.DateField(label=_("Ngày quyết định"))
    year = forms.IntegerField(label=_("Vốn của năm"), min_value=2000, max_value=2100, localize=False)
    use_year = forms.IntegerField(
        label=_("Dùng trong năm"), min_value=2000, max_value=2100, required=False, localize=False
    )
    kind = forms.ChoiceField(label=_("Loại vốn"))
    level = forms.ChoiceField(label=_("Cấp ngân sách"))
    scope = forms.ChoiceField(label=_("Việc cần quyết định"))
    plan = forms.ChoiceField(label=_("Kế hoạch"), choices=PLAN_WORDS, required=False)
    field_changes = forms.BooleanField(label=_("Lĩnh vực chi thay đổi"), required=False)
    across_units = forms.BooleanField(label=_("Giữa các đơn vị dự toán cấp I"), required=False)
    between_sessions = forms.BooleanField(label=_("Giữa hai kỳ họp HĐND"), required=False)
    pilot_district = forms.BooleanField(label=_("Huyện thí điểm"), required=False)
    devolved = forms.BooleanField(label=_("HĐND tỉnh đã phân cấp"), required=False)

    def __init__(self, book: Rulebook, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = book.words
        for name, said in (("kind", words.kinds), ("level", words.levels), ("scope", words.scopes)):
            self.choose(name, [(code, f"{word[:1].upper()}{word[1:]}") for code, word in said.items()])

    def move(self) -> Move:
        """The move asked about; only of a valid form."""
        said = self.cleaned_data
        return Move(
            on=said["on"], year=said["year"], kind=said["kind"], level=said["level"], scope=said["scope"],
            use_year=said["use_year"], plan=said["plan"], **{flag: said[flag] for flag in FLAGS},
        )  # fmt: skip


class PaperForm(PlainForm):
    """The paper that a change rests on."""

    number = forms.CharField(label=_("Số văn bản"), max_length=80, help_text=_("ví dụ 12/2026/NQ-HĐND"))
    article = forms.CharField(label=_("Điều, khoản"), max_length=120)
    dated = forms.DateField(label=_("Ngày văn bản"), required=False)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=120, required=False)

    def citation(self) -> Citation:
        said = self.cleaned_data
        return Citation(said["number"], said["article"], said["dated"], said["issuer"])


class ChangeForm(PaperForm):
    """What is said of a rule that stands: confirm it, retire it from a day, take a change back."""

    what = forms.ChoiceField(label=_("Việc"))
    on = forms.DateField(label=_("Thôi dùng từ ngày"), required=False, help_text=_("để trống: cho mọi ngày"))

    field_order = ("what", "on")

    def __init__(self, changes: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {RuleChange.CONFIRM: _("xác nhận"), RuleChange.RETIRE: _("thôi dùng")}
        choices = [(change.value, str(word)) for change, word in words.items() if change.value not in changes]
        choices += [(f"-{one}", f"{_('rút lại lần')} “{RuleChange(one).label}”") for one in changes]
        self.choose("what", choices)


class NewRuleForm(PaperForm):
    """A local rule: which money, which move, who decides, on which days, which rules it goes before."""

    rule = forms.RegexField(
        r"^[A-Z]{2,4}-[0-9]{2,4}$", label=_("Mã quy tắc"), help_text=_("ví dụ DP-01"),
        error_messages={"invalid": _("Mã gồm 2 đến 4 chữ in hoa, gạch nối, 2 đến 4 chữ số: DP-01.")},
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Loại vốn"))
    level = forms.ChoiceField(label=_("Cấp ngân sách"))
    scope = forms.ChoiceField(label=_("Việc cần quyết định"))
    decider = forms.ChoiceField(label=_("Cơ quan quyết định"))
    since = forms.DateField(label=_("Áp dụng từ ngày"))
    until = forms.DateField(label=_("Đến hết ngày"), required=False)
    conditions = forms.CharField(
        label=_("Điều kiện"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("mỗi dòng một điều")
    )
    prevails_over = forms.CharField(
        label=_("Đi trước quy tắc"), required=False, help_text=_("mã, cách nhau bằng dấu phẩy")
    )
    read_beside = forms.CharField(
        label=_("Đọc song song với"), required=False, help_text=_("mã, cách nhau bằng dấu phẩy")
    )
    field_order = ("rule", "kind", "level", "scope", "decider", "since", "until", "conditions", "prevails_over")

    def __init__(self, book: Rulebook, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = book.words
        for name, said in (
            ("kind", {**words.kinds, "any": _("mọi loại vốn")}), ("level", words.levels),
            ("scope", words.scopes), ("decider", words.deciders),
        ):  # fmt: skip
            self.choose(name, [(code, f"{word}") for code, word in said.items()])

    def row(self) -> dict[str, Any]:
        """The row in the words of the shipped file."""
        said = self.cleaned_data
        row: dict[str, Any] = {"id": said["rule"], "from": said["since"]}
        row |= {name: said[name] for name in ("kind", "level", "scope", "decider")}
        if said["until"]:
            row["last_day"] = said["until"]
        lists = {
            "conditions": [line.strip() for line in said["conditions"].splitlines() if line.strip()],
            "prevails_over": _codes(said["prevails_over"]),
            "read_beside": _codes(said["read_beside"]),
        }
        return row | {name: value for name, value in lists.items() if value}


def _codes(said: str) -> list[str]:
    return [one.strip() for one in said.split(",") if one.strip()]
