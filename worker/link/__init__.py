"""The only room that talks to the control plane."""
