"""The HTTP edge of annotators: what comes next, saving, history, drafts; and the app's own shell."""
