"""The programs' door of the referrals: the same services as the pages."""
