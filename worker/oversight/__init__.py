"""The customer's tools: ledger, access log, people, the line and the approval pack."""
