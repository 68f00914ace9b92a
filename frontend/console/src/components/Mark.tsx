import { Badge } from "@mantine/core";
import type { ReactNode } from "react";

export type Tone = "good" | "warn" | "bad" | "quiet";

const COLOURS: Record<Tone, { color: string; background: string }> = {
  good: { color: "var(--accent)", background: "var(--accent-soft)" },
  warn: { color: "var(--warn)", background: "var(--warn-soft)" },
  bad: { color: "var(--bad)", background: "var(--bad-soft)" },
  quiet: { color: "var(--ink-2)", background: "var(--line)" },
};

/** A word in a coloured pill: a state, a role, a kind. Colour never says it alone. */
export function Mark({ tone = "quiet", children }: { tone?: Tone; children: ReactNode }) {
  return (
    // A state that is cut off says nothing: the table gives it its room instead.
    <Badge miw="max-content" style={COLOURS[tone]}>
      {children}
    </Badge>
  );
}

/** Said of every simulated annotator, wherever its work is shown. */
export function SimulatedMark() {
  return <Mark tone="warn">simulated</Mark>;
}
