import { Blank, controlClass } from "@annex/ui";
import { useCallback, useState } from "react";
import { useLoaded } from "../app/loading";
import { Card, Failed, Loading } from "../app/Page";
import { http } from "../app/session";
import { useText } from "../i18n/text";
import { Said } from "./MarkedText";
import styles from "./Results.module.css";
import {
  type Evaluation,
  type Finding,
  isOfWholes,
  KINDS,
  type Kind,
  type Mistake,
  type Mistakes,
} from "./shapes";

interface FindingsProps {
  evaluation: Evaluation;
  counts: Readonly<Record<Kind, number>>;
}

/** The worst texts, by kind of mistake and by label. */
export function Findings({ evaluation, counts }: FindingsProps) {
  const { results } = useText();
  const [kind, setKind] = useState<Kind | null>(null);
  const [label, setLabel] = useState("");
  const path = `/api/evaluations/${evaluation.id}/mistakes?${query(kind, label)}`;
  const load = useCallback(() => http.get<Mistakes>(path), [path]);
  const { state, reload } = useLoaded(load);
  const isWhole = isOfWholes(evaluation.component);
  return (
    <Card
      title={results.worst}
      aside={
        state.kind === "ready" ? results.texts(state.value.worst.length, state.value.texts) : null
      }
    >
      <div className={styles.filters}>
        <KindPicker counts={counts} kind={kind} isWhole={isWhole} onPick={setKind} />
        <select
          className={`${controlClass} ${styles.select}`}
          aria-label={results.byLabel}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
        >
          <option value="">{results.everyLabel}</option>
          {evaluation.per_label.map((row) => (
            <option key={row.label}>{row.label}</option>
          ))}
        </select>
      </div>
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {state.kind === "ready" && state.value.worst.length === 0 ? (
        <Blank title={results.noMistakes}>{results.noMistakesWhat}</Blank>
      ) : null}
      <p className={styles.quiet}>{results.correctionsCount}</p>
      {state.kind === "ready" ? (
        <ol className={styles.findings}>
          {state.value.worst.map((finding) => (
            <Shown key={finding.example} finding={finding} evaluation={evaluation} />
          ))}
        </ol>
      ) : null}
    </Card>
  );
}

function query(kind: Kind | null, label: string): string {
  return new URLSearchParams({ ...(kind ? { kind } : {}), ...(label ? { label } : {}) }).toString();
}

interface KindPickerProps {
  counts: Readonly<Record<Kind, number>>;
  kind: Kind | null;
  isWhole: boolean;
  onPick: (kind: Kind | null) => void;
}

function KindPicker({ counts, kind, isWhole, onPick }: KindPickerProps) {
  const { format, results } = useText();
  const all = KINDS.reduce((sum, one) => sum + counts[one], 0);
  // Labels of whole texts have no boundaries.
  const kinds = KINDS.filter((one) => !(isWhole && one === "boundary"));
  return (
    <fieldset className={styles.kinds}>
      <legend className="visually-hidden">{results.byKind}</legend>
      {[null, ...kinds].map((one) => (
        <button
          key={one ?? "all"}
          type="button"
          className={styles.kind}
          aria-pressed={one === kind}
          title={one ? results.kindWhat[one] : undefined}
          onClick={() => onPick(one)}
        >
          {one ? results.kinds[one] : results.allKinds} {format.number(one ? counts[one] : all)}
        </button>
      ))}
    </fieldset>
  );
}

function Shown({ finding, evaluation }: { finding: Finding; evaluation: Evaluation }) {
  const { results } = useText();
  const isWhole = isOfWholes(evaluation.component);
  const shared = { text: finding.text, labels: evaluation.labels, isWhole };
  const cuts = { isCutBefore: finding.is_cut_before, isCutAfter: finding.is_cut_after };
  return (
    <li className={styles.finding}>
      {isWhole ? (
        <p className={styles.whole} dir="auto" translate="no">
          {finding.text}
          {finding.is_cut_after ? " …" : ""}
        </p>
      ) : null}
      <Said who={results.right} answer={finding.gold} source="decision" {...shared} {...cuts} />
      <Said
        who={evaluation.predictor_name}
        answer={finding.predicted}
        source="suggestion"
        {...shared}
        {...cuts}
      />
      <ul className={styles.mistakes}>
        {finding.mistakes.map((mistake, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list of one text never changes
          <li key={at}>
            <span className={styles.tag}>{results.kinds[mistake.kind]}</span>{" "}
            <InWords mistake={mistake} />
          </li>
        ))}
      </ul>
      <ToItsAnswer finding={finding} />
    </li>
  );
}

/** When the predictor was right and the answer is not: where to mend that. */
function ToItsAnswer({ finding: { answer, example } }: { finding: Finding }) {
  const { results } = useText();
  if (answer.why_not) {
    return <p className={styles.quiet}>{results.whyNotEdited[answer.why_not]}</p>;
  }
  return (
    <a className={styles.toAnswer} href={`/t/${answer.task}/examples/${example}`}>
      {answer.is_mine ? results.editAnswer : results.correctAnswer}
    </a>
  );
}

function InWords({ mistake }: { mistake: Mistake }) {
  const { results } = useText();
  // Of the same words only the label is wrong: naming them once is enough.
  const isSamePlace = mistake.gold_text === mistake.predicted_text;
  const goldText = isSamePlace && mistake.predicted !== null ? null : mistake.gold_text;
  const gold = mistake.gold === null ? null : quoted(goldText, mistake.gold);
  const predicted =
    mistake.predicted === null ? null : quoted(mistake.predicted_text, mistake.predicted);
  return (
    <bdi translate="no">
      {gold && predicted ? results.insteadOf(predicted, gold) : (gold ?? predicted)}
    </bdi>
  );
}

function quoted(text: string | null, label: string): string {
  return text === null ? label : `“${text}” ${label}`;
}
