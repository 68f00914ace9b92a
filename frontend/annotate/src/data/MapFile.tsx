import { Button, Notice } from "@annex/ui";
import { useEffect, useState } from "react";
import { type Explained, explain } from "../app/loading";
import { Card, Failed, Loading } from "../app/Page";
import { useText } from "../i18n/text";
import { type Asset, confirm, isRefused, type Plan, type Preview, preview } from "./assets";
import { ColumnFields } from "./ColumnFields";
import styles from "./Data.module.css";
import { HoldBack } from "./HoldBack";
import { suggestedHoldBack } from "./holdBack";
import { PreviewTable } from "./PreviewTable";
import { ProblemList, Problems } from "./ProblemList";

export interface MapFileProps {
  asset: Asset;
  onConfirmed: (asset: Asset) => void;
  onReplace: () => void;
}

/** What was understood of the file, and the one button that takes it. */
export function MapFile({ asset, onConfirmed, onReplace }: MapFileProps) {
  const text = useText();
  const { data } = text;
  const { plan, setPlan, shown, problem, busy } = usePreview(asset);
  const rows = shown?.total_rows ?? asset.file?.rows ?? null;
  const [holdBack, setHoldBack] = useState<number | null>(null);
  const [refused, setRefused] = useState<Explained | null>(null);
  const [sending, setSending] = useState(false);
  const held = holdBack ?? suggestedHoldBack(asset, rows ?? shown?.scanned_rows ?? null);
  const take = async () => {
    if (!plan) return;
    setSending(true);
    setRefused(null);
    try {
      onConfirmed(await confirm(asset.id, plan, held));
    } catch (error) {
      setRefused(explain(error, text));
      setSending(false);
    }
  };
  const blocked = Boolean(shown && shown.problems.length > 0 && plan?.on_bad_rows === "refuse");
  return (
    <>
      {problem ? <Failed problem={problem} /> : null}
      {shown && plan ? (
        <>
          <Understood asset={asset} shown={shown} rows={rows} onReplace={onReplace} />
          <Card title={data.columns} aside={data.columnsWhat}>
            <ColumnFields columns={shown.columns} plan={plan} onChange={setPlan} />
          </Card>
          <Findings asset={asset} shown={shown} plan={plan} onChange={setPlan} />
          <HoldBack asset={asset} rows={rows} value={held} onChange={setHoldBack} />
          <Card
            title={data.preview}
            aside={`${data.firstRowsCount(shown.rows.length)}${busy ? ` · ${data.reading}` : ""}`}
          >
            <PreviewTable preview={shown} />
          </Card>
        </>
      ) : problem ? null : (
        <Loading />
      )}
      {refused ? <Failed problem={refused} /> : null}
      <div className={styles.confirm}>
        <Button
          look="primary"
          disabled={!shown || !plan || blocked || sending}
          onClick={() => void take()}
        >
          {sending ? data.confirming : data.confirm}
        </Button>
        <span className={styles.quiet}>{blocked ? data.blocked : data.nothingYet}</span>
      </div>
    </>
  );
}

/** Read the file by a plan, and again when the plan changes; the first plan is the worker's guess. */
function usePreview(asset: Asset) {
  const text = useText();
  const [plan, setPlan] = useState<Plan | null>(asset.plan);
  const [shown, setShown] = useState<Preview | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(true);
  useEffect(() => {
    if (!plan) return;
    let wanted = true;
    setBusy(true);
    preview(asset.id, plan)
      .then(
        (result) => {
          if (!wanted) return;
          setShown(result);
          setProblem(null);
        },
        (error) => wanted && setProblem(error),
      )
      .finally(() => wanted && setBusy(false));
    return () => {
      wanted = false;
    };
  }, [asset.id, plan]);
  return { plan, setPlan, shown, problem: problem ? explain(problem, text) : null, busy };
}

interface UnderstoodProps {
  asset: Asset;
  shown: Preview;
  rows: number | null;
  onReplace: () => void;
}

function Understood({ asset, shown, rows, onReplace }: UnderstoodProps) {
  const { data, format } = useText();
  const { file } = asset;
  return (
    <Notice
      title={file?.name ?? data.theFile}
      actions={
        <Button small onClick={onReplace}>
          {data.anotherFile}
        </Button>
      }
    >
      {shown.format.toUpperCase()}
      {file && file.files > 1 ? `, ${data.files(file.files)}` : ""}
      {file ? `, ${format.bytes(file.size_bytes)}` : ""}
      {rows === null ? "" : `, ${data.rows(rows)}`}
    </Notice>
  );
}

/** Labels nobody registered, and rows that cannot be read. */
function Findings({
  asset,
  shown,
  plan,
  onChange,
}: {
  asset: Asset;
  shown: Preview;
  plan: Plan;
  onChange: (plan: Plan) => void;
}) {
  const { data, format } = useText();
  const unknown = shown.labels_found.filter((label) => !label.registered);
  return (
    <>
      {unknown.length > 0 ? (
        <Notice kind="warn" title={data.unknownLabels}>
          {data.unknownLabelsWhat(
            format.list(unknown.map((label) => `${label.name} (${format.number(label.count)})`)),
          )}
        </Notice>
      ) : null}
      {shown.problems.length > 0 || isRefused(asset) ? (
        <Card title={data.unreadable} aside={data.byLine}>
          {shown.problems.length > 0 ? (
            <Problems problems={shown.problems} />
          ) : (
            <ProblemList asset={asset.id} />
          )}
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={plan.on_bad_rows === "skip"}
              onChange={(event) =>
                onChange({ ...plan, on_bad_rows: event.target.checked ? "skip" : "refuse" })
              }
            />
            {data.skipThem}
          </label>
        </Card>
      ) : null}
    </>
  );
}
