"""Reads a page as a person does: text of elements, rows of tables."""

from __future__ import annotations

import re

import lxml.html


def tree(response) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(response.content.decode())


def said(element) -> str:
    """Text with blanks joined."""
    return re.sub(r"\s+", " ", element.text_content()).strip()


def rows(page, heading_id: str) -> list[list[str]]:
    """Rows of the table named by a heading, as lists of texts."""
    region = page.xpath(f"//*[@role='region'][@aria-labelledby='{heading_id}']")[0]
    return [[said(cell) for cell in row.xpath("./th|./td")] for row in region.xpath(".//tbody/tr")]
