import { controlClass, Field } from "@annex/ui";
import { Card } from "../app/Page";
import type { Asset } from "./assets";
import styles from "./Data.module.css";

const SHARE = 0.2;
const ENOUGH = 500;

/** A fifth, but no more than 500: beyond that the score gets hardly any sharper. */
export function suggestedHoldBack(asset: Asset, rows: number | null): number {
  if (asset.hold_back > 0) return asset.hold_back;
  const fifth = rows === null ? 0 : Math.round(rows * SHARE);
  return Math.min(fifth, ENOUGH, asset.max_hold_back ?? ENOUGH);
}

export interface HoldBackProps {
  asset: Asset;
  rows: number | null;
  value: number;
  onChange: (value: number) => void;
}

/** How many examples only measure. */
export function HoldBack({ asset, rows, value, onChange }: HoldBackProps) {
  const most = asset.max_hold_back ?? rows ?? undefined;
  const share = rows ? ` (${Math.round((value / rows) * 100)} %)` : "";
  return (
    <Card title="Hold back for evaluation">
      <div className={styles.holdBack}>
        <Field
          label="Examples"
          hint={`${value.toLocaleString("en")}${share} chosen at random, then frozen`}
        >
          {(control) => (
            <input
              {...control}
              className={controlClass}
              type="number"
              min={0}
              {...(most === undefined ? {} : { max: most })}
              value={value}
              onChange={(event) =>
                onChange(Math.max(0, Math.floor(Number(event.target.value) || 0)))
              }
            />
          )}
        </Field>
        <p>
          These are annotated too, without suggestions, but no model ever learns from them: they are
          how the board can say honestly which predictor is better. A fifth is usual; 500 give a
          score to within about 3 points.
        </p>
      </div>
    </Card>
  );
}
