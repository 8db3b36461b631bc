"""The notation the reader knows, as tables. Teaching the reader a notation means adding a row here."""

from __future__ import annotations

RELATIONS: dict[str, str] = {
    "=": "=", "<": "<", ">": ">", ":=": ":=", "=:": "=:", "≈": "≈", "≤": "≤", "≥": "≥", "≠": "≠", "∼": "∼", "∈": "∈",
    "∝": "∝", "≡": "≡", "→": "→", "←": "←", "⊂": "⊂", "⊆": "⊆", "≜": "≜", "↦": "↦", "≪": "≪", "≫": "≫", "⟂": "⊥",
    r"\approx": "≈", r"\simeq": "≃", r"\cong": "≅", r"\equiv": "≡", r"\doteq": "≐", r"\asymp": "≍",
    r"\approxeq": "≈", r"\thickapprox": "≈",
    r"\le": "≤", r"\leq": "≤", r"\leqslant": "≤", r"\ge": "≥", r"\geq": "≥", r"\geqslant": "≥",
    r"\lt": "<", r"\gt": ">", r"\ll": "≪", r"\gg": "≫", r"\lesssim": "≲", r"\gtrsim": "≳",
    r"\neq": "≠", r"\ne": "≠", r"\propto": "∝", r"\sim": "∼", r"\thicksim": "∼",
    r"\in": "∈", r"\notin": "∉", r"\ni": "∋", r"\subset": "⊂", r"\subseteq": "⊆", r"\supset": "⊃", r"\supseteq": "⊇",
    r"\to": "→", r"\rightarrow": "→", r"\longrightarrow": "→", r"\leftarrow": "←", r"\gets": "←", r"\uparrow": "↑",
    r"\leftrightarrow": "↔", r"\mapsto": "↦", r"\longmapsto": "↦", r"\rightsquigarrow": "⇝", r"\nearrow": "↗",
    r"\hookrightarrow": "↪", r"\searrow": "↘", r"\downarrow": "↓",
    r"\triangleq": "≜", r"\coloneqq": ":=", r"\coloneq": ":=", r"\eqqcolon": "=:", r"\defeq": ":=",
    r"\perp": "⊥", r"\indep": "⊥", r"\models": "⊨", r"\succ": "≻", r"\prec": "≺", r"\succeq": "⪰", r"\preceq": "⪯",
    r"\not\perp": "⊥̸", r"\nperp": "⊥̸", r"\not\equiv": "≢", r"\not\approx": "≉", r"\not\subset": "⊄",
    r"\not\subseteq": "⊈", r"\nsubseteq": "⊈", r"\not\propto": "∝̸", r"\not<": "≮", r"\not>": "≯", "∉": "∉",
    "≃": "≃", "≅": "≅", "⇝": "⇝",
    r"\nmid": "∤", r"\nparallel": "∦", r"\nleq": "≰", r"\ngeq": "≱", r"\nless": "≮", r"\ngtr": "≯", r"\lneq": "⪇",
    r"\gneq": "⪈", r"\subsetneq": "⊊", r"\supsetneq": "⊋", r"\vdash": "⊢", r"\dashv": "⊣", r"\Vdash": "⊩",
    r"\sqsubseteq": "⊑", r"\trianglelefteq": "⊴", r"\circeq": "≗", r"\backsim": "∽", r"\precsim": "≾",
    r"\succsim": "≿", r"\preccurlyeq": "≼", r"\succcurlyeq": "≽", r"\twoheadrightarrow": "↠", r"\leadsto": "⇝",
    r"\longleftrightarrow": "↔", r"\rightleftharpoons": "⇌", r"\nrightarrow": "↛", r"\varpropto": "∝",
    r"\nsim": "≁", r"\not\sim": "≁", r"\not=": "≠", r"\not\in": "∉",
}  # fmt: skip
"""Signs that make a chain, with the canonical sign."""

ARROW_COMMANDS = frozenset({r"\xrightarrow", r"\xleftarrow", r"\xlongequal"})
"""Relations whose argument is a label."""

LOGIC: dict[str, str] = {
    r"\implies": "⇒", r"\Rightarrow": "⇒", r"\Longrightarrow": "⇒", r"\iff": "⇔", r"\Leftrightarrow": "⇔",
    r"\Longleftrightarrow": "⇔", r"\impliedby": "⇐", r"\Leftarrow": "⇐", r"\therefore": "∴", "⇒": "⇒", "⇔": "⇔",
    r"\land": "∧", r"\wedge": "∧", r"\lor": "∨", r"\vee": "∨",
    "∧": "∧", "∨": "∨",
}  # fmt: skip

ADDITIVE: dict[str, str] = {
    "+": "+", "-": "-", "−": "-", "–": "-", r"\pm": "±", r"\mp": "∓", "±": "±",
    r"\cup": "∪", r"\cap": "∩", r"\setminus": "∖", r"\backslash": "∖", r"\oplus": "⊕", r"\ominus": "⊖",
    r"\sqcup": "⊔", r"\uplus": "⊎", "∪": "∪", "∩": "∩",
}  # fmt: skip
MULTIPLICATIVE: dict[str, str] = {
    r"\cdot": "·", r"\times": "×", r"\ast": "*", "*": "*", "/": "/", r"\div": "/", "·": "·", "×": "×", "∘": "∘",
    r"\odot": "⊙", r"\otimes": "⊗", r"\circ": "∘", r"\star": "⋆", "⊙": "⊙", r"\wr": "≀",
    r"\bmod": "mod", r"\mod": "mod", "⊗": "⊗", "∗": "*", "⋅": "·",
}  # fmt: skip

FUNCTIONS = frozenset(
    (
        "log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan det tr dim ker deg gcd Pr "
        "hom arg sgn sign diag rank vec erf erfc logit sigmoid softmax softplus relu ReLU Tr trace expit span Re "
        "Im"
    ).split()
)
"""Names that take an argument, with or without brackets."""

OPERATORS = frozenset(("sum prod int iint iiint oint coprod bigcup bigcap bigoplus bigotimes bigvee bigwedge").split())
"""Big operators: their scripts are limits, and a body follows."""

EXTREMA = frozenset(("max min sup inf lim limsup liminf argmax argmin argsup arginf").split())
"""Operators whose lower script names what varies; the body reaches as far as a sum does."""

PREFIXES = frozenset({"nabla", "partial", "neg", "lnot", "forall", "exists", "nexists", "triangledown"})
"""Signs that stand before what they act on."""

GREEK: dict[str, str] = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "omicron": "ο", "pi": "π", "varpi": "ϖ", "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ",
    "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω",
}  # fmt: skip

LETTERS: dict[str, str] = {
    "ell": "ℓ", "infty": "∞", "emptyset": "∅", "varnothing": "∅", "hbar": "ħ", "imath": "ı", "jmath": "ȷ", "Re": "Re",
    "Im": "Im", "aleph": "ℵ", "top": "⊤", "bot": "⊥", "dagger": "†", "ddagger": "‡", "prime": "′", "checkmark": "✓",
    "square": "□", "blacksquare": "■", "degree": "°", "wp": "℘", "S": "§", "#": "#", "_": "_", "&": "&", "%": "%",
    "$": "$", "qed": "∎", "Box": "□", "clubsuit": "♣", "heartsuit": "♥", "P": "¶", "triangle": "△", "Join": "⋈",
    "N": "ℕ", "R": "ℝ", "Z": "ℤ", "Q": "ℚ", "spadesuit": "♠", "diamondsuit": "♦", "Vert": "‖", "natural": "♮",
    "times": "×", "odot": "⊙", "cdot": "·", "ast": "*", "star": "⋆", "circ": "∘", "intercal": "⊺", "bigstar": "★",
    "otimes": "⊗", "bullet": "•", "oplus": "⊕",
}  # fmt: skip
"""Commands that are symbols in their own right."""

DOTS = frozenset(
    {r"\dots", r"\ldots", r"\cdots", r"\vdots", r"\ddots", r"\dotsc", r"\dotsb", r"\dotsm", "…", "⋯", "..."}
)

STYLES: dict[str, str] = {
    "mathbf": "bold", "boldsymbol": "bold", "bm": "bold", "bold": "bold", "textbf": "bold", "pmb": "bold",
    "Bbb": "double", "frak": "fraktur",
    "mathrm": "roman", "mathit": "italic", "mathsf": "sans", "mathtt": "mono", "mathcal": "cal", "mathscr": "script",
    "mathbb": "double", "mathfrak": "fraktur", "textrm": "roman", "mathop": "roman", "mathbin": "roman",
    "symbf": "bold",
    "mathrel": "roman", "mathord": "roman", "mathnormal": "italic", "mathds": "double", "mathbbm": "double",
    "symbfit": "bold", "mathbfit": "bold", "cancel": "cancelled", "boxed": "boxed", "color": "colour", "bbox": "boxed",
    "ensuremath": "italic", "smash": "italic", "vphantom": "phantom", "hphantom": "phantom", "phantom": "phantom",
    "lefteqn": "overhanging",
}  # fmt: skip
SWITCHES = frozenset({r"\bf", r"\rm", r"\it", r"\cal", r"\sf", r"\tt"})

ACCENTS: dict[str, str] = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0305", "tilde": "\u0303",
    "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "breve": "\u0306",
    "acute": "\u0301", "grave": "\u0300", "underline": "\u0332", "mathring": "\u030a", "overrightarrow": "\u20d7",
    "overleftarrow": "\u20d6", "underbar": "\u0332", "not": "\u0338",
}  # fmt: skip

OPENERS: dict[str, str] = {
    "(": ")", "[": "]", r"\{": r"\}", r"\lbrace": r"\rbrace", r"\langle": r"\rangle", r"\lvert": r"\rvert",
    r"\lVert": r"\rVert", r"\lfloor": r"\rfloor", r"\lceil": r"\rceil", r"\lbrack": r"\rbrack", "⟨": "⟩", "〈": "〉",
    r"\llbracket": r"\rrbracket", r"\lparen": r"\rparen",
}  # fmt: skip
CLOSERS = frozenset(OPENERS.values()) | {")", "]"}
BARS = frozenset({"|", r"\vert", r"\mid"})
DOUBLE_BARS = frozenset({r"\|", r"\Vert", r"\parallel", "||", "‖", "∥"})
DELIMITERS = frozenset(OPENERS) | CLOSERS | BARS | DOUBLE_BARS | {".", "/", r"\backslash", "<", ">", r"\uparrow"}

SIZES = frozenset(
    rf"\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")
) | {r"\middle"}  # fmt: skip
SPACES = frozenset(
    {
        "\\",
        "\\\n",
        "\\\t",
        r"\,",
        r"\;",
        r"\:",
        r"\!",
        r"\ ",
        r"\>",
        r"\thinspace",
        r"\medspace",
        r"\thickspace",
        r"\negthinspace",
        "~",
    }
) | frozenset({r"\/", r"\enspace", r"\enskip", r"\hfill", r"\hfil", r"\null", r"\strut", r"\mathstrut", r"\allowbreak"})
QUADS = frozenset({r"\quad", r"\qquad"})
TRIVIA = SPACES | frozenset(
    {
        r"\displaystyle", r"\textstyle", r"\scriptstyle", r"\scriptscriptstyle", r"\limits", r"\nolimits", r"\nonumber",
        r"\notag", r"\centering", r"\noindent", r"\relax", r"\hline", r"\normalsize", r"\small", r"\large",
        r"\footnotesize", r"\bigskip", r"\medskip", r"\smallskip", r"\newline", r"\par", r"\scriptsize", r"\tiny",
        r"\protect", r"\unboldmath", r"\boldmath",
    }
)  # fmt: skip
"""Tokens that change how a formula looks and never what it says."""

TEXTS = frozenset(
    ("text textrm textnormal textup mbox hbox textit textsf texttt textsc emph textbf intertext shortintertext").split()
)
"""Commands whose argument is prose."""
TAGS = frozenset(("label tag tag* eqref ref cref cite hspace vspace hspace* vspace* kern mkern mskip hskip").split())
TAGS_SILENT = TAGS - {"eqref", "ref", "cref", "cite"}
NAMES = frozenset({"operatorname", "operatorname*", "mathop*"})
"""Commands whose argument is a name."""

ALIGNED = frozenset(
    (
        "align aligned alignat alignedat split gather gathered multline multlined equation eqnarray flalign "
        "displaymath math subequations dmath dgroup dseries IEEEeqnarray"
    ).split()
)
"""Environments that break lines but build nothing."""
GRIDS = frozenset(
    ("matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix cases rcases dcases array tabular").split()
)

NAMED_WORDS = frozenset(
    (
        "KL JS TV MI ELBO MSE MAE NLL BCE CE FID MLE MAP Var Cov Corr VLB SNR DKL Beta Gamma Ber Bern Bin Binomial "
        "Poisson Cat Categorical Bernoulli Normal Laplace Uniform Unif Dir Dirichlet Exp Gam Pois Multinomial std "
        "softmax sigmoid IS ESS TP FP TN FN VAE GAN AE CLIP RMSE AIC BIC DIC LR PPL ReLU LSE IG Wishart Geom SE SD"
    ).split()
)
"""Words that are one name even when they are typed as bare letters."""

CALLED = frozenset(("p q P f g F G H I E N KL D J Q T L M U V B C O W r s K k h u v w d b").split())
"""Letters that are more often a function than a factor when a bracket follows."""
SURELY_CALLED = frozenset(("p q P f g F H I E N G").split())
GREEK_CALLED = frozenset(["Γ", "Φ", "Ψ", "ψ", "ζ"])
GREEK_OFTEN_CALLED = frozenset("σ ϕ φ δ".split())
"""A sigmoid, a feature map or a delta function before a bracket, unless a number and more are added in it: σ(1 − σ)."""

DIVERGENCES = frozenset({"KL", "DKL", "JS", "JSD", "TV"})
"""Functions of two laws."""
REASONS = frozenset("since because as using use by from via recall note where with".split())
"""Words in ``\\text{…}`` after which the reason of a step stands, or what a name in it is."""
CONDITIONS = frozenset({"at", "evaluated", "if", "when", "whenever", "for", "provided", "unless", "assuming"})
"""Words in ``\\text{…}`` after which stands when the relation before them holds."""
CONNECTIVES = frozenset(
    "and or but so thus hence then therefore while whereas i.e that which is are gives implies iff vs versus".split()
)
"""Words in ``\\text{…}`` after which something new is said: what stands before them is no reason, and ends there."""
STOPWORDS = frozenset(
    (
        "if and or where for otherwise with when whenever elsewhere such that subject to as since because so then "
        "thus hence nats nat bits bit iff is are be by in on of from all any some not else given also let over "
        "under per unless while until s.t. i.e. e.g. w.r.t. st vs versus against wrt const. respectively only"
    ).split()
)
"""Single words in ``\\text{…}`` that are remarks, not names."""


def first_word(text: str) -> str:
    """The first word of a remark, in small letters; "" where there is none."""
    return next(iter(text.replace("~", " ").lower().split()), "").strip(".,:;()")
