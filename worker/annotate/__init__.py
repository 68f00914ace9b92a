"""The HTTP edge of annotators: what comes next, saving, history, drafts, the app's shell."""
