"""The reporter's door: from a worried person to a case and back, without account."""
