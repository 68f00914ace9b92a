import { Button, controlClass } from "@annex/ui";
import { useText } from "../i18n/text";
import styles from "./Pages.module.css";
import type { Rule, RuleKind } from "./rules";
import type { PatternHits } from "./trial";

const KINDS: readonly RuleKind[] = ["phrase", "regex", "tokens"];
const EXAMPLES: Record<RuleKind, string> = {
  phrase: "next page token",
  regex: "\\b[a-z]+Token\\b",
  tokens: '[{"LOWER": "api"}, {"IS_TITLE": true}]',
};

export interface RuleRowProps {
  line: number;
  rule: Rule;
  labels: readonly string[];
  /** What it finds as it stands; null before it was tried. */
  hits: PatternHits | null;
  error: string | null;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
}

/** One rule: which label, what kind, what to find. */
export function RuleRow({ line, rule, labels, hits, error, onChange, onRemove }: RuleRowProps) {
  const { format, pages } = useText();
  const about = `rule-${line}-error`;
  return (
    <tr>
      <td className={styles.number}>{line}</td>
      <td>
        <select
          className={controlClass}
          aria-label={pages.labelOfRule(line)}
          value={rule.label}
          translate="no"
          onChange={(event) => onChange({ ...rule, label: event.target.value })}
        >
          <option value="">{pages.choose}</option>
          {labels.map((label) => (
            <option key={label}>{label}</option>
          ))}
        </select>
      </td>
      <td>
        <select
          className={controlClass}
          aria-label={pages.kindOfRule(line)}
          value={rule.kind}
          onChange={(event) => onChange({ ...rule, kind: event.target.value as RuleKind })}
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {pages.kinds[kind]}
            </option>
          ))}
        </select>
      </td>
      <td>
        <input
          className={controlClass}
          aria-label={pages.findsOfRule(line)}
          aria-invalid={error !== null}
          aria-describedby={error ? about : undefined}
          value={rule.text}
          placeholder={EXAMPLES[rule.kind]}
          spellCheck={false}
          autoComplete="off"
          translate="no"
          dir="auto"
          onChange={(event) => onChange({ ...rule, text: event.target.value })}
        />
        {error ? (
          <div id={about} className={styles.bad}>
            {error}
          </div>
        ) : null}
      </td>
      <td
        className={styles.number}
        title={hits ? pages.hitsWhat(hits.measured, hits.sampled) : undefined}
      >
        {hits ? format.number(hits.measured + hits.sampled) : ""}
      </td>
      <td className={styles.number}>
        {hits && hits.measured > 0 ? format.percent(hits.right / hits.measured) : ""}
      </td>
      <td>
        <Button look="quiet" small aria-label={pages.removeRule(line)} onClick={onRemove}>
          ✕
        </Button>
      </td>
    </tr>
  );
}
