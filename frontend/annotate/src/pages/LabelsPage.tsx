import { Blank, Button, controlClass, Field, LabelChip } from "@annex/ui";
import { useCallback, useState } from "react";
import { type Explained, explain, useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { http } from "../app/session";
import { useText } from "../i18n/text";
import { type DefinedLabel, type Definitions, isSame, linesOf, type Written } from "./definitions";
import styles from "./Pages.module.css";

/** `/labels/<project>`: write what counts as each label. */
export default function LabelsPage({ id }: { id: string }) {
  const path = `/api/projects/${id}/labels`;
  const load = useCallback(() => http.get<Definitions>(path), [path]);
  const { pages } = useText();
  const { state, reload, put } = useLoaded(load);
  const title = state.kind === "ready" ? pages.definitions(state.value.project) : pages.labels;
  return (
    <Page title={title} lead={pages.definitionsLead}>
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {state.kind === "ready" && state.value.labels.length === 0 ? (
        <Blank title={pages.noLabelsYet}>{pages.noLabelsYetWhat}</Blank>
      ) : null}
      {state.kind === "ready"
        ? state.value.labels.map((label) => (
            <LabelCard key={label.id} path={path} label={label} onSaved={put} />
          ))
        : null}
    </Page>
  );
}

interface LabelCardProps {
  path: string;
  label: DefinedLabel;
  onSaved: (definitions: Definitions) => void;
}

function LabelCard({ path, label, onSaved }: LabelCardProps) {
  const text = useText();
  const { pages } = text;
  const [written, setWritten] = useState<Written>({
    text: label.text,
    counts: label.counts.join("\n"),
    countsNot: label.counts_not.join("\n"),
  });
  const [problem, setProblem] = useState<Explained | null>(null);
  const [saved, setSaved] = useState(false);
  const change = (part: Partial<Written>) => {
    setSaved(false);
    setWritten((before) => ({ ...before, ...part }));
  };
  const save = async () => {
    const json = {
      text: written.text.trim(),
      counts: linesOf(written.counts),
      counts_not: linesOf(written.countsNot),
    };
    try {
      onSaved(await http.send<Definitions>("PUT", `${path}/${label.id}`, { json }));
      setProblem(null);
      setSaved(true);
    } catch (error) {
      setProblem(explain(error, text));
    }
  };
  return (
    <Card>
      <h2>
        <LabelChip name={label.name} colour={label.colour} />
      </h2>
      {problem ? <Failed problem={problem} /> : null}
      <Area
        label={pages.definition}
        hint={pages.definitionHint}
        value={written.text}
        onChange={(text) => change({ text })}
      />
      <div className={styles.pair}>
        <Area
          label={pages.countsLine}
          value={written.counts}
          onChange={(counts) => change({ counts })}
        />
        <Area
          label={pages.countsNotLine}
          value={written.countsNot}
          onChange={(countsNot) => change({ countsNot })}
        />
      </div>
      <div className={styles.bar}>
        <Button look="primary" disabled={isSame(written, label)} onClick={() => void save()}>
          {pages.saveDefinition}
        </Button>
        <span className={styles.quiet} role="status">
          {saved ? pages.definitionSaved : ""}
        </span>
      </div>
    </Card>
  );
}

interface AreaProps {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
}

function Area({ label, hint, value, onChange }: AreaProps) {
  return (
    <Field label={label} {...(hint && { hint })}>
      {(control) => (
        <textarea
          {...control}
          className={controlClass}
          rows={3}
          value={value}
          dir="auto"
          autoComplete="off"
          translate="no"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
