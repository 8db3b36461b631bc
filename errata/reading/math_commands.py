"""Commands of TeX that mean something in formulas only, so that one in running text is damage."""

from __future__ import annotations

_GREEK = """alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho
varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"""
_ARROWS = """rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow longrightarrow mapsto implies iff
xrightarrow uparrow downarrow hookrightarrow"""
_RELATIONS = """leq geq neq approx equiv sim simeq cong propto subset subseteq supset in notin mid parallel perp ll gg
le ge ne"""
_OPERATIONS = """frac dfrac tfrac sqrt sum prod int times cdot cdots ldots pm mp odot oplus otimes circ nabla partial
infty forall exists cup cap setminus emptyset wedge vee langle rangle lVert rVert lvert rvert left right log exp max min
arg det Pr lim sup inf binom underbrace overbrace"""
_LETTERS = """mathbb mathbf mathcal mathrm mathsf mathfrak mathscr boldsymbol bm operatorname hat tilde bar vec
widehat widetilde overline text ell"""

MATH_COMMANDS = frozenset(f"{_GREEK} {_ARROWS} {_RELATIONS} {_OPERATIONS} {_LETTERS}".split())
