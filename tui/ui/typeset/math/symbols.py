"""What LaTeX commands look like in a terminal.

Signs that take two cells in East Asian terminals (``×``, ``≤``, ``→``, ``∑``) are replaced by
others, because lines would become wider than measured. Greek letters and the digits of scripts do
so, too, but digests contain them anyway.
"""

from __future__ import annotations

from tui.ui.typeset.math.nodes import Kind, Operator, Symbol

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi chi psi omega varepsilon vartheta varphi varsigma varrho varpi "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)

ORDINARY = dict(
    zip(_GREEK_NAMES.split(), "αβγδεζηθικλμνξπρστυφχψωεθφςρπΓΔΘΛΞΠΣΥΦΨΩ", strict=True)
) | {
    "infty": "inf", "nabla": "nabla", "partial": "d", "ell": "l", "hbar": "ℏ", "Re": "Re",
    "Im": "Im", "aleph": "ℵ", "emptyset": "∅", "varnothing": "∅", "ldots": "⋯", "dots": "⋯",
    "cdots": "⋯", "dotsc": "⋯", "dotsb": "⋯", "vdots": "⋮", "ddots": "⋱", "prime": "'", "ast": "*",
    "star": "*", "top": "T", "bot": "_|_", "forall": "for all ", "exists": "exists ",
    "nexists": "∄", "neg": "¬", "lnot": "¬", "imath": "i", "jmath": "j",
    "colon": ":", "backslash": "\\", "lbrace": "{", "degree": "deg", "angle": "angle ",
    "triangle": "Δ", "checkmark": "yes",
}  # fmt: skip
"""Letters and signs that are spaced like letters."""

BINARY = {
    "times": "x", "pm": "+/-", "mp": "-/+", "div": "/", "cup": "⋃", "cap": "⋂", "wedge": "⋀",
    "vee": "⋁", "land": "⋀", "lor": "⋁", "oplus": "(+)", "ominus": "⊖", "otimes": "⊗",
    "odot": "(⋅)", "setminus": "\\", "bmod": "mod", "bullet": "∙", "sqcup": "⊔", "sqcap": "⊓",
    "uplus": "⊎",
}  # fmt: skip
TIGHT_BINARY = {"cdot": "⋅", "circ": "∘"}
"""Binary operators without spaces around them on one line."""

RELATIONS = {
    "leq": "<=", "le": "<=", "geq": ">=", "ge": ">=", "leqslant": "<=", "geqslant": ">=",
    "neq": "!=", "ne": "!=", "ll": "<<", "gg": ">>", "approx": "≃", "simeq": "≃", "cong": "≅",
    "sim": "~", "equiv": "==", "propto": "~", "triangleq": "≜", "coloneqq": ":=", "to": "->",
    "rightarrow": "->", "longrightarrow": "->", "leftarrow": "<-", "gets": "<-", "mapsto": "->",
    "longmapsto": "->", "Rightarrow": "=>", "implies": "=>", "Longrightarrow": "=>",
    "Leftarrow": "<=", "leftrightarrow": "<->", "Leftrightarrow": "<=>", "iff": "<=>",
    "uparrow": "^", "downarrow": "v", "in": "in", "notin": "∉", "ni": "contains",
    "subset": "subset", "subseteq": "subset", "supset": "superset", "supseteq": "superset",
    "mid": "|", "vert": "|", "parallel": "||", "perp": "_|_", "prec": "≺", "succ": "≻",
    "preceq": "≼", "succeq": "≽", "models": "⊨", "vdash": "⊢", "doteq": "≐", "lesssim": "<~",
    "gtrsim": ">~", "asymp": "≍",
}  # fmt: skip

FUNCTIONS = frozenset(
    ("arg", "arccos", "arcsin", "arctan", "cos", "cosh", "cot", "csc", "deg", "dim", "exp", "hom",
     "ker", "lg", "ln", "log", "mod", "sec", "sin", "sinh", "softmax", "tan", "tanh")
)  # fmt: skip
LIMIT_FUNCTIONS = frozenset(
    ("argmax", "argmin", "det", "gcd", "inf", "lim", "limsup", "liminf", "max", "min", "sup", "Pr")
)
"""Functions with their scripts below them in a display."""

LARGE_OPERATORS = {
    "sum": Operator("Σ", "sum", has_limits=True),
    "prod": Operator("Π", "prod", has_limits=True),
    "int": Operator("integral", "int"),
    "iint": Operator("integral", "iint"),
    "iiint": Operator("integral", "iiint"),
    "oint": Operator("integral", "oint"),
    "bigcup": Operator("⋃", has_limits=True),
    "bigcap": Operator("⋂", has_limits=True),
    "bigvee": Operator("⋁", has_limits=True),
    "bigwedge": Operator("⋀", has_limits=True),
    "bigoplus": Operator("(+)", has_limits=True),
    "bigotimes": Operator("⊗", has_limits=True),
}

DELIMITERS = {
    "(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", ".": "", "<": "⟨", ">": "⟩",
    "\\{": "{", "\\}": "}", "\\|": "||", "\\lbrace": "{", "\\rbrace": "}", "\\lbrack": "[",
    "\\rbrack": "]", "\\langle": "⟨", "\\rangle": "⟩", "\\lfloor": "⌊", "\\rfloor": "⌋",
    "\\lceil": "⌈", "\\rceil": "⌉", "\\lvert": "|", "\\rvert": "|", "\\vert": "|",
    "\\lVert": "||", "\\rVert": "||", "\\Vert": "||", "\\backslash": "\\",
}  # fmt: skip
OPENING = frozenset(("(", "[", "\\{", "\\lbrace", "\\lbrack", "\\langle", "\\lfloor", "\\lceil",
                     "\\lvert", "\\lVert"))  # fmt: skip
CLOSING = frozenset((")", "]", "\\}", "\\rbrace", "\\rbrack", "\\rangle", "\\rfloor", "\\rceil",
                     "\\rvert", "\\rVert"))  # fmt: skip

GAPS = {
    ",": " ", ";": " ", ":": " ", " ": " ", "thinspace": " ", "enspace": " ", "quad": "  ",
    "qquad": "    ", "!": "", "\\": " ", "newline": " ", "medspace": " ", "thickspace": " ",
}  # fmt: skip
IGNORED = frozenset(
    ("big", "Big", "bigg", "Bigg", "bigl", "Bigl", "biggl", "Biggl", "bigr", "Bigr", "biggr",
     "Biggr", "bigm", "middle", "displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle",
     "nonumber", "notag", "hfill", "centering", "allowbreak", "boldmath", "rm", "bf", "it", "cal",
     "limits", "nolimits", "noindent", "hline", "null")
)  # fmt: skip
"""Commands without an argument that change nothing here."""

WITHOUT_CONTENT = {"label": 1, "phantom": 1, "hphantom": 1, "vphantom": 1, "hspace": 1, "vspace": 1,
                   "mspace": 1, "kern": 0, "color": 1}  # fmt: skip
"""Commands that show nothing, and how many arguments they have."""

FONTS = frozenset(
    ("mathbb", "mathbf", "mathcal", "mathfrak", "mathit", "mathrm", "mathsf", "mathtt", "mathscr",
     "mathds", "boldsymbol", "bm", "pmb", "boxed", "mathop", "mathbin", "mathrel", "mathord",
     "mathstrut", "ensuremath", "cancel", "smash", "bold")
)  # fmt: skip
"""Commands of which only the argument is shown."""
TEXTS = frozenset(
    ("text", "textbf", "textit", "textrm", "textsf", "texttt", "textsc", "textnormal", "emph",
     "mbox", "hbox", "fbox", "operatorname", "intertext")
)  # fmt: skip
"""Commands whose argument is words."""

ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303",
    "bar": "\u0304", "overline": "\u0305", "vec": "\u20d7", "overrightarrow": "\u20d7",
    "dot": "\u0307", "ddot": "\u0308", "acute": "\u0301", "grave": "\u0300", "check": "\u030c",
    "breve": "\u0306", "underline": "\u0332", "underbar": "\u0332", "underbrace": "",
    "overbrace": "",
}  # fmt: skip
"""The combining character of each mark, for a single letter."""

MATRICES = {
    "matrix": ("", ""), "smallmatrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"), "Vmatrix": ("||", "||"), "array": ("", ""),
    "psmallmatrix": ("(", ")"), "bsmallmatrix": ("[", "]"),
}  # fmt: skip
"""The delimiters of each kind of matrix."""

ALIGNED = frozenset(
    ("aligned", "alignedat", "align", "alignat", "flalign", "split", "eqnarray", "equation",
     "gathered", "gather", "multline", "displaymath", "math", "subequations")
)  # fmt: skip
"""Environments of equations, whose columns are aligned right and left in turn."""
CENTERED = frozenset(("gathered", "gather", "multline"))

CHARACTER_KINDS = (
    dict.fromkeys("+-*", Kind.BINARY)
    | dict.fromkeys("=<>", Kind.RELATION)
    | {":": Kind.RELATION}
    | dict.fromkeys("([", Kind.OPEN)
    | dict.fromkeys(")]", Kind.CLOSE)
    | dict.fromkeys(",;", Kind.PUNCTUATION)
)

_DIGITS = "0123456789+-"
SUPERSCRIPT_NUMBERS = str.maketrans(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
SUBSCRIPT_NUMBERS = str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉₊₋")
SUPERSCRIPTS = dict(
    zip("0123456789+-=()abcdefghijklmoprstuvwxyzTHNKLMRW*'",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᴴᴺᴷᴸᴹᴿᵂ*'", strict=True)
)  # fmt: skip
SUBSCRIPTS = dict(
    zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
"""The small characters of scripts, for displays."""


def symbol_of(token: str) -> Symbol | Operator | None:
    """Return what a command without arguments stands for; None if it is unknown."""
    name = token[1:]
    if token in DELIMITERS and token not in {"\\.", "\\vert"}:
        kind = Kind.ORDINARY
        kind = Kind.OPEN if token in OPENING else kind
        kind = Kind.CLOSE if token in CLOSING else kind
        return Symbol(DELIMITERS[token], kind)
    if name in LARGE_OPERATORS:
        return LARGE_OPERATORS[name]
    if name in FUNCTIONS or name in LIMIT_FUNCTIONS:
        return Operator(name, has_limits=name in LIMIT_FUNCTIONS)
    for table, kind in (
        (ORDINARY, Kind.ORDINARY),
        (BINARY, Kind.BINARY),
        (TIGHT_BINARY, Kind.BINARY),
        (RELATIONS, Kind.RELATION),
        (GAPS, Kind.GAP),
    ):
        if name in table:
            return Symbol(table[name], kind)
    return Symbol(name) if name in {*"%$&#_"} else None
