"""Feedback: a draft from evidence, shared in versions, answered by the teacher."""

from models.feedback.feedback import Feedback, FirstDraft
from models.feedback.pdf import FeedbackPdf
from models.feedback.version import FeedbackVersion, Reply
from models.feedback.view import FeedbackView

__all__ = ["Feedback", "FeedbackPdf", "FeedbackVersion", "FeedbackView", "FirstDraft", "Reply"]
