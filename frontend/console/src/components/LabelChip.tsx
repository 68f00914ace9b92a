import { labelColours } from "@annex/ui";
import classes from "./LabelChip.module.css";

interface LabelChipProps {
  name: string;
  colour: string;
  labelKey?: string | null;
}

/** A label as annotators see it: its colour, its name, its key. */
export function LabelChip({ name, colour, labelKey }: LabelChipProps) {
  const { light, dark } = labelColours(colour);
  return (
    <span
      className={classes.chip}
      style={{
        background: `light-dark(${light.background}, ${dark.background})`,
        color: `light-dark(${light.ink}, ${dark.ink})`,
      }}
    >
      {name}
      {labelKey && <kbd className={classes.key}>{labelKey}</kbd>}
    </span>
  );
}
