"""A recipe's form and annotation screen on the laptop that it is written on, shown anew on a save.

No control plane, no database: a small server on 127.0.0.1 serves the real annotation app and
answers its API from memory, asking the recipe's process as a cluster would.
"""
