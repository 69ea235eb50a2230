"""The pages of the reporter's door: start, the steps, sending, and the mailbox."""
