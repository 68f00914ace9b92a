"""What both planes' Django projects share. Imports neither plane."""
