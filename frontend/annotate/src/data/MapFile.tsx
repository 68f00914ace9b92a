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
import { ProblemKinds, ProblemList, Problems } from "./ProblemList";

export interface MapFileProps {
  asset: Asset;
  onConfirmed: (asset: Asset) => void;
  onReplace: () => void;
}

/** What was understood of the file, and the one button that takes it. */
export function MapFile({ asset, onConfirmed, onReplace }: MapFileProps) {
  const { data } = useText();
  const { plan, setPlan, shown, problem, busy } = usePreview(asset);
  const { take, refused, sending } = useConfirm(asset, onConfirmed);
  const [holdBack, setHoldBack] = useState<number | null>(null);
  if (!plan || !(shown || problem)) return <Loading />;
  const rows = shown?.total_rows ?? asset.file?.rows ?? null;
  const held = holdBack ?? suggestedHoldBack(asset, rows ?? shown?.scanned_rows ?? null);
  const understood = problem ? null : shown;
  const blocked = isBlocked(understood, plan);
  return (
    <>
      {problem ? <Failed problem={problem} /> : null}
      <Understood asset={asset} plan={plan} rows={rows} onReplace={onReplace} />
      <Card title={data.columns} aside={data.columnsWhat}>
        <ColumnFields columns={shown?.columns ?? []} plan={plan} onChange={setPlan} />
      </Card>
      {understood ? (
        <>
          <Findings asset={asset} shown={understood} plan={plan} onChange={setPlan} />
          <HoldBack asset={asset} rows={rows} value={held} onChange={setHoldBack} />
          <FirstRows shown={understood} busy={busy} />
        </>
      ) : null}
      {refused ? <Failed problem={refused} /> : null}
      <div className={styles.confirm}>
        <Button
          look="primary"
          disabled={!understood || blocked || sending}
          onClick={() => void take(plan, held)}
        >
          {sending ? data.confirming : data.confirm}
        </Button>
        <span className={styles.quiet}>{blocked ? data.blocked : data.nothingYet}</span>
      </div>
    </>
  );
}

/** Bad rows refuse the file, unless they are to be left out. */
const isBlocked = (shown: Preview | null, plan: Plan) =>
  plan.on_bad_rows === "refuse" && shown !== null && shown.problems.length > 0;

function FirstRows({ shown, busy }: { shown: Preview; busy: boolean }) {
  const { data } = useText();
  const rows = data.firstRowsCount(shown.rows.length);
  return (
    <Card title={data.preview} aside={busy ? `${rows} · ${data.reading}` : rows}>
      <PreviewTable preview={shown} />
    </Card>
  );
}

/** Take the file as it is planned; what speaks against it is explained. */
function useConfirm(asset: Asset, onConfirmed: (asset: Asset) => void) {
  const text = useText();
  const [refused, setRefused] = useState<Explained | null>(null);
  const [sending, setSending] = useState(false);
  const take = async (plan: Plan, held: number) => {
    setSending(true);
    setRefused(null);
    try {
      onConfirmed(await confirm(asset.id, plan, held));
    } catch (error) {
      setRefused(explain(error, text));
      setSending(false);
    }
  };
  return { take, refused, sending };
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
  plan: Plan;
  rows: number | null;
  onReplace: () => void;
}

function Understood({ asset, plan, rows, onReplace }: UnderstoodProps) {
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
      {data.fileFormats[plan.format]}
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
            <>
              <ProblemKinds found={shown.problems_found} />
              <Problems problems={shown.problems} format={plan.format} />
            </>
          ) : (
            <ProblemList asset={asset.id} format={plan.format} />
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
