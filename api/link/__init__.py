"""What clusters call. Bodies are `annex.contract.outbound`, answers `annex.contract.inbound`."""
