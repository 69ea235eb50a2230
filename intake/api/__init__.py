"""The programs' door of intake: reporting, and the mailbox behind a receipt."""
