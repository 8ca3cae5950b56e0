"""URLs as ids: for papers that have nothing else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tui.paper_ids.dois import without_end

_MAX_CHARS = 300
"""Longer URLs are no ids."""

_NOT_PAPERS = re.compile(
    r"(?:^|\.)(?:github\.(?:com|io)|githubusercontent\.com|gitlab\.(?:com|io)|gitee\.com"
    r"|bitbucket\.org|codeberg\.org|sourceforge\.net|pypi\.org|huggingface\.co|hf\.co|hf\.space"
    r"|modelscope\.cn|kaggle\.com|colab\.research\.google\.com|replicate\.com|wandb\.ai"
    r"|twitter\.com|x\.com|t\.co|youtube\.com|youtu\.be|bilibili\.com|vimeo\.com|reddit\.com"
    r"|linkedin\.com|facebook\.com|instagram\.com|tiktok\.com|weibo\.com|weixin\.qq\.com|zhihu\.com"
    r"|xiaohongshu\.com|csdn\.net|medium\.com|substack\.com|discord\.(?:gg|com)|slack\.com|t\.me"
    r"|bsky\.app|threads\.net|mastodon\.\w+|news\.ycombinator\.com|wikipedia\.org|velog\.io"
    r"|(?:docs|drive|sites)\.google\.com|notion\.(?:so|site)|paperswithcode\.com|shields\.io"
    r"|vercel\.app|netlify\.app|arxiv\.org|alphaxiv\.org|papers\.cool|ar5iv\.org|scirate\.com"
    r"|hf-mirror\.com|github\.dev)$"
)
"""Hosts of code, models, posts and videos; and of arXiv, where a page without an id is a list."""

_PAPER_HOST = re.compile(
    r"(?:^|\.)(?:proceedings\.mlr\.press|(?:neurips|nips)\.cc|thecvf\.com|ecva\.net|jmlr\.org"
    r"|eprint\.iacr\.org|ijcai\.org|ojs\.aaai\.org|isca-archive\.org|roboticsproceedings\.org"
    r"|usenix\.org|dl\.acm\.org|ieeexplore\.ieee\.org|lrec-conf\.org|jair\.org|hal\.science"
    r"|pubmed\.ncbi\.nlm\.nih\.gov|pmc\.ncbi\.nlm\.nih\.gov|europepmc\.org|link\.springer\.com"
    r"|sciencedirect\.com|semanticscholar\.org|openreview\.net|techrxiv\.org|mdpi\.com"
    r"|academic\.oup\.com|science\.org|cell\.com|thelancet\.com|nber\.org|direct\.mit\.edu)$"
)
"""Hosts that have papers."""

_ABOUT_MEETING = re.compile(
    r"calendar|schedule|call-?for|callfor|\bdates\b|regist(?:er|ration)|committee|/virtual/\d{4}$"
    r"|/(?:blog|news|about)\b|/group\?|/papers\.html|accepted-?papers|[?&]day=",
    re.IGNORECASE,
)
"""Pages of a conference or publisher that are of no paper."""

_FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|mp4|webm|mov|zip|gz|css|js|json|xml|ipynb|py)$")
_UNSAFE = re.compile(r"[{}\\|^\"<>`]")
_TRACKING = re.compile(r"(?<![^&])(?:utm_\w+|fbclid|gclid|ref|source|rss|mc_\w+)=[^&]*&?")


def may_have_papers(url: str) -> bool:
    """Return whether a URL may be of a paper: not of code, a model, a post or a video."""
    return _NOT_PAPERS.search(_host(url)) is None


def url_id(url: str) -> str | None:
    """Return the id of a paper that has nothing but a URL; None if that is of no paper.

    Code, models, posts, videos, pictures and the home page of a site are no papers.
    """
    url = without_end(url.partition("#")[0])
    is_page = re.match(r"https?://[^\s/?@]+\.[^\s/?@]+/\S", url, re.IGNORECASE)
    if len(url) > _MAX_CHARS or not is_page or not url.isprintable() or not may_have_papers(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    query = _TRACKING.sub("", parts.query).rstrip("&")
    path = parts.path.rstrip("/")
    if _FILE.search(path.lower()) or not (path or query):
        return None
    # These would end the URL, or its field, in an export.
    path, query = (_UNSAFE.sub(_percent_encoded, part) for part in (path, query))
    address = f"{parts.scheme.lower()}://{parts.netloc.lower()}{path or '/'}"
    return f"url:{address}?{query}" if query else f"url:{address}"


def _percent_encoded(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


def paper_url_id(url: str) -> str | None:
    """Return the id of a URL that is surely of a paper: of a known host, or of a PDF; or None."""
    found = url_id(url)
    if found and found.lower().endswith(".pdf"):
        return found
    is_paper = found and _PAPER_HOST.search(_host(url)) and not _ABOUT_MEETING.search(found)
    return found if is_paper else None


def _host(url: str) -> str:
    address = url.partition("://")[2] or url
    return re.split(r"[/?#:]", address, maxsplit=1)[0].rpartition("@")[2].lower()
