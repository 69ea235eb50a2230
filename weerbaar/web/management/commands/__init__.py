"""Commands of the page shell."""
