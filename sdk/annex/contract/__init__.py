"""The wire between a cluster and the control plane.

`outbound` is everything a cluster may say: no free text is representable there.
`inbound` is everything the control plane may say: names and typed arguments, never code, paths
or prompts.
"""
