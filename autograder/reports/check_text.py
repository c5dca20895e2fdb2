"""What a student may read of one check, as plain text for other programs: the message, the values, the hint."""

from __future__ import annotations

from autograder.model.result import CheckResult, Outcome
from autograder.reports.clean import clean
from autograder.reports.words import say


def safe_text(check: CheckResult, language: str) -> str:
    """Empty for a check that passed. Of a hidden check never a value: its message holds none."""
    if check.outcome is Outcome.PASSED:
        return ""
    parts = [clean(check.message.to(language))]
    if not check.hidden:
        parts.append(clean(check.values.to(language)))
    if check.outcome is not Outcome.SKIPPED and check.hint:
        colon = "：" if language == "zh" else ": "
        parts.append(f"{say('hint', language)}{colon}{clean(check.hint.to(language))}")
    return "\n".join(part for part in parts if part)
