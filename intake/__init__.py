"""The reporter's door: from a worried person to a case, without an account, and back."""
