"""The pages of the griffier's desk, and what other rooms need to draw a case's tabs."""

from cases.views.page import case_page_context

__all__ = ["case_page_context"]
