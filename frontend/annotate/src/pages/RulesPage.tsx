import { Button, controlClass, Field, Notice } from "@annex/ui";
import { useCallback, useState } from "react";
import { Dialog } from "../app/Dialog";
import { type Explained, explain, useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { http } from "../app/session";
import { useText } from "../i18n/text";
import { useWarnBeforeLeaving } from "./GuidelinesPage";
import styles from "./Pages.module.css";
import { RuleRow } from "./RuleRow";
import {
  EMPTY_RULE,
  isEmptyRule,
  type Pattern,
  parsePatterns,
  patternOf,
  type Rule,
  type RuleProblem,
  ruleOf,
  ruleProblem,
} from "./rules";
import { TrialCard } from "./TrialCard";
import { hitsByRow, useTrial } from "./trial";

interface Patterns {
  readonly patterns: readonly Pattern[];
  readonly text: string;
  readonly version: number;
  /** Names of the project's labels. */
  readonly labels: readonly string[];
}

/** `/rules/<asset>`: rules that suggest marks and serve as the baseline. */
export default function RulesPage({ id }: { id: string }) {
  const path = `/api/assets/${id}/patterns`;
  const load = useCallback(() => http.get<Patterns>(path), [path]);
  const { pages } = useText();
  const { state, reload, put } = useLoaded(load);
  return (
    <Page title={pages.rules} lead={pages.rulesLead}>
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {state.kind === "ready" ? <Writer path={path} stored={state.value} onSaved={put} /> : null}
    </Page>
  );
}

interface WriterProps {
  path: string;
  stored: Patterns;
  onSaved: (stored: Patterns) => void;
}

function Writer({ path, stored, onSaved }: WriterProps) {
  const text = useText();
  const { pages } = text;
  const [rules, setRules] = useState<readonly Rule[]>(() => [
    ...stored.patterns.map(ruleOf),
    EMPTY_RULE,
  ]);
  const [changed, setChanged] = useState(false);
  const [problem, setProblem] = useState<Explained | null>(null);
  const [pasting, setPasting] = useState(false);
  useWarnBeforeLeaving(changed);
  const labels = labelNames(stored, rules);
  const change = (next: readonly Rule[]) => {
    setChanged(true);
    setProblem(null);
    const last = next.at(-1);
    setRules(
      last && isEmptyRule(last) ? next : [...next, { ...EMPTY_RULE, label: last?.label ?? "" }],
    );
  };
  const save = async () => {
    const patterns = rules.filter((rule) => !isEmptyRule(rule)).map(patternOf);
    try {
      onSaved(await http.send<Patterns>("PUT", path, { json: { patterns }, timeoutSeconds: 60 }));
      setRules((kept) => kept.filter((rule) => !isEmptyRule(rule)).concat(EMPTY_RULE));
      setChanged(false);
      setProblem(null);
    } catch (error) {
      setProblem(explain(error, text));
    }
  };
  const trial = useTrial(path, rules);
  const hits = hitsByRow(trial, rules);
  const wordsFor = (found: RuleProblem | null) => (found ? pages.ruleProblems[found] : null);
  const wrong = rules.some((rule) => ruleProblem(rule) !== null);
  return (
    <>
      {problem ? <Failed problem={problem} /> : null}
      {stored.labels.length === 0 ? (
        <Notice kind="warn" title={pages.noLabels}>
          {pages.noLabelsWhat}
        </Notice>
      ) : null}
      {!changed && stored.patterns.length > 0 ? (
        <Notice kind="good" title={pages.rulesSaved(stored.patterns.length, stored.version)}>
          {pages.rulesSavedWhat}
        </Notice>
      ) : null}
      {trial ? <TrialCard trial={trial} changed={changed} /> : null}
      <Card title={pages.rules} aside={pages.oneALine}>
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th className={styles.number}>{pages.line}</th>
                <th>{pages.label}</th>
                <th>{pages.kind}</th>
                <th>{pages.whatToFind}</th>
                <th className={styles.number}>{pages.hits}</th>
                <th className={styles.number}>{pages.precision}</th>
                <th>
                  <span className="visually-hidden">{pages.remove}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rules.map((rule, at) => (
                <RuleRow
                  // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its line
                  key={at}
                  line={at + 1}
                  rule={rule}
                  labels={labels}
                  hits={hits[at] ?? null}
                  error={errorAt(problem, rules, at) ?? wordsFor(ruleProblem(rule))}
                  onChange={(next) =>
                    change(rules.map((other, index) => (index === at ? next : other)))
                  }
                  onRemove={() => change(rules.filter((_, index) => index !== at))}
                />
              ))}
            </tbody>
          </table>
        </div>
      </Card>
      <div className={styles.bar}>
        <Button look="primary" disabled={!changed || wrong} onClick={() => void save()}>
          {pages.saveRules}
        </Button>
        <Button onClick={() => setPasting(true)}>{pages.pasteOrOpen}</Button>
        <span className={styles.quiet}>{pages.allChecked}</span>
      </div>
      {pasting ? (
        <PasteDialog
          onClose={() => setPasting(false)}
          onTake={(taken) => {
            change([...rules.filter((rule) => !isEmptyRule(rule)), ...taken]);
            setPasting(false);
          }}
        />
      ) : null}
    </>
  );
}

/** The scheme's names, and those that pasted rules brought, so that a wrong one can be seen and changed. */
function labelNames(stored: Patterns, rules: readonly Rule[]): readonly string[] {
  return [...new Set([...stored.labels, ...rules.map((rule) => rule.label)])].filter(Boolean);
}

/** The worker counts the rules it was sent; empty lines in between were not. */
function errorAt(problem: Explained | null, rules: readonly Rule[], at: number): string | null {
  const sent = rules.slice(0, at).filter((rule) => !isEmptyRule(rule)).length;
  return problem?.errors.find((error) => error.field === `patterns[${sent}]`)?.message ?? null;
}

function PasteDialog({
  onClose,
  onTake,
}: {
  onClose: () => void;
  onTake: (rules: readonly Rule[]) => void;
}) {
  const { pages } = useText();
  const [text, setText] = useState("");
  const { rules, badLine } = parsePatterns(text);
  const open = async (file: File | undefined) => {
    if (file) setText(await file.text());
  };
  return (
    <Dialog
      title={pages.patternsFile}
      wide
      onClose={onClose}
      actions={
        <Button
          look="primary"
          disabled={rules.length === 0 || badLine !== null}
          onClick={() => onTake(rules)}
        >
          {pages.addRules(rules.length)}
        </Button>
      }
    >
      <p>
        {pages.patternsWhat} <code>{'{"label": "FIELD", "pattern": "pageToken"}'}</code>
      </p>
      <p>
        <input
          type="file"
          aria-label={pages.patternsFile}
          accept=".jsonl,.json,.txt"
          onChange={(event) => void open(event.target.files?.[0])}
        />
      </p>
      <Field
        label={pages.orPaste}
        error={badLine === null ? undefined : pages.notAPattern(badLine)}
      >
        {(control) => (
          <textarea
            {...control}
            className={`${controlClass} ${styles.paste}`}
            value={text}
            spellCheck={false}
            autoComplete="off"
            translate="no"
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
