"""An adjustment held against caps, shares, floors and days: seen rules refuse and flag, recalled ones caution."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.cast import MERGED
from vungcao.evidence.actions import SYSTEM, acting
from vungcao.law import limits as law
from vungcao.law.actions import Citation, confirm_rule
from vungcao.law.matching import matching
from vungcao.ledger.actions.deciding import record_decision
from vungcao.ledger.actions.dossiers import DossierRefused, LineDraft, open_dossier, propose, submit
from vungcao.ledger.dossiers import limits
from vungcao.ledger.dossiers.draft import Draft
from vungcao.ledger.dossiers.faults import cautions, faults
from vungcao.ledger.models import Side, VoucherKind
from vungcao.programme.models import Component, ComponentVersion, Level
from vungcao.territory.models import Place, PlaceKind, PlaceVersion

OPENED, DAY = date(2024, 1, 10), date(2024, 3, 15)
MILLION = 1_000_000
SOURCE = {"source": "su_nghiep:NSTW"}


def given(cast, dong=100, component="CT.DA1", by="TTG", **more):
    """Triệu đồng at district one, from outside, on 5/1/2024 unless said."""
    dated = more.pop("dated", date(2024, 1, 5))
    held = cast.region(component, **{"body": "UBND-h1", "place": "h1", **SOURCE, **more})
    cast.post(VoucherKind.ASSIGNMENT, [(None, held, dong * MILLION)], dated=dated, by=by)
    return held


def dossier(cast, lines, planned_for=DAY, on=OPENED, **more):
    """Lines of (side, region, triệu đồng)."""
    made = open_dossier(
        title="Điều chỉnh ví dụ", planned_for=planned_for, drafted_by=cast.body("BDT"), on=on, by=SYSTEM, **more
    )
    why = {"reason": "hết đối tượng (ví dụ)", "proposed_by": cast.bodies["UBND-h1"]}
    propose(made, [LineDraft(side, region, dong * MILLION, **why) for side, region, dong in lines], by=SYSTEM)
    return made


def within(cast, held, dong=40, **more):
    """A balanced dossier from the money held to project 2 of district two."""
    up = replace(held, component=cast.components["CT.DA2"], body=cast.bodies["UBND-h2"], place=cast.places["h2"])
    return dossier(cast, [(Side.DOWN, held, dong), (Side.UP, up, dong)], **more)


def refused(made, on=DAY):
    with pytest.raises(DossierRefused) as no:
        submit(made, on=on, by=SYSTEM)
    return {one.code: one for one in no.value.faults}


# days --------------------------------------------------------------------------------------------------------
def test_money_past_its_closing_day_is_refused_and_flagged_by_the_article(cast):
    """Investment money of 2024 that the resolution for 2025 may no longer carry either, on 2/1/2026."""
    held = given(cast, source="dau_tu:NSTW", body="STC", place="vd")
    made = dossier(
        cast, [(Side.DOWN, held, 40), (Side.UP, replace(held, component=cast.components["CT.DA2"]), 40)],
        planned_for=date(2026, 1, 2),
    )  # fmt: skip
    fault = refused(made, on=date(2026, 1, 2))["dossier.money_closed"]
    assert "chuyển 40 triệu đồng ngày 02/01/2026, đã quá hạn giải ngân 31/01/2025" in fault.sentence
    assert fault.cites.startswith("Luật Đầu tư công 2019 Điều 68")
    recorded = record_decision(made, number="5/QĐ-VD", dated=date(2026, 1, 2), decided_by=cast.body("UBND"), by=SYSTEM)
    assert "dossier.money_closed" in [one.code for one in recorded.faults]
    assert "dossier.money_closed" not in [one.code for one in faults(Draft(made, date(2025, 12, 31)))], (
        "carried by CO-09"
    )


def test_a_recalled_last_day_cautions_and_refuses_once_it_is_confirmed(cast):
    """15/11: the last day of an adjustment between units (SN-11, recalled)."""
    held = given(cast)
    other = replace(held, body=cast.bodies["STC"], place=cast.places["vd"])
    made = dossier(cast, [(Side.DOWN, held, 40), (Side.UP, other, 40)], planned_for=date(2024, 11, 16))
    said = [one for one in cautions(Draft(made)) if "15/11/2024" in one]
    assert len(said) == 1 and "Luật NSNN 2015 Điều 53 (theo trí nhớ" in said[0] and not faults(Draft(made))
    assert not any("Đã quá hạn" in one for one in cautions(Draft(made, date(2024, 11, 15))))
    confirm_rule(rule="SN-11", citation=Citation("83/2015/QH13", "Điều 53 (ví dụ)"), by=cast.officials["tinh"])
    fault = refused(made)["dossier.too_late"]
    assert fault.sentence.startswith("40 triệu đồng: Đã quá hạn theo SN-11") and "có nguồn" in fault.cites


def test_a_proposal_to_the_centre_after_14_11_is_cautioned(cast):
    """Between programmes the Centre decides (DT-02), and wants the proposal before 15/11 (HM-09, recalled)."""
    held = given(cast, source="dau_tu:NSTW")
    up = replace(held, component=programme(cast, "CT-HAI"))
    lines, planned = [(Side.DOWN, held, 40), (Side.UP, up, 40)], date(2024, 12, 20)
    for opened, late in ((date(2024, 11, 14), False), (date(2024, 11, 15), True)):
        made = dossier(cast, lines, planned_for=planned, on=opened)
        assert any("sau hạn 14/11/2024" in one for one in cautions(Draft(made))) is late
        assert not [one for one in faults(Draft(made)) if one.code == "dossier.proposed_late"]


# caps, shares, floors ----------------------------------------------------------------------------------------
def programme(cast, code):
    """A second programme; returns its key."""
    with acting("test.programme", by=SYSTEM) as act:
        made = Component.objects.create(act=act, code=code)
        ComponentVersion.objects.create(
            act=act, component=made, parent_id=cast.components["*"], level=Level.PROGRAMME, name=f"Ví dụ {code}",
            confidence="sourced", order=9,
        )  # fmt: skip
    return made.pk


def third_district(cast):
    with acting("test.place", by=SYSTEM) as act:
        made = Place.objects.create(act=act, key="h3")
        PlaceVersion.objects.create(
            act=act, place=made, name="Ba", kind=PlaceKind.DISTRICT, parent_id=cast.places["vd"], valid_to=MERGED
        )
    return made.pk


def test_a_third_pilot_district_is_refused_with_the_names_of_all_three(cast):
    held, flags = given(cast), {"circumstances": ["pilot_district"]}
    first = within(cast, held, 10, **flags)
    assert not faults(Draft(first)), "two are allowed"
    submit(first, on=DAY, by=SYSTEM)
    third = replace(held, component=cast.components["CT.DA2"], place=third_district(cast))
    made = dossier(cast, [(Side.DOWN, held, 10), (Side.UP, third, 10)], **flags)
    fault = refused(made)["dossier.pilot_districts"]
    assert "3 huyện dùng cơ chế thí điểm (Ba, Hai, Một)" in fault.sentence and "tối đa 2 huyện" in fault.sentence
    assert fault.cites == "HM-01: 111/2024/QH15 (cơ chế thí điểm phân cấp) (có nguồn)"
    alone = dossier(cast, [(Side.DOWN, held, 10), (Side.UP, third, 10)])
    assert not faults(Draft(alone)), "who claims no pilot is not counted"


def test_the_total_of_a_programme_is_not_exceeded_where_the_text_is_on_file(cast):
    held = given(cast)
    up = replace(held, component=cast.components["CT.DA2"])
    made = dossier(cast, [(Side.DOWN, held, 40), (Side.UP, up, 50)])
    fault = refused(made)["dossier.over_total"]
    assert "đã giao cho tỉnh 100 triệu đồng, theo hồ sơ thành 110 triệu đồng, vượt 10 triệu đồng" in fault.sentence
    before = {one.code for one in faults(Draft(made, date(2024, 1, 17)))}
    assert "dossier.over_total" not in before and "dossier.not_zero" in before, "no such text before 111/2024"


def test_counterpart_money_below_its_share_is_cautioned_with_both_readings(cast, monkeypatch):
    """Central 100, local 12 of 100: 2 taken away to another programme leaves 10, between 10 % and 15 %."""
    monkeypatch.setattr(limits, "matching", lambda code, on: matching("1719" if code == "CT" else code, on=on))
    given(cast, source="dau_tu:NSTW")
    local = given(cast, 12, source="dau_tu:NSDP_TINH", by="HDND")
    up = replace(local, component=programme(cast, "CT-HAI"))
    made = dossier(cast, [(Side.DOWN, local, 2), (Side.UP, up, 2)])
    (said,) = [one for one in cautions(Draft(made)) if "vốn đối ứng" in one]
    assert "còn 10 triệu đồng trên 100 triệu đồng vốn trung ương, mức phải có từ 10 triệu đồng đến 15" in said
    assert "MM-01: 39/2021/QĐ-TTg Điều 6 khoản 1" in said and "theo trí nhớ" in said
    inside = within(cast, local, 2)
    assert not any("vốn đối ứng" in one for one in cautions(Draft(inside))), "a programme's own share is untouched"


def test_a_floor_for_each_household_says_for_how_many_the_decrease_would_do(cast, monkeypatch):
    rows = tuple(replace(one, components=("CT.DA1",)) if one.measure == law.HOUSEHOLD else one for one in law.shipped())
    monkeypatch.setattr(law, "shipped", lambda: rows)
    local = given(cast, 50, source="dau_tu:NSDP_TINH", by="HDND")
    (said,) = [one for one in cautions(Draft(within(cast, local, 42))) if "HM-08" in one]
    assert "giảm 42 triệu đồng vốn tỉnh" in said and "cho 10 hộ" in said and "04/2023/QĐ-TTg Điều 4" in said


def test_money_onto_a_component_that_takes_none_of_its_kind_is_cautioned(cast):
    held = given(cast)
    with acting("test.component", by=SYSTEM) as act:
        made = Component.objects.create(act=act, code="CT.DA3")
        ComponentVersion.objects.create(
            act=act, component=made, parent_id=cast.components["CT"], level=Level.PROJECT, name="Ví dụ",
            confidence="recalled", order=9, capital_kinds=["dau_tu"],
        )  # fmt: skip
    one = dossier(cast, [(Side.DOWN, held, 40), (Side.UP, replace(held, component=made.pk), 40)])
    (said,) = [one for one in cautions(Draft(one)) if "chỉ dùng" in one]
    assert said.startswith("CT.DA3 tăng 40 triệu đồng kinh phí sự nghiệp") and not faults(Draft(one))


def test_a_decrease_beyond_what_is_not_yet_spent_is_cautioned(cast):
    held = given(cast)
    cast.state([(held, 70 * MILLION)], coverage=replace(held, component=cast.components["CT"]), as_of=date(2024, 2, 29))
    (said,) = [one for one in cautions(Draft(within(cast, held, 40))) if "giải ngân" in one]
    assert "giảm 40 triệu đồng mà theo báo cáo đã giải ngân 70 triệu đồng, chỉ còn 30 triệu đồng" in said
    assert not any("giải ngân" in one for one in cautions(Draft(within(cast, held, 30))))


def test_where_no_rule_is_on_file_nothing_is_said_of_limits(cast):
    held = given(cast)
    assert not limits.broken(Draft(within(cast, held)))
