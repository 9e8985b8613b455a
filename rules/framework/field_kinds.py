"""The kinds of value a field can have, each refused in words where it is something else."""

import re
from datetime import date
from typing import Annotated, Any, NoReturn, TypeAlias

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from rules.framework.faults import quoted

MOST_DIGITS = 6

FILE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ENTRY_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
SHORT = re.compile(r"[A-Za-z0-9]{1,4}")


def _wrong(what: str, remedy: str) -> NoReturn:
    raise PydanticCustomError("fault", "{what}", {"what": what, "remedy": remedy})


def _text(value: Any, most: int) -> Any:
    if value is not None and not isinstance(value, str):
        _wrong("{field} must be text", "Write one text after the colon, in quotation marks.")
    if value is None or not value.strip():
        _wrong("{field} is empty", "Write the text, or remove the line if the field may be absent.")
    if len(value) > most:
        remedy = f"Shorten it to {most:,} characters."
        _wrong(f"{{field}} is {len(value):,} characters long", remedy)
    if any((ord(letter) < 32 and letter != "\n") or 127 <= ord(letter) < 160 for letter in value):
        _wrong("{field} holds a control character", "Delete it or type the text again.")
    return value.strip()


def _one_line(value: Any) -> Any:
    found = _text(value, 300)
    if "\n" in found:
        _wrong("{field} runs over more than one line", "Write it on one line.")
    return found


def _paragraph(value: Any) -> Any:
    return _text(value, 4_000)


def _passage(value: Any) -> Any:
    return _text(value, 20_000)


def _phrase(value: Any) -> Any:
    # An absent sentence is the empty text: whoever shows it asks only whether there is one.
    return "" if value is None or value == "" else _text(value, 1_000)


def _matching(pattern: re.Pattern[str], most: int, remedy: str) -> BeforeValidator:
    def check(value: Any) -> Any:
        found = _one_line(value)
        if len(found) > most or not pattern.fullmatch(found):
            _wrong(f"{quoted(found)} cannot be used as {{field}}", remedy)
        return found

    return BeforeValidator(check)


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(rf"-?[0-9]{{1,{MOST_DIGITS}}}", value):
            remedy = f"Write a whole number of at most {MOST_DIGITS} digits, such as 3."
            _wrong(f"{{field}} is {quoted(value)}", remedy)
        return int(value)
    return value


def _flag(value: Any) -> Any:
    if value in ("true", "false"):
        return value == "true"
    return value


def _day(value: Any) -> Any:
    if isinstance(value, str):
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        _wrong(f"{{field}} is {quoted(value)}", "Write a day as year-month-day: 2026-11-21.")
    return value


def _address(value: Any) -> Any:
    if value is None:
        return None
    found = _one_line(value)
    if not re.fullmatch(r"https?://[^\s/?#]+\S*", found):
        remedy = "Write a full address that starts with https://, or null."
        _wrong(f"{{field}} is {quoted(found)}", remedy)
    return found


def not_written(value: Any) -> Any:
    if isinstance(value, int):
        return value
    _wrong("{field} cannot be written", "Remove the line; the order of the file is the order.")


Line: TypeAlias = Annotated[str, BeforeValidator(_one_line)]
Paragraph: TypeAlias = Annotated[str, BeforeValidator(_paragraph)]
Passage: TypeAlias = Annotated[str, BeforeValidator(_passage)]
Phrase: TypeAlias = Annotated[str, BeforeValidator(_phrase)]
Whole: TypeAlias = Annotated[int, BeforeValidator(_whole)]
Flag: TypeAlias = Annotated[bool, BeforeValidator(_flag)]
Day: TypeAlias = Annotated[date, BeforeValidator(_day)]
Address: TypeAlias = Annotated[str | None, BeforeValidator(_address)]
FileId: TypeAlias = Annotated[
    str, _matching(FILE_ID, 64, "Use small letters, digits and hyphens, such as danielson-2022.")
]
EntryId: TypeAlias = Annotated[
    str, _matching(ENTRY_ID, 64, "Use letters, digits, dots, hyphens and underscores, such as 3b.")
]
Code: TypeAlias = Annotated[
    str, _matching(re.compile(r"\S(?:.*\S)?"), 16, "Use at most 16 characters, such as 3b.")
]
Short: TypeAlias = Annotated[str, _matching(SHORT, 4, "Use at most four letters, such as QUES.")]
