"""The approval pack: what a customer's security review asks for, generated from the code."""
