"""Hypothesis strategies for Markdown and widths."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = [
    "가나다", "漢字", "e\u0301", "😀", "👩\u200d🔬", "\u200b", "abc", "$W_4A_4$", "$$x$$",
    "https://a.b/c", "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허",
]  # fmt: skip


MARKUP = [
    "# ", "## ", "- ", "* ", "1. ", "7) ", "> ", "```\n", "    ", "  ", "\n", "\n", "\n\n", "|",
    "|-|-|", "|a|b|c|\n|:-|-:|:-:|\n|", "***", "**", "_", "`", "[", "](", ")", "](http://a.b)",
    "![", "<br>", "<b>", "</b>", "<!--", "-->", "<script>", "</script>", "&nbsp;", "&amp;", "\\",
    "  \n", "- [ ] ", "---\n", "===\n", "$", "$$\n", "~~", "<http://a.b>", "\t",
    ": ", "\\frac{", "}",
]  # fmt: skip


markdowns = (
    st.lists(st.sampled_from(WORDS + MARKUP + MARKUP), max_size=50).map("".join)
    | st.lists(st.sampled_from(WORDS + MARKUP), max_size=50).map(" ".join)
    | st.text(max_size=300)
)


widths = st.integers(12, 100)
