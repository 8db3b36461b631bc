"""All rules, in the order of their codes."""

from __future__ import annotations

from difflib import get_close_matches

from errata.reporting.rules.accumulated_rounding import ACCUMULATED_ROUNDING
from errata.reporting.rules.changing_arguments import CHANGING_ARGUMENTS
from errata.reporting.rules.clashing_definitions import CLASHING_DEFINITIONS
from errata.reporting.rules.constant_factor import CONSTANT_FACTOR
from errata.reporting.rules.contradiction import CONTRADICTION
from errata.reporting.rules.damaged_formula import DAMAGED_FORMULA
from errata.reporting.rules.double_definition import DOUBLE_DEFINITION
from errata.reporting.rules.escaped_variable import ESCAPED_VARIABLE
from errata.reporting.rules.excluded_inequality import EXCLUDED_INEQUALITY
from errata.reporting.rules.free_index import FREE_INDEX
from errata.reporting.rules.idle_index import IDLE_INDEX
from errata.reporting.rules.idle_variable import IDLE_VARIABLE
from errata.reporting.rules.idle_waiver import IDLE_WAIVER
from errata.reporting.rules.impossible_value import IMPOSSIBLE_VALUE
from errata.reporting.rules.loose_equality import LOOSE_EQUALITY
from errata.reporting.rules.missing_differential import MISSING_DIFFERENTIAL
from errata.reporting.rules.misunderstood_comment import MISUNDERSTOOD_COMMENT
from errata.reporting.rules.odd_parameters import ODD_PARAMETERS
from errata.reporting.rules.other_log_base import OTHER_LOG_BASE
from errata.reporting.rules.other_than_known import OTHER_THAN_KNOWN
from errata.reporting.rules.overlapping_cases import OVERLAPPING_CASES
from errata.reporting.rules.rebound_variable import REBOUND_VARIABLE
from errata.reporting.rules.repeated_end import REPEATED_END
from errata.reporting.rules.rule import Rule
from errata.reporting.rules.shared_end import SHARED_END
from errata.reporting.rules.stray_differential import STRAY_DIFFERENTIAL
from errata.reporting.rules.truncated_decimal import TRUNCATED_DECIMAL
from errata.reporting.rules.undefined_case import UNDEFINED_CASE
from errata.reporting.rules.unknown_arguments import UNKNOWN_ARGUMENTS
from errata.reporting.rules.unmet_expectation import UNMET_EXPECTATION
from errata.reporting.rules.unused_statement import UNUSED_STATEMENT
from errata.reporting.rules.wrong_distribution_function import WRONG_DISTRIBUTION_FUNCTION
from errata.reporting.rules.wrong_law import WRONG_LAW
from errata.reporting.rules.wrong_length import WRONG_LENGTH
from errata.reporting.rules.wrong_magnitude import WRONG_MAGNITUDE
from errata.reporting.rules.wrong_moment import WRONG_MOMENT
from errata.reporting.rules.wrong_parameters import WRONG_PARAMETERS
from errata.reporting.rules.wrong_probability_identity import WRONG_PROBABILITY_IDENTITY
from errata.reporting.rules.wrong_rounding import WRONG_ROUNDING
from errata.reporting.rules.wrong_shape import WRONG_SHAPE
from errata.reporting.rules.wrong_step import WRONG_STEP
from errata.reporting.rules.wrong_total_mass import WRONG_TOTAL_MASS
from errata.reporting.rules.wrong_value import WRONG_VALUE

RULES = (
    WRONG_VALUE,
    WRONG_ROUNDING,
    WRONG_LENGTH,
    WRONG_MAGNITUDE,
    WRONG_STEP,
    WRONG_TOTAL_MASS,
    WRONG_PROBABILITY_IDENTITY,
    WRONG_MOMENT,
    WRONG_DISTRIBUTION_FUNCTION,
    WRONG_LAW,
    EXCLUDED_INEQUALITY,
    OTHER_THAN_KNOWN,
    CLASHING_DEFINITIONS,
    IDLE_INDEX,
    REBOUND_VARIABLE,
    FREE_INDEX,
    DOUBLE_DEFINITION,
    UNDEFINED_CASE,
    REPEATED_END,
    STRAY_DIFFERENTIAL,
    CONSTANT_FACTOR,
    IMPOSSIBLE_VALUE,
    WRONG_PARAMETERS,
    WRONG_SHAPE,
    ESCAPED_VARIABLE,
    UNKNOWN_ARGUMENTS,
    OVERLAPPING_CASES,
    ACCUMULATED_ROUNDING,
    LOOSE_EQUALITY,
    OTHER_LOG_BASE,
    TRUNCATED_DECIMAL,
    CONTRADICTION,
    MISSING_DIFFERENTIAL,
    CHANGING_ARGUMENTS,
    ODD_PARAMETERS,
    IDLE_VARIABLE,
    SHARED_END,
    MISUNDERSTOOD_COMMENT,
    UNMET_EXPECTATION,
    DAMAGED_FORMULA,
    IDLE_WAIVER,
    UNUSED_STATEMENT,
)


def rule_of(word: str) -> Rule | None:
    """The rule with this code or name, in whatever case it is written."""
    wanted = word.strip().lower()
    return next((rule for rule in RULES if wanted in (rule.code.lower(), rule.name)), None)


def rules_of(prefix: str) -> tuple[Rule, ...]:
    """The rules whose code starts with the prefix; a name, or "all", will do as well."""
    wanted = prefix.strip().lower()
    if wanted == "all":
        return RULES
    return tuple(rule for rule in RULES if wanted and (rule.code.lower().startswith(wanted) or rule.name == wanted))


def nearest(word: str) -> str | None:
    """The code or name that was probably meant."""
    if (typed := rule_of(word.strip().upper().replace("O", "0").replace("I", "1"))) is not None:
        return typed.code
    names = {name.lower(): name for rule in RULES for name in (rule.code, rule.name)}
    found = get_close_matches(word.strip().lower(), names, n=1, cutoff=0.5)
    return names[found[0]] if found else None
