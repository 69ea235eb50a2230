"""Work for later, written in the transaction that needs it; and the ledger of it."""
