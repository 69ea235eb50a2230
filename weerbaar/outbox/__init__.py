"""Work for later, written in the transaction that needs it; also the completion ledger."""
