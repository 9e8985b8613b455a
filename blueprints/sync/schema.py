"""The envelope that phones send. What is in each event is checked one by one, further down."""

from __future__ import annotations

import json
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from blueprints.kit.errors import refuse

MOST_EVENTS = 200


class Envelope(BaseModel):
    """A batch of events from one device."""

    model_config = ConfigDict(extra="ignore")

    device: str = Field(min_length=1, max_length=80)
    author: UUID | None = None
    events: list[Any] = Field(default=[], max_length=MOST_EVENTS)
    sealed: list[Any] = Field(default=[], max_length=MOST_EVENTS)
    """What this or another person’s device sealed; whoever is signed in carries it."""
    after: UUID | None = None
    """The last event this phone was told is stored."""


class Held(BaseModel):
    """Ids of events a phone was told are safe."""

    author: UUID | None = None
    ids: list[UUID] = Field(default=[], max_length=5000)
    carried: list[UUID] = Field(default=[], max_length=5000)
    """Of anybody’s sealed records, one entry each."""


class Device(BaseModel):
    """Which device asks for its person’s key."""

    device: str = Field(min_length=1, max_length=80)


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is not JSON")


Shape = TypeVar("Shape", bound=BaseModel)


def read(shape: type[Shape], body: bytes) -> Shape:
    """The body as `shape`, or a 400 that says where it is wrong."""
    try:
        # Python’s reader takes half a character for what it is, so that one such note is refused
        # by itself and does not stop the whole batch
        return shape.model_validate(json.loads(body, parse_constant=_no_number))
    except (ValueError, RecursionError) as error:
        if not isinstance(error, ValidationError):
            raise refuse(400, "The batch is not valid JSON. Nothing was stored.") from None
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "the body"
        raise refuse(
            400, f"The batch cannot be read: {where}: {first['msg']}. Nothing was stored."
        ) from None
