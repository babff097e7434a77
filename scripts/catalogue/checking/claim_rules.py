"""The rules of claims: figures, methods, costs, and what they need beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from babel.core import get_global
from babel.numbers import get_territory_currencies, list_currencies

from catalogue.checking.rules import Finding, Known, RecordFile, record_rule
from catalogue.problems import Severity, did_you_mean, shown

COMPARING = ("before-after", "comparison", "randomised", "review")
"""The methods that compare, so that a change has a direction."""

WITH_DIRECTION = ("change", "perception")
"""The types of result that can go better or worse."""

SHARED_CURRENCIES: Mapping[str, str] = {
    "CFA": "XOF (West Africa) or XAF (Central Africa)",
    "RMB": "CNY",
    "NTD": "TWD",
    "UKP": "GBP",
    "EURO": "EUR",
}
"""What people write for a currency, and its codes."""


def _number(value: Any) -> float | None:
    """A number as it stands in a record; None for anything else."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _figure(result: Mapping[str, Any]) -> tuple[str, float] | None:
    """The field and the number of a result's figure."""
    for field in ("value", "share"):
        if (number := _number(result.get(field))) is not None:
            return field, number
    return None


@record_rule()
def value_or_share(record: RecordFile, known: Known) -> Iterator[Finding]:
    """The figure of a result is a value or a share, not both."""
    for at, result in record.entries("results"):
        if "value" in result and "share" in result:
            yield (*at, "share"), "a figure is a value (with 'unit') or a share in per cent (with 'of'), not both"


@record_rule()
def figure_is_there(record: RecordFile, known: Known) -> Iterator[Finding]:
    """What explains a figure stands beside a figure."""
    for at, result in record.entries("results"):
        if _figure(result) is None:
            for field in ("base", "compared_with", "confidence", "breakdown"):
                if field in result:
                    yield (*at, field), f"'{field}' explains a figure: give the figure in 'value' or 'share'"


@record_rule(Severity.WARNING)
def figure_with_unit(record: RecordFile, known: Known) -> Iterator[Finding]:
    """A figure says what it counts."""
    for at, result in record.entries("results"):
        if "value" in result and "unit" not in result:
            yield (*at, "value"), "say in 'unit' what this figure counts"


@record_rule(Severity.WARNING)
def base_not_smaller(record: RecordFile, known: Known) -> Iterator[Finding]:
    """A figure that is out of a base is not larger than the base."""
    for at, result in record.entries("results"):
        value, base = _number(result.get("value")), _number(result.get("base"))
        if value is not None and base is not None and value > base:
            yield (*at, "base"), f"{result['value']} cannot be out of {result['base']}: are the two exchanged?"


@record_rule(Severity.WARNING)
def share_with_base(record: RecordFile, known: Known) -> Iterator[Finding]:
    """A share says of how many: in `base` or `n`, or the record says in `unknown` that this is not known."""
    for at, result in record.entries("results"):
        if "share" in result and "base" not in result and "n" not in result and "unknown" not in record.data:
            yield (*at, "share"), "say in 'base' how many are 100 per cent, or in 'unknown' that this is not known"


@record_rule()
def interval_in_order(record: RecordFile, known: Known) -> Iterator[Finding]:
    """The low end of an interval is not above its high end, and a confidence interval holds its figure."""
    for at, result in record.entries("results"):
        for field in ("confidence", "range"):
            interval = result.get(field)
            if not isinstance(interval, dict):
                continue
            low, high = _number(interval.get("low")), _number(interval.get("high"))
            if low is None or high is None:
                continue
            if low > high:
                yield (*at, field, "low"), f"{interval['low']} is above {interval['high']}: exchange the two"
            elif field == "confidence" and (figure := _figure(result)) and not low <= figure[1] <= high:
                yield (
                    (*at, field),
                    f"the figure {result[figure[0]]} lies outside {interval['low']} to {interval['high']}",
                )


@record_rule(Severity.WARNING)
def change_with_direction(record: RecordFile, known: Known) -> Iterator[Finding]:
    """A change that is compared with something says in which direction it went."""
    for at, result in record.entries("results"):
        compares = "compared_with" in result or result.get("method") in COMPARING
        if result.get("type") in WITH_DIRECTION and compares and "direction" not in result:
            yield (
                at,
                "say in 'direction' how it went against what it is compared with: better, no-difference, mixed, worse",
            )


@record_rule()
def known_currency(record: RecordFile, known: Known) -> Iterator[Finding]:
    """A currency is a code of ISO 4217."""
    for at, cost in record.entries("costs"):
        currency = cost.get("currency")
        if isinstance(currency, str) and currency not in currencies():
            offer = SHARED_CURRENCIES.get(currency.upper())
            hint = f"; write {offer}" if offer else did_you_mean(currency, current_currencies())
            yield (*at, "currency"), f"{shown(currency)} is not a currency code of ISO 4217{hint}"


@cache
def currencies() -> frozenset[str]:
    """The codes of all currencies that CLDR knows, those of the past too."""
    return frozenset(list_currencies())


@cache
def current_currencies() -> frozenset[str]:
    """The codes of the currencies that are in use somewhere today."""
    return frozenset(
        code for country in get_global("territory_currencies") for code in get_territory_currencies(country)
    )
