"""A sentence a student reads, in the course's two languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same sentence in English and in Simplified Chinese; an empty `zh` falls back to the English one."""

    en: str = ""
    zh: str = ""

    def to(self, language: str) -> str:
        return self.zh if language == "zh" and self.zh else self.en

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)

    def __add__(self, other: Text) -> Text:
        return Text(self.en + other.en, (self.zh or self.en) + (other.zh or other.en))
