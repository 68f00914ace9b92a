import { controlClass, Field } from "@annex/ui";
import { Card } from "../app/Page";
import { useText } from "../i18n/text";
import type { Asset } from "./assets";
import styles from "./Data.module.css";

export interface HoldBackProps {
  asset: Asset;
  rows: number | null;
  value: number;
  onChange: (value: number) => void;
}

/** How many examples only measure. */
export function HoldBack({ asset, rows, value, onChange }: HoldBackProps) {
  const { data } = useText();
  const most = asset.max_hold_back ?? rows ?? undefined;
  return (
    <Card title={data.holdBack}>
      <div className={styles.holdBack}>
        <Field label={data.examples} hint={data.holdBackHint(value, rows ? value / rows : null)}>
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
        <p>{data.holdBackWhy}</p>
      </div>
    </Card>
  );
}
