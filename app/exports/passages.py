"""What an organiser wrote in Markdown, as HTML in which nothing runs and nothing is fetched."""

from __future__ import annotations

import re

import nh3
from markdown import Markdown

TAGS = {"p", "h3", "h4", "h5", "ul", "ol", "li", "strong", "em", "blockquote", "code", "pre", "hr", "br",
        "table", "thead", "tbody", "tr", "th", "td", "a"}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "th": {"scope"}}
MOST_BRACKETS = 200


def rendered(text: str) -> str:
    """Safe HTML of Markdown: no images, no HTML of one's own, links to the web only, headings from the third level."""
    # python-markdown needs seconds for thousands of opening brackets: more than a person would write are taken as text.
    if text.count("[") > MOST_BRACKETS:
        text = text.replace("[", "\\[")
    html = Markdown(extensions=["tables", "sane_lists"], output_format="html").convert(text)
    html = re.sub(r"<(/?)h[12]\b", r"<\1h3", html)
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener"
    )
