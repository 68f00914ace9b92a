/** Trying edited rules on the cluster's answers while they are typed. */
import { useEffect, useState } from "react";
import { http } from "../app/session";
import { isEmptyRule, patternOf, type Rule, ruleProblem } from "./rules";

export interface PatternHits {
  readonly line: number;
  readonly measured: number;
  readonly right: number;
  readonly sampled: number;
}

export interface Trial {
  readonly patterns: readonly PatternHits[];
  readonly f: number;
  readonly precision: number;
  readonly recall: number;
  readonly saved_f: number;
  readonly measured_texts: number;
  readonly sampled_texts: number;
}

const WAIT_MS = 350;

/** The last trial of the rules, some time after they stopped changing; null while they are wrong. */
export function useTrial(path: string, rules: readonly Rule[]): Trial | null {
  const [trial, setTrial] = useState<Trial | null>(null);
  useEffect(() => {
    const written = rules.filter((rule) => !isEmptyRule(rule));
    if (written.length === 0 || written.some((rule) => ruleProblem(rule) !== null)) return;
    let wanted = true;
    const timer = setTimeout(async () => {
      try {
        const json = { patterns: written.map(patternOf) };
        const next = await http.send<Trial>("POST", `${path}/trial`, { json, timeoutSeconds: 30 });
        if (wanted) setTrial(next);
      } catch {
        // A rule that cannot be used yet: saving says which, and why.
        if (wanted) setTrial(null);
      }
    }, WAIT_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [path, rules]);
  return trial;
}

/** What each row finds, by its place among the rows; empty rows were not sent. */
export function hitsByRow(
  trial: Trial | null,
  rules: readonly Rule[],
): readonly (PatternHits | null)[] {
  let sent = 0;
  return rules.map((rule) => {
    if (isEmptyRule(rule)) return null;
    sent++;
    return trial?.patterns.find(({ line }) => line === sent) ?? null;
  });
}
