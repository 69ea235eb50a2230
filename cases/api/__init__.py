"""The programs' door of the griffier's desk: the same services as the pages."""
