"""The browser that page tests look through is there and draws Vietnamese."""

from __future__ import annotations

import pytest


@pytest.mark.browser
def test_chromium_lays_out_vietnamese_text(browser):
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.set_content("<html lang='vi'><h1>Ẩm Ướt</h1><p>Huyện Bảo Lạc: 72,9 %</p></html>")
    assert page.inner_text("h1") == "Ẩm Ướt"
    assert page.locator("p").bounding_box()["width"] > 100
    page.close()
