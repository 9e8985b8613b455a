"""The papers of feedback, each made once and kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model, db


class FeedbackPdf(Model):
    """The PDF of one version with one set of replies on one paper: made once, and kept."""

    __tablename__ = "feedback_pdfs"

    version_id: Mapped[UUID] = mapped_column(ForeignKey("feedback_versions.id"), primary_key=True)
    paper: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(primary_key=True)
    body: Mapped[bytes]
    made_at: Mapped[datetime]

    @classmethod
    def find(cls, version_id: UUID, paper: str, digest: bytes) -> bytes | None:
        """The kept file, if it was made before."""
        return db.session.scalar(
            select(cls.body).where(
                cls.version_id == version_id, cls.paper == paper, cls.digest == digest
            )
        )

    @classmethod
    def keep(
        cls, version_id: UUID, paper: str, digest: bytes, body: bytes, *, at: datetime
    ) -> None:
        """Keep a file just made; another process may have been as quick, with equal bytes."""
        db.session.merge(
            cls(version_id=version_id, paper=paper, digest=digest, body=body, made_at=at)
        )
