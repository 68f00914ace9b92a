import type { ReactNode } from "react";

const SIGNS: Record<string, string> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  Backspace: "⌫",
};

/** A key, printed the way keyboards print it. */
export function Kbd({ children }: { children: ReactNode }) {
  if (typeof children !== "string") return <kbd>{children}</kbd>;
  return (
    <kbd>
      {children.replace(/Arrow(Left|Right)|Escape|Backspace/g, (name) => SIGNS[name] ?? name)}
    </kbd>
  );
}
