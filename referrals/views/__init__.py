"""Pages of the referrals: the handler's tab, the partner's desk, and the catalogue."""
