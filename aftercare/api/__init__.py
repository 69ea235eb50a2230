"""The programs' door of aftercare: the same services as the pages."""
