import { defaultVariantColorsResolver, type VariantColorsResolver } from "@mantine/core";

interface Filled {
  background: string;
  color: string;
}

const FILLED: Record<string, Filled> = {
  annex: { background: "var(--accent)", color: "var(--accent-ink)" },
  red: { background: "var(--bad)", color: "var(--paper)" },
};

/** Filled buttons in the tokens' pairs, which keep their contrast in both schemes. */
export const variantColorResolver: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input);
  const filled = FILLED[input.color ?? input.theme.primaryColor];
  if (input.variant !== "filled" || !filled) return resolved;
  const hover = `color-mix(in oklab, ${filled.background} 88%, var(--ink))`;
  return { ...resolved, ...filled, hover };
};
